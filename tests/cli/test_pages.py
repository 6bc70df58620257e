"""``infodemic report``: one page from whatever a folder holds."""

from __future__ import annotations

import sys

import pytest

import infodemic_sim as ids
from infodemic_sim.report import write_comparison
from tests.study.tiny import plans
from tests.sweeps.tiny import study


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
