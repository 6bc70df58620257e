"""Whole sweeps: the same bits whoever makes them, in however many attempts."""

from __future__ import annotations

import asyncio
import errno
import os
from concurrent.futures import BrokenExecutor, CancelledError, Future, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

import infodemic_sim as ids
from infodemic_sim.errors import (
    InfodemicError,
    OutputExistsError,
    ParameterError,
    ResultFileError,
    UnwritableError,
    WorkerError,
)
from infodemic_sim.study.copies import Copies, begin_server
from infodemic_sim.study.paired import student
from infodemic_sim.study.processes import clean_start
from infodemic_sim.study.store import write_parquet
from infodemic_sim.study.workers import DIED
from infodemic_sim.sweeps import crew as crews
from infodemic_sim.sweeps import folder as folders
from infodemic_sim.sweeps import running
from infodemic_sim.sweeps.agenda import agenda_of
from infodemic_sim.sweeps.status import status
from tests.sweeps.tiny import GRID, PLANS, RECALL, TODAY, Broken, same_rows, study


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    return ids.sweep(study(), tmp_path_factory.mktemp("sweep") / "alone")


def counted(results):
    return int(results.query("SELECT count(DISTINCT run) AS n FROM runs")["n"][0])


def test_a_full_disk_is_no_failure_of_a_run(undisturbed, tmp_path, monkeypatch):
    """Workers write graphs for one another; where there is no room, the sweep ends, and goes on later."""

    def full(self, place):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(ids.SocialGraph, "save", full)
    with pytest.raises(UnwritableError, match="No space left on device"):
        ids.sweep(study(), tmp_path / "out")
    monkeypatch.undo()
    assert same_rows(ids.sweep(study(), tmp_path / "out"), undisturbed)


def test_a_design_that_was_damaged_is_written_again(undisturbed, tmp_path):
    found = ids.sweep(study(), tmp_path / "out")
    wrong = found.design.assign(**{RECALL: 0.25})
    write_parquet(wrong, tmp_path / "out" / "design.parquet")
    assert ids.sweep(study(), tmp_path / "out").design.equals(undisturbed.design)


def test_runs_have_the_bits_of_a_run_on_its_own(undisturbed):
    """Also those that share a warm-up."""
    design = undisturbed.design
    for row in design[design["replicate"] == 1].to_dict("records"):
        point = {path: row[path] for path in GRID.parameters}
        plan = study().plans_at(point)[row["plan"]]
        table = ids.simulate(plan, seed=3, replicate=1).table
        found = undisturbed.query(f"SELECT * FROM runs WHERE run = '{row['run']}'")
        assert np.array_equal(found["value"].to_numpy(), table["value"].to_numpy(), equal_nan=True)
        assert found["measure"].tolist() == table["measure"].tolist()
        assert found["subgroup"].tolist() == table["subgroup"].tolist()


def test_effects_count_the_plans_at_each_point(undisturbed):
    found = undisturbed.effects("acts")
    assert len(found) == 4 * (len(PLANS) - 1)
    for _, rows in found.groupby("point"):
        p = rows["p_value"].to_numpy()
        known = np.isfinite(p)
        theirs = multipletests(np.where(known, p, 1.0), method="holm")[1]
        np.testing.assert_allclose(rows["p_adjusted"], np.where(known, theirs, np.nan), rtol=1e-12)
    spread = found[found["high"] > found["low"]]
    wider = (spread["high_together"] - spread["low_together"]) / (spread["high"] - spread["low"])
    ratio = student(np.array([2]), 1 - 0.05 / 2) / student(np.array([2]))
    assert len(wider) > 0
    np.testing.assert_allclose(wider, ratio[0], rtol=1e-9)


def test_two_workers_give_the_same_bits(undisturbed, tmp_path):
    assert same_rows(ids.sweep(study(), tmp_path / "two", workers=2), undisturbed)


def test_any_executor_gives_the_same_bits(undisturbed, tmp_path):
    with ThreadPoolExecutor(1) as executor:
        found = ids.sweep(study(), tmp_path / "lent", executor=executor)
        assert executor.submit(int).result() == 0
    assert same_rows(found, undisturbed)


