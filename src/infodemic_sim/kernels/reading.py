"""Readers meet their feeds: the inner loop of the feed rule."""

from __future__ import annotations

import math

import numpy as np

from infodemic_sim.kernels.compiled import inlined, kernel, uncounted
from infodemic_sim.kernels.draws import absorb, uniform
from infodemic_sim.kernels.layout import (
    CORRECTION_DISCLOSES,
    EXPERIENCE,
    HEARS_EXPERIENCES,
    MESSAGE_DISCLOSES,
    POST,
    SLOT,
    WATCHES_FALSE,
    Desk,
)
from infodemic_sim.kernels.looking_ahead import call_up, look_ahead
from infodemic_sim.kernels.persuasion import (
    belief,
    label_hesitation,
    lose_trust,
    read_correction,
    read_post,
    reshare_chance,
    sigmoid,
)
from infodemic_sim.kernels.racing import (
    BLOCK,
    background,
    first_places,
    gather,
    latest,
    race,
    sort_front,
    unread,
)
from infodemic_sim.kernels.seen import has_room, remember


@inlined
def to_be_read(visiting, readers):
    """The most posts that one of these readers reads, and all of them together."""
    most, total = np.int64(0), np.int64(0)
    for reader in visiting:
        mine = np.int64(readers.sessions[reader]) * readers.budget[reader]
        most = max(most, mine)
        total += mine
    return most, total


@inlined
def homophily_pulls(strength, lines, reader, pull):
    """exp(omega y tanh b) for every topic and side, as the post's META column indexes it."""
    for topic in range(lines.shape[1]):
        lean = math.tanh(belief(lines, reader, topic))
        for side in range(-1, 2):
            pull[4 * topic + side + 1] = math.exp(strength * side * lean)


@inlined
def order_by_key(line, messages, count, rows):
    """Sort the posts to be read by message key, so that their order on arrays cannot matter."""
    for k in range(1, count):
        row = rows[k]
        key = messages[line[row + SLOT]].key
        at = k
        while at > 0 and messages[line[rows[at - 1] + SLOT]].key > key:
            rows[at] = rows[at - 1]
            at -= 1
        rows[at] = row


@inlined
def handed_over(watching, message):
    """Why a message that is read is handed over: the bits of ``watching`` that concern it."""
    reasons = 0
    if message.side < 0:
        reasons |= WATCHES_FALSE
    if message.kind == EXPERIENCE:
        reasons |= HEARS_EXPERIENCES
    return reasons & watching


