"""Any measure that may lead a comparison brings its figure, its report and its pages."""

from __future__ import annotations

from dataclasses import replace

import pytest

import infodemic_sim as ids
from infodemic_sim.codebook import CODEBOOK
from infodemic_sim.codebook.deeds import OF_EACH_INTERVENTION
from infodemic_sim.dashboard.explorer import explorer_html
from infodemic_sim.errors import ParameterError, UnknownNameError
from infodemic_sim.observe import SHOWN
from infodemic_sim.plots.figure import comparison_figure
from infodemic_sim.report.answer import answer
from infodemic_sim.report.output import FIGURES, write_comparison
from infodemic_sim.report.page import texts
from infodemic_sim.report.study_page import study_html
from infodemic_sim.study.shown import shown
from infodemic_sim.testing.small_runs import WITHOUT, small

ONE = {"topics": [ids.Topic(name="one")], "platforms": [ids.Platform(name="a")], **WITHOUT}
ACT = {"feed": ids.ProviderCorrection(), "network": ids.Inoculation()}
OF_EACH_KIND = [
    *(
        "misinformed",
        "isolation",
        "reshares_false",
        "staff_minutes",
        "money",
        "cases",
        "response_time",
        SHOWN[0],
    )
]
PRIMARIES = [measure.name for measure in CODEBOOK if measure.name not in OF_EACH_INTERVENTION]


@pytest.fixture(scope="module")
def comparisons():
    """Two plans in a world where everything is simulated, and two on a bare network."""
    worlds = {"feed": small(cascades="trees"), "network": small(spread=ids.SIR(), **ONE)}
    return {
        name: ids.compare(
            {"today": world, "plan": world.but(interventions=[ACT[name]])}, replicates=2, seed=1
        )
        for name, world in worlds.items()
    }


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    """The same feed at two designs."""
    scenario = small((ACT["feed"],), cascades="trees")
    design = ids.Grid(parameters={"population.providers": [0.1, 0.2]})
    plans = {"today": (), "plan": ("provider_correction",)}
    asked = ids.Study(scenario=scenario, plans=plans, design=design, replicates=1, seed=1)
    return ids.sweep(asked, tmp_path_factory.mktemp("primaries") / "study")


def led(comparisons, primary):
    """A comparison in which a measure leads."""
    found = comparisons["network" if primary in SHOWN else "feed"]
    plans = {name: plan.but(primary=primary) for name, plan in found.plans.items()}
    return replace(found, plans=plans, primary=primary)


@pytest.mark.parametrize("primary", OF_EACH_KIND)
def test_a_primary_outcome_of_each_kind_is_written(primary, comparisons, tmp_path):
    names = {path.name for path in write_comparison(led(comparisons, primary), tmp_path / "out")}
    assert names >= {*FIGURES, "report.html", "effects.csv"}
    assert shown(primary).label in (tmp_path / "out" / "report.html").read_text("utf-8")


@pytest.mark.parametrize("primary", PRIMARIES)
def test_any_primary_outcome_is_told_and_shown(primary, comparisons):
    """Without drawing the network, which is the same whatever leads."""
    comparison = led(comparisons, primary)
    assert texts(comparison, comparison.effects())["primary"] == shown(primary)
    assert comparison_figure(comparison).axes
    if primary != "response_time":
        assert "<html" in explorer_html(comparison, pictures=False)


def test_what_no_pair_of_runs_has_is_said_to_be_nowhere(comparisons):
    """Today, without any corrections, nobody waits for one."""
    comparison = led(comparisons, "response_time")
    assert answer(comparison, comparison.effects())[0].startswith("In no pair of runs is there a value of")
    with pytest.raises(ParameterError, match="in no pair of runs is there a response_time to compare"):
        explorer_html(comparison, pictures=False)


@pytest.mark.parametrize("primary", [name for name in PRIMARIES if name not in SHOWN])
def test_any_primary_outcome_of_a_study_is_shown(primary, swept):
    results = ids.Results(swept.folder)
    results.record["primary"] = primary
    assert shown(primary).label in study_html(results)
    assert "<html" in explorer_html(results, pictures=False)


def test_the_gap_of_what_is_told_for_all_people_alone_is_refused(comparisons):
    with pytest.raises(UnknownNameError, match="'money' was not recorded by literacy, but for all people"):
        comparisons["feed"].equity("literacy", "money")


@pytest.mark.parametrize("measure", OF_EACH_INTERVENTION)
def test_what_is_told_for_each_intervention_cannot_lead(measure):
    with pytest.raises(ParameterError, match=f"primary {measure} is told for each intervention alone"):
        small(primary=measure)
