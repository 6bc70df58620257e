"""The exact law of how many never hear a rumour among few people who all know one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

State = tuple[int, tuple[int, ...], int]
"""Ignorants; spreaders with 0, 1, … failed contacts; stiflers."""


def after(spreaders: tuple[int, ...], failing: list[int]) -> tuple[tuple[int, ...], int]:
    """Spreaders by failures once those at these places have failed once more, and how many stop."""
    counts, stopped = list(spreaders), 0
    for place in failing:
        counts[place] -= 1
    for place in failing:
        if place + 1 < len(counts):
            counts[place + 1] += 1
        else:
            stopped += 1
    return tuple(counts), stopped


def moves(state: State, mutual: bool) -> Iterator[tuple[State, float]]:
    """What may happen next, each with its rate in units of a pair's."""
    ignorants, spreaders, stiflers = state
    total = sum(spreaders)
    if ignorants:
        told = (spreaders[0] + 1, *spreaders[1:])
        yield (ignorants - 1, told, stiflers), total * ignorants
    for place, number in enumerate(spreaders):
        if number:
            known = stiflers if mutual else stiflers + total - 1
            counts, stopped = after(spreaders, [place])
            yield (ignorants, counts, stiflers + stopped), number * known
    if mutual:
        yield from pairs(state)


def pairs(state: State) -> Iterator[tuple[State, float]]:
    """Meetings of two spreaders, in which both fail."""
    ignorants, spreaders, stiflers = state
    for one, number in enumerate(spreaders):
        for other in range(one, len(spreaders)):
            ways = number * (number - 1) / 2 if one == other else number * spreaders[other]
            if ways:
                counts, stopped = after(spreaders, [one, other])
                yield (ignorants, counts, stiflers + stopped), ways


def law(n: int, failures: int, mutual: bool) -> dict[int, float]:
    """The chance of each number of ignorants left, from one spreader among n."""
    ends: dict[int, float] = defaultdict(float)
    level = {(n - 1, (1, *[0] * (failures - 1)), 0): 1.0}
    while level:
        following: dict[State, float] = defaultdict(float)
        for state, chance in level.items():
            options = [(new, rate) for new, rate in moves(state, mutual) if rate > 0]
            total = sum(rate for _, rate in options)
            if not sum(state[1]) or not total:
                ends[state[0]] += chance
            for new, rate in options if sum(state[1]) else ():
                following[new] += chance * rate / total
        level = following
    return dict(ends)
