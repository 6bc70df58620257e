"""Readers meet their feeds: the inner loop of the feed rule.

Feeds are built at reading time. Posts race for the reader's places: a post with score w has race time
-log(u)/w (an exponential race draws without replacement in proportion to w), background posts arrive
as a Poisson process on the same clock, and the first ``budget`` arrivals are read.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from infodemic_sim.kernels.draws import absorb, uniform
from infodemic_sim.kernels.layout import (
    META,
    POSTED,
    SHORT_KEY,
    SLOT,
)
from infodemic_sim.kernels.persuasion import belief, learn, reshare_chance, sigmoid, veracity_logit
from infodemic_sim.kernels.seen import has_seen, remember

FIRST_OCTAVE, PER_OCTAVE = -24.0, 16.0
MARGIN = 1.0 + 1e-6
LOW_BITS = np.uint64(0x7FFFFFFF)
CORRECTION = 1


@njit(nogil=True, cache=True)
def ahead(law, time):
    """Share of background posts whose race time is below ``time``."""
    place = (math.log2(time) - FIRST_OCTAVE) * PER_OCTAVE
    if place <= 0.0:
        return law[0] * time / 2.0**FIRST_OCTAVE
    k = int(place)
    if k >= law.size - 1:
        return law[law.size - 1]
    return law[k] + (place - k) * (law[k + 1] - law[k])


@njit(nogil=True, cache=True)
def time_at(law, share):
    """A race time by which at least ``share`` of the background posts have arrived."""
    if share >= law[law.size - 1]:
        return math.inf
    low, high = 0, law.size - 1
    while low < high:
        middle = (low + high) >> 1
        if law[middle] < share:
            low = middle + 1
        else:
            high = middle
    return math.exp2(low / PER_OCTAVE + FIRST_OCTAVE) * MARGIN


@njit(nogil=True, cache=True)
def chatter_cut(feed, reader, places, address):
    """Race time at which background posts alone have filled the reader's places (an upper bound)."""
    expected = feed.chatter[reader]
    if expected <= 0.0:
        return math.inf
    total, product = 0.0, 1.0
    for k in range(places):
        product *= uniform(absorb(address, np.uint64(k)))
        if k & 7 == 7:
            total -= math.log(product)
            product = 1.0
    total -= math.log(product)
    return time_at(feed.law, total / expected)


@njit(nogil=True, cache=True)
def gather(feed, reader, step, rows, owners):
    """Places on followees' timelines that hold a post within the horizon; how many."""
    horizon = feed.recency.size - 1
    depth = feed.line.shape[1]
    line = feed.line
    found = 0
    for tie in range(feed.indptr[reader], feed.indptr[reader + 1]):
        author = feed.followees[tie]
        for place in range(depth):
            rows[found] = place
            owners[found] = tie
            found += step - line[author, place, POSTED] <= horizon
    return found


@njit(nogil=True, cache=True)
def score(feed, pull, tie, author, step, place):
    """Score of one post for one reader, apart from the message's own race draw."""
    line = feed.line
    value = feed.recency[step - line[author, place, POSTED]]
    value *= feed.weight[line[author, place, SLOT]]
    if feed.homophily != 0.0:
        value *= pull[line[author, place, META]]
    if feed.ties.size > 0:
        value *= feed.ties[tie]
    if feed.reach.size > 0:
        value *= feed.reach[author]
    return value


@njit(nogil=True, cache=True)
def beats(time_a, luck_a, key_a, time_b, luck_b, key_b):
    """Whether a is shown before b: by race time, then luck, then the poster's key."""
    if time_a != time_b:
        return time_a < time_b
    if luck_a != luck_b:
        return luck_a < luck_b
    return key_a < key_b


