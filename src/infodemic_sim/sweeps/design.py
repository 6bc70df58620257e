"""Designs: which values the parameters of a study take together. A point is one value for each path."""

from __future__ import annotations

import itertools
import math
from typing import Annotated, Any, Self

import numpy as np
from pydantic import BeforeValidator, SerializeAsAny, model_validator

from infodemic_sim.errors import UnknownNameError
from infodemic_sim.mistakes import refused_at
from infodemic_sim.parameter_paths import distinct, field_at
from infodemic_sim.params import Part, Several, param
from infodemic_sim.plugins import Plugin, kind, make
from infodemic_sim.scenario import Scenario
from infodemic_sim.sweeps.ranges import Spread, range_of, refuse_twice

Point = dict[str, Any]
"""A value for each path, see ``parameters``."""

LARGEST_DESIGN = 1_000_000


class Design(Plugin, Part):
    """Values of parameters that are run together."""

    def points(self, scenario: Scenario) -> list[Point]:
        """All points, in a fixed order; the scenario tells the ranges declared."""
        raise NotImplementedError

    def check(self, scenario: Scenario) -> None:
        """Raise the first thing that does not fit the scenario, at its place here."""

    @property
    def size(self) -> int | None:
        """How many points there will be; None where only a file can tell."""
        return None


class Grid(Design):
    """Every combination of the values listed for each parameter."""

    parameters: dict[str, Several[Any]] = param(doc="The values of each parameter, by path.")

    @model_validator(mode="after")
    def _has_values(self) -> Self:
        if not self.parameters:
            raise ValueError("has no parameters: name at least one, with its values")
        for path, values in self.parameters.items():
            if not values:
                raise ValueError(f"{path} has no values: list at least one")
            with refused_at("parameters", path):
                refuse_twice(values)
        return self

    def check(self, scenario: Scenario) -> None:
        for path in self.parameters:
            with refused_at("parameters", path):
                field_at(scenario, path)

    @property
    def size(self) -> int:
        return math.prod(len(values) for values in self.parameters.values())

    def points(self, scenario: Scenario) -> list[Point]:
        return [
            dict(zip(self.parameters, values, strict=True))
            for values in itertools.product(*self.parameters.values())
        ]


class SpaceFilling(Design):
    """Points that fill the space of all ranges."""

    parameters: dict[str, Spread] = param(doc="The range of each parameter, by path, or 'declared'.")
    number: int = param(ge=1, le=LARGEST_DESIGN, unit="points", doc="Number of points.")
    seed: int = param(ge=0, lt=2**63, doc="Fixes the points.")

    @property
    def size(self) -> int:
        return self.number

    @model_validator(mode="after")
    def _has_ranges(self) -> Self:
        if not self.parameters:
            raise ValueError("has no parameters: name at least one, with its range")
        return self

    def check(self, scenario: Scenario) -> None:
        for path, spread in self.parameters.items():
            with refused_at("parameters", path):
                range_of(scenario, path, spread)

    def points(self, scenario: Scenario) -> list[Point]:
        return placed(scenario, self.parameters, self._shares(len(self.parameters)))

    def _shares(self, dimensions: int) -> np.ndarray:
        raise NotImplementedError


class LatinHypercube(SpaceFilling):
    """A random point in each of as many equal slices of every parameter as there are points [McKay1979]."""

    def _shares(self, dimensions: int) -> np.ndarray:
        from scipy.stats.qmc import LatinHypercube as Sampler

        return np.asarray(Sampler(dimensions, rng=np.random.default_rng(self.seed)).random(self.number))


class Sobol(SpaceFilling):
    """A scrambled sequence of low discrepancy [Sobol1967]; its numbers of points are powers of two."""

    @model_validator(mode="after")
    def _is_balanced(self) -> Self:
        if self.number & (self.number - 1):
            below = 1 << self.number.bit_length() - 1
            raise ValueError(f"number must be a power of two, such as {below} or {2 * below}")
        return self

    def _shares(self, dimensions: int) -> np.ndarray:
        from scipy.stats.qmc import Sobol as Sampler

        sampler = Sampler(dimensions, rng=np.random.default_rng(self.seed))
        return np.asarray(sampler.random_base2(self.number.bit_length() - 1))


class Table(Design):
    """The rows of a CSV table whose columns are paths of parameters."""

    path: str = param(doc="The file.")

    def points(self, scenario: Scenario) -> list[Point]:
        from pathlib import Path

        from infodemic_sim.graphs.attributes import read_table
        from infodemic_sim.scenario_file.scalars import resolve

        names, rows = read_table(Path(self.path))
        for name in names:
            try:
                field_at(scenario, name)
            except UnknownNameError as error:
                raise UnknownNameError(f"{self.path}, line 1: {error}") from None
        return [{name: resolve(text) for name, text in zip(names, row, strict=True)} for _, row in rows]


class Listed(Design):
    """The points that are written out; for those that a program has made."""

    rows: Several[dict[str, Any]] = param(doc="A value for each path, row by row.")

    @property
    def size(self) -> int:
        return len(self.rows)

    def points(self, scenario: Scenario) -> list[Point]:
        return [dict(row) for row in self.rows]


BUILT_IN: tuple[type[Design], ...] = (Grid, LatinHypercube, Sobol, Table, Listed)
GROUP = "infodemic_sim.designs"
kind(Design, lambda: BUILT_IN, GROUP)


def _design(value: Any) -> Any:
    return make(value, BUILT_IN, GROUP, Design)


DesignField = Annotated[SerializeAsAny[Design], BeforeValidator(_design)]


def placed(scenario: Scenario, parameters: dict[str, Spread], shares: np.ndarray) -> list[Point]:
    """Points at shares of the way along each range, float64[points, parameters]; whole where they must be.

    Raises
    ------
    ParameterError
        If a path leads nowhere or two to one parameter, or it has no range.
    """
    distinct(scenario, parameters)
    columns = [
        _values(scenario, path, spread, shares[:, k]) for k, (path, spread) in enumerate(parameters.items())
    ]
    return [dict(zip(parameters, values, strict=True)) for values in zip(*columns, strict=True)]


def _values(scenario: Scenario, path: str, spread: Spread, shares: np.ndarray) -> list[Any]:
    found = range_of(scenario, path, spread)
    return (found.whole_at if field_at(scenario, path).annotation is int else found.at)(shares).tolist()
