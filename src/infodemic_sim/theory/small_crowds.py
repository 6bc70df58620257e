"""Exact laws for crowds and networks small enough to go through every course of events."""

from __future__ import annotations

from itertools import product
from math import prod

import numpy as np

from infodemic_sim.errors import ParameterError
from infodemic_sim.theory.checks import as_long_as, count, numbers, share

MOST_COURSES = 1 << 20
Way = list[tuple[tuple[int, int] | None, float]]
"""What may happen at one place: a tie that opens, or none, each with its chance."""


def maki_thompson_law(ignorants: int, spreaders: int = 1) -> np.ndarray:
    """Chances of the final number of ignorants, float64[ignorants + 1], when everybody may meet everybody.

    A spreader meets one of the others at random: an ignorant becomes a spreader; otherwise the spreader who
    came stops [DaleyKendall1965]. Every state (x ignorants, y spreaders) is gone through, so time and memory
    grow with the square of the crowd.

    Parameters
    ----------
    ignorants, spreaders : people at the start; at least 2 in all, ``spreaders`` ≥ 1.

    Raises
    ------
    ParameterError
        If there are fewer than 2 people, or a number is negative.
    """
    people = crowd(ignorants, spreaders)
    law = np.zeros(ignorants + 1)
    column = np.zeros(people + 1)  # chance that (x, y) is met, by y; x falls from one column to the next
    column[spreaders] = 1.0
    for x in range(ignorants, -1, -1):
        told = x / (people - 1)
        following = np.zeros(people + 1)
        for y in range(people - x, 0, -1):
            following[min(y + 1, people)] += told * column[y]
            column[y - 1] += (1.0 - told) * column[y]
        law[x], column = column[0], following
    return law


def daley_kendall_law(ignorants: int, spreaders: int = 1) -> np.ndarray:
    """Chances of the final number of ignorants, float64[ignorants + 1], when any two may meet.

    Pairs meet at equal rates: a spreader tells an ignorant; two spreaders both stop; a spreader who meets
    one who has stopped stops too [DaleyKendall1965].

    Parameters
    ----------
    ignorants, spreaders : people at the start; at least 2 in all, ``spreaders`` ≥ 1.

    Raises
    ------
    ParameterError
        If there are fewer than 2 people, or a number is negative.
    """
    people = crowd(ignorants, spreaders)
    law = np.zeros(ignorants + 1)
    column = np.zeros(people + 1)
    column[spreaders] = 1.0
    for x in range(ignorants, -1, -1):
        following = np.zeros(people + 1)
        for y in range(people - x, 0, -1):
            pairs = np.array([x, (y - 1) / 2.0, people - x - y])
            told, both, one = column[y] * pairs / pairs.sum()
            following[min(y + 1, people)] += told
            column[max(y - 2, 0)] += both
            column[y - 1] += one
        law[x], column = column[0], following
    return law


def crowd(ignorants: int, spreaders: int) -> int:
    """People in all."""
    people = count("ignorants", ignorants) + count("spreaders", spreaders, 1)
    if people < 2:
        raise ParameterError("a rumour needs 2 people or more, but there is 1: raise ignorants.")
    return people


def independent_cascade_mean(ties: list[tuple[int, int]], chance: float, start: int = 0) -> float:
    """Mean number of people whom an independent cascade reaches, the one who starts included.

    Each tie passes it on once with the given chance, so those are reached whom open ties join to the start;
    all 2^m sets of open ties are gone through [KempeKleinbergTardos2003].

    Parameters
    ----------
    ties : pairs (u, v) of people along which it spreads from u to v; at most 20. Friendships go in both ways,
        as two pairs.
    chance : of each tie, 0 to 1.
    start : who starts.

    Raises
    ------
    ParameterError
        If a parameter is out of its bounds.
    """
    open_chance = share("chance", chance)
    ways: list[Way] = [[(tie, open_chance), (None, 1.0 - open_chance)] for tie in ties]
    return _mean_over_courses(ways, count("start", start))


def linear_threshold_mean(weights: np.ndarray, start: int = 0) -> float:
    """Mean number of people who take up something under the linear threshold rule, the starter included.

    A person joins when the weights of ties who joined reach a threshold drawn evenly from [0, 1]. That is as
    if each person listened to at most one tie, drawn with its weight as chance [KempeKleinbergTardos2003];
    all such draws are gone through.

    Parameters
    ----------
    weights : W[v, u], weight of u for v, 0 to 1; each row sums to at most 1. At most 2^20 draws.
    start : who starts.

    Raises
    ------
    ParameterError
        If the weights are out of their bounds.
    """
    rows = [
        as_long_as("each row of weights", numbers("weights", row, 0.0, 1.0), len(weights)) for row in weights
    ]
    if any(row.sum() > 1.0 + 1e-12 for row in rows):
        raise ParameterError("weights: the weights of each person must sum to at most 1; divide each row.")
    ways: list[Way] = [
        [
            *(((int(u), v), float(row[u])) for u in np.flatnonzero(row)),
            (None, max(0.0, 1.0 - float(row.sum()))),
        ]
        for v, row in enumerate(rows)
    ]
    return _mean_over_courses(ways, count("start", start))


def _mean_over_courses(ways: list[Way], start: int) -> float:
    """Mean size of what is reached, over one independent choice among each of the ways."""
    if prod(map(len, ways)) > MOST_COURSES:
        raise ParameterError(
            f"there are more than {MOST_COURSES:,} courses of events: give a smaller network."
        )
    mean = 0.0
    for course in product(*ways):
        chance = prod(weight for _, weight in course)
        mean += chance * _reached([tie for tie, _ in course if tie is not None], start)
    return mean


def _reached(ties: list[tuple[int, int]], start: int) -> int:
    """Number of people joined to the start by open ties."""
    found = {start}
    while more := {v for u, v in ties if u in found and v not in found}:
        found |= more
    return len(found)
