"""Fixtures for the tests of graphs."""

import pytest


@pytest.fixture(scope="session")
def shared_graphs(shared_data):
    """The folder of real graphs."""
    return shared_data / "graphs"


@pytest.fixture
def write(tmp_path):
    """Write text or bytes to a new file and return its path."""

    def write_file(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return write_file
