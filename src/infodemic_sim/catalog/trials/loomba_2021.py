"""Five pieces of misinformation about a vaccine lower the intent to accept it [Loomba2021]."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import brentq

from infodemic_sim.catalog.laboratory import Arm, group
from infodemic_sim.catalog.reproduction import Size
from infodemic_sim.catalog.trial import Effect, Trial, difference, published
from infodemic_sim.spread import FeedSpread

CLASSES = (0.541, 0.319, 0.080, 0.060)
"""Definitely, lean yes, lean no, definitely not, before exposure in the United Kingdom."""
ITEMS, PEOPLE = 5, 20_000
SHARES = "from shares"
"""Intervals of the falls follow from those published for the share of each class in both arms."""


def run(size: Size, spread: FeedSpread | None = None) -> Sequence[Effect]:
    """Intent after five false posts, against none."""
    n = size.of(PEOPLE, 500)
    control = Arm(n, seed=size.seed, number=0, reading=True, spread=spread)
    treated = Arm(n, seed=size.seed, number=group(1, spread), reading=True, spread=spread)
    treated.publish(ITEMS, -1)
    for arm in (control, treated):
        arm.pass_time()
    cuts = [cut_point(control.belief, share) for share in np.cumsum(CLASSES)[:-1]]
    chances = [(at_least(treated.belief, cut), at_least(control.belief, cut)) for cut in cuts]
    return [difference(*chances[0], factor=100.0), *(shift(*pair) for pair in chances)]


def at_least(belief: np.ndarray, cut: float) -> np.ndarray:
    """Chance of each person's intent to be in this class or above: a cumulative logit of slope 1."""
    return np.asarray(1.0 / (1.0 + np.exp(cut - belief)))


def cut_point(belief: np.ndarray, share: float) -> float:
    """The cut above which this share of people is."""
    return float(brentq(lambda cut: at_least(belief, cut).mean() - share, -30.0, 30.0))


def shift(treated: np.ndarray, control: np.ndarray) -> Effect:
    """Fall in the log-odds of the share of people in a class or above."""
    means = np.array([treated.mean(), control.mean()])
    variances = np.array([treated.var(ddof=1) / treated.size, control.var(ddof=1) / control.size])
    logits = np.log(means / (1.0 - means))
    error = np.sqrt((variances / (means * (1.0 - means)) ** 2).sum())
    return Effect(float(logits[1] - logits[0]), float(error))


TRIAL = Trial(
    name="loomba_2021",
    source="Loomba2021",
    title="Does misinformation lower the intent to accept a vaccine?",
    arms=f"{ITEMS} false posts of a stranger, read once, against none; asked at once.",
    scale="Intent in four classes, by a cumulative logit of belief with slope 1; cut points give the classes "
    "published before exposure.",
    outcomes=(
        published("definitely accept", "points", -6.2, -8.5, -3.9, "FITTED"),
        published("fall of the top class", "logits", 0.249, 0.126, 0.372, "PREDICTED", SHARES),
        published("fall of the top two classes", "logits", 0.424, 0.250, 0.598, "PREDICTED", SHARES),
        published("fall of the top three classes", "logits", 0.488, 0.248, 0.727, "PREDICTED", SHARES),
    ),
    run=run,
)
