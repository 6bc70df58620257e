"""Cascades once more, slowly and plainly: dictionaries, exact fractions, one person after the other."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

import numpy as np

from infodemic_sim.graphs import SocialGraph
from infodemic_sim.randomness import Draws, Purpose
from infodemic_sim.randomness import extended as absorb
from infodemic_sim.spread.network_rule import UNTOUCHED, Chances, Ground, NetworkRule

Found = list[tuple[int, int, int, int]]
"""Key of the person, key of the source (-1: none), message, round; in order of happening."""


def ground_of(graph: SocialGraph, keys: np.ndarray, seed: int, replicate: int = 0) -> Ground:
    return Ground(graph, keys.astype(np.uint64), Draws(seed, replicate))


def played(rule: NetworkRule, ground: Ground, chances: Chances = UNTOUCHED) -> Found:
    """What a rule gives when the same chances hold in every round."""
    arrays, first = rule.begin(ground)
    rows = [first]
    while not rule.finished(arrays):
        rows.append(rule.advance(ground, arrays, len(rows) - 1, chances))
        assert sum(rule.summary(arrays).values()) == ground.n
    adopted = np.concatenate(rows)
    people = [int(key) for key in ground.keys[adopted["person"]]]
    return [
        (
            people[k],
            people[row["parent"]] if row["parent"] >= 0 else -1,
            int(row["message"]),
            int(row["time"]),
        )
        for k, row in enumerate(adopted)
    ]


class Twin:
    """People by their keys: whom each one sees, and along which weight."""

    def __init__(self, ground: Ground, chances: Chances = UNTOUCHED) -> None:
        graph = ground.graph
        keys = [int(key) for key in ground.keys]
        weights = np.ones(graph.indices.size) if graph.weights is None else graph.weights
        self.sees: dict[int, dict[int, float]] = {key: {} for key in sorted(keys)}
        for v, key in enumerate(keys):
            for tie in range(graph.indptr[v], graph.indptr[v + 1]):
                self.sees[key][keys[graph.indices[tie]]] = float(weights[tie])
        self.draws = ground.draws
        self.sharing = dict(zip(keys, chances.sharing.tolist() or [1.0] * graph.n, strict=True))
        self.doubt = dict(zip(keys, chances.inoculation.tolist() or [0.0] * graph.n, strict=True))

    def draw(self, purpose: Purpose, *words: int, family: tuple[int, ...] = ()) -> float:
        """The number at an address."""
        state = int(self.draws.base(purpose, *family))
        for word in words:
            state = absorb(state, word)
        return ((state >> 12) + 0.5) / 2**52

    def chance(self, chance: float, source: int, target: int) -> float:
        """After sharing and inoculation."""
        p = min(1.0, chance * self.sharing[source])
        if self.doubt[target] == 0.0 or p in (0.0, 1.0):
            return p
        odds = math.exp(-self.doubt[target])
        return p * odds / (1.0 - p + p * odds)

    def rounds(self, start: list[int], convinced: Callable[[int, set[int], set[int]], int | None]) -> Found:
        """Rounds until nobody joins; ``convinced(v, active, fresh)`` names the source, or nobody."""
        fresh, active, time = set(start), set(start), 0
        found: Found = [(key, -1, 0, 0) for key in sorted(start)]
        while fresh:
            time += 1
            met = [key for key in self.sees if key not in active and fresh & set(self.sees[key])]
            sources = {key: convinced(key, active, fresh) for key in met}
            joined = {key: source for key, source in sources.items() if source is not None}
            found += [(key, source, 0, time) for key, source in sorted(joined.items())]
            fresh, active = set(joined), active | set(joined)
        return found

    def by_chance(self, start: list[int], chance: float | None, needed: int) -> Found:
        """Independent cascade and complex contagion."""

        def luck(source: int, target: int) -> float:
            own = self.sees[target][source] if chance is None else chance
            limit = self.chance(own, source, target)
            draw = self.draw(Purpose.TRANSMIT, source, target)
            return draw / limit if draw < limit else math.inf

        def convinced(v: int, active: set[int], fresh: set[int]) -> int | None:
            through = {u: luck(u, v) for u in self.sees[v] if u in active and luck(u, v) < 1.0}
            if len(through) < needed:
                return None
            return min((through[u], u) for u in through if u in fresh)[1]

        return self.rounds(start, convinced)

    def by_threshold(self, start: list[int], weighted: bool, limits: dict[int, float]) -> Found:
        """Linear threshold and Watts."""

        def convinced(v: int, active: set[int], fresh: set[int]) -> int | None:
            seen = {
                u: Fraction(w) if weighted else Fraction(1, len(self.sees[v]))
                for u, w in self.sees[v].items()
                if u in active
                and (w > 0.0 or not weighted)
                and self.draw(Purpose.TRANSMIT, u, v) < min(1.0, self.sharing[u])
            }
            if not fresh & set(seen) or float(sum(seen.values())) < self.raised(limits[v], v):
                return None
            clocks = {
                u: -math.log(self.draw(Purpose.PICK, u, v)) / float(seen[u]) for u in seen if u in fresh
            }
            return min(clocks, key=lambda u: clocks[u])

        return self.rounds(start, convinced)

    def raised(self, limit: float, person: int) -> float:
        """A threshold after inoculation."""
        if self.doubt[person] == 0.0:
            return limit
        return limit / (limit + (1.0 - limit) * math.exp(-self.doubt[person]))

    def competing(
        self, starts: tuple[list[int], list[int]], chances: tuple[float, float], open_to: tuple[float, float]
    ) -> Found:
        """Two messages at once."""
        found: Found = [(key, -1, m, 0) for m in (0, 1) for key in sorted(starts[m])]
        held = {key: {m for m in (0, 1) if key in starts[m]} for key in self.sees}
        fresh, time = [set(starts[0]), set(starts[1])], 0

        def best(m: int, v: int) -> tuple[float, int]:
            lucks = [(math.inf, -1)]
            for u in fresh[m] & set(self.sees[v]):
                p = self.chance(chances[m], u, v) if m else min(1.0, chances[m] * self.sharing[u])
                lucks.append((self.draw(Purpose.TRANSMIT, u, v, family=(m,)) / p if p else math.inf, u))
            return min(lucks)

        while any(fresh):
            time += 1
            joined: list[set[int]] = [set(), set()]
            for v in self.sees:
                first = 0 if self.draw(Purpose.PICK, v) < 0.5 else 1
                for m in (first, 1 - first):
                    luck, source = best(m, v)
                    other = 1 - m in held[v] | ({1 - m} if v in joined[1 - m] else set())
                    if m not in held[v] and luck < (open_to[m] if other else 1.0):
                        joined[m].add(v)
                        found.append((v, source, m, time))
            for m in (0, 1):
                for v in joined[m]:
                    held[v].add(m)
            fresh = joined
        return found
