"""Read a graph from a file of any usual format."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np

from infodemic_sim.errors import GraphError, GraphFileError, did_you_mean
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.edge_list import Ties, read_edge_list
from infodemic_sim.graphs.edge_list_layout import LabelKind
from infodemic_sim.graphs.raw import OBJECTS_LIMIT, SIZE_LIMIT, read_bytes, refused

Direction = Literal["sees", "seen_by"]
EDGE_LISTS = ("txt", "csv", "tsv", "edges", "edgelist", "dat")
LONGEST_LABEL = 200
"""Characters."""
OTHERS = ("graphml", "gexf", "gml", "net", "mtx", "json")
LEAN = (*EDGE_LISTS, "mtx")
"""Formats that are read into arrays straight away."""


def read_graph(
    path: str | Path,
    *,
    directed: bool | None = None,
    direction: Direction = "sees",
    delimiter: str | None = None,
    header: bool | None = None,
    weights: bool | None = None,
    labels: LabelKind = "auto",
    keep_labels: bool = True,
    size_limit: int | None = None,
) -> SocialGraph:
    """Read who sees whom from a file; the extension tells the format.

    Edge lists (txt, csv, tsv, edges, edgelist, dat; one tie per line, # or % begins a comment), GraphML,
    GEXF, GML, Pajek (net), Matrix Market (mtx) and node-link JSON, each also packed (.gz).
    Repeated ties and self-loops are left out and counted in ``report``; a tie given twice keeps its
    first weight. Labels become ids in ascending order, of numbers or of texts, so that the order of
    lines of an edge list says nothing. If one of its whole numbers has zeros in front, all labels are
    texts: 01 and 1 are two people.

    Parameters
    ----------
    path : the file.
    directed : whether a tie holds one way. None: as the file says; edge lists do not say and are read
        as friendships. False makes friendships of the ties of a directed file.
    direction : what a directed line `u v` means. "sees": u sees v (u follows v). "seen_by": what u
        posts reaches v.
    delimiter : one character, or "tab", "comma", "semicolon", "space"; None: found from the first lines.
        Between semicolons, weights may have decimal commas.
    header : whether the first line names columns; None: found out. Edge lists only, as are the next two.
    weights : True: the third column is the weight of the tie (≥ 0); False: it is ignored, as are further
        ones; None: read if there are three columns, and more are refused.
    labels : "integer", "text", or "auto": as in the first line of data.
    keep_labels : keep what people are called in the file, to join attributes.
    size_limit : largest size of the file once unpacked, in bytes. None: 4 GiB for edge lists and Matrix
        Market, 512 MiB for the others, which take some 20 times as much memory while they are read.

    Raises
    ------
    GraphFileError
        If the file is missing, damaged, malformed or too large; the message names file, line and reason.
        If an edge list would take more memory than is free, it says so before it is read.
    """
    path = Path(path)
    _check_choices(direction, labels)
    _check_answers(directed=directed, header=header, weights=weights)
    if not isinstance(delimiter, str | None):
        raise GraphError(f"read_graph: delimiter must be a text or None, but got {delimiter!r}.")
    kind = format_of(path)
    if size_limit is None:
        size_limit = SIZE_LIMIT if kind in LEAN else OBJECTS_LIMIT
    content = read_bytes(path, size_limit)
    if kind in EDGE_LISTS:
        options = {"delimiter": delimiter, "header": header, "weights": weights, "labels": labels}
        ties = read_edge_list(path, content, both_ways=not directed, **options)  # type: ignore[arg-type]
        graph = graph_of(path, ties, directed, direction)
    elif (delimiter, header, weights, labels) != (None, None, None, "auto"):
        raise GraphError(
            f"read_graph: delimiter, header, weights and labels are for edge lists, not for .{kind} files."
        )
    else:
        graph = _read_other(path, kind, content, directed, direction)
    return graph if keep_labels else graph.without_labels()


def format_of(path: Path) -> str:
    """The extension, without .gz, if it is a known one."""
    if path.is_dir():
        raise GraphFileError(f"{path} is a folder: name a file in it.")
    kind = (path.with_suffix("") if path.suffix.lower() == ".gz" else path).suffix.lower().removeprefix(".")
    if kind not in EDGE_LISTS + OTHERS:
        if not path.exists():
            raise GraphFileError(f"{path.name}: there is no such file.")
        raise GraphFileError(
            f"{path.name}: '{kind}' is no known format. {did_you_mean(kind, EDGE_LISTS + OTHERS)}"
        )
    return kind


def graph_of(path: Path, ties: Ties, directed: bool | None, direction: Direction) -> SocialGraph:
    """The graph of an edge list."""
    assumed = (
        ()
        if directed is not None
        else ("The file does not say whether ties are directed: read as friendships.",)
    )
    ends = (ties.sources, ties.targets) if direction == "sees" else (ties.targets, ties.sources)
    graph = SocialGraph.from_ties(
        *ends, len(ties.labels), bool(directed), weights=ties.weights, labels=ties.labels, source=path.name
    )
    return noting(graph, *ties.notes, *assumed)


def noting(graph: SocialGraph, *notes: str) -> SocialGraph:
    """The graph with further notes in its report."""
    if graph.report is None or not notes:
        return graph
    return graph._but(report=graph.report.noting(*notes))


def _check_choices(direction: str, labels: str) -> None:
    for name, value, known in (
        ("direction", direction, ("sees", "seen_by")),
        ("labels", labels, ("auto", "integer", "text")),
    ):
        if value not in known:
            raise GraphError(f"read_graph: {name} must be one of {', '.join(known)}, but got {value!r}.")


def _check_answers(**answers: bool | None) -> None:
    for name, value in answers.items():
        if not isinstance(value, bool | None):
            raise GraphError(f"read_graph: {name} must be True, False or None, but got {value!r}.")


def _read_other(
    path: Path, kind: str, content: bytes, directed: bool | None, direction: Direction
) -> SocialGraph:
    from infodemic_sim.graphs import formats

    try:
        graph = getattr(formats, f"read_{kind}")(path, content, directed, direction)
    except GraphFileError:
        raise
    except GraphError as error:
        raise refused(path, str(error)) from None
    return graph._but(report=replace(graph.report, source=path.name)) if graph.report else graph


def label_fault(text: str) -> str:
    """What is wrong with a label, after its name; "": nothing."""
    if len(text) > LONGEST_LABEL:
        return f"is longer than {LONGEST_LABEL} characters"
    if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
        return "holds half a character (a lone surrogate), which is no text"
    return ""


def labels_array(names: list[object]) -> np.ndarray:
    """Labels as an array: int64 if all are whole numbers, otherwise text, each once."""
    if all(isinstance(name, int) and not isinstance(name, bool) and abs(name) < 2**63 for name in names):
        return np.array(names, dtype=np.int64)
    texts = [str(name).rstrip("\0") for name in names]
    if len(set(texts)) < len(texts):
        raise GraphError("SocialGraph: two people have the same label once written as text.")
    if fault := next(filter(None, map(label_fault, texts)), ""):
        raise GraphError(f"SocialGraph: a label {fault}.")
    return np.array(texts, dtype=np.str_)
