"""Reactance: a correction moves who leans against it and distrusts its source the other way."""

from __future__ import annotations

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.kernels.layout import KINDS, LASTING, TRUST
from infodemic_sim.kernels.persuasion import learn, reacts
from infodemic_sim.world import World
from tests.society.worlds import begun, scenario

INSTITUTION = TRUST.index("institution")


def told(rule: ids.FeedSpread, kind: str = "correction") -> tuple[np.ndarray, np.ndarray, World]:
    """Beliefs before and after everybody is told something by an institution, and the world."""
    run = begun(scenario(500, spread=rule, platforms=[ids.Platform(sessions_per_day=0.0)]))
    before = run.world.belief().copy()
    run.observe()
    run.world.tell(np.arange(500), 0, kind=kind, source="institution")
    run.runner._hear()
    return before, run.world.belief(), run.world


def test_who_reacts_moves_the_other_way_by_the_declared_share():
    before, plain, world = told(ids.FeedSpread())
    _, reacting, _ = told(ids.FeedSpread(reactance=0.4, distrust=0.5))
    against = (before < 0.0) & (world.people.trust[:, INSTITUTION] < 0.5)
    assert 20 < against.sum() < 400
    assert (reacting[~against] == plain[~against]).all()
    moved, would_have = (reacting - before)[against], (plain - before)[against]
    assert (would_have > 0.0).all()
    np.testing.assert_allclose(moved, -0.4 * would_have, rtol=1e-9, atol=1e-14)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "correction"])
def test_only_corrections_are_reacted_to(kind):
    assert (
        told(ids.FeedSpread(reactance=1.0, distrust=1.0), kind)[1] == told(ids.FeedSpread(), kind)[1]
    ).all()


def test_zero_is_absence():
    at_zero = ids.FeedSpread(reactance=0.0, distrust=1.0)
    assert told(at_zero)[1].tobytes() == told(ids.FeedSpread())[1].tobytes()


def test_beliefs_stay_within_their_bound_the_other_way():
    """Corrections that are reacted to for a long time drive beliefs down to the bound, and no further."""
    rule = ids.FeedSpread(reactance=1.0, distrust=1.0, bound=1.0, short_half_life=5000.0)
    run = begun(scenario(200, spread=rule))
    start, lowest = run.world.belief().copy(), 0.0
    for _ in range(300):
        run.world.reset()
        run.world.tell(np.arange(200), 0, source="institution")
        run.runner._hear()
        moved = run.world.belief() - start
        lowest = min(lowest, float(moved.min()))
        assert moved.min() >= -(1.0 + rule.persuasion_correction)
    assert lowest < -0.9


def test_whoever_leans_to_neither_side_does_not_react():
    run = begun(scenario(20, spread=ids.FeedSpread(reactance=1.0, distrust=1.0)))
    lines = np.zeros((20, 1, 5))
    readers, rule = run.runner.readers(0), run.scenario.spread.constants(run.world, 0)
    assert not reacts(readers, rule, lines, 3, 0, 1, KINDS.index("correction"), INSTITUTION)
    lines[3, 0, 0] = -1e-9
    assert reacts(readers, rule, lines, 3, 0, 1, KINDS.index("correction"), INSTITUTION)


def test_whoever_trusts_as_much_as_is_asked_does_not_react():
    run = begun(scenario(20, spread=ids.FeedSpread(reactance=1.0, distrust=0.5)))
    lines = np.full((20, 1, 5), -1.0)
    readers, rule = run.runner.readers(0), run.scenario.spread.constants(run.world, 0)
    for trust, expected in ((0.5, False), (np.nextafter(np.float32(0.5), np.float32(0.0)), True)):
        readers.trust[3, INSTITUTION] = trust
        assert reacts(readers, rule, lines, 3, 0, 1, KINDS.index("correction"), INSTITUTION) == expected


def test_what_lies_beyond_the_bound_is_moved_no_further_and_not_back():
    """Beliefs that came to lie there by one strong push: there is no room, rather than less than none."""
    run = begun(scenario(20, spread=ids.FeedSpread(bound=1.0)))
    readers, rule = run.runner.readers(0), run.scenario.spread.constants(run.world, 0)
    for beyond in (1.0, 1.5, 4.0):
        lines = np.zeros((20, 1, 5))
        lines[3, 0, LASTING] = beyond
        assert learn(readers, rule, lines, 3, 0, 1, 0, INSTITUTION, 1.0, 0.5) == 0.0
        assert learn(readers, rule, lines, 3, 0, -1, 0, INSTITUTION, 1.0, 0.5) < 0.0
