"""Pairs of runs begin before they are asked for, and are the same wherever they are made."""

from __future__ import annotations

import os
import threading
import time
from contextlib import closing, suppress
from itertools import count

import psutil
import pytest

from infodemic_sim.dashboard.beside import Beside
from infodemic_sim.dashboard.desk import Desk
from infodemic_sim.dashboard.pairs import Pairs
from infodemic_sim.errors import WorkerError
from tests.dashboard.small import CHOICES, TOWN
from tests.sweeps.processes import workers_of

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
    assert begun.wait(600)
    assert list(made) == [(0, {})]


@pytest.mark.parametrize("asked", [0, 1])
def test_work_is_dropped_when_nobody_asks_for_more(asked):
    ended = threading.Event()

    def work():
        try:
            for k in count():
                time.sleep(0.001)
                yield k, {}
        finally:
            ended.set()

    with closing(Beside(work())) as made:
        assert [next(made) for _ in range(asked)] == [(0, {})] * asked
    assert ended.wait(600)


def test_an_error_comes_where_it_is_asked_for():
    def work():
        yield 0, {}
        raise WorkerError("a worker died.")

    made = Beside(work())
    assert next(made) == (0, {})
    with pytest.raises(WorkerError):
        next(made)


def workers() -> set[psutil.Process]:
    return set(workers_of(os.getpid()))


def counted(most, seconds=0.001):
    """In a worker: numbers, one after the other."""
    for k in range(most):
        time.sleep(seconds)
        yield k


def one_before(gate):
    """In a worker: a number, and others once there is a file."""
    yield 0
    while not gate.exists():
        time.sleep(0.01)
    yield from range(1, 100)


def test_a_worker_sends_what_it_makes_as_it_comes_about(pairs, tmp_path):
    with closing(pairs.beside(one_before, tmp_path / "gate")) as made:
        first = next(made)
        (tmp_path / "gate").touch()
        assert [first, *made] == list(range(100))


def torn():
    """In a worker: a word that does not fit into the pipe, in the middle of which the worker dies."""
    yield 1
    threading.Timer(0.5, os._exit, [1]).start()
    while True:
        yield bytes(10_000_000)


def test_a_worker_that_dies_in_the_middle_of_a_word_is_not_waited_for(pairs):
    made = pairs.beside(torn)
    assert next(made) == 1
    with pytest.raises(WorkerError, match="fewer workers"):
        list(made)


def broken():
    yield 1
    raise KeyError("gone")


def test_an_error_of_a_worker_comes_after_what_it_made(pairs):
    made = pairs.beside(broken)
    assert next(made) == 1
    with pytest.raises(KeyError, match="gone"):
        next(made)


def test_a_worker_is_free_again_when_nobody_asks_for_more(pairs):
    with closing(pairs.beside(counted, 10**9)) as made:
        assert next(made) == 0
    assert list(pairs.beside(counted, 2)) == [0, 1]


def test_pictures_and_effects_are_the_same_wherever_they_are_made():
    with Pairs(2) as two:
        alone, helped = (list(Desk(TOWN, each).run(CHOICES)) for each in (Pairs(), two))
    kinds = ("network", "frame", "pair", "done")  # news of the compiler comes at a first use alone
    told = [[event for event in events if event["kind"] in kinds] for events in (alone, helped)]
    assert told[0][-1] == told[1][-1] == {"kind": "done"}
    for one, other in zip(*told, strict=True):
        if one["kind"] != "pair":  # they come as they finish
            assert one == other
    assert told[0][-2]["effect"] == told[1][-2]["effect"]


def test_workers_wake_before_they_are_asked():
    with Pairs(2) as found:
        before = workers()
        found.wake(TOWN)
        found.wake(TOWN)
        while len(mine := workers() - before) < 2:
            time.sleep(0.05)
        assert len(mine) == 2
    assert not any(child.is_running() for child in mine)


def test_who_leaves_does_not_wait_for_workers():
    found, before = Pairs(1), workers()
    made = found.beside(counted, 10, 1e6)
    while workers() <= before:
        time.sleep(0.05)
    found.close()
    with pytest.raises(WorkerError):
        list(made)


def test_workers_of_a_run_end_with_it_whatever_they_are_at():
    """Those of another run do not."""
    with Pairs(1) as found, found.for_one_run() as other, closing(other.beside(counted, 10**9)) as going_on:
        next(going_on)
        with found.for_one_run() as stopped:
            before = workers()
            made = stopped.beside(counted, 10, 1e6)
            while workers() <= before:
                time.sleep(0.05)
        with pytest.raises(WorkerError):
            list(made)
        assert workers() == before
        next(going_on)


def test_workers_of_a_run_that_came_to_its_end_make_the_next():
    with Pairs(1) as found:
        for _ in range(3):
            with found.for_one_run() as mine:
                assert list(mine.beside(counted, 2)) == [0, 1]
                there = workers()
                mine.returned()
            assert workers() == there
        with found.for_one_run() as first, found.for_one_run() as second:
            assert list(first.beside(counted, 1)) == list(second.beside(counted, 1)) == [0]
            first.returned()
            second.returned()
        assert workers() == there


def test_after_a_death_there_are_new_workers(pairs):
    many = range(2_000)  # they cannot end meanwhile
    for ask in (lambda: pairs.begin(PLANS, many, seed=1), lambda: pairs.beside(counted, 10**9)):
        with closing(ask()) as made:
            next(made)
            for child in workers():
                with suppress(psutil.NoSuchProcess):
                    child.kill()
            with pytest.raises(WorkerError, match="fewer workers"):
                list(made)
        assert len(list(pairs.begin(PLANS, range(1), seed=1))) == 1
