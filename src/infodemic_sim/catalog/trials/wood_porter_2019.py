"""Corrections do not backfire, even among those who disagree most [WoodPorter2019]."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist

import numpy as np

from infodemic_sim.catalog.laboratory import Arm
from infodemic_sim.catalog.reproduction import Size
from infodemic_sim.catalog.trial import Effect, Trial, published
from infodemic_sim.params import declaration
from infodemic_sim.population import Population
from infodemic_sim.spread import FeedSpread

PEOPLE, DISAGREE = 20_000, 0.1
REACTING = FeedSpread(reactance=0.5)


def run(size: Size) -> Sequence[Effect]:
    """What the same people believe after a corrected post, against the post alone; then with reactance."""
    return [*moved_away(size, FeedSpread()), moved_away(size, REACTING)[1]]


def moved_away(size: Size, spread: FeedSpread) -> tuple[Effect, Effect]:
    """People whom the correction moves away: of all, and of those who disagree most."""
    beliefs = []
    for corrected in (False, True):
        arm = Arm(size.of(PEOPLE, 500), seed=size.seed, number=0, reading=True, spread=spread)
        start, slots = arm.belief.copy(), arm.publish(1, -1)
        if corrected:
            arm.correct(slots, source="institution")
        arm.pass_time()
        beliefs.append(arm.belief)
    away = beliefs[1] < beliefs[0]
    return share(away), share(away[start <= np.quantile(start, DISAGREE)])


def share(where: np.ndarray) -> Effect:
    """A percentage of people and its standard error."""
    part = float(where.mean())
    return Effect(100.0 * part, 100.0 * math.sqrt(part * (1.0 - part) / where.size))


def who_reacts() -> tuple[float, float, float]:
    """Percentage whose trust is below the threshold as trust is drawn, and its limits in 95 % of runs."""
    logit = NormalDist(*(_of_trust(name) for name in ("trust_institutions", "trust_spread")))
    part = logit.cdf(math.log(REACTING.distrust / (1.0 - REACTING.distrust)))
    margin = 1.96 * math.sqrt(part * (1.0 - part) / (DISAGREE * PEOPLE))
    return 100.0 * part, 100.0 * (part - margin), 100.0 * (part + margin)


def _of_trust(name: str) -> float:
    """A default of trust: its median as a logit, or its spread."""
    value = float(declaration(Population, name).default)
    return value if name == "trust_spread" else math.log(value / (1.0 - value))


TRIAL = Trial(
    name="wood_porter_2019",
    source="WoodPorter2019",
    title="Do corrections backfire?",
    arms="A false post with the correction of an institution under it, against the post alone: the same "
    "people, with the same draws. A control shows that backfire would be seen: with reactance switched on, "
    "those who disagree and distrust the source move away.",
    scale="People whom the correction moves away from the accurate position.",
    outcomes=(
        published("all people", "%", 0.0, 0.0, 0.0, "PREDICTED", "none"),
        published("the tenth who disagree most", "%", 0.0, 0.0, 0.0, "PREDICTED", "none"),
        published(
            "the same tenth, reactance switched on (a control)",
            "%",
            *who_reacts(),
            "PREDICTED",
            "closed form, 95 % of runs",
        ),
    ),
    run=run,
)
