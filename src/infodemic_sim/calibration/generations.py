"""What all ways of narrowing share: settings, what is told of each generation, and how they are gone on."""

from __future__ import annotations

from typing import Literal, NamedTuple, Protocol

import pandas as pd

Method = Literal["likelihood", "distance", "emulator"]

MOST_EMULATED = 3000
"""Runs that an emulator learns from; the work grows with their third power, the memory with their square."""
FEWEST_EMULATED = 10
"""Runs for each parameter, at least, in the first generation; with fewer it is far too sure of itself."""


class Settings(NamedTuple):
    """How a problem is solved, see ``Calibration``."""

    method: Method
    particles: int
    generations: int
    least_acceptance: float
    seed: int


class Progress(NamedTuple):
    """One finished generation.

    Parameters
    ----------
    generation : number. threshold : largest distance kept, or temperature, infinite before the evidence; with
        an emulator the distance within which half of the runs came.
    runs : simulated. effective : equally weighted points worth as much as those kept.
    """

    generation: int
    threshold: float
    runs: int
    effective: float


class Steps(Protocol):
    """The generations of one problem, as far as they are done."""

    def finished(self) -> list[Progress]:
        """What is done, generation by generation."""
        ...

    @property
    def complete(self) -> bool:
        """Whether nothing is left to do."""
        ...

    def step(self) -> bool:
        """The next generation; False if it was given up."""
        ...

    def points(self, generation: int) -> pd.DataFrame:
        """The points of a generation: parameters by path, weight, misfit and the numbers there."""
        ...
