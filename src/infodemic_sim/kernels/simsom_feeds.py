"""Feeds of SimSoM: what comes in, what it pushes out, and what stands in them.

Agents are the people, by position, and after them the bots. A message is a slot of the pool.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from infodemic_sim.kernels.compiled import kernel
from infodemic_sim.kernels.summing import SCALE, fixed


class Feeds(NamedTuple):
    """Feeds of all agents, newest message first; each message stands in a feed once."""

    entry: np.ndarray  # int32[agents, places, 4], columns as named below
    size: np.ndarray  # int32[agents], places taken


MESSAGE, SHARES, AGE, POST = range(4)
"""Columns of a place in a feed: slot of the message, copies that came in since it has stood there, steps
since then, and number of the adoption that brought it (-1: a bot's post)."""


class Pool(NamedTuple):
    """Messages; slots in which none stands any more are used again."""

    quality: np.ndarray  # float64[slots]
    appeal: np.ndarray  # float64[slots]
    by_bot: np.ndarray  # bool[slots], whether a bot started it
    standing: np.ndarray  # int32[slots], feeds in which it stands


class Audience(NamedTuple):
    """Who gets the posts of whom."""

    starts: np.ndarray  # int64[people + 1], rows of people
    followers: np.ndarray  # int32, people
    bot_starts: np.ndarray  # int64[bots + 1], rows of bots
    bot_followers: np.ndarray  # int32, agents
    inbox_starts: np.ndarray  # int64[agents + 1], whom agents see, people and bots, summed up


class Posted(NamedTuple):
    """What agents posted in this step."""

    order: np.ndarray  # int32[agents], agents in order of posting
    message: np.ndarray  # int32[agents], slot, -1: nothing
    number: np.ndarray  # int32[agents], number of the adoption, -1 for bots
    copies: int  # copies of each post of a bot


OWNER, COPIES = range(2)
"""Columns of the tally of messages: the agent they came in for, and copies."""


@kernel
def deliver(audience, posted):
    """Inboxes, one after the other: those who have posted something to an agent, in order of posting.

    Returns posters, int32, and where each inbox ends, int64[agents].
    """
    people = audience.starts.size - 1
    inbox, ends = np.empty(audience.inbox_starts[-1], np.int32), audience.inbox_starts[:-1].copy()
    for poster in posted.order:
        if posted.message[poster] < 0:
            continue
        if poster < people:
            row = audience.followers[audience.starts[poster] : audience.starts[poster + 1]]
        else:
            bot = poster - people
            row = audience.bot_followers[audience.bot_starts[bot] : audience.bot_starts[bot + 1]]
        for follower in row:
            inbox[ends[follower]] = poster
            ends[follower] += 1
    return inbox, ends


@kernel
def receive(audience, posted, feeds, slots, published):
    """Every agent gets what those seen have posted; feeds keep the newest.

    published : whether ages go on as in the published program.
    """
    inbox, ends = deliver(audience, posted)
    agents, people = ends.size, audience.starts.size - 1
    tally = np.full((slots, 2), -1, np.int32)
    first = np.empty(np.max(np.diff(audience.inbox_starts)) + 1, np.int32)
    for agent in range(agents):
        for place in range(feeds.size[agent]):
            message = feeds.entry[agent, place, MESSAGE]
            tally[message, OWNER], tally[message, COPIES] = agent, 0
        new = 0
        for poster in inbox[audience.inbox_starts[agent] : ends[agent]]:
            row = tally[posted.message[poster]]
            known = row[OWNER] == agent  # what follows has no branches, for speed
            row[COPIES] = (row[COPIES] if known else 0) + (1 if poster < people else posted.copies)
            row[OWNER] = agent
            first[new] = poster
            new += 0 if known else 1
        grow_older(feeds, tally, agent, new, published)
        put_in(feeds, tally, posted, agent, first, new)


@kernel
def grow_older(feeds, tally, agent, count, published):
    """What stands in a feed gets a step older, and counts the copies that came in.

    In the published program ages rise only when something comes that stands there already; they are set
    to 1 when only other messages come, and stay when nothing comes.
    """
    again = False
    for place in range(feeds.size[agent]):
        copies = tally[feeds.entry[agent, place, MESSAGE], COPIES]
        feeds.entry[agent, place, SHARES] += copies
        again = again or copies > 0
    for place in range(feeds.size[agent]):
        if again or not published:
            feeds.entry[agent, place, AGE] += 1
        elif count > 0:
            feeds.entry[agent, place, AGE] = 1


@kernel
def put_in(feeds, tally, posted, agent, first, count):
    """New messages go first, in order of posting; what has no place left goes out."""
    places = feeds.entry.shape[1]
    new = min(count, places)
    kept = min(feeds.size[agent], places - new)
    for place in range(kept - 1, -1, -1):
        for column in range(4):
            feeds.entry[agent, place + new, column] = feeds.entry[agent, place, column]
    for place in range(new):
        message = posted.message[first[place]]
        feeds.entry[agent, place, MESSAGE] = message
        feeds.entry[agent, place, SHARES] = tally[message, COPIES]
        feeds.entry[agent, place, AGE] = 0
        feeds.entry[agent, place, POST] = posted.number[first[place]]
    feeds.size[agent] = new + kept


@kernel
def look(feeds, pool, people):
    """Mean quality, share of bots' messages and diversity of what stands in the feeds of people.

    Diversity is the entropy of the shares of messages, in nats. Also counts where messages stand.
    Sums are in fixed point, so that they do not depend on the order of people and slots.
    """
    pool.standing[:] = 0
    for agent in range(people):
        for place in range(feeds.size[agent]):
            pool.standing[feeds.entry[agent, place, MESSAGE]] += 1
    entries, by_bots, quality, spread = np.int64(0), np.int64(0), np.int64(0), np.int64(0)
    for slot in range(pool.standing.size):
        count = np.int64(pool.standing[slot])
        if count > 0:
            entries += count
            by_bots += count * pool.by_bot[slot]
            quality += count * fixed(pool.quality[slot])
            spread += fixed(count * math.log(count))
    for agent in range(people, feeds.size.size):
        for place in range(feeds.size[agent]):
            pool.standing[feeds.entry[agent, place, MESSAGE]] += 1
    if entries == 0:
        return math.nan, math.nan, math.nan
    diversity = math.log(entries) - spread / SCALE / entries
    return quality / SCALE / entries, by_bots / entries, diversity


@kernel
def mean_qualities(feeds, quality, people):
    """Mean quality in the feed of each person, float64[people]; one half where nothing stands."""
    means = np.full(people, 0.5)
    for person in range(people):
        size = feeds.size[person]
        total = 0.0
        for place in range(size):
            total += quality[feeds.entry[person, place, MESSAGE]]
        if size > 0:
            means[person] = total / size
    return means
