"""Small networks, people with odd identities, and moved levers: what tests of cascades share."""

from __future__ import annotations

import numpy as np

from infodemic_sim.graphs import SocialGraph, erdos_renyi
from infodemic_sim.spread.network_rule import Chances

PEOPLE = 60


def odd_keys(n: int, seed: int = 0) -> np.ndarray:
    """Identities that have nothing to do with positions."""
    return np.random.default_rng(seed).permutation(np.arange(1000, 1000 + n)).astype(np.uint64)


def weighted(seed: int, total: float | None = None) -> SocialGraph:
    """Follows with weights from 0 to 1; with ``total``, those of all whom a person sees sum to it."""
    luck = np.random.default_rng(seed)
    plain = erdos_renyi(PEOPLE, mean_degree=4.0, directed=True, seed=seed)
    sees = np.repeat(np.arange(PEOPLE), plain.degrees())
    weights = luck.random(sees.size)
    weights[::7] = 0.0
    if total is not None:
        weights *= total / np.maximum(np.bincount(sees, weights, PEOPLE)[sees], 1e-9)
    return SocialGraph.from_ties(sees, plain.indices, PEOPLE, True, weights=weights)


def moved(seed: int, n: int = PEOPLE) -> Chances:
    """Factors from 0 to 2, and up to 2 logits of inoculation; some of each untouched."""
    luck = np.random.default_rng(seed)
    sharing, inoculation = 2.0 * luck.random(n), 2.0 * luck.random(n)
    sharing[::3], inoculation[::4] = 1.0, 0.0
    return Chances(sharing=sharing, inoculation=inoculation)


def neutral(n: int = PEOPLE) -> Chances:
    """Levers that somebody set to where they are."""
    return Chances(sharing=np.ones(n), inoculation=np.zeros(n))


def triangle(**words: object) -> SocialGraph:
    return SocialGraph.from_ties([0, 1, 2], [1, 2, 0], 3, False, **words)


def shuffled(graph: SocialGraph, keys: np.ndarray, seed: int = 3) -> tuple[SocialGraph, np.ndarray]:
    """The same people in another order."""
    order = np.random.default_rng(seed).permutation(graph.n)
    other = np.empty_like(keys)
    other[order] = keys
    return graph.relabel(order), other
