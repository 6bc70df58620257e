"""Every measure: its formula, unit, denominator, what counts as better, and where it comes from."""

from __future__ import annotations

from infodemic_sim.codebook.behaviour import BEHAVIOUR
from infodemic_sim.codebook.beliefs import BELIEFS
from infodemic_sim.codebook.care import CARE
from infodemic_sim.codebook.cascades import CASCADES
from infodemic_sim.codebook.deeds import DEEDS
from infodemic_sim.codebook.measure import OURS, Measure
from infodemic_sim.codebook.posts import POSTS
from infodemic_sim.codebook.society import SOCIETY
from infodemic_sim.errors import UnknownNameError, did_you_mean

__all__ = ["BY_NAME", "CODEBOOK", "ORDER", "OURS", "Measure", "check_measure"]

CODEBOOK: tuple[Measure, ...] = (*BELIEFS, *POSTS, *BEHAVIOUR, *CARE, *SOCIETY, *DEEDS, *CASCADES)
BY_NAME = {measure.name: measure for measure in CODEBOOK}
ORDER = {measure.name: place for place, measure in enumerate(CODEBOOK)}


def check_measure(name: str) -> Measure:
    """The codebook's row of a measure; an unknown name is answered with the nearest known."""
    if name not in BY_NAME:
        raise UnknownNameError(f"'{name}' is not a measure. {did_you_mean(name, BY_NAME)}")
    return BY_NAME[name]