@njit(nogil=True, cache=True)
def enter(best, count, places, entry, keys):
    """Insert one post among the ``places`` best distinct messages; the new count.

    ``best`` is a tuple of arrays (time, luck, slot, author, place) sorted by ``beats``.
    """
    times, lucks, slots, authors, spots = best
    time, luck, slot, author, spot = entry
    at = count
    for k in range(count):
        if slots[k] == slot:
            if not beats(time, luck, keys[author], times[k], lucks[k], keys[authors[k]]):
                return count
            at = k
            count -= 1
            break
    if at == count and count == places:
        at -= 1
        count -= 1
        if not beats(time, luck, keys[author], times[at], lucks[at], keys[authors[at]]):
            return count + 1
    while at > 0 and beats(
        time, luck, keys[author], times[at - 1], lucks[at - 1], keys[authors[at - 1]]
    ):
        times[at], lucks[at], slots[at] = times[at - 1], lucks[at - 1], slots[at - 1]
        authors[at], spots[at] = authors[at - 1], spots[at - 1]
        at -= 1
    times[at], lucks[at], slots[at], authors[at], spots[at] = time, luck, slot, author, spot
    return count + 1


@njit(nogil=True, cache=True)
def race(feed, readers, seen, messages, reader, places, step, bases, pull, found, rows, owners, best):
    """Run the race of one reader; how many distinct stored posts are in front."""
    key = readers.key[reader]
    racing = absorb(bases[0], key)
    cut = chatter_cut(feed, reader, places, absorb(bases[1], key))
    count = 0
    for c in range(found):
        place, tie = rows[c], owners[c]
        author = feed.followees[tie]
        value = score(feed, pull, tie, author, step, place)
        luck = uniform(absorb(racing, np.uint64(feed.line[author, place, SHORT_KEY]) & LOW_BITS))
        if value * cut <= (1.0 - luck if feed.random else 1.0):
            continue
        slot = feed.line[author, place, SLOT]
        if value <= 0.0 or messages[slot].author == reader or has_seen(seen, reader, slot):
            continue
        time = (-math.log(luck) if feed.random else 1.0) / value
        count = enter(best, count, places, (time, luck, slot, author, place), readers.key)
        if count == places:
            cut = min(cut, best[0][count - 1] * MARGIN)
    return count


@njit(nogil=True, cache=True)
def shown(feed, reader, places, address, times, count):
    """How many of the leading posts are read, once background posts have taken their places."""
    expected = feed.chatter[reader]
    taken, arrival = 0, 0.0
    if expected > 0.0:
        arrival = -math.log(uniform(absorb(address, np.uint64(0))))
    for k in range(count):
        if expected > 0.0:
            clock = expected * ahead(feed.law, times[k])
            while arrival < clock and k + taken < places:
                taken += 1
                arrival -= math.log(uniform(absorb(address, np.uint64(taken))))
        if k + taken >= places:
            return k
    return count


@njit(nogil=True, cache=True)
def order_by_key(best, count, messages):
    """Sort the posts to be read by message key, so that their order on arrays cannot matter."""
    _, _, slots, authors, spots = best
    for k in range(1, count):
        slot, author, spot = slots[k], authors[k], spots[k]
        at = k
        while at > 0 and messages[slots[at - 1]].key > messages[slot].key:
            slots[at], authors[at], spots[at] = slots[at - 1], authors[at - 1], spots[at - 1]
            at -= 1
        slots[at], authors[at], spots[at] = slot, author, spot


@njit(nogil=True, cache=True)
def homophily_pulls(feed, lines, reader, pull):
    """exp(omega y tanh b) for every topic and side, as the post's META column indexes it."""
    for topic in range(lines.shape[1]):
        lean = math.tanh(belief(lines, reader, topic))
        for side in range(-1, 2):
            pull[4 * topic + side + 1] = math.exp(feed.homophily * side * lean)


@njit(nogil=True, cache=True)
def read_post(message, reader, readers, rule, lines, reads):
    """Read one message: the logit of its perceived veracity."""
    topic, side = message.topic, message.side
    logit = veracity_logit(readers, rule, lines, reader, topic, side, message.labels)
    kind, source, strength = message.kind, message.source, message.strength
    learn(readers, rule, lines, reader, topic, side, kind, source, strength, sigmoid(logit))
    if side != 0:
        reads[reader, topic, 0 if side > 0 else 1] += 1
    return logit


