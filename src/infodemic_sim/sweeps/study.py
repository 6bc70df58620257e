"""A study: the plans of a scenario, at each point of a design, in paired replicates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, Self

from pydantic import ValidationError, model_validator

from infodemic_sim.errors import InfodemicError, ParameterError
from infodemic_sim.mistakes import refused_at, short, under
from infodemic_sim.parameter_paths import changed, distinct, field_at, places_of, steps_of
from infodemic_sim.params import Part, Several, param
from infodemic_sim.scenario import Scenario
from infodemic_sim.study.plans import chosen, plans_of
from infodemic_sim.sweeps.design import DesignField, Listed, Point

LARGEST_STUDY = 100_000_000


class Base(Part):
    """What all studies of plans have."""

    scenario: Scenario = param(doc="With the interventions of all plans.")
    plans: dict[str, Several[str]] | None = param(
        None,
        doc="Keys of interventions by name of plan; the first is the baseline. None: each alone, and all.",
    )
    replicates: int = param(10, ge=1, le=1_000_000, doc="Runs of each plan at each point.")
    seed: int = param(ge=0, lt=2**63, doc="Fixes every draw.")
    record: Literal["hourly", "daily", "end"] = param("end", doc="How often measures are taken.")
    draws: str | None = param(
        None, doc="Drawn in each replicate: 'declared', a table of draws, or the folder of a calibration."
    )

    @model_validator(mode="after")
    def _has_plans(self) -> Self:
        for name, keys in (self.plans or {}).items():
            with refused_at("plans", name):
                chosen(self.scenario, name, keys)
        plans_of(self.scenario, self.plans)
        return self


class Study(Base):
    """All that the numbers of a sweep hang on: frozen, hashable, writable as YAML.

    At each point the parameters that the design names take its values; then every plan is run once for each
    replicate. Replicate r has the same draws in all plans and at all points; with ``draws`` also parameters
    that are drawn anew in each replicate, so that every interval holds what is not known of them.
    """

    design: DesignField = param(Listed(rows=({},)), doc="Values of parameters; none: the scenario as it is.")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        size = self.design.size
        if size is not None and size * self.replicates > LARGEST_STUDY:
            raise ValueError(
                f"has {size:,} points and {self.replicates:,} replicates, which is too much to list"
            )
        try:
            self.design.check(self.scenario)
        except ValidationError as error:
            raise under("design", error) from None
        return self

    def points(self) -> list[Point]:
        """The points of the design; every path leads to a parameter of its own.

        Raises
        ------
        ParameterError
            If there are none, a path leads nowhere, or two lead to one parameter.
        """
        points = self.design.points(self.scenario)
        if not points:
            raise ParameterError("the design has no points: give it at least one.")
        for path in points[0]:
            field_at(self.scenario, path)
        distinct(self.scenario, points[0])
        return points

    def at(self, point: Point) -> Scenario:
        """The scenario at a point, with the interventions of all plans.

        Raises
        ------
        ParameterError
            If a value cannot stand where it should.
        """
        try:
            return changed(self.scenario.but(record=self.record), point)
        except InfodemicError as error:
            raise ParameterError(f"at {said(point)}: {error}") from None

    def plans_at(self, point: Point) -> dict[str, Scenario]:
        """The plans at a point, the baseline first."""
        return plans_of(self.at(point), self.plans)

    def plans_or_faults(self, point: Point) -> dict[str, Scenario | ParameterError]:
        """The plans at a point; in place of one that holds what cannot stand there, the reason."""
        try:
            return {**self.plans_at(point)}
        except ParameterError as error:
            fault = unraised(error)
            plans = plans_of(self.scenario, self.plans)
            return {name: self._plan_or_fault(plan, name, point, fault) for name, plan in plans.items()}

    def _plan_or_fault(
        self, plan: Scenario, name: str, point: Point, fault: ParameterError
    ) -> Scenario | ParameterError:
        """One plan, for which values of interventions that it does not hold do not count."""
        keys = {part.key for part in plan.interventions}
        mine = {path: value for path, value in point.items() if self._owner(path) in (None, *keys)}
        try:
            return plans_of(self.at(mine), self.plans).get(name, fault)
        except ParameterError as error:
            return unraised(error)

    def by_name(self, path: str) -> str:
        """A path that names an intervention, also where it gave its place in the list."""
        owner, steps = self._owner(path), steps_of(self.scenario, path)
        return path if owner is None else ".".join([steps[0], owner, *steps[2:]])

    def _owner(self, path: str) -> str | None:
        """The intervention whose parameter is at a path; None if it is of no single one."""
        owner, *places = places_of(self.scenario, path)
        place = places[0] if places and owner == "interventions" else None
        return self.scenario.interventions[place].key if isinstance(place, int) else None


def unraised(error: ParameterError) -> ParameterError:
    """The same error without where it was raised: one that is kept would keep all that was at work there."""
    return type(error)(str(error))


def is_refusal(error: str, paths: Iterable[str]) -> bool:
    """Whether a run failed because its point cannot be made, whenever it is tried."""
    return error.startswith(tuple(f"at {path} " for path in paths))


def said(point: Mapping[str, object]) -> str:
    """A point as a reader meets it: providers 0.02, recall 0.5."""
    return ", ".join(f"{path} {short(value)}" for path, value in point.items()) or "the scenario as it is"
