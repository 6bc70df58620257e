"""What runs give, packed for the way from workers to disk: names once, numbers for each run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from infodemic_sim.errors import readable
from infodemic_sim.faults import origin, said, sentence
from infodemic_sim.measures.tidy import NAMES, Labels, Rows

if TYPE_CHECKING:
    import pandas as pd

NO_WORDS = "an error without a message."


class Ran(NamedTuple):
    """One run: its numbers, or the sentence that says why there are none."""

    run: str
    labels: str  # digest of its labels; "" where it failed
    values: np.ndarray  # float64[m]
    error: str = ""


class Harvest(NamedTuple):
    """What a worker gives back."""

    ran: list[Ran]
    labels: dict[str, Labels]
    seconds: float


def ran(run: str, rows: Rows, labels: dict[str, Labels]) -> Ran:
    """A run from its numbers; its labels are added to those known."""
    labels.setdefault(rows.key, rows.labels)
    return Ran(run, rows.key, rows.values)


def failed(run: str, error: str) -> Ran:
    """A run that gave an error in place of numbers."""
    return Ran(run, "", np.empty(0), readable(" ".join(error.split())) or NO_WORDS)


def told(error: BaseException) -> str:
    """An error that nobody raised on purpose: which plug-in it came from, its kind, and its words if any."""
    where = origin(error)
    return f"{sentence(error, where)}." if where else said(error)


class Table:
    """Many runs as one table, with names as categories that are looked up once for each kind of run."""

    def __init__(self) -> None:
        self.places: tuple[dict[str, int], ...] = tuple({} for _ in NAMES)
        self.known: dict[str, tuple[np.ndarray, tuple[np.ndarray, ...]]] = {"": self._nothing()}

    def learn(self, labels: Mapping[str, Labels]) -> None:
        """Take in labels that are new."""
        for key, each in labels.items():
            if key not in self.known:
                codes = (self._codes(*pair) for pair in zip(self.places, each.names, strict=True))
                self.known[key] = (each.day, tuple(codes))

    def frame(self, harvested: Sequence[Ran]) -> pd.DataFrame:
        """The rows of some runs: run, day, platform, topic, subgroup, measure, value, error.

        A run that failed has one row with its error.
        """
        import pandas as pd

        kinds = [self.known[each.labels] for each in harvested]
        lengths = [day.size for day, _ in kinds]
        columns: dict[str, object] = {
            "run": repeated([each.run for each in harvested], lengths),
            "day": np.concatenate([day for day, _ in kinds]),
        }
        for k, name in enumerate(NAMES):
            codes = np.concatenate([found[k] for _, found in kinds])
            columns[name] = categorical(codes, list(self.places[k]))
        values = [each.values if each.labels else np.array([np.nan]) for each in harvested]
        columns["value"] = np.concatenate(values)
        columns["error"] = repeated([each.error for each in harvested], lengths)
        return pd.DataFrame(columns)

    @staticmethod
    def _codes(places: dict[str, int], names: Iterable[str]) -> np.ndarray:
        return np.array([places.setdefault(name, len(places)) for name in names], np.int32)

    @staticmethod
    def _nothing() -> tuple[np.ndarray, tuple[np.ndarray, ...]]:
        return np.array([np.nan]), tuple(np.array([-1], np.int32) for _ in NAMES)


def repeated(texts: Sequence[str], lengths: Sequence[int]) -> pd.Categorical[str]:
    """Each text as often as said; an empty one is missing."""
    categories = [text for text in dict.fromkeys(texts) if text]
    place = {text: k for k, text in enumerate(categories)} | {"": -1}
    return categorical(np.repeat([place[text] for text in texts], lengths), categories)


def categorical(codes: np.ndarray, names: Sequence[str]) -> pd.Categorical[str]:
    """Names by their numbers; −1 is missing."""
    import pandas as pd

    return pd.Categorical.from_codes(codes, categories=pd.Index(names or [""]))
