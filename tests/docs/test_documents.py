"""What documents say is so: examples run, commands exist, named files are there."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import dev
from infodemic_sim.cli.app import app
from infodemic_sim.scenario import MECHANISMS
from infodemic_sim.scenario_file import read_scenario
from infodemic_sim.sensitivity import Sensitivity
from infodemic_sim.simulation import simulate
from infodemic_sim.sweeps.agenda import agenda_of
from infodemic_sim.sweeps.study_file import read_plan, read_study

PACKAGE = dev.ROOT / "src" / "infodemic_sim"
DOCUMENTS = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "changelog.d/*.md", "notebooks/*.md")
    for path in dev.ROOT.glob(pattern)
    if path.is_file() and "_build" not in path.parts
)


def read(name: str) -> str:
    return (dev.ROOT / name).read_text("utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


# --- README ---------------------------------------------------------------------------------------------


def test_python_examples_run(monkeypatch, tmp_path):
    """In order, in one namespace, as a reader would type them."""
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "readme"}
    examples = blocks(read("README.md"), "python")
    assert len(examples) >= 2
    for example in examples:
        exec(compile(example, "README.md", "exec"), names)
    assert {"misinformed", "staff_minutes"} <= set(names["effects"]["measure"])
    own = names["today"].but(interventions=[names["QuietHours"](uptake=0.3)], days=1.0)
    assert len(names["ids"].simulate(own, seed=1).table) > 0


def test_studies_can_be_run(tmp_path):
    """Their points are found, and their runs have addresses; so are those of a question about outcomes."""
    study, question = blocks(read("README.md"), "yml")
    (tmp_path / "study.yaml").write_text(study, "utf-8")
    assert len(agenda_of(read_study(tmp_path / "study.yaml")).runs()) == 40 * 10 * 3
    (tmp_path / "question.yaml").write_text(question, "utf-8")
    asked = read_plan(tmp_path / "question.yaml", Sensitivity, "a question")
    assert len(agenda_of(asked.study()).points) == asked.points == 16 * 3


def test_parts_of_scenarios_run(tmp_path):
    """Each piece of YAML, on a small network."""
    pieces = blocks(read("README.md"), "yaml")
    assert pieces
    for piece in pieces:
        path = tmp_path / "scenario.yaml"
        graph = "population: {graph: {type: erdos_renyi, people: 60, mean_degree: 6, seed: 1}}\n"
        path.write_text(graph + "days: 1\nwarm_up: 0\n" + piece, "utf-8")
        scenario = read_scenario(path).scenario
        assert {part for part in MECHANISMS if getattr(scenario, part) is not None} == set(
            re.findall(r"^(\w+):", piece, re.MULTILINE)
        )
        assert len(simulate(scenario, seed=1).table) > 0


def test_a_plain_function_is_an_intervention_too():
    assert "`def act(world): …`" in read("README.md")


GUIDES = [path for path in DOCUMENTS if path.name == "README.md" or path.parent.name in ("docs", "how_to")]


def shell_commands() -> list[list[str]]:
    """Those of the README, and of all pages that guide readers."""
    texts = (path.read_text("utf-8") for path in GUIDES)
    lines = [line for text in texts for block in blocks(text, "sh") for line in block.splitlines()]
    return list({line: words for line in lines if (words := shlex.split(line, comments=True))}.values())


def test_there_are_commands_to_look_at():
    assert len(shell_commands()) >= 8


OURS = [words[words.index("infodemic") + 1 :] for words in shell_commands() if "infodemic" in words]


def helped(*words: str) -> str:
    done = CliRunner().invoke(app, [*words, "--help"])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize("words", OURS, ids=" ".join)
def test_commands_and_options_exist(words):
    command: list[str] = []
    for word in words:
        listed = helped(*command).partition("Commands:")[2]
        if not re.search(rf"^  {re.escape(word)}\b", listed, re.MULTILINE):
            break
        command.append(word)
    assert command, f"{words[0]} is not a command"
    known = helped(*command)
    for option in (word for word in words if word.startswith("-")):
        assert re.search(rf"{re.escape(option)}\b", known), f"{' '.join(command)} has no {option}"


def test_options_in_running_text_exist():
    known = helped("compare") + "".join(name for path in OURS for name in path)
    for option in re.findall(r"`(--[a-z-]+)`", read("README.md")):
        assert option in known


@pytest.mark.parametrize("words", [w for w in shell_commands() if "dev.py" in w], ids=" ".join)
def test_verbs_exist(words):
    assert words[0] == "python"
    assert words[2] in dev.VERBS


@pytest.mark.parametrize("listed", sorted(set(re.findall(r"`infodemic list (\w+)`", read("README.md")))))
def test_what_is_listed(listed):
    done = CliRunner().invoke(app, ["list", listed])
    assert done.exit_code == 0
    assert len(done.output.splitlines()) > 5


def test_the_bundled_scenario_is_as_the_readme_says():
    from infodemic_sim.catalog import __file__ as catalog

    demo = (Path(catalog).parent / "demo.yaml").read_text("utf-8")
    assert "2,000 people" in read("README.md")
    assert re.search(r"people: 2_?000\b", demo)


# --- links ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(dev.ROOT).as_posix())
def test_links_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text("utf-8")):
        if not re.match(r"[a-z]+:|#|gallery/", target):  # its pictures are drawn, see test_gallery.py
            assert (path.parent / target.partition("#")[0]).exists(), target


def test_decisions_are_numbered_one_by_one():
    folder = dev.ROOT / "docs" / "decisions"
    records = sorted(folder.glob("*.md"))
    assert len(records) >= 5
    for number, record in enumerate(records, start=1):
        assert re.fullmatch(rf"{number:04d}-[a-z0-9]+(-[a-z0-9]+)*\.md", record.name), record.name
        first, rest = record.read_text("utf-8").split("\n", 1)
        assert first.startswith(f"# {number}. "), record.name
        assert rest.strip(), record.name
    assert [path.name for path in folder.iterdir()] == [path.name for path in folder.glob("*.md")]


def test_readers_are_led_to_the_decisions():
    assert "](docs/decisions)" in read("README.md")


# --- architecture ---------------------------------------------------------------------------------------


def code_words(text: str) -> list[str]:
    return re.findall(r"`([^`\n]+)`", text)


def named_files() -> list[str]:
    return [word for word in code_words(read("ARCHITECTURE.md")) if re.fullmatch(r"[\w./]+(\.\w+|/)", word)]


def looked_for() -> list[str]:
    return [word for word in named_files() if word.endswith(("/", ".py", ".md", ".yaml", ".toml"))]


@pytest.mark.parametrize("name", sorted(set(looked_for())))
def test_named_files_exist(name):
    """As a path in the package or the project, or as a file of a folder named in the same line."""
    if (PACKAGE / name).exists() or (dev.ROOT / name).exists():
        return
    lines = [line for line in read("ARCHITECTURE.md").splitlines() if f"`{name}`" in line]
    folders = [word for line in lines for word in code_words(line) if word.endswith("/")]
    assert any((PACKAGE / folder / name).exists() for folder in folders), name


def test_everything_in_the_package_is_named():
    """In the table of folders, by its first step: `levers.py`, `world/`, `mesa_model`."""
    rows = [line.split("|")[1] for line in read("ARCHITECTURE.md").splitlines() if line.startswith("| `")]
    named = {word.removesuffix("/").removesuffix(".py") for row in rows for word in code_words(row)}
    there = {
        path.stem
        for path in PACKAGE.iterdir()
        if (path.suffix == ".py" or (path / "__init__.py").exists()) and not path.name.startswith("__")
    }
    assert there - named == set(), "not named"
    assert named - there == set(), "named, but not there"


def test_names_handed_on_are_there():
    import infodemic_sim as ids

    for name in ids.__all__:
        assert getattr(ids, name) is not None, name


# --- imports --------------------------------------------------------------------------------------------

HEAVY = (
    "numba",
    "mesa",
    "matplotlib",
    "pandas",
    "pydantic",
    "networkx",
    "scipy",
    "igraph",
    "duckdb",
    "jinja2",
)


def loaded_by(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(*(name for name in {HEAVY} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_the_package_loads_nothing_heavy():
    assert loaded_by("import infodemic_sim") == set()


def test_writing_a_scenario_down_loads_only_what_checks_it():
    """Kernels are compiled, and tables made, when something runs."""
    statement = (
        "import infodemic_sim as ids; from infodemic_sim.graphs.registry import GRAPH_SOURCES; "
        "ids.Scenario(population=ids.Population(graph={'type': 'scale_free', 'people': 60, 'seed': 1, "
        "'mean_degree': 4.0}), interventions=[ids.PeerSupport(), ids.WarningLabel()])"
    )
    assert loaded_by(statement) == {"pydantic"}


def test_help_loads_nothing_heavy():
    assert loaded_by("import infodemic_sim.cli.app") == set()