def test_shards_make_it_together(undisturbed, tmp_path):
    out = tmp_path / "shards"
    for number in (2, 1, 3):
        found = ids.sweep(study(), out, shard=(number, 3))
    assert same_rows(found, undisturbed)
    assert len({part.name.split("-")[1] for part in (out / "runs").iterdir()}) == 3


def test_the_same_call_goes_on_where_it_was_interrupted(undisturbed, tmp_path):
    out = tmp_path / "interrupted"

    def stop(made, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ids.sweep(study(), out, progress=stop)
    before = counted(ids.Results(out))
    assert 1 <= before < 16
    told = []
    found = ids.sweep(study(), out, progress=lambda made, total: told.append((made, total)))
    assert told[-1] == (16 - before, 16 - before)
    assert same_rows(found, undisturbed)


def test_nothing_is_made_twice(undisturbed, monkeypatch):
    monkeypatch.setattr(running, "crew_of", None)
    assert same_rows(ids.sweep(study(), undisturbed.folder), undisturbed)


def test_a_study_may_grow(undisturbed, tmp_path):
    out = tmp_path / "grown"
    ids.sweep(study(replicates=1), out)
    ids.sweep(
        study(replicates=1, design=ids.Grid(parameters={**GRID.parameters, RECALL: [0.1, 0.9, 0.5]})), out
    )
    with pytest.raises(OutputExistsError, match="holds another study"):
        ids.sweep(study(replicates=1, seed=4), out)
    with pytest.raises(OutputExistsError, match="may grow, not shrink"):
        ids.sweep(study(replicates=1), out)
    assert counted(ids.Results(out)) == (2 * 3 + 2 + 2)


def test_a_run_that_fails_is_a_row_and_the_rest_goes_on(undisturbed, tmp_path, offered):
    offered(Broken)
    scenario = TODAY.but(interventions=[*TODAY.interventions, Broken()])
    found = ids.sweep(study(scenario=scenario, plans={**PLANS, "broken": ("broken",)}), tmp_path / "broken")
    failures = found.failures()
    assert set(failures["plan"]) == {"broken"}
    (said,) = set(failures["error"])
    assert said.startswith("the run stopped in the intervention 'broken' on day 0, at ")
    assert said.endswith("tiny.py, line 24 (RuntimeError: out of order).")
    assert len(failures) == 4 * 2
    good = found.query("SELECT runs.* FROM runs WHERE error IS NULL ORDER BY ALL")
    assert good.equals(undisturbed.query("SELECT * FROM runs ORDER BY ALL"))


def test_a_point_that_cannot_be_made_is_told_in_its_rows(tmp_path):
    design = ids.Grid(parameters={RECALL: [0.5, 7.0]})
    found = ids.sweep(study(design=design), tmp_path / "point")
    failures = found.failures()
    assert set(failures["point"]) == {1}
    assert set(failures["plan"]) == {"label"}
    assert failures["error"].str.contains("recall 7.0: .*recall should be less than or equal to 1").all()


def test_failed_runs_are_made_again_when_asked(tmp_path, monkeypatch, offered):
    offered(Broken)
    scenario = TODAY.but(interventions=[Broken()])
    plan = study(scenario=scenario, plans={"today": (), "broken": ("broken",)}, design=ids.Listed(rows=[{}]))
    assert len(ids.sweep(plan, tmp_path / "s").failures()) == 2
    monkeypatch.setattr(Broken, "act", lambda self, world, people, memory: None)
    assert len(ids.sweep(plan, tmp_path / "s").failures()) == 2
    found = ids.sweep(plan, tmp_path / "s", retry_failed=True)
    assert len(found.failures()) == 0
    assert counted(found) == 4


def counts(made, now, total):
    made[-1] = now


@pytest.mark.parametrize("anew", [[(1, 1)], [(2, 5), (1, 5), (3, 5), (4, 5), (5, 5)]])
def test_failed_runs_are_made_again_however_they_are_shared(tmp_path, monkeypatch, offered, anew):
    """Each by the shard that it belongs to now, which need not be the one that wrote its row."""
    offered(Broken)
    scenario = TODAY.but(interventions=[Broken()])
    plan = study(scenario=scenario, plans={"today": (), "broken": ("broken",)}, replicates=6, design=FEW)
    for number in (1, 2, 3):
        ids.sweep(plan, tmp_path / "s", shard=(number, 3))
    assert len(ids.Results(tmp_path / "s").failures()) == 12
    monkeypatch.setattr(Broken, "act", lambda self, world, people, memory: None)
    made = []
    for shard in anew:
        made.append(0)
        ids.sweep(plan, tmp_path / "s", shard=shard, retry_failed=True, progress=partial(counts, made))
    assert sum(made) == 12
    assert made[0] < 12 or len(anew) == 1
    assert same_rows(ids.Results(tmp_path / "s"), ids.sweep(plan, tmp_path / "undisturbed"))


def test_graphs_in_memory_reach_workers_and_are_removed(tmp_path):
    graph = ids.erdos_renyi(40, mean_degree=6.0, seed=1)
    scenario = TODAY.but(population=TODAY.population.but(graph=graph))
    plan = study(scenario=scenario)
    found = ids.sweep(plan, tmp_path / "memory", workers=2)
    assert same_rows(found, ids.sweep(plan, tmp_path / "alone"))
    assert not list((tmp_path / "memory").glob(".graphs*"))
    assert "made in memory" in found.record["study"]["not_written"]


class GivesUp:
    """An executor that does some batches, and then loses or gives up those under way."""

    def __init__(self, error, after=3):
        self.error, self.after = error, after

    def submit(self, work, *words):
        future = Future()
        self.after -= 1
        if self.after >= 0:
            future.set_result(work(*words))
        elif self.error is CancelledError:
            future.cancel()
            future.set_running_or_notify_cancel()
        else:
            future.set_exception(self.error)
        return future


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (CancelledError, r"\(CancelledError\)"),
        (asyncio.CancelledError(), r"\(CancelledError\)"),
        (TimeoutError(), r"\(TimeoutError\)"),
        (OSError("in <TCP>: Stream is closed"), r"\(OSError: in <TCP>: Stream is closed\)"),
        (ModuleNotFoundError("No module named 'my_rules'"), "No module named 'my_rules'"),
        (SystemExit(3), "SystemExit: 3"),
    ],
)
def test_what_an_executor_gives_up_is_no_run_that_failed(undisturbed, tmp_path, error, said):
    with pytest.raises(WorkerError, match=f"the executor gave up on its runs.*{said}.*goes on from here"):
        ids.sweep(study(), tmp_path / "out", executor=GivesUp(error))
    found = ids.Results(tmp_path / "out")
    assert 0 < counted(found) < 16
    assert len(found.failures()) == 0
    assert same_rows(ids.sweep(study(), tmp_path / "out"), undisturbed)


