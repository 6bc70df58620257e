"""Points as likely as a density says: the ensemble of walkers of emcee [ForemanMackey2013]."""

from __future__ import annotations

import logging
from collections.abc import Callable

import emcee
import numpy as np
from scipy.stats import qmc

from infodemic_sim.randomness import Purpose, address

LOG = logging.getLogger(__name__)
WALKERS, STEPS, MOST_STEPS = 100, 200, 2000
ENOUGH = 8.0
"""Steps of a walker in those after which it has forgotten where it was; the first half is left out."""
CANDIDATES = 4096

LogDensity = Callable[[np.ndarray], np.ndarray]
"""From points, float64[m, d], to float64[m]."""


def evenly(number: int, dimensions: int, seed: int) -> np.ndarray:
    """Points that fill the unit cube evenly, float64[number, dimensions]: a Latin hypercube."""
    return np.asarray(qmc.LatinHypercube(dimensions, rng=np.random.default_rng(seed)).random(number))


def drawn(log_density: LogDensity, dimensions: int, number: int, seed: int) -> np.ndarray:
    """Points of the unit cube, float64[number, dimensions], as likely as a density says.

    Walkers begin at some of many points, chosen by the density, so that of several peaks none is left out,
    and go until they have forgotten them. Points are drawn from all that they came by: those at even
    distances would be from few walkers.
    """

    def within(points: np.ndarray) -> np.ndarray:
        inside = ((points >= 0.0) & (points <= 1.0)).all(axis=1)
        return np.where(inside, log_density(np.clip(points, 0.0, 1.0)), -np.inf)

    word = int(address(seed, 0, Purpose.CALIBRATE))
    luck = np.random.default_rng([word, 1])
    candidates = evenly(CANDIDATES, dimensions, word)
    keys = log_density(candidates) + luck.gumbel(size=CANDIDATES)  # the highest are a draw by the density
    begun = np.argsort(-keys, kind="stable")[: max(WALKERS, 2 * dimensions + 2)]
    sampler = emcee.EnsembleSampler(begun.size, dimensions, within, vectorize=True)
    sampler.random_state = np.random.RandomState([word & 0xFFFFFFFF, word >> 32]).get_state()
    state = candidates[begun]
    while sampler.iteration < MOST_STEPS:
        state = sampler.run_mcmc(state, STEPS)
        if sampler.iteration >= ENOUGH * sampler.get_autocorr_time(tol=0).max():
            break
    else:
        LOG.warning("after %d steps points still hang on where they began: narrow the ranges.", MOST_STEPS)
    walked = sampler.get_chain(discard=sampler.iteration // 2, flat=True)
    return np.asarray(walked[luck.choice(len(walked), number, replace=False)])
