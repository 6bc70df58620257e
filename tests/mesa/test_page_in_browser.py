"""The page of a Mesa model: what a visitor sees is the run of its seed, step by step."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from contextlib import suppress
from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from infodemic_sim import simulate
from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs.layout import layout
from infodemic_sim.mesa_model import InfodemicModel
from infodemic_sim.mesa_model import page as page_of
from infodemic_sim.mesa_model.page import view
from infodemic_sim.study.shown import number
from tests.study.tiny import TODAY

APP = """
from infodemic_sim.mesa_model import page
from tests.study.tiny import TODAY

page = page(TODAY, seed=2)
"""
QUIET = {"SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False"}


MESA_APP = """
from mesa.visualization import Slider, SolaraViz, make_plot_component

from infodemic_sim.mesa_model import InfodemicModel
from tests.study.tiny import TODAY


class Town(InfodemicModel):
    def __init__(self, rng=2, days=3.0):
        super().__init__(TODAY, rng=rng, days=days)


page = SolaraViz(
    Town(),
    components=[make_plot_component("misinformed")],
    model_params={"rng": 2, "days": Slider("days", 3.0, 1.0, 10.0, 1.0)},
)
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Of a Solara server that shows the page."""
    yield from served(tmp_path_factory.mktemp("solara"), APP)


@pytest.fixture
def mesa_address(tmp_path):
    """Of one that shows Mesa's own page of a model."""
    yield from served(tmp_path, MESA_APP)


def served(folder, app):
    (folder / "app.py").write_text(app, encoding="utf-8")
    command = [sys.executable, "-m", "solara", "run", "app.py", "--host", "127.0.0.1", "--port", "0"]
    paths = os.pathsep.join([*filter(None, sys.path), os.getcwd()])
    with (folder / "log").open("w+", encoding="utf-8") as log:
        server = subprocess.Popen(
            [*command, "--production", "--no-open"],
            **{
                "cwd": folder,
                "stdout": log,
                "stderr": log,
                "env": {**os.environ, **QUIET, "PYTHONPATH": paths},
            },
        )
        yield said(folder / "log", server)
        server.terminate()
        server.wait()


def said(log, server) -> str:
    """The address that the server tells, once it answers there."""
    while server.poll() is None:
        if (found := re.search(r"http://127\.0\.0\.1:(\d+)", log.read_text("utf-8"))) and answers(found[1]):
            return found[0]
        time.sleep(0.1)
    raise AssertionError(log.read_text("utf-8"))


def answers(port: str) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", int(port)), timeout=60.0):
        return True
    return False


@pytest.fixture
def opened(page, address):
    """The page, once it can be used."""
    page.goto(address)
    page.get_by_role("button", name="Step").wait_for()
    return page


def expected(day: float) -> str:
    """What the page must say of a day."""
    table = simulate(TODAY, seed=2).table
    rows = table[(table["measure"] == "misinformed") & (table["subgroup"] == "all") & (table["day"] == day)]
    last = ", the last one" if day == TODAY.days else ""
    return f"Day {day:g}{last}. Misinformed people: {number(100.0 * rows['value'].iloc[0])} %"


def pictures(opened) -> list[str]:
    return [image.get_attribute("src") for image in opened.locator("img").all()]


def await_other_pictures(opened, before: list[str]) -> None:
    """The page's parts reach the browser one after another: the words may stand before the pictures do."""
    opened.wait_for_function(
        "before => {"
        "  const now = [...document.images].map(image => image.getAttribute('src'));"
        "  return now.length === before.length && now.every((source, at) => source !== before[at]);"
        "}",
        arg=before,
    )


def test_a_visitor_steps_plays_and_begins_again(opened):
    """Day by day, to the end, and the same again."""
    step, play = (opened.get_by_role("button", name=name) for name in ("Step", "Play"))
    opened.get_by_text(expected(0)).wait_for()
    opened.locator("img").nth(1).wait_for()
    before = pictures(opened)
    assert len(before) == 2
    step.click()
    opened.get_by_text(expected(1)).wait_for()
    await_other_pictures(opened, before)
    play.click()
    opened.get_by_text(expected(3)).wait_for()
    expect(step).to_be_disabled()
    expect(play).to_be_disabled()
    opened.get_by_role("button", name="Reset").click()
    opened.get_by_text(expected(0)).wait_for()
    step.click()
    opened.get_by_text(expected(1)).wait_for()


def test_visitors_do_not_share_a_model(opened, address):
    opened.get_by_role("button", name="Step").click()
    opened.get_by_text(expected(1)).wait_for()
    other = opened.context.new_page()
    other.goto(address)
    other.get_by_text(expected(0)).wait_for()


def test_mesas_own_page_steps_the_model(mesa_address, page):
    """SolaraViz takes a model whose parameters have names."""
    page.goto(mesa_address)
    step = page.get_by_role("button", name="Step", exact=True)
    page.get_by_text("Step: 0").wait_for()
    for number_of_step in (1, 2):
        step.click()
        page.get_by_text(f"Step: {number_of_step}").wait_for()
    page.locator("img").first.wait_for()


def test_pictures_are_those_of_the_moment():
    model = InfodemicModel(TODAY, rng=2)
    places = layout(model.world.setting.graphs[0])
    first = view(model, "misinformed", places)
    for _ in range(24):
        model.step()
    second = view(model, "misinformed", places)
    assert (first.said, second.said) == (expected(0), expected(1))
    assert second == view(model, "misinformed", places)
    for before, after in ((first.crowd, second.crowd), (first.curve, second.curve)):
        with Image.open(BytesIO(before)) as one, Image.open(BytesIO(after)) as other:
            assert not np.array_equal(np.asarray(one), np.asarray(other))


def test_without_solara_the_remedy_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "solara", None)
    with pytest.raises(ParameterError, match="pip install"):
        page_of(TODAY, seed=1)
