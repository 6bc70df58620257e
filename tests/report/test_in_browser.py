"""Reports in a real browser: whole on paper and on any screen, and nothing is asked of the network."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

import infodemic_sim as ids
from infodemic_sim.report import report_html, write_report
from infodemic_sim.report.study_page import write_study_report
from tests.report.test_study_page import HEADINGS
from tests.study.tiny import plans
from tests.sweeps.tiny import study

COMPARISON = [
    "What do 2 other plans change in misinformed people within 3 days, compared with “today”?",
    "Effect on misinformed people",
    "Over time",
    "Where it happens",
    "Cost and side effects",
    "What was done",
    "What social media does in health care",
    "Effect by subgroup",
    "Other outcomes exploratory",
    "Limits",
    "Parameters and sources",
    "Run it again",
]
STUDY = ["What do 2 plans change in misinformed people, compared with “today”, and where?", *HEADINGS]


@pytest.fixture(scope="module")
def comparison():
    return ids.compare(plans(), replicates=2, seed=1)


@pytest.fixture(scope="module")
def pages(comparison, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    return {
        "comparison": (write_report(comparison, folder / "report.html"), COMPARISON),
        "study": (write_study_report(ids.sweep(study(), folder / "study"), folder / "study.html"), STUDY),
    }


@pytest.mark.parametrize("kind", ["comparison", "study"])
def test_a_report_has_its_parts_in_order(page, pages, kind):
    file, parts = pages[kind]
    page.goto(file.as_uri())
    said = [" ".join(text.split()) for text in page.locator("h1, h2").all_text_contents()]
    assert said == parts


@pytest.mark.parametrize("width", [390, 800, 1360])
@pytest.mark.parametrize("kind", ["comparison", "study"])
def test_it_fits_any_screen_and_its_figures_are_seen(page, pages, kind, width):
    """Nothing sticks out to the side, also with everything folded open, and no figure is empty."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(pages[kind][0].as_uri())
    for summary in page.locator("summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for figure in page.locator("figure svg").all():
        picture = np.asarray(Image.open(io.BytesIO(figure.screenshot())).convert("L"))
        assert np.mean(picture < 200) > 0.002


def test_of_many_plans_no_column_is_cut_off_on_paper(page, tmp_path):
    """A4 between its margins has 688 pixels."""
    names = ["today", "a" * 120, *(f"prompt of strength {k}" for k in range(13))]
    made = ids.compare(dict.fromkeys(names, plans()["today"]), replicates=2, seed=1)
    page.set_viewport_size({"width": 688, "height": 900})
    page.emulate_media(media="print")
    page.goto(write_report(made, tmp_path / "report.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 688
    heads = page.locator("table.themes thead th").all_text_contents()
    assert [head for head in heads if head not in ("Theme", "Measure")] == names[1:]


def test_on_paper_everything_is_there(page, pages):
    """What can be folded away on a screen is printed."""
    page.goto(pages["comparison"][0].as_uri())
    details = page.locator("details:has(.scroll)").last
    heights = []
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        heights.append(details.bounding_box()["height"])  # what is hidden in it may keep a box of its own
    assert heights[0] < 100
    assert heights[1] > 1000


def test_the_network_is_left_out_where_it_cannot_be_run_again(comparison):
    from dataclasses import replace

    assert "Where it happens" in report_html(comparison)
    for lost in (replace(comparison, plans={}), replace(comparison, draws={"from": "declared"})):
        assert "Where it happens" not in report_html(lost)
