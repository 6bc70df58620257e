"""The command line: what it prints, what it writes, and how it ends."""

import json
import os
import re
import subprocess
import sys
from importlib.metadata import version

import pytest

from infodemic_sim.cli import main
from infodemic_sim.cli.estimate import estimate, moments
from infodemic_sim.cli.listing import OTHERS
from infodemic_sim.graphs import ScaleFree
from infodemic_sim.interventions import AccuracyPrompt, ProviderCorrection
from infodemic_sim.platforms import Platform
from infodemic_sim.population import Population
from infodemic_sim.scenario import Scenario
from infodemic_sim.scenario_file import read_scenario, write_scenario
from infodemic_sim.scenario_file.kinds import BY_NAME
from infodemic_sim.simulation import simulate
from infodemic_sim.topics import Topic

HEAVY = ("duckdb", "infodemic_sim.scenario", "numba", "numpy", "pandas", "pydantic", "rich", "scipy")
TINY = Scenario(
    population=Population(graph=ScaleFree(people=60, mean_degree=6.0, seed=1), providers=0.1),
    interventions=[ProviderCorrection(), AccuracyPrompt()],
    days=2.0,
    warm_up=1.0,
)


@pytest.fixture
def tiny(tmp_path):
    return write_scenario(TINY, tmp_path / "tiny.yaml")


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False)


def test_help_imports_next_to_nothing():
    code = (
        "import sys\nfrom infodemic_sim.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit as end:\n    code = end.code\n"
        f"print(code, *(name for name in {HEAVY} if name in sys.modules))"
    )
    assert python("-c", code).stdout.split("\n")[-2] == "0"


