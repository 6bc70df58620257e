"""Size, depth, breadth and structural virality of cascades, by side."""

from __future__ import annotations

import numpy as np

from infodemic_sim.observe import INTERVENTION
from infodemic_sim.scenario import Scenario
from infodemic_sim.world import World
from infodemic_sim.world.upkeep import cascade_table

SIDES = {"false": -1, "accurate": 1}
MEASURED: dict[str, tuple[str, ...]] = {
    "none": (),
    "sizes": ("size", "depth"),
    "trees": ("size", "depth", "breadth", "virality"),
}
"""What is measured of cascades, by what is kept of them."""


def out_of_reach(cascades: str) -> frozenset[str]:
    """Measures that need more of cascades than is kept."""
    lacking = [what for what in MEASURED["trees"] if what not in MEASURED[cascades]]
    return frozenset(measure_of(what, side) for what in lacking for side in SIDES)


def measure_of(what: str, side: str) -> str:
    """Name in the codebook."""
    return f"virality_{side}" if what == "virality" else f"cascade_{what}_{side}"


def cascade_means(scenario: Scenario, world: World) -> dict[str, float]:
    """By measure: means over cascades that people began since day 0."""
    found = metrics(scenario, world)
    means: dict[str, float] = {}
    for name in MEASURED["trees"]:
        for side, sign in SIDES.items():
            if name in found:
                mine = found["side"] == sign
                values = found[name][mine & np.isfinite(found[name])]
                means[measure_of(name, side)] = float(values.sum() / values.size) if values.size else np.nan
    return {measure: mean for measure, mean in means.items() if measure not in scenario.unmeasured}


def metrics(scenario: Scenario, world: World) -> dict[str, np.ndarray]:
    """One entry per cascade that people began since day 0, in a stable order: side, topic, size, depth …"""
    if scenario.cascades == "none":
        return {}
    if not scenario.spread.feed:
        found = tree_metrics(scenario, world)
        return {name: found[name] for name in ("side", "topic", *MEASURED[scenario.cascades])}
    if scenario.cascades == "sizes":
        rows = cascade_table(world)
        mine = rows[counted(rows, scenario.warm_up_steps)]
        return {name: mine[name].astype(float) for name in ("side", "topic", *MEASURED["sizes"])}
    return tree_metrics(scenario, world)


def tree_metrics(scenario: Scenario, world: World) -> dict[str, np.ndarray]:
    """Metrics from the full trees."""
    return shapes(world.logged("messages"), world.logged("posts"), scenario.warm_up_steps)


def shapes(messages: np.ndarray, posts: np.ndarray, since: int) -> dict[str, np.ndarray]:
    """Metrics of the trees in a log, one entry for each message that is ``counted``."""
    from infodemic_sim.kernels.trees import measure_trees

    parents, roots = np.ascontiguousarray(posts["parent"]), np.ascontiguousarray(posts["message"])
    size, depth, breadth, virality = measure_trees(parents, roots, messages.size)
    mine = counted(messages, since)
    columns = {"size": size, "depth": depth, "breadth": breadth, "virality": virality}
    found = {name: value[mine].astype(float) for name, value in columns.items()}
    return {
        "side": messages["side"][mine].astype(float),
        "topic": messages["topic"][mine].astype(float),
        **found,
    }


def counted(messages: np.ndarray, since: int) -> np.ndarray:
    """Which messages count: those that people, not interventions, began from a step on; bool[m]."""
    return (messages["born"] >= since) & (messages["origin"] != INTERVENTION)
