"""The arrays that kernels are handed, grouped and named once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

MESSAGE = np.dtype(
    [
        ("key", np.uint64),  # identity: 64-bit hash of author, birth, platform, topic, kind, cause
        ("appeal", np.float64),
        ("visibility", np.float32),  # 1 = as ranked, 0 = shown to nobody
        ("strength", np.float32),  # persuasion of the message itself, 1 = as declared
        ("correction_strength", np.float32),  # persuasion of the attached correction, 1 = as declared
        ("author", np.int32),
        ("born", np.int32),  # step
        ("last", np.int32),  # step of the newest post of it
        ("shares", np.int32),
        ("serial", np.int32),  # running number in the run: row of the message log
        ("topic", np.int16),
        ("depth", np.int16),  # of the cascade so far
        ("side", np.int8),  # +1 accurate, -1 misinformation, 0 neither
        ("kind", np.int8),  # see KINDS
        ("source", np.int8),  # who speaks, as an index of the trust vector
        ("labels", np.uint8),  # bit set of label issuers
        ("correction", np.int8),  # source of the attached correction, -1 = none
        ("live", np.int8),  # 0 = free slot
        ("platform", np.int8),
        ("origin", np.int8),  # see OWN below
        ("held", np.uint8),  # by how many interventions it is held back; 0 = shown
        ("voices", np.uint8),  # unsourced corrections of it so far, 255 at most
        ("discloses", np.uint8),  # bit set: 1 the message, 2 its correction tells who a patient is
    ],
    align=True,
)
"""One message: a cache line of 64 bytes."""

MESSAGE_DISCLOSES, CORRECTION_DISCLOSES = 1, 2

OWN, RESHARE, INTERVENTION = range(3)
"""Origin of a post: started by a person, passed on, or published by an intervention."""

READ_ACCURATE, READ_FALSE, READ_OF_PLAN = range(3)
"""Columns of what a person has read on a topic: posts of each side, and what interventions published."""
READS = 3

KINDS = ("claim", "correction", "experience", "feedback")
CORRECTION, EXPERIENCE = KINDS.index("correction"), KINDS.index("experience")

WATCHES_FALSE, HEARS_EXPERIENCES = 1, 2
"""What of the messages somebody reads is handed over: false ones to interventions, accounts of experience."""

TRUST = ("peer", "provider", "fact_checker", "platform", "institution")

START, LASTING, SHORT, SEEN_ACCURATE, SEEN_FALSE = range(5)
"""Columns of a person's line on a topic: b0, L, S (log-odds) and decayed readings on each side."""
LINE = 5

SLOT, POSTED, SHORT_KEY, META = range(4)
"""Columns of one post on a timeline (int32): message slot, step, 31 bits of its key, and what it is."""
POST = 4
META_BITS = 10
"""META holds 4 * topic + side + 1 in its low bits (256 topics), and above them bits of the author."""
AUTHOR_BITS = (1 << 21) - 1
LONG_AGO = -(1 << 30)

FIRST_OCTAVE, PER_OCTAVE = -24, 16
"""The grid of race times of background posts, 2**(k / PER_OCTAVE + FIRST_OCTAVE)."""


class Readers(NamedTuple):
    """Traits and levers of people, one row each, as the feed kernel reads them (n people)."""

    key: np.ndarray  # uint64[n]
    sessions: np.ndarray  # uint8[n], sessions in this step
    budget: np.ndarray  # int16[n], posts read in one session
    discernment: np.ndarray  # float32[n], logits
    credulity: np.ndarray  # float32[n], logits
    sharing: np.ndarray  # float64[n], s with its lever
    inattention: np.ndarray  # float64[n], 1 - f with its lever
    inoculation: np.ndarray  # float64[n], logits
    isolation: np.ndarray  # float64[n]
    trust: np.ndarray  # float32[n, 5]
    label_sight: np.ndarray  # uint8[n], bit set of label issuers whose labels the person is shown
    watching: np.ndarray  # uint8[n], bit set of what is handed over once it is read, see WATCHES_FALSE


class Feed(NamedTuple):
    """One platform as its readers meet it; timelines of people come first, then those of spaces."""

    indptr: np.ndarray  # int64[n + 1]
    followees: np.ndarray  # int32[ties], timelines that are read
    ties: np.ndarray  # float64[ties] ranking factors, or of length 0
    line: np.ndarray  # int32[rows * depth * 4], timelines one after the other, 64-byte aligned
    filled: np.ndarray  # uint8[rows / 8 + 1], one bit a timeline: 0 = no post within the horizon
    keys: np.ndarray  # uint64[rows], identity of each timeline: of a person, or of a row of a space
    width: int  # depth * 4
    weight: np.ndarray  # float64[slots], pull of each message in the ranking
    reach: np.ndarray  # float64[rows] of posters, or of length 0
    recency: np.ndarray  # float64[horizon + 1], by age in steps
    chatter: np.ndarray  # float64[n], background posts expected within the horizon
    law: np.ndarray  # float64[...], share of background posts ahead of race time k of the grid
    law_times: np.ndarray  # float64[...], race time by which k of m parts of them have arrived
    homophily: float
    random: bool  # False = strictly by score


class Rule(NamedTuple):
    """Constants of perceived veracity, belief and sharing."""

    congruence: float
    repetition: float
    isolation: float
    bound: float
    saturation: float
    lasting_share: float
    bystanders: float
    trust_lost: float  # share of trust lost with each disclosure read
    reactance: float  # share of a correction's effect that goes the other way in those who react; 0: nobody
    distrust: float  # trust in a source below which people react to its corrections
    noting: bool  # whether it is noted who read what on whose timeline
    persuasion: np.ndarray  # float64[kinds]
    label_strength: np.ndarray  # float64[8], logits taken at full trust
    label_source: np.ndarray  # int8[8], whose word it is
    label_sharing: np.ndarray  # float64[8], share of reshares prevented directly at full trust
    label_floor: np.ndarray  # float64[8], share of the effect that needs no trust


class Seen(NamedTuple):
    """Messages each person has read: one small open-addressing table a person, in a common pool."""

    pool: np.ndarray  # int32[...], slot + 1, 0 = empty
    start: np.ndarray  # int64[n]
    bits: np.ndarray  # int8[n], table size 2**bits
    number: np.ndarray  # int32[n], messages in each table


class Desk(NamedTuple):
    """Where one reader after the other puts posts that may be read, and where the outcome is written."""

    rows: np.ndarray  # int64[r], places of posts on timelines
    owners: np.ndarray  # int64[r], the tie over which each is seen, or of length 0
    standing: np.ndarray  # int64[2, w], ties to timelines that are not empty, of this reader and of the next
    times: np.ndarray  # float64[r], race times
    lucks: np.ndarray  # float64[r]
    products: np.ndarray  # float64[places], arrivals of background posts, see ``racing.background``
    totals: np.ndarray  # float64[places / 8 + 1]
    pull: np.ndarray  # float64[4 topics], homophily by what a post is
    shares: np.ndarray  # int32[m, 4] of (reader, slot, poster, place), in order of reader and message key
    watched: np.ndarray  # int32[w, 3] of (reader, slot, reasons), messages read that are handed over
    postponed: np.ndarray  # int32[p], readers whose table of read messages is too small
    in_spaces: np.ndarray  # int64[topics, 2], accurate and false posts read in groups and forums
    met: np.ndarray  # int32[..., 3] of (reader, slot, followee), posts of a side read on timelines of people
