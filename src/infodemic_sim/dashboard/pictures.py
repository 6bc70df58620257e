"""What the page draws of a network, as plain data: where people stand, and what they believe at a moment."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import numpy as np

from infodemic_sim.cards import visible
from infodemic_sim.filming import Frame
from infodemic_sim.graphs import SocialGraph, layout
from infodemic_sim.graphs.convert import ties_of
from infodemic_sim.plots.style import BELIEFS, POSTED_FALSE
from infodemic_sim.topics import Topic

Told = dict[str, Any]

MOST_TIES = 6_000
"""Drawn at most, evenly chosen: more make a grey cloud."""
GRID = 1000


def network(graph: SocialGraph, topics: Sequence[Topic]) -> Told:
    """Where to draw people and some of their ties, in which colours, and what they have beliefs on."""
    places = np.round(layout(graph) * GRID).astype(int)
    sources, targets, _ = ties_of(graph)
    few = np.linspace(0, sources.size - 1, min(MOST_TIES, sources.size)).astype(int)
    ties = np.column_stack([sources[few], targets[few]])
    return {
        "kind": "network",
        "people": graph.n,
        "places": places.ravel().tolist(),
        "ties": ties.ravel().tolist(),
        "colours": {**BELIEFS, "posted": POSTED_FALSE},
        "topics": [visible(topic.name) for topic in topics],
    }


def picture(frame: Frame) -> Told:
    """What everybody believes, a byte each, and the share misinformed, by topic; who posted on any of them.

    ``posted`` holds a byte for each person: 1 for accurate posts, and 2 for false ones.
    """
    posted = (frame.posted[:, 1] > 0) * 2 + (frame.posted[:, 0] > 0)
    return {
        "credence": [_bytes(np.minimum(mine * 256.0, 255.0)) for mine in frame.credence.T],
        "posted": _bytes(posted),
        "misinformed": (frame.credence < 0.5).mean(axis=0).tolist(),
    }


def _bytes(values: np.ndarray) -> str:
    return base64.b64encode(values.astype(np.uint8).tobytes()).decode("ascii")
