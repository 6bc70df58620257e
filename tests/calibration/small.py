"""A calibration that takes seconds: two trials of the catalogue, two parameters."""

from infodemic_sim.calibration import Calibration
from infodemic_sim.calibration.trial_effects import TrialEffects
from infodemic_sim.graphs import ScaleFree
from infodemic_sim.population import Population
from infodemic_sim.scenario import Scenario
from infodemic_sim.sweeps.ranges import Range

PATHS = ("spread.persuasion_claim", "spread.persuasion_correction")
SMALL = Calibration(
    scenario=Scenario(population=Population(graph=ScaleFree(people=40, mean_degree=4.0, seed=1))),
    parameters={PATHS[0]: "declared", PATHS[1]: Range(low=0.2, high=5.0)},
    evidence=TrialEffects(trials=("loomba_2021", "walter_2021")),
    particles=12,
    generations=3,
    seed=4,
)
