"""What rules share in which people meet two at a time: the order in which draws count people."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.contacts import Ties
from infodemic_sim.spread.contacts import contacts_by_key, ties
from infodemic_sim.spread.network_rule import Arrays, Ground


def order_of_keys(ground: Ground) -> Arrays:
    """People in order of key, "people" int32[n], and whom each sees, in order of key, "seen" int32[m].

    Both are empty where that is the order of positions, as on a bare network. A draw names the k-th of
    them, so that it means the same person wherever people stand in arrays.
    """
    seen = contacts_by_key(ground.graph, ground.audience, ground.keys)
    in_place = bool((ground.keys[1:] > ground.keys[:-1]).all())
    people = np.argsort(ground.keys)[: 0 if in_place else ground.n]
    return {"people": people.astype(np.int32), "seen": seen}


def meetings(ground: Ground, arrays: Arrays) -> tuple[np.ndarray, Ties]:
    """People, and whom each sees, as kernels take them."""
    return arrays["people"], ties(ground.graph, arrays["seen"])
