"""A rule of spread: people move towards the median of those they see."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim import ASSUMED, param
from infodemic_sim.spread.network_rule import Arrays, Chances, Ground
from infodemic_sim.spread.opinion_rule import OpinionRule, moved_to


class MedianOpinion(OpinionRule):
    """Everybody moves, all at once, towards the median opinion of those they see, however far others are.

        x_i(t + 1) = (1 - s) x_i(t) + s median{x_j(t) : i sees j}

    Who sees nobody stays where they are. Unlike means, medians take no notice of how extreme the extreme
    are; Mei, Bullo, Chen, Hendrickx and Dörfler (2022, doi 10.1103/PhysRevResearch.4.023213) say why
    opinions may move so.
    """

    levers: ClassVar[frozenset[str]] = frozenset()
    endless: ClassVar[bool] = True

    step: float = param(
        0.5, gt=0, le=1, unit="share", doc="s: share of the way that is gone.", source=ASSUMED
    )

    def advance(self, ground: Ground, arrays: Arrays, step: int, chances: Chances) -> np.ndarray:
        """One round of listening."""
        opinion = arrays["opinion"]
        seen = np.split(opinion[ground.graph.indices], ground.graph.indptr[1:-1])
        middle = [
            np.median(others) if others.size else own for others, own in zip(seen, opinion, strict=True)
        ]
        return moved_to(arrays, (1.0 - self.step) * opinion + self.step * np.array(middle))
