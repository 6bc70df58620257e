"""Studies whose parameters are drawn anew in each replicate: what draws them, and what may not be drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from infodemic_sim.errors import InfodemicError, ParameterError
from infodemic_sim.parameter_paths import places_of, value_at
from infodemic_sim.params import Part
from infodemic_sim.scenario import Scenario
from infodemic_sim.study.plans import plans_of
from infodemic_sim.study.unknowns import Unknowns, unknowns_of
from infodemic_sim.sweeps.design import Point
from infodemic_sim.sweeps.study import Study, said

ONE = "plan"


def drawing_of(study: Study, points: Sequence[Point]) -> Unknowns | None:
    """What draws the parameters of each replicate, the same at all points; None if nothing is drawn.

    Of declared ranges those are left out that belong to what the points set, at whatever value.

    Raises
    ------
    ParameterError
        If the draws cannot be used, or a parameter is set by points and drawn.
    """
    if study.draws is None:
        return None
    paths = list(dict.fromkeys(path for point in points for path in point))
    found = unknowns_of(
        study.draws,
        plans_of(study.scenario, study.plans),
        seed=study.seed,
        replicates=study.replicates,
        kept=map(study.by_name, paths),
    )
    if found is not None:
        _refuse_drawn(study, found, paths)
        _refuse_holders(study, found, paths, points)
    return found


def drawn(scenario: Scenario, unknowns: Unknowns | None, replicate: int) -> Scenario:
    """A scenario, or a plan, with the parameters of a replicate."""
    return scenario if unknowns is None else unknowns.at({ONE: scenario}, replicate)[ONE]


def refuse_faults(study: Study, points: Sequence[Point]) -> None:
    """Refuse points at which a plan cannot be made, as it is or with the parameters of some replicate.

    Raises
    ------
    ParameterError
        It tells the point, and the row of a table of draws that does not fit there.
    """
    drawing = drawing_of(study, points)
    for point in points:
        for plan in study.plans_or_faults(point).values():
            if isinstance(plan, ParameterError):
                raise plan
            for replicate in range(study.replicates if drawing else 0):
                _refuse_misfit(plan, drawing, replicate, point)


def _refuse_misfit(plan: Scenario, drawing: Unknowns | None, replicate: int, point: Point) -> None:
    try:
        drawn(plan, drawing, replicate)
    except InfodemicError as error:
        raise ParameterError(f"at {said(point)}: {error}") from None


def _refuse_drawn(study: Study, unknowns: Unknowns, paths: Iterable[str]) -> None:
    """Refuse a table of draws that would take the place of what points set, or of a part of it."""
    taken = [places_of(study.scenario, path) for path in unknowns.record.get("parameters", ())]
    for path in paths:
        mine = places_of(study.scenario, path)
        if any(mine[: len(other)] == other[: len(mine)] for other in taken):
            raise _twice(path)


def _refuse_holders(study: Study, unknowns: Unknowns, paths: Iterable[str], points: Sequence[Point]) -> None:
    """Refuse points that set a whole part, such as the spread rule, of which something is drawn."""
    wholes = {path for path in paths if isinstance(value_at(study.scenario, path), Part | tuple)}
    for point in points if wholes else ():
        for path in point:
            if path in wholes and _is_drawn(study, unknowns, point, path):
                raise _twice(path)


def _is_drawn(study: Study, unknowns: Unknowns, point: Point, path: str) -> bool:
    """Whether draws set another value than the point; what cannot be made is told elsewhere."""
    try:
        scenario = study.at(point)
        return bool(value_at(drawn(scenario, unknowns, 0), path) != value_at(scenario, path))
    except InfodemicError:
        return False


def _twice(path: str) -> ParameterError:
    return ParameterError(f"{path} is varied, and drawn in each replicate as well: leave it out of one.")
