"""Accurate and false information spread at once, and holding one protects from the other."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.errors import ParameterError
from infodemic_sim.kernels.cascade_competing import met, taken_up
from infodemic_sim.params import Several, param
from infodemic_sim.randomness import Purpose
from infodemic_sim.spread.cascade_rule import by_key
from infodemic_sim.spread.diffusion import adoptions
from infodemic_sim.spread.network_rule import Arrays, Chances, Ground
from infodemic_sim.spread.status_rule import Status, StatusRule, given

ACCURATE, FALSE = 0, 1


class CompetingContagions(StatusRule):
    """An accurate and a false message cascade through one network, each keeping people from the other.

    Rounds are synchronous. A person u who took up message m in round t tries in round t + 1, once for each
    tie, every v who sees u and does not hold m. With d_m,uv the one draw of that tie and message, u gets
    through if

        d_m,uv / p_m  <  1        where v holds nothing,
        d_m,uv / p_m  <  1 - c_m  where v holds the other message,

    p_m being the chance of message m and c_m how much the other one protects from it: 0, the messages ignore
    each other; 1, nobody takes up a second one [KarrerNewman2011]. Where both get through to a v who
    holds nothing in one round, a fair coin says which v meets first; v holds it when meeting the other. Of
    several who get through with one message, the least d / p, a fair lot, says from whom v had it.

    Levers: sharing f_u makes chances min(1, f_u p_m); inoculation I_v, after it, lowers the odds of the false
    message alone, p -> p e^-I / (1 - p + p e^-I).
    """

    levers: ClassVar[frozenset[str]] = frozenset({"sharing", "inoculation"})
    messages: ClassVar[int] = 2
    statuses: ClassVar[tuple[Status, ...]] = (
        Status("unaware", "unaware", 0),
        Status("accurate", "spreading", 1),
        Status("false", "spreading", -1),
        Status("both", "spreading", 0),
    )
    """Positions are bits: 1 holds the accurate message, 2 the false one."""

    accurate_chance: float = param(
        0.1, ge=0, le=1, unit="probability per tie", doc="Chance that the accurate message is passed on."
    )
    false_chance: float = param(
        0.1, ge=0, le=1, unit="probability per tie", doc="Chance that the false message is passed on."
    )
    accurate_protects: float = param(
        0.5,
        ge=0,
        le=1,
        unit="share of the chance",
        doc="How much holding the accurate message lowers the chance of taking up the false one.",
    )
    false_protects: float = param(
        0.5,
        ge=0,
        le=1,
        unit="share of the chance",
        doc="How much holding the false message lowers the chance of taking up the accurate one.",
    )
    accurate_starters: int = param(
        1, ge=0, unit="people", doc="How many start with the accurate message, drawn at random."
    )
    false_starters: int = param(
        1, ge=0, unit="people", doc="How many others start with the false message, drawn at random."
    )
    accurate_start: Several[int] = param(
        (), doc="Who starts with the accurate message, instead of a draw: positions, or the column ``key``."
    )
    false_start: Several[int] = param(
        (), doc="Who starts with the false message, instead of a draw: positions, or the column ``key``."
    )

    def side(self, message: int) -> int:
        """Message 0 is accurate, message 1 false."""
        return -1 if message == FALSE else 1

    def begin(self, ground: Ground) -> tuple[Arrays, np.ndarray]:
        starts = [by_key(people, ground.keys) for people in self._starts(ground)]
        fresh = np.concatenate(starts)
        told = np.repeat(np.array([ACCURATE, FALSE], np.int32), [start.size for start in starts])
        arrays: Arrays = {
            "status": np.zeros(ground.n, np.int8),
            "latest": np.full((2, ground.n), -1, np.int32),
            "fresh": fresh,
            "told": told,
        }
        _hold(arrays, fresh, told, 0)
        return arrays, adoptions(fresh, -1, 0.0, told)

    def advance(self, ground: Ground, arrays: Arrays, step: int, chances: Chances) -> np.ndarray:
        fresh, told, latest = arrays["fresh"], arrays["told"], arrays["latest"]
        if not fresh.size:
            return adoptions(fresh, -1, 0.0)
        first = int(latest[told[0], fresh[0]])  # those of one round have successive numbers
        people, messages, sources = self._round(ground, arrays, first, chances)
        parents = latest[messages, sources]
        _hold(arrays, people, messages, first + fresh.size)
        arrays["fresh"], arrays["told"] = people, messages
        return adoptions(people, parents, step + 1.0, messages)

    def finished(self, arrays: Arrays) -> bool:
        return arrays["fresh"].size == 0

    def _round(
        self, ground: Ground, arrays: Arrays, first: int, chances: Chances
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Who takes up what from whom."""
        draws, sees, seen_by = ground.draws, ground.graph, ground.audience
        bases = np.array([draws.base(Purpose.TRANSMIT, message) for message in (ACCURATE, FALSE)])
        open_to = np.array([1.0 - self.false_protects, 1.0 - self.accurate_protects])
        odds = (
            np.array([self.accurate_chance, self.false_chance]),
            open_to,
            chances.sharing,
            chances.inoculation,
        )
        status, latest = arrays["status"], arrays["latest"]
        rows = seen_by.indptr, seen_by.indices
        found = met(bases, ground.keys, arrays["fresh"], arrays["told"], *rows, *odds, status)
        people, coin = by_key(np.unique(found), ground.keys), draws.base(Purpose.PICK)
        return taken_up(
            bases, coin, ground.keys, people, first, latest, sees.indptr, sees.indices, *odds, status
        )

    def _starts(self, ground: Ground) -> tuple[np.ndarray, np.ndarray]:
        """Who starts with the accurate and who with the false message; drawn ones are different people."""
        name = type(self).__name__
        a = 0 if self.accurate_start else self.accurate_starters
        f = 0 if self.false_start else self.false_starters
        if a + f > ground.n:
            raise ParameterError(f"{name} has {a + f} starters, but the network has {ground.n} people.")
        luck = ground.draws.uniform(Purpose.START, ground.keys)
        drawn = np.argsort(luck, kind="stable")[: a + f].astype(np.int32)
        return (
            given(self.accurate_start, ground, name) if self.accurate_start else drawn[:a],
            given(self.false_start, ground, name) if self.false_start else drawn[a:],
        )


def _hold(arrays: Arrays, people: np.ndarray, messages: np.ndarray, number: int) -> None:
    """Note that people hold messages from now on, as adoptions with successive numbers."""
    arrays["latest"][messages, people] = np.arange(number, number + people.size)
    np.bitwise_or.at(arrays["status"], people, (1 << messages).astype(np.int8))
