"""A hundred million ties from a file: `python -m verification.load.importing`.

The file is made in a scratch folder, its lines in no order, and read in a process of its own. It ends with 1
if other ties than were written come out, or if reading takes more memory at its height than the reader says
beforehand that it will.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

import infodemic_sim as ids
from infodemic_sim.graphs.room import needed

EACH, FIRST, DIGITS = 10, 10_000_000, 8
"""Ties of each person; the first name, and the digits of all."""
SHUFFLED = 7_654_337
"""A prime: its multiples go through all people in no order, unless they are a multiple of it."""


def followees(people: np.ndarray, number: int, n: int) -> np.ndarray:
    """Whom these people follow by their k-th tie, k = 1 to ``EACH``: nobody twice, and never themselves."""
    return (people + number * (n // (2 * EACH + 1))) % n


def write(path: Path, n: int) -> None:
    """The file: everybody's first tie, then everybody's second, and so on; people in no order."""
    people = np.arange(n) * SHUFFLED % n
    line = np.empty((n, 2 * DIGITS + 2), np.uint8)
    line[:, DIGITS], line[:, -1] = ord(" "), ord("\n")
    with path.open("wb") as file:
        for number in range(1, EACH + 1):
            for start, who in ((0, people), (DIGITS + 1, followees(people, number, n))):
                for digit in range(DIGITS):
                    place = 10 ** (DIGITS - 1 - digit)
                    line[:, start + digit] = (who + FIRST) // place % 10 + ord("0")
            line.tofile(file)


def read(path: Path, directed: bool) -> dict[str, Any]:
    """Read it, look whether it is what was written, and say what that took."""
    ids.read_graph(write_small(path.with_name("few.txt")), directed=directed)  # compiles
    before, began = height(), time.monotonic()
    graph = ids.read_graph(path, directed=directed, keep_labels=False)
    seconds, took = time.monotonic() - began, height() - before
    stated = needed(graph.n * EACH, names=False, weights=False, both_ways=not directed) + path.stat().st_size
    some = np.arange(0, graph.n, max(1, graph.n // 1000))
    kept = all(
        follows(graph, person, int(other))
        for number in range(1, EACH + 1)
        for person, other in zip(some.tolist(), followees(some, number, graph.n), strict=True)
    )
    return {
        "people": graph.n, "ties": int(graph.indices.size), "all_there": kept, "seconds": round(seconds, 1),
        "ties_per_second": round(graph.n * EACH / seconds), "took_gb": round(took / 1e9, 2),
        "stated_gb": round(stated / 1e9, 2),
    }  # fmt: skip


def follows(graph: ids.SocialGraph, person: int, other: int) -> bool:
    """Whether a person follows another."""
    return other in graph.indices[graph.indptr[person] : graph.indptr[person + 1]]


def write_small(path: Path) -> Path:
    """A file of the same form with few ties."""
    write(path, 210)
    return path


def height() -> int:
    """Most bytes that this process has taken so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main(words: list[str]) -> int:
    """Write, read one way and as friendships, and say what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000_000, help="with ten ties each")
    n, failed = parser.parse_args(words).people, False
    with tempfile.TemporaryDirectory(prefix="infodemic-ties-") as folder:
        path = Path(folder, "ties.txt")
        write(path, n)
        for directed in (True, False):
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as own:
                found = own.submit(read, path, directed).result()
            print(json.dumps({"directed": directed, **found}), flush=True)
            ties = n * EACH * (1 if directed else 2)
            right = found["all_there"] and (found["people"], found["ties"]) == (n, ties)
            failed |= not right or found["took_gb"] > found["stated_gb"]
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
