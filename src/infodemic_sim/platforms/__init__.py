"""Platforms, their rankings and spaces."""

from infodemic_sim.platforms.base import Platform
from infodemic_sim.platforms.forwarding import Forwarding
from infodemic_sim.platforms.ranking import (
    AccuracyWeighted,
    Chronological,
    Engagement,
    Interest,
    Ranking,
    SimSoMRanking,
)
from infodemic_sim.platforms.spaces import Communities, Forum, Groups, Spaces

__all__ = [
    "AccuracyWeighted",
    "Chronological",
    "Communities",
    "Engagement",
    "Forum",
    "Forwarding",
    "Groups",
    "Interest",
    "Platform",
    "Ranking",
    "SimSoMRanking",
    "Spaces",
]
