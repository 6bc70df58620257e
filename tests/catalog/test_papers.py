"""Published results: each is declared whole and runs; small here, at full size by ``infodemic reproduce``."""

from __future__ import annotations

import math
from importlib import import_module
from pathlib import Path

import pytest

from infodemic_sim.catalog import papers
from infodemic_sim.catalog.papers import PAPERS
from infodemic_sim.catalog.reproduction import reproduce
from infodemic_sim.sources import sources
from infodemic_sim.theory import hoax_threshold, watts_window

BY_NAME = pytest.mark.parametrize("entry", PAPERS, ids=lambda entry: entry.name)


def test_one_file_per_publication():
    files = {path.stem for path in Path(papers.__file__).parent.glob("[a-z]*.py")}
    assert files == {entry.name for entry in PAPERS}
    for entry in PAPERS:
        assert import_module(f"{papers.__name__}.{entry.name}").ENTRY is entry
    years = [int(entry.name[-4:]) for entry in PAPERS]
    assert years == sorted(years)


@BY_NAME
def test_declared_whole(entry):
    assert sources()[entry.source].year == entry.name[-4:]
    assert entry.title
    assert entry.setting.endswith(".")
    assert entry.published
    for number in entry.published:
        assert number.what
        assert number.where
        assert math.isfinite(number.value)
        assert 0.0 <= number.tolerance < math.inf
    assert len({number.what for number in entry.published}) == len(entry.published)


def test_published_numbers_that_theory_knows():
    numbers = {number.what: number.value for entry in PAPERS for number in entry.published}
    assert numbers["Threshold of p_verify at β = .2"] == pytest.approx(hoax_threshold("exclusive", 0.3, 0.1))
    low, high = watts_window(0.18)
    assert "1.02 to 5.76" in next(entry.setting for entry in PAPERS if entry.name == "watts_2002")
    assert (low, high) == pytest.approx((1.02, 5.76), abs=0.005)


@pytest.mark.slow
@BY_NAME
def test_runs_small_and_gives_the_same_again(entry):
    once, again = (next(reproduce([entry], seed=3, scale=0.02)) for _ in range(2))
    assert once.rows == again.rows
    assert all(math.isfinite(row.ours.value) for row in once.rows)
    assert all(row.distance <= 1.0 for row in once.rows if row.published.value <= 1.0)  # shares stay shares
