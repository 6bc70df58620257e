"""The catalogue of interventions: whole, sourced, and as the manual tells it."""

from __future__ import annotations

from pathlib import Path

import pytest

import infodemic_sim as ids
from infodemic_sim.catalog.interventions import TRIED, catalogue
from infodemic_sim.catalog.manual import PAGES
from infodemic_sim.catalog.trials import TRIALS
from infodemic_sim.interventions import BUILT_IN
from infodemic_sim.interventions.base import FAMILIES
from infodemic_sim.levers import LEVERS
from infodemic_sim.plugins import type_name

ROOT = Path(__file__).parents[2]


def test_everyone_is_in_one_family_with_what_it_needs():
    entries = catalogue()
    assert sorted(entry.type for entry in entries) == sorted(type_name(part) for part in BUILT_IN)
    assert [FAMILIES.index(entry.family) for entry in entries] == sorted(
        FAMILIES.index(entry.family) for entry in entries
    )
    for entry in entries:
        assert entry.family in FAMILIES[:-1]
        assert entry.levers
        assert set(entry.levers) <= set(LEVERS)
        assert entry.meaning.endswith(".")
        assert len(entry.rule) > 60


def test_the_nine_types_for_individuals_are_there():
    """Those of Kozyreva et al. 2024; provider and peer corrections debunk as well."""
    assert {entry.type for entry in catalogue() if entry.family == "individual"} == {
        *("accuracy_prompt", "debunking", "friction", "inoculation", "lateral_reading"),
        *("media_literacy_tips", "social_norms", "source_credibility_label", "warning_label"),
    }


def test_trials_that_are_named_exist():
    names = {trial.name for trial in TRIALS}
    assert {words.split()[0] for words in TRIED.values()} <= names
    assert set(TRIED) <= {part.__name__ for part in BUILT_IN}


def test_the_page_is_the_generated_one():
    written = (ROOT / "docs" / "interventions.md").read_text("utf-8")
    assert written == PAGES["interventions"](), "run `python dev.py docs`"


@pytest.mark.parametrize("part", BUILT_IN, ids=lambda part: part.__name__)
def test_each_can_be_had_from_the_package(part):
    assert getattr(ids, part.__name__) is part
