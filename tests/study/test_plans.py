"""From interventions to plans."""

from __future__ import annotations

import pytest

from infodemic_sim.errors import ParameterError, UnknownNameError
from infodemic_sim.interventions import AccuracyPrompt, Inoculation
from infodemic_sim.study.plans import plans_of, unlike
from tests.study.tiny import TODAY

BOTH = TODAY.but(interventions=[AccuracyPrompt(), Inoculation(name="teach in time")])


def test_each_intervention_stands_alone_and_all_together() -> None:
    plans = plans_of(BOTH)
    assert list(plans) == ["today", "accuracy prompt", "teach in time", "all together"]
    assert plans["today"] == TODAY
    assert plans["all together"] == BOTH
    assert [part.key for part in plans["accuracy prompt"].interventions] == ["accuracy_prompt"]


def test_one_intervention_needs_no_all_together() -> None:
    assert list(plans_of(TODAY.but(interventions=[Inoculation()]))) == ["today", "inoculation"]
    assert list(plans_of(TODAY)) == ["today"]


def test_named_plans_hold_what_they_name() -> None:
    plans = plans_of(BOTH, {"nothing": [], "both": ["teach in time", "accuracy_prompt"]})
    assert plans["nothing"] == TODAY
    assert len(plans["both"].interventions) == 2


def test_an_unknown_key_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'accuracy_prompt'"):
        plans_of(BOTH, {"x": ["acuracy_prompt"]})


def test_two_plans_never_share_a_name() -> None:
    with pytest.raises(ParameterError, match="two plans would be called 'today'"):
        plans_of(TODAY.but(interventions=[Inoculation(name="today")]))


def test_plans_that_differ_in_more_than_interventions_are_told() -> None:
    other = BOTH.but(population=TODAY.population.but(providers=0.2), hours_per_step=2.0)
    assert unlike({"today": TODAY, "both": BOTH}) == []
    assert unlike({"today": TODAY, "more staff": other}) == [
        "more staff: differs from today in population and hours per step, so not by interventions alone."
    ]
