"""Studies whose parameters are drawn anew in each replicate: what draws them, and what may not be drawn."""

from __future__ import annotations

from collections.abc import Sequence

from infodemic_sim.errors import InfodemicError, ParameterError
from infodemic_sim.parameter_paths import value_at
from infodemic_sim.scenario import Scenario
from infodemic_sim.study.plans import plans_of
from infodemic_sim.study.unknowns import Unknowns, unknowns_of
from infodemic_sim.sweeps.design import Point
from infodemic_sim.sweeps.study import Study

ONE = "plan"


def drawing_of(study: Study, points: Sequence[Point]) -> Unknowns | None:
    """What draws the parameters of each replicate, the same at all points; None if nothing is drawn.

    Raises
    ------
    ParameterError
        If the draws cannot be used, or the design sets a parameter that is drawn.
    """
    plans = plans_of(study.scenario, study.plans)
    found = unknowns_of(study.draws, plans, seed=study.seed, replicates=study.replicates)
    if found is not None:
        refuse_swept(study, found, points)
    return found


def drawn(scenario: Scenario, unknowns: Unknowns | None, replicate: int) -> Scenario:
    """A scenario, or a plan, with the parameters of a replicate."""
    return scenario if unknowns is None else unknowns.at({ONE: scenario}, replicate)[ONE]


def refuse_swept(study: Study, unknowns: Unknowns, points: Sequence[Point]) -> None:
    """Refuse a study in which draws would take the place of what a point sets."""
    named = set(unknowns.record.get("parameters", ()))
    for point in points:
        for path in point:
            if path in named or _is_drawn(study, unknowns, point, path):
                raise ParameterError(
                    f"{path} is set by the design and drawn in each replicate as well: leave it out of one."
                )


def _is_drawn(study: Study, unknowns: Unknowns, point: Point, path: str) -> bool:
    """Whether draws set another value than the point; what cannot be made is told elsewhere."""
    try:
        scenario = study.at(point)
        return bool(value_at(drawn(scenario, unknowns, 0), path) != value_at(scenario, path))
    except InfodemicError:
        return False
