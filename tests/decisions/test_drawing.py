"""Parameters drawn anew in each pair of runs: as comparisons draw them, the same for all portfolios."""

from __future__ import annotations

import pandas as pd
import pytest

import infodemic_sim as ids
from infodemic_sim.cli import main
from infodemic_sim.decisions.decision_file import read_decision
from infodemic_sim.errors import OutputExistsError, ParameterError
from infodemic_sim.plots import pareto_figure
from infodemic_sim.report.advices import advice_finding
from infodemic_sim.study.plans import plans_of
from infodemic_sim.sweeps import running
from tests.decisions.buying import TOWN, UPTAKE, decision

CLAIM, STRENGTH = "spread.persuasion_claim", "interventions.provider_correction.strength"
TABLE = pd.DataFrame({CLAIM: [0.1, 0.6, 1.4, 2.0], "topics.vaccines.accurate_share": [0.3, 0.5, 0.7, 0.9]})
FEW = ids.Portfolio(buy=["provider_correction", "inoculation"])
PLANS = {
    "today": (),
    "provider correction": ("provider_correction",),
    "inoculation": ("inoculation",),
    "provider correction + inoculation": ("provider_correction", "inoculation"),
}


def written(path, table=TABLE):
    table.to_csv(path, index=False)
    return str(path)


def drawing(draws, **changes):
    return decision(**{"portfolio": FEW, "replicates": 4, "draws": draws, **changes})


@pytest.mark.parametrize("kind", ["declared", "table"])
def test_changes_and_probabilities_are_those_of_pairs_that_draw_the_same(tmp_path, kind):
    draws = "declared" if kind == "declared" else written(tmp_path / "draws.csv")
    found = ids.optimise(drawing(draws), tmp_path / "out")
    made = ids.compare(plans_of(TOWN, PLANS), replicates=4, seed=1, draws=draws).effects()
    effects = made[made["outcome"] == "primary"].set_index("plan")
    rows = found.portfolios.set_index("plan")
    for plan in list(PLANS)[1:]:
        for ours, theirs in (("", "difference"), ("_low", "low"), ("_high", "high")):
            assert rows.loc[plan, f"misinformed{ours}"] == effects.loc[plan, theirs]
    plain = ids.optimise(drawing(None), tmp_path / "plain")
    shares = [each.best.set_index("plan")["probability_best"].to_dict() for each in (found, plain)]
    assert shares[0] != shares[1]
    gains = [each.information["expected_gain"].tolist() for each in (found, plain)]
    assert gains[0] != gains[1]


def test_how_often_a_plan_is_best_is_told_pair_by_pair(tmp_path):
    draws = written(tmp_path / "draws.csv")
    found = ids.optimise(drawing(draws), tmp_path / "out")
    runs = ids.compare(plans_of(TOWN, PLANS), replicates=4, seed=1, draws=draws).runs
    last = runs.query("day == day.max() and platform == 'all' and topic == 'all' and subgroup == 'all'")
    wide = last[last["measure"] == "misinformed"].pivot_table("value", "replicate", "plan", observed=True)
    best = wide.le(wide.min(axis=1) + 1e-9, axis=0).mean()
    shares = found.best.set_index("plan")["best_in_pairs"]
    assert shares.to_dict() == {plan: best[plan] for plan in shares.index}
    assert shares.nunique() > 2
    page = advice_finding(found, pareto_figure(found)).tables[1]
    assert page.rows[0]["best in so many pairs"] == "above 99 %"


def test_it_is_said_wherever_the_advice_is(tmp_path):
    draws = written(tmp_path / "draws.csv")
    found = ids.optimise(drawing(draws, replicates=5, confirm=2), tmp_path / "out")
    assert "(2 new pairs of runs each, every pair with parameters drawn anew)" in found.answer[1]
    for folder in (tmp_path / "out", tmp_path / "out" / "confirmed"):
        record = ids.Results(folder).record["draws"]
        assert (record["from"], record["rows"], record["parameters"]) == (draws, 4, sorted(TABLE))
    page = advice_finding(found, pareto_figure(found))
    assert f"what the 4 draws of {draws} leave open of {CLAIM}" in page.limits[-1]
    assert found.notes() == list(page.warnings) == []
    plain = ids.optimise(drawing(None), tmp_path / "plain")
    assert plain.draws is None
    assert "drawn anew" not in plain.answer[1]
    assert (
        advice_finding(plain, pareto_figure(plain)).limits[-1].endswith("no doubt about rules and numbers.")
    )


def test_fewer_draws_than_pairs_are_told(tmp_path):
    found = ids.optimise(drawing(written(tmp_path / "draws.csv"), replicates=5), tmp_path / "out")
    (note,) = found.notes()
    assert note.startswith("There are 4 draws of parameters for 5 pairs")
    assert note in advice_finding(found, pareto_figure(found)).warnings


