"""The site is made without a warning, holds what it should, and loads nothing from anywhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

import infodemic_sim as ids
from docs.build import build
from docs.numpydoc_lines import two_lines
from infodemic_sim.catalog.manual import PAGES
from infodemic_sim.codebook import CODEBOOK
from infodemic_sim.plugins import type_name
from infodemic_sim.scenario_file.kinds import BY_NAME, all_parts
from infodemic_sim.sources import sources
from notebooks.convert import SOURCES

LOADED = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src", "embed": "src"}
AWAY = re.compile(r"(https?:)?//", re.IGNORECASE)


class Loads(HTMLParser):
    """What a page loads by itself: scripts, styles, fonts, pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in LOADED and given.get(LOADED[tag]) and given.get("rel") not in ("canonical", "license"):
            self.found.append(str(given[LOADED[tag]]))
        self.found += re.findall(r"url\(([^)]*)\)", given.get("style") or "")


def loads(text: str) -> list[str]:
    parser = Loads()
    parser.feed(text)
    return parser.found


def test_what_a_page_loads_is_seen():
    page = '<script src="https://a.b/c.js"></script><link rel="stylesheet" href="//a.b/c.css"><a href="https://d">'
    assert [address for address in loads(page) if AWAY.match(address)] == ["https://a.b/c.js", "//a.b/c.css"]


@pytest.mark.slow
def test_nothing_is_loaded_from_elsewhere(site):
    pages = list(site.rglob("*.html"))
    assert len(pages) > 50
    for page in pages:
        for address in loads(page.read_text("utf-8")):
            assert not AWAY.match(address), f"{page.relative_to(site)} loads {address}"
    for style in site.rglob("*.css"):
        for address in re.findall(
            r"url\(\s*['\"]?([^)'\"]*)|@import\s+['\"]([^'\"]*)", style.read_text("utf-8")
        ):
            assert not AWAY.match("".join(address)), f"{style.name} loads {''.join(address)}"


@pytest.mark.slow
def test_every_public_name_has_an_entry(site):
    entries = "".join(page.read_text("utf-8") for page in site.glob("docs/generated/api/*.html"))
    shown = set(re.findall(r'id="infodemic_sim\.(?:\w+\.)*(\w+)"', entries))
    modules = {"calibration", "graphs", "plots", "report", "study", "testing", "theory"}
    assert set(ids.__all__) - modules - shown == set()
    assert set(ids.plots.__all__) - shown == set()
    assert set(ids.theory.__all__) - shown == set()


@pytest.mark.slow
def test_notebooks_are_there_with_folded_answers(site):
    for source in SOURCES:
        page = (site / "notebooks" / f"{source.stem}.html").read_text("utf-8")
        assert page.count("<details") >= 3


@pytest.mark.slow
def test_a_notebook_that_was_run_shows_its_figures(site):
    page = (site / "notebooks" / f"{SOURCES[0].stem}.html").read_text("utf-8")
    assert re.search(r'<img[^>]* src="\.\./_images/\w+\.png"', page)


# --- the manual -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_sources_that_pages_link_to_are_listed(name):
    anchors = {key.lower() for key in sources()}
    text = PAGES[name]()
    assert text.startswith("# ")
    assert set(re.findall(r"\]\(sources\.md#(\w+)\)", text)) <= anchors
    listed = re.findall(r"^## (\w+)$", PAGES["sources"](), re.MULTILINE)
    assert listed == sorted(sources())


def test_every_rule_part_and_measure_is_in_the_manual():
    rules = {type_name(part) for part in BY_NAME["rules"].built_in}
    assert rules == set(re.findall(r"^## `(\w+)`$", PAGES["rules"](), re.MULTILINE))
    parts = {type_name(part) for part in all_parts()} - rules
    assert parts <= set(re.findall(r"^### `(\w+)`$", PAGES["parts"](), re.MULTILINE))
    measures = set(re.findall(r"^\| `(\w+)` \|", PAGES["measures"](), re.MULTILINE))
    assert measures == {measure.name for measure in CODEBOOK}


def test_tables_have_equal_rows():
    """A sign within a cell does not end it."""
    for name, page in PAGES.items():
        for block in re.findall(r"(?:^\|.*\n)+", page(), re.MULTILINE):
            widths = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}
            assert len(widths) == 1, (name, block[:200])


def test_parameters_and_their_meanings_are_told_apart():
    """As numpydoc wants them; other lines stay."""
    lines = [
        "One : two.",
        "",
        "Parameters",
        "----------",
        "a, b : what",
        "    it is.",
        "",
        "Raises",
        "------",
        "E : no",
    ]
    assert two_lines(lines) == [*lines[:4], "a, b", "    what", *lines[5:]]


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(SystemExit, match="holds something else than a site"):
        build(tmp_path)
    assert (tmp_path / "letter.txt").read_text() == "dear"
