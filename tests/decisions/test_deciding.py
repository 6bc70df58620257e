"""Whole decisions: what is tried, what is advised, and that nothing is made twice."""

from __future__ import annotations

import re
import sys

import pandas as pd
import pytest
from typer.testing import CliRunner

import infodemic_sim as ids
from infodemic_sim.cli.app import app
from infodemic_sim.decisions import deciding
from infodemic_sim.decisions.answering import spent
from infodemic_sim.decisions.bench import Bench
from infodemic_sim.decisions.portfolio import Choice
from infodemic_sim.decisions.search import Space, fitness
from infodemic_sim.errors import OutputExistsError, ParameterError
from infodemic_sim.sweeps import running
from infodemic_sim.sweeps.status import status
from tests.decisions.buying import ALL, OBJECTIVES, TOWN, UPTAKE, decision

TABLES = ("portfolios", "judged", "front", "best", "information")
FEW = {"trials": 7}
"""Fewer than the 11 portfolios, so that Optuna searches among them."""


def same(one, other):
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), check_exact=True)
    assert one.answer == other.answer


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("decision") / "all"


@pytest.fixture(scope="module")
def advice(folder):
    return ids.optimise(decision(), folder)


@pytest.fixture(scope="module")
def measured(folder, advice):
    """With all objectives, from the same runs."""
    return ids.optimise(decision(objectives=ALL), folder)


@pytest.fixture(scope="module")
def searched(tmp_path_factory):
    return ids.optimise(decision(**FEW), tmp_path_factory.mktemp("decision") / "few")


class Fails(ids.Intervention):
    """Cannot be run, once anybody takes part."""

    def act(self, world, people, memory):
        if people.size:
            raise RuntimeError("out of order")


def row(table, plan):
    return table[table["plan"] == plan].iloc[0]


# --- what is measured -------------------------------------------------------------------------------------


def test_all_are_tried_and_today_is_among_them(advice):
    assert advice.tried == advice.possible == 2 * 3 * 2 - 1
    assert len(advice.portfolios) == 12
    assert advice.portfolios["plan"].is_unique
    assert advice.portfolios["plan"][0] == "today"


def test_changes_are_those_of_a_comparison(measured):
    """Each objective against the paired effects of ``compare`` with the same draws."""
    plan = TOWN.but(interventions=[TOWN.interventions[0], TOWN.interventions[1].but(uptake=1.0)])
    comparison = ids.compare({"today": TOWN.but(interventions=()), "plan": plan}, replicates=3, seed=1)
    effects = comparison.effects().query("platform == 'all' and topic == 'all' and subgroup == 'all'")
    mine = row(measured.portfolios, "provider correction + inoculation (uptake 1)")
    wanted = {name: name for name in ("misinformed", "accurate_posts_lost")}
    for name, measure in {**wanted, "privacy_incidents": "disclosures"}.items():
        found = row(effects.rename(columns={"measure": "plan", "plan": "which"}), measure)
        for ours, theirs in ((name, "difference"), (f"{name}_low", "low"), (f"{name}_high", "high")):
            assert mine[ours] == pytest.approx(found[theirs], abs=1e-12)
    by_measure = effects.set_index("measure")["difference"]
    assert mine["staff_hours"] == pytest.approx(by_measure["staff_minutes"] / 60)
    assert mine["cost"] == pytest.approx(by_measure["money"] + 30.0 * by_measure["staff_minutes"] / 60)
    assert by_measure["misinformed"] != 0
    assert by_measure["staff_minutes"] > 0


def test_nobody_spends_less_than_nothing(measured):
    """Few pairs have wide intervals; those of amounts end at zero, in every place that shows them."""
    for name in ("cost", "staff_hours"):
        assert (measured.portfolios[f"{name}_low"] >= 0.0).all()
    dear = next(r for r in measured.portfolios.to_dict("records") if reaches_below_zero(r, "staff_hours"))
    assert dear["staff_hours_low"] == 0.0
    assert re.search(r"\(0(\.0+)? to ", spent(dear, "staff_hours"))


def reaches_below_zero(found, name: str) -> bool:
    """Whether an interval that lies evenly around its mean would."""
    return found[f"{name}_high"] > 2.0 * found[name] > 0.0


