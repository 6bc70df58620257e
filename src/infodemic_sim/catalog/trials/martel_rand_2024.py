"""Warning labels lower belief and sharing, also among people who distrust fact-checkers [MartelRand2024]."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from infodemic_sim.catalog.laboratory import GENERAL_NEWS, Arm, group
from infodemic_sim.catalog.reproduction import Size
from infodemic_sim.catalog.trial import Effect, Trial, relative, within_a_fifth
from infodemic_sim.interventions import WarningLabel

ITEMS, PEOPLE, DISTRUSTFUL = 10, 200_000, 0.25
"""Distrustful are the quarter of people who trust fact-checkers least (ASSUMED)."""


def run(size: Size, label: WarningLabel | None = None) -> Sequence[Effect]:
    """Belief and sharing of labelled false items against unlabelled ones: all, then the distrustful."""
    n, found = size.of(PEOPLE, 500), []
    every = (label or WarningLabel()).but(recall=1.0, false_alarm=0.0, delay=0.0)
    for number, plan in enumerate(((), (every,))):
        arm = Arm(n, seed=size.seed, number=group(number, label), plan=plan, accurate_share=GENERAL_NEWS)
        slots = arm.publish(ITEMS, -1)
        arm.pass_time()
        answers, trust = arm.ask(slots), arm.trust("fact_checker")
        few = trust <= np.quantile(trust, DISTRUSTFUL)
        belief, sharing = answers.veracity.mean(axis=1), answers.sharing.mean(axis=1)
        found.append([belief, sharing, belief[few], sharing[few]])
    return [relative(treated, control) for control, treated in zip(*found, strict=True)]


TRIAL = Trial(
    name="martel_rand_2024",
    source="MartelRand2024",
    title="Do fact-check warnings work, even on those who distrust fact-checkers?",
    arms="10 false items with a warning by fact-checkers, against the same without.",
    scale="Perceived veracity and chance of resharing, relative to no warning; the distrustful are the "
    "quarter with the least trust in fact-checkers.",
    outcomes=(
        within_a_fifth("belief in false items", "%", -27.6, "FITTED"),
        within_a_fifth("sharing of false items", "%", -24.7, "FITTED"),
        within_a_fifth("belief, distrustful people", "%", -12.9, "FITTED"),
        within_a_fifth("sharing, distrustful people", "%", -16.7, "FITTED"),
    ),
    run=run,
)
