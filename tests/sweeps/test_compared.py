"""A study as one comparison: its plans at one point, and averaged over points."""

from __future__ import annotations

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.errors import ParameterError
from infodemic_sim.filming import film
from infodemic_sim.study.effects import last_values, whole
from infodemic_sim.sweeps import compared
from infodemic_sim.sweeps.results import Results
from tests.sweeps.tiny import PLANS, TODAY, Broken, study

KEYS = ["plan", "replicate", "day", "platform", "topic", "subgroup", "measure"]


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    return ids.sweep(study(replicates=3, record="daily"), tmp_path_factory.mktemp("compared") / "out")


def test_at_a_point_it_is_what_compare_gives(results):
    plans = study(record="daily").plans_at(study().points()[3])
    ours, theirs = results.comparison(3), ids.compare(plans, replicates=3, seed=3)
    assert ours.plans == plans
    assert ours.finished == theirs.finished
    one, other = (each.runs.set_index(KEYS)["value"].sort_index() for each in (ours, theirs))
    assert one.index.equals(other.index)
    assert np.array_equal(one, other, equal_nan=True)
    assert ours.effects().equals(theirs.effects())  # in the same order, too


def test_over_points_it_is_their_mean(results):
    average = last_values(results.comparison().runs)
    singles = [last_values(results.comparison(point).runs) for point in range(4)]
    for plan in PLANS:
        for measure in ("misinformed", "staff_minutes"):
            mean = np.mean([whole(each[plan], measure) for each in singles], axis=0)
            np.testing.assert_allclose(whole(average[plan], measure), mean, rtol=4 * np.finfo(float).eps)


def test_where_a_point_has_no_value_there_is_no_mean(tmp_path):
    """Such as that of health professionals where there are none; not one over other points than elsewhere."""
    design = ids.Grid(parameters={"population.providers": [0.0, 0.1]})
    scenario = TODAY.but(population=TODAY.population.but(subgroups=("role",)))
    found = ids.sweep(study(scenario=scenario, design=design, replicates=2), tmp_path / "out")
    every = [each.runs.set_index(KEYS)["value"] for each in (found.comparison(), found.comparison(0))]
    missing = [set(values.index[values.isna()]) for values in every]
    assert any(key[5:] == ("role=provider", "misinformed") for key in missing[1])
    assert missing[1] & set(every[0].index) <= missing[0]


def test_equal_plans_differ_by_exactly_nothing(results, tmp_path):
    """Means of equal numbers are taken in one order, so that no rounding passes for an effect."""
    found = ids.sweep(
        study(plans={"today": (), "the same": ()}, replicates=3), tmp_path / "same"
    ).comparison()
    effects = found.effects()
    assert effects["difference"].dropna().eq(0.0).all()
    assert (effects["note"] != "").all()


def test_the_film_of_a_plan_is_the_run_that_is_stored(results):
    comparison = results.comparison(2)
    for name, plan in comparison.plans.items():
        again = film(plan, seed=comparison.seed, replicate=1, every=plan.days)
        stored = whole(last_values(comparison.runs)[name], "misinformed")[1]
        assert again.misinformed(None)[-1] == pytest.approx(stored, abs=1e-12)


def test_plans_that_would_make_other_runs_are_none(results):
    """As where a file of the graph has changed since."""
    other = Results(results.folder)
    other.__dict__["record"] = {**results.record, "seed": 4}
    assert compared.plans_at(other, compared.Block(list(PLANS), [1], [0])) == {}
    assert list(compared.plans_at(results, compared.Block(list(PLANS), [1], [0]))) == list(PLANS)


def test_several_points_have_no_plans_of_their_own(results):
    assert results.comparison().plans == {}


@pytest.mark.parametrize("point", [4, -1, 1.0, True, "0", None])
def test_a_point_that_is_none_is_refused(results, point):
    with pytest.raises(ParameterError, match="point must be one of the 4"):
        results.comparison([] if point is None else point)


FULL = np.ones((3, 2), bool)


@pytest.mark.parametrize(
    ("there", "points", "replicates"),
    [
        (FULL, [0, 1, 2], [0, 1]),
        (np.array([[1, 1, 1, 1], [1, 1, 1, 1], [1, 0, 0, 0]], bool), [0, 1], [0, 1, 2, 3]),  # still running
        (np.array([[1, 1, 1], [1, 0, 1], [1, 1, 1]], bool), [0, 2], [0, 1, 2]),  # one failed: 6 and 6
        (np.array([[1, 0, 1], [1, 0, 1], [1, 1, 1]], bool), [0, 1, 2], [0, 2]),
        (np.array([[0, 0], [0, 1]], bool), [1], [1]),
    ],
)
def test_the_largest_block_is_found(there, points, replicates):
    rows, columns = compared._largest(there)
    assert there[np.ix_(rows, columns)].all()
    assert (rows.size * columns.size) == len(points) * len(replicates)


def test_a_plan_that_always_fails_is_left_out(tmp_path, offered):
    offered(Broken)
    broken = TODAY.but(interventions=[*TODAY.interventions, Broken(name="broken")])
    found = ids.sweep(study(scenario=broken, plans={**PLANS, "broken": ("broken",)}), tmp_path / "out")
    assert found.comparison().names == tuple(PLANS)


def test_where_no_pair_is_there_the_remedy_is_told(tmp_path, offered):
    offered(Broken)
    broken = TODAY.but(interventions=[*TODAY.interventions, Broken(name="broken")])
    found = ids.sweep(study(scenario=broken, plans={"today": ("broken",), "b": ()}), tmp_path / "out")
    with pytest.raises(ParameterError, match="at no point has every plan run"):
        found.comparison()


def test_points_that_end_on_different_days_are_compared_at_their_ends(tmp_path):
    design = ids.Grid(parameters={"days": [1.0, 2.0]})
    found = ids.sweep(study(design=design, record="daily"), tmp_path / "out")
    average = found.comparison()
    assert average.runs["day"].unique().tolist() == [2.0]
    ends = [whole(last_values(found.comparison(k).runs)["label"], "misinformed") for k in (0, 1)]
    np.testing.assert_allclose(
        whole(last_values(average.runs)["label"], "misinformed"),
        np.mean(ends, axis=0),
        rtol=4 * np.finfo(float).eps,
    )


def test_drawn_parameters_are_told(tmp_path):
    found = ids.sweep(study(draws="declared"), tmp_path / "out").comparison(0)
    assert found.draws == {"from": "declared"}
    assert list(found.plans) == list(PLANS)
    assert not found.made_of_plans  # so nobody films a run that is another
