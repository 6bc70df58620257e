"""What inoculation does to a chance that misinformation convinces."""

from __future__ import annotations

import math

import numpy as np

from infodemic_sim.kernels.compiled import kernel


@kernel
def doubted(chance, logits):
    """A chance whose log-odds are lowered by so many logits; 0 leaves every bit as it is."""
    if logits == 0.0 or not 0.0 < chance < 1.0:
        return chance
    factor = math.exp(-logits)
    return chance * np.divide(factor, 1.0 - chance + chance * factor)  # unlike /, it needs no way out
