"""What many tests share."""

from __future__ import annotations

import os
import re
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]
HANGS = 300_000
"""Milliseconds: a page that says nothing for longer hangs, as no machine is so slow."""

# The same examples each time, however long they take; others: --hypothesis-profile=default
settings.load_profile("ci")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data that is not part of the project; without it, tests that need it are skipped.

    ``INFODEMIC_DATA`` names the folder, else it is ``../shared/data`` beside the project. Where
    ``CI_REQUIRE_SHARED`` is 1, its absence is a failure.
    """
    folder = Path(os.environ.get("INFODEMIC_DATA") or ROOT.parent / "shared" / "data")
    if folder.is_dir():
        return folder
    reason = f"real data are not at {folder}: set INFODEMIC_DATA to their folder."
    if os.environ.get("CI_REQUIRE_SHARED") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def ctrl_c_interrupts() -> Iterator[None]:
    """As at a terminal, though the tests may run in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def offered(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Offers interventions of tests by their names, as an installed package does: ``offered(Broken)``."""

    def offer(*parts: type, group: str = "infodemic_sim.interventions") -> None:
        from infodemic_sim.plugins import type_name

        info = tmp_path_factory.mktemp("installed") / "of_tests-1.5.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: of-tests\nVersion: 1.5\n", "utf-8")
        points = "".join(f"{type_name(part)} = {part.__module__}:{part.__name__}\n" for part in parts)
        (info / "entry_points.txt").write_text(f"[{group}]\n{points}", "utf-8")
        monkeypatch.syspath_prepend(str(info.parent))

    return offer


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A browser without a window, that reaches this machine only; without one, tests of pages are skipped.

    Where ``CI`` is set, its absence is a failure (Debian: ``apt install chromium``, see apt.txt).
    """
    from playwright.sync_api import expect, sync_playwright

    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        reason = "no chromium is on PATH: install it to test pages in a browser."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    expect.set_options(timeout=HANGS)
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A page; when the test ends, it must have asked no other machine for anything, and logged no error."""
    wrong: list[str] = []
    context = chromium.new_context(viewport={"width": 1360, "height": 1000}, accept_downloads=True)
    context.route(
        re.compile(r"^https?://(?!(127\.0\.0\.1|localhost)[:/])"), lambda route: _refuse(route, wrong)
    )
    context.set_default_timeout(HANGS)
    found = context.new_page()
    found.on("pageerror", lambda error: wrong.append(str(error)))
    found.on("console", lambda message: wrong.append(message.text) if _is_wrong(message) else None)
    yield found
    context.close()
    assert wrong == []


def _is_wrong(message: Any) -> bool:
    """Whether a page logged an error; that the server refused a mistake is none."""
    return message.type == "error" and "status of 422" not in message.text


def _refuse(route: Any, wrong: list[str]) -> None:
    wrong.append(f"asked for {route.request.url}")
    route.abort()
