"""What every spread rule on a network must be: exact in its bookkeeping, and still at neutral levers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from infodemic_sim.codebook import BY_NAME
from infodemic_sim.errors import MissingLeverError, ParameterError
from infodemic_sim.interventions.function import FunctionIntervention
from infodemic_sim.kernels.trees import measure_trees
from infodemic_sim.levers import LEVERS, NUMBERS
from infodemic_sim.observe import SHOWN
from infodemic_sim.spread.network_rule import CHANCES, NetworkRule
from infodemic_sim.testing.parts import PART_CHECKS, require, title
from infodemic_sim.testing.runs import RUN_CHECKS
from infodemic_sim.testing.small_runs import differing, finished, same, small_graph, stepped, world_with
from infodemic_sim.world import World

STEPS = 40

DEEDS = {"acts", "people_treated"}
"""What a plan is said to have done, which setting a lever is, even to what it was."""


def names_are_known(part: NetworkRule) -> None:
    """Levers it offers are chances a network rule can be given; measures it leaves out exist."""
    require(part.levers <= CHANCES, f"{title(part)} offers {sorted(part.levers - CHANCES)}: not a chance.")
    unknown = sorted(part.unmeasured - set(BY_NAME))
    require(not unknown, f"{title(part)} leaves out {unknown}, which are not measures.")


def runs_on_a_bare_network(part: NetworkRule) -> None:
    """Equal seeds give equal adoptions and curves; other seeds and replicates are other runs."""
    once, again = (part.run(small_graph(), seed=1, steps=STEPS) for _ in range(2))
    require(once.adoptions.tobytes() == again.adoptions.tobytes(), f"{title(part)} differs from run to run.")
    for name, values in once.curves.items():
        equal = values.tobytes() == again.curves[name].tobytes()
        require(equal, f"{title(part)} has another curve of {name} when run again.")
    try:
        part.run(small_graph(), seed=1)
    except ParameterError:
        require(part.endless, f"{title(part)} refuses to run to its end, but does not say it is endless.")


def adoptions_are_trees(part: NetworkRule) -> None:
    """Parents come before children, messages and people exist, and time does not run back."""
    found = part.run(small_graph(), seed=2, steps=STEPS).adoptions
    numbers = np.arange(found.size)
    require(bool((found["parent"] < numbers).all()), f"{title(part)} has children before their parents.")
    require(bool((np.diff(found["time"]) >= 0.0).all()), f"{title(part)} has adoptions out of order.")
    people, messages = found["person"], found["message"]
    known = (0 <= people) & (people < small_graph().n) & (0 <= messages) & (messages < part.messages)
    require(bool(known.all()), f"{title(part)} has adoptions by nobody, or of nothing.")


def statuses_are_complete(part: NetworkRule) -> None:
    """Beliefs are finite; everybody has one of the statuses, at every step, or nobody has any."""
    for run in stepped(world_with(part), part):
        arrays, n = run.world.state.spread, run.world.n
        beliefs, statuses = part.beliefs(arrays), part.shown_statuses(arrays)
        require(beliefs.shape == statuses.shape == (n,), f"{title(part)} does not tell about everybody.")
        require(bool(np.isfinite(beliefs).all()), f"{title(part)} has beliefs that are not numbers.")
        inside = (0 <= statuses) & (statuses < len(SHOWN))
        require(bool(inside.all() or (statuses == -1).all()), f"{title(part)} has unknown statuses.")


def trees_of_a_scenario(part: NetworkRule) -> None:
    """In a scenario every adoption is a post in the tree of its parent."""
    scenario = world_with(part).but(cascades="trees")
    *_, run = stepped(scenario, part)
    posts, messages = run.world.logged("posts"), run.world.logged("messages")
    parents = np.ascontiguousarray(posts["parent"])
    size = measure_trees(parents, np.ascontiguousarray(posts["message"]), messages.size)[0]
    require(int(size.sum()) == posts.size, f"{title(part)} has posts outside of trees.")
    children = posts[parents >= 0]
    same_tree = posts["message"][children["parent"]] == children["message"]
    require(bool(same_tree.all()), f"{title(part)} has children in another tree than their parents.")


def neutral_levers_are_absence(part: NetworkRule) -> None:
    """A factor of 1, or 0 logits, changes no measure of any replicate."""
    today = world_with(part)
    plan = today.but(interventions=[neutral(lever) for lever in sorted(part.levers)])
    for replicate in range(2):
        one, other = (finished(scenario, part, replicate=replicate) for scenario in (today, plan))
        other.update({name: one[name] for name in DEEDS})
        same(part, "mere presence of interventions", one, other)


def levers_are_refused(part: NetworkRule) -> None:
    """An intervention that moves a lever the rule lacks is told so."""
    for lever in sorted(set(NUMBERS) - part.levers):
        try:
            finished(world_with(part).but(interventions=[pushing(lever)]), part)
        except AssertionError as error:
            if isinstance(error.__cause__, MissingLeverError):
                continue
        raise AssertionError(f"{title(part)} takes no notice of the lever '{lever}', but does not refuse it.")


def levers_work(part: NetworkRule) -> None:
    """Each lever it offers changes something."""
    today = finished(world_with(part), part)
    for lever in sorted(part.levers):
        plan = finished(world_with(part).but(interventions=[pushing(lever)]), part)
        changed = set(differing(today, plan)) - DEEDS
        require(bool(changed), f"{title(part)} offers the lever '{lever}', but moving it changes nothing.")


def neutral(lever: str) -> FunctionIntervention:
    """An intervention that leaves a lever where it is."""

    def act(world: World) -> None:
        getattr(world.levers, lever).scale(np.arange(world.n), 1.0)

    return FunctionIntervention(function=act, name=f"neutral_{lever}")


def pushing(lever: str) -> FunctionIntervention:
    """An intervention that moves a lever for everybody."""

    def act(world: World) -> None:
        getattr(world.levers, lever).add(np.arange(world.n), 1.0 if lever == "inoculation" else -0.9)

    assert lever in LEVERS
    return FunctionIntervention(function=act, name=f"push_{lever}")


RULE_CHECKS: tuple[Callable[[Any], None], ...] = (
    *PART_CHECKS,
    names_are_known,
    runs_on_a_bare_network,
    adoptions_are_trees,
    statuses_are_complete,
    trees_of_a_scenario,
    neutral_levers_are_absence,
    levers_are_refused,
    levers_work,
    *RUN_CHECKS,
)
