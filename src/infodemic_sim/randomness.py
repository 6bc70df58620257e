"""Addresses of random draws: (seed, replicate, purpose, step, identity…) and nothing else.

Two scenarios share every draw that neither changed, because no draw depends on how many were made
before it, on positions in arrays, or on threads.
"""

from __future__ import annotations

import hashlib
from enum import IntEnum
from functools import lru_cache

import numpy as np

from infodemic_sim import kernels

MASK = (1 << 64) - 1
ROOT = 0x1F0DE31C5117B10C
_GOLDEN, _MIX_1, _MIX_2 = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


class Purpose(IntEnum):
    """What a draw is for; numbers are part of every result, so they are never reused or changed."""

    ROLE = 1
    ACTIVITY = 2
    SHARING = 3
    LITERACY = 4
    DISCERNMENT = 5
    CREDULITY = 6
    TRUST = 7
    ISOLATION = 8
    MEMBERSHIP = 9
    BELIEF = 10
    AGE = 11
    SESSIONS = 20
    RACE = 21
    CHATTER = 22
    BYSTANDER = 23
    RESHARE = 24
    POST = 25
    VERACITY = 26
    APPEAL = 27
    JUDGE = 28
    UPTAKE = 40
    CAPACITY = 41
    CHOICE = 42
    PLUGIN = 43
    TARGET = 44
    NOMINATE = 45
    DISCLOSE = 50
    ENCOUNTER = 51
    SATISFY = 52
    FEEDBACK = 53
    PLAUSIBLE = 54
    DRAW = 55
    START = 60
    TRANSMIT = 61
    RECOVER = 62
    INCUBATE = 63
    CONTACT = 64
    CLOCK = 65
    THRESHOLD = 66
    VERIFY = 67
    FORGET = 68
    STIFLE = 69
    ADOPT = 70
    GROUP = 71
    PARTNER = 72
    OPINION = 73
    QUALITY = 74
    NEW_POST = 75
    PICK = 76
    BOT = 77
    REWIRE = 78
    SPACE = 80
    CHAT = 81
    FORWARD = 82
    DECIDE = 90
    INCLINE = 91
    KEEP_FALSE = 92
    INFECT = 93
    FALL_ILL = 94
    GET_WELL = 95
    FIRST_CASES = 96
    EXPERIENCE = 100
    TAKE_SIDE = 101
    REPLY = 102
    ARRIVE = 103
    UNFOLLOW = 110
    FOLLOW = 111
    RECOMMEND = 112
    PLACE = 113
    PRESENT = 114
    TURNOVER = 115
    RETELL = 116
    DRIFT = 117
    CALIBRATE = 120
    PREDICT = 121
    RESAMPLE = 122


def extended(state: int, *words: int) -> int:
    """An address extended by integers: plain-Python twin of ``kernels.draws.absorb``, word by word."""
    for word in words:
        z = (state + _GOLDEN * ((int(word) + 1) & MASK)) & MASK
        z = ((z ^ (z >> 30)) * _MIX_1) & MASK
        z = ((z ^ (z >> 27)) * _MIX_2) & MASK
        state = z ^ (z >> 31)
    return state


def address(*words: int) -> np.uint64:
    """The 64-bit address of a sequence of integers, such as (seed, replicate, purpose, step)."""
    return np.uint64(extended(ROOT, *words))


@lru_cache(maxsize=1024)
def root_of(seed: int, replicate: int, purpose: Purpose) -> int:
    """Where all addresses of one purpose in one run begin: worked out once, and not at each draw."""
    return extended(ROOT, seed, replicate, purpose)


def each_extended(base: int | np.uint64, words: np.ndarray, more: np.ndarray | None = None) -> np.ndarray:
    """One address extended by each of many integers, or of pairs of them: int[m] each, to uint64[m]."""
    words = np.ascontiguousarray(words, dtype=np.uint64)
    if more is None:
        return np.asarray(kernels.draws.absorb_each(np.uint64(base), words))
    more = np.ascontiguousarray(more, dtype=np.uint64)
    return np.asarray(kernels.draws.absorb_both(np.uint64(base), words, more))


@lru_cache(maxsize=1024)
def name_key(text: str) -> int:
    """A stable 64-bit key of a name, equal in every process."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


class Draws:
    """Random numbers of one run, asked for by purpose and identity.

    Parameters
    ----------
    seed, replicate : integers that start every address of the run.
    """

    def __init__(self, seed: int, replicate: int) -> None:
        self.seed, self.replicate = seed, replicate

    def base(self, purpose: Purpose, *words: int) -> np.uint64:
        """The address of a family of draws, to be extended by identities."""
        return np.uint64(extended(root_of(self.seed, self.replicate, purpose), *words))

    def uniform(self, purpose: Purpose, keys: np.ndarray, *words: int) -> np.ndarray:
        """Numbers in (0, 1), one for each key: uint64[m] to float64[m]."""
        return kernels.draws.uniforms(self.base(purpose, *words), np.asarray(keys, dtype=np.uint64))

    def normal(self, purpose: Purpose, keys: np.ndarray, *words: int) -> np.ndarray:
        """Standard normal numbers, one for each key: uint64[m] to float64[m]."""
        return kernels.draws.normals(self.base(purpose, *words), np.asarray(keys, dtype=np.uint64))
