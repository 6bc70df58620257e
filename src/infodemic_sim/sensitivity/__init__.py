"""Which parameters an outcome, or a conclusion, hangs on."""

from infodemic_sim.sensitivity.question import Sensitivity
from infodemic_sim.sensitivity.table import Answer

__all__ = ["Answer", "Sensitivity"]