def test_a_gap_is_smaller_by_so_much(measured):
    """Against the values of the parts themselves."""
    plan = TOWN.but(interventions=[TOWN.interventions[1].but(uptake=1.0)])
    comparison = ids.compare({"today": TOWN.but(interventions=()), "plan": plan}, replicates=3, seed=1)
    rows = comparison.runs[comparison.runs["day"] == comparison.runs["day"].max()]
    rows = rows.query("platform == 'all' and topic == 'all' and measure == 'misinformed'")
    wide = rows[rows["subgroup"].str.startswith("literacy=")].pivot_table(
        "value", ["plan", "replicate"], "subgroup", observed=True
    )
    means = wide.loc["today"].mean()
    size = (wide[means.idxmax()] - wide[means.idxmin()]).abs()
    change = (size.loc["plan"] - size.loc["today"]).mean()
    assert row(measured.portfolios, "inoculation (uptake 1)")["gap.literacy"] == pytest.approx(change)


def test_harm_is_weighed_by_topic(tmp_path):
    plain = {"objectives": ["harm"], "portfolio": ids.Portfolio(buy=["provider_correction"])}
    once = ids.optimise(decision(**plain), tmp_path / "once")
    twice = ids.optimise(decision(**plain, weights={"vaccines": 2.0}), tmp_path / "once")
    assert twice.portfolios["harm"].tolist() == (2 * once.portfolios["harm"]).tolist()
    assert "harmful choices" in once.answer[0] or once.recommended == "today"


# --- what is advised --------------------------------------------------------------------------------------


def test_the_advice_has_the_best_expectation_within_the_budget(advice):
    within = advice.portfolios[advice.portfolios["budget"] == "within"]
    assert row(within, advice.recommended)["misinformed"] == within["misinformed"].min() < 0
    assert advice.best["probability_best"].sum() >= 1.0
    assert set(advice.front["front"]) <= {"surely", "possibly"}


def test_what_is_over_budget_is_never_advised(advice, folder):
    """At some budgets below what the best needs."""
    dearest = row(advice.portfolios, advice.recommended)["cost_high"]
    others = set()
    for money in (0.0, 0.5 * dearest, 0.99 * dearest):
        found = ids.optimise(decision(budget=ids.Budget(money=money, wage=30.0)), folder)
        for name in {found.recommended, *found.front["plan"], *found.best["plan"]}:
            assert row(found.portfolios, name)["cost_high"] <= money or name == "today"
        others.add(found.recommended)
        over = found.portfolios[found.portfolios["budget"].isin(["over", "unclear"])]
        assert (over["front"] == "no").all()
    assert advice.recommended not in others


def test_what_did_nothing_is_never_advised_with_what_did_something(advice):
    """A prompt in a town where few reshare: portfolios with it give the same as those without."""
    twins = advice.portfolios[advice.portfolios["same_as"] != ""]
    assert row(twins, "accuracy prompt")["same_as"] == "today"
    measured = [*OBJECTIVES, "staff_hours"]
    for _, twin in twins.iterrows():
        assert twin[measured].tolist() == row(advice.portfolios, twin["same_as"])[measured].tolist()
        assert twin["front"] == "no"
        assert (
            len(twin["same_as"].split(" + ")) < len(twin["plan"].split(" + ")) or twin["same_as"] == "today"
        )
    assert set(advice.best["plan"]).isdisjoint(twins["plan"])


def test_a_place_that_is_shared_is_told(tmp_path):
    """Inoculation with a prompt that is paid for and does nothing is no twin, and as good as without."""
    bought = [TOWN.interventions[1], ids.AccuracyPrompt(cost=ids.Cost(money=0.01))]
    portfolio = ids.Portfolio(buy=["inoculation", "accuracy_prompt"])
    found = ids.optimise(decision(scenario=TOWN.but(interventions=bought), portfolio=portfolio), tmp_path)
    best = found.best.set_index("plan")
    assert found.recommended == "inoculation"
    assert best["equals"].tolist() == [1, 1, 1, 1]
    assert best["probability_best"].nunique() == 2
    assert best["probability_best"].sum() == pytest.approx(2.0)
    assert "that it shares with 1 other that does as well in every run;" in found.answer[1]


def test_what_may_exceed_the_budget_is_told_apart(advice, folder):
    """Where the limit lies within the interval of what plans cost."""
    dear = advice.portfolios.query("staff_hours > 0 and budget == 'within'")
    limit = float(dear["cost"].iloc[0])
    found = ids.optimise(decision(budget=ids.Budget(money=limit, wage=30.0)), folder)
    unclear = found.portfolios.query("budget == 'unclear' and same_as == ''")
    assert len(unclear) > 0
    mine = row(found.judged, found.recommended)["misinformed"]
    assert set(found.beyond["plan"]) == set(unclear[unclear["misinformed"] < mine]["plan"])


