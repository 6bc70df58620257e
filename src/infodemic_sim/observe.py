"""Running counters of a run: what `when` may watch and what measures report are the same numbers."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.layout import INTERVENTION as INTERVENTION
from infodemic_sim.kernels.layout import OWN as OWN
from infodemic_sim.kernels.layout import RESHARE as RESHARE

SHOWN = ("unaware", "incubating", "spreading", "stopped", "checking")
"""What the statuses of all rules that have statuses are reported as."""

OF_SOCIETY = ("ties_cut", "ties_made", "retold", "turned_false")
"""Counters of what happens to ties, and of messages that change when they are passed on."""


def new_counts(platforms: int, topics: int) -> dict[str, np.ndarray]:
    """All counters at zero.

    ``posts`` int64[platforms, topics, 3 sides (-1, 0, +1), 3 origins]; ``corrections_made`` int64[topics];
    ``corrected`` int64[topics, 2], false messages that got their first correction and the steps that took;
    ``hidden`` int64[topics, 3 sides]; ``withheld`` int64[platforms, topics, 3 sides], posts of messages that
    nobody is shown any more; ``read_in_spaces`` int64[platforms, topics, 2], accurate and false;
    ``disclosures`` int64[platforms, 2], by health professionals and by others; int64[platforms] of
    ``corrections_read``, ``disclosures_read``, ``ties_cut``, ``ties_made``, ``retold`` and ``turned_false``;
    and int64[1] of ``labels_given``, ``support_contacts``, ``told``, ``suspended``, ``taken_down``,
    ``encounters``, ``feedback``, ``resolved``, ``experiences`` and ``support_replies``.
    """
    return {
        "posts": np.zeros((platforms, topics, 3, 3), np.int64),
        "corrections_made": np.zeros(topics, np.int64),
        "corrected": np.zeros((topics, 2), np.int64),
        "corrections_read": np.zeros(platforms, np.int64),
        "read_in_spaces": np.zeros((platforms, topics, 2), np.int64),
        "labels_given": np.zeros(1, np.int64),
        "support_contacts": np.zeros(1, np.int64),
        "hidden": np.zeros((topics, 3), np.int64),
        "withheld": np.zeros((platforms, topics, 3), np.int64),
        "told": np.zeros(1, np.int64),
        "suspended": np.zeros(1, np.int64),
        "taken_down": np.zeros(1, np.int64),
        "disclosures": np.zeros((platforms, 2), np.int64),
        "disclosures_read": np.zeros(platforms, np.int64),
        **{name: np.zeros(platforms, np.int64) for name in OF_SOCIETY},
        "encounters": np.zeros(1, np.int64),
        "feedback": np.zeros(1, np.int64),
        "resolved": np.zeros(1, np.int64),
        "experiences": np.zeros(1, np.int64),
        "support_replies": np.zeros(1, np.int64),
    }


def count_posts(
    counts: dict[str, np.ndarray], platform: int, topics: np.ndarray, sides: np.ndarray, origin: int
) -> None:
    """Add published posts to the counters; topics and sides are integer arrays of one length."""
    posts = counts["posts"][platform, :, :, origin]
    places = topics.astype(np.int64) * 3 + sides + 1
    posts += np.bincount(places, minlength=posts.size).reshape(posts.shape)
