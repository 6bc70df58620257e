"""Every way in which something from elsewhere comes into the package, as a function of bytes.

A door is given bytes: either what they say is read, or an ``InfodemicError`` of one sentence refuses them.
Anything else that happens is a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from infodemic_sim.errors import InfodemicError, ScenarioFileError

LONGEST = 1_500
"""Characters of a line in an error: a reader of a terminal still sees where it begins."""


class Door(NamedTuple):
    """One way in.

    Parameters
    ----------
    open : takes an empty folder, and gives what takes bytes.
    seeds : inputs to begin with, made from the same folder, beside those kept in ``corpus``.
    """

    open: Callable[[Path], Callable[[bytes], None]]
    seeds: Callable[[Path], Iterator[bytes]] = lambda folder: iter(())


def refused_well(read: Callable[[], object]) -> bool:
    """Whether something was refused; the refusal must be one sentence, or one line for each mistake."""
    try:
        read()
    except InfodemicError as error:
        refusal = error
    else:
        return False
    lines = str(refusal).split("\n")
    assert isinstance(refusal, ScenarioFileError) or len(lines) == 1, f"more than a sentence: {lines[:3]}"
    odd = [line for line in lines if not 0 < len(line) <= LONGEST]
    assert not odd, f"a line of {len(odd[0])} characters: {odd[0][:300]}"
    str(refusal).encode()  # a terminal can show it
    return True


def doors() -> dict[str, Door]:
    """All doors by name."""
    from verification.fuzz import folder_doors, text_doors

    return {**text_doors.DOORS, **folder_doors.DOORS}
