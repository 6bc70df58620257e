"""What reading a graph file left out is told wherever its results are."""

from __future__ import annotations

import json

import pytest

import infodemic_sim as ids
from infodemic_sim.cli import main
from infodemic_sim.cli.announcing import announce
from infodemic_sim.errors import ResultFileError
from infodemic_sim.graphs import GraphFile, Rewired
from infodemic_sim.report.page import report_html
from infodemic_sim.study.imported import imports_of
from tests.study.tiny import TODAY

TOLD = (
    "ties.csv: 43 ties read; 1 duplicate tie left out, 2 self-loops left out. "
    "The file does not say whether ties are directed: read as friendships."
)
SCENARIO = (
    "population: {graph: ties.csv, providers: 0.1}\ndays: 1\nwarm_up: 0\ninterventions: [warning_label]\n"
)


@pytest.fixture
def file(tmp_path):
    """Forty people in a ring, with a tie given twice and two people tied to themselves."""
    ring = [(k, (k + 1) % 40) for k in range(40)]
    path = tmp_path / "ties.csv"
    path.write_text("".join(f"{u},{v}\n" for u, v in [*ring, (0, 1), (3, 3), (4, 4)]))
    return path


def today(graph):
    return TODAY.but(population=ids.Population(graph=graph), days=1.0, warm_up=0.0)


def test_a_comparison_keeps_and_writes_what_the_import_left_out(file, tmp_path):
    plan = today(GraphFile(path=str(file)))
    asked = {"today": plan, "label": plan.but(interventions=[ids.WarningLabel()])}
    comparison = ids.compare(asked, replicates=1, seed=1, out=tmp_path / "out")
    assert comparison.imports == (TOLD,)
    assert comparison.notes()[0] == TOLD
    assert TOLD in report_html(comparison)
    file.unlink()  # the results speak for themselves
    assert ids.Comparison.load(tmp_path / "out").imports == (TOLD,)
    assert json.loads((tmp_path / "out" / "provenance.json").read_text("utf-8"))["imports"] == [TOLD]


@pytest.fixture
def decision(file, tmp_path):
    """A decision about a town whose graph is drawn: that of the scenario, or one with a tie given twice."""
    (tmp_path / "ring.csv").write_text("".join(f"{k},{(k + 1) % 40}\n" for k in range(40)))
    (tmp_path / "draws.csv").write_text("population.graph.path\nring.csv\nties.csv\n")
    (tmp_path / "s.yaml").write_text(SCENARIO.replace("ties.csv", "{type: file, path: ring.csv}"))
    text = "scenario: s.yaml\nbudget: {money: 10}\nobjectives: [misinformed]\nreplicates: 2\nseed: 1\n"
    (tmp_path / "decision.yaml").write_text(f"{text}draws: draws.csv\n")
    return tmp_path / "decision.yaml"


def test_files_that_are_drawn_are_told_by_compare_and_optimise(decision, tmp_path, capsys):
    """The scenario's own file has nothing to tell but that ties are friendships."""
    wide = [str(tmp_path / "s.yaml"), "--seed=1", "--replicates=2", f"--draws={tmp_path / 'draws.csv'}"]
    for command in (["compare", *wide], ["optimise", str(decision)]):
        with pytest.raises(SystemExit):
            main([*command, "--workers=1", f"--out={tmp_path / command[0]}"])
        assert f"Note: {TOLD}" in capsys.readouterr().out


def test_check_and_compare_print_it(file, tmp_path, capsys):
    scenario = tmp_path / "s.yaml"
    scenario.write_text(SCENARIO)
    for command in (["check"], ["check", "--json"], ["compare", "--seed=1", "--replicates=1", "--workers=1"]):
        out = [f"--out={tmp_path / 'out'}"] if command[0] == "compare" else []
        with pytest.raises(SystemExit):
            main([*command, str(scenario), *out])
        printed = capsys.readouterr().out
        assert json.loads(printed)["imports"] == [TOLD] if "--json" in command else f"Note: {TOLD}" in printed