def test_the_module_is_the_command(run):
    done = python("-m", "infodemic_sim", "--version")
    assert (done.returncode, done.stdout.strip()) == (0, version("infodemic-sim"))
    assert run("--version")[:2] == (0, done.stdout)


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["compare"],
        ["new"],
        ["check"],
        ["schema"],
        ["list"],
        ["reproduce"],
        ["graph"],
        ["graph", "describe"],
    ],
)
def test_every_command_has_help(run, command):
    code, out, _ = run(*command, "--help")
    assert code == 0
    assert "Usage: infodemic" in out


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["check"], ["compare", "demo"], ["compare", "demo", "--out"]]
)
def test_wrong_use_ends_with_2(run, arguments):
    code, _, err = run(*arguments)
    assert code == 2
    assert "Error: " in err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["check", "nowhere.yaml"], "nowhere.yaml: there is no such file."),
        (["list", "intervention"], "'intervention' cannot be listed. Did you mean 'interventions'?"),
        (["graph", "describe", "nowhere.txt"], "nowhere.txt: "),
        (["graph", "fetch", "facebook"], "There is no public network 'facebook'."),
        (["compare", "x.yaml", "--out", "out"], "compare: --seed is required"),
        (["compare", "x.yaml", "--out", "out", "--seed", "1"], "x.yaml: there is no such file."),
        (
            ["compare", "demo", "--out", "out", "--record", "weekly"],
            "Scenario.record should be 'hourly', 'daily'",
        ),
        (["compare", "demo", "--out", "out", "--replicates", "0"], "replicates must be a whole number"),
        (["compare", "demo", "--out", "out", "--seed", "-1"], "seed must be a whole number"),
        (
            ["compare", "demo", "--out", "out", "--fork-at", "90"],
            "fork_at (d) must be a day of the run, from 0",
        ),
        (["compare", "demo", "--out", "out", "--until", "0"], "until must be a half width above 0"),
        (
            ["compare", "demo", "--out", "out", "--draws", "nowhere.csv"],
            "nowhere.csv: the file cannot be read",
        ),
        (["compare", "demo", "--out", "out", "--observed", "seen.csv"], "seen.csv: the file cannot be read"),
        (["compare", "demo", "--out", "out", "--observed-plan", "x"], "observed_plan says which plan"),
    ],
)
def test_a_mistake_is_one_sentence_on_stderr_and_ends_with_2(run, arguments, sentence, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith(f"infodemic: {sentence}")
    assert err.count("\n") == 1


def test_an_interruption_ends_with_130(run, monkeypatch):
    def interrupted(name: str, as_json: bool) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("infodemic_sim.cli.scenarios.check", interrupted)
    assert run("check", "demo")[0] == 130


def test_what_is_unforeseen_is_not_hidden(monkeypatch):
    monkeypatch.setattr("infodemic_sim.cli.scenarios.check", len)  # of no plug-in, as code of tests may be
    with pytest.raises(TypeError):
        main(["check", "demo"])


def test_new_passes_check_and_is_never_overwritten(run, tmp_path):
    path = tmp_path / "mine.yaml"
    assert run("new", path)[0] == 0
    assert "# Posts read in one visit. [posts; ≥ 1 and ≤ 1,000; ASSUMED]" in path.read_text("utf-8")
    assert "infodemic compare FILE --draws declared" in path.read_text("utf-8")
    assert {part.key for part in read_scenario(path).scenario.interventions} >= {
        "accuracy_prompt",
        "inoculation",
    }
    code, out, _ = run("check", path)
    assert code == 0
    assert ": all well, " in out
    path.write_text("mine")
    assert run("new", path)[0] == 2
    assert path.read_text() == "mine"
    assert run("new", path, "--overwrite")[0] == 0


def test_check_tells_every_mistake(run, tmp_path):
    (tmp_path / "s.yaml").write_text("dais: 1\ntopics: 3\n")
    code, _, err = run("check", tmp_path / "s.yaml")
    assert code == 2
    assert err.count(f"{tmp_path / 's.yaml'}:") == 4


@pytest.mark.parametrize("record", ["hourly", "daily", "end"])
@pytest.mark.parametrize("cascades", ["none", "sizes", "trees"])
def test_rows_are_exact(record, cascades):
    topics = [Topic(name="a"), Topic(name="b")]
    made = TINY.but(
        record=record, cascades=cascades, topics=topics, platforms=[Platform(), Platform(name="x")]
    )
    found = estimate(made)
    assert found.rows == len(simulate(made, seed=3).table)
    assert (found.people, found.steps) == (60, 72)


def test_moments():
    assert [moments(48, 24), moments(48, 30), moments(48, 96), moments(1, 1)] == [3, 3, 2, 2]


def test_check_as_json(run, tiny):
    said = json.loads(run("check", tiny, "--json")[1])
    assert said["digest"] == TINY.digest()
    assert said["plans"] == ["today", "provider correction", "accuracy prompt", "all together"]


def test_schema_is_json(run):
    assert json.loads(run("schema")[1])["title"] == "Scenario of infodemic-sim"


@pytest.mark.parametrize(
    ("what", "key"),
    [
        *((what, "type") for what in BY_NAME),
        ("platforms", "preset"),
        ("measures", "name"),
        ("parameters", "parameter"),
        ("sources", "key"),
    ],
)
def test_lists(run, what, key):
    rows = json.loads(run("list", what, "--json")[1])
    assert rows
    assert all(row[key] for row in rows)
    lines = run("list", what)[1].splitlines()
    assert lines[0].split("\t") == list(rows[0])
    assert len(lines) == len(rows) + 1


def test_help_names_every_list(run):
    said = " ".join(run("list", "--help")[1].replace("│", " ").split())
    assert [what for what in (*BY_NAME, *OTHERS) if f"{what}," not in said and f"{what}." not in said] == []


@pytest.mark.parametrize(("columns", "table"), [("80", False), ("250", True)])
def test_a_narrow_terminal_has_a_block_for_each_intervention(run, monkeypatch, columns, table):
    """Eight columns in 80 letters would break most words; every word is whole, and no line too long."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", columns)
    status, out, _ = run("list", "interventions")
    assert status == 0
    out = re.sub(r"\x1b\[\d*m", "", out)
    assert ("┃" in out) == table
    assert max(map(len, out.splitlines())) <= int(columns)
    assert {"provider_correction", "conversation"} <= set(re.findall(r"\w+", out))


def test_lists_are_tables_on_a_terminal(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    out = run("list", "rankings")[1]
    assert "chronological" in out
    assert "┃" in out


def test_graph_describe(run, tmp_path):
    (tmp_path / "net.csv").write_text("a,b\nb,c\nc,a\n")
    assert json.loads(run("graph", "describe", tmp_path / "net.csv", "--json")[1])["people"] == 3
    assert "directed" in run("graph", "describe", tmp_path / "net.csv", "--directed")[1]


def test_compare_writes_and_tells(run, tiny, tmp_path):
    out = tmp_path / "out"
    arguments = [
        "compare",
        tiny,
        "--replicates",
        2,
        "--seed",
        1,
        "--workers",
        1,
        "--out",
        out,
        "--record",
        "end",
    ]
    code, printed, _ = run(*arguments)
    assert code == 0
    assert printed.startswith("Misinformed people on the last day, against today (2 of 2 replicates)")
    assert "provider correction: " in printed
    assert "better in " in printed
    written = {path.name for path in out.iterdir()}
    assert {"report.html", "effects.csv", "provenance.json"} <= written
    assert all(str(out / name) in printed for name in written)
    code, printed, err = run(*arguments)
    assert (code, printed) == (2, "")
    assert "holds results already" in err
    code, printed, err = run(*arguments, "--overwrite", "--quiet", "--csv")
    assert (code, printed, err) == (0, "", "")
    assert (out / "runs.csv").exists()


def test_compare_stops_draws_and_looks_at_what_was_observed(run, tiny, tmp_path):
    (tmp_path / "seen.csv").write_text("day,measure,value\n2,misinformed,0.1\n")
    out = tmp_path / "out"
    options = ["--replicates", 2, "--seed", 1, "--workers", 1, "--out", out, "--record", "end"]
    more = ["--until", 5, "--draws", "declared", "--observed", tmp_path / "seen.csv"]
    code, printed, err = run("compare", tiny, *options, *more, "--observed-plan", "all together")
    assert code == 0, err
    assert "Note: Reached with all 2 replicates: 95 % intervals of ± 500 percentage points" in printed
    said = json.loads((out / "provenance.json").read_text())
    assert (said["until"], said["draws"]) == (5.0, {"from": "declared"})
    assert (out / "observed.csv").read_text().splitlines()[1].startswith("all together,2.0,misinformed,all")


def test_compare_forks(run, tiny, tmp_path):
    arguments = ["compare", tiny, "--replicates", 2, "--seed", 1, "--workers", 1, "--out", tmp_path / "out"]
    code, out, _ = run(*arguments, "--fork-at", 0.5)
    assert code == 0
    assert "Note: Until day 0.5 all plans are one, with the past of “today”" in out
    told = json.loads((tmp_path / "out" / "provenance.json").read_text("utf-8"))
    assert told["fork"] == {"day": 0.5, "past": "today"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("9,misinformed,all", "misinformed has no value on day 9; days 0 to 2 are recorded, 2 of them"),
        ("2,misinformd,all", "'misinformd' is not a measure"),
        ("2,infected,all", "'infected'"),
        ("2,misinformed,flu", "'flu'"),
    ],
)
def test_what_runs_will_not_hold_is_refused_before_any(run, tiny, tmp_path, row, said):
    (tmp_path / "seen.csv").write_text(f"day,measure,topic,value\n{row},0.1\n")
    options = ["--replicates", 1, "--seed", 1, "--workers", 1, "--out", tmp_path / "out", "--record", "end"]
    code, _, err = run("compare", tiny, *options, "--observed", tmp_path / "seen.csv")
    assert code == 2
    assert err.startswith("infodemic: seen.csv, line 2: ")
    assert said in err
    assert not (tmp_path / "out").exists()


def test_runs_are_kept_where_a_measure_has_no_value_that_day(run, tiny, tmp_path):
    (tmp_path / "seen.csv").write_text("day,measure,value\n0,false_share,0.1\n")
    out = tmp_path / "out"
    options = ["--replicates", 1, "--seed", 1, "--workers", 1, "--out", out, "--record", "end"]
    code, _, err = run("compare", tiny, *options, "--observed", tmp_path / "seen.csv", "--quiet")
    assert code == 2
    assert "seen.csv, line 2: false_share has no value on day 0" in err
    assert (out / "runs.parquet").exists()


def test_a_file_without_plans_is_told_in_one_sentence(run, tiny):
    tiny.write_text(tiny.read_text("utf-8") + "plans: {}\n", "utf-8")
    code, said, told = run("check", tiny)
    assert (code, said) == (2, "")
    assert told.count("\n") == 1
    assert told.endswith(":8: plans must hold at least one plan, the baseline.\n")


def test_only_what_was_written_is_said_to_be(run, tiny, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").touch()
    code, told, _ = run(
        "compare", tiny, "--replicates", 2, "--seed", 1, "--workers", 1, "--out", tmp_path / "out"
    )
    assert code == 0
    assert "report.html" in told
    assert "mine.txt" not in told


def test_a_report_takes_the_place_of_no_table(run, tiny, tmp_path):
    out = tmp_path / "out"
    run("compare", tiny, "--replicates", 2, "--seed", 1, "--workers", 1, "--out", out, "--quiet")
    before = (out / "runs.parquet").read_bytes()
    code, _, told = run("report", out, "--out", out / "runs.parquet", "--overwrite")
    assert (code, told) == (
        2,
        "infodemic: report: runs.parquet is a table of results: give a page another name.\n",
    )
    assert (out / "runs.parquet").read_bytes() == before


def test_each_list_is_named_once(run):
    _, _, told = run("list", "nosuch")
    names = told.rpartition("Known: ")[2].rstrip(".\n").split(", ")
    assert len(names) == len(set(names)) > 5


def test_letters_that_a_terminal_cannot_write_end_nothing(tmp_path):
    path = write_scenario(TINY, tmp_path / "tiny.yaml")
    path.write_text(path.read_text("utf-8") + 'plans: {"hôpital 健康": []}\n', "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "infodemic_sim", "check", str(path)],
        env={**os.environ, "PYTHONIOENCODING": "ascii"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert r"h\xf4pital \u5065\u5eb7" in done.stdout


@pytest.mark.parametrize(("name", "needed"), [("seed", True), ("people", True), ("warm_up", False)])
def test_a_new_scenario_says_what_must_be_given(run, tmp_path, name, needed):
    """And nothing that may as well be left out is said to be."""
    run("new", tmp_path / "new.yaml")
    lines = (tmp_path / "new.yaml").read_text("utf-8").split("\n")
    place = next(k for k, line in enumerate(lines) if line.strip().startswith(f"{name}:"))
    note = next(k for k in range(place, 0, -1) if not lines[k - 1].strip().startswith("#"))
    assert ("[must be given" in " ".join(lines[note:place])) == needed
    (tmp_path / "left.yaml").write_text("\n".join(lines[:note] + lines[place + 1 :]), "utf-8")
    code, _, told = run("check", tmp_path / "left.yaml")
    assert (code == 2) == needed, told


def test_a_folder_that_is_not_there_is_told_in_the_systems_words(run, tmp_path):
    code, _, told = run("report", tmp_path / "nowhere")
    assert code == 2
    assert told.endswith("the folder holds no results that can be read (No such file or directory).\n")
