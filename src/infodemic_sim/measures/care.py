"""Formulas of the health care around the feed; shapes as in ``measures.formulas``."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels import summing as s
from infodemic_sim.measures.shapes import ratio, with_all
from infodemic_sim.measures.sums import Sums

DISCLOSURES = ("disclosures", "disclosures_read")
SERVICE = ("encounters", "feedback", "resolved")


def care_measures(sums: Sums) -> dict[str, np.ndarray]:
    """Disclosures, encounters and feedback; trust, satisfaction and quality where they are simulated."""
    people = sums["belief"][:, :, 0, s.PEOPLE].astype(float)
    found = {name: with_all(sums[name].astype(float), 1)[:, :, None, None] for name in DISCLOSURES}
    found |= {name: sums[name].astype(float)[:, None, None, :] for name in SERVICE}
    if "trust_providers" in sums:
        found["trust_providers"] = ratio(sums["trust_providers"] / s.SCALE, people)[:, None, None, :]
    if "satisfaction" in sums:
        found["satisfaction"] = ratio(sums["satisfaction"], sums["users"])[:, None, None, :]
        found["service_quality"] = sums["service_quality"][:, None, None, :]
    return found
