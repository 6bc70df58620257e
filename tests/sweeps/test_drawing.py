"""Parameters drawn in each replicate of a study: as comparisons draw them, under addresses of their own."""

from __future__ import annotations

import shutil

import pandas as pd
import pytest

import infodemic_sim as ids
from infodemic_sim.cli.announcing import imports_at
from infodemic_sim.errors import InfodemicError, OutputExistsError, ParameterError
from infodemic_sim.parameter_paths import changed
from infodemic_sim.study.plans import plans_of
from infodemic_sim.study.store import write_parquet
from infodemic_sim.sweeps.address import address, scenario_key
from infodemic_sim.sweeps.agenda import agenda_of
from infodemic_sim.sweeps.drawing import drawn
from tests.sweeps.tiny import GRID, PLANS, RECALL, TODAY, same_rows, study

CLAIM, EFFECT, PEOPLE = (
    "spread.persuasion_claim",
    "interventions.warning_label.effect",
    "population.providers",
)
DRAWS = pd.DataFrame({CLAIM: [0.1, 0.4, 0.9], EFFECT: [0.2, 0.8, 1.0]})
POINTS = ids.Listed(rows=[{PEOPLE: 0.05}, {PEOPLE: 0.1}])


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "draws.csv"
    DRAWS.to_csv(path, index=False)
    return str(path)


def drawing(draws, **changes):
    return study(**{"design": POINTS, "replicates": 3, "draws": draws, **changes})


@pytest.mark.parametrize("kind", ["declared", "table"])
def test_effects_are_those_of_comparisons_that_draw_the_same(tmp_path, table, kind):
    draws = "declared" if kind == "declared" else table
    found = ids.sweep(drawing(draws), tmp_path / "out").effects().set_index(["point", "plan"])
    for number, point in enumerate(POINTS.rows):
        plans = plans_of(changed(TODAY.but(record="end"), point), PLANS)
        made = ids.compare(plans, replicates=3, seed=3, draws=draws).effects()
        rows = made[(made["outcome"] == "primary")].set_index("plan")
        for plan in ("label", "prompt"):
            for name in ("baseline", "difference", "low", "high"):
                assert found.loc[(number, plan), name] == rows.loc[plan, name]


def test_runs_with_draws_are_never_those_without(tmp_path, table):
    plain, drawn = (agenda_of(drawing(draws)).runs() for draws in (None, table))
    assert len(plain) == len(drawn)
    assert not plain & drawn
    ids.sweep(drawing(None), tmp_path / "out")
    with pytest.raises(OutputExistsError, match="another study"):
        ids.sweep(drawing(table), tmp_path / "out")


def test_without_draws_addresses_are_as_they_were():
    asked = study()
    plans = asked.plans_at(asked.points()[0])
    run = address(scenario_key(plans["label"]), asked.seed, 1)
    table = agenda_of(asked).table().set_index(["point", "plan", "replicate"])
    assert table.loc[(0, "label", 1), "run"] == run


def test_workers_and_growing_change_no_bit(tmp_path, table):
    alone = ids.sweep(drawing(table, replicates=4), tmp_path / "alone")
    ids.sweep(drawing(table, replicates=2), tmp_path / "grown")
    grown = ids.sweep(drawing(table, replicates=4), tmp_path / "grown", workers=2)
    assert same_rows(alone, grown)
    assert alone.record["draws"]["rows"] == 3
    assert alone.record == grown.record


def test_graphs_may_be_drawn_too(tmp_path):
    path = tmp_path / "draws.csv"
    path.write_text("population.graph.people\n30\n50\n")
    made = ids.sweep(drawing(str(path), plans={"today": ()}, replicates=2), tmp_path / "out")
    assert made.failures().empty
    people = [changed(TODAY, {**POINTS.rows[0], "population.graph.people": n}) for n in (30, 50)]
    expected = {
        ids.simulate(one.but(record="end", interventions=()), seed=3, replicate=r).table["value"].iloc[-1]
        for one in people
        for r in range(2)
    }
    assert set(made.query("SELECT value FROM runs")["value"]) & expected


@pytest.mark.parametrize(
    ("draws", "design"),
    [
        ("table", ids.Grid(parameters={CLAIM: [0.2, 0.5]})),
        ("table", ids.Grid(parameters={"interventions.0.effect": [0.3]})),
        ("table", ids.Grid(parameters={"spread": [TODAY.spread]})),
        ("declared", ids.Grid(parameters={"spread": [TODAY.spread]})),
    ],
)
def test_what_is_set_and_drawn_is_refused(table, draws, design):
    with pytest.raises(
        ParameterError, match="is varied, and drawn in each replicate as well: leave it out of one"
    ):
        agenda_of(drawing(table if draws == "table" else draws, design=design))


