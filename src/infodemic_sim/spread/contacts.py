"""Contacts in the order of identities, so that a draw means the same person wherever people stand."""

from __future__ import annotations

import numpy as np

from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.kernels.compiled import unwritable
from infodemic_sim.kernels.contacts import Ties, rows_by_key


def contacts_by_key(rows: SocialGraph, reverse: SocialGraph, keys: np.ndarray) -> np.ndarray:
    """The rows of a graph, each in the order of keys, int32[...]; empty where they are so already.

    Rules keep it in their state, as it is made once for a run.
    """
    if np.all(keys[:-1] < keys[1:]):
        return np.empty(0, np.int32)
    return rows_by_key(np.argsort(keys, kind="stable"), reverse.indptr, reverse.indices, rows.indptr)


def ties(rows: SocialGraph, by_key: np.ndarray) -> Ties:
    """Rows as kernels take them, from what ``contacts_by_key`` gave."""
    return Ties(rows.indptr, unwritable(by_key) if by_key.size else rows.indices)
