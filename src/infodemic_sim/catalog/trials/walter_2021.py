"""Corrections of health misinformation on social media, over 24 studies [Walter2021]."""

from __future__ import annotations

from collections.abc import Sequence

from infodemic_sim.catalog.laboratory import Arm, group
from infodemic_sim.catalog.reproduction import Size
from infodemic_sim.catalog.trial import Effect, Trial, published, standardised
from infodemic_sim.spread import FeedSpread

PEOPLE = 20_000


def run(size: Size, spread: FeedSpread | None = None) -> Sequence[Effect]:
    """Belief after a false post with a correction under it, against the post alone."""
    n, beliefs = size.of(PEOPLE, 500), []
    for number, corrected in enumerate((False, True)):
        arm = Arm(n, seed=size.seed, number=group(number, spread), reading=True, spread=spread)
        slots = arm.publish(1, -1)
        if corrected:
            arm.correct(slots, source="institution")
        arm.pass_time()
        beliefs.append(arm.belief)
    return [standardised(beliefs[1], beliefs[0])]


TRIAL = Trial(
    name="walter_2021",
    source="Walter2021",
    title="Do corrections of health misinformation work?",
    arms="A false post with the correction of an institution under it, against the post alone.",
    scale="Belief in the accurate position (log-odds), over its standard deviation between people.",
    outcomes=(published("belief in the accurate position", "d", 0.40, 0.25, 0.55, "FITTED"),),
    run=run,
)
