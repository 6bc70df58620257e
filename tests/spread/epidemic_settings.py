"""What the tests of SIR, SIS and SEIR share: every rule in either time, and runs taken step by step."""

from __future__ import annotations

import numpy as np
import pytest

from infodemic_sim.graphs import SocialGraph
from infodemic_sim.spread.epidemic import EpidemicRule
from infodemic_sim.spread.network_rule import UNTOUCHED, Arrays, Chances, Ground
from infodemic_sim.spread.seir import SEIR
from infodemic_sim.spread.sir import SIR
from infodemic_sim.spread.sis import SIS

RULES = [SIR, SIS, SEIR]
TIMES = ["rounds", "continuous"]
KINDS = [rule(time=time, transmission=0.15, recovery=0.3) for rule in RULES for time in TIMES]
NAMES = [f"{type(rule).__name__} in {rule.time}" for rule in KINDS]
of_every_kind = pytest.mark.parametrize("rule", KINDS, ids=NAMES)


def stepped(
    rule: EpidemicRule, ground: Ground, steps: int, chances: Chances = UNTOUCHED
) -> tuple[Arrays, np.ndarray, list[dict[str, float]]]:
    """Steps one by one, as in a scenario: the arrays, adoptions, and counts after each step."""
    arrays, first = rule.begin(ground)
    rows, counts = [first], [rule.summary(arrays)]
    for step in range(steps):
        rows.append(rule.advance(ground, arrays, step, chances))
        counts.append(rule.summary(arrays))
    return arrays, np.concatenate(rows), counts


def follows(n: int, mean: float, seed: int) -> SocialGraph:
    """A directed graph."""
    draw = np.random.default_rng(seed)
    ends = draw.integers(0, n, (round(n * mean), 2))
    return SocialGraph.from_ties(ends[:, 0], ends[:, 1], n, True)


def levers(n: int, seed: int) -> Chances:
    draw = np.random.default_rng(seed)
    return Chances(sharing=draw.uniform(0, 3, n), inoculation=draw.choice([0.0, 0.5, 2.0], n))
