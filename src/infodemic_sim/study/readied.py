"""Loads all that a run needs, kernels too, by a small one: for the server that workers are copied from.

Nothing is compiled here: where kernels are not kept yet, workers compile them, and whoever waits is told so.
What goes wrong goes wrong again in a worker, and is told there.
"""

import gc
import logging
from importlib import import_module

USED = ("infodemic_sim.sweeps.working", "infodemic_sim.calibration.ahead")
"""By workers, who load what these need."""


def ready() -> None:
    """Load it all, and look for garbage neither meanwhile, as nothing is, nor ever among it."""
    gc.disable()
    try:
        for name in USED:
            import_module(name)
        try_a_run()
    finally:  # copies look for garbage, whatever was not found here
        gc.enable()
    gc.freeze()  # a collection in a copy would write to what it looks through, and so copy it


def try_a_run() -> None:
    """A small one, if its kernels are there."""
    from infodemic_sim.graphs import ScaleFree
    from infodemic_sim.population import Population
    from infodemic_sim.scenario import Scenario
    from infodemic_sim.simulation import simulate
    from infodemic_sim.study.progress import first_use

    if first_use():
        return
    try:
        few = Population(graph=ScaleFree(people=50, mean_degree=4.0, seed=1))
        simulate(Scenario(population=few, days=1.0, warm_up=0.0), seed=0)
    except Exception as error:
        logging.getLogger(__name__).warning("a server of workers could not try a run: %s", error)


ready()
