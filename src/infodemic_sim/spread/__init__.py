"""How information moves: the feed rule, and the rules of the textbooks; one file per rule."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, SerializeAsAny

from infodemic_sim.plugins import make
from infodemic_sim.spread.base import GROUP, SpreadRule
from infodemic_sim.spread.bass import Bass
from infodemic_sim.spread.competing_contagions import CompetingContagions
from infodemic_sim.spread.complex_contagion import ComplexContagion
from infodemic_sim.spread.daley_kendall import DaleyKendall
from infodemic_sim.spread.deffuant import Deffuant
from infodemic_sim.spread.degroot import DeGroot
from infodemic_sim.spread.feed import FeedSpread
from infodemic_sim.spread.friedkin_johnsen import FriedkinJohnsen
from infodemic_sim.spread.hegselmann_krause import HegselmannKrause
from infodemic_sim.spread.hoax import HoaxAndFactCheck
from infodemic_sim.spread.independent_cascade import IndependentCascade
from infodemic_sim.spread.linear_threshold import LinearThreshold
from infodemic_sim.spread.maki_thompson import MakiThompson
from infodemic_sim.spread.nekovee import Nekovee
from infodemic_sim.spread.network_rule import NetworkRule
from infodemic_sim.spread.simsom import SimSoM
from infodemic_sim.spread.voter import Voter
from infodemic_sim.spread.watts_threshold import WattsThreshold

BUILT_IN = (
    FeedSpread,
    *(MakiThompson, DaleyKendall, Nekovee, HoaxAndFactCheck),
    *(IndependentCascade, LinearThreshold, WattsThreshold, ComplexContagion, CompetingContagions),
    *(Voter, DeGroot, FriedkinJohnsen, Deffuant, HegselmannKrause),
    *(Bass, SimSoM),
)


def _spread(value: Any) -> Any:
    return make(value, BUILT_IN, GROUP, SpreadRule)


SpreadField = Annotated[SerializeAsAny[SpreadRule], BeforeValidator(_spread)]

__all__ = [
    "BUILT_IN",
    "GROUP",
    "Bass",
    "CompetingContagions",
    "ComplexContagion",
    "DaleyKendall",
    "DeGroot",
    "Deffuant",
    "FeedSpread",
    "FriedkinJohnsen",
    "HegselmannKrause",
    "HoaxAndFactCheck",
    "IndependentCascade",
    "LinearThreshold",
    "MakiThompson",
    "Nekovee",
    "NetworkRule",
    "SimSoM",
    "SpreadField",
    "SpreadRule",
    "Voter",
    "WattsThreshold",
]
