"""The world at the start of a run: people with their traits, empty timelines, nothing read."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np

from infodemic_sim.errors import GraphError, ParameterError
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.describe import as_friendships
from infodemic_sim.graphs.like import built, files_of, state_of
from infodemic_sim.graphs.source import GraphSource
from infodemic_sim.observe import new_counts
from infodemic_sim.population.start import starting_beliefs
from infodemic_sim.population.traits import draw_people
from infodemic_sim.randomness import Draws
from infodemic_sim.scenario import Scenario
from infodemic_sim.world import Setting, State, World
from infodemic_sim.world.log import CASCADE_ROW, MESSAGE_ROW, POST_ROW, Log
from infodemic_sim.world.spaces import Members, members_of
from infodemic_sim.world.state import Messages, SeenState, Timelines, new_lines
from infodemic_sim.world.ties import Ties
from infodemic_sim.world.world import NO_DISCLOSURE

LOGS: dict[str, dict[str, np.dtype]] = {
    "none": {},
    "sizes": {"cascades": CASCADE_ROW},
    "trees": {"messages": MESSAGE_ROW, "posts": POST_ROW},
}


def make_world(
    scenario: Scenario, draws: Draws, state: State | None = None, spool: Path | None = None
) -> World:
    """The world at the start of the warm-up, or around a given state."""
    graphs = graphs_of(scenario)
    setting = Setting(
        topics=scenario.topics,
        platforms=scenario.platforms,
        graphs=graphs,
        hours_per_step=scenario.hours_per_step,
        warm_up_steps=scenario.warm_up_steps,
        draws=draws,
        spool=spool,
        disclosure=scenario.privacy.disclosure() if scenario.privacy else NO_DISCLOSURE,
        retelling=scenario.mutation.retelling() if scenario.mutation else None,
        turnover=scenario.turnover is not None,
        parting=scenario.ties is not None and scenario.ties.unfollowing > 0.0,
        contacts=contacts_of(scenario),
    )
    if state is not None:
        return World(setting, state)
    world = World(setting, first_state(scenario, graphs, draws))
    for part in scenario.mechanisms:
        world.state.health.update(part.begin(world))
    return world


def first_state(scenario: Scenario, graphs: tuple[SocialGraph, ...], draws: Draws) -> State:
    """Nobody has read or posted anything yet."""
    people = draw_people(scenario.population, graphs[0], draws)
    topics = len(scenario.topics)
    lines = new_lines(people.n, topics)
    for k, topic in enumerate(scenario.topics):
        lines[:, k, 0] = starting_beliefs(topic, k, graphs[0], people, draws)
    feed = scenario.spread.feed
    timelines = [
        timelines_of(scenario, p, members_of(platform, p, people, graphs[p], draws), people.n)
        for p, platform in enumerate(scenario.platforms)
    ]
    turnover = scenario.turnover
    return State(
        step=0,
        people=people,
        present=turnover.at_start(people, draws) if turnover else np.ones(people.n, bool),
        ties=first_ties(scenario, graphs, timelines),
        lines=lines,
        timelines=timelines,
        messages=Messages(),
        seen=SeenState.empty(people.n if feed else 0),
        watched=np.empty((0, 3), np.int64),
        fresh=np.empty(0, np.int32),
        levers={
            "inoculation": np.zeros(people.n),
            "discernment": np.zeros(people.n, np.float32),
            "credulity": np.zeros(people.n, np.float32),
        },
        issuers=np.empty((0, 4)),
        logs={name: Log.empty(dtype) for name, dtype in logs_of(scenario).items()},
        memories={},
        counts=new_counts(len(scenario.platforms), topics),
        records={},
        health={},
        spread={},
        ended={},
        forks=np.empty(0),
    )


def first_ties(scenario: Scenario, graphs: tuple[SocialGraph, ...], timelines: list[Timelines]) -> list[Ties]:
    """The ties of each platform, where they change."""
    if scenario.ties is None:
        return []
    spare, nobody = scenario.ties.spare_places, [each.line.shape[0] - 1 for each in timelines]
    return [Ties.at_start(graph, spare, last) for graph, last in zip(graphs, nobody, strict=True)]


def timelines_of(scenario: Scenario, p: int, members: Members | None, people: int) -> Timelines:
    """Empty timelines of a platform; a rule without feeds has none. Cut ties lead to one kept empty."""
    feed = scenario.spread.feed
    depth = scenario.platforms[p].timeline_depth if feed else 0
    spaces = (members.keys.size, members.rows) if members is not None else (0, 0)
    return Timelines.empty(
        people,
        depth,
        len(scenario.topics),
        feed and scenario.cascades == "trees",
        *spaces,
        empty=0 if scenario.ties is None else 1,
    )


def logs_of(scenario: Scenario) -> dict[str, np.dtype]:
    """What a run writes down; a network rule measures the sizes of cascades on their trees."""
    kept = scenario.cascades
    return LOGS["trees" if kept == "sizes" and not scenario.spread.feed else kept]


def graphs_of(scenario: Scenario) -> tuple[SocialGraph, ...]:
    """The graph of each platform; all must hold the same people."""
    common = made(scenario.population.graph)
    graphs = tuple(made(platform.graph) if platform.graph else common for platform in scenario.platforms)
    for platform, graph in zip(scenario.platforms, graphs, strict=True):
        if graph.n != common.n:
            raise ParameterError(
                f"platform '{platform.name}': its graph has {graph.n} people, "
                f"but the population's has {common.n}; both must hold the same people."
            )
    return graphs


def contacts_of(scenario: Scenario) -> SocialGraph | None:
    """Who meets whom, in both directions; None where no disease is simulated."""
    if scenario.epidemic is None:
        return None
    people = made(scenario.population.graph)
    contacts = made(scenario.epidemic.contacts) if scenario.epidemic.contacts else people
    if contacts.n != people.n:
        raise ParameterError(
            f"epidemic.contacts: this graph has {contacts.n} people, but the population's has {people.n}; "
            "both must hold the same people."
        )
    return mutual(contacts) if contacts.directed else contacts


mutual = lru_cache(maxsize=2)(as_friendships)


def made(graph: SocialGraph | GraphSource) -> SocialGraph:
    """The graph itself; of the few last recipes it is kept until their files change, so plans share one."""
    if isinstance(graph, SocialGraph):
        return graph
    return _build(graph, tuple(map(state_of, files_of(graph))))


@lru_cache(maxsize=4)
def _build(source: GraphSource, _files: tuple[tuple[int, int] | None, ...]) -> SocialGraph:
    try:
        return built(source)
    except MemoryError:
        raise GraphError(f"{source} does not fit into this machine's memory: make it smaller.") from None
