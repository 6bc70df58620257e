"""Doors for single files that people write or other programs made."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import infodemic_sim as ids
from infodemic_sim.graphs import SocialGraph, read_attributes, read_graph
from infodemic_sim.graphs.checks import check_arrays
from infodemic_sim.scenario_file import read_scenario, scenario_text
from infodemic_sim.study.observed import observed_table
from infodemic_sim.sweeps.study_file import read_study
from verification.fuzz.doors import Door, refused_well

LIMIT = 1 << 20
"""Bytes of an unpacked file, so that memory is bounded whatever is tried."""


def graph_file(folder: Path, name: str, **options: object) -> Callable[[bytes], None]:
    """A graph file of one format."""
    path = folder / name

    def door(content: bytes) -> None:
        path.write_bytes(content)
        refused_well(lambda: sound(read_graph(path, size_limit=LIMIT, **options)))  # type: ignore[arg-type]

    return door


def edge_list(folder: Path) -> Callable[[bytes], None]:
    """An edge list, read as it looks, and as names with weights."""
    auto = graph_file(folder, "ties.csv")
    text = graph_file(folder, "ties.txt", labels="text", weights=True, header=False)

    def door(content: bytes) -> None:
        auto(content)
        text(content)

    return door


def sound(graph: SocialGraph) -> None:
    """What was read is a graph that can be named, described and kept."""
    check_arrays(graph)
    graph.digest()
    str(graph.report).encode()
    repr(graph).encode()


def attributes(folder: Path) -> Callable[[bytes], None]:
    """A table about the people of a graph."""
    path, graph = folder / "people.csv", ids.scale_free(4, mean_degree=2, seed=1)

    def door(content: bytes) -> None:
        path.write_bytes(content)
        for unmatched in ("error", "report"):
            refused_well(
                lambda unmatched=unmatched: sound(
                    read_attributes(graph, path, unmatched=unmatched, size_limit=LIMIT)
                )
            )

    return door


def arrivals(folder: Path) -> Callable[[bytes], None]:
    """Messages that arrive at known times."""
    from infodemic_sim.health.arrivals_file import read_arrivals
    from infodemic_sim.simulation import Run

    path = folder / "arrivals.csv"
    world = Run(tiny().but(interventions=()), seed=1).world

    def door(content: bytes) -> None:
        path.write_bytes(content)
        refused_well(lambda: read_arrivals(path, world))

    return door


def observed(folder: Path) -> Callable[[bytes], None]:
    """A real series to set beside runs."""
    path = folder / "observed.csv"
    comparison = ids.compare(
        {"today": tiny().but(interventions=()), "label": tiny()}, replicates=2, seed=1, workers=1
    )

    def door(content: bytes) -> None:
        path.write_bytes(content)
        refused_well(lambda: observed_table(comparison, path))

    return door


def scenario(folder: Path) -> Callable[[bytes], None]:
    """A scenario file; what is read can be written, and reads back equal."""
    path, again = folder / "scenario.yaml", folder / "again.yaml"

    def twice() -> None:
        found = read_scenario(path)
        again.write_text(scenario_text(found.scenario, folder), encoding="utf-8", newline="\n")
        assert read_scenario(again).scenario == found.scenario, "written, it reads back as another scenario"

    def door(content: bytes) -> None:
        path.write_bytes(content)
        refused_well(twice)

    return door


def study(folder: Path) -> Callable[[bytes], None]:
    """A study file."""
    path = folder / "study.yaml"

    def door(content: bytes) -> None:
        path.write_bytes(content)
        refused_well(lambda: read_study(path))

    return door


def tiny() -> ids.Scenario:
    """A scenario whose run takes a blink."""
    graph = ids.graphs.ErdosRenyi(people=40, mean_degree=6.0, seed=1)
    talk = ids.Topic(name="vaccines", posting=ids.Posting(public=0.5, provider=0.5))
    return ids.Scenario(
        population=ids.Population(graph=graph, providers=0.1),
        topics=[talk],
        interventions=[ids.WarningLabel(recall=0.5)],
        days=1.0,
        warm_up=0.5,
        hours_per_step=6.0,
    )


FORMATS = ("graphml", "gexf", "gml", "net", "mtx", "json", "txt.gz")
DOORS = {
    "edge_list": Door(edge_list),
    **{name.replace(".", "_"): Door(partial(graph_file, name=f"g.{name}")) for name in FORMATS},
    "attributes": Door(attributes),
    "arrivals": Door(arrivals),
    "observed": Door(observed),
    "scenario": Door(scenario),
    "study": Door(study),
}
