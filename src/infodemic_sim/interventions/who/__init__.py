"""Who: small frozen targets that turn a world into a mask of people."""

from infodemic_sim.interventions.who.base import Who
from infodemic_sim.interventions.who.connected import FriendsOfRandom, MostFollowed
from infodemic_sim.interventions.who.field import BUILT_IN, GROUP, ByFunction, Sample, WhoField
from infodemic_sim.interventions.who.momentary import AtRisk, Believers
from infodemic_sim.interventions.who.named import Chosen, Everyone, Nobody, Role, Rows, Share, Subgroup

__all__ = [
    "BUILT_IN",
    "GROUP",
    "AtRisk",
    "Believers",
    "ByFunction",
    "Chosen",
    "Everyone",
    "FriendsOfRandom",
    "MostFollowed",
    "Nobody",
    "Role",
    "Rows",
    "Sample",
    "Share",
    "Subgroup",
    "Who",
    "WhoField",
]
