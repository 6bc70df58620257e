"""The numbers of a run in a row, and what each stands for, which is worked out once for runs alike."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

NAMES = ("platform", "topic", "subgroup", "measure")
ALL = "all"


class Labels(NamedTuple):
    """What m numbers stand for."""

    day: np.ndarray  # float64[m]
    names: tuple[np.ndarray, ...]  # object[m] of text: platform, topic, subgroup, measure


class Rows(NamedTuple):
    """The numbers of a run; runs alike share their labels, which are not to be changed."""

    key: str  # digest of the labels
    labels: Labels
    values: np.ndarray  # float64[m]

    def frame(self) -> pd.DataFrame:
        """As a tidy table: day, platform, topic, subgroup, measure, value."""
        import pandas as pd

        names = dict(zip(NAMES, self.labels.names, strict=True))
        return pd.DataFrame({"day": self.labels.day, **names, "value": self.values})


class Block(NamedTuple):
    """A measure: along which platforms, topics and parts of the people its numbers lie, for each day."""

    measure: str
    platforms: tuple[str, ...]
    topics: tuple[str, ...]
    parts: tuple[str, ...]


@lru_cache(maxsize=16)
def labels_of(
    days: tuple[float, ...], blocks: tuple[Block, ...], last: tuple[str, ...]
) -> tuple[str, Labels]:
    """Labels with their digest: of whole blocks, and of measures that have one number on the last day."""
    columns = [_grid(days, block) for block in blocks]
    columns += [_grid(days[-1:], Block(measure, (ALL,), (ALL,), (ALL,))) for measure in last]
    day, *names = (np.concatenate(parts) for parts in zip(*columns, strict=True))
    labels = Labels(day, tuple(names))
    return _digest(labels), labels


def _grid(days: tuple[float, ...], block: Block) -> Iterator[np.ndarray]:
    """The columns of one measure: day, platform, topic, subgroup, measure."""
    axes = (_texts(names) for names in (block.platforms, block.topics, block.parts, (block.measure,)))
    grid = np.meshgrid(np.array(days), *axes, indexing="ij")
    return (axis.ravel() for axis in grid)


def _texts(names: Iterable[str]) -> np.ndarray:
    return np.array(list(names), dtype=object)


def _digest(labels: Labels) -> str:
    digest = hashlib.blake2b(labels.day.tobytes(), digest_size=16)
    for column in labels.names:
        digest.update("\0".join(column).encode())
    return digest.hexdigest()
