"""Social norms: tell people that most others disapprove of sharing falsehoods."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.interventions.base import Indices
from infodemic_sim.interventions.training import TrainingIntervention
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.world import World


class SocialNorms(TrainingIntervention):
    """People who know what others expect think more of accuracy before they share, and share a little less.

    The share ``effect`` of the gap to full weight of accuracy is closed, and the propensity to reshare falls
    by the share ``restraint``, both times what is left.
    """

    family: ClassVar[str] = "individual"
    needs: ClassVar[frozenset[str]] = frozenset({"accuracy_weight", "sharing"})
    effects: ClassVar[tuple[str | tuple[str, ...], ...]] = (("effect", "restraint"),)

    effect: float = param(
        0.1,
        ge=0,
        le=1,
        unit="share of the gap",
        doc="How far attention moves to accuracy.",
        source=ASSUMED,
        plausible=(0.0, 0.2),
    )
    restraint: float = param(
        0.03, ge=0, le=1, unit="share", doc="Reshares given up.", source=ASSUMED, plausible=(0.0, 0.1)
    )
    half_life: float = param(
        7.0, gt=0, unit="d", doc="Time in which half of the effect is lost.", source=ASSUMED
    )

    def work(self, world: World, people: Indices, left: np.ndarray) -> None:
        """Weigh accuracy more, share less."""
        world.levers.accuracy_weight.close_gap(people, self.effect * left)
        world.levers.sharing.scale(people, 1.0 - self.restraint * left)
