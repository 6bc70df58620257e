"""Between which numbers a parameter is varied: given, or as its declaration leaves open."""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence
from typing import Annotated, Any, Literal, Self

import numpy as np
from pydantic import BeforeValidator, model_validator
from pydantic.fields import FieldInfo

from infodemic_sim import kernels
from infodemic_sim.errors import ParameterError
from infodemic_sim.mistakes import made, short
from infodemic_sim.parameter_paths import field_at
from infodemic_sim.params import SYMBOLS, Part, bounds, is_number, param, plausible
from infodemic_sim.scenario import Scenario


class Range(Part):
    """The numbers between two."""

    low: float = param(doc="Lowest value.")
    high: float = param(doc="Highest value.")
    scale: Literal["linear", "log"] = param("linear", doc="On which scale values are spread evenly.")

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if not self.low < self.high:
            raise ValueError(f"high must be above low, but got {self.low:g} to {self.high:g}")
        if self.scale == "log" and self.low <= 0.0:
            raise ValueError(f"low must be above 0 on a log scale, but got {self.low:g}")
        return self

    def at(self, share: np.ndarray) -> np.ndarray:
        """Values at shares of the way from low to high, float64 in [0, 1], of any shape."""
        if self.scale == "log":
            logs = math.log(self.low) + np.ravel(share) * math.log(self.high / self.low)
            return np.asarray(kernels.elementary.exp(logs)).reshape(np.shape(share))
        return self.low + share * (self.high - self.low)

    def whole_at(self, share: np.ndarray) -> np.ndarray:
        """Whole numbers at shares of the way, int64; those at the ends as likely as others of their size."""
        low, high = round(self.low), round(self.high)
        below = low - 0.5 if self.scale == "linear" else max(low - 0.5, 0.5)
        values = self.but(low=below, high=high + 0.5).at(share)
        return np.clip(np.rint(values).astype(np.int64), low, high)


def _spread(value: Any) -> Any:
    if isinstance(value, Range) or value == "declared":
        return value
    if not isinstance(value, dict):
        raise ParameterError(f"should be low and high, or 'declared', but got {short(value)}.")
    return made(Range, value)


Spread = Annotated[Range | Literal["declared"], BeforeValidator(_spread)]
"""A range, or that which the sources of the default leave open."""


def range_of(scenario: Scenario, path: str, spread: Spread) -> Range:
    """The range of a parameter, be it given or declared.

    Raises
    ------
    ParameterError
        If the parameter takes no numbers, its declaration leaves no range open, or an end of the range is
        none of its values.
    """
    field = field_at(scenario, path)
    if not is_number(field.annotation):
        raise ParameterError(f"{path} takes no numbers, so it has no range: list its values in a grid.")
    if isinstance(spread, Range):
        _refuse_beyond(path, field, spread)
        return spread
    if (found := plausible(field)) is None:
        raise ParameterError(f"{path} declares no range: give it low and high.")
    return Range(low=found[0], high=found[1])


def refuse_twice(values: Sequence[Any]) -> None:
    """Refuse a list of values of which two are the same, such as 1 and 1.0.

    Raises
    ------
    ParameterError
        It tells the list.
    """
    if len({each if type(each) in (int, float) else repr(each) for each in values}) < len(values):
        raise ParameterError(f"holds a value twice: {short(list(values))}.")


def as_declared(field: FieldInfo, value: float) -> float:
    """A number as the parameter takes it: whole where it is."""
    return round(value) if field.annotation is int else value


def _refuse_beyond(path: str, field: FieldInfo, found: Range) -> None:
    """Refuse a range with an end beyond the bounds of the parameter."""
    for end in (found.low, found.high):
        for rule, limit in bounds(field).items():
            if not getattr(operator, rule)(as_declared(field, end), limit):
                raise ParameterError(
                    f"{path} must be {SYMBOLS[rule]} {limit:,}, but its range holds {end:g}: narrow it."
                )