@pytest.mark.parametrize("most", [0, 4])
def test_what_may_exceed_the_budget_and_be_better_is_run_anew(advice, tmp_path, monkeypatch, most):
    """Unless there are too many of them: then it is told by the runs that it was found by."""
    monkeypatch.setattr(deciding, "DOUBTFUL", most)
    few = ids.Portfolio(buy=["provider_correction", "accuracy_prompt"])
    budget = ids.Budget(money=float(row(advice.portfolios, "provider correction")["cost"]), wage=30.0)
    found = ids.optimise(decision(budget=budget, portfolio=few, confirm=2), tmp_path)
    first = found.portfolios.set_index("plan").loc["provider correction"]
    assert first["budget"] == "unclear"
    assert first["misinformed"] < found.portfolios.query("budget == 'within'")["misinformed"].min()
    assert ("provider correction" in set(found.judged["plan"])) == (most > 0)
    assert row(found.beyond, "provider correction")["pairs"] == (2 if most else first["pairs"])


def test_time_of_staff_is_a_limit_of_its_own(folder):
    found = ids.optimise(decision(budget=ids.Budget(staff_minutes=0.0)), folder)
    assert set(found.best["plan"]).isdisjoint({"provider correction"})
    assert (found.portfolios.query("budget == 'within'")["staff_hours"] == 0).all()


def test_a_budget_below_the_cheapest_is_refused(folder):
    few = ids.Portfolio(buy=["provider_correction", "inoculation"])
    with pytest.raises(ParameterError, match=r"budget of 1 in money.*is below what any.*'") as told:
        ids.optimise(
            decision(budget=ids.Budget(money=1.0, wage=30.0), portfolio=few), folder.parent / "cheap"
        )
    assert "\n" not in str(told.value)
    assert str(told.value).endswith("raise the budget, or offer something cheaper.")


def test_a_refused_budget_says_what_would_help(advice, folder):
    """Not a larger budget, where too few were tried, or too few runs tell what they spend."""
    dear = ids.Portfolio(buy=["provider_correction", "inoculation"], settings={UPTAKE: [0.25, 1.0]})
    with pytest.raises(ParameterError, match=r": allow 3 trials, so that the 2 not tried yet are, too\.$"):
        ids.optimise(
            decision(budget=ids.Budget(money=1.0, wage=30.0), portfolio=dear, trials=1), folder.parent / "one"
        )
    limit = float(row(advice.portfolios, "provider correction")["cost"])
    with pytest.raises(ParameterError, match=r": ask for more replicates.*, or raise the budget\.$"):
        ids.optimise(
            decision(
                budget=ids.Budget(money=limit, wage=30.0),
                portfolio=ids.Portfolio(buy=["provider_correction"]),
            ),
            folder.parent / "alone",
        )


def test_a_wage_to_pay_changes_what_is_worth_it(folder):
    """Worth nothing, nothing costly is bought; worth much, what is best without prices is."""
    rich = ids.optimise(decision(worth=1e9), folder)
    poor = ids.optimise(decision(worth=0.0), folder)
    assert rich.recommended == ids.optimise(decision(), folder).recommended
    assert row(poor.portfolios, poor.recommended)["cost"] == 0.0
    assert poor.best["criterion"].unique().tolist() == ["net benefit at 0", "misinformed"]
    assert "currency units" in poor.answer[1]


def test_two_sentences_with_their_uncertainty(advice):
    first, second, *_ = advice.answer
    assert advice.recommended in first
    assert "11 portfolios" in first
    assert " to " in first
    assert "probability" in second
    assert "3 pairs of runs" in second
    assert all(text.endswith(".") for text in advice.answer)


def test_the_best_are_run_anew(tmp_path):
    found = ids.optimise(decision(confirm=2), tmp_path)
    assert set(found.portfolios["pairs"]) == {3}
    assert set(found.judged["pairs"]) == set(found.best["pairs"]) == {2}
    assert len(found.judged) <= deciding.FINALISTS + 1
    record = ids.Results(tmp_path / "confirmed").record
    assert record["seed"] == 1 + deciding.OTHER_DRAWS
    assert "2 new pairs" in found.answer[1]


def test_a_portfolio_that_cannot_be_run_is_a_row(tmp_path, offered):
    offered(Fails)
    scenario = TOWN.but(interventions=[*TOWN.interventions[1:], Fails()])
    found = ids.optimise(decision(scenario=scenario, portfolio=ids.Portfolio()), tmp_path)
    failed = found.portfolios[found.portfolios["budget"] == "failed"]
    assert failed["plan"].str.contains("fails").all()
    assert len(failed) == 4
    assert failed["error"].str.contains("out of order").all()
    assert not found.best["plan"].str.contains("fails").any()


