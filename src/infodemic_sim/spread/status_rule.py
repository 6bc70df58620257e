"""Rules in which every person has one of a few statuses, such as ignorant, spreader, stifler."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

import numpy as np

from infodemic_sim.errors import ParameterError
from infodemic_sim.observe import SHOWN
from infodemic_sim.params import Several, param
from infodemic_sim.randomness import Purpose
from infodemic_sim.spread.network_rule import Arrays, Ground, NetworkRule

CERTAIN = 40.0
"""Log-odds of those who hold a claim for true, or for false: credence 1 or 0 to sixteen digits."""


class Status(NamedTuple):
    """A status as the books call it, what it is reported as, and what it means for belief in the claim.

    ``holds`` is 1 for those who hold the claim for true, -1 for false, 0 for those who hold nothing.
    """

    name: str
    shown: str
    holds: int


class StatusRule(NetworkRule):
    """Base of rules with statuses; the array "status", int8[n], holds positions in ``statuses``."""

    statuses: ClassVar[tuple[Status, ...]]

    def beliefs(self, arrays: Arrays) -> np.ndarray:
        """Certain for or against the accurate position, or undecided."""
        held = np.array([status.holds for status in self.statuses]) * self.side(0) * CERTAIN
        return np.asarray(held[arrays["status"]], dtype=float)

    def shown_statuses(self, arrays: Arrays) -> np.ndarray:
        """Statuses by the names under which all rules report them."""
        places = np.array([SHOWN.index(status.shown) for status in self.statuses], np.int8)
        return places[arrays["status"]]

    def summary(self, arrays: Arrays) -> dict[str, float]:
        """People in each status."""
        counts = np.bincount(arrays["status"], minlength=len(self.statuses))
        return {status.name: float(count) for status, count in zip(self.statuses, counts, strict=True)}


class ClaimRule(StatusRule):
    """Base of rules in which one claim spreads from a few people."""

    accurate: bool = param(False, doc="Whether what spreads is accurate information, not misinformation.")
    starters: int = param(1, ge=0, unit="people", doc="How many start, drawn at random.")
    start: Several[int] = param(
        (), doc="Who starts, instead of a draw: positions, or the graph's column ``key``."
    )

    def side(self, message: int) -> int:
        """Side of the claim: +1 accurate, -1 false."""
        return 1 if self.accurate else -1

    def people_who_start(self, ground: Ground) -> np.ndarray:
        """Positions, int32[m], in order of identity: the given ones, or those with the lowest draws."""
        name = type(self).__name__
        people = given(self.start, ground, name) if self.start else drawn(self.starters, ground, name)
        return people[np.argsort(ground.keys[people], kind="stable")]


def drawn(count: int, ground: Ground, rule: str) -> np.ndarray:
    """So many people at random: positions, int32[m], ascending."""
    if count > ground.n:
        raise ParameterError(f"{rule}.starters is {count}, but the network has {ground.n} people.")
    luck = ground.draws.uniform(Purpose.START, ground.keys)
    return np.sort(np.argsort(luck, kind="stable")[:count]).astype(np.int32)


def given(start: tuple[int, ...], ground: Ground, rule: str, name: str = "start") -> np.ndarray:
    """The people with these identities: positions, int32[m], ascending, each once."""
    wanted = np.unique(np.array(start, np.int64))
    unknown = wanted[(wanted < 0) | ~np.isin(wanted.astype(np.uint64), ground.keys)]
    if unknown.size:
        raise ParameterError(f"{rule}.{name}: nobody in this network of {ground.n} has the key {unknown[0]}.")
    return np.flatnonzero(np.isin(ground.keys, wanted.astype(np.uint64))).astype(np.int32)
