"""How quick the what-if page is: `pytest benchmarks/test_page_bench.py --benchmark-only`.

Opened from an empty cache to the first paint; from Run to all pictures of 1,000 people and the first pair of
runs, once everything is compiled; and pictures of two runs of 2,000 people in a second, as the browser draws.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

import pytest
from playwright.sync_api import sync_playwright

ROUNDS = 9
PAINTED = """() => new Promise((done) => new PerformanceObserver((seen) => {
    const paint = seen.getEntriesByName("first-contentful-paint")[0];
    if (paint) done(paint.startTime);
}).observe({type: "paint", buffered: true}))"""
"""Waits for the first paint, which may come after all is there to be painted."""


@pytest.fixture(scope="module")
def address():
    command = [sys.executable, "-m", "infodemic_sim", "app", "demo", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        yield re.search(r"http://127\.0\.0\.1\S+", server.stdout.readline())[0]
        server.terminate()


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as player:
        found = player.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def opened(browser, address):
    page = browser.new_context(viewport={"width": 1360, "height": 1000}).new_page()
    page.goto(address)
    page.wait_for_selector("[data-ready]")
    page.fill("#pairs", "1")
    yield page
    page.context.close()


WATCHED = """() => new Promise((done) => {
    const status = document.querySelector("[role=status]");
    const ended = () => status.textContent.startsWith("Done:");
    new MutationObserver((_, watcher) => ended() && (watcher.disconnect(), done()))
        .observe(status, {childList: true, characterData: true, subtree: true});
    document.querySelector("button.run").click();
})"""
"""Waits in the page itself: from outside one would look every half second."""


def run(page) -> None:
    page.evaluate(WATCHED)


def test_first_paint(benchmark, browser, address):
    paints = []

    def open_it() -> None:
        context = browser.new_context()
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector("[data-ready]")
        paints.append(page.evaluate(PAINTED))
        context.close()

    benchmark.pedantic(open_it, rounds=ROUNDS)
    benchmark.extra_info["first paint, ms"] = sorted(paints)[len(paints) // 2]


def test_a_run_of_1000_people(benchmark, opened):
    opened.fill("#n-population-graph-people", "1000")
    run(opened)
    benchmark.pedantic(run, args=(opened,), rounds=ROUNDS)


def test_pictures_of_2000_people(benchmark, opened):
    """The film is played from its start; ``extra_info`` holds pictures shown in a second."""
    run(opened)
    pictures = int(opened.locator(".film input").get_attribute("max")) + 1

    def play() -> None:
        opened.get_by_role("button", name="Play").click()
        opened.get_by_role("button", name="Play").wait_for()

    opened.locator(".film input").fill(str(pictures - 1))
    benchmark.pedantic(play, rounds=ROUNDS)
    benchmark.extra_info["pictures a second"] = pictures / benchmark.stats.stats.median
