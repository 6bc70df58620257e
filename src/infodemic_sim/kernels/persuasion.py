"""What one message does to one person: perceived veracity, belief, chance of resharing."""

from __future__ import annotations

import math

import numpy as np

from infodemic_sim.kernels.compiled import inlined, kernel
from infodemic_sim.kernels.layout import (
    CORRECTION,
    INTERVENTION,
    LASTING,
    READ_ACCURATE,
    READ_FALSE,
    READ_OF_PLAN,
    SEEN_ACCURATE,
    SEEN_FALSE,
    SHORT,
    START,
)


@kernel
def sigmoid(logit):
    """1 / (1 + exp(-logit)), without overflow."""
    if logit >= 0.0:
        return 1.0 / (1.0 + math.exp(-logit))
    odds = math.exp(logit)
    return odds / (1.0 + odds)


@inlined
def belief(lines, person, topic):
    """Log-odds that the accurate position is true: b = b0 + L + S."""
    line = lines[person, topic]
    return line[START] + line[LASTING] + line[SHORT]


@inlined
def weight_of_label(readers, rule, reader, issuer):
    """How far a label works on a reader: fully where its issuer is trusted, by its floor where not at all."""
    floor = rule.label_floor[issuer]
    return floor + (1.0 - floor) * readers.trust[reader, rule.label_source[issuer]]


@inlined
def label_effect(readers, rule, reader, labels):
    """Logits taken from a message by the labels on it that this reader is shown."""
    total = 0.0
    bits = labels & readers.label_sight[reader]
    if bits == 0:
        return total
    for issuer in range(8):
        if bits >> issuer & 1:
            total += rule.label_strength[issuer] * weight_of_label(readers, rule, reader, issuer)
    return total


@inlined
def label_hesitation(readers, rule, reader, labels):
    """What labels leave of a reader's propensity to reshare, beside what they do to its veracity."""
    left = 1.0
    bits = labels & readers.label_sight[reader]
    if bits == 0:
        return left
    for issuer in range(8):
        if bits >> issuer & 1:
            left *= 1.0 - rule.label_sharing[issuer] * weight_of_label(readers, rule, reader, issuer)
    return left


@inlined
def veracity_logit(readers, rule, lines, reader, topic, side, labels):
    """Logit of the chance that the reader holds a message of this side to be true."""
    logit = np.float64(readers.credulity[reader]) - label_effect(readers, rule, reader, labels)
    if side == 0:
        return logit
    read = lines[reader, topic, SEEN_ACCURATE if side > 0 else SEEN_FALSE]
    logit += side * (readers.discernment[reader] + rule.congruence * belief(lines, reader, topic))
    logit += rule.repetition * math.log(1.0 + read)
    if side < 0:
        logit += rule.isolation * readers.isolation[reader] - readers.inoculation[reader]
    return logit


@inlined
def reacts(readers, rule, lines, reader, topic, side, kind, source):
    """Whether a correction moves a reader the other way: who leans against it and distrusts its source."""
    if rule.reactance == 0.0 or kind != CORRECTION or readers.trust[reader, source] >= rule.distrust:
        return False
    return side * belief(lines, reader, topic) < 0.0


@inlined
def learn(readers, rule, lines, reader, topic, side, kind, source, strength, veracity):
    """Move a belief by one reading; how far it moved (log-odds)."""
    if side == 0:
        return 0.0
    line = lines[reader, topic]
    column = SEEN_ACCURATE if side > 0 else SEEN_FALSE
    toward, share = side, 1.0
    if reacts(readers, rule, lines, reader, topic, side, kind, source):
        toward, share = -side, rule.reactance
    room = 1.0 - toward * (line[LASTING] + line[SHORT]) / rule.bound
    room = min(1.0, max(0.0, room))
    novelty = 1.0 / (1.0 + line[column] / rule.saturation)
    push = toward * share * rule.persuasion[kind] * strength * readers.trust[reader, source]
    moved = push * veracity * novelty * room
    line[LASTING] += rule.lasting_share * moved
    line[SHORT] += (1.0 - rule.lasting_share) * moved
    if strength > 0.0:
        line[column] += 1.0
    return moved


@inlined
def read_post(message, reader, readers, rule, lines, reads):
    """Read one message: the logit of its perceived veracity."""
    topic, side = message.topic, message.side
    logit = veracity_logit(readers, rule, lines, reader, topic, side, message.labels)
    kind, source, strength = message.kind, message.source, message.strength
    learn(readers, rule, lines, reader, topic, side, kind, source, strength, sigmoid(logit))
    if side != 0:
        reads[reader, topic, READ_ACCURATE if side > 0 else READ_FALSE] += 1
    if message.origin == INTERVENTION:
        reads[reader, topic, READ_OF_PLAN] += 1
    return logit


@inlined
def read_correction(message, reader, readers, rule, lines, reads):
    """Read the correction attached to a message: how far belief in the accurate position moved."""
    topic = message.topic
    reads[reader, topic, READ_OF_PLAN] += 1
    logit = veracity_logit(readers, rule, lines, reader, topic, 1, np.uint8(0))
    strength = message.correction_strength
    return learn(
        readers, rule, lines, reader, topic, 1, CORRECTION, message.correction, strength, sigmoid(logit)
    )


@inlined
def lose_trust(readers, rule, reader, source):
    """A disclosure that is read lowers trust in those who speak: t <- t (1 - delta)."""
    readers.trust[reader, source] *= np.float32(1.0 - rule.trust_lost)


@kernel
def hear(people, topics, sides, kinds, sources, strengths, readers, rule, lines):
    """What people are told in person moves their beliefs as a message of that kind and source would."""
    for k in range(people.size):
        person, topic, side = people[k], topics[k], sides[k]
        logit = veracity_logit(readers, rule, lines, person, topic, side, np.uint8(0))
        kind, source, strength = kinds[k], sources[k], strengths[k]
        learn(readers, rule, lines, person, topic, side, kind, source, strength, sigmoid(logit))


@inlined
def reshare_chance(propensity, appeal, inattention, veracity):
    """1 - exp(-s a [1 - f + f min(1, 2 v)]): appeal counts, and truth as far as it is thought of."""
    weight = inattention + (1.0 - inattention) * min(1.0, 2.0 * veracity)
    return 1.0 - math.exp(-propensity * appeal * weight)
