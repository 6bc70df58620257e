"""Whether there is memory for a graph, asked before it is read: to be refused is better than to be killed."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from infodemic_sim.errors import GraphFileError

ONE_WAY, BOTH_WAYS = 25, 34
"""Bytes for each tie of whole numbers at the height of reading, beside the file; measured."""
WEIGHT_ONE_WAY, WEIGHT_BOTH_WAYS = 17, 24
"""The same for weights."""
NAMES, NAME_PLACE = 56, 8
"""The same where people have names; and for each place in the table in which they are looked up."""
MEMORY = Path("/proc/meminfo")
GROUP = Path("/sys/fs/cgroup")


def needed(ties: int, *, names: bool, weights: bool, both_ways: bool) -> int:
    """Bytes that reading so many ties takes at its height, about, beside the bytes of the file."""
    each = BOTH_WAYS if both_ways else ONE_WAY
    if weights:
        each += WEIGHT_BOTH_WAYS if both_ways else WEIGHT_ONE_WAY
    if not names:
        return ties * each
    table = 1 << (2 * ties - 1).bit_length()
    return ties * max(each, NAMES) + table * NAME_PLACE


def refuse_without_room(path: Path, ties: int, *, names: bool, weights: bool, both_ways: bool) -> None:
    """Nothing, if the ties of a file find room.

    Raises
    ------
    GraphFileError
        If they need more memory than is free, with how much that is.
    """
    wanted, free = needed(ties, names=names, weights=weights, both_ways=both_ways), free_memory()
    if free is not None and wanted > free:
        raise GraphFileError(
            f"{path.name}: reading its {ties:,} lines takes about {wanted / 1e9:,.1f} GB of memory beside "
            f"the file, and {free / 1e9:,.1f} GB are free: make room, or read it on a larger machine and "
            "bring what SocialGraph.save writes there, which takes no memory to open."
        )


def free_memory() -> int | None:
    """Bytes that this process may still take; None where the system does not say."""
    found = [value for value in (_of_the_machine(), _of_the_group()) if value is not None]
    return min(found, default=None)


def _of_the_machine() -> int | None:
    with suppress(OSError, ValueError, IndexError):
        lines = MEMORY.read_text("ascii").splitlines()
        return next((1024 * int(line.split()[1]) for line in lines if line.startswith("MemAvailable:")), None)
    return None


def _of_the_group() -> int | None:
    """Of what a container may use; files that it has read can be given back at any time."""
    with suppress(OSError, ValueError, IndexError):
        most, now = (int((GROUP / name).read_text("ascii")) for name in ("memory.max", "memory.current"))
        lines = (GROUP / "memory.stat").read_text("ascii").splitlines()
        files = next((int(line.split()[1]) for line in lines if line.startswith("inactive_file ")), 0)
        return most - now + files
    return None
