"""What may be bought, how it is named, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.decisions.portfolio import Choice
from infodemic_sim.errors import ParameterError, ScenarioFileError, UnknownNameError
from infodemic_sim.simulation import simulate
from tests.decisions.buying import ALL, TOWN, UPTAKE, decision

CAPACITY = "interventions.provider_correction.capacity.per_actor_per_day"


def test_all_portfolios_once():
    """As many as the product of ways says, none twice, each with the settings of what it buys alone."""
    portfolio = ids.Portfolio(settings={UPTAKE: [0.25, 1.0], CAPACITY: ids.Levels(low=1, high=9, steps=3)})
    found = list(portfolio.choices(TOWN))
    assert len(found) == portfolio.number(TOWN) == (1 + 3) * (1 + 2) * (1 + 1) - 1
    assert len(set(found)) == len({choice.name for choice in found}) == len(found)
    for choice in found:
        assert {path.split(".")[1] for path, _ in choice.settings} == set(choice.bought) - {"accuracy_prompt"}
    assert {value for choice in found for path, value in choice.settings if path == CAPACITY} == {1, 5, 9}


def test_each_alone_at_both_ends():
    portfolio = ids.Portfolio(settings={CAPACITY: [1, 4, 9]})
    names = [choice.name for choice in portfolio.alone(TOWN)]
    assert names == [
        "provider correction (per actor per day 1)",
        "provider correction (per actor per day 9)",
        "inoculation",
        "accuracy prompt",
    ]


def test_what_is_not_bought_changes_no_bit():
    """A point of a portfolio against the scenario with what it buys and nothing else."""
    portfolio = ids.Portfolio(settings={UPTAKE: [0.25, 1.0]})
    study = decision(portfolio=portfolio)
    choice = Choice(("inoculation",), ((UPTAKE, 1.0),))
    point = portfolio.point(TOWN, choice)
    mine = study.study([point], replicates=2, seed=1).plans_at(point)["portfolio"]
    alone = TOWN.but(interventions=[TOWN.interventions[1].but(uptake=1.0)], record="end")
    wanted = simulate(alone, seed=1).table
    both = wanted.merge(simulate(mine, seed=1).table, on=["day", "platform", "topic", "subgroup", "measure"])
    assert len(both) == len(wanted) > 100
    assert np.array_equal(both["value_x"], both["value_y"], equal_nan=True)


def test_levels_are_whole_where_the_parameter_is():
    path = "interventions.inoculation.uptake"
    spread = ids.Portfolio(settings={path: ids.Levels(low=0.1, high=0.4, steps=4)}).levels(TOWN, path)
    assert spread == (0.1, 0.2, 0.3, 0.4)
    logarithmic = ids.Levels(low=0.01, high=1.0, steps=3, scale="log")
    assert ids.Portfolio(settings={path: logarithmic}).levels(TOWN, path) == (0.01, 0.1, 1.0)


@pytest.mark.parametrize(
    ("changes", "kind", "said"),
    [
        ({"portfolio": ids.Portfolio(buy=["inoculatio"])}, UnknownNameError, "Did you mean 'inoculation'"),
        ({"objectives": ["gap", "cost"]}, UnknownNameError, "gap.literacy, say, with literacy among"),
        ({"objectives": ["harmm", "cost"]}, UnknownNameError, "not an objective. Did you mean 'harm'"),
        ({"objectives": []}, ParameterError, "names none"),
        ({"objectives": ["misinformed", "misinformed"]}, ParameterError, "'misinformed' twice"),
        ({"objectives": ["cost", "misinformed"]}, ParameterError, "begin with a benefit"),
        ({"objectives": ["corrections_read"]}, ParameterError, "neither better high nor low"),
        ({"objectives": ["gap.age"]}, UnknownNameError, "Known: literacy"),
        ({"weights": {"vaccines": 2.0}}, ParameterError, "harm, which is not an objective"),
        ({"scenario": TOWN.but(behaviour=None), "objectives": ["harm"]}, ParameterError, "needs behaviour"),
        ({"scenario": TOWN.but(privacy=None), "objectives": ALL}, ParameterError, "needs privacy"),
        ({"scenario": TOWN.but(interventions=())}, ParameterError, "no interventions that could be bought"),
        ({"replicates": 1}, ParameterError, "replicates should be greater than or equal to 2"),
        ({"confirm": 1}, ParameterError, "confirm must be 0, or at least 2"),
        (
            {"portfolio": ids.Portfolio(settings={"interventions.inoculation.uptak": [0.5]})},
            UnknownNameError,
            "no parameter 'uptak'. Did you mean 'uptake'",
        ),
        (
            {"portfolio": ids.Portfolio(settings={"population.providers": [0.5]})},
            ParameterError,
            "no parameter of an intervention that may be bought",
        ),
        (
            {"portfolio": ids.Portfolio(buy=["accuracy_prompt"], settings={UPTAKE: [0.5]})},
            ParameterError,
            "no parameter of an intervention that may be bought",
        ),
        (
            {"portfolio": ids.Portfolio(settings={UPTAKE: [0.5, 7.0]})},
            ParameterError,
            "less than or equal to 1",
        ),
        (
            {"portfolio": ids.Portfolio(settings={UPTAKE: {"low": 0.5, "high": 1.5}})},
            ParameterError,
            "uptake must be ≤ 1, but its range holds 1.5: narrow it",
        ),
    ],
)
def test_what_cannot_be_decided_is_refused_in_one_sentence(changes, kind, said):
    with pytest.raises(kind, match=said) as told:
        decision(**changes)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: ids.Portfolio(buy=["a", "a"]), "holds 'a' twice"),
        (lambda: ids.Portfolio(buy=[]), "nothing to choose"),
        (lambda: ids.Portfolio(settings={UPTAKE: []}), "should be a list of values"),
        (lambda: ids.Portfolio(settings={UPTAKE: [0.5, 0.5]}), "holds a value twice"),
        (lambda: ids.Portfolio(settings={UPTAKE: {"low": 1.0, "high": 0.5}}), "high must be above low"),
        (lambda: ids.Budget(), "limits nothing"),
        (lambda: ids.Budget(money=-1.0), "greater than or equal to 0"),
    ],
)
def test_parts_that_cannot_be(make, said):
    with pytest.raises(ParameterError, match=said):
        make()


FILE = """\
scenario: demo
portfolio:
  buy: [warning_label, inoculation]
  settings:
    interventions.warning_label.recall: {low: 0.1, high: 0.5, steps: 3}
