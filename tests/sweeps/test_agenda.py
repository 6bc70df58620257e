"""Which runs a study consists of."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import infodemic_sim as ids
from infodemic_sim.errors import InfodemicError, ParameterError
from infodemic_sim.sweeps.agenda import agenda_of, left
from tests.sweeps.tiny import GRID, PLANS, RECALL, TODAY, study


def runs_of(tasks):
    return [job.run for task in tasks for job in task.jobs]


def test_equal_runs_are_made_once():
    """Recall of labels changes the plan with labels alone: the baseline and the prompt are shared."""
    agenda = agenda_of(study())
    assert len(agenda.table()) == 4 * 3 * 2
    assert len(agenda.runs()) == (4 + 2 + 2) * 2
    assert sorted(runs_of(agenda.tasks())) == sorted(agenda.runs())


def test_runs_of_one_task_differ_in_interventions_alone():
    agenda = agenda_of(study())
    for task in agenda.tasks():
        assert len({agenda.points[job.point]["population.providers"] for job in task.jobs}) == 1


@settings(max_examples=20, deadline=None)
@given(shards=st.integers(1, 9), made=st.sets(st.integers(0, 15)))
def test_shards_share_the_runs_and_keep_to_their_own_when_some_are_made(shards, made):
    agenda = agenda_of(study())
    every = sorted(agenda.runs())
    done = {every[k] for k in made}
    parts = [agenda.tasks(number, shards) for number in range(1, shards + 1)]
    assert sorted(run for part in parts for run in runs_of(part)) == every
    rest = [run for part in parts for run in runs_of(left(part, done))]
    assert sorted(rest) == sorted(set(every) - done)


def test_points_that_cannot_be_made_are_runs_like_others():
    agenda = agenda_of(study(design=ids.Grid(parameters={"population.providers": [0.5, 7.0]})))
    assert len(agenda.runs()) == 2 * 3 * 2


@pytest.mark.parametrize("path", [RECALL, "interventions.0.recall"])
def test_only_plans_that_hold_what_is_wrong_cannot_be_made(path):
    """The others are those of the point where nothing is wrong."""
    agenda = agenda_of(study(design=ids.Grid(parameters={path: [0.5, 7.0]})))
    right, wrong = ({cell.plan: cell for cell in agenda.cells if cell.point == k} for k in (0, 1))
    assert [plan for plan in PLANS if right[plan].keys == wrong[plan].keys] == ["today", "prompt"]
    assert len(agenda.runs()) == (2 + 2) * 2
    named = agenda_of(study(design=ids.Grid(parameters={path: [0.5, 7.0]}), plans=None))
    assert {c.plan for c in named.cells if "7.0" in c.keys[0]} == {"warning label", "all together"}


def test_the_design_as_a_table():
    table = agenda_of(study()).table()
    assert list(table.columns) == ["point", "plan", "replicate", "run", *GRID.parameters]
    assert table.groupby("point")[RECALL].nunique().eq(1).all()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: study(design=ids.Listed(rows=[])), "has no points"),
        (lambda: study(design=ids.Grid(parameters={"population.nurses": [1]})), "has no parameter 'nurses'"),
        (lambda: study(design=ids.Grid(parameters={RECALL: [7.0]})), "recall should be less than"),
        (lambda: study(plans={"today": (), "label": ("warning_labels",)}), "Did you mean 'warning_label'"),
        (lambda: study(plans=PLANS, scenario=TODAY.but(interventions=[])), "is not an intervention"),
        (lambda: study(replicates=0), "replicates should be"),
        (
            lambda: study(
                design=ids.Grid(parameters={RECALL: [k / 1000 for k in range(1000)]}), replicates=1_000_000
            ),
            "too much",
        ),
    ],
)
def test_refused(make, said):
    with pytest.raises(InfodemicError, match=said):
        agenda_of(make())


def test_what_cannot_be_written_down_is_refused_in_one_sentence():
    lone = TODAY.but(interventions=[lambda world: None])
    with pytest.raises((ParameterError, TypeError), match="cannot be written"):
        agenda_of(study(scenario=lone, plans=None, design=ids.Listed(rows=[{}])))
