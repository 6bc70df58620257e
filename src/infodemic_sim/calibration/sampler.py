"""Candidates by address: which are kept does not depend on how many workers there are, or on their speed."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

import numpy as np
from pyabc.sampler import Sampler

from infodemic_sim.calibration.ahead import InOrder
from infodemic_sim.randomness import Purpose, address


class AddressedSampler(Sampler):
    """Takes candidates in the order of their numbers until enough are kept.

    Candidate k of generation t has the draws of the address (seed, CALIBRATE, t, k). Those that workers have
    run beyond the last one kept are thrown away, so results are those of one process, bit for bit.

    Parameters
    ----------
    in_order : runs candidates, here or in workers.
    told : called with the number kept so far, the ``before`` included.
    """

    def __init__(self, seed: int, in_order: InOrder, told: Callable[[int], None]) -> None:
        super().__init__()
        self.seed, self.in_order, self.told, self.before = seed, in_order, told, 0

    def sample_until_n_accepted(
        self, n: int, simulate_one: Callable[[], Any], t: int, *, max_eval: float = math.inf, **_: Any
    ) -> Any:
        """What pyABC asks of a sampler; the sample is not ok if too many candidates were needed."""
        sample = self._create_empty_sample()
        self.nr_evaluations_ = 0
        results = self.in_order(partial(candidate, simulate_one, self.seed, t), _counted(max_eval))
        for particle in results:
            sample.append(particle)
            self.nr_evaluations_ += 1
            self.told(self.before + sample.n_accepted)
            if sample.n_accepted == n:
                break
        sample.ok = sample.n_accepted == n
        return sample


def candidate(simulate_one: Callable[[], Any], seed: int, generation: int, number: int) -> Any:
    """One candidate, as pyABC draws, runs and judges it."""
    word = int(address(seed, 0, Purpose.CALIBRATE, generation, number))
    with global_draws([word & 0xFFFFFFFF, word >> 32]):
        return simulate_one()


def _counted(most: float) -> Iterator[int]:
    number = 0
    while number < most:
        yield number
        number += 1


@contextmanager
def global_draws(words: Sequence[int]) -> Iterator[None]:
    """Seeds the global generators, from which pyABC draws, for a block; then they are as they were."""
    numbers, others = np.random.get_state(), random.getstate()  # noqa: NPY002
    np.random.seed(list(words))  # noqa: NPY002
    random.seed(words[0])
    try:
        yield
    finally:
        np.random.set_state(numbers)  # noqa: NPY002
        random.setstate(others)
