"""How many ties people have: the law from which generating functions are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import numpy as np
from scipy.special import gammaln

from infodemic_sim.errors import ParameterError
from infodemic_sim.theory.checks import count, number, numbers


@runtime_checkable
class Rows(Protocol):
    """A network as compressed sparse rows, such as a ``SocialGraph``: row v lists those whom v sees."""

    indptr: np.ndarray
    indices: np.ndarray
    directed: bool


@dataclass(frozen=True, eq=False)
class DegreeLaw:
    """Chances of having 0, 1, 2 … ties, in a network that is random in all other respects.

    With p_k these chances, G₀(x) = Σ p_k x^k generates the ties of a person, and G₁ = G₀′/G₀′(1) the
    further ties of somebody met along a tie [Newman2001].

    Parameters
    ----------
    chances : p_k, float64[largest number of ties + 1], ≥ 0, summing to 1.
    """

    chances: np.ndarray

    @classmethod
    def poisson(cls, mean: float) -> DegreeLaw:
        """Ties of a large Erdős–Rényi network: p_k = e^(−z) z^k / k!, mean z ≥ 0."""
        ties = number("mean", mean)
        if ties == 0.0:
            return cls.regular(0)
        # Beyond this place, less than 1e-20 is left.
        k = np.arange(int(ties + 12.0 * np.sqrt(ties) + 40.0))
        return cls.given(np.exp(k * np.log(ties) - ties - gammaln(k + 1.0)))

    @classmethod
    def regular(cls, degree: int) -> DegreeLaw:
        """Everybody has the same number of ties, ≥ 0."""
        return cls(np.eye(1, count("degree", degree) + 1, degree).ravel())

    @classmethod
    def given(cls, chances: Any) -> DegreeLaw:
        """Chances of 0, 1, 2 … ties, or weights in proportion to them, ≥ 0."""
        weights = numbers("chances", chances)
        if not weights.sum() > 0.0:
            raise ParameterError("chances: at least one must be above 0.")
        return cls(weights / weights.sum())

    @classmethod
    def of(cls, people: Any) -> DegreeLaw:
        """The law of a network of friendships, or of a row of numbers of ties, one per person."""
        if isinstance(people, DegreeLaw):
            return people
        if not isinstance(people, Rows):
            degrees = numbers("degrees", people)
            if (degrees != np.floor(degrees)).any():
                raise ParameterError("degrees must be whole numbers; see DegreeLaw.poisson for a mean.")
            return cls.given(np.bincount(degrees.astype(np.int64)))
        if people.directed:
            raise ParameterError("the ties go one way; a degree law needs a network of friendships.")
        return cls.of(np.diff(people.indptr))

    @property
    def mean(self) -> float:
        """Ties per person, G₀′(1)."""
        return float(self.chances @ np.arange(len(self.chances)))

    @property
    def further(self) -> float:
        """Further ties of somebody met along a tie, G₁′(1) = Σ k(k − 1)p_k / Σ k p_k; 0 without ties."""
        k = np.arange(len(self.chances))
        return float(self.chances @ (k * (k - 1.0))) / self.mean if self.mean > 0.0 else 0.0

    @property
    def met(self) -> DegreeLaw:
        """The law of those further ties: q_k in proportion to (k + 1) p_(k+1)."""
        if self.mean == 0.0:
            return DegreeLaw.regular(0)
        return DegreeLaw.given(self.chances[1:] * np.arange(1, len(self.chances)))

    def generate(self, x: float) -> float:
        """G₀(x) = Σ p_k x^k."""
        k = np.flatnonzero(self.chances)
        return float(self.chances[k] @ np.power(x, k))
