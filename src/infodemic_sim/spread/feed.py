"""The feed rule: people visit platforms, read ranked feeds, learn, and pass on what appeals."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.kernels.layout import Rule
from infodemic_sim.levers import LEVERS
from infodemic_sim.observe import SHOWN
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.spread.base import Runner, SpreadRule
from infodemic_sim.world import World


class FeedSpread(SpreadRule):
    """Perceived veracity, belief on two time scales, and sharing by appeal and attention to accuracy.

    With y = +1 (accurate) or -1 (false), b the log-odds of the accurate position, x readings on that side::

        veracity  v = sigma(g + y (d + rho b) + kappa ln(1 + x) - [y = -1] (I - chi isolation) - labels)
        belief    b = b0 + L + S, moved by y pi_kind trust v n(x) clip(1 - y (b - b0) / B, 0, 1),
                  n = 1/(1 + x/x0); a share phi of the move goes to L (long half-life), the rest to S (short)
                  a correction with y b < 0 and trust < distrust moves it by reactance times that, towards -y
        sharing   P = 1 - exp(-s a [1 - f + f min(1, 2 v)])
    """

    levers: ClassVar[frozenset[str]] = frozenset(LEVERS) - {"verification", "disclosure", "service", "ties"}
    unmeasured: ClassVar[frozenset[str]] = frozenset(SHOWN)
    feed: ClassVar[bool] = True

    congruence: float = param(
        0.3, ge=0, le=5, doc="rho: how much belief colours perceived veracity.", source=ASSUMED
    )
    repetition: float = param(
        0.1, ge=0, le=5, doc="kappa: how much repetition adds to perceived veracity.", source=ASSUMED
    )
    isolation_effect: float = param(
        0.3, ge=0, le=5, unit="logits", doc="chi: how much isolation adds to belief in misinformation."
    )
    bound: float = param(3.0, gt=0, le=20, unit="log-odds", doc="B: how far beliefs can be moved.")
    saturation: float = param(
        3.0, gt=0, unit="readings", doc="x0: readings that halve the effect of one more."
    )
    lasting_share: float = param(0.2, ge=0, le=1, doc="phi: share of a move that lasts.", source=ASSUMED)
    lasting_half_life: float = param(180.0, gt=0, unit="d", doc="Half-life of what lasts.", source=ASSUMED)
    short_half_life: float = param(14.0, gt=0, unit="d", doc="Half-life of what does not.", source=ASSUMED)
    reading_half_life: float = param(30.0, gt=0, unit="d", doc="Half-life of readings.", source=ASSUMED)
    persuasion_claim: float = param(
        0.88,
        ge=0,
        le=20,
        unit="log-odds",
        doc="pi of a claim, fully trusted and believed.",
        source="Loomba2021",
        plausible=(0.55, 1.2),
    )
    persuasion_correction: float = param(
        2.35,
        ge=0,
        le=20,
        unit="log-odds",
        doc="pi of a correction.",
        source="Walter2021; ChanAlbarracin2023",
        plausible=(0.65, 3.2),
    )
    persuasion_experience: float = param(
        0.25,
        ge=0,
        le=20,
        unit="log-odds",
        doc="pi of an own experience that takes a side.",
        source=ASSUMED,
    )
    reactance: float = param(
        0.0,
        ge=0,
        le=1,
        unit="share",
        doc="Share of a correction's effect by which who leans against it and distrusts its source moves "
        "the other way; 0: nobody does.",
        source="WoodPorter2019",
    )
    distrust: float = param(
        0.3, ge=0, le=1, doc="Trust in a source below which reactance sets in.", source=ASSUMED
    )
    isolation_half_life: float = param(
        14.0, gt=0, unit="d", doc="Half-life of the return of isolation to a person's own level."
    )

    def constants(self, world: World, platform: int) -> Rule:
        """The rule's parameters as kernels take them, labels of this run included."""
        labels = np.zeros((4, 8))
        labels[:, : world.state.issuers.shape[0]] = world.state.issuers.T
        persuasion = [self.persuasion_claim, self.persuasion_correction, self.persuasion_experience, 0.0]
        return Rule(
            congruence=self.congruence,
            repetition=self.repetition,
            isolation=self.isolation_effect,
            bound=self.bound,
            saturation=self.saturation,
            lasting_share=self.lasting_share,
            bystanders=world.setting.platforms[platform].bystanders,
            trust_lost=world.setting.disclosure.trust_lost,
            reactance=self.reactance,
            distrust=self.distrust,
            noting=world.setting.parting,
            persuasion=np.array(persuasion),
            label_strength=labels[0],
            label_source=labels[1].astype(np.int8),
            label_sharing=labels[2],
            label_floor=labels[3],
        )

    def runner(self, world: World, threads: int) -> Runner:
        """The rule made ready for one world."""
        from infodemic_sim.spread.feed_runner import FeedRunner

        return FeedRunner(self, world, threads)
