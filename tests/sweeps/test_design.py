"""Designs: every value where it belongs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import infodemic_sim as ids
from infodemic_sim.errors import InfodemicError
from tests.sweeps.tiny import RECALL, TODAY, study

UNIT = {"low": 0.0, "high": 1.0}
PROVIDERS, CLAIM, PEOPLE = "population.providers", "spread.persuasion_claim", "population.graph.people"


def column(design, path):
    return [point[path] for point in design.points(TODAY)]


def test_a_grid_has_every_combination_once():
    points = ids.Grid(parameters={RECALL: [0.1, 0.5], PROVIDERS: [0.0, 0.1, 0.2]}).points(TODAY)
    assert len(points) == len({tuple(point.items()) for point in points}) == 6
    assert {point[RECALL] for point in points} == {0.1, 0.5}


@settings(deadline=None)
@given(
    number=st.integers(1, 60), seed=st.integers(0, 2**62), low=st.floats(1e-6, 0.1), share=st.floats(1.1, 9.0)
)
def test_a_latin_hypercube_has_one_point_in_each_slice(number, seed, low, share):
    ranges = {PROVIDERS: {"low": low, "high": low * share, "scale": "log"}, RECALL: {"low": 0.2, "high": 0.7}}
    design = ids.LatinHypercube(parameters=ranges, number=number, seed=seed)
    slices = (np.array(column(design, RECALL)) - 0.2) / 0.5 * number
    logs = np.log(np.array(column(design, PROVIDERS)) / low) / np.log(share) * number
    for each in (slices, logs):
        beyond = np.sort(each) - np.arange(number)
        assert beyond.min() > -1e-9 * number
        assert beyond.max() < 1 + 1e-9 * number
    assert design.points(TODAY) == design.points(TODAY)


def test_a_sobol_sequence_is_balanced_in_every_pair_of_halves():
    design = ids.Sobol(
        parameters={RECALL: {"low": 0.0, "high": 1.0}, PROVIDERS: {"low": 0.0, "high": 1.0}},
        number=64,
        seed=1,
    )
    high = np.array([[point[path] > 0.5 for path in (RECALL, PROVIDERS)] for point in design.points(TODAY)])
    counts = [np.sum((high == corner).all(axis=1)) for corner in ([0, 0], [0, 1], [1, 0], [1, 1])]
    assert counts == [16, 16, 16, 16]


def test_declared_ranges_and_whole_numbers():
    parameters = {CLAIM: "declared", PEOPLE: {"low": 30.0, "high": 50.0}}
    points = ids.LatinHypercube(parameters=parameters, number=20, seed=1).points(TODAY)
    low, high = type(TODAY.spread).model_fields["persuasion_claim"].json_schema_extra["plausible"]
    assert all(low <= point[CLAIM] <= high for point in points)
    assert all(type(point[PEOPLE]) is int for point in points)
    assert all(type(point[CLAIM]) is float for point in points)


@pytest.mark.parametrize("design", [ids.LatinHypercube, ids.Sobol])
def test_every_whole_number_of_a_range_is_as_likely(design):
    """Those at its ends stood for half as much of the range as others, and so were met half as often."""
    found = column(design(parameters={PEOPLE: {"low": 30, "high": 33}}, number=512, seed=1), PEOPLE)
    assert np.unique(found, return_counts=True)[1].tolist() == [128] * 4
    assert set(found) == {30, 31, 32, 33}


@settings(deadline=None)
@given(low=st.integers(1, 50), more=st.integers(1, 50), scale=st.sampled_from(["linear", "log"]))
def test_whole_numbers_keep_to_their_range_and_reach_its_ends(low, more, scale):
    found = ids.Range(low=low, high=low + more, scale=scale).whole_at(np.linspace(0.0, 1.0, 2001))
    assert (found[0], found[-1]) == (low, low + more)
    assert (np.diff(found) >= 0).all()
    assert scale == "log" or np.unique(found, return_counts=True)[1].std() < 1.5


def test_a_table(tmp_path):
    (tmp_path / "t.csv").write_text(f"{RECALL},cascades,{PEOPLE}\n0.5,none,30\n1e-1,sizes,40\n")
    points = ids.Table(path=str(tmp_path / "t.csv")).points(TODAY)
    assert points == [
        {RECALL: 0.5, "cascades": "none", PEOPLE: 30},
        {RECALL: 0.1, "cascades": "sizes", PEOPLE: 40},
    ]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: ids.Grid(parameters={RECALL: []}), "has no values"),
        (lambda: ids.Grid(parameters={RECALL: [0.1, 0.1]}), r"holds a value twice: \[0\.1, 0\.1\]"),
        (lambda: ids.Grid(parameters={RECALL: [1, 0.5, 1.0]}), "holds a value twice"),
        (lambda: study(design=ids.Grid(parameters={"population.provider": [0.1]})), "mean 'providers'"),
        (lambda: ids.Grid(parameters={}), "has no parameters: name at least one"),
        (
            lambda: ids.LatinHypercube(parameters={}, number=5, seed=1),
            "has no parameters: name at least one, with",
        ),
        (lambda: ids.Sobol(parameters={RECALL: "declared"}, number=6, seed=1), "such as 4 or 8"),
        (lambda: ids.Range(low=1.0, high=1.0), "high must be above low"),
        (lambda: ids.Range(low=0.0, high=1.0, scale="log"), "above 0 on a log scale"),
        (lambda: ids.LatinHypercube(parameters={RECALL: 5}, number=2, seed=1), "or 'declared'"),
        (
            lambda: ids.LatinHypercube(parameters={PROVIDERS: "declared"}, number=2, seed=1).points(TODAY),
            "declares no range",
        ),
        (
            lambda: ids.Sobol(
                parameters={"population.graph": {"low": 0.0, "high": 1.0}}, number=2, seed=1
            ).points(TODAY),
            "takes no numbers",
        ),
        (
            lambda: ids.LatinHypercube(
                parameters={PROVIDERS: {"low": 0.5, "high": 1.5}}, number=2, seed=1
            ).points(TODAY),
            r"population\.providers must be ≤ 1, but its range holds 1\.5: narrow it\.$",
        ),
        (
            lambda: ids.Sobol(parameters={PEOPLE: {"low": 0.2, "high": 50.0}}, number=2, seed=1).points(
                TODAY
            ),
            r"population\.graph\.people must be ≥ 1, but its range holds 0\.2: narrow it\.$",
        ),
        (lambda: ids.Table(path="nowhere.csv").points(TODAY), "nowhere.csv"),
    ],
)
def test_refused(make, said):
    with pytest.raises(InfodemicError, match=said):
        make()


def test_a_column_that_leads_nowhere_is_told_with_its_table(tmp_path):
    path = tmp_path / "points.csv"
    path.write_text("population.provider\n0.1\n")
    with pytest.raises(InfodemicError, match=r"points\.csv, line 1: .* Did you mean 'providers'"):
        ids.Table(path=str(path)).points(TODAY)


def test_true_is_not_one_and_text_no_number():
    design = ids.Grid(parameters={"cascades": ["none", "1", 1, True]})
    assert len(column(design, "cascades")) == 4


def test_a_range_beyond_the_bounds_is_refused_before_any_run(tmp_path):
    wide = ids.Sobol(parameters={PROVIDERS: {"low": -0.5, "high": 0.5}}, number=4, seed=1)
    with pytest.raises(InfodemicError, match=r"population\.providers must be ≥ 0, but its range holds -0\.5"):
        ids.sweep(study(design=wide), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_ends_of_whole_numbers_count_as_they_are_rounded():
    """A range from 0.6 holds no value below 1."""
    lowest = ids.Sobol(parameters={PEOPLE: {"low": 0.6, "high": 3.0}}, number=8, seed=1)
    assert set(column(lowest, PEOPLE)) == {1, 2, 3}


@pytest.mark.parametrize(
    "ask",
    [
        lambda paths: study(design=ids.Grid(parameters={path: [0.2, 0.4] for path in paths})).points(),
        lambda paths: study(design=ids.Listed(rows=[dict.fromkeys(paths, 0.2)])).points(),
        lambda paths: ids.Sobol(parameters=dict.fromkeys(paths, UNIT), number=2, seed=1).points(TODAY),
        lambda paths: ids.Sensitivity(
            scenario=TODAY, parameters=dict.fromkeys(paths, UNIT), number=4, seed=1
        ).study(),
    ],
)
def test_one_parameter_by_two_paths_is_refused(ask):
    with pytest.raises(InfodemicError, match=f"interventions.0.recall: {RECALL} sets this too"):
        ask([RECALL, "interventions.0.recall"])
