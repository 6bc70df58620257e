"""A comparison has the same numbers whoever did the work, and each plan those of a run on its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import infodemic_sim as ids
from infodemic_sim.comparing.compare import Comparison, compare
from infodemic_sim.errors import OutputExistsError, ParameterError, UnknownNameError, WorkerError
from infodemic_sim.graphs.registry import graph_source
from infodemic_sim.simulation import simulate
from infodemic_sim.study.replicate import run_replicate, warm_up_groups
from tests.study.tiny import PEOPLE, PROMPT, TODAY, many, plans
from tests.sweeps.processes import hears_ctrl_c


@pytest.fixture(scope="module")
def serial() -> Comparison:
    return compare(plans(), replicates=4, seed=7)


def test_each_plan_has_the_bits_of_a_run_on_its_own() -> None:
    shared = run_replicate(many(), seed=3, replicate=2)
    for name, plan in many().items():
        alone = simulate(plan, seed=3, replicate=2).table
        pd.testing.assert_frame_equal(shared[name].astype(alone.dtypes), alone, check_exact=True)


def test_an_intervention_that_looks_at_the_world_when_it_starts_sees_what_it_would_alone() -> None:
    from infodemic_sim.interventions import Intervention

    class Remembers(Intervention):
        def start(self, world):
            return {"then": world.belief().copy()}

        def act(self, world, people, memory):
            world.levers.accuracy_weight.close_gap(memory["then"] > 1.0, 0.9)

    plan = TODAY.but(interventions=[Remembers()])
    shared = run_replicate({"today": TODAY, "remembers": plan}, seed=3, replicate=0)["remembers"]
    assert shared["value"].equals(simulate(plan, seed=3).table["value"])


def test_only_plans_that_differ_in_their_interventions_share_a_warm_up() -> None:
    longer = TODAY.but(warm_up=2.0)
    groups = warm_up_groups({**plans(), "longer warm-up": longer})
    assert [list(group) for group in groups] == [["today", "prompt", "zero effect"], ["longer warm-up"]]


def test_runs_stand_in_order_of_plan_and_replicate(serial: Comparison) -> None:
    order = serial.runs[["plan", "replicate"]].astype({"plan": str}).drop_duplicates()
    expected = [(plan, replicate) for plan in ("today", "prompt", "zero effect") for replicate in range(4)]
    assert list(order.itertuples(index=False, name=None)) == expected
    assert serial.baseline == "today"
    assert not serial.interrupted


def test_threads_and_executors_change_nothing(serial: Comparison) -> None:
    with ThreadPoolExecutor(2) as pool:
        other = compare(plans(), replicates=4, seed=7, executor=pool)
        assert pool.submit(int).result() == 0  # still open
    pd.testing.assert_frame_equal(other.runs, serial.runs, check_exact=True)


def test_what_takes_no_work_is_refused(tmp_path: Path) -> None:
    """Also by a sweep, before anything is written."""
    said = r"^executor must be a concurrent\.futures executor, .* but got a str\.$"
    study = ids.Study(scenario=plans()["today"], replicates=1, seed=1)
    for ask in (
        lambda: compare(plans(), replicates=2, seed=1, executor="threads"),  # type: ignore[arg-type]
        lambda: ids.sweep(study, tmp_path / "out", executor="threads"),  # type: ignore[arg-type]
    ):
        with pytest.raises(ParameterError, match=said):
            ask()
    assert not (tmp_path / "out").exists()


def test_an_executor_that_was_closed_is_told() -> None:
    with ThreadPoolExecutor(1) as pool:
        pass
    with pytest.raises(WorkerError, match=r"the executor takes no runs .*: give one that is open"):
        compare(plans(), replicates=2, seed=1, executor=pool)


def test_workers_change_nothing_and_run_code_that_they_cannot_import() -> None:
    strength = 0.8
    recipe = graph_source("scale_free")(people=200, mean_degree=10.0, seed=1)
    today = TODAY.but(population=PEOPLE.but(graph=recipe))
    half = lambda world: world.levers.accuracy_weight.close_gap(world.belief() > 0, strength)  # noqa: E731
    asked = {"today": today, "by function": today.but(interventions=[half])}
    one = compare(asked, replicates=3, seed=7)
    two = compare(asked, replicates=3, seed=7, workers=2)
    pd.testing.assert_frame_equal(one.runs, two.runs, check_exact=True)


def test_an_interrupted_comparison_gives_back_what_finished(serial: Comparison) -> None:
    def stop(finished: int, total: int) -> None:
        assert total == 4
        if finished == 2:
            raise KeyboardInterrupt

    cut = compare(plans(), replicates=4, seed=7, progress=stop)
    assert cut.interrupted
    assert cut.finished == (0, 1)
    expected = serial.runs[serial.runs["replicate"] < 2].reset_index(drop=True)
    pd.testing.assert_frame_equal(cut.runs, expected, check_exact=True)


def test_an_interruption_before_anything_finished_is_not_swallowed() -> None:
    def act(world: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compare({"today": TODAY, "stop": TODAY.but(interventions=[act])}, replicates=1, seed=1)


def test_a_worker_that_dies_is_one_sentence_and_costs_only_its_own_work(tmp_path) -> None:
    folder = tmp_path / "out"

    def die(world) -> None:
        if world.draws.replicate == 2:
            os._exit(9)

    deadly = {"today": TODAY, "deadly": TODAY.but(interventions=[die])}
    with pytest.raises(WorkerError, match="fewer workers") as caught:
        compare(deadly, replicates=3, seed=1, workers=2, out=folder)
    kept = caught.value.comparison
    assert 2 not in kept.finished
    assert kept.finished == Comparison.load(folder).finished
    assert kept.interrupted


def test_results_are_never_overwritten_unasked(tmp_path) -> None:
    folder = tmp_path / "out"
    made = compare({"today": TODAY}, replicates=1, seed=1, out=folder)
    assert Comparison.load(folder).runs.equals(made.runs)
    with pytest.raises(OutputExistsError, match="holds results already"):
        compare({"today": TODAY}, replicates=1, seed=1, out=folder)


@pytest.mark.parametrize("wrong", [{"replicates": 0}, {"seed": -1}, {"workers": 0}, {"threads": True}])
def test_counts_are_checked_before_any_work(wrong: dict[str, int]) -> None:
    with pytest.raises(ParameterError, match=f"^{next(iter(wrong))} must be a whole number"):
        compare(plans(), **{"replicates": 1, "seed": 1, **wrong})


def test_counts_may_be_whole_numbers_of_numpy(tmp_path) -> None:
    found = compare({"today": TODAY}, replicates=np.int64(1), seed=np.uint32(1), out=tmp_path)
    assert Comparison.load(tmp_path).seed == found.seed == 1


def test_plans_must_be_comparable() -> None:
    with pytest.raises(ParameterError, match="at least one scenario"):
        compare({}, replicates=1, seed=1)
    with pytest.raises(ParameterError, match="end on the same day"):
        compare({"today": TODAY, "longer": TODAY.but(days=4.0)}, replicates=1, seed=1)
    with pytest.raises(ParameterError, match="scenarios by name"):
        compare({"today": PROMPT}, replicates=1, seed=1)  # type: ignore[dict-item]
    with pytest.raises(UnknownNameError, match="Did you mean 'misinformed'"):
        compare({"today": TODAY.but(primary="misinfomed")}, replicates=1, seed=1)


SCRIPT = """
    from infodemic_sim import Intervention, compare, param
    from tests.study.tiny import TODAY

    def helper(x):
        return x

    class Mine(Intervention):
        effect: float = param(0.5, ge=0, le=1, doc="How much.")

        def act(self, world, people, memory):
            {act}
            world.levers.accuracy_weight.close_gap(world.belief() > 0, helper(self.effect))

    plans = {{"today": TODAY, "mine": TODAY.but(interventions=[Mine()])}}
    print("ready", flush=True)
    told = lambda *counts: print(*counts, flush=True)
    two = compare(plans, replicates={replicates}, seed=1, workers=2, progress=told)
    print(two.interrupted, len(two.finished) < {replicates}, flush=True)
