"""SIR, SIS and SEIR as one would write them down: a list of all that may happen, the earliest first.

No pruning, no pages, no look ahead: every contact of an infectious person is drawn, and dropped when it comes
up if it means nothing by then. Draws have the addresses that the rules declare, so that results are equal bit
for bit. Plain Python; for tests only.
"""

from __future__ import annotations

import heapq
import math

import numpy as np

from infodemic_sim.randomness import Purpose
from infodemic_sim.randomness import extended as absorb
from infodemic_sim.spread.epidemic import EpidemicRule
from infodemic_sim.spread.network_rule import Chances, Ground

CONTACT, STOP = range(2)


def uniform(address: int) -> float:
    return (address >> 12) * 2.0**-52 + 2.0**-53


class EpidemicTwin:
    """One run; ``move`` takes it some steps on, with draws that belong to the first of them."""

    def __init__(self, rule: EpidemicRule, ground: Ground) -> None:
        self.rule, self.ground, self.step = rule, ground, 0
        self.rounds, self.again = rule.time == "rounds", rule.ends == 0
        people = sorted(rule.people_who_start(ground).tolist(), key=lambda person: ground.keys[person])
        self.status = dict.fromkeys(range(ground.n), 0) | dict.fromkeys(people, rule.spreads)
        self.episodes = dict.fromkeys(range(ground.n), 0)
        self.until: dict[int, float] = {}
        self.adoptions = [(person, -1, 0.0) for person in people]
        self.latest = {person: number for number, person in enumerate(people)}

    def move(self, steps: int, chances: Chances) -> None:
        self.chances, self.end, self.queue = chances, self.step + steps, []
        self.course: dict[int, tuple[float, float]] = {}
        bases = (Purpose.TRANSMIT, Purpose.INCUBATE, Purpose.RECOVER)
        self.bases = [int(self.ground.draws.base(purpose, self.step)) for purpose in bases]
        for person in [person for person, status in self.status.items() if self.has_it(status)]:
            self.carry(person, float(self.step))
        while self.queue:
            time, kind, person, giver, episode = heapq.heappop(self.queue)
            if kind == STOP:
                self.stop(person, time)
            elif self.status[person] == 0 and self.episodes[person] == episode:
                self.take_up(person, giver, time)
        for person, (begins, ends) in self.course.items():
            if begins <= self.end:
                self.status[person] = self.rule.spreads if ends > self.end else self.rule.ends
        self.step = self.end

    def has_it(self, status: int) -> bool:
        return status in (self.rule.enters, self.rule.spreads)

    def take_up(self, person: int, giver: int, time: float) -> None:
        self.status[person] = self.rule.enters
        days = math.ceil(time) if self.rounds else time * self.ground.days_per_step
        self.adoptions.append((person, self.latest[giver], days))
        self.latest[person] = len(self.adoptions) - 1
        self.episodes[person] += self.again
        self.carry(person, float(math.ceil(time)) if self.rounds else time)

    def carry(self, person: int, time: float) -> None:
        begins = time
        if self.status[person] != self.rule.spreads:
            begins += self.waited(self.own(1, person), self.rule._chances()["incubation"])
        ends = begins + self.waited(self.own(2, person), self.rule.recovery)
        self.until[person] = ends
        if not self.again:
            self.course[person] = (begins, ends)
        elif ends <= self.end:
            heapq.heappush(self.queue, (ends, STOP, person, -1, 0))
        for other in self.ground.audience.followees(person).tolist():
            if self.status[other] == 0:
                self.meet(person, other, begins, min(ends, self.end))

    def stop(self, person: int, time: float) -> None:
        self.status[person] = 0
        for other in self.ground.graph.followees(person).tolist():
            if self.status[other] == self.rule.spreads:
                self.meet(other, person, time, min(self.until[other], self.end))

    def meet(self, giver: int, taker: int, begins: float, ends: float) -> None:
        address = absorb(self.own(0, giver), int(self.ground.keys[taker]))
        if self.again:
            address = absorb(address, self.episodes[taker])
        time = begins + self.waited(address, self.rule.transmission, self.factors(giver, taker))
        if time <= ends:
            time -= 0.5 * uniform(absorb(address, 1)) if self.rounds else 0.0
            heapq.heappush(self.queue, (time, CONTACT, taker, giver, self.episodes[taker]))

    def factors(self, giver: int, taker: int) -> tuple[float, float]:
        sharing, logits = self.chances.sharing, self.chances.inoculation
        return (
            float(sharing[giver]) if sharing.size else 1.0,
            float(logits[taker]) if logits.size and not self.rule.accurate else 0.0,
        )

    def own(self, which: int, person: int) -> int:
        address = absorb(self.bases[which], int(self.ground.keys[person]))
        return absorb(address, self.episodes[person]) if self.again else address

    def waited(self, address: int, chance: float, factors: tuple[float, float] = (1.0, 0.0)) -> float:
        factor, logits = factors
        weight = math.exp(-logits)
        chance = chance * factor if self.rounds else chance * self.ground.days_per_step * factor
        if self.rounds:
            chance = min(1.0, chance)
            chance = chance * (weight / (1.0 - chance + chance * weight)) if logits else chance
        else:
            chance *= weight
        if chance == 0.0:
            return math.inf
        if not self.rounds:
            return -math.log(1.0 - uniform(address)) * (1.0 / chance)
        if chance == 1.0:
            return 1.0
        return 1.0 + math.floor(-math.log(1.0 - uniform(address)) * (1.0 / -math.log1p(-chance)))

    def statuses(self) -> np.ndarray:
        return np.array([self.status[person] for person in range(self.ground.n)], np.int8)
