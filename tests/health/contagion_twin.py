"""The epidemic as one would write it down, one infectious person and one contact after the other.

Draws have the addresses that the mechanism declares, so that results are equal bit for bit. Plain Python;
for tests only.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from infodemic_sim.randomness import Draws, Purpose
from infodemic_sim.randomness import extended as absorb


def uniform(address: int) -> float:
    return (address >> 12) * 2.0**-52 + 2.0**-53


class ContagionTwin:
    """Times of people by identity; ``move`` takes them one step on."""

    def __init__(self, rule: Any, meets: dict[int, list[int]], draws: Draws, hours: float) -> None:
        self.rule, self.meets, self.draws, self.hours = rule, meets, draws, hours
        self.infected: dict[int, float] = {}
        self.infectious: dict[int, float] = {}
        self.recovered: dict[int, float] = {}
        self.most, self.when = 0, math.nan

    def draw(self, purpose: Purpose, *words: int) -> float:
        address = int(self.draws.base(purpose))
        for word in words:
            address = absorb(address, word)
        return uniform(address)

    def waits(self, purpose: Purpose, person: int, mean: float) -> float:
        return -math.log(1.0 - self.draw(purpose, person)) * mean

    def fall_ill(self, person: int, ends: float, latent: float) -> None:
        onset = max(self.infected[person] + self.waits(Purpose.FALL_ILL, person, latent), ends)
        self.infectious[person] = onset
        self.recovered[person] = onset + self.waits(Purpose.GET_WELL, person, self.rule.infectious)

    def move(self, step: int, took_up: set[int], protection: dict[int, float]) -> None:
        begins, ends = step * self.hours / 24.0, (step + 1) * self.hours / 24.0
        if begins <= self.rule.starts < ends:
            by_luck = sorted(self.meets, key=lambda person: self.draw(Purpose.FIRST_CASES, person))
            for person in by_luck[: self.rule.starters]:
                self.infected[person] = begins
                self.fall_ill(person, begins, 0.0)
        reached: dict[int, float] = {}
        for giver, onset in self.infectious.items():
            start, stop = max(begins, onset), min(ends, self.recovered[giver])
            for taker, wait in self.meetings(step, giver, ends - begins) if start < stop else ():
                if taker in self.infected:
                    continue
                kept = [1.0 - self.rule.contact_reduction * protection[who] for who in (giver, taker)]
                open_to = 1.0 - self.rule.efficacy if taker in took_up else 1.0
                hazard = self.rule.transmission * (kept[0] * kept[1] * open_to)
                if wait < hazard * (stop - start):
                    reached[taker] = min(reached.get(taker, math.inf), start + wait / hazard, ends)
        for person, time in reached.items():
            self.infected[person] = time
            self.fall_ill(person, ends, self.rule.latent)
        now = sum(self.infectious[who] <= ends < self.recovered[who] for who in self.infectious)
        if now > self.most:
            self.most, self.when = now, ends

    def meetings(self, step: int, giver: int, days: float) -> Iterator[tuple[int, float]]:
        """Contacts on whose cell an arrival falls, and where in it, in units of hazard."""
        cell = 1.0
        while cell <= self.rule.transmission * days:
            cell *= 2.0
        while cell / 2.0 > self.rule.transmission * days:
            cell /= 2.0
        own = absorb(int(self.draws.base(Purpose.INFECT, step)), giver)
        row = sorted(self.meets[giver])
        at, last = 0, giver
        while (arrival := at - math.log(uniform(absorb(own, last))) / cell) < len(row):
            last = row[int(arrival)]
            yield last, (arrival - int(arrival)) * cell
            at = int(arrival) + 1
