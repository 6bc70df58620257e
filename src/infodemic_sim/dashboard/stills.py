"""Pictures of the first pair of runs at each design, for a page that cannot run anything."""

from __future__ import annotations

from collections.abc import Sequence

from infodemic_sim.dashboard.pictures import Told, network, picture
from infodemic_sim.filming import frames
from infodemic_sim.graphs.like import built
from infodemic_sim.scenario import Scenario
from infodemic_sim.simulation import running
from infodemic_sim.study.plans import Plans

MOST_BYTES = 8_000_000
"""Of all pictures together, before they are made text: of each person a byte a topic, and one for posts."""
LEAST_FRAMES, MOST_FRAMES = 6, 30


def stills(designs: Sequence[Plans], seed: int, replicate: int) -> Told:
    """Networks, each once, and the pictures of all plans at each design; nothing where there is no room."""
    number = frames_for(designs)
    if number < LEAST_FRAMES:
        return {"networks": [], "pictures": None}
    networks: dict[tuple[str, ...], Told] = {}
    pictures = []
    for plans in designs:
        plan = next(iter(plans.values()))
        graph = built(plan.population.graph)
        key = (graph.digest(), *(topic.name for topic in plan.topics))
        if key not in networks:
            networks[key] = network(graph, plan.topics)
        runs = {name: _filmed(plan, seed, replicate, number) for name, plan in plans.items()}
        days = [day for day, _ in next(iter(runs.values()))]
        pictures.append(
            {
                "network": list(networks).index(key),
                "days": days,
                "runs": {name: [told for _, told in run] for name, run in runs.items()},
            }
        )
    return {"networks": list(networks.values()), "pictures": pictures}


def frames_for(designs: Sequence[Plans]) -> int:
    """How many pictures of each run there is room for; 0 where a rule has no feed, so nothing to show."""
    runs = [plan for plans in designs for plan in plans.values()]
    if not runs or not all(plan.spread.feed for plan in runs):
        return 0
    frame = sum(built(plan.population.graph).n * (len(plan.topics) + 1) for plan in runs)
    return min(MOST_FRAMES, MOST_BYTES // frame)


def _filmed(plan: Scenario, seed: int, replicate: int, number: int) -> list[tuple[float, Told]]:
    with running(plan.but(cascades="trees"), seed=seed, replicate=replicate) as run:
        steps = -(-plan.steps // (number - 1))
        shots = frames(run, steps * plan.hours_per_step / 24.0)
        return [(frame.day, picture(frame)) for frame in shots]
