"""A graph for which there is no memory is refused before it is read, with the memory that it would need."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.errors import GraphFileError
from infodemic_sim.graphs import room

LINES = 400_000
HIGHEST = """
import resource, sys
import infodemic_sim as ids
from infodemic_sim.graphs import files
ids.read_graph(sys.argv[1], directed=sys.argv[3] == "True")  # compiles
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
ids.read_graph(sys.argv[2], directed=sys.argv[3] == "True")
print(1024 * (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before))
"""


def written(path, ties, mark=""):
    luck = np.random.default_rng(1)
    ends = luck.integers(0, max(2, ties // 10), (ties, 2)).tolist()
    path.write_text("".join(f"{mark}{a} {mark}{b}\n" for a, b in ends))
    return path


def test_the_memory_it_would_need_is_told(tmp_path, monkeypatch):
    path = written(tmp_path / "large.txt", 1000)
    monkeypatch.setattr(room, "free_memory", lambda: 30_000)
    with pytest.raises(GraphFileError, match=r"large\.txt: reading its 1,001 lines takes about 0\.0 GB"):
        ids.read_graph(path)
    assert ids.read_graph(path, directed=True).n > 0  # which takes less
    monkeypatch.setattr(room, "free_memory", lambda: None)
    assert ids.read_graph(path).n > 0


def test_names_and_weights_take_more():
    plain = {"names": False, "weights": False, "both_ways": False}
    least = room.needed(1000, **plain)
    for what in plain:
        assert room.needed(1000, **{**plain, what: True}) > least


def test_free_memory_is_the_smaller_of_machine_and_container(tmp_path, monkeypatch):
    monkeypatch.setattr(room, "MEMORY", tmp_path / "meminfo")
    monkeypatch.setattr(room, "GROUP", tmp_path)
    assert room.free_memory() is None
    (tmp_path / "meminfo").write_text("MemTotal: 100 kB\nMemAvailable:    50 kB\n")
    assert room.free_memory() == 51_200
    for name, text in {"max": "4096", "current": "2000", "stat": "anon 5\ninactive_file 100\n"}.items():
        (tmp_path / f"memory.{name}").write_text(text)
    assert room.free_memory() == 4096 - 2000 + 100
    (tmp_path / "memory.max").write_text("max\n")  # no limit
    assert room.free_memory() == 51_200


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells the highest memory in kilobytes")
@pytest.mark.parametrize("both_ways", [False, True])
@pytest.mark.parametrize("mark", ["", "person"])
def test_reading_takes_no_more_than_was_said(tmp_path, mark, both_ways):
    """The highest memory of a process that reads; a fifth is left for what the allocator keeps."""
    small, large = written(tmp_path / "small.txt", 50, mark), written(tmp_path / "large.txt", LINES, mark)
    command = [sys.executable, "-c", HIGHEST, str(small), str(large), str(not both_ways)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    said = room.needed(LINES, names=bool(mark), weights=False, both_ways=both_ways)
    assert int(told) < 1.2 * (said + large.stat().st_size)
