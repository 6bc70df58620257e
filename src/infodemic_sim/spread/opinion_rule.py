"""Rules in which an opinion is a number: how sure a person is that the accurate position is true."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import numpy as np
from pydantic import BeforeValidator, Field

from infodemic_sim.errors import ParameterError, UnknownNameError, did_you_mean, is_number
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.columns import Categories
from infodemic_sim.mistakes import short
from infodemic_sim.observe import SHOWN
from infodemic_sim.params import Several, param
from infodemic_sim.randomness import Purpose
from infodemic_sim.spread.diffusion import ADOPTION
from infodemic_sim.spread.network_rule import MEASURES_OF_FEEDS, Arrays, Ground, NetworkRule
from infodemic_sim.spread.status_rule import CERTAIN

GAP = 0.01
"""Opinions at most this far apart, from one to the next, are one cluster."""
MAJOR = 0.1
"""Share of all people from which a cluster is a major one."""
NOBODY = np.empty(0, ADOPTION)
MEASURES_OF_ADOPTIONS = tuple(
    f"{name}_{side}"
    for side in ("false", "accurate")
    for name in (
        *("reach", "reshares", "posts", "virality"),
        *("cascade_size", "cascade_depth", "cascade_breadth"),
    )
)
"""What means nothing where nobody takes up a message."""


def _numbers_or_name(value: Any) -> Any:
    """Refuse anything else in one sentence, before all that might have been meant is tried in turn."""
    numbers = value if isinstance(value, tuple | list) else () if isinstance(value, str) else (value,)
    for number in numbers:
        if not is_number(number) or not 0.0 <= number <= 1.0:
            told = "should be numbers from 0 to 1, or the name of a column of the graph"
            raise ValueError(f"{told}, but got {short(number)}")
    return value


Share = Annotated[float, Field(ge=0.0, le=1.0)]
PerPerson = Annotated[Share | Several[Share] | str, BeforeValidator(_numbers_or_name)]
"""From 0 to 1: one number for everybody, one for each person, or the column of the graph that holds them."""


class OpinionRule(NetworkRule):
    """Base of rules with continuous opinions.

    The array "opinion", float64[n], holds each person's credence x in [0, 1] that the accurate position is
    true; "moved", float64[1], how far the opinion that moved furthest has moved in the last step. Opinions
    pass from person to person without anybody taking up a message, so there are no adoptions.
    """

    levers: ClassVar[frozenset[str]] = frozenset({"sharing"})
    unmeasured: ClassVar[frozenset[str]] = frozenset((*SHOWN, *MEASURES_OF_FEEDS, *MEASURES_OF_ADOPTIONS))

    start: PerPerson | None = param(
        None,
        unit="credence",
        doc="Opinions at the start: one for all, one per person, or a column of the graph; none given: "
        "drawn, all from 0 to 1 alike.",
    )
    settled: float = param(
        1e-12, ge=0, unit="credence", doc="The run ends once no opinion moves further than this in a step."
    )

    def side(self, message: int) -> int:
        """Opinions are about the accurate position."""
        return 1

    def begin(self, ground: Ground) -> tuple[Arrays, np.ndarray]:
        """Opinions at the start; nobody adopts anything."""
        return {"opinion": self.first_opinions(ground), "moved": np.array([np.inf])}, NOBODY

    def first_opinions(self, ground: Ground) -> np.ndarray:
        """The given opinions, or drawn ones: float64[n]."""
        if self.start is None:
            return ground.draws.uniform(Purpose.OPINION, ground.keys)
        return self.for_each("start", ground.graph)

    def for_each(self, name: str, graph: SocialGraph) -> np.ndarray:
        """The numbers of a parameter, one per person: float64[n]."""
        return per_person(getattr(self, name), graph, f"{type(self).__name__}.{name}")

    def finished(self, arrays: Arrays) -> bool:
        """Whether opinions have settled."""
        return bool(arrays["moved"][0] <= self.settled)

    def beliefs(self, arrays: Arrays) -> np.ndarray:
        """ln(x / (1 - x)), within ± 40."""
        from infodemic_sim.kernels.opinion import log_odds

        return log_odds(arrays["opinion"], CERTAIN)

    def shown_statuses(self, arrays: Arrays) -> np.ndarray:
        """Nobody has a status."""
        return np.full(arrays["opinion"].size, -1, np.int8)

    def summary(self, arrays: Arrays) -> dict[str, float]:
        """Mean, variance, polarisation (four times the variance), clusters, and clusters of 10 % and more."""
        from infodemic_sim.kernels.opinion import summary

        mean, variance, clusters, major = summary(arrays["opinion"], GAP, MAJOR).tolist()
        return {
            "mean": mean,
            "variance": variance,
            "polarisation": 4.0 * variance,
            "clusters": clusters,
            "major_clusters": major,
        }


def moved_to(arrays: Arrays, opinion: np.ndarray) -> np.ndarray:
    """Give everybody a new opinion at once; nobody adopts anything."""
    arrays["moved"][0] = np.abs(opinion - arrays["opinion"]).max()
    arrays["opinion"][:] = opinion
    return NOBODY


def per_person(value: float | tuple[float, ...] | str, graph: SocialGraph, owner: str) -> np.ndarray:
    """Numbers from 0 to 1, one per person: float64[n]."""
    if isinstance(value, str):
        return _column(value, graph, owner)
    if isinstance(value, tuple) and len(value) != graph.n:
        raise ParameterError(f"{owner} has {len(value)} numbers, but the network has {graph.n} people.")
    return np.full(graph.n, value, float)


def _column(name: str, graph: SocialGraph, owner: str) -> np.ndarray:
    column = graph.attributes.get(name)
    if column is None or isinstance(column, Categories):
        numbers = [key for key, values in graph.attributes.items() if not isinstance(values, Categories)]
        raise UnknownNameError(
            f"{owner}: the graph has no column of numbers '{name}'. {did_you_mean(name, numbers)}"
        )
    if wrong := column[~((column >= 0.0) & (column <= 1.0))].tolist():
        raise ParameterError(f"{owner}: column '{name}' must hold numbers from 0 to 1, but has {wrong[0]:g}.")
    return column.copy()
