"""What a scenario may say about where its graph comes from."""

from __future__ import annotations

from typing import ClassVar

from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.params import Part, param


class GraphSource(Part):
    """A recipe for a graph: frozen, hashable, writable in a scenario file by its ``type``."""

    type_name: ClassVar[str] = ""

    def build(self) -> SocialGraph:
        """The graph, the same for equal recipes."""
        raise NotImplementedError

    def _type_tag(self) -> dict[str, str]:
        return {"type": self.type_name}


class Generator(GraphSource):
    """A graph drawn at random from its seed."""

    people: int = param(ge=1, lt=2**31, unit="people", doc="Number of people.")
    seed: int = param(ge=0, lt=2**63, doc="Seed of the generator: equal seeds, equal graphs.")
