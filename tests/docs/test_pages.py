"""Pages of the site: their Python runs as a reader would type it, and their files are read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import dev
import infodemic_sim as ids
from docs.gallery import PAGE as GALLERY
from docs.gather import CHAPTERS
from infodemic_sim.decisions.decision_file import read_decision
from infodemic_sim.sweeps.agenda import agenda_of
from infodemic_sim.sweeps.study_file import read_plan
from tests.docs.test_documents import blocks

FOLDERS = (dev.ROOT / "docs", dev.ROOT / "docs" / "how_to")
PAGES = sorted(path for folder in FOLDERS for path in folder.glob("*.md") if path != GALLERY)
"""The gallery draws its own code."""
GUIDES = [path for path in PAGES if blocks(path.read_text("utf-8"), "python")]


def test_there_are_pages_with_python():
    assert {
        "start",
        "import_a_network",
        "write_an_intervention",
        "sweep_on_a_cluster",
        "read_the_report",
    } <= {path.stem for path in GUIDES}


def told(rows) -> list[bool]:
    """Whether each interval leaves out zero."""
    return [bool(low * high > 0) for low, high in zip(rows.low, rows.high, strict=True)]


def an_effect(names):
    effects = names["comparison"].effects()
    assert told(effects[effects.outcome == "primary"]) == [True]


def an_effect_where_there_are_many_professionals(names):
    effects = names["results"].effects("misinformed")
    assert told(effects.sort_values("population.providers")) == [False, True]


def corrections_advised_and_both_perhaps_too_dear(names):
    tried = names["advice"].portfolios.set_index("plan")
    assert names["advice"].recommended == "provider correction"
    assert tried.misinformed_high["provider correction"] < 0
    assert tried.budget.drop("provider correction + inoculation").eq("within").all()
    assert tried.budget["provider correction + inoculation"] == "unclear"


def uptake_first_and_nothing_turned(names):
    ranking = names["ranking"].set_index("parameter")
    assert ranking.index[0] == "interventions.provider_correction.uptake"
    assert (ranking[["at_low", "at_high"]] < 0).all(axis=None)


SHOWN = {
    "start": an_effect,
    "read_the_report": an_effect,
    "what_if_page": an_effect,
    "sweep_on_a_cluster": an_effect_where_there_are_many_professionals,
    "choose_within_a_budget": corrections_advised_and_both_perhaps_too_dear,
    "find_what_matters": uptake_first_and_nothing_turned,
}
"""What comes out on a page, as its words say: a first example that shows nothing teaches nothing."""


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_python_runs(path, tmp_path, monkeypatch):
    """In order, in one namespace, in an empty folder; scenarios in YAML are read beside what it wrote."""
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "page"}
    text = path.read_text("utf-8")
    for block in blocks(text, "python"):
        exec(compile(block, path.name, "exec"), names)
    SHOWN.get(path.stem, lambda names: None)(names)
    for block in blocks(text, "yaml"):
        Path("scenario.yaml").write_text(block, "utf-8")
        assert ids.simulate(ids.read_scenario("scenario.yaml").scenario.but(days=1.0), seed=1).table.size > 0


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_studies_and_other_questions_are_read(path, tmp_path):
    for block in blocks(path.read_text("utf-8"), "yml"):
        (file := tmp_path / "asked.yaml").write_text(block, "utf-8")
        if "budget:" in block:
            decision = read_decision(file)
            assert decision.portfolio.number(decision.scenario) > 1
        elif "\nparameters:" in block:
            assert read_plan(file, ids.Sensitivity, "a question").points > 1
        else:
            assert agenda_of(ids.read_study(file)).runs()


def test_the_question_of_a_calibration_is_read(tmp_path):
    (block,) = blocks((dev.ROOT / "docs" / "calibration.md").read_text("utf-8"), "yaml")
    (tmp_path / "mine.yaml").write_text(block, "utf-8")
    (tmp_path / "seen.csv").write_text("measure,day,value,error\nmisinformed,10,0.1,0.01\n", "utf-8")
    question = ids.read_calibration(tmp_path / "mine.yaml")
    assert set(question.priors()) == set(re.findall(r"^  (\w+\.\w+):", block, re.MULTILINE))


def test_targets_that_were_missed_are_discussed():
    page = " ".join((dev.ROOT / "docs" / "validation.md").read_text("utf-8").split())
    rows = (dev.ROOT / "docs" / "validation_table.md").read_text("utf-8").splitlines()
    judged = [row.split(" | ") for row in rows if re.match(r"\| [A-G]\d", row)]
    assert len(judged) > 100
    for _, setting, *_, verdict in judged:
        assert verdict == "held |" or setting.partition(",")[0] in page


def test_numbers_of_the_coupled_model_are_those_of_the_table():
    page = " ".join((dev.ROOT / "docs" / "model.md").read_text("utf-8").split())
    table = (dev.ROOT / "docs" / "validation_table.md").read_text("utf-8")
    extra, fewer = re.search(r"Of (\d+ ± \d+) extra cases 40 % then takes (\d+ ± \d+) away", page).groups()
    assert f"| F1 | half of the advice harmful: extra cases | holds | {extra} |" in table
    assert f"| F1 | 40 %: fewer cases | holds | {fewer} fewer, of {extra.split()[0]} extra |" in table


def test_every_page_has_a_place_on_the_site():
    for path in PAGES:
        place = path.relative_to(dev.ROOT).with_suffix("")
        assert place.as_posix() in CHAPTERS or any(
            place.match(pattern) for patterns in CHAPTERS.values() for pattern in patterns
        ), place
