"""What a sweep costs beside its runs: `pytest benchmarks/test_sweep_bench.py --benchmark-only`.

`python -m benchmarks.test_sweep_bench` makes 1,000 runs of about 50 ms on two workers and prints how near to
the ideal that was: the time of the same runs in two processes side by side, without a store. The length of a
run is chosen so that it takes 50 ms on the machine. Where others use the machine too, all this differs from
minute to minute; so it also prints for how much of its time the sweep kept its workers at runs.
"""

from __future__ import annotations

import json
import logging
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.measures.tidy import Labels
from infodemic_sim.study.store import write_parquet
from infodemic_sim.sweeps.manifest import note
from infodemic_sim.sweeps.parts import part_path
from infodemic_sim.sweeps.rows import Ran
from infodemic_sim.sweeps.store import Store

ROWS = 400
LABELS = {
    "usual": Labels(
        np.full(ROWS, 30.0),
        (*[np.full(ROWS, "all", object)] * 3, np.array([f"measure_{k}" for k in range(ROWS)], object)),
    )
}


def made(number: int) -> Ran:
    return Ran(f"{number:024x}", "usual", np.random.default_rng(number).random(ROWS))


def filled(out: Path, runs: int) -> Store:
    """A store that holds so many runs in one merged part."""
    (out / "runs").mkdir(parents=True)
    store = Store(out, "1of1")
    if runs:
        store.table.learn(LABELS)
        path = part_path(out, "1of1", 0, runs // 50 - 1)
        names = [f"{number:024x}" for number in range(runs)]
        write_parquet(store.table.frame([made(0)._replace(run=name) for name in names[:100]]), path)
        note(out, "1of1", path, dict.fromkeys(names, False))
        store = Store(out, "1of1")
    return store


@pytest.mark.parametrize("runs", [0, 100_000])
def test_add_a_run(benchmark, tmp_path, runs):
    """Fifty runs and their part on the disk, in a store of so many."""
    store, numbers = filled(tmp_path, runs), iter(range(10**6, 10**7))

    def fifty():
        store.add([made(next(numbers)) for _ in range(50)], LABELS)

    benchmark.pedantic(fifty, rounds=60, warmup_rounds=2)
    benchmark.extra_info["ms per run"] = 1e3 * benchmark.stats.stats.mean / 50


def test_read_ten_million_rows(benchmark, tmp_path):
    """Mean, deviation and count of every measure by plan, over 25,000 runs of 400 rows; digests included."""
    import pandas as pd

    from infodemic_sim.model_version import MODEL_VERSION

    (tmp_path / "runs").mkdir()
    store = Store(tmp_path, "1of1")
    store.table.learn(LABELS)
    runs = [made(k) for k in range(25_000)]
    for place in range(5):
        some, path = runs[5000 * place : 5000 * (place + 1)], part_path(tmp_path, "1of1", place, place)
        write_parquet(store.table.frame(some), path)
        note(tmp_path, "1of1", path, {each.run: False for each in some})
    design = pd.DataFrame({"run": [each.run for each in runs]})
    write_parquet(
        design.assign(point=0, plan=np.where(np.arange(25_000) % 2, "a", "b"), replicate=0),
        tmp_path / "design.parquet",
    )
    numbers = {"model_version": MODEL_VERSION, "points": 1, "runs": 25_000, "replicates": 1, "seed": 1}
    record = {**numbers, "primary": "misinformed", "study": {}, "plans": ["a", "b"]}
    (tmp_path / "study.json").write_text(json.dumps(record))
    question = (
        "SELECT plan, measure, avg(value), stddev(value), count(*) FROM design JOIN runs USING (run) "
        "GROUP BY plan, measure"
    )
    found = benchmark.pedantic(lambda: ids.Results(tmp_path).query(question), rounds=5, warmup_rounds=1)
    assert len(found) == 2 * ROWS


def study(points: int, replicates: int, days: float) -> ids.Study:
    """Runs of so many days."""
    scenario = ids.Scenario(
        population=ids.Population(graph=ids.graphs.ScaleFree(people=500, mean_degree=10.0, seed=1)),
        interventions=[ids.WarningLabel()],
        days=days,
        warm_up=0.0,
    )
    values = np.linspace(0.05, 0.95, points).tolist()
    grid = ids.Grid(parameters={"interventions.warning_label.recall": values})
    return ids.Study(
        scenario=scenario, plans={"label": ("warning_label",)}, design=grid, replicates=replicates, seed=1
    )


def alone(runs: int, days: float) -> float:
    """Seconds that a process takes for a run, without a store."""
    plan = study(1, 1, days)
    scenario = next(iter(plan.plans_at(plan.points()[0]).values()))
    ids.simulate(scenario, seed=1)
    began = time.perf_counter()
    for replicate in range(runs):
        ids.simulate(scenario, seed=1, replicate=replicate)
    return (time.perf_counter() - began) / runs


def side_by_side(workers: int, days: float, runs: int = 100) -> float:
    """The same, while as many processes as there are workers do so at once."""
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return float(np.mean(list(pool.map(alone, [runs] * workers, [days] * workers))))


def days_that_take(seconds: float, workers: int, guess: float = 4.0) -> float:
    """Days of a run that takes about so long here, in whole steps."""
    return round(24.0 * guess * seconds / side_by_side(workers, guess)) / 24.0


class Busy(logging.Handler):
    """Adds up the seconds that workers say they were at runs."""

    seconds = 0.0

    def emit(self, record: logging.LogRecord) -> None:
        if record.msg == "%d runs in %.2f s":
            self.seconds += record.args[1]


@contextmanager
def watched() -> Iterator[Busy]:
    """What workers of the sweeps in the block were at."""
    log, busy = logging.getLogger("infodemic_sim.sweeps.foreman"), Busy()
    log.setLevel(logging.INFO)
    log.addHandler(busy)
    yield busy
    log.removeHandler(busy)


def table(points: int = 100, replicates: int = 10, workers: int = 2) -> None:
    """Print how near a sweep comes to its runs alone, which are timed before and after it.

    Once with the start of its workers, and once from a tenth of its runs on, when they are at work.
    """
    runs, days, out = points * replicates, days_that_take(0.05, workers), Path(tempfile.mkdtemp())
    plan, before, began = study(points, replicates, days), side_by_side(workers, days), time.perf_counter()
    marks: list[tuple[float, int]] = []
    with watched() as busy:
        ids.sweep(
            plan, out, workers=workers, progress=lambda made, _: marks.append((time.perf_counter(), made))
        )
    ended = time.perf_counter()
    each = (before + (after := side_by_side(workers, days))) / 2
    start, done = next(mark for mark in marks if mark[1] >= runs / 10)
    print(f"a run of {days:.3g} days, side by side: {1e3 * before:.1f} ms before, {1e3 * after:.1f} ms after")
    for what, took, made in (("in all", ended - began, runs), ("at work", ended - start, runs - done)):
        ideal, more = made * each / workers, took * workers / made - each
        print(f"{what}: {took:.1f} s, {100 * ideal / took:.1f} % of ideal, {1e3 * more:.2f} ms more a run")
    print(f"workers were at runs for {100 * busy.seconds / workers / (ended - began):.1f} % of all its time")
    shutil.rmtree(out)


if __name__ == "__main__":
    table(*map(int, sys.argv[1:]))