@njit(nogil=True, cache=True)
def read_correction(message, reader, readers, rule, lines):
    """Read the correction attached to a message: how far belief in the accurate position moved."""
    topic = message.topic
    logit = veracity_logit(readers, rule, lines, reader, topic, 1, np.uint8(0))
    strength = message.correction_strength
    return learn(
        readers, rule, lines, reader, topic, 1, CORRECTION, message.correction, strength, sigmoid(logit)
    )


@njit(nogil=True, cache=True)
def most_places(start, stop, readers):
    """The most posts anybody reads in this step, and the posts all read together at most."""
    most, total = np.int64(0), np.int64(0)
    for reader in range(start, stop):
        places = np.int64(readers.sessions[reader]) * readers.budget[reader]
        most = max(most, places)
        total += places
    return most, total


@njit(nogil=True, cache=True)
def read_feeds(start, stop, step, feed, readers, rule, seen, messages, lines, reads, bases, widest):
    """Readers ``start`` to ``stop`` meet their feeds, learn and decide what to reshare.

    Parameters
    ----------
    lines : float64[n, topics, 5], see layout. Changed in place, rows of this range only.
    reads : int32[n, topics, 2], accurate and false posts read so far. Changed in place.
    bases : uint64[4], addresses of race, chatter, bystander and reshare draws.
    widest : most followees of anybody.

    Returns
    -------
    shares : int32[m, 4] of (reader, slot, poster, place), in order of reader and message key.
    watched : int32[w, 2] of (reader, slot), false messages read by people who watch.
    corrections_read : int.
    """
    most, total = most_places(start, stop, readers)
    shares, watched = np.empty((total, 4), np.int32), np.empty((total, 2), np.int32)
    n_shares, n_watched, corrections_read = 0, 0, 0
    room = widest * feed.line.shape[1] + 1
    rows, owners = np.empty(room, np.int32), np.empty(room, np.int64)
    slots, authors = np.empty(most + 1, np.int32), np.empty(most + 1, np.int32)
    spots = np.empty(most + 1, np.int32)
    best = (np.empty(most + 1), np.empty(most + 1), slots, authors, spots)
    pull = np.ones(4 * lines.shape[1])
    for reader in range(start, stop):
        places = np.int64(readers.sessions[reader]) * readers.budget[reader]
        found = gather(feed, reader, step, rows, owners) if places > 0 else 0
        if found == 0:
            continue
        if feed.homophily != 0.0:
            homophily_pulls(feed, lines, reader, pull)
        key = readers.key[reader]
        count = race(
            feed, readers, seen, messages, reader, places, step, bases, pull, found, rows, owners, best
        )
        count = shown(feed, reader, places, absorb(bases[1], key), best[0], count)
        order_by_key(best, count, messages)
        bystanding, resharing = absorb(bases[2], key), absorb(bases[3], key)
        for k in range(count):
            slot = slots[k]
            message = messages[slot]
            remember(seen, reader, slot)
            logit = read_post(message, reader, readers, rule, lines, reads)
            if message.correction >= 0 and uniform(absorb(bystanding, message.key)) < rule.bystanders:
                corrections_read += 1
                moved = read_correction(message, reader, readers, rule, lines)
                logit += message.side * rule.congruence * moved
            if readers.watching[reader] != 0 and message.side < 0:
                watched[n_watched, 0], watched[n_watched, 1] = reader, slot
                n_watched += 1
            propensity, inattention = readers.sharing[reader], readers.inattention[reader]
            chance = reshare_chance(propensity, message.appeal, inattention, sigmoid(logit))
            if uniform(absorb(resharing, message.key)) < chance:
                shares[n_shares, 0], shares[n_shares, 1] = reader, slot
                shares[n_shares, 2], shares[n_shares, 3] = authors[k], spots[k]
                n_shares += 1
    return shares[:n_shares].copy(), watched[:n_watched].copy(), corrections_read
