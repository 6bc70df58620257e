"""Strengths drawn from the ranges that their sources leave open."""

from __future__ import annotations

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.errors import ParameterError
from infodemic_sim.interventions import BUILT_IN
from infodemic_sim.params import declarations
from infodemic_sim.spread import FeedSpread, built_in

TODAY = ids.Scenario(population=ids.Population(graph=ids.erdos_renyi(20, mean_degree=3, seed=1)))
EVERY = [
    (part, row)
    for part in (*BUILT_IN, *built_in())
    for row in declarations(part)
    if row.plausible is not None
]


def test_ranges_hold_their_defaults_and_lie_within_bounds():
    assert len(EVERY) > 20
    for part, row in EVERY:
        low, high = row.plausible
        assert low <= row.default <= high, (part, row.name)
        if row.name not in ("half_life",) and part in BUILT_IN:
            part(**{row.name: low})
            part(**{row.name: high})


def test_draws_fill_the_range_and_are_shared_by_plans():
    plan = TODAY.but(interventions=[ids.WarningLabel(), ids.AccuracyPrompt()])
    drawn = [ids.draw_plausible(plan, seed=seed) for seed in range(200)]
    effects = np.array([some.interventions[0].effect for some in drawn])
    assert (effects >= 0.6).all()
    assert (effects <= 1.1).all()
    assert abs(effects.mean() - 0.85) < 4 * 0.5 / np.sqrt(12 * 200)
    other = TODAY.but(interventions=[ids.AccuracyPrompt(name="only")])
    assert ids.draw_plausible(other, seed=7).interventions[0].effect == drawn[7].interventions[1].effect
    assert ids.draw_plausible(other, seed=7).spread == drawn[7].spread
    assert isinstance(drawn[7].spread, FeedSpread)
    assert drawn[7].spread.persuasion_correction != 2.35


def test_what_was_set_is_left():
    plan = TODAY.but(interventions=[ids.WarningLabel(effect=2.0)])
    assert ids.draw_plausible(plan, seed=1).interventions[0].effect == 2.0


def test_a_seed_is_a_whole_number():
    with pytest.raises(ParameterError, match="seed"):
        ids.draw_plausible(TODAY, seed=-1)
