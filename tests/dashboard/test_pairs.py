"""Pairs of runs begin before they are asked for, and are the same wherever they are made."""

from __future__ import annotations

import threading
import time
from contextlib import closing

import psutil
import pytest

from infodemic_sim.dashboard.pairs import Beside, Pairs
from infodemic_sim.errors import WorkerError
from tests.dashboard.small import TOWN

PLANS = {"today": TOWN.but(interventions=()), "plan": TOWN}


@pytest.fixture(scope="module")
def pairs():
    with Pairs(1) as found:
        yield found


def test_workers_make_the_same_pairs(pairs):
    alone, helped = (dict(each.begin(PLANS, range(2), seed=3)) for each in (Pairs(), pairs))
    assert alone.keys() == helped.keys() == {0, 1}
    for replicate, tables in alone.items():
        for plan, table in tables.items():
            assert table.equals(helped[replicate][plan])


def test_work_begins_before_it_is_asked_for():
    begun = threading.Event()

    def work():
        begun.set()
        yield 0, {}

    made = Beside(work())
    assert begun.wait(10)
    assert list(made) == [(0, {})]


@pytest.mark.parametrize("asked", [0, 1])
def test_work_is_dropped_when_nobody_asks_for_more(asked):
    ended = threading.Event()

    def work():
        try:
            for k in range(10_000):
                time.sleep(0.001)
                yield k, {}
        finally:
            ended.set()

    with closing(Beside(work())) as made:
        assert [next(made) for _ in range(asked)] == [(0, {})] * asked
    assert ended.wait(5)


def test_an_error_comes_where_it_is_asked_for():
    def work():
        yield 0, {}
        raise WorkerError("a worker died.")

    made = Beside(work())
    assert next(made) == (0, {})
    with pytest.raises(WorkerError):
        next(made)


def test_after_a_death_there_are_new_workers(pairs):
    with closing(pairs.begin(PLANS, range(50), seed=1)) as made:
        next(made)
        for child in psutil.Process().children():
            if "spawn_main" in " ".join(child.cmdline()):
                child.kill()
        with pytest.raises(WorkerError, match="fewer workers"):
            list(made)
    assert len(list(pairs.begin(PLANS, range(1), seed=1))) == 1
