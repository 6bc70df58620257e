"""Rules in which all people at once take mean opinions: over those they see, or those near enough too."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.compiled import kernel
from infodemic_sim.kernels.opinion import fixed, scale_for


@kernel
def pull_of(person, factors):
    """By how much a person's opinion counts; `factors` is empty where nothing changes that."""
    return factors[person] if factors.size else 1.0


@kernel
def strongest_tie(indptr, indices, weights, factors, person):
    """The largest weight and the largest pull in a person's row; 1 where there are none to tell apart."""
    weight, pull = 0.0 if weights.size else 1.0, 0.0 if factors.size else 1.0
    for entry in range(indptr[person], indptr[person + 1]):
        if weights.size:
            weight = max(weight, np.float64(weights[entry]))
        if factors.size:
            pull = max(pull, factors[indices[entry]])
    return weight, pull


@kernel
def listened(indptr, indices, weights, factors, own, opinion):
    """Mean of one's own opinion, which counts own[i], and of those one sees, who count the rest: float64[n].

    The rest is shared out by the weights of ties, and each share multiplied by the factor of who is seen.
    """
    out = opinion.copy()
    for person in range(opinion.size):
        first, end = indptr[person], indptr[person + 1]
        weight, pull = strongest_tie(indptr, indices, weights, factors, person)
        if first == end or weight == 0.0 or pull == 0.0:
            continue
        scale = scale_for(end - first)
        lean, pulled, total = np.int64(0), np.int64(0), np.int64(0)
        if weights.size or factors.size:
            for entry in range(first, end):
                tie = np.float64(weights[entry]) / weight if weights.size else 1.0
                share = tie * (factors[indices[entry]] / pull) if factors.size else tie
                lean += fixed(share * opinion[indices[entry]], scale)
                pulled += fixed(share, scale)
                total += fixed(tie, scale)
        else:  # the same bits, sooner
            for entry in range(first, end):
                lean += fixed(opinion[indices[entry]], scale)
            pulled = total = (end - first) * fixed(1.0, scale)
        if pulled > 0:
            others = (1.0 - own[person]) * (pull * pulled / total)
            mine = own[person] * opinion[person]
            out[person] = (mine + others * (lean / pulled)) / (own[person] + others)
    return out


@kernel
def near_mean(indptr, indices, factors, confidence, opinion):
    """Mean over oneself and those one sees whose opinions lie within the confidence: float64[n].

    Oneself counts 1, the others their pulls.
    """
    out = np.empty(opinion.size)
    for person in range(opinion.size):
        first, end = indptr[person], indptr[person + 1]
        strongest = max(1.0, pull_of(person, factors))
        if factors.size:
            for entry in range(first, end):
                strongest = max(strongest, factors[indices[entry]])
        scale = scale_for(end - first + 1) / strongest
        lean, total = fixed(opinion[person], scale), fixed(1.0, scale)
        for entry in range(first, end):
            other = indices[entry]
            if abs(opinion[other] - opinion[person]) <= confidence:
                lean += fixed(pull_of(other, factors) * opinion[other], scale)
                total += fixed(pull_of(other, factors), scale)
        out[person] = lean / total
    return out


@kernel
def near_mean_of_all(factors, confidence, opinion):
    """As ``near_mean``, bit for bit, where everybody sees everybody: sorts, and looks at no pairs."""
    n = opinion.size
    strongest = 1.0
    for person in range(factors.size):
        strongest = max(strongest, factors[person])
    scale = scale_for(n) / strongest
    order = np.argsort(opinion)
    leans, totals = np.zeros(n + 1, np.int64), np.zeros(n + 1, np.int64)
    for place in range(n):
        person = order[place]
        leans[place + 1] = leans[place] + fixed(pull_of(person, factors) * opinion[person], scale)
        totals[place + 1] = totals[place] + fixed(pull_of(person, factors), scale)
    out = np.empty(n)
    low, high = 0, 0
    for place in range(n):
        person = order[place]
        while opinion[person] - opinion[order[low]] > confidence:
            low += 1
        while high < n and opinion[order[high]] - opinion[person] <= confidence:
            high += 1
        own = pull_of(person, factors)
        lean = leans[high] - leans[low] + fixed(opinion[person], scale)
        total = totals[high] - totals[low] + fixed(1.0, scale)
        lean -= fixed(own * opinion[person], scale)
        out[person] = lean / (total - fixed(own, scale))
    return out
