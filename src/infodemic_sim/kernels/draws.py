"""Counter hash behind every random draw: an address of integers in, a number out.

A draw is ``uniform(absorb(absorb(base, person), message))``: no state, so no order to depend on.
``absorb`` is one step of SplitMix64 (Steele, Lea & Flood 2014) with Stafford's mixer 13.
"""

from __future__ import annotations

import math

import numpy as np

from infodemic_sim.kernels.compiled import kernel

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
MIX_2 = np.uint64(0x94D049BB133111EB)
HALF_UNIT = 2.0**-53
TWO_PI = 2.0 * math.pi
_ONE, _12, _27, _30, _31 = (np.uint64(k) for k in (1, 12, 27, 30, 31))


@kernel
def mixed(word):
    """Scramble 64 bits (one to one)."""
    word = (word ^ (word >> _30)) * MIX_1
    word = (word ^ (word >> _27)) * MIX_2
    return word ^ (word >> _31)


@kernel
def absorb(address, word):
    """The address extended by one integer word (both uint64)."""
    return mixed(address + GOLDEN * (word + _ONE))


@kernel
def uniform(address):
    """A number in the open interval (0, 1), on a grid of 2**52 points."""
    return np.float64(address >> _12) * (2.0 * HALF_UNIT) + HALF_UNIT


@kernel
def normal(address):
    """A standard normal number (Box and Muller 1958, one of the pair)."""
    radius = math.sqrt(-2.0 * math.log(uniform(address)))
    return radius * math.cos(TWO_PI * uniform(absorb(address, _ONE)))


@kernel
def poisson(address, mean):
    """A Poisson count by inversion; linear in the mean, meant for means below about 20."""
    u = uniform(address)
    if u <= 1.0 - mean:  # exp(-mean) is at least that much, so the count is 0
        return 0
    term = math.exp(-mean)
    total = term
    count = 0
    while u > total and count < 1000:
        count += 1
        term *= mean / count
        total += term
    return count


@kernel
def uniforms(base, keys):
    """Uniform numbers for many keys (uint64[m]) under one base address; float64[m]."""
    out = np.empty(keys.size)
    for i in range(keys.size):
        out[i] = uniform(absorb(base, keys[i]))
    return out


@kernel
def normals(base, keys):
    """Standard normal numbers for many keys (uint64[m]) under one base address; float64[m]."""
    out = np.empty(keys.size)
    for i in range(keys.size):
        out[i] = normal(absorb(base, keys[i]))
    return out


@kernel
def absorb_all(bases, words):
    """Addresses extended word by word: uint64[m] and uint64[m] to uint64[m]."""
    out = np.empty(words.size, dtype=np.uint64)
    for i in range(words.size):
        out[i] = absorb(bases[i], words[i])
    return out


@kernel
def absorb_each(base, words):
    """One address extended by each of many words: uint64[m]."""
    out = np.empty(words.size, dtype=np.uint64)
    for i in range(words.size):
        out[i] = absorb(base, words[i])
    return out


@kernel
def absorb_both(base, first, second):
    """One address extended by pairs of words: uint64[m]."""
    out = np.empty(first.size, dtype=np.uint64)
    for i in range(first.size):
        out[i] = absorb(absorb(base, first[i]), second[i])
    return out


@kernel
def uniforms_at(addresses):
    """Uniform numbers, one at each address: uint64[m] to float64[m]."""
    out = np.empty(addresses.size)
    for i in range(addresses.size):
        out[i] = uniform(addresses[i])
    return out
