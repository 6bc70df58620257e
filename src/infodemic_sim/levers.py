"""Every chance an intervention may scale, by name.

Chances return to their baselines at the start of each step; interventions then scale them in the order
of their keys, and bounds are applied last. A neutral factor leaves a chance as it was, bit for bit.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from infodemic_sim.errors import ParameterError, did_you_mean

LEVERS: dict[str, str] = {
    "sharing": "propensity to reshare what was read (factor)",
    "posting": "rate of starting posts (factor)",
    "sessions": "visits to platforms (factor)",
    "accuracy_weight": "weight of accuracy when sharing (gap to full weight closed)",
    "inoculation": "logits taken from the perceived veracity of misinformation (added)",
    "discernment": "logits by which true and false are told apart (added)",
    "credulity": "logits of taking any message to be true (added)",
    "reach": "pull of everything an account posts (factor)",
    "labels": "warning labels on messages, seen by chosen people",
    "corrections": "corrections attached to messages",
    "posts": "posts published by an intervention",
    "hiding": "messages shown less, held back, or not at all",
    "ranking": "how a platform's feeds are ordered",
    "forwarding": "chats to which a message may be forwarded at once",
    "take_down": "messages removed from groups and forums",
    "telling": "what people are told in person, outside feeds",
    "support": "isolation lowered by a supportive contact",
    "disclosure": "chance that what people publish tells who a patient is (factor)",
    "waiting": "days that staff's replies wait for a second pair of eyes (added)",
    "service": "complaints about the health service resolved",
    "ties": "whom people follow (cut, added)",
    "verification": "chance that a believer checks the claim (factor)",
}
"""Name and meaning. A spread rule declares which it offers; an intervention which it needs."""

NUMBERS = (
    "sharing",
    "posting",
    "sessions",
    "accuracy_weight",
    "inoculation",
    "discernment",
    "credulity",
    "reach",
    "disclosure",
    "waiting",
    "verification",
)
"""Levers that are a number of each person."""

Where = np.ndarray
"""People as positions (int[m]) or as a mask (bool[n])."""


class Lever:
    """One chance of every person: a baseline, and what interventions make of it in this step.

    What is done on one platform alone is a factor on the chance there, kept beside it.

    Parameters
    ----------
    baseline : float64[n], or one number for all n people.
    """

    def __init__(self, n: int, baseline: float | np.ndarray, low: float = 0.0, high: float = np.inf) -> None:
        self.n, self.baseline, self.low, self.high = n, baseline, low, high
        self.moved = False
        self._moved_to = np.empty(0)
        self._there: dict[int, Lever] = {}

    @property
    def value(self) -> np.ndarray:
        """The chance in this step, float64[n]; not to be changed but by the methods below."""
        if self.moved:
            return self._moved_to
        return self.baseline if isinstance(self.baseline, np.ndarray) else np.full(self.n, self.baseline)

    def at(self, people: np.ndarray, platform: int | None = None) -> np.ndarray:
        """The chance of some people in this step, float[m], without making everybody's.

        Parameters
        ----------
        platform : where what is done there alone counts, too.
        """
        source = self._moved_to if self.moved else self.baseline
        chance = source[people] if isinstance(source, np.ndarray) else np.full(people.size, source)
        there = None if platform is None else self._there.get(platform)
        return chance * there.at(people) if there is not None and there.moved else chance

    def moved_on(self, platform: int) -> bool:
        """Whether the chance is moved on a platform, there alone or everywhere."""
        return self.moved or (platform in self._there and self._there[platform].moved)

    def value_on(self, platform: int) -> np.ndarray:
        """The chance on a platform in this step, float64[n]."""
        there = self._there.get(platform)
        return self.value * there.value if there is not None and there.moved else self.value

    def reset(self) -> None:
        """Back to the baseline."""
        self.moved = False
        for there in self._there.values():
            there.reset()

    def scale(self, where: Where, factor: float | np.ndarray, platform: int | None = None) -> None:
        """Multiply by a factor ≥ 0, on one platform or (None) on all; 1 changes nothing."""
        _demand(factor, 0.0, "multiplied by a factor", " ≥ 0")
        if platform is None:
            self._own()[where] *= factor
        else:
            self._there.setdefault(platform, Lever(self.n, 1.0)).scale(where, factor)

    def add(self, where: Where, amount: float | np.ndarray) -> None:
        """Add an amount; 0 changes nothing."""
        _demand(amount, -math.inf, "moved by an amount", "")
        self._own()[where] += amount

    def clip(self) -> None:
        """Apply the bounds, once all interventions have acted."""
        if self.moved and self.low > -math.inf:
            np.maximum(self._moved_to, self.low, out=self._moved_to)
        if self.moved and self.high < math.inf:
            np.minimum(self._moved_to, self.high, out=self._moved_to)
        for there in self._there.values():
            there.clip()

    @property
    def at_baseline(self) -> bool:
        """Whether nobody's chance differs from its baseline, on any platform."""
        here = not self.moved or bool((self.value == self.baseline).all())
        return here and all(there.at_baseline for there in self._there.values())

    def _own(self) -> np.ndarray:
        """An array of its own, made when somebody first moves the lever."""
        if self._moved_to.size != self.n:
            self._moved_to = np.empty(self.n)
        if not self.moved:
            self._moved_to[:] = self.baseline
            self.moved = True
        return self._moved_to


