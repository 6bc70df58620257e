"""Public checks that every plug-in must pass; authors call them from tests of their own.

``check_intervention(MyIntervention())``, ``check_ranking(MyRanking())``, ``check_rule(MyRule())``, and
``check_part`` for targets, schedules, spaces, recommenders and graphs, raise AssertionError, with one
sentence that says what is wrong. The checks stand one by one in ``INTERVENTION_CHECKS``,
``RANKING_CHECKS``, ``RULE_CHECKS`` and ``CHECKS_OF``, so that a test can be made for each.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from infodemic_sim.errors import InfodemicError
from infodemic_sim.interventions import Intervention
from infodemic_sim.interventions.function import FunctionIntervention
from infodemic_sim.params import Part
from infodemic_sim.platforms import Ranking
from infodemic_sim.spread.network_rule import NetworkRule
from infodemic_sim.testing.interventions import INTERVENTION_CHECKS
from infodemic_sim.testing.parts import Checked, require
from infodemic_sim.testing.rankings import RANKING_CHECKS
from infodemic_sim.testing.rules import RULE_CHECKS
from infodemic_sim.testing.small_parts import CHECKS_OF

__all__ = [
    "CHECKS_OF",
    "INTERVENTION_CHECKS",
    "RANKING_CHECKS",
    "RULE_CHECKS",
    "check_intervention",
    "check_part",
    "check_ranking",
    "check_rule",
]


def check_intervention(part: Intervention | type[Intervention] | Callable[..., Any]) -> None:
    """Check an intervention: an instance, a class whose parameters all have defaults, or a plain function.

    It is frozen, can be written down and read again, has a digest that changes with each parameter, and
    declares meanings and sources. It needs known levers, uses no others, and a spread rule without them
    is refused. With nobody, no uptake, no capacity, no time or no effect it leaves every measure of
    every replicate as it was. Replicates can share it; its memory holds arrays alone; a saved run
    continues to the same bits; order of people, order of interventions and threads do not matter.

    Raises
    ------
    AssertionError
        With one sentence on the first thing that is wrong.
    """
    made = instance(part, Intervention)
    for check in INTERVENTION_CHECKS:
        check(made)


def check_ranking(part: Ranking | type[Ranking]) -> None:
    """Check a ranking: an instance, or a class whose parameters all have defaults.

    It is frozen, can be written down and read again, has a digest that changes with each parameter, and
    declares meanings and sources. Pulls are numbers from 0 on, the same each time they are asked for,
    and fresh posts have some. Replicates can share it; a saved run continues to the same bits; order of
    people and threads do not matter.

    Raises
    ------
    AssertionError
        With one sentence on the first thing that is wrong.
    """
    made = instance(part, Ranking)
    for check in RANKING_CHECKS:
        check(made)


def check_rule(part: NetworkRule | type[NetworkRule]) -> None:
    """Check a spread rule on a network: an instance, or a class whose parameters all have defaults.

    It is frozen, can be written down and read again, has a digest that changes with each parameter, and
    declares meanings and sources. Equal seeds give equal runs; who had it from whom forms trees; everybody
    has a status and a belief. Neutral levers change nothing, those it offers change something, and those
    it lacks are refused. Replicates can share it; a saved run continues to the same bits; order of people
    and threads do not matter. Give an instance that does something within 48 steps among 70 people.

    Raises
    ------
    AssertionError
        With one sentence on the first thing that is wrong.
    """
    made = instance(part, NetworkRule)
    for check in RULE_CHECKS:
        check(made)


def check_part(part: Part | type[Part]) -> None:
    """Check a target, a schedule, spaces, a recommender or a graph: an instance, or a class with defaults.

    It is frozen, can be written down and read again, has a digest that changes with each parameter, and
    declares meanings and sources. Targets name people, and the same ones when asked again; schedules are in
    force by a share from 0 to 1; equal graphs build equal networks. All others are put to work in a small
    world: replicates can share them; a saved run continues to the same bits; order of people and threads do
    not matter.

    Raises
    ------
    AssertionError
        With one sentence on the first thing that is wrong.
    """
    made = instance(part, Part)
    kind = next((kind for kind in CHECKS_OF if isinstance(made, kind)), None)
    known = ", ".join(kind.__name__ for kind in CHECKS_OF)
    if kind is None:
        raise AssertionError(f"{made!r} is of no kind that is checked here: known are {known}.")
    for check in CHECKS_OF[kind]:
        check(made)


def instance(part: Any, base: type[Checked]) -> Checked:
    """The part itself, one made with all defaults, or a plain function as an intervention."""
    if isinstance(part, type) and issubclass(part, base):
        try:
            return part()
        except InfodemicError as error:
            reason = f"{part.__name__} cannot be made from defaults: check an instance instead ({error})"
            raise AssertionError(reason) from None
    if base is Intervention and callable(part) and not isinstance(part, base):
        part = FunctionIntervention(function=part)
    require(isinstance(part, base), f"{part!r} is not a subclass of {base.__name__}.")
    made: Checked = part
    return made
