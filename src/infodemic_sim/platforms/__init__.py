"""Platforms and their rankings."""

from infodemic_sim.platforms.base import Platform
from infodemic_sim.platforms.ranking import (
    AccuracyWeighted,
    Chronological,
    Engagement,
    Interest,
    Ranking,
    SimSoMRanking,
)

__all__ = [
    "AccuracyWeighted",
    "Chronological",
    "Engagement",
    "Interest",
    "Platform",
    "Ranking",
    "SimSoMRanking",
]