@kernel
def read_feeds(visiting, step, feed, readers, rule, seen, messages, lines, reads, bases, widest):
    """Readers meet their feeds, learn and decide what to reshare.

    Parameters
    ----------
    visiting : int32[v], people with a session in this step, ascending.
    lines : float64[n, topics, 5], see layout. Changed in place, rows of these readers only.
    reads : int32[n, topics, 3], see layout. Changed in place.
    bases : uint64[4], addresses of race, chatter, bystander and reshare draws.
    widest : most followees of anybody.

    Returns
    -------
    shares, watched, postponed, met : as in ``Desk``; for those postponed nothing was done.
    corrections_read, disclosures_read : int. in_spaces : as in ``Desk``.
    """
    most, total = to_be_read(visiting, readers)
    room = widest * feed.width // POST + 1
    desk = Desk(
        np.empty(room, np.int64),
        np.empty(room if feed.ties.size > 0 else 0, np.int64),
        np.empty((2, widest + 1), np.int64),
        np.empty(room),
        np.empty(room),
        np.empty(most),
        np.empty(most // BLOCK + 1),
        np.ones(4 * lines.shape[1]),
        np.empty((total, 4), np.int32),
        np.empty((total, 3), np.int32),
        np.empty(visiting.size, np.int32),
        np.zeros((lines.shape[1], 2), np.int64),
        np.empty((total if rule.noting else 0, 3), np.int32),
    )
    n_shares, n_watched, n_postponed, n_met, corrections_read, disclosures_read = visit_one_by_one(
        visiting, step, feed, readers, rule, seen, messages, lines, reads, bases, desk
    )
    return (
        desk.shares[:n_shares].copy(),
        desk.watched[:n_watched].copy(),
        desk.postponed[:n_postponed].copy(),
        desk.met[:n_met].copy(),
        corrections_read,
        disclosures_read,
        desk.in_spaces,
    )


@uncounted
def visit_one_by_one(visiting, step, feed, readers, rule, seen, messages, lines, reads, bases, desk):
    """Visits one after the other: how many rows of the desk's outcomes are filled, and two counts."""
    shares, watched, postponed, met = desk.shares, desk.watched, desk.postponed, desk.met
    rows, owners, times, lucks = desk.rows, desk.owners, desk.times, desk.lucks
    products, totals, pull = desk.products, desk.totals, desk.pull
    n_shares, n_watched, n_postponed, n_met, corrections_read, disclosures_read = 0, 0, 0, 0, 0, 0
    keys, followees, line, width = readers.key, feed.followees, feed.line, feed.width
    oldest = step - (feed.recency.size - 1)
    in_spaces, first_of_spaces = desk.in_spaces, np.int64(keys.size) * width
    waiting = 0
    if visiting.size > 0:
        waiting = look_ahead(feed, readers, seen, visiting[0], visiting[0], desk.standing[0])
    for visit in range(visiting.size):
        reader, standing, of_next = visiting[visit], desk.standing[visit & 1], desk.standing[(visit + 1) & 1]
        soon = visiting[min(visit + 1, visiting.size - 1)]
        later = visiting[min(visit + 2, visiting.size - 1)]
        count, waiting = waiting, look_ahead(feed, readers, seen, soon, later, of_next)
        found = gather(line, width, followees, standing, count, oldest, rows, owners)
        found = unread(line, seen, reader, found, rows, owners)
        if found == 0:
            continue
        if feed.homophily != 0.0:
            homophily_pulls(feed.homophily, lines, reader, pull)
        key = keys[reader]
        places = np.int64(readers.sessions[reader]) * readers.budget[reader]
        expected = feed.chatter[reader]
        cut = math.inf
        if expected > 0.0:
            last = background(places, absorb(bases[1], key), products, totals)
            cut = latest(feed.law_times, last / expected)
        racing = absorb(bases[0], key)
        count = race(feed, seen, messages, reader, step, racing, cut, pull, found, rows, owners, times, lucks)
        if count == 0:
            continue
        call_up(readers, lines, reads, reader)
        sort_front(count, rows, times, lucks, feed.keys, width)
        count = first_places(feed, expected, places, count, times, products, totals)
        if not has_room(seen, reader, count):
            postponed[n_postponed] = reader
            n_postponed += 1
            continue
        order_by_key(line, messages, count, rows)
        bystanding, resharing = absorb(bases[2], key), absorb(bases[3], key)
        for k in range(count):
            slot = line[rows[k] + SLOT]
            message = messages[slot]
            remember(seen, reader, slot)
            logit = read_post(message, reader, readers, rule, lines, reads)
            in_a_space = rows[k] >= first_of_spaces
            if in_a_space and message.side != 0:
                in_spaces[message.topic, 0 if message.side > 0 else 1] += 1
            if rule.noting and message.side != 0 and not in_a_space:
                met[n_met, 0], met[n_met, 1], met[n_met, 2] = reader, slot, rows[k] // width
                n_met += 1
            if message.discloses & MESSAGE_DISCLOSES:
                lose_trust(readers, rule, reader, message.source)
                disclosures_read += 1
            if message.correction >= 0 and uniform(absorb(bystanding, message.key)) < rule.bystanders:
                corrections_read += 1
                moved = read_correction(message, reader, readers, rule, lines, reads)
                logit += message.side * rule.congruence * moved
                if message.discloses & CORRECTION_DISCLOSES:
                    lose_trust(readers, rule, reader, message.correction)
                    disclosures_read += 1
            reasons = handed_over(readers.watching[reader], message)
            if reasons != 0:
                watched[n_watched, 0], watched[n_watched, 1], watched[n_watched, 2] = reader, slot, reasons
                n_watched += 1
            propensity, inattention = readers.sharing[reader], readers.inattention[reader]
            propensity *= label_hesitation(readers, rule, reader, message.labels)
            chance = reshare_chance(propensity, message.appeal, inattention, sigmoid(logit))
            if uniform(absorb(resharing, message.key)) < chance:
                shares[n_shares, 0], shares[n_shares, 1] = reader, slot
                shares[n_shares, 2] = rows[k] // width
                shares[n_shares, 3] = rows[k] % width // POST
                n_shares += 1
    return n_shares, n_watched, n_postponed, n_met, corrections_read, disclosures_read
