"""Whether a plan does better than the others: told pair by pair, as it is told from the baseline."""

from __future__ import annotations

import numpy as np

from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.effects import BETTER, SIGNS, last_values, whole
from infodemic_sim.study.overall import everywhere
from infodemic_sim.study.paired import paired_statistics
from infodemic_sim.study.shown import from_zero


def not_beaten(comparison: Comparison, plan: str) -> list[str]:
    """Plans than which another is not told to do better on the primary outcome, in the order of the plans.

    It is told where the 95 % interval of the paired difference leaves out 0 on the better side; where neither
    side is, lower passes for better. Whoever does better than all others is told from each of them, so that
    nothing is to be corrected for how many they are.
    """
    measure, others = comparison.primary, [name for name in comparison.names[1:] if name != plan]
    runs = comparison.runs[everywhere(comparison.runs) & (comparison.runs["measure"] == measure)]
    wide = last_values(runs)
    if not others or plan not in wide:
        return others
    before = np.stack([whole(wide[name], measure) for name in others])
    found = paired_statistics(before, np.broadcast_to(whole(wide[plan], measure), before.shape))
    ends = zip(
        others, *(found[name].tolist() for name in ("difference", "low", "high", "pairs")), strict=True
    )
    sign = SIGNS[BETTER.get(measure, "")] or -1
    return [name for name, by, low, high, n in ends if sign * by <= 0.0 or not from_zero(low, high, n)]
