"""The what-if page in JupyterLab: a cell is run, the widget drawn, and a comparison made in the kernel."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from infodemic_sim.scenario_file import write_scenario
from notebooks.convert import METADATA
from tests.dashboard.small import TOWN
from tests.dashboard.test_in_browser import run_to_end

CELL = """
import infodemic_sim as ids
ids.what_if(ids.read_scenario("town.yaml").scenario)
"""
OPTIONS = (
    *("--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", "--ServerApp.port=0"),
    *("--IdentityProvider.token=secret", "--LabApp.news_url="),
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)


@pytest.fixture
def laboratory(tmp_path, monkeypatch):
    """Address of a JupyterLab, with its token, that has a notebook of one cell."""
    for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    for name in ("WORKSPACES", "SETTINGS"):
        monkeypatch.setenv(f"JUPYTERLAB_{name}_DIR", str(tmp_path / name))
    folder = tmp_path / "work"
    folder.mkdir()
    write_scenario(TOWN, folder / "town.yaml")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)], metadata=METADATA)
    nbformat.write(notebook, folder / "town.ipynb")
    command = [sys.executable, "-m", "jupyterlab", *OPTIONS, f"--ServerApp.root_dir={folder}"]
    log = tmp_path / "log"
    with log.open("w") as stderr, subprocess.Popen(command, stderr=stderr) as server:
        yield address_in(log, server) + "/lab/tree/town.ipynb?token=secret"
        server.kill()


def address_in(log: Path, server: subprocess.Popen) -> str:
    """What the server says that its address is, once it says so."""
    while server.poll() is None:
        if found := re.search(r"http://127\.0\.0\.1:\d+", log.read_text("utf-8")):
            return found[0]
        time.sleep(0.1)
    pytest.fail(f"JupyterLab has not begun: {log.read_text('utf-8')}")


def answer(dialog) -> None:
    """What JupyterLab asks of itself on a slow machine (which kernel? still connected?) is answered."""
    print(dialog.inner_text())  # pytest shows it where the test fails
    dialog.locator(".jp-Dialog-button").last.click()


def run_first_cell(page) -> None:
    """Press until the cell is taken: while its kernel comes, JupyterLab drops what is pressed.

    One that missed the list of kernels asks for it again after a minute only, or when it is loaded again.
    """
    taken = page.locator(".jp-InputPrompt", has_text=re.compile(r"\[[*\d]"))
    for attempt in range(100):
        if attempt % 10 == 9:
            page.reload()
        page.locator(".jp-Notebook .jp-CodeCell").first.click()
        page.keyboard.press("Shift+Enter")
        page.wait_for_timeout(2_000)
        if taken.count():
            return
    pytest.fail("JupyterLab has not run the cell")


@pytest.mark.slow
def test_a_comparison_is_made_in_the_kernel(chromium, laboratory):
    page = chromium.new_page(viewport={"width": 1600, "height": 1000})
    page.set_default_timeout(600_000)  # longer than the slowest machine takes
    page.add_locator_handler(page.locator("dialog.jp-Dialog"), answer)
    page.goto(laboratory)
    run_first_cell(page)
    widget = page.locator(".what-if[data-ready]")
    widget.wait_for()
    page.fill("#pairs", "2")
    run_to_end(widget)
    assert widget.locator(".picture canvas").first.is_visible()
    assert widget.locator(".answer p").first.text_content()
    page.close()
