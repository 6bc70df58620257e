"""``infodemic report``: one page from whatever a folder holds."""

from __future__ import annotations

import sys

import pytest

import infodemic_sim as ids
from infodemic_sim.report import write_comparison
from tests.study.tiny import plans
from tests.sweeps.tiny import TODAY, study


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    base = tmp_path_factory.mktemp("pages")
    write_comparison(ids.compare(plans(), replicates=2, seed=1), base / "comparison")
    ids.sweep(study(), base / "study")
    return base


@pytest.mark.parametrize("kind", ["comparison", "study"])
@pytest.mark.parametrize(
    ("options", "begins"),
    [
        ((), b"<!doctype html>"),
        (("--explorer",), b"<!doctype html>"),
        (("--explorer", "--no-pictures"), b"<!doctype"),
        (("--pdf",), b"%PDF-"),
    ],
)
def test_a_page_is_written(run, folders, tmp_path, kind, options, begins):
    file = tmp_path / "new" / "page"
    code, out, err = run("report", folders / kind, "--out", file, *options)
    assert (code, out, err) == (0, f"Written: {file}\n", "")
    assert file.read_bytes().startswith(begins)


def test_nothing_is_overwritten_without_being_asked(run, folders):
    code, _, err = run("report", folders / "comparison")
    assert code == 2
    assert "give --overwrite" in err
    assert run("report", folders / "comparison", "--overwrite")[0] == 0


def test_equal_results_give_equal_pages(run, folders, tmp_path):
    for kind in ("comparison", "study"):
        for options in ((), ("--explorer",)):
            pages = [tmp_path / f"{kind}{len(options)}{k}" for k in range(2)]
            for page in pages:
                run("report", folders / kind, "--out", page, *options)
            assert pages[0].read_bytes() == pages[1].read_bytes()


@pytest.mark.parametrize("folder", ["", "nowhere"])
def test_a_folder_without_results_is_refused_in_one_sentence(run, tmp_path, folder):
    code, _, err = run("report", tmp_path / folder)
    assert code == 2
    assert err.count("\n") == 1


def test_a_page_with_sliders_is_no_pdf(run, folders):
    code, _, err = run("report", folders / "study", "--pdf", "--explorer")
    assert code == 2
    assert "--explorer or --pdf" in err


def test_without_the_extra_the_remedy_is_told(run, folders, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    code, _, err = run("report", folders / "study", "--pdf", "--out", tmp_path / "a.pdf")
    assert code == 2
    assert "infodemic-sim[pdf]" in err
    assert list(tmp_path.iterdir()) == []


SENSITIVITY = """\
scenario: scenario.yaml
plans: {today: [], label: [warning_label]}
seed: 1
replicates: 1
number: 4
parameters:
  topics.vaccines.accurate_share: {low: 0.3, high: 0.9}
  population.providers: {low: 0.02, high: 0.2}
"""


def test_another_question_has_the_page_that_its_command_wrote(run, tmp_path):
    ids.write_scenario(TODAY, tmp_path / "scenario.yaml")
    (tmp_path / "q.yaml").write_text(SENSITIVITY)
    words = ("sensitivity", tmp_path / "q.yaml", "--out", tmp_path / "asked", "--workers", "1")
    assert run(*words)[0] == 0
    page = (tmp_path / "asked" / "report.html").read_text("utf-8")
    assert run("report", tmp_path / "asked", "--out", tmp_path / "copy.html")[0] == 0
    assert (tmp_path / "copy.html").read_text("utf-8") == page
    assert run("report", tmp_path / "asked", "--pdf")[0] == 0
    assert (tmp_path / "asked" / "report.pdf").read_bytes().startswith(b"%PDF-")
    (tmp_path / "asked" / "report.html").unlink()
    code, _, err = run("report", tmp_path / "asked")
    assert code == 2
    assert "run `infodemic sensitivity` with this folder again" in err
    assert run(*words)[0] == 0
    assert (tmp_path / "asked" / "report.html").read_text("utf-8") == page
