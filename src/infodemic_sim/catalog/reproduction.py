"""What a published result is, how it is computed again, and how far the two lie apart."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol, TypeVar

import numpy as np

from infodemic_sim.errors import ParameterError, UnknownNameError, did_you_mean, whole

Measure = Literal["difference", "relative", "at least", "at most"]
"""How a distance is taken: |ours − published|, the same as a share of what was published, or by how much ours
falls short of it, or exceeds it, where only an order or a bound was published."""

Verdict = Literal["agrees", "unclear", "differs"]


class Published(NamedTuple):
    """One published number.

    Parameters
    ----------
    what : the quantity, with the setting in which it was found.
    value : the number.
    where : in which part of the publication.
    tolerance : the largest distance at full size that still agrees, chosen before running: rounding of the
        published number, finite size, and about three standard errors.
    measure : how the distance is taken.
    """

    what: str
    value: float
    where: str
    tolerance: float
    measure: Measure = "difference"


class Estimate(NamedTuple):
    """Our number and its standard error; NaN where it has none."""

    value: float
    error: float = math.nan


class Size(NamedTuple):
    """How large a reproduction is: 1 is the size its tolerances are meant for."""

    seed: int
    scale: float

    def of(self, full: int, least: int = 1) -> int:
        """A number of people or runs, scaled."""
        return max(least, round(full * self.scale))


class HasName(Protocol):
    """What can be asked for by name."""

    @property
    def name(self) -> str:
        """The name."""
        ...


Named = TypeVar("Named", bound=HasName)


@dataclass(frozen=True)
class Reproduction:
    """A publication, what it found, and how we find it.

    Parameters
    ----------
    name : by which it is asked for.
    source : key in ``references.bib``.
    title : what is reproduced, in one line.
    setting : rule, network and number of runs at full size, in a sentence or two.
    published : the numbers.
    compute : our estimates of them, in the same order.
    """

    name: str
    source: str
    title: str
    setting: str
    published: tuple[Published, ...]
    compute: Callable[[Size], Sequence[Estimate]]


class Compared(NamedTuple):
    """A published number beside ours."""

    published: Published
    ours: Estimate

    @property
    def distance(self) -> float:
        """How far apart they are, in the measure of the published number."""
        gap = self.ours.value - self.published.value
        by_measure = {
            "difference": abs(gap),
            "relative": abs(gap / self.published.value) if self.published.value else math.inf,
            "at least": max(0.0, -gap) if gap == gap else math.nan,
            "at most": max(0.0, gap) if gap == gap else math.nan,
        }
        return by_measure[self.published.measure]

    @property
    def verdict(self) -> Verdict:
        """Agrees within the tolerance; unclear where three standard errors of ours could bring it there."""
        spread = self.ours.error if math.isfinite(self.ours.error) else 0.0
        if self.published.measure == "relative":
            spread /= abs(self.published.value)
        if self.distance <= self.published.tolerance:
            return "agrees"
        return "unclear" if self.distance <= self.published.tolerance + 3.0 * spread else "differs"


class Reproduced(NamedTuple):
    """A publication whose numbers were computed again."""

    entry: Reproduction
    rows: tuple[Compared, ...]
    seconds: float

    def count(self, verdict: Verdict) -> int:
        """How many numbers have a verdict."""
        return sum(row.verdict == verdict for row in self.rows)


def reproduce(entries: Iterable[Reproduction], *, seed: int, scale: float = 1.0) -> Iterator[Reproduced]:
    """Compute published results again, one after the other.

    Parameters
    ----------
    seed : fixes every draw.
    scale : size of the runs in full sizes, above 0; below 1, distances hold more chance.

    Raises
    ------
    ParameterError
        If an argument is out of range.
    """
    return _each(entries, size_of(seed, scale))


def size_of(seed: int, scale: float) -> Size:
    """Seed and scale, checked."""
    whole("seed", seed)
    if not 0.0 < scale < math.inf:
        raise ParameterError(f"scale must be a number above 0, but got {scale}.")
    return Size(seed, scale)


def _each(entries: Iterable[Reproduction], size: Size) -> Iterator[Reproduced]:
    for entry in entries:
        began = time.perf_counter()
        pairs = zip(entry.published, entry.compute(size), strict=True)
        rows = tuple(Compared(published, ours) for published, ours in pairs)
        yield Reproduced(entry, rows, time.perf_counter() - began)


def chosen(entries: Iterable[Named], names: Sequence[str]) -> list[Named]:
    """The entries of these names in their order, each once; without names, all.

    Raises
    ------
    UnknownNameError
        If there is no entry of a name.
    """
    known = {entry.name: entry for entry in entries}
    for name in names:
        if name not in known:
            raise UnknownNameError(f"'{name}' is not in the catalogue. {did_you_mean(name, known)}")
    return [known[name] for name in dict.fromkeys(names)] if names else list(known.values())


def mean_of(values: Sequence[float] | np.ndarray) -> Estimate:
    """Mean of independent runs, with its standard error."""
    numbers = np.asarray(values, dtype=float)
    error = float(numbers.std(ddof=1) / math.sqrt(numbers.size)) if numbers.size > 1 else math.nan
    return Estimate(float(numbers.mean()), error)
