"""Small files that would fill any memory, each opened in a process that may have little; run by test_hostile.

    python -m tests.bombs FOLDER

A line of JSON for each: its name and what refused it.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import resource
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

import infodemic_sim as ids
from infodemic_sim.checkpoint import resume
from infodemic_sim.errors import InfodemicError
from infodemic_sim.graphs import read_attributes, read_graph
from infodemic_sim.graphs.storage import open_saved
from infodemic_sim.scenario_file import read_scenario

ROOM = 3 * 2**30
"""Bytes of addresses that the process may have, most of which its libraries take."""
BLOCK = gzip.compress(b"\n" * 2**26, mtime=0)
PLANE = ids.Scenario(
    population=ids.Population(graph=ids.graphs.ErdosRenyi(people=20, mean_degree=2.0, seed=1))
)
HEADER = "%%MatrixMarket matrix coordinate pattern general\n"


def main(folder: Path) -> None:
    read_graph(written(folder / "warm.txt", b"a b\n"))
    graph = read_graph(written(folder / "warm.csv", b"1,2\n"))
    graph.save(folder / "saved")
    resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))
    for name, attack in bombs(folder, graph).items():
        try:
            attack()
            said = None
        except InfodemicError as error:
            said = str(error)
        print(json.dumps({"name": name, "said": said}), flush=True)


def bombs(folder: Path, graph: ids.SocialGraph) -> dict[str, Callable[[], object]]:
    """What is opened, by name."""

    def of(name: str, content: bytes) -> Callable[[], object]:
        return lambda: read_graph(written(folder / name, content))

    def endless() -> object:
        (folder / "endless.txt").symlink_to("/dev/zero")
        return read_graph(folder / "endless.txt")

    def pipe() -> object:
        os.mkfifo(folder / "pipe.txt")
        return read_graph(folder / "pipe.txt")

    names = b"p\n" + b"\n" * 2**20
    return {
        "gzip": of("g.json.gz", BLOCK * 128),
        "gzip of a table": lambda: read_attributes(graph, written(folder / "a.csv.gz", BLOCK * 128)),
        "empty lines": of("lines.txt.gz", gzip.compress(b"a b\nc", mtime=0) + BLOCK),
        "people of a matrix": of("g.mtx", f"{HEADER}2147483647 2147483647 1\n1 2\n".encode()),
        "people of Pajek": of("g.net", b"*Vertices 2147483647\n*Arcs\n1 2\n"),
        "matrix of Pajek": of("m.net", b"*Vertices 2147483647\n*Matrix\n"),
        "empty lines of a table": lambda: read_attributes(graph, written(folder / "b.csv", names)),
        "a device": endless,
        "a pipe": pipe,
        "deep JSON": of("deep.json", b'{"nodes": ' + b"[" * 10_000_000),
        "deep XML": of("deep.graphml", b"<graphml>" + b"<a>" * 10_000),
        "deep YAML": lambda: read_scenario(written(folder / "deep.yaml", b"days: " + b"[" * 10_000)),
        "deeper YAML": lambda: read_scenario(written(folder / "b.yaml", b"".join(nested(1_000)))),
        "a long YAML scalar": lambda: read_scenario(
            written(folder / "l.yaml", b"days: " + b"x" * 100_000_000)
        ),
        "packed checkpoint": lambda: resume(PLANE, written(folder / "run.npz", packed())),
        "checkpoint of a large shape": lambda: resume(
            PLANE, written(folder / "r.npz", archived(header(2**40)))
        ),
        "saved graph of a large shape": lambda: open_saved(changed(folder, "indptr.npy", header(2**40))),
        "saved graph with a large description": lambda: open_saved(
            changed(folder, "graph.json", b'"' + b"x" * 2**27)
        ),
    }


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def nested(depth: int) -> Iterator[bytes]:
    """A mapping in a mapping, one more level in each line."""
    return (b" " * level + b"a:\n" for level in range(depth))


def header(count: int) -> bytes:
    """A file of an array that says it holds so many numbers, and holds one."""
    file = io.BytesIO()
    np.save(file, np.zeros(1, np.int64))
    return file.getvalue().replace(b"(1,), }" + b" " * 20, f"({count},), }}".encode().ljust(27))


@contextmanager
def archive(how: int) -> Iterator[tuple[io.BytesIO, zipfile.ZipFile]]:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", how) as made:
        yield file, made


def archived(content: bytes) -> bytes:
    with archive(zipfile.ZIP_STORED) as (file, made):
        made.writestr("about.npy", content)
    return file.getvalue()


def packed() -> bytes:
    """Four packed arrays of 64 MiB of zeros, 256 kB in all."""
    zeros = io.BytesIO()
    np.save(zeros, np.zeros(2**23, np.int64))
    with archive(zipfile.ZIP_DEFLATED) as (file, made):
        for number in range(4):
            made.writestr(f"{number}.npy", zeros.getvalue())
    return file.getvalue()


def changed(folder: Path, name: str, content: bytes) -> Path:
    """The saved graph with one file in another's place."""
    kept = (folder / "saved" / name).read_bytes()
    copy = folder / f"saved-{name}"
    copy.mkdir()
    for file in (folder / "saved").iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    assert kept != content
    (copy / name).write_bytes(content)
    return copy


if __name__ == "__main__":
    main(Path(sys.argv[1]))