def test_an_executor_that_breaks_is_told(undisturbed, tmp_path):
    dies = GivesUp(BrokenExecutor("dead"))
    with pytest.raises(
        WorkerError, match=r"takes no more runs \(BrokenExecutor: dead\).*go on by the same call"
    ):
        ids.sweep(study(), tmp_path / "dies", executor=dies)
    found = ids.Results(tmp_path / "dies")
    assert 0 < counted(found) < 16
    assert len(found.failures()) == 0
    assert same_rows(ids.sweep(study(), tmp_path / "dies"), undisturbed)


def test_an_executor_that_takes_nothing_is_told(tmp_path):
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    with pytest.raises(WorkerError, match=r"gave up on its runs .RuntimeError: cannot schedule new futures"):
        ids.sweep(study(), tmp_path / "out", executor=pool)


class Deserted:
    """An executor whose workers have gone, who come back or do not."""

    def __init__(self, *present):
        self.counts, self.work = list(present), []

    def submit(self, work, *words):
        self.work.append((future := Future(), work, words))
        return future

    def present(self):
        count = self.counts.pop(0) if len(self.counts) > 1 else self.counts[0]
        for future, work, words in self.work if count else ():
            future.set_result(work(*words))
        self.work = [] if count else self.work
        return count


def test_no_worker_is_left(tmp_path, monkeypatch):
    monkeypatch.setattr(crews, "ANOTHER_WORKER", 0.5)
    with pytest.raises(WorkerError, match=r"no worker is there.*start workers, and the same command goes on"):
        ids.sweep(study(), tmp_path / "out", executor=Deserted(1, 0))
    assert len(ids.Results(tmp_path / "out").failures()) == 0


