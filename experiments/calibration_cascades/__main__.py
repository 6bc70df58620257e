"""Can the model pass on fake and real news as far as people did?

python -m experiments.calibration_cascades --workers 2
"""

from experiments.calibrating import Calibrated, conduct

EXPERIMENT = Calibrated(
    "calibration_cascades", "cascades", particles=240, generations=3, predictions=120, fewest=50
)

if __name__ == "__main__":
    conduct(EXPERIMENT)
