"""Files that would fill any memory are refused in one sentence, within memory that is bounded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SAID = {
    "gzip": "g.json.gz: the file holds more than size_limit = 536,870,912 bytes once unpacked",
    "gzip of a table": "a.csv.gz: the file holds more than size_limit = 536,870,912 bytes once unpacked",
    "empty lines": "lines.txt.gz, line 2: 1 column where 2 were expected.",
    "people of a matrix": "g.mtx, line 2: 2,147,483,647 people are declared by their number alone",
    "people of Pajek": "g.net, line 1: 2,147,483,647 people are declared by their number alone",
    "matrix of Pajek": "m.net, line 2: the matrix has 0 rows where 2147483647 were expected.",
    "empty lines of a table": "b.csv: 2 of 2 people have no row",
    "a device": "endless.txt: this is no file with an end",
    "a pipe": "pipe.txt: this is no file with an end",
    "deep JSON": "deep.json: the JSON is nested too deeply",
    "deep XML": "deep.graphml, line 1: the XML is broken",
    "deep YAML": "values may be nested 40 levels deep at most.",
    "deeper YAML": "values may be nested 40 levels deep at most.",
    "a long YAML scalar": "a scenario file may have 4,000,000 bytes at most",
    "packed checkpoint": "holds packed arrays, which a saved run never does",
    "checkpoint of a large shape": "about.npy says that it is larger than it is",
    "saved graph of a large shape": "the folder does not hold a saved graph (ValueError)",
    "saved graph with a large description": "the folder does not hold a saved graph (ValueError)",
}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not bound the memory of a process")
def test_bombs_do_not_go_off(tmp_path: Path) -> None:
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "tests.bombs", str(tmp_path)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr[-2000:]
    said = {line["name"]: line["said"] for line in map(json.loads, done.stdout.splitlines())}
    assert {name: found for name, found in said.items() if SAID[name] not in (found or "")} == {}
    assert said.keys() == SAID.keys()
    assert all("\n" not in found for name, found in said.items() if "YAML" not in name)
