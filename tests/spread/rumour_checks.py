"""What tests of rules in continuous time share: grounds, steps, comparisons."""

from __future__ import annotations

import numpy as np
from scipy import stats

from infodemic_sim.graphs import SocialGraph, erdos_renyi
from infodemic_sim.randomness import Draws
from infodemic_sim.spread.network_rule import UNTOUCHED, Arrays, Chances, Ground, NetworkRule

AT_ONCE = 24e6
"""Hours of a step in which everything happens."""


def ground(graph: SocialGraph, *, seed: int = 1, keys: np.ndarray | None = None, days: float = 1.0) -> Ground:
    """A ground whose people have the keys given, or are known by position."""
    keys = np.arange(graph.n, dtype=np.uint64) if keys is None else keys
    return Ground(graph, keys, Draws(seed, 0), days)


def moved(
    rule: NetworkRule, place: Ground, steps: int, chances: Chances = UNTOUCHED
) -> tuple[Arrays, np.ndarray]:
    """The arrays after so many steps, and all adoptions."""
    arrays, rows = rule.begin(place)
    found = [rows]
    found += [rule.advance(place, arrays, step, chances) for step in range(steps)]
    return arrays, np.concatenate(found)


def follows(n: int, mean_degree: float, seed: int = 1) -> SocialGraph:
    """A random network of follows."""
    return erdos_renyi(n, mean_degree=mean_degree, directed=True, seed=seed)


def shuffled_keys(n: int, seed: int = 5) -> np.ndarray:
    """Identities that have nothing to do with positions."""
    return np.random.default_rng(seed).choice(1 << 60, n, replace=False).astype(np.uint64)


def same_arrays(one: Arrays, other: Arrays) -> bool:
    """Whether two states are equal, bit for bit."""
    return one.keys() == other.keys() and all(one[name].tobytes() == other[name].tobytes() for name in one)


def chi_square(counts: dict[int, int], law: dict[int, float]) -> float:
    """The p-value of counts under a law; outcomes with fewer than 5 expected are taken together."""
    total = sum(counts.values())
    assert set(counts) <= set(law), "something happened that cannot"
    common = [k for k, chance in law.items() if chance * total >= 5]
    rest = [k for k in law if k not in common]
    observed = [counts.get(k, 0) for k in common] + ([sum(counts.get(k, 0) for k in rest)] if rest else [])
    expected = [law[k] * total for k in common] + ([sum(law[k] for k in rest) * total] if rest else [])
    if rest and expected[-1] < 1:  # too rare for the approximation: beside the most common of them
        observed[0] += observed.pop()
        expected[0] += expected.pop()
    return float(stats.chisquare(observed, expected).pvalue)