def test_workers_that_come_late_are_waited_for(undisturbed, tmp_path, monkeypatch):
    monkeypatch.setattr(crews, "FIRST_WORKER", 3.0)
    found = ids.sweep(study(), tmp_path / "out", executor=Deserted(0, 1), workers=4)
    assert same_rows(found, undisturbed)


def test_who_gave_something_is_not_waited_for_as_long_as_who_never_came(monkeypatch):
    """Also where a worker was lost before anybody had looked whether there is one."""
    monkeypatch.setattr(crews, "ANOTHER_WORKER", 0.0)
    crew = crews.Lent(Deserted(0, 0), 1)
    crew.watch()
    crew.heard()
    with pytest.raises(WorkerError, match="no worker is there"):
        crew.watch()


class Speechless(ids.Intervention):
    """Fails without a word."""

    def act(self, world, people, memory):
        raise InfodemicError


def test_a_run_that_fails_without_a_word_says_so(tmp_path, offered):
    offered(Speechless)
    scenario = TODAY.but(interventions=[Speechless()])
    plan = study(scenario=scenario, plans={"a": ("speechless",)}, design=ids.Listed(rows=[{}]))
    assert set(ids.sweep(plan, tmp_path / "out").failures()["error"]) == {"an error without a message."}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"workers": 0}, "workers must be"),
        ({"workers": True}, "workers must be"),
        ({"shard": (0, 3)}, "shard must be"),
        ({"shard": (4, 3)}, "shard must be"),
    ],
)
def test_refused(tmp_path, words, said):
    with pytest.raises(ParameterError, match=said):
        ids.sweep(study(), tmp_path / "x", **words)
    assert not (tmp_path / "x").exists()


