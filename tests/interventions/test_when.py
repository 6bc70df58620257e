"""When schedules are in force, hour by hour."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.errors import ParameterError, UnknownNameError
from infodemic_sim.interventions.capacity import ledger
from infodemic_sim.interventions.when import BUILT_IN
from tests.interventions.lively import world

LAST = 120.0
"""Hours that are looked at: five days."""


def moment(step: int, hours: float) -> SimpleNamespace:
    """All that a schedule looks at."""
    return SimpleNamespace(day=step * hours / 24.0, setting=SimpleNamespace(hours_per_step=hours))


def in_force(when: ids.Always, hours: float) -> list[float]:
    """Hours at which a schedule is fully in force."""
    steps = range(round(LAST / hours) + 1)
    shares = {step: when.share(moment(step, hours), {}) for step in steps}
    assert set(shares.values()) <= {0.0, 1.0}
    return [round(step * hours, 6) for step, share in shares.items() if share == 1.0]


def hours_from(first: float, stop: float, hours: float) -> list[float]:
    """Hours of all steps from ``first`` up to, not including, ``stop``."""
    return [
        round(step * hours, 6)
        for step in range(round(LAST / hours) + 1)
        if first - 1e-9 <= step * hours < stop - 1e-9
    ]


@pytest.mark.parametrize("hours", [0.1, 1 / 6, 0.5, 1.0, 2.0, 5.0])
def test_spans(hours):
    everything = hours_from(0, LAST + 1, hours)
    assert in_force(ids.Always(), hours) == everything
    assert in_force(ids.Never(), hours) == []
    assert in_force(ids.Between(1, 2), hours) == hours_from(24, 48, hours)
    assert in_force(ids.Between(0.0, 0.5), hours) == hours_from(0, 12, hours)
    assert in_force(ids.Between(start=3.0, stop=99.0), hours) == hours_from(72, LAST + 1, hours)
    assert in_force(ids.Between(1, 1), hours) == []
    assert in_force(ids.Ramp(start=1.0, full=1.0), hours) == hours_from(24, LAST + 1, hours)


@pytest.mark.parametrize(
    ("when", "hours", "expected"),
    [
        (ids.Once(), 1.0, [0]),
        (ids.Once(day=1.0), 0.5, [24]),
        (ids.Once(day=1.0), 1.0, [24]),
        (ids.Once(day=1.0), 2.0, [24]),
        (ids.Once(day=1.0), 5.0, [25]),
        (ids.Once(day=1.01), 1.0, [25]),
        (ids.Once(day=99.0), 1.0, []),
        (ids.Every(days=1.0), 0.5, [0, 24, 48, 72, 96, 120]),
        (ids.Every(days=1.0), 1.0, [0, 24, 48, 72, 96, 120]),
        (ids.Every(days=1.0), 2.0, [0, 24, 48, 72, 96, 120]),
        (ids.Every(days=1.0), 5.0, [0, 25, 50, 75, 100, 120]),
        (ids.Every(days=1.0, start=2.0), 1.0, [48, 72, 96, 120]),
        (ids.Every(days=1.0, start=2.0, stop=4.0), 1.0, [48, 72]),
        (ids.Every(days=0.25, stop=0.5), 2.0, [0, 6]),
        (ids.Every(days=2.0, start=0.51), 1.0, [13, 61, 109]),
        (ids.Every(days=1.5), 0.5, [0, 36, 72, 108]),
        (ids.Every(days=7.0), 1.0, [0]),
    ],
)
def test_times(when, hours, expected):
    assert in_force(when, hours) == expected


@pytest.mark.parametrize("hours", [0.1, 0.3, 1 / 6, 1 / 3, 0.5, 1.0, 2.0])
def test_rounding_moves_no_time(hours):
    """However the clock's sums are rounded, a day of whole steps has its reminder, and just one."""
    every = in_force(ids.Every(days=1.0), hours)
    assert len(every) == 6
    for day, hour in enumerate(every):
        assert 24 * day - 1e-4 <= hour < 24 * day + hours - 1e-4
        assert in_force(ids.Once(day=float(day)), hours) == [hour]


def test_more_often_than_steps_is_at_every_step():
    assert in_force(ids.Every(days=1 / 48), 1.0) == hours_from(0, LAST + 1, 1.0)


@pytest.mark.parametrize("hours", [0.5, 1.0, 2.0])
def test_a_ramp_grows_in_a_straight_line(hours):
    ramp = ids.Ramp(start=1.0, full=3.0)
    for step in range(round(LAST / hours) + 1):
        expected = min(1.0, max(0.0, (step * hours - 24.0) / 48.0))
        assert ramp.share(moment(step, hours), {}) == pytest.approx(expected, abs=1e-12)


def test_when_misinformed_starts_above_its_level_and_never_ends():
    """The misinformed share goes .2, .4 (the level itself), .41, .1."""
    when, memory = ids.WhenMisinformed(level=0.4), {}
    at = world()
    n, found = 100, []
    for misinformed in (20, 40, 41, 10):
        belief = np.where(np.arange(n) < misinformed, -0.1, 0.1)
        seen = SimpleNamespace(n=n, belief=lambda topic, b=belief: b, topic_index=at.topic_index)
        found.append(when.share(seen, memory))
    assert found == [0.0, 0.0, 1.0, 1.0]


def test_when_misinformed_asks_for_a_known_topic():
    with pytest.raises(UnknownNameError, match="Did you mean 'vaccines'"):
        ids.WhenMisinformed(level=0.1, topic="vacines").share(world(), {})


def test_levels_at_the_borders():
    """A level of zero is crossed by the first misinformed person, a level of one by nobody."""
    at = world()
    assert ids.WhenMisinformed(level=0.0).share(at, {}) == 1.0
    assert ids.WhenMisinformed(level=1.0).share(at, {}) == 0.0


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: ids.Between(2, 1), "stop"),
        (lambda: ids.Between(-1.0, 1.0), "start"),
        (lambda: ids.Between(), "start is required"),
        (lambda: ids.Every(days=0.0), "days"),
        (lambda: ids.Once(day=-0.5), "day"),
        (lambda: ids.WhenMisinformed(level=1.5), "level"),
        (lambda: ids.AccuracyPrompt(when="allways"), "Did you mean 'always'"),
        (lambda: ids.AccuracyPrompt(when={"type": "once", "days": 1.0}), "Did you mean 'day'"),
    ],
)
def test_mistakes_are_told(make, told):
    with pytest.raises(ParameterError, match=told):
        make()


def test_a_share_of_the_uptake_takes_part_on_a_ramp():
    """Half-way up, half of those who would take part do, and they stay the same people later."""
    part = ids.AccuracyPrompt(when=ids.Ramp(start=0.0, full=2.0), uptake=0.8)
    at = world()
    taking = []
    for step in (0, 12, 24, 36, 48, 60):
        at.state.step = step
        taking.append(set(part.taking_part(at, ledger(at.n)).tolist()))
    assert not taking[0]
    assert all(before <= after for before, after in pairwise(taking))
    assert taking[-1] == taking[-2]
    assert abs(len(taking[2]) - 0.4 * at.n) <= 4 * np.sqrt(at.n * 0.4 * 0.6)
    assert abs(len(taking[-1]) - 0.8 * at.n) <= 4 * np.sqrt(at.n * 0.8 * 0.2)


def test_all_schedules_are_looked_at_here():
    named = {ids.Always, ids.Never, ids.Between, ids.Every, ids.Once, ids.Ramp, ids.WhenMisinformed}
    assert set(BUILT_IN) == named
