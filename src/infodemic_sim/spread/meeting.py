"""What rules share in which people meet two at a time: the order in which draws count people."""

from __future__ import annotations

import numpy as np

from infodemic_sim.spread.network_rule import Arrays, Ground


def order_of_keys(ground: Ground) -> Arrays:
    """People in order of key, and whom each sees, in order of key: "people" int32[n], "seen" int32[m].

    Both are empty where that is the order of positions, as on a bare network. A draw names the k-th of
    them, so that it means the same person wherever people stand in arrays.
    """
    from infodemic_sim.kernels.opinion_meeting import rows_by_key

    if (ground.keys[1:] > ground.keys[:-1]).all():
        return {"people": np.empty(0, np.int32), "seen": np.empty(0, np.int32)}
    people = np.argsort(ground.keys).astype(np.int32)
    audience = ground.audience
    return {
        "people": people,
        "seen": rows_by_key(people, audience.indptr, audience.indices, ground.graph.indptr),
    }
