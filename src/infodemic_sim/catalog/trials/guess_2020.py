"""Tips for spotting false news raise discernment [Guess2020]."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from infodemic_sim.catalog.laboratory import GENERAL_NEWS, Arm, group
from infodemic_sim.catalog.reproduction import Size
from infodemic_sim.catalog.trial import Effect, Trial, difference, published, relative, within_a_fifth
from infodemic_sim.interventions import MediaLiteracyTips
from infodemic_sim.population.partitions import LITERACY

ITEMS, PEOPLE = 8, 100_000
HIGHLY_EDUCATED = LITERACY.index("intermediate")
"""The Indian online sample was highly educated: those of ours who are at least so literate (ASSUMED)."""


def run(size: Size, tips: MediaLiteracyTips | None = None) -> Sequence[Effect]:
    """Belief in false items, discernment, and belief in true items, with the tips and without."""
    n, found = size.of(PEOPLE, 500), []
    shown = (tips or MediaLiteracyTips()).but(uptake=1.0)
    for number, plan in enumerate(((), (shown,))):
        arm = Arm(n, seed=size.seed, number=group(number, tips), plan=plan, accurate_share=GENERAL_NEWS)
        items = arm.publish(ITEMS, -1), arm.publish(ITEMS, 1)
        arm.pass_time()
        belief: list[np.ndarray] = [arm.ask(slots).veracity.mean(axis=1) for slots in items]
        discernment = belief[1] - belief[0]
        educated = arm.run.world.people.literacy[:n] >= HIGHLY_EDUCATED
        found.append((belief[0], discernment, discernment[educated], belief[1]))
    false, all_, few, true = zip(*found, strict=True)
    fall, doubt = (difference(after, before, factor=100.0) for before, after in (false, true))
    return [fall, *(relative(after, before) for before, after in (all_, few)), doubt]


TRIAL = Trial(
    name="guess_2020",
    source="Guess2020",
    title="Do tips for spotting false news help people to tell true from false?",
    arms="Tips shown once, just before 8 false and 8 true items, against none.",
    scale="Perceived veracity; for discernment, of true minus false items, relative to no tips. Fitted to "
    "false items alone, from 32 to 24 % of people in the United States who took them for accurate. The "
    "Indian sample was highly educated: there, those count whose health literacy is at least intermediate.",
    outcomes=(
        within_a_fifth("belief in false items, United States", "points", -8.0, "FITTED"),
        within_a_fifth("discernment, United States", "%", 26.5, "PREDICTED"),
        within_a_fifth("discernment, India (online sample)", "%", 17.5, "PREDICTED"),
        published(
            "belief in true items: slightly less", "points", -1.0, -10.0, 0.0, "PREDICTED", "sign alone"
        ),
    ),
    run=run,
)
