"""The voter rule: again and again, a person drawn at random copies a random tie."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from infodemic_sim.errors import ParameterError
from infodemic_sim.theory.checks import count, numbers, share
from infodemic_sim.theory.degree_laws import Rows


def voter_win_chance(network: Any, holders: Any) -> float:
    """Chance that all end with the opinion that some hold at the start.

    The share of ties that those who hold it have, Σ_{holders} k / Σ k: a person is copied in proportion to
    it, as the degree-weighted share is conserved on average [SoodRedner2005]. Where all have as many ties, it
    is the share of people who hold it at the start.

    Parameters
    ----------
    network : connected friendships (a ``SocialGraph``), or numbers of ties, one per person.
    holders : positions of those who hold it at the start, or one true or false per person.

    Raises
    ------
    ParameterError
        If ties go one way, nobody has a tie, or positions are outside the network.
    """
    if isinstance(network, Rows) and network.directed:
        raise ParameterError("the ties go one way; the voter rule's law needs a network of friendships.")
    ties = np.diff(network.indptr) if isinstance(network, Rows) else network
    degrees = numbers("degrees", ties)
    chosen = np.asarray(holders)
    if not chosen.size:
        return 0.0
    if chosen.dtype != bool and not (0 <= chosen.min() and chosen.max() < len(degrees)):
        raise ParameterError(f"holders: people are numbered 0 to {len(degrees) - 1}.")
    if not degrees.sum() > 0.0:
        raise ParameterError("nobody has a tie, so nobody copies anybody: give a network with ties.")
    return float(degrees[chosen if chosen.dtype == bool else np.unique(chosen)].sum() / degrees.sum())


def voter_consensus_time(people: int, holders: int) -> float:
    """Mean number of sweeps of n copyings until all agree, where everybody may copy everybody.

    With m holders of n, ((n − 1)/n)·[(n − m) Σ_{j ≤ m} 1/(n − j) + m Σ_{j > m} 1/j], exact; for large n it is
    −n[x ln x + (1 − x) ln(1 − x)] with x = m/n, which from one half is n ln 2 [SoodRedner2005].

    Parameters
    ----------
    people : n, ≥ 1.
    holders : m, people who hold one of two opinions at the start, 0 to n.

    Raises
    ------
    ParameterError
        If a parameter is out of its bounds.
    """
    n, m = count("people", people, 1), count("holders", holders)
    if m > n:
        raise ParameterError(f"holders must be at most the number of people ({n}), but got {m}.")
    if m in (0, n):
        return 0.0
    behind = (n - m) * math.fsum(1.0 / (n - j) for j in range(1, m + 1))
    ahead = m * math.fsum(1.0 / j for j in range(m + 1, n))
    return (n - 1) / n * (behind + ahead)


def voter_consensus_time_large(people: int, holders: float) -> float:
    """The limit of ``voter_consensus_time`` for many people: −n[x ln x + (1 − x) ln(1 − x)] [SoodRedner2005].

    Parameters
    ----------
    people : n, ≥ 1.
    holders : x, share of people who hold one of two opinions at the start, 0 to 1.

    Raises
    ------
    ParameterError
        If a parameter is out of its bounds.
    """
    n, x = count("people", people, 1), share("holders", holders)
    return n * sum(-part * math.log(part) for part in (x, 1.0 - x) if part > 0.0)
