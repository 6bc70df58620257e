"""What a run over a bare network gives back: curves, the last state, and who had it from whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from infodemic_sim.graphs.base import SocialGraph
    from infodemic_sim.spread.network_rule import NetworkRule

ADOPTION = np.dtype([("person", np.int32), ("parent", np.int32), ("message", np.int32), ("time", np.float32)])
"""Somebody took something up: who, the number of the adoption it came from (-1: none), the number of the
message among those of the rule, and when (rounds, or days in continuous time). Adoptions are numbered from
the start of the run, in order of happening, so that parents precede children."""


@dataclass(frozen=True)
class Diffusion:
    """One run of a rule over a network.

    Parameters
    ----------
    curves : the rule's summary at the start and after each step, by name; float64[steps + 1] each.
    arrays : the last state.
    adoptions : ADOPTION[m], who had it from whom, in order of happening.
    """

    rule: NetworkRule
    graph: SocialGraph
    curves: dict[str, np.ndarray]
    arrays: dict[str, np.ndarray]
    adoptions: np.ndarray

    @property
    def steps(self) -> int:
        """Steps that were taken."""
        return len(next(iter(self.curves.values()))) - 1

    @property
    def reached(self) -> int:
        """People who took it up at least once, those who started included."""
        return int(np.unique(self.adoptions["person"]).size)

    @property
    def sources(self) -> np.ndarray:
        """The person from whom each adoption came, int32[m]; -1 for those who started."""
        parents = self.adoptions["parent"]
        return np.where(parents < 0, -1, self.adoptions["person"][parents])

    def table(self) -> pd.DataFrame:
        """The curves as columns, one row a step."""
        import pandas as pd

        return pd.DataFrame(self.curves).rename_axis("step")


def together(moments: list[dict[str, float]]) -> dict[str, np.ndarray]:
    """Summaries of successive moments as curves."""
    return {name: np.array([moment[name] for moment in moments], float) for name in moments[0]}


def adoptions(
    people: np.ndarray, parents: np.ndarray | int, time: np.ndarray | float, message: np.ndarray | int = 0
) -> np.ndarray:
    """Rows of adoptions, ADOPTION[m], from columns or constants."""
    rows = np.zeros(len(people), ADOPTION)
    rows["person"], rows["parent"], rows["message"], rows["time"] = people, parents, message, time
    return rows
