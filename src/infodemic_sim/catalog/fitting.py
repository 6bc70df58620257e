"""Defaults that are fitted: each is solved for, so that a trial in the model has the published effect."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq, least_squares

from infodemic_sim.catalog.reproduction import Size
from infodemic_sim.catalog.trial import Trial
from infodemic_sim.catalog.trials import (
    griffiths_2009,
    guess_2020,
    loomba_2021,
    martel_rand_2024,
    pennycook_rand_2022,
    slaughter_2025,
    walter_2021,
)
from infodemic_sim.interventions import (
    AccuracyPrompt,
    CrowdNotes,
    MediaLiteracyTips,
    PeerSupport,
    WarningLabel,
)
from infodemic_sim.params import Part, declaration
from infodemic_sim.spread import FeedSpread

SEED, SCALE = 2026, 1.0
"""Other people than those whom trials are run on, and more of them; the same in all arms of a fit."""


DOUBT = 1.2
"""Credulity lost for each logit of discernment gained by tips (ASSUMED; its sign is published)."""


class Fitted(NamedTuple):
    """One default, or the upper end of a range: what solves its trial, beside what is declared."""

    part: type[Part]
    name: str
    trial: Trial
    solution: float
    upper_end: bool = False

    @property
    def declared(self) -> float:
        """The number that was fitted, as it is declared."""
        row = declaration(self.part, self.name)
        return float(row.plausible[1] if self.upper_end and row.plausible else row.default)


def fit(size: Size | None = None) -> Iterator[Fitted]:
    """Solve for every fitted default, one trial after the other; a few minutes at full size."""
    size = size or Size(SEED, SCALE)
    claim = _solve(
        lambda value: loomba_2021.run(size, FeedSpread(persuasion_claim=value))[0].value, -6.2, 5.0
    )
    yield Fitted(FeedSpread, "persuasion_claim", loomba_2021.TRIAL, claim)
    yield Fitted(FeedSpread, "persuasion_correction", walter_2021.TRIAL, _correction(size, claim))
    prompt = _solve(
        lambda value: pennycook_rand_2022.run(size, AccuracyPrompt(effect=value))[0].value, -10.0, 1.0
    )
    yield Fitted(AccuracyPrompt, "effect", pennycook_rand_2022.TRIAL, prompt)
    for name, value in zip(("effect", "sharing_effect", "floor"), _label(size), strict=True):
        yield Fitted(WarningLabel, name, martel_rand_2024.TRIAL, value)
    for name, value in zip(("effect", "scepticism"), _tips(size), strict=True):
        yield Fitted(MediaLiteracyTips, name, guess_2020.TRIAL, value)
    support = _solve(lambda value: griffiths_2009.run(size, PeerSupport(effect=value))[0].value, -0.2, 0.9)
    yield Fitted(PeerSupport, "effect", griffiths_2009.TRIAL, support)
    strongest = _solve(lambda value: slaughter_2025.reposts_after(size, value).value, -62.0, 0.95)
    yield Fitted(CrowdNotes, "sharing_effect", slaughter_2025.TRIAL, strongest, upper_end=True)


def _correction(size: Size, claim: float) -> float:
    def effect(value: float) -> float:
        rule = FeedSpread(persuasion_claim=claim, persuasion_correction=value)
        return walter_2021.run(size, rule)[0].value

    return _solve(effect, 0.40, 15.0)


def _tips(size: Size) -> tuple[float, float]:
    """Two numbers and one effect; a fifth more doubt than discernment, as true items lose slightly too."""

    def fall(value: float) -> float:
        tips = MediaLiteracyTips(effect=value, scepticism=DOUBT * value)
        return guess_2020.run(size, tips)[0].value

    effect = _solve(fall, -8.0, 2.0)
    return effect, DOUBT * effect


def _label(size: Size) -> tuple[float, float, float]:
    """Three numbers and four effects: least squares of the relative distances."""
    wanted = np.array([outcome.value for outcome in martel_rand_2024.TRIAL.outcomes])

    def distances(values: np.ndarray) -> np.ndarray:
        effect, sharing, floor = (float(value) for value in values)
        label = WarningLabel(effect=effect, sharing_effect=sharing, floor=floor)
        found = np.array([row.value for row in martel_rand_2024.run(size, label)])
        return np.asarray(found / wanted - 1.0)

    found = least_squares(
        distances, (1.0, 0.3, 0.2), bounds=((0.01, 0.0, 0.0), (5.0, 0.95, 0.95)), diff_step=[0.02] * 3
    )
    effect, sharing, floor = found.x.tolist()
    return effect, sharing, floor


def _solve(effect: Callable[[float], float], wanted: float, most: float) -> float:
    """The value between nearly 0 and ``most`` at which the effect is as wanted."""
    return float(brentq(lambda value: effect(value) - wanted, 1e-6, most, xtol=1e-3))
