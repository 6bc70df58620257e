"""What may be bought: interventions of a scenario, each or not, and how much of each."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import Annotated, Any, NamedTuple, Self

import numpy as np
from pydantic import BeforeValidator, model_validator

from infodemic_sim.errors import InfodemicError, ParameterError, UnknownNameError, did_you_mean
from infodemic_sim.mistakes import made, refused, short
from infodemic_sim.parameter_paths import changed, steps_of, value_at
from infodemic_sim.params import Part, Several, param
from infodemic_sim.scenario import Scenario
from infodemic_sim.study.plans import TODAY
from infodemic_sim.sweeps.design import Point, placed
from infodemic_sim.sweeps.ranges import Range, refuse_twice

OWNER = "interventions"
"""First step of every path of a setting; the second is the key of an intervention."""


class Levels(Range):
    """Values from low to high in equal steps of their scale, both ends among them."""

    steps: int = param(5, ge=2, le=1_000, unit="values", doc="Number of values.")


def _levels(value: Any) -> Any:
    if isinstance(value, Levels):
        return value
    if isinstance(value, dict):
        return made(Levels, value)
    if not isinstance(value, list | tuple) or not value:
        raise ParameterError(f"should be a list of values, or low, high and steps, but got {short(value)}.")
    refuse_twice(value)
    return tuple(value)


LevelsField = Annotated[Levels | tuple[Any, ...], BeforeValidator(_levels)]
"""Values that are listed, or spread evenly."""


class Choice(NamedTuple):
    """One portfolio: keys of the interventions bought, and a value for each setting that they have."""

    bought: tuple[str, ...]
    settings: tuple[tuple[str, Any], ...] = ()

    @property
    def name(self) -> str:
        """What it is called: provider correction + warning label (recall 0.3)."""
        return " + ".join(self._part(key) for key in self.bought) or TODAY

    def _part(self, key: str) -> str:
        mine = [_said(path, key, value) for path, value in self.settings if belongs(path, key)]
        return key.replace("_", " ") + (f" ({', '.join(mine)})" if mine else "")


class Portfolio(Part):
    """What may be bought: each intervention or not, and of those bought one of the values of each setting.

    What is not bought has an uptake of 0, which changes no bit of any output; so nothing of it is charged.
    """

    buy: Several[str] | None = param(
        None, doc="Keys of the scenario's interventions that may be bought; none: all."
    )
    settings: dict[str, LevelsField] = param(
        {}, doc="Values of their parameters, by path, such as interventions.warning_label.recall."
    )

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        for key in self.buy or ():
            if (self.buy or ()).count(key) > 1:
                raise ValueError(f"buy holds '{key}' twice: name each intervention once")
        if self.buy == ():
            raise ValueError("buy holds no intervention, so there is nothing to choose: name at least one")
        return self

    def keys(self, scenario: Scenario) -> tuple[str, ...]:
        """Keys of the interventions that may be bought, in the scenario's order."""
        return tuple(part.key for part in scenario.interventions if self.buy is None or part.key in self.buy)

    def check(self, scenario: Scenario) -> None:
        """Raise the first thing that does not fit the scenario, at its place here."""
        known = [part.key for part in scenario.interventions]
        if not known:
            raise refused((), ParameterError("the scenario has no interventions that could be bought."))
        for place, key in enumerate(self.buy or ()):
            if key not in known:
                said = f"'{key}' is not an intervention of this scenario. {did_you_mean(key, known)}"
                raise refused(("buy", place), UnknownNameError(said))
        for path in self.settings:
            try:
                self._check_setting(scenario, path)
            except InfodemicError as error:
                raise refused(("settings", path), error) from None

    def _check_setting(self, scenario: Scenario, path: str) -> None:
        steps, keys = steps_of(scenario, path), self.keys(scenario)
        if steps[0] != OWNER or len(steps) < 3 or steps[1] not in keys:
            near = did_you_mean(path, [f"{OWNER}.{key}" for key in keys])
            raise ParameterError(f"this is no parameter of an intervention that may be bought. {near}")
        for value in self.levels(scenario, path):
            changed(scenario, {path: value})

    def levels(self, scenario: Scenario, path: str) -> tuple[Any, ...]:
        """The values of a setting; numbers between two ends are rounded to six digits."""
        levels = self.settings[path]
        if not isinstance(levels, Levels):
            return levels
        ends = Range(low=levels.low, high=levels.high, scale=levels.scale)
        shares = np.linspace(0.0, 1.0, levels.steps)[:, None]
        values = [point[path] for point in placed(scenario, {path: ends}, shares)]
        rounded = (value if isinstance(value, int) else float(f"{value:.6g}") for value in values)
        return tuple(dict.fromkeys(rounded))

    def number(self, scenario: Scenario) -> int:
        """How many portfolios there are, that of nothing not counted."""
        ways = [
            math.prod(len(values) for _, values in self._of(scenario, key)) for key in self.keys(scenario)
        ]
        return math.prod(1 + each for each in ways) - 1

    def choices(self, scenario: Scenario) -> Iterator[Choice]:
        """All portfolios but that of nothing, those of few interventions first."""
        keys = self.keys(scenario)
        for size in range(1, len(keys) + 1):
            for bought in itertools.combinations(keys, size):
                yield from self._with(scenario, bought)

    def alone(self, scenario: Scenario) -> list[Choice]:
        """Each intervention alone, with the first and with the last value of its settings."""
        found = []
        for key in self.keys(scenario):
            ways = list(self._with(scenario, (key,)))
            found += [ways[0], ways[-1]] if len(ways) > 1 else ways
        return found

    def point(self, scenario: Scenario, choice: Choice) -> Point:
        """A choice as values of parameters; every choice has a value at the same paths."""
        keys = self.keys(scenario)
        uptake = {f"{OWNER}.{key}.uptake": value_at(scenario, f"{OWNER}.{key}.uptake") for key in keys}
        values = {path: value_at(scenario, path) for path in self.settings}
        nothing = {f"{OWNER}.{key}.uptake": 0.0 for key in keys if key not in choice.bought}
        return {**uptake, **values, **dict(choice.settings), **nothing}

    def _with(self, scenario: Scenario, bought: tuple[str, ...]) -> Iterator[Choice]:
        """The portfolios of these interventions."""
        named = [pair for key in bought for pair in self._of(scenario, key)]
        for values in itertools.product(*(values for _, values in named)):
            yield Choice(bought, tuple((path, v) for (path, _), v in zip(named, values, strict=True)))

    def _of(self, scenario: Scenario, key: str) -> list[tuple[str, tuple[Any, ...]]]:
        """The settings of an intervention, each with its values."""
        return [(path, self.levels(scenario, path)) for path in self.settings if belongs(path, key)]


def belongs(path: str, key: str) -> bool:
    """Whether a path leads to a setting of an intervention."""
    return path.startswith(f"{OWNER}.{key}.")


def _said(path: str, key: str, value: Any) -> str:
    """A setting as a reader meets it: recall 0.3."""
    what = path.removeprefix(f"{OWNER}.{key}.").replace("capacity.", "").replace("_", " ").replace(".", " ")
    return f"{what} {value:.15g}" if isinstance(value, float) else f"{what} {value}"
