"""One round of contagion by chance: whoever is new gets through to those who see them, or never will."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.compiled import kernel
from infodemic_sim.kernels.doubt import doubted
from infodemic_sim.kernels.draws import absorb, uniform


@kernel
def believed(chance, inoculation, person):
    """A chance of being convinced, less what a person's inoculation takes from it."""
    return doubted(chance, inoculation[person]) if inoculation.size else chance


@kernel
def passed_on(chance, sharing, person):
    """A chance of passing something on, times a person's factor, at most 1."""
    return min(1.0, chance * sharing[person]) if sharing.size else chance


@kernel
def tie_draw(base, keys, source, target):
    """The one draw of the tie along which something goes from source to target."""
    return uniform(absorb(absorb(base, keys[source]), keys[target]))


@kernel
def tie_chance(tie, source, target, chance, weights, sharing, inoculation):
    """Chance that a source gets through to a target: of the tie, times sharing, less what is doubted."""
    own = np.float64(weights[tie]) if weights.size else chance
    return believed(passed_on(own, sharing, source), inoculation, target)


@kernel
def reached_ties(people, indptr):
    """How many ties lead from these people to those who see them."""
    ties = 0
    for person in people:
        ties += indptr[person + 1] - indptr[person]
    return ties


@kernel
def won_over(base, keys, fresh, indptr, indices, weights, chance, needed, sharing, inoculation, heard):
    """Those to whom enough people have got through by the end of this round: int32[m], in no set order.

    Parameters
    ----------
    fresh : int32[k], who became active in the round before: they try now, each tie once.
    indptr, indices, weights : row u holds those who see u; weights are the chances of ties, or empty.
    chance : chance of every tie, where there are no weights.
    needed : how many have to get through to a person.
    sharing, inoculation : float64[n], or empty where untouched.
    heard : int32[n], how many have got through so far, at most ``needed``; brought up to date.
    """
    found = np.empty(reached_ties(fresh, indptr), np.int32)
    count = 0
    for source in fresh:
        for tie in range(indptr[source], indptr[source + 1]):
            target = indices[tie]
            if heard[target] >= needed:
                continue
            limit = tie_chance(tie, source, target, chance, weights, sharing, inoculation)
            if tie_draw(base, keys, source, target) < limit:
                heard[target] += 1
                if heard[target] == needed:
                    found[count] = target
                    count += 1
    return found[:count].copy()


@kernel
def from_whom(base, keys, people, first, latest, indptr, indices, weights, chance, sharing, inoculation):
    """From whom each one had it: a fair lot among those who got through in this round, int32[m].

    The lot is draw / chance, which is uniform once the draw is known to lie below the chance: the least wins.

    Parameters
    ----------
    people : int32[m], who were won over.
    first : number of the first adoption of the round before; latest : int32[n], numbers of adoptions.
    indptr, indices, weights : row v holds those whom v sees.
    """
    sources = np.full(people.size, -1, np.int32)
    for k in range(people.size):
        target = people[k]
        least = 1.0
        for tie in range(indptr[target], indptr[target + 1]):
            source = indices[tie]
            if latest[source] < first:
                continue
            limit = tie_chance(tie, source, target, chance, weights, sharing, inoculation)
            draw = tie_draw(base, keys, source, target)
            if draw < limit and draw / limit < least:
                sources[k], least = source, draw / limit
    return sources
