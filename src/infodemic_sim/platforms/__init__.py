"""Platforms, their rankings and spaces, and presets of well-known kinds."""

from infodemic_sim.platforms.base import Platform
from infodemic_sim.platforms.forwarding import Forwarding
from infodemic_sim.platforms.presets import (
    friends_network,
    image_feed,
    messaging_app,
    microblog,
    patient_forum,
)
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
    "friends_network",
    "image_feed",
    "messaging_app",
    "microblog",
    "patient_forum",
]
