"""How plans reach a worker: code and numbers through the pipe, graphs as files mapped into memory."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import cloudpickle

from infodemic_sim.first_world import made
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.like import GraphLike
from infodemic_sim.scenario import Scenario
from infodemic_sim.study.shared_past import SharedPast
from infodemic_sim.study.unknowns import Unknowns
from infodemic_sim.writing import writing


def packed(
    plans: Mapping[str, Scenario],
    folder: Path,
    unknowns: Unknowns | None = None,
    past: SharedPast | None = None,
) -> bytes:
    """Plans, what draws their parameters, and their past, as bytes that any process here can read.

    Each graph is built and written once, unless it may differ from one replicate to the next.
    """
    fixed = unknowns is None or not unknowns.changes_graphs
    return sent(
        ({name: with_graphs(plan) if fixed else plan for name, plan in plans.items()}, unknowns, past), folder
    )


def sent(thing: Any, folder: Path) -> bytes:
    """Anything as bytes for another process; the graphs in it are written to the folder.

    Classes and functions from a script or a notebook travel by value, so a worker need not import them.
    """
    stream = io.BytesIO()
    _Sender(stream, folder).dump(thing)
    return stream.getvalue()


@lru_cache(maxsize=2)
def unpacked(message: bytes) -> Any:
    """What was ``packed`` or ``sent``; the last ones are kept for the next task."""
    return _Receiver(io.BytesIO(message)).load()


def with_graphs(plan: Scenario, make: Callable[[GraphLike], SocialGraph] = made) -> Scenario:
    """The plan with graphs in place of their recipes, from which ``make`` makes them."""
    population = plan.population.but(graph=make(plan.population.graph))
    platforms = [
        platform.but(graph=make(platform.graph)) if platform.graph else platform
        for platform in plan.platforms
    ]
    epidemic = plan.epidemic
    if epidemic is not None and epidemic.contacts:
        epidemic = epidemic.but(contacts=make(epidemic.contacts))
    return plan.but(population=population, platforms=platforms, epidemic=epidemic)


class _Sender(cloudpickle.Pickler):
    """Writes a graph to a folder and sends the folder's path in its place."""

    def __init__(self, stream: io.BytesIO, folder: Path) -> None:
        super().__init__(stream)
        self.folder = folder

    def persistent_id(self, thing: Any) -> str | None:
        if not isinstance(thing, SocialGraph):
            return None
        place = self.folder / thing.digest()
        with writing(place):
            return str(place if place.exists() else thing.save(place))


class _Receiver(pickle.Unpickler):
    """Opens the folder of a graph where its path stands."""

    def persistent_load(self, place: str) -> SocialGraph:
        return opened(place)


@lru_cache(maxsize=8)
def opened(place: str) -> SocialGraph:
    """The graph of a folder; the last ones are kept."""
    return SocialGraph.open(place)
