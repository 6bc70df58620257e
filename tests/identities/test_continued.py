"""A run saved at a step and continued in a new process ends in the same bits; so does a fork of a warm-up."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

import infodemic_sim as ids
from infodemic_sim import checkpoint
from infodemic_sim.simulation import Run, running, warmed_up
from tests.identities.small import all_built_in, built_in, differing, finished, persons, scenario
from tests.identities.test_same_bits import elsewhere

CONTINUE = """
import sys
from tests.identities.test_continued import continued
continued(sys.argv[1])
"""


def full() -> ids.Scenario:
    """All interventions at once, with memories of every sort: queues, ages, reminders, a crossed level."""
    plan = [part for part in all_built_in() if not isinstance(part, ids.Inoculation)]
    late = built_in("Inoculation", when=ids.WhenMisinformed(level=0.1), uptake=1.0)
    return scenario(interventions=[*plan, late])


def continued(folder: str | Path) -> None:
    """Take up the run that was saved in the folder, and leave its end there."""
    folder = Path(folder)
    run = checkpoint.resume(full(), folder / "run.npz")
    table = run.finish().table
    (folder / "end").write_bytes(pickle.dumps((table, sorted(persons(run.world).items()))))


@pytest.fixture(scope="module")
def whole():
    return finished(full(), seed=3)


def steps_done(count: int) -> Run:
    run = Run(full(), seed=3)
    for _ in range(count):
        run.step()
    return run


@pytest.mark.parametrize("step", [0, 11, 24, 37, 48, 72, 95, 96])
def test_a_copy_of_the_state_continues(step, whole):
    """At the start, in the warm-up, at day 0, between moments of record, at one, and at the end."""
    run = steps_done(step)
    state = run.world.state.copy()
    for _ in range(min(5, 96 - step)):
        run.step()  # what happens to the first run afterwards is its own affair
    with running(full(), seed=3, state=state) as second:
        table = second.finish().table
        assert persons(second.world) == persons(whole[1])
    assert differing(whole[0], table) == set()


def test_continued_in_a_new_process(whole, tmp_path):
    run = steps_done(41)
    checkpoint.save(run, tmp_path / "run.npz")
    elsewhere(CONTINUE, os.fspath(tmp_path))
    table, people = pickle.loads((tmp_path / "end").read_bytes())
    assert people == sorted(persons(whole[1]).items())
    assert differing(whole[0], table) == set()


def test_plans_fork_from_one_warm_up(whole):
    """What is done begins at day 0, so one warm-up serves all plans."""
    forked = warmed_up(full(), seed=3)
    for plan in (full(), full().but(interventions=())):
        with running(plan, seed=3, state=forked.copy()) as run:
            table = run.finish().table
        assert differing(finished(plan, seed=3)[0], table) == set()
