"""Inoculation lowers the credibility of misinformation, and fades in about a month [Maertens2025]."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from infodemic_sim.catalog.laboratory import GENERAL_NEWS, Arm, group
from infodemic_sim.catalog.reproduction import Size
from infodemic_sim.catalog.trial import Effect, Trial, standardised, within_a_fifth
from infodemic_sim.interventions import Inoculation

PEOPLE, MONTH = 20_000, 30 * 24


def run(size: Size, inoculation: Inoculation | None = None) -> Sequence[Effect]:
    """Ratings of false items by the inoculated against others, at once and after a month."""
    n, ratings = size.of(PEOPLE, 500), []
    treated = (inoculation or Inoculation()).but(uptake=1.0)
    for number, plan in enumerate(((), (treated,))):
        arm = Arm(
            n, seed=size.seed, number=group(number, inoculation), plan=plan, accurate_share=GENERAL_NEWS
        )
        slots = arm.publish(1, -1)
        arm.pass_time()
        noise = rating_noise(arm)
        first = arm.ask(slots).logits[:, 0] + noise
        arm.pass_time(MONTH)
        ratings.append((first, arm.ask(arm.publish(1, -1)).logits[:, 0] + noise))
    return [standardised(inoculated, others) for others, inoculated in zip(*ratings, strict=True)]


def rating_noise(arm: Arm) -> np.ndarray:
    """What makes one rating differ from a person's chance: logistic, as the chance itself is read off."""
    luck = np.random.default_rng([arm.run.seed, arm.run.replicate]).random(arm.n)
    return np.asarray(np.log(luck / (1.0 - luck)))


TRIAL = Trial(
    name="maertens_2025",
    source="Maertens2025",
    title="Does inoculation lower the credibility of misinformation, and for how long?",
    arms="One inoculation, against none; a false item rated at once and after 30 days.",
    scale="Rating on the latent scale (logit of perceived veracity and logistic noise), over its standard "
    "deviation.",
    outcomes=(
        within_a_fifth("credibility of a false item, at once", "d", -0.36, "FITTED"),
        within_a_fifth("credibility of a false item, after 30 days", "d", -0.18, "FITTED"),
    ),
    run=run,
)
