"""What do four trials together say about how people believe and share, and how sure?

python -m experiments.calibration_trials --workers 2
"""

from experiments.calibrating import Calibrated, conduct

EXPERIMENT = Calibrated("calibration_trials", "trials", particles=40, generations=5)

if __name__ == "__main__":
    conduct(EXPERIMENT)