def _demand(given: float | np.ndarray, low: float, moved: str, least: str) -> None:
    """Refuse what is no number, or too small: it would pass for an effect."""
    if isinstance(given, np.ndarray):
        if given.size == 0:
            return
        first, last = float(given.min()), float(given.max())  # not a number, if any of them is not
    else:
        first = last = float(given)
    if not (low <= first > -math.inf and last < math.inf):
        got = f"{first:g} to {last:g}" if first < last else f"{first:g}"
        raise ParameterError(f"levers are {moved}: finite numbers{least} are needed, but got {got}.")


class KeptLever(Lever):
    """A lever whose value stays in an array of the state, so that a continued run still knows it."""

    def __init__(self, kept: np.ndarray, low: float = 0.0) -> None:
        super().__init__(kept.size, 0.0, low)
        self._moved_to, self.moved = kept, bool(kept.any())

    @property
    def value(self) -> np.ndarray:
        """The chance in this step, float[n]."""
        return self._moved_to

    def reset(self) -> None:
        """Back to the baseline, in place."""
        if self.moved:
            self._moved_to[:] = self.baseline
        self.moved = False


class AccuracyLever(Lever):
    """Weight of accuracy f, kept as the gap 1 - f so that closing none of it changes no bit."""

    def close_gap(self, where: Where, effect: float | np.ndarray, platform: int | None = None) -> None:
        """f' = 1 - (1 - f)(1 - effect)."""
        self.scale(where, 1.0 - np.asarray(effect), platform)


class Sight:
    """Whose labels each person is shown: a bit set of issuers."""

    def __init__(self, n: int) -> None:
        self.value = np.zeros(n, np.uint8)

    def reset(self) -> None:
        """Nobody is shown any label."""
        self.value[:] = 0

    def show(self, where: Where, issuer: int) -> None:
        """Show the labels of one issuer (0 … 7) to these people."""
        self.value[where] |= np.uint8(1 << issuer)

    def show_all(self, issuer: int) -> None:
        """Show the labels of one issuer to everybody."""
        self.value |= np.uint8(1 << issuer)

    def clip(self) -> None:
        """A bit set has no bounds."""


class Levers:
    """All levers of one run.

    Parameters
    ----------
    sharing, inattention : float64[n], baselines from the people's traits.
    kept : float[n] by name, as the last step left them; changed in place.
    """

    def __init__(self, sharing: np.ndarray, inattention: np.ndarray, kept: dict[str, np.ndarray]) -> None:
        n = sharing.size
        self.sharing = Lever(n, sharing)
        self.accuracy_weight = AccuracyLever(n, inattention, 0.0, 1.0)
        self.inoculation = KeptLever(kept["inoculation"])
        self.discernment = KeptLever(kept["discernment"], -np.inf)
        self.credulity = KeptLever(kept["credulity"], -np.inf)
        self.posting = Lever(n, 1.0)
        self.sessions = Lever(n, 1.0)
        self.reach = Lever(n, 1.0)
        self.disclosure = Lever(n, 1.0)
        self.waiting = Lever(n, 0.0)
        self.verification = Lever(n, 1.0)
        self.label_sight = Sight(n)
        self.all: tuple[Lever | Sight, ...] = (*(getattr(self, name) for name in NUMBERS), self.label_sight)

    if not TYPE_CHECKING:  # where every name would seem to be one

        def __getattr__(self, name: str) -> object:
            raise AttributeError(f"there is no lever '{name}'. {did_you_mean(name, vars(self))}")

    def used(self, besides: frozenset[str] = frozenset()) -> set[str]:
        """Names of the levers that are not at their baselines, besides some that need not be looked at."""
        looked_at = (name for name in NUMBERS if name not in besides)
        moved = {name for name in looked_at if not getattr(self, name).at_baseline}
        return moved | ({"labels"} if "labels" not in besides and self.label_sight.value.any() else set())

    def reset(self) -> None:
        """Chances return to their baselines."""
        for lever in self.all:
            lever.reset()

    def clip(self) -> None:
        """Bounds are applied last."""
        for lever in self.all:
            lever.clip()
