"""Who posts in a step, and how posts come to stand on timelines."""

from __future__ import annotations

import math

import numpy as np

from infodemic_sim.kernels.compiled import kernel
from infodemic_sim.kernels.draws import absorb, normal, poisson, uniform
from infodemic_sim.kernels.layout import AUTHOR_BITS, META, META_BITS, POSTED, SHORT_KEY, SLOT
from infodemic_sim.kernels.persuasion import belief, sigmoid

LOW_31 = np.uint64(0x7FFFFFFF)


@kernel
def posters(keys, roles, rates, lever, portions, hours, base):
    """Posts that people start in this step, Poisson: authors int32[m], ascending, and numbers uint64[m].

    Parameters
    ----------
    roles : int8[n]. rates : float64[roles], posts per hour. lever : float64[n] or of length 0.
    portions : float64[n], share of a person's posts that go to this platform.
    hours : length of the step. base : address of the draws of this step, platform and topic.
    """
    who, how_many = np.empty(keys.size, np.int32), np.empty(keys.size, np.int32)
    found, total = 0, 0
    for person in range(keys.size):
        mean = rates[roles[person]] * portions[person] * hours
        if lever.size > 0:
            mean *= lever[person]
        if mean > 0.0:
            count = poisson(absorb(base, keys[person]), mean)
            if count > 0:
                who[found], how_many[found] = person, count
                found += 1
                total += count
    authors, numbers = np.empty(total, np.int32), np.empty(total, np.uint64)
    at = 0
    for k in range(found):
        for number in range(how_many[k]):
            authors[at], numbers[at] = who[k], number
            at += 1
    return authors, numbers


@kernel
def sides(people, topic, roles, fixed, lines, slope, message_keys, base):
    """Side of each new post, +1 or -1: fixed by role, or drawn from the poster's belief."""
    out = np.empty(people.size, np.int8)
    for k in range(people.size):
        side = fixed[roles[people[k]]]
        if side == 0:
            chance = sigmoid(slope * belief(lines, people[k], topic))
            side = 1 if uniform(absorb(base, message_keys[k])) < chance else -1
        out[k] = side
    return out


@kernel
def appeals(keys, sides, false, other, base):
    """Log-normal appeal of each new message, float64[m].

    Parameters
    ----------
    false, other : (mean, spread) of false messages, and of all others. base : address of these draws.
    """
    out = np.empty(keys.size)
    for k in range(keys.size):
        mean, spread = false if sides[k] < 0 else other
        luck = normal(absorb(base, keys[k]))
        out[k] = mean * math.exp(spread * luck - spread * spread / 2)
    return out


@kernel
def write(slots, keys, authors, sides, appeal, strength, discloses, roles, sources, about, messages, posts):
    """Write new messages into their slots, in the order given, and count them; slots may hold old ones.

    Parameters
    ----------
    strength : float64[m], or of length 1 for all. discloses : uint8[m].
    roles : int8[n]. sources : int8[roles], whose trust counts for what they say.
    about : (platform, topic, kind, origin, step, serial number of the first, visibility).
    posts : see ``count``.
    """
    platform, topic, kind, origin, step, serial, visibility = about
    for k in range(slots.size):
        message = messages[slots[k]]
        message.key, message.author, message.side, message.appeal = keys[k], authors[k], sides[k], appeal[k]
        message.platform, message.topic, message.kind, message.origin = platform, topic, kind, origin
        message.born, message.serial, message.visibility = step, serial + k, visibility
        message.strength = strength[k if strength.size > 1 else 0]
        message.source, message.discloses = sources[roles[authors[k]]], discloses[k]
        message.live, message.correction, message.correction_strength = 1, -1, 0.0
        message.last, message.shares, message.depth = 0, 0, 0
        message.labels, message.held, message.voices = 0, 0, 0
    count(slots, platform, origin, messages, posts)


@kernel
def count(slots, platform, origin, messages, posts):
    """Add posts of messages to the counter ``posts``, int64[platforms, topics, 3 sides, 3 origins]."""
    for slot in slots:
        posts[platform, messages[slot].topic, messages[slot].side + 1, origin] += 1


@kernel
def parentage(shares, depths, posts):
    """Depth and parent post of each reshare, before any timeline changes.

    shares : int32[m, 4] of (reader, slot, poster, place).
    """
    depth, parent = np.empty(shares.shape[0], np.int16), np.full(shares.shape[0], -1, np.int32)
    for k in range(shares.shape[0]):
        poster, place = shares[k, 2], shares[k, 3]
        depth[k] = depths[poster, place] + 1
        if posts.size > 0:
            parent[k] = posts[poster, place]
    return depth, parent


@kernel
def push(rows, which, slots, depth, first_post, step, line, head, newest, depths, posts, messages):
    """Put posts on timelines, newest over oldest, in the order given.

    rows : int32[c], the timeline of each copy. which : int[c], the post of each; slots and depth are
    those of posts. Copies of one post stand one after the other, and count once.
    """
    places = line.shape[1]
    for k in range(rows.size):
        row, post = rows[k], which[k]
        slot = slots[post]
        message = messages[slot]
        place = head[row] % places
        head[row] = (place + 1) % places
        newest[row] = step
        line[row, place, SLOT] = slot
        line[row, place, POSTED] = step
        line[row, place, SHORT_KEY] = np.int32(message.key & LOW_31)
        about = 4 * message.topic + message.side + 1
        line[row, place, META] = (message.author & AUTHOR_BITS) << META_BITS | about
        depths[row, place] = depth[post]
        if posts.size > 0:
            posts[row, place] = first_post + post
        messages[slot].last = step
        if depth[post] > 0 and (k == 0 or which[k - 1] != post):
            messages[slot].shares += 1
            messages[slot].depth = max(message.depth, depth[post])


@kernel
def weigh(p, slots, messages, popularity, appeal_power, accuracy_weight, judged, base, sharpness, weight):
    """Refresh the ranking pull of those of the messages in ``slots``, int32[m], that are on platform p.

    What is held back has none; a slot that is named twice is as good as one that is named once.

    judged : chance that the platform judges a claim rightly. base : address of these judgements.
    """
    for k in range(slots.size):
        message = messages[slots[k]]
        if message.platform != p:
            continue
        pull = popularity[min(message.shares, popularity.size - 1)] * message.visibility
        if message.held != 0:
            pull = 0.0
        if appeal_power != 0.0:
            pull *= math.pow(message.appeal, appeal_power)
        if accuracy_weight != 0.0:
            right = uniform(absorb(base, message.key)) < judged
            pull *= math.exp(accuracy_weight * message.side * (1.0 if right else -1.0))
        weight[slots[k]] = pull if sharpness == 1.0 else math.pow(pull, sharpness)


@kernel
def expire(messages, step, horizon):
    """Slots of messages that have no post within their platform's horizon any more."""
    found = np.empty(messages.size, np.int32)
    count = 0
    for slot in range(messages.size):
        message = messages[slot]
        if message.live != 0 and step - message.last > horizon[message.platform]:
            found[count] = slot
            count += 1
    return found[:count].copy()
