"""Parameters drawn in every replicate: the same for all plans, whoever works, and checked before any run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from infodemic_sim.comparing.compare import Comparison, compare
from infodemic_sim.errors import InfodemicError
from infodemic_sim.graphs import ScaleFree
from infodemic_sim.interventions import WarningLabel
from infodemic_sim.parameter_paths import changed
from infodemic_sim.report import report_html
from infodemic_sim.simulation import simulate
from infodemic_sim.study.plausible import draw_plausible
from infodemic_sim.study.store import write_parquet
from infodemic_sim.study.unknowns import unknowns_of
from tests.study.tiny import TODAY

LABEL = TODAY.but(interventions=[WarningLabel()])
PEOPLE = "population.graph.people"
PAIR = {"today": TODAY, "label": LABEL}
DRAWS = pd.DataFrame(
    {
        "spread.persuasion_claim": [0.1, 0.4, 0.9],
        "interventions.warning_label.effect": [0.2, 0.8, 1.0],
    }
)


def run_of(comparison: Comparison, plan: str, replicate: int) -> np.ndarray:
    runs = comparison.runs
    return runs.loc[(runs["plan"] == plan) & (runs["replicate"] == replicate), "value"].to_numpy()


def test_each_replicate_draws_its_own_from_declared_ranges() -> None:
    made = compare(PAIR, replicates=2, seed=5, draws="declared")
    for name, plan in PAIR.items():
        for r in range(2):
            drawn = draw_plausible(plan, seed=5, replicate=r)
            expected = simulate(drawn, seed=5, replicate=r).table["value"].to_numpy()
            assert np.array_equal(run_of(made, name, r), expected, equal_nan=True)
    one, two = (draw_plausible(LABEL, seed=5, replicate=r) for r in range(2))
    assert one.interventions[0].effect != two.interventions[0].effect
    assert one.spread == draw_plausible(TODAY, seed=5, replicate=0).spread
    assert draw_plausible(LABEL, seed=5) == one


@pytest.mark.parametrize("kind", ["csv", "parquet", "table"])
def test_a_table_gives_each_replicate_one_of_its_rows(kind: str, tmp_path: Path) -> None:
    source = DRAWS if kind == "table" else tmp_path / f"draws.{kind}"
    if kind == "csv":
        DRAWS.to_csv(source, index=False)
    if kind == "parquet":
        write_parquet(DRAWS, source)
    unknowns = unknowns_of(source, PAIR, seed=5, replicates=7)
    used = []
    for r in range(7):
        plans = unknowns.at(PAIR, r)
        claim, effect = plans["label"].spread.persuasion_claim, plans["label"].interventions[0].effect
        assert plans["today"].spread == plans["label"].spread
        used.append((claim, effect))
    rows = list(DRAWS.itertuples(index=False, name=None))
    assert sorted(used[:3]) == rows  # each once before any comes again
    assert used[3:6] == used[:3]
    assert used[6] == used[0]
    made = [unknowns_of(source, PAIR, seed=seed, replicates=1) for seed in range(20)]
    orders = {tuple(row.text for row in unknowns.rows) for unknowns in made}
    assert len(orders) > 3


def test_the_order_of_the_rows_in_the_file_changes_nothing() -> None:
    one = unknowns_of(DRAWS, PAIR, seed=5, replicates=3)
    other = unknowns_of(DRAWS.iloc[::-1, ::-1], PAIR, seed=5, replicates=3)
    assert [row.text for row in one.rows] == [row.text for row in other.rows]
    assert one.record == other.record
    assert (one.record["rows"], one.record["from"]) == (3, "a table in memory")


def test_points_that_stand_there_often_are_used_as_often_from_the_beginning_on() -> None:
    """Of 100 rows 90 are equal: of the first 20 used, as many as a sample without putting back has."""
    claim = [0.5] * 90 + [0.01 * k for k in range(10)]
    draws = pd.DataFrame({"spread.persuasion_claim": claim})
    counts = []
    for seed in range(100):
        rows = unknowns_of(draws, PAIR, seed=seed, replicates=1).rows[:20]
        counts.append(sum(row.values["spread.persuasion_claim"] == 0.5 for row in rows))
    deviation = np.sqrt(20 * 0.9 * 0.1 * 80 / 99)  # hypergeometric
    assert abs(np.mean(counts) - 18) < 4 * deviation / 10
    assert np.std(counts) < 2 * deviation  # side by side, all 20 or none would be equal in most


def test_it_is_said_if_there_are_fewer_draws_than_pairs() -> None:
    few, enough = (compare(PAIR, replicates=r, seed=5, draws=DRAWS).notes() for r in (4, 3))
    assert few == [*enough, *few[-1:]]
    assert "3 draws of parameters for 4 pairs, so some were used again" in few[-1]
    assert few[-1] in report_html(compare(PAIR, replicates=4, seed=5, draws=DRAWS))


def test_runs_are_those_of_the_rows_for_any_number_of_workers_also_where_graphs_differ() -> None:
    today = TODAY.but(population=TODAY.population.but(graph=ScaleFree(people=100, mean_degree=6.0, seed=1)))
    asked = {"today": today, "label": today.but(interventions=[WarningLabel()])}
    draws = pd.DataFrame({"population.graph.mean_degree": [4.0, 8.0], PEOPLE: [90.0, 110.0]})
    one = compare(asked, replicates=2, seed=5, draws=draws)
    two = compare(asked, replicates=2, seed=5, draws=draws, workers=2)
    pd.testing.assert_frame_equal(one.runs, two.runs, check_exact=True)
    order = unknowns_of(draws, asked, seed=5, replicates=2).rows
    for r in range(2):
        values = order[r].values
        drawn = changed(today, {**values, PEOPLE: int(values[PEOPLE])})
        expected = simulate(drawn, seed=5, replicate=r).table["value"].to_numpy()
        assert np.array_equal(run_of(one, "today", r), expected, equal_nan=True)


def test_it_is_said_wherever_intervals_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "posterior.csv"
    DRAWS.to_csv(path, index=False)
    compare(PAIR, replicates=3, seed=5, draws=path, out=tmp_path / "out")
    loaded = Comparison.load(tmp_path / "out")
    assert loaded.draws["parameters"] == sorted(DRAWS)
    html = report_html(loaded)
    assert "The intervals hold chance between runs, and what the 3 draws of " in html
    assert "hold chance between runs only" not in html
    assert f"draws=&#39;{path}&#39;" in html
    declared = report_html(compare(PAIR, replicates=2, seed=5, draws="declared"))
    assert "what sources leave open of strengths" in declared
    assert "hold chance between runs only" in report_html(compare(PAIR, replicates=2, seed=5))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("spread.persuasion_clam\n1\n", "draws.csv, line 2: spread.persuasion_clam"),
        ("spread.persuasion_claim\n0.5\n-3\n", "draws.csv, line 3: .*persuasion_claim"),
        ("interventions.warning_lable.effect\n1\n", "line 2: no plan has .* Did you mean 'warning_label'"),
        ("interventions.0.effect\n1\n", "name it, not its place"),
        ("spread.persuasion_claim,x\n0.5\n", "draws.csv, line 2: 1 columns where the header has 2"),
        ("spread.persuasion_claim\n", "the table of draws is empty"),
        ("spread.persuasion_claim\nmuch\n", "draws.csv, line 2: "),
    ],
)
def test_a_mistake_is_told_with_its_line_before_any_run(text: str, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "draws.csv"
    path.write_text(text)
    with pytest.raises(InfodemicError, match=sentence):
        compare(PAIR, replicates=5, seed=1, draws=path)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InfodemicError, match=r"none\.csv: the file cannot be read"):
        compare(PAIR, replicates=1, seed=1, draws=tmp_path / "none.csv")
    (tmp_path / "bad.parquet").write_text("no")
    with pytest.raises(InfodemicError, match="cannot be read as Parquet"):
        compare(PAIR, replicates=1, seed=1, draws=tmp_path / "bad.parquet")
