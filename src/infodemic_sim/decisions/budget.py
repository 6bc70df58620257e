"""How much may be spent, in money and in time of staff."""

from __future__ import annotations

from typing import Literal, NamedTuple, Self

import numpy as np
from pydantic import model_validator

from infodemic_sim.params import Part, param
from infodemic_sim.study.economics import Increments
from infodemic_sim.study.paired import paired_statistics
from infodemic_sim.study.shown import number

Standing = Literal["within", "unclear", "over"]


class Spent(NamedTuple):
    """What a portfolio spends more than today: mean, 95 % interval, and the limit (infinite: none)."""

    mean: float
    low: float
    high: float
    limit: float


class Budget(Part):
    """How much may be spent more than today, over the whole run. At least one limit is given."""

    money: float | None = param(
        None, ge=0, unit="currency units", doc="Most cost: money, and staff time at its wage; none: no limit."
    )
    staff_minutes: float | None = param(None, ge=0, unit="min", doc="Most staff time; none: no limit.")
    wage: float | None = param(
        None, ge=0, unit="currency units per hour",
        doc="What an hour of staff costs; none: staff time is not turned into money.",
    )  # fmt: skip

    @model_validator(mode="after")
    def _limits_something(self) -> Self:
        if self.money is None and self.staff_minutes is None:
            raise ValueError("limits nothing: give it money, staff_minutes, or both")
        return self

    def spent(self, found: Increments) -> dict[str, Spent]:
        """What a portfolio spends, by what is limited: cost and staff minutes."""
        resources = {
            "cost": (found.cost(self.wage), self.money),
            "staff_minutes": (60.0 * found.hours, self.staff_minutes),
        }
        return {name: _spent(values, limit) for name, (values, limit) in resources.items()}

    def standing(self, found: Increments) -> Standing:
        """Whether a portfolio is within every limit.

        "within": the 95 % interval of its mean lies below each limit, or ends there; "over": it lies above
        one; "unclear": neither, so that more replicates have to tell.
        """
        spent = self.spent(found).values()
        if any(each.low > each.limit for each in spent):
            return "over"
        return "within" if all(each.high <= each.limit for each in spent) else "unclear"

    def excess(self, found: Increments) -> float:
        """How far the most that a portfolio may spend lies above its limits, in parts of them; 0 within."""
        over = [(each.high - each.limit) / max(each.limit, 1.0) for each in self.spent(found).values()]
        return max(0.0, *over)

    def said(self) -> str:
        """The limits in words."""
        staff = "" if self.wage is None else f" (staff time at {self.wage:g} an hour included)"
        limits = [
            *([] if self.money is None else [f"{number(self.money, 0)} in money{staff}"]),
            *([] if self.staff_minutes is None else [f"{number(self.staff_minutes / 60.0, 0)} staff hours"]),
        ]
        return " and ".join(limits)


def _spent(values: np.ndarray, limit: float | None) -> Spent:
    found = paired_statistics(np.zeros((1, values.size)), values[None])
    mean, low, high = (float(found[name][0]) for name in ("difference", "low", "high"))
    return Spent(mean, low, high, np.inf if limit is None else limit)
