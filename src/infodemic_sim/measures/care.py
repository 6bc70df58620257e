"""Formulas of the health care around the feed; shapes as in ``measures.formulas``."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels import summing as s
from infodemic_sim.measures.shapes import ratio, with_all
from infodemic_sim.measures.sums import OF_CARE, Sums

OF_PEOPLE = ("trust_providers", "trust_peers", "wellbeing")


def care_measures(sums: Sums) -> dict[str, np.ndarray]:
    """Disclosures, encounters and experiences; trust, satisfaction and others where they are simulated."""
    people = sums["belief"][:, :, 0, s.PEOPLE].astype(float)
    by_author = sums["disclosures"].astype(float)
    told = {
        "disclosures": by_author.sum(axis=2),
        "disclosures_professionals": by_author[..., 0],
        "disclosures_patients": by_author[..., 1],
        "disclosures_read": sums["disclosures_read"].astype(float),
    }
    found = {name: with_all(value, 1)[:, :, None, None] for name, value in told.items()}
    found |= {name: sums[name].astype(float)[:, None, None, :] for name in OF_CARE}
    for name in OF_PEOPLE:
        if name in sums:
            found[name] = ratio(sums[name] / s.SCALE, people)[:, None, None, :]
    if "satisfaction" in sums:
        found["satisfaction"] = ratio(sums["satisfaction"], sums["users"])[:, None, None, :]
        found["service_quality"] = sums["service_quality"][:, None, None, :]
    return found
