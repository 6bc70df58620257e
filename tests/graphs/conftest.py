"""Fixtures for the tests of graphs."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared_graphs():
    """The folder of real graphs; tests that need it skip where it is absent, unless it must be there."""
    root = Path(__file__).parents[2]
    folder = Path(os.environ.get("INFODEMIC_DATA", root.parent / "shared" / "data")) / "graphs"
    if not folder.is_dir():
        reason = "the shared data (../shared/data or $INFODEMIC_DATA) is absent"
        if os.environ.get("CI_REQUIRE_SHARED") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


@pytest.fixture
def write(tmp_path):
    """Write text or bytes to a new file and return its path."""

    def write_file(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return write_file