# --- how it is looked for ---------------------------------------------------------------------------------


def test_the_same_seed_looks_for_the_same(searched, tmp_path):
    assert searched.tried == 7
    same(searched, ids.optimise(decision(**FEW), tmp_path / "again"))
    other = ids.optimise(decision(**FEW, seed=2), tmp_path / "other")
    assert other.portfolios["plan"].tolist() != searched.portfolios["plan"].tolist()


def test_what_is_found_by_search_is_what_trying_all_gives(searched, advice):
    shared = [name for name in searched.portfolios.columns if not name.endswith("front")]
    for found in searched.portfolios[shared].to_dict("records"):
        assert found == row(advice.portfolios[shared], found["plan"]).to_dict()


def test_nothing_is_made_twice(advice, folder, monkeypatch):
    monkeypatch.setattr(running, "crew_of", None)
    same(ids.optimise(decision(), folder), advice)
    fewer = ids.optimise(decision(**FEW), folder)
    assert fewer.tried == 7


def test_it_goes_on_where_it_was_interrupted(searched, tmp_path):
    """After some of the runs; what was made is not made again."""

    def stop(done, total):
        assert total == (1 + 7) * 3
        if done >= 18:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ids.optimise(decision(**FEW), tmp_path, progress=stop)
    before = status(tmp_path).made
    assert 18 <= before <= 24
    same(ids.optimise(decision(**FEW), tmp_path), searched)
    assert status(tmp_path).made == 24


def test_another_decision_is_kept_out(advice, folder):
    before = sorted(path.name for path in folder.iterdir())
    for changes in ({"seed": 2}, {"scenario": TOWN.but(days=1.0)}):
        with pytest.raises(OutputExistsError, match="another decision"):
            ids.optimise(decision(**changes), folder)
    assert sorted(path.name for path in folder.iterdir()) == before


def test_optuna_is_asked_for_only_where_it_is_needed(folder, advice, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "optuna", None)
    same(ids.optimise(decision(), folder), advice)
    with pytest.raises(ParameterError, match=r'pip install "infodemic-sim\[decisions\]"'):
        ids.optimise(decision(**FEW), tmp_path)


def test_a_choice_goes_to_the_optimiser_and_back():
    import optuna

    space = Space(decision())
    for choice in decision().portfolio.choices(TOWN):
        assert space.choice(optuna.trial.FixedTrial(space.values(choice))) == choice


def test_over_budget_is_worse_than_anything_within(folder, advice):
    dear = decision(budget=ids.Budget(money=20.0, wage=30.0))
    bench = Bench(dear, folder, 3, 1)
    choices = list(dear.portfolio.choices(TOWN))
    bench.measure(choices)
    within = {c: dear.budget.excess(bench.measured[c].spent) == 0.0 for c in choices}
    assert 0 < sum(within.values()) < len(choices)
    worst = min(min(fitness(dear, bench, c)) for c in choices if within[c])
    assert all(max(fitness(dear, bench, c)) < worst for c in choices if not within[c])
    assert fitness(dear, bench, Choice(())) == [0.0] * len(OBJECTIVES)


# --- the command ------------------------------------------------------------------------------------------

FILE = """\
scenario: {scenario}
budget: {{money: 1000, wage: 30}}
objectives: [misinformed, cost, accurate_posts_lost]
replicates: 3
seed: 1
"""


def test_the_command_writes_tables_and_a_figure(tmp_path):
    ids.write_scenario(TOWN, tmp_path / "town.yaml")
    file, out = tmp_path / "decision.yaml", tmp_path / "out"
    file.write_text(FILE.format(scenario="town.yaml"), "utf-8")
    done = CliRunner().invoke(app, ["optimise", str(file), "--out", str(out), "--workers", "1"])
    assert done.exit_code == 0, done.output
    assert "7 portfolios can be bought; all of them are tried, 3 runs each." in done.output
    assert "Within the budget of 1,000 in money (staff time at 30 an hour included)" in done.output
    for name in (*(f"{table}.csv" for table in TABLES), "front.png", "front.svg"):
        assert (out / name).stat().st_size > 0
    written = pd.read_csv(out / "best.csv")
    assert written["plan"][0] in done.output
    figure = (out / "front.svg").read_bytes()
    CliRunner().invoke(app, ["optimise", str(file), "--out", str(out), "--workers", "1", "--quiet"])
    assert (out / "front.svg").read_bytes() == figure
