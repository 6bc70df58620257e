"""What benchmarks share: how large they may be."""

from __future__ import annotations

import os

import pytest

LARGE = "INFODEMIC_BENCH_LARGE"


def pytest_configure(config: pytest.Config) -> None:
    """Marks of benchmarks alone."""
    config.addinivalue_line("markers", f"large: a million people and more; set {LARGE}=1 to run it")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the large ones out, unless they were asked for."""
    if os.environ.get(LARGE):
        return
    for item in items:
        if item.get_closest_marker("large"):
            item.add_marker(pytest.mark.skip(reason=f"a million people: set {LARGE}=1"))
