"""Corrections do not backfire, even among those who disagree most [WoodPorter2019]."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from infodemic_sim.catalog.laboratory import Arm
from infodemic_sim.catalog.reproduction import Size
from infodemic_sim.catalog.trial import Effect, Trial, published

PEOPLE, DISAGREE = 20_000, 0.1


def run(size: Size) -> Sequence[Effect]:
    """What the same people believe after a corrected post, against the post alone."""
    beliefs = []
    for corrected in (False, True):
        arm = Arm(size.of(PEOPLE, 500), seed=size.seed, number=0, reading=True)
        start, slots = arm.belief.copy(), arm.publish(1, -1)
        if corrected:
            arm.correct(slots, source="institution")
        arm.pass_time()
        beliefs.append(arm.belief)
    moved = beliefs[1] - beliefs[0]
    against = moved[start <= np.quantile(start, DISAGREE)]
    return [Effect(100.0 * float((moved < 0.0).mean())), Effect(100.0 * float((against < 0.0).mean()))]


TRIAL = Trial(
    name="wood_porter_2019",
    source="WoodPorter2019",
    title="Do corrections backfire?",
    arms="A false post with the correction of an institution under it, against the post alone: the same "
    "people, with the same draws.",
    scale="People whom the correction moves away from the accurate position.",
    outcomes=(
        published("all people", "%", 0.0, 0.0, 0.0, "PREDICTED", "none"),
        published("the tenth who disagree most", "%", 0.0, 0.0, 0.0, "PREDICTED", "none"),
    ),
    run=run,
)