"""


def start_script(tmp_path, act: str, replicates: int) -> subprocess.Popen[str]:
    """A script without a guard, with classes of its own, in a process group of its own."""
    script = tmp_path / "study.py"
    script.write_text(textwrap.dedent(SCRIPT).format(act=act, replicates=replicates))
    environment = {**os.environ, "PYTHONPATH": os.getcwd()}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    own = {"start_new_session": True, "preexec_fn": hears_ctrl_c}
    return subprocess.Popen([sys.executable, script], env=environment, **pipes, **own)


def test_a_plain_script_may_use_workers_and_its_own_classes(tmp_path) -> None:
    process = start_script(tmp_path, "pass", 2)
    out, err = process.communicate(timeout=600)
    assert process.returncode == 0, err
    assert out.split("\n")[-2] == "False False"
    assert out.count("ready") == 1


def test_ctrl_c_ends_workers_at_once_and_keeps_what_finished(tmp_path) -> None:
    wait = "import time; time.sleep(10**6 if world.draws.replicate > 1 else 0)"  # longer than any test
    process = start_script(tmp_path, wait, 4)
    lines = [process.stdout.readline() for _ in range(3)]
    assert lines == ["ready\n", "1 4\n", "2 4\n"]
    os.killpg(process.pid, signal.SIGINT)
    try:
        out, err = process.communicate(timeout=600)
    finally:
        process.kill()
    assert out == "True True\n", err
    assert err == ""


@pytest.mark.parametrize("given", [[TODAY], TODAY, None])
def test_plans_without_names_are_told_apart_from_plans(given):
    with pytest.raises(ParameterError, match="plans must be scenarios by name, but got a "):
        compare(given, replicates=1, seed=1)
