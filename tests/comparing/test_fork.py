"""Plans that share a past: what if we had acted on that day."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest

import infodemic_sim as ids
from infodemic_sim.dashboard.explorer import of_comparison
from infodemic_sim.errors import CheckpointError, InfodemicError, OutputExistsError, ParameterError
from infodemic_sim.report.page import report_html
from infodemic_sim.report.pictures import films
from infodemic_sim.simulation import Run
from infodemic_sim.study.comparison import Comparison
from tests.study.tiny import GRAPH, PROMPT, TODAY, plans

LATE = ids.ProviderCorrection(when=ids.Between(1.0, 3.0))
LABEL = ids.WarningLabel()
THEN = {
    "today": TODAY,
    "late": TODAY.but(interventions=[LATE]),
    "both": TODAY.but(interventions=[LATE, LABEL]),
}


def same(one: Comparison, other: Comparison) -> None:
    pd.testing.assert_frame_equal(one.runs, other.runs, check_exact=True)


def run_until(day: float, some: ids.Scenario = TODAY, *, seed: int = 7, replicate: int = 0) -> Run:
    run = Run(some, seed=seed, replicate=replicate)
    for _ in range(some.warm_up_steps + round(24 * day)):
        run.step()
    return run


@pytest.fixture(scope="module")
def forked() -> Comparison:
    return ids.compare(THEN, replicates=3, seed=7, fork_at=1.0)


@pytest.fixture(scope="module")
def saved(tmp_path_factory) -> list:
    folder = tmp_path_factory.mktemp("saved")
    for replicate in range(3):
        ids.save(run_until(1.0, replicate=replicate), folder / f"{replicate}.npz")
    return sorted(folder.iterdir())


def test_the_baseline_is_undisturbed_and_what_begins_then_is_as_planned(forked):
    planned = ids.compare(dict(list(THEN.items())[:2]), replicates=3, seed=7)
    mine = forked.runs[forked.runs["plan"] != "both"]
    for column in ("plan", "replicate", "day", "subgroup", "measure"):
        assert mine[column].astype(str).tolist() == planned.runs[column].astype(str).tolist()
    assert mine["value"].to_numpy().tobytes() == planned.runs["value"].to_numpy().tobytes()


def test_until_then_all_plans_are_one(forked):
    rows = forked.runs[(forked.runs["subgroup"] == "all") & (forked.runs["day"] <= 1.0)]
    values = {plan: part["value"].to_numpy().tobytes() for plan, part in rows.groupby("plan", observed=True)}
    assert values["today"] == values["late"] == values["both"]
    effects = forked.effects()
    changed = effects[(effects["plan"] == "both") & (effects["difference"] != 0.0)]
    assert {"labels_given", "corrections_made"} <= set(changed["measure"])


def test_forked_at_day_0_it_is_a_comparison():
    assert ids.compare(plans(), replicates=2, seed=7, fork_at=0).runs.equals(
        ids.compare(plans(), replicates=2, seed=7).runs
    )


def test_workers_threads_and_executors_change_nothing(forked):
    same(ids.compare(THEN, replicates=3, seed=7, fork_at=1.0, workers=2, threads=2), forked)
    with ThreadPoolExecutor(1) as pool:
        same(ids.compare(THEN, replicates=3, seed=7, fork_at=1.0, executor=pool), forked)


def test_saved_runs_give_the_same(forked, saved):
    same(ids.fork(TODAY, saved, THEN), forked)
    same(ids.fork(TODAY, saved, THEN, workers=2), forked)


def test_runs_in_progress_do_too_and_go_on_by_themselves(forked):
    runs = [run_until(1.0, replicate=replicate) for replicate in range(3)]
    same(ids.fork(TODAY, runs, THEN), forked)
    assert runs[1].finish().table.equals(ids.simulate(TODAY, seed=7, replicate=1).table)


def test_one_saved_run_is_one_pair(saved):
    one = ids.fork(TODAY, saved[2], THEN)
    assert (one.finished, one.seed, one.interrupted) == ((2,), 7, False)


def test_a_plan_may_go_on_longer_than_its_past(saved):
    longer = {name: plan.but(days=4.0) for name, plan in THEN.items()}
    assert ids.fork(TODAY, saved[0], longer).runs["day"].max() == 4.0


def test_a_plan_that_stops_what_was_done_pays_for_what_it_did():
    """The account of what ended stays, so that nothing seems to be saved that was spent."""
    today = TODAY.but(interventions=[ids.ProviderCorrection()])
    found = ids.compare({"today": today, "stop": TODAY}, replicates=2, seed=7, fork_at=1.0)
    spent = found.deeds().set_index(["plan", "intervention"])["staff_minutes"]
    until = found.runs[(found.runs["day"] == 1.0) & (found.runs["measure"] == "staff_minutes")]
    until = until[(until["subgroup"] == "all") & (until["plan"] == "today")]["value"].mean()
    assert 0.0 < spent["stop", "provider_correction (until day 1)"] == until
    assert until < spent["today", "provider_correction"]


def test_it_is_told_what_was_forked_and_when(forked, saved, tmp_path):
    said = "Until day 1 all plans are one, with the past of “today”; what they do differs from then."
    assert said in forked.notes()
    found = ids.fork(TODAY, saved, THEN, out=tmp_path / "out")
    told = json.loads((tmp_path / "out" / "provenance.json").read_text("utf-8"))["fork"]
    assert (told["day"], told["past"]["digest"]) == (1.0, TODAY.digest())
    again = Comparison.load(tmp_path / "out")
    assert again.fork == told
    assert again.notes() == found.notes()
    with pytest.raises(OutputExistsError):
        ids.fork(TODAY, saved, THEN, out=tmp_path / "out")


def test_pages_show_no_pictures_of_runs_that_had_another_past(forked, saved):
    """Run again from the plans alone, they would be other runs; how to make these again is told."""
    assert of_comparison(forked, pictures=True)["pictures"] is None
    assert films(forked, forked.effects()) == {}
    page = report_html(forked)
    assert "Until day 1 all plans are one" in page
    assert "compare(plans, replicates=3, seed=7, fork_at=1.0)" in page
    assert "fork(past, saved, plans)  # runs of seed 7, saved on day 1" in report_html(
        ids.fork(TODAY, saved, THEN)
    )


def test_draws_of_parameters_are_those_of_the_past_too():
    words = {"replicates": 2, "seed": 7, "draws": "declared"}
    late = {"today": TODAY, "late": TODAY.but(interventions=[LATE])}
    assert ids.compare(late, fork_at=1.0, **words).runs.equals(ids.compare(late, **words).runs)


# --- refused --------------------------------------------------------------------------------------------


def refusal(error: type[InfodemicError], function, *words, **named) -> str:
    with pytest.raises(error) as caught:
        function(*words, **named)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (3.0, "from 0 to less than 3, but got 3"),
        (-1.0, "from 0"),
        (0.01, "start of a step"),
        (float("nan"), "a number"),
        (True, "a number"),
    ],
)
def test_days_that_are_none_of_the_run(day, why):
    assert why in refusal(ParameterError, ids.compare, THEN, replicates=1, seed=1, fork_at=day)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("population", ids.Population(graph=GRAPH)),
        ("topics", [ids.Topic(name="another")]),
        ("warm_up", 2.0),
        ("record", "hourly"),
        ("service", ids.Service()),
    ],
)
def test_what_would_change_the_past(field, value, saved):
    other = {**THEN, "other": TODAY.but(**{field: value})}
    said = f"plan 'other' cannot have the past of 'today', as it differs in {field.replace('_', ' ')}"
    assert said in refusal(ParameterError, ids.compare, other, replicates=1, seed=1, fork_at=1.0)
    assert "the past of the saved run" in refusal(ParameterError, ids.fork, TODAY, saved, other)
    assert field.replace("_", " ") in refusal(ParameterError, run_until(0.0).fork, other["other"])


def test_runs_that_do_not_belong_together(saved, tmp_path):
    ids.save(run_until(1.0, seed=8, replicate=5), tmp_path / "seed")
    ids.save(run_until(2.0, replicate=5), tmp_path / "step")
    for name in ("seed", "step"):
        said = refusal(CheckpointError, ids.fork, TODAY, [saved[0], tmp_path / name], THEN)
        assert f"must have one {name}" in said
    assert "of one replicate" in refusal(CheckpointError, ids.fork, TODAY, [saved[0], saved[0]], THEN)
    refusal(ParameterError, ids.fork, TODAY, [], THEN)


def test_another_scenario_and_plans_that_are_over(saved):
    assert "another scenario" in refusal(CheckpointError, ids.fork, THEN["late"], saved, THEN)
    assert "another scenario" in refusal(CheckpointError, ids.fork, THEN["late"], run_until(0.0), THEN)
    shorter = {name: plan.but(days=1.0, interventions=[PROMPT]) for name, plan in THEN.items()}
    assert "nothing left to run" in refusal(ParameterError, ids.fork, TODAY, saved, shorter)


def test_outside_agents_cannot_be_in_two_runs():
    run = Run(TODAY, seed=1)
    run.invite(ids.AccuracyPrompt(name="guest"))
    assert "outside agents (guest)" in refusal(ParameterError, run.fork, TODAY)
    assert "outside agents (guest)" in refusal(ParameterError, ids.fork, TODAY, run, THEN)
