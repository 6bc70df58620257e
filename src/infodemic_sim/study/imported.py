"""What reading the graph files of plans left out or took for granted: nothing is dropped silently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from infodemic_sim.first_world import made
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.graph_file import GraphFile
from infodemic_sim.graphs.source import GraphSource
from infodemic_sim.scenario import Scenario


def imports_of(plans: Iterable[Scenario]) -> tuple[str, ...]:
    """What ``graph describe`` says of each graph file in these plans that was not taken as it stands.

    Raises
    ------
    GraphFileError
        If a file cannot be read.
    """
    return told_of(graph_files(plans))


def graph_files(plans: Iterable[Scenario]) -> tuple[GraphFile, ...]:
    """The graph files that plans name, each once."""
    files = (file for plan in plans for graph in _graphs_of(plan) for file in _files_in(graph))
    return tuple(dict.fromkeys(files))


def told_of(files: Iterable[GraphFile]) -> tuple[str, ...]:
    """What ``graph describe`` says of each of these files that was not taken as it stands."""
    reports = [made(file).report for file in files]
    return tuple(dict.fromkeys(str(report) for report in reports if report and report.changed))


def _graphs_of(plan: Scenario) -> Iterator[SocialGraph | GraphSource]:
    yield plan.population.graph
    yield from (platform.graph for platform in plan.platforms if platform.graph)
    if plan.epidemic is not None and plan.epidemic.contacts:
        yield plan.epidemic.contacts


def _files_in(graph: object) -> Iterator[GraphFile]:
    """The file itself, or the one that a recipe changes."""
    if isinstance(graph, GraphFile):
        yield graph
    elif isinstance(graph, GraphSource):
        yield from _files_in(getattr(graph, "graph", None))