@pytest.mark.parametrize("path", [UPTAKE, "interventions.provider_correction.uptake"])
def test_what_the_portfolio_varies_cannot_be_drawn_from_a_table(tmp_path, path):
    draws = written(tmp_path / "draws.csv", pd.DataFrame({path: [0.5, 0.6]}))
    asked = drawing(draws, portfolio=ids.Portfolio(settings={UPTAKE: [0.25, 1.0]}))
    with pytest.raises(
        ParameterError, match=rf"{path} is varied, and drawn in each replicate as well"
    ) as told:
        ids.optimise(asked, tmp_path / "out")
    assert "\n" not in str(told.value)
    assert not (tmp_path / "out").exists()


def test_of_declared_ranges_all_are_drawn_but_the_settings(tmp_path):
    """Also where a setting stands at its default, as it does wherever its intervention is not bought."""
    portfolio = ids.Portfolio(buy=["provider_correction"], settings={STRENGTH: [0.5, 1.0]})
    assert TOWN.interventions[0].strength in (0.5, 1.0)
    found = ids.optimise(drawing("declared", portfolio=portfolio), tmp_path / "out")
    plans = plans_of(TOWN, {"today": (), "bought": ("provider_correction",)})
    kept = [
        {name: ids.draw_plausible(plan, seed=1, replicate=r, kept=[STRENGTH]) for name, plan in plans.items()}
        for r in range(4)
    ]
    assert {each["bought"].interventions[0].strength for each in kept} == {TOWN.interventions[0].strength}
    ends = [
        [
            ids.simulate(plan.but(record="end"), seed=1, replicate=r).final("misinformed")
            for plan in each.values()
        ]
        for r, each in enumerate(kept)
    ]
    mine = found.portfolios.set_index("plan")
    name = f"provider correction (strength {TOWN.interventions[0].strength:g})"
    change = sum(bought - today for today, bought in ends) / 4
    assert mine.loc[name, "misinformed"] == pytest.approx(change, abs=1e-12)


def test_a_folder_goes_on_with_the_same_draws_alone(tmp_path, monkeypatch):
    draws, out = written(tmp_path / "draws.csv"), tmp_path / "out"
    found = ids.optimise(drawing(draws), out)
    others = (
        None,
        "declared",
        written(tmp_path / "other.csv", TABLE.assign(**{CLAIM: [0.1, 0.6, 1.4, 1.9]})),
    )
    for other in others:
        with pytest.raises(OutputExistsError, match=r"of another decision .* or draws\); nothing in it was"):
            ids.optimise(drawing(other), out)
    monkeypatch.setattr(running, "crew_of", None)  # so that no run can be made
    moved = written(tmp_path / "moved.csv")
    again = ids.optimise(drawing(moved, objectives=["misinformed"]), out)
    assert again.portfolios["misinformed"].equals(found.portfolios["misinformed"])


def test_settings_that_change_what_is_drawn_need_another_folder(tmp_path, monkeypatch):
    """And what was begun goes on as it was."""
    found = ids.optimise(drawing("declared"), tmp_path)
    more = ids.Portfolio(buy=FEW.buy, settings={STRENGTH: [0.5, 1.0]})
    with pytest.raises(OutputExistsError, match="holds the runs of another decision"):
        ids.optimise(drawing("declared", portfolio=more), tmp_path)
    monkeypatch.setattr(running, "crew_of", None)  # so that no run can be made
    assert ids.optimise(drawing("declared"), tmp_path).answer == found.answer


def test_a_decision_file_names_them_from_its_own_folder(tmp_path, monkeypatch, capsys):
    ids.write_scenario(TOWN, tmp_path / "town.yaml")
    draws, file = written(tmp_path / "draws.csv"), tmp_path / "decision.yaml"
    file.write_text(
        "scenario: town.yaml\nportfolio: {buy: [inoculation]}\nbudget: {money: 1000}\n"
        "objectives: [misinformed]\nreplicates: 5\nseed: 1\ndraws: draws.csv\n"
    )
    monkeypatch.chdir("/")
    assert read_decision(file).draws == draws
    with pytest.raises(SystemExit) as ended:
        main(["optimise", str(file), "--out", str(tmp_path / "out"), "--workers", "1"])
    assert ended.value.code == 0
    printed = capsys.readouterr().out
    assert "every pair with parameters drawn anew" in printed
    assert "Note: There are 4 draws of parameters for 5 pairs" in printed
    assert "draws: draws.csv" not in (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "draws.csv leave open of" in (tmp_path / "out" / "report.html").read_text("utf-8")
