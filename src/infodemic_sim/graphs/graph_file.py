"""A graph file as part of a scenario."""

from __future__ import annotations

from typing import ClassVar, Literal

from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.source import GraphSource
from infodemic_sim.params import Several, param


class GraphFile(GraphSource):
    """Who sees whom, read from a file by ``read_graph``, with columns from a second file.

    Labels are dropped after the columns are joined, unless ``keep_labels``.
    """

    type_name: ClassVar[str] = "file"

    path: str = param(doc="The file; its extension tells the format.")
    directed: bool | None = param(None, doc="Whether ties hold one way; none: as the file says.")
    direction: Literal["sees", "seen_by"] = param(
        "sees", doc="Whether 'u v' means that u sees v, or is seen by v."
    )
    delimiter: str | None = param(None, doc="One character or its name; none: found from the first line.")
    header: bool | None = param(None, doc="Whether the first line names columns; none: found out.")
    weights: bool | None = param(None, doc="Whether the third column is a weight; none: if there are three.")
    labels: Literal["auto", "integer", "text"] = param(
        "auto", doc="Kind of labels; auto: as in the first line."
    )
    keep_labels: bool = param(False, doc="Keep what people are called in the file.")
    attributes: str | None = param(None, doc="A CSV file with a row per person: the label, then columns.")
    categorical: Several[str] = param((), doc="Columns that are categories though written as numbers.")
    unmatched: Literal["error", "report"] = param(
        "error", doc="What to do if the two files name other people."
    )

    def build(self) -> SocialGraph:
        from infodemic_sim.graphs.attributes import read_attributes
        from infodemic_sim.graphs.files import read_graph

        names = ("directed", "direction", "delimiter", "header", "weights", "labels")
        graph = read_graph(self.path, **{name: getattr(self, name) for name in names})
        if self.attributes is not None:
            graph = read_attributes(
                graph, self.attributes, categorical=self.categorical, unmatched=self.unmatched
            )
        return graph if self.keep_labels else graph.without_labels()
