"""Rumours once more, slowly, in plain Python: people are keys, the next event is found by looking at all."""

from __future__ import annotations

import math

from infodemic_sim.randomness import Draws, Purpose
from infodemic_sim.randomness import extended as absorb

IGNORANT, SPREADER, STIFLER = "ignorant", "spreader", "stifler"


def uniform(base: int, *words: int) -> float:
    """The draw at an address."""
    for word in words:
        base = absorb(base, word)
    return (base >> 12) * 2.0**-52 + 2.0**-53


class RumourTwin:
    """One run; people are known by their keys, and ``contacts`` lists those who see each one."""

    def __init__(
        self, contacts, start, draws: Draws, *, degree, spread, stifle, forget, failures, mutual
    ) -> None:
        self.contacts = {key: sorted(others) for key, others in contacts.items()}
        self.degree, self.spread, self.stifle, self.forget = degree, spread, stifle, forget
        self.failures, self.mutual = failures, mutual
        purposes = {"clock": Purpose.CLOCK, "partner": Purpose.PARTNER, "success": Purpose.TRANSMIT}
        self.bases = {name: int(draws.base(purpose)) for name, purpose in purposes.items()}
        self.bases["forget"] = int(draws.base(Purpose.FORGET))
        self.status = dict.fromkeys(contacts, IGNORANT)
        self.failed = dict.fromkeys(contacts, 0)
        self.rung = dict.fromkeys(contacts, 0)
        self.left = {}
        self.told = []  # (person, by whom, when)
        self.now = 0.0
        for key in start:
            self.turn_spreader(key)

    def drawn(self, name: str, key: int) -> float:
        return uniform(self.bases[name], key, self.rung[key])

    def wind(self, key: int) -> None:
        self.left[key] = -math.log(self.drawn("clock", key))

    def turn_spreader(self, key: int) -> None:
        self.status[key] = SPREADER
        self.wind(key)

    def rates(self, key: int, chances) -> tuple[float, float]:
        """Rates of telling and of being stifled."""
        number = len(self.contacts[key])
        meetings = number if self.degree is None else (self.degree if number else 0.0)
        return meetings * self.spread * chances["sharing"].get(key, 1.0), meetings * self.stifle

    def step(self, days: float, chances) -> None:
        """All events of one step; times count from its start."""
        due = {}
        for key, status in self.status.items():
            if status == SPREADER:
                self.plan(due, key, 0.0, days, chances)
        while due:
            key = min(due, key=lambda person: (due[person], person))
            now = due.pop(key)
            if self.status[key] == SPREADER:
                self.ring(due, key, now, days, chances)
        self.now += days

    def plan(self, due, key: int, now: float, days: float, chances) -> None:
        pace = max(self.rates(key, chances)) + self.forget
        if pace == 0.0:
            return
        time = now + self.left[key] / pace
        if time < days:
            due[key] = time
        else:
            self.left[key] = (time - days) * pace

    def ring(self, due, key: int, now: float, days: float, chances) -> None:
        telling, stifling = self.rates(key, chances)
        meeting = max(telling, stifling)
        if self.drawn("forget", key) * (meeting + self.forget) < self.forget:
            self.status[key] = STIFLER
            return
        others = self.contacts[key]
        other = others[int(self.drawn("partner", key) * len(others))]
        level = self.drawn("success", key) * meeting
        if self.status[other] == IGNORANT:
            if level < telling * math.exp(-chances["inoculation"].get(other, 0.0)):
                self.turn_spreader(other)
                self.told.append((other, key, self.now + now))
                self.plan(due, other, now, days, chances)
        else:
            both = self.mutual and self.status[other] == SPREADER
            if level < stifling * (0.5 if both else 1.0):
                for person in (key, other) if both else (key,):
                    self.failed[person] += 1
                    if self.failed[person] >= self.failures:
                        self.status[person] = STIFLER
        if self.status[key] == SPREADER:
            self.rung[key] += 1
            self.wind(key)
            self.plan(due, key, now, days, chances)
