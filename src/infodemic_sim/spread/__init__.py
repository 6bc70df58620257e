"""How information moves: the feed rule, and the rules of the textbooks; one file per rule.

A rule brings its kernels along, and with them the compiler: so a rule is loaded when it is first named.
"""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

from pydantic import BeforeValidator, SerializeAsAny

from infodemic_sim.plugins import kind, make
from infodemic_sim.spread.base import GROUP, SpreadRule
from infodemic_sim.spread.feed import FeedSpread

HOMES = {
    "MakiThompson": "maki_thompson",
    "DaleyKendall": "daley_kendall",
    "Nekovee": "nekovee",
    "HoaxAndFactCheck": "hoax",
    "SIR": "sir",
    "SIS": "sis",
    "SEIR": "seir",
    "IndependentCascade": "independent_cascade",
    "LinearThreshold": "linear_threshold",
    "WattsThreshold": "watts_threshold",
    "ComplexContagion": "complex_contagion",
    "CompetingContagions": "competing_contagions",
    "SimSoM": "simsom",
    "Bass": "bass",
    "Voter": "voter",
    "DeGroot": "degroot",
    "FriedkinJohnsen": "friedkin_johnsen",
    "Deffuant": "deffuant",
    "HegselmannKrause": "hegselmann_krause",
    "NetworkRule": "network_rule",
}
"""The file of each class."""


def built_in() -> tuple[type[SpreadRule], ...]:
    """All rules there are."""
    return (FeedSpread, *(__getattr__(name) for name in HOMES if name != "NetworkRule"))


def __getattr__(name: str) -> Any:
    if name not in HOMES:
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
    return getattr(import_module(f"{__name__}.{HOMES[name]}"), name)


kind(SpreadRule, built_in, GROUP)


def _spread(value: Any) -> Any:
    return value if isinstance(value, SpreadRule) else make(value, built_in(), GROUP, SpreadRule)


SpreadField = Annotated[SerializeAsAny[SpreadRule], BeforeValidator(_spread)]

__all__ = ["GROUP", "HOMES", "FeedSpread", "SpreadField", "SpreadRule", "built_in"]
