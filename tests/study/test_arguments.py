"""Whoever gives something else than is asked for is told so; what comes back is told in one line."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import infodemic_sim as ids
from infodemic_sim import plots
from infodemic_sim.errors import InfodemicError, OutputExistsError
from tests.study.tiny import plans
from tests.sweeps.tiny import TODAY, study


@pytest.fixture(scope="module")
def comparison():
    return ids.compare(plans(), replicates=2, seed=1)


@pytest.fixture(scope="module")
def run():
    return ids.Run(TODAY, seed=1)


WRONG = {
    "half width as text": (lambda c, r, p: c.effects("wide"), "half_width must be a number above 0, but got"),
    "half width below 0": (lambda c, r, p: c.effects(-1.0), "half_width must be a number above 0"),
    "half width without end": (lambda c, r, p: c.effects(np.inf), "half_width must be a number above 0"),
    "contrasts of a text": (lambda c, r, p: ids.contrasts(c, "prompt"), "must be a Mapping, but got a str"),
    "contrasts of a list": (lambda c, r, p: ids.contrasts(c, ["prompt"]), "against must be a Mapping"),
    "a plan instead of weights": (
        lambda c, r, p: ids.contrasts(c, {"prompt": "today"}),
        "what 'prompt' is set against must be a Mapping, but got a str",
    ),
    "a weight as text": (
        lambda c, r, p: ids.contrasts(c, {"prompt": {"today": "one"}}),
        "the weight of 'today' must be a number",
    ),
    "contrasts of no comparison": (lambda c, r, p: ids.contrasts(c.runs, {}), "must be a Comparison"),
    "parts as a text": (
        lambda c, r, p: ids.interactions(c, {"prompt": "today"}), "must be a list of plans, but got the text"
    ),
    "worth of a folder": (lambda c, r, p: ids.cost_effectiveness("out"), "comparison must be a Comparison"),
    "a figure of a number": (
        lambda c, r, p: plots.trajectories(1, "misinformed"), "source must be a Comparison or a DataFrame"
    ),
    "a figure of no table": (lambda c, r, p: plots.effects_ranked(c, "misinformed"), "must be a DataFrame"),
    "a figure of another table": (
        lambda c, r, p: plots.effects_ranked(c.runs, "misinformed"), "the table of effects has no column"
    ),
    "a figure of an unknown measure": (
        lambda c, r, p: plots.effects_ranked(c.effects(), "misinfomed"), "Did you mean 'misinformed'?"
    ),
    "a heat map by no column": (
        lambda c, r, p: plots.heat_map(c.effects(), "misinformed", rows="plans", columns="topic"),
        "no column 'plans'. Did you mean 'plan'?",
    ),
    "lines along no column": (
        lambda c, r, p: plots.effects_along(c.effects(), "misinformed", along="dose", series="plan"),
        "no column 'dose'",
    ),
    "a figure of an unknown kind": (
        lambda c, r, p: plots.save_figure(plots.trajectories(c, "misinformed").figure, p / "a.xyz"),
        "name a file that ends so",
    ),
    "resume the other way round": (lambda c, r, p: ids.resume(p, TODAY), "scenario must be a Scenario"),
    "save the other way round": (lambda c, r, p: ids.save(p / "run", r), "run must be a Run"),
    "sweep a scenario": (lambda c, r, p: ids.sweep(TODAY, p), "study must be a Study, but got a Scenario"),
    "optimise a scenario": (lambda c, r, p: ids.optimise(TODAY, p), "decision must be a Decision"),
    "calibrate a scenario": (lambda c, r, p: ids.calibrate(TODAY, p), "calibration must be a Calibration"),
    "the page of a name": (lambda c, r, p: ids.what_if("demo"), "scenario must be a Scenario, but got a str"),
    "a function of nothing": (
        lambda c, r, p: TODAY.but(interventions=[lambda: None]), "must take one argument, the world"
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", WRONG)
def test_what_is_asked_for_is_told(kind, comparison, run, tmp_path):
    call, said = WRONG[kind]
    with pytest.raises(InfodemicError) as told:
        call(comparison, run, tmp_path)
    assert said in str(told.value)
    assert "\n" not in str(told.value)
    assert list(tmp_path.iterdir()) == []


def test_a_saved_run_is_replaced_only_where_that_is_said(run, tmp_path):
    ids.save(run, tmp_path / "run")
    before = (tmp_path / "run").read_bytes()
    with pytest.raises(OutputExistsError, match="is there already"):
        ids.save(run, tmp_path / "run")
    assert (tmp_path / "run").read_bytes() == before
    run.step()
    ids.save(run, tmp_path / "run", overwrite=True)
    assert ids.resume(TODAY, tmp_path / "run").world.step == run.world.step


def test_what_comes_back_is_told_in_one_line(comparison, run, tmp_path):
    assert repr(comparison) == "<Comparison of today, prompt, zero effect: 2 of 2 replicates, seed 1>"
    assert repr(ids.simulate(TODAY, seed=1)).startswith("<Result of seed 1, replicate 0: ")
    assert repr(run).startswith("<Run of seed 1, replicate 0: day ")
    assert repr(ids.film(TODAY, seed=1)) == "<Film of seed 1, replicate 0: 40 people, 3 frames>"
    assert isinstance(ids.sweep(study(), tmp_path / "study").design, pd.DataFrame)
