"""The rules of opinions once more, in plain Python, and what their tests share."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from infodemic_sim.graphs import SocialGraph
from infodemic_sim.randomness import Draws, Purpose
from infodemic_sim.randomness import extended as absorb
from infodemic_sim.spread.network_rule import UNTOUCHED, Chances, Ground


def friends(n, *ties):
    """A graph of friendships."""
    return SocialGraph.from_ties([a for a, _ in ties], [b for _, b in ties], n, directed=False)


def random_graph(random, n, ties, directed, weighted=False):
    """Ties between random people, some of weight 0 if they have weights."""
    ends = random.integers(0, n, (2, ties))
    weights = random.choice([0.0, 0.1, 1.0, 7.3], ties) if weighted else None
    return SocialGraph.from_ties(*ends, n, directed, weights=weights)


def ground_of(graph, seed=1, keys=None):
    """What a run stands on."""
    keys = np.arange(graph.n) if keys is None else keys
    return Ground(graph, np.asarray(keys, np.uint64), Draws(seed, 0))


def walked(rule, ground, steps, factors=None):
    """The arrays after some steps, and all adoptions."""
    chances = UNTOUCHED if factors is None else Chances(sharing=np.asarray(factors, float))
    arrays, first = rule.begin(ground)
    rows = [rule.advance(ground, arrays, step, chances) for step in range(steps)]
    return arrays, np.concatenate([first, *rows])


def moved_about(ground, random):
    """The same people at other positions, and where each has gone."""
    new = random.permutation(ground.n)
    keys = np.empty_like(ground.keys)
    keys[new] = ground.keys
    return Ground(ground.graph.relabel(new), keys, ground.draws), new


def rows_of(graph):
    """Whom each person sees, with the weights of the ties."""
    weights = np.ones(len(graph.indices)) if graph.weights is None else graph.weights.astype(float)
    ends = graph.indptr.tolist()
    return [
        list(zip(graph.indices[a:b].tolist(), weights[a:b].tolist(), strict=True)) for a, b in pairwise(ends)
    ]


def degroot(graph, opinion, own, factors):
    """One step of DeGroot."""
    new = list(opinion)
    for i, row in enumerate(rows_of(graph)):
        total = sum(w for _, w in row)
        if total > 0.0:
            shares = [((1.0 - own[i]) * w / total * factors[j], j) for j, w in row]
            whole = own[i] + sum(share for share, _ in shares)
            if sum(share for share, _ in shares) > 0.0:
                new[i] = (own[i] * opinion[i] + sum(share * opinion[j] for share, j in shares)) / whole
    return new


def hegselmann_krause(graph, opinion, confidence, factors):
    """One step of Hegselmann and Krause."""
    new = []
    for x, row in zip(opinion, rows_of(graph), strict=True):
        near = [(factors[j], opinion[j]) for j, _ in row if abs(opinion[j] - x) <= confidence]
        new.append((x + sum(f * y for f, y in near)) / (1.0 + sum(f for f, _ in near)))
    return new


def unit(address):
    """A number in (0, 1)."""
    return (address >> 12) * 2.0**-52 + 2.0**-53


class Meetings:
    """Who is drawn, and whom they see, in order of key."""

    def __init__(self, ground):
        keys = ground.keys.tolist()
        self.people = sorted(range(ground.n), key=keys.__getitem__)
        self.seen = [
            sorted(ground.graph.followees(v).tolist(), key=keys.__getitem__) for v in range(ground.n)
        ]
        self.draws = ground.draws

    def in_step(self, step):
        """Each person drawn in a step, and the number that chooses whom they meet."""
        base = int(self.draws.base(Purpose.CONTACT, step))
        for k in range(len(self.people)):
            address = absorb(base, k)
            yield self.people[int(unit(address) * len(self.people))], unit(absorb(address, 1))


def deffuant(ground, opinion, steps, confidence, convergence, factors):
    """Some steps of Deffuant and others."""
    meetings, x = Meetings(ground), list(opinion)
    for step in range(steps):
        for i, u in meetings.in_step(step):
            if not meetings.seen[i]:
                continue
            j = meetings.seen[i][int(u * len(meetings.seen[i]))]
            gap = x[j] - x[i]
            if abs(gap) < confidence:
                x[i] += min(1.0, convergence * factors[j]) * gap
                if i in meetings.seen[j]:
                    x[j] -= min(1.0, convergence * factors[i]) * gap
    return x


def voter(ground, status, steps, factors):
    """Some sweeps of the voter rule: statuses, and who copied whom when."""
    meetings, status, copies = Meetings(ground), list(status), []
    for step in range(steps):
        for turn, (i, u) in enumerate(meetings.in_step(step)):
            whole = max(len(meetings.seen[i]), sum(factors[j] for j in meetings.seen[i]))
            passed = 0.0
            for j in meetings.seen[i]:
                passed += factors[j]
                if passed > u * whole:
                    if status[j] != status[i]:
                        status[i] = status[j]
                        copies.append((i, j, status[i], step + (turn + 1) / ground.n))
                    break
    return status, copies
