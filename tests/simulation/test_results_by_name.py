"""Numbers of a result are asked for by names; what is not there is told, with what is."""

from __future__ import annotations

import pytest

import infodemic_sim as ids
from infodemic_sim.errors import ParameterError, UnknownNameError

SCENARIO = ids.Scenario(
    population=ids.Population(ids.scale_free(60, mean_degree=6, seed=1)),
    topics=[ids.Topic("vaccines"), ids.Topic("cancer")],
    days=1.0,
    warm_up=0.0,
)


@pytest.fixture(scope="module")
def result() -> ids.Result:
    return ids.simulate(SCENARIO, seed=1)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"topic": "vacines"}, "there is no topic 'vacines' here. Did you mean 'vaccines'?"),
        ({"platform": "zz"}, "there is no platform 'zz' here. Known: all."),
        ({"subgroup": "role=provder"}, "there is no subgroup 'role=provder' here. Did you mean"),
    ],
    ids=repr,
)
def test_a_name_that_is_not_there(result, words, said):
    for ask in (result.final, result.series):
        with pytest.raises(UnknownNameError) as caught:
            ask("credence", **words)
        assert str(caught.value).startswith(said)


def test_what_was_not_measured(result):
    assert result.series("wellbeing").empty
    with pytest.raises(UnknownNameError, match="wellbeing means nothing without wellbeing: add it"):
        result.final("wellbeing")


@pytest.mark.parametrize(
    "ask",
    [
        lambda: ids.read_scenario(5),
        lambda: ids.read_study(5),
        lambda: ids.read_decision(5),
        lambda: ids.read_calibration(5),
        lambda: ids.write_report(5, "report.html"),
        lambda: ids.write_scenario(5, "scenario.yaml"),
        lambda: ids.write_scenario(SCENARIO, 5),
    ],
)
def test_what_is_neither_a_path_nor_what_is_to_be_written(ask):
    with pytest.raises(ParameterError, match=r"^\w+ must be a .*, but got a int\.$"):
        ask()