budget: {money: 500, staff_minutes: 600, wage: 30}
objectives: [misinformed, cost]
seed: 1
"""


def test_a_file_is_read(tmp_path):
    (tmp_path / "d.yaml").write_text(FILE, "utf-8")
    found = ids.read_decision(tmp_path / "d.yaml")
    assert found.portfolio.number(found.scenario) == 4 * 2 - 1
    assert found.budget == ids.Budget(money=500, staff_minutes=600, wage=30)
    assert ids.Decision(**{**found.to_dict(), "scenario": found.scenario}) == found


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ("inoculation]", "inoculatio]", "3:24", "'inoculatio' is not an intervention"),
        ("warning_label.recall:", "warning_label.recal:", "5:", "Did you mean 'recall'"),
        ("steps: 3", "step: 3", "5:6", "steps"),
        ("misinformed,", "misinforme,", "7:14", "Did you mean 'misinformed'"),
        ("budget: {money: 500,", "budget: {mony: 500,", "6:10", "money"),
        ("scenario: demo", "scenario: nowhere.yaml", "", "there is no such file"),
        ("seed: 1\n", "", "1:1", "seed is required"),
        ("seed: 1", "sead: 1", "8:1", "Did you mean 'seed'"),
    ],
)
def test_mistakes_in_files_are_told_with_their_place(tmp_path, old, new, place, said):
    assert old in FILE
    (tmp_path / "d.yaml").write_text(FILE.replace(old, new), "utf-8")
    with pytest.raises(ScenarioFileError, match=said) as told:
        ids.read_decision(tmp_path / "d.yaml")
    assert f"d.yaml:{place}" in str(told.value) or not place


def test_every_objective_has_a_label_of_its_own():
    wanted = decision(objectives=("harm", *ALL)).wanted
    assert [objective.name for objective in wanted] == ["harm", *ALL]
    assert len({objective.shown.label for objective in wanted}) == len(wanted)