STUDY = "scenario: s.yaml\nseed: 1\nreplicates: 2\n"
RANGES = "parameters: {spread.persuasion_claim: declared, spread.lasting_share: {low: 0.1, high: 0.9}}\n"
FILES = {
    "sweep": "design: {type: grid, parameters: {population.providers: [0.1, 0.2]}}\n",
    "sensitivity": f"{RANGES}number: 4\nplans: {{today: [], label: [warning_label]}}\n",
    "optimise": "budget: {money: 1000}\nobjectives: [misinformed]\n",
    "calibrate": f"{RANGES}evidence: {{type: measured, path: seen.csv}}\nparticles: 10\ngenerations: 2\n",
}


@pytest.mark.parametrize("command", FILES)
def test_studies_print_it_before_they_begin(file, tmp_path, capsys, command):
    (tmp_path / "s.yaml").write_text(SCENARIO)
    (tmp_path / "seen.csv").write_text("measure,day,value,error\nmisinformed,1,0.3,0.3\n")
    study = STUDY.replace("replicates: 2\n", "") if command == "calibrate" else STUDY
    (tmp_path / "study.yaml").write_text(study + FILES[command])
    words = [command, str(tmp_path / "study.yaml"), f"--out={tmp_path / 'out'}", "--workers=1"]
    for more in ([], ["--quiet"]):
        with pytest.raises(SystemExit) as ended:
            main([*words, *more])
        assert ended.value.code == 0
        assert capsys.readouterr().out.count(f"Note: {TOLD}") == (0 if more else 1)


def test_a_sweep_tells_of_the_files_of_all_its_points(file, tmp_path, capsys):
    """Those that cannot be read are told by their runs."""
    other = file.with_name("other.csv")
    other.write_text(file.read_text("utf-8"), "utf-8")
    paths = [str(file), str(other), str(tmp_path / "none.csv")]
    study = ids.Study(
        scenario=today(GraphFile(path=str(file))),
        seed=1,
        design=ids.Grid(parameters={"population.graph.path": paths}),
    )
    announce(study)
    printed = capsys.readouterr().out
    assert printed.count("Note: ") == 2
    assert f"Note: {TOLD}" in printed
    assert f"Note: {TOLD.replace('ties.csv', 'other.csv', 1)}" in printed


def test_each_file_is_told_once_also_beneath_a_recipe(file, tmp_path):
    plan, other = GraphFile(path=str(file)), file.with_name("clean.csv")
    other.write_text("0,1\n" + "".join(f"{u},{u + 1}\n" for u in range(1, 39)) + "39,0\n")
    clean = GraphFile(path=str(other), directed=False)
    platforms = [ids.Platform(name="a"), ids.Platform(name="b", graph=clean)]
    mixed = today(Rewired(graph=plan, seed=1)).but(platforms=platforms)
    assert imports_of([today(plan), mixed]) == (TOLD,)
    assert imports_of([TODAY]) == ()


def test_the_report_of_a_real_network(shared_data):
    path = str(shared_data / "graphs" / "email_eu_core.txt.gz")
    (told,) = imports_of([today(GraphFile(path=path))])
    assert "642 self-loops left out" in told
    assert "read as friendships" in told


@pytest.mark.parametrize("wrong", ["words", [1], {"a": "b"}])
def test_a_description_with_other_imports_is_refused(wrong, file, tmp_path):
    ids.compare({"today": TODAY}, replicates=1, seed=1, out=tmp_path / "out")
    where = tmp_path / "out" / "provenance.json"
    where.write_text(json.dumps({**json.loads(where.read_text("utf-8")), "imports": wrong}))
    with pytest.raises(ResultFileError, match="'imports' must be sentences"):
        ids.Comparison.load(tmp_path / "out")


def test_one_of_a_kind_is_no_plural(tmp_path, capsys):
    (tmp_path / "few.csv").write_text("0,1\n0,1\n")
    report = ids.read_graph(tmp_path / "few.csv").report
    assert report is not None
    assert "; 1 duplicate tie left out" in str(report)
    scenario = today(GraphFile(path=str(tmp_path / "few.csv")))
    announce(ids.Study(scenario=scenario, seed=1, replicates=1, design=ids.Listed(rows=[{"days": 1.0}])))
    assert "1 point x 1 plan x 1 replicate: 1 different run, at most " in capsys.readouterr().out
