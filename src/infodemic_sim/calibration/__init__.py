"""Calibration: which values of parameters agree with what was observed, and how sure one can be.

Read ``running.py`` first: it holds the order of everything.
"""

from infodemic_sim.calibration.evidence import Evidence, Observed
from infodemic_sim.calibration.posterior import Posterior
from infodemic_sim.calibration.question import Calibration
from infodemic_sim.calibration.running import calibrate
from infodemic_sim.calibration.store import read_posterior

__all__ = ["Calibration", "Evidence", "Observed", "Posterior", "calibrate", "read_posterior"]
