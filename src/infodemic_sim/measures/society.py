"""Formulas of the society in which information moves; shapes as in ``measures.formulas``."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels import summing as s
from infodemic_sim.measures.shapes import ratio, with_all
from infodemic_sim.measures.sums import Sums
from infodemic_sim.observe import OF_SOCIETY


def society_measures(sums: Sums) -> dict[str, np.ndarray]:
    """Ties cut and made, what ties are like, people who are there, and messages that changed."""
    found = {name: with_all(sums[name].astype(float), 1)[:, :, None, None] for name in OF_SOCIETY}
    if "ties" in sums:
        ties = with_all(sums["ties"].astype(float), 1)
        returned = with_all(sums["ties_returned"].astype(float), 1)
        found["reciprocity"] = ratio(returned, ties)[:, :, None, None]
        alike = with_all(sums["ties_same_side"].astype(float), 1)
        topics = alike.shape[2]
        shares = ratio(with_all(alike, 2), ties[:, :, None] * np.array([topics] + topics * [1]))
        found["same_side"] = shares[..., None]
    if "present" in sums:
        found["present"] = (sums["present"] / s.SCALE)[:, None, None, :]
    return found