def test_a_folder_that_is_no_study_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(
        OutputExistsError, match="holds something that is no study; nothing in it was changed"
    ):
        ids.sweep(study(), tmp_path)
    with pytest.raises(OutputExistsError, match="is a file"):
        ids.sweep(study(), tmp_path / "letter.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_another_model_version_is_refused(undisturbed, tmp_path, monkeypatch):
    monkeypatch.setattr(folders, "MODEL_VERSION", folders.MODEL_VERSION + 1)
    for ask in (lambda: ids.sweep(study(), undisturbed.folder), lambda: ids.Results(undisturbed.folder)):
        with pytest.raises(ResultFileError, match="results are of model version"):
            ask()


FEW = ids.Grid(parameters={"population.providers": [0.0, 0.1]})


class Killer(ids.Intervention):
    """Ends the process in which it acts."""

    def act(self, world, people, memory):
        import os

        os._exit(9)


def test_a_run_that_kills_its_worker_costs_no_other(tmp_path, offered):
    offered(Killer)
    scenario = TODAY.but(interventions=[*TODAY.interventions, Killer()])
    plan = study(scenario=scenario, plans={**PLANS, "killer": ("killer",)}, replicates=1)
    found = ids.sweep(plan, tmp_path / "killed", workers=2)
    failures = found.failures()
    assert set(failures["plan"]) == {"killer"}
    assert set(failures["error"]) == {DIED}
    assert counted(found) == 4 + 2 + 2 + 2


def test_a_run_that_breaks_a_lent_pool_costs_no_run(tmp_path, offered):
    """The pool is lost, which is told; what has finished is stored, and with workers the study ends."""
    offered(Killer)
    scenario = TODAY.but(interventions=[*TODAY.interventions, Killer()])
    plan = study(scenario=scenario, plans={**PLANS, "killer": ("killer",)}, replicates=4)
    said = r"takes no more runs \(BrokenProcessPool: .*with workers"
    with (
        ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool,
        pytest.raises(WorkerError, match=said),
    ):
        ids.sweep(plan, tmp_path / "pool", executor=pool)
    assert status(tmp_path / "pool").failed == 0
    found = ids.sweep(plan, tmp_path / "pool", workers=2)
    assert set(found.failures()["plan"]) == {"killer"}
    assert counted(found) == 4 * (4 + 2 + 2 + 2)


def test_a_run_that_kills_the_only_process_is_passed_over_in_the_end(tmp_path, offered):
    """Each time the same command is given again; what was made before stays, and nothing else is accused."""
    offered(Killer)
    scenario = TODAY.but(interventions=[*TODAY.interventions, Killer()])
    plan = study(scenario=scenario, plans={**PLANS, "killer": ("killer",)}, replicates=1)
    out, endings = tmp_path / "killed", []
    while not endings or endings[-1] != 0:
        with clean_start():  # no copy of this process: its threads may hold locks
            begin_server()
            process = Copies().Process(target=ids.sweep, args=(plan, out))
            process.start()
        process.join()
        endings.append(process.exitcode)
        assert len(endings) < 20
    assert set(endings[:-1]) == {9}
    failures = ids.Results(out).failures()
    assert set(failures["plan"]) == {"killer"}
    assert set(failures["error"]) == {DIED}
    assert len(endings) == 3 * 2 + 1, "each of its two runs three times"
    assert counted(ids.Results(out)) == 4 + 2 + 2 + 2
    assert not list(out.glob(".locks/*.under-way"))


def test_a_process_that_was_killed_by_others_accuses_no_run(undisturbed, tmp_path):
    """What is noted of the runs that were under way, also twice or illegibly, changes no result."""
    out = tmp_path / "out"
    first = ids.sweep(study(), out).query("select distinct run from runs order by run").iloc[:, 0]
    note = out / ".locks" / "1of1.under-way"
    for text in ("".join(f"{run} 2\n" for run in first), "\x00 what\n", ""):
        for part in out.glob("runs/*"):
            part.unlink()
        note.write_text(text)
        assert same_rows(ids.sweep(study(), out), undisturbed)
        assert not note.exists()


def test_an_own_pool_of_another_kind(undisturbed, tmp_path):
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert same_rows(ids.sweep(study(), tmp_path / "pool", executor=pool), undisturbed)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_graph_file_that_was_rewritten_is_another_study(tmp_path, workers):
    """Also in one and the same process, which must not remember what the file held."""
    file = tmp_path / "ties.csv"
    file.write_text("".join(f"{k},{(k + 1) % 40}\n" for k in range(40)), "utf-8")
    scenario = TODAY.but(population=ids.Population(graph=str(file), providers=0.1))
    few = {"scenario": scenario, "design": ids.Listed(rows=[{}])}
    ids.sweep(study(**few), tmp_path / "out", workers=workers)
    file.write_text("".join(f"{k},{(k + 7) % 40}\n" for k in range(40)), "utf-8")
    for replicates in (2, 4):
        with pytest.raises(OutputExistsError, match="holds another study"):
            ids.sweep(study(**few, replicates=replicates), tmp_path / "out", workers=workers)


def test_another_shard_is_just_beginning(undisturbed, tmp_path):
    """It has written the design, and what the study is comes a moment later, or never."""
    (tmp_path / "design.parquet").write_bytes((undisturbed.folder / "design.parquet").read_bytes())
    folders.check(agenda_of(study()), tmp_path)
    with pytest.raises(OutputExistsError, match="holds another study"):
        folders.check(agenda_of(study(seed=4)), tmp_path)
    (tmp_path / "design.parquet").write_bytes(b"of somebody else")
    with pytest.raises(ResultFileError, match=r"design\.parquet"):
        folders.check(agenda_of(study()), tmp_path)