@pytest.mark.parametrize("path", [EFFECT, "interventions.0.effect"])
def test_strengths_that_a_design_sets_are_not_drawn(path):
    """Also where it sets them to their defaults; and all others are."""
    values = [0.5, ids.WarningLabel().effect]
    asked = drawing("declared", design=ids.Grid(parameters={path: values}))
    drawing_now = agenda_of(asked).drawing
    for point, value in zip(asked.points(), values, strict=True):
        plan = asked.plans_at(point)["label"]
        made = [drawn(plan, drawing_now, replicate) for replicate in range(3)]
        assert [each.interventions[0].effect for each in made] == [value] * 3
        assert len({each.spread.persuasion_claim for each in made}) == 3
    assert agenda_of(drawing("declared", design=GRID)).runs()
    assert RECALL in GRID.parameters


def test_a_draw_that_cannot_stand_at_a_point_fails_there_alone(tmp_path):
    path = tmp_path / "draws.csv"
    path.write_text("interventions.warning_label.when.start\n0\n1.5\n")
    scenario = TODAY.but(interventions=[ids.WarningLabel(when=ids.Between(0.0, 2.0))])
    design = ids.Listed(rows=[{"interventions.warning_label.when.stop": day} for day in (1.0, 2.0)])
    plans = {"today": (), "label": ("warning_label",)}
    asked = drawing(str(path), scenario=scenario, plans=plans, design=design, replicates=2)
    failures = ids.sweep(asked, tmp_path / "out").failures()
    assert failures[["point", "plan"]].to_numpy().tolist() == [[0, "label"]]
    assert "draws.csv, line 3" in failures["error"].iloc[0]


def test_the_folder_of_a_calibration_gives_its_draws(tmp_path, table):
    by_folder = agenda_of(drawing(str(tmp_path)))
    assert by_folder.runs() == agenda_of(drawing(table)).runs()
    (tmp_path / "empty").mkdir()
    with pytest.raises(ParameterError, match=r"empty: the folder holds no draws\.csv"):
        agenda_of(drawing(str(tmp_path / "empty")))


def test_points_with_weights_are_not_taken_for_draws(tmp_path):
    path = tmp_path / "posterior.parquet"
    write_parquet(DRAWS.assign(weight=1 / 3, misfit=1.0), path)
    with pytest.raises(InfodemicError, match=r"points with weights, and draws have none: give draws\.csv"):
        ids.compare(plans_of(TODAY, PLANS), replicates=1, seed=1, draws=path)


def test_a_study_file_names_them_from_its_own_folder(tmp_path, table, monkeypatch):
    ids.write_scenario(TODAY, tmp_path / "scenario.yaml")
    text = "scenario: scenario.yaml\nseed: 1\nreplicates: 2\ndraws: {}\n"
    (tmp_path / "study.yaml").write_text(text.format("draws.csv"))
    monkeypatch.chdir("/")
    assert ids.read_study(tmp_path / "study.yaml").draws == table
    (tmp_path / "study.yaml").write_text(text.format("declared"))
    found = ids.read_study(tmp_path / "study.yaml")
    assert found.draws == "declared"
    assert all(len(set(cell.keys)) == 2 for cell in agenda_of(found).cells)


def graphs_in(folder, *names):
    """A study that draws its graph from files in the folder of its table of draws."""
    folder.mkdir()
    for name in names:
        (folder / name).write_text("1 2\n2 3\n3 1\n3 4\n1 2\n")
    (folder / "draws.csv").write_text("population.graph.path\none.txt\ntwo.txt\n")
    graph = ids.graphs.GraphFile(path=str(folder / "one.txt"))
    scenario = TODAY.but(population=TODAY.population.but(graph=graph))
    return drawing(str(folder / "draws.csv"), scenario=scenario, replicates=2)


def test_graph_files_in_a_table_are_told_from_its_folder(tmp_path, monkeypatch):
    asked = graphs_in(tmp_path / "nets", "one.txt", "two.txt")
    before = agenda_of(asked)
    monkeypatch.chdir("/")
    assert agenda_of(asked).drawing.record == before.drawing.record
    assert ids.sweep(asked, tmp_path / "out").failures().empty
    assert (
        ids.compare(plans_of(asked.scenario, PLANS), replicates=2, seed=3, draws=asked.draws).effects().size
    )
    shutil.move(tmp_path / "nets", tmp_path / "moved")
    graph = ids.graphs.GraphFile(path=str(tmp_path / "moved" / "one.txt"))
    moved = asked.but(scenario=asked.scenario.but(population=TODAY.population.but(graph=graph)))
    assert agenda_of(moved.but(draws=str(tmp_path / "moved" / "draws.csv"))).runs() == before.runs()


def test_a_graph_file_that_is_not_there_is_refused_before_any_run(tmp_path):
    asked = graphs_in(tmp_path / "nets", "one.txt")
    with pytest.raises(ParameterError, match=r"^draws\.csv, line 3: there is no file .*two\.txt; paths in a"):
        ids.sweep(asked, tmp_path / "out")


def test_what_reading_drawn_graph_files_left_out_is_told(tmp_path):
    said = "\n".join(imports_at(agenda_of(graphs_in(tmp_path / "nets", "one.txt", "two.txt"))))
    assert "one.txt: 5 ties read; 1 duplicate" in said
    assert "two.txt: 5 ties read; 1 duplicate" in said
