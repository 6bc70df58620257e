"""The gallery shows every figure, by the code that it prints."""

from __future__ import annotations

import inspect

import pytest
from PIL import Image

from docs import gallery
from infodemic_sim import plots

NO_FIGURES = {"new_figure", "save_figure", "styled", "svg_text"}


def test_every_public_figure_is_in_the_gallery():
    assert {example.__name__ for example in gallery.EXAMPLES} == set(plots.__all__) - NO_FIGURES


def test_an_example_calls_what_it_is_named_after():
    for example in gallery.EXAMPLES:
        assert f"plots.{example.__name__}(" in gallery.code(example)


def test_every_run_is_there_once_and_used():
    wanted = {
        name for made in (*gallery.EXAMPLES, *gallery.RUNS) for name in inspect.signature(made).parameters
    }
    assert wanted - {"folder", "pictures"} == {making.__name__ for making in gallery.RUNS}


def test_the_page_is_up_to_date():
    """Else: ``python -m docs.gallery docs/gallery``."""
    assert gallery.PAGE.read_text(encoding="utf-8") == gallery.page()


def test_the_page_shows_the_code_that_is_run():
    page = gallery.page()
    assert '```python\nplots.who_reaches_whom(film, by="community")\n```' in page
    assert "film = ids.film(town.but(interventions=[]), seed=1)" in page
    blocks = page.split("```python\n")[1:]
    for block in blocks:
        compile(block.partition("```")[0], "page", "exec")


@pytest.mark.slow
def test_the_gallery_is_drawn(pictures):
    drawn = sorted(pictures.iterdir())
    assert [path.name for path in drawn] == sorted(gallery.file_name(example) for example in gallery.EXAMPLES)
    for path in drawn:
        with Image.open(path) as image:
            assert min(image.size) >= 200
            colours = image.convert("RGB").resize((64, 64)).getcolors(64 * 64)
            assert len(colours) > 10
