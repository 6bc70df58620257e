"""A decision: what may be bought, with which budget, for which ends, and how hard to look."""

from __future__ import annotations

from typing import Self

from pydantic import ValidationError, model_validator

from infodemic_sim.decisions.budget import Budget
from infodemic_sim.decisions.objectives import COST, HARM, Ask, Objective
from infodemic_sim.decisions.portfolio import Portfolio
from infodemic_sim.mistakes import refused_at, under
from infodemic_sim.params import Part, Several, param
from infodemic_sim.scenario import Scenario
from infodemic_sim.study.plans import TODAY
from infodemic_sim.sweeps.design import Listed, Point
from infodemic_sim.sweeps.study import Study

PORTFOLIO = "portfolio"
"""Plan of the study in which what is bought is in force."""
MOST_TRIALS = 100_000


class Decision(Part):
    """All that an advice hangs on: frozen, hashable, writable as YAML."""

    scenario: Scenario = param(doc="With the interventions that may be bought.")
    portfolio: Portfolio = param(Portfolio(), doc="What may be bought; left out: each intervention or not.")
    budget: Budget = param(doc="How much may be spent.")
    objectives: Several[str] = param(
        doc="harm, cost, privacy_incidents, accurate_posts_lost, gap.PARTITION, or measures; the first leads."
    )
    weights: dict[str, float] | None = param(
        None, doc="What a harmful choice weighs in harm, by topic; none: each 1."
    )
    worth: float | None = param(
        None, ge=0, unit="currency units",
        doc="What one unit of the first objective may cost; none: the most of it is best, within the budget.",
    )  # fmt: skip
    replicates: int = param(10, ge=2, le=1_000_000, doc="Runs of each portfolio that is tried.")
    trials: int = param(
        100, ge=1, le=MOST_TRIALS, unit="portfolios",
        doc="Portfolios to try at most; where there are no more, all are tried.",
    )  # fmt: skip
    confirm: int = param(
        0, ge=0, le=1_000_000,
        doc="New runs, with other draws, of the portfolios that came out best; 0: none.",
    )  # fmt: skip
    seed: int = param(ge=0, lt=2**62, doc="Fixes every draw.")
    draws: str | None = param(
        None, doc="Drawn in each replicate: 'declared', a table of draws, or the folder of a calibration."
    )

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if not self.objectives:
            raise ValueError("objectives names none: name at least one, such as misinformed")
        for name in self.objectives:
            if self.objectives.count(name) > 1:
                raise ValueError(f"objectives holds '{name}' twice: name each once")
        if self.objectives[0] == COST:
            raise ValueError(
                "objectives begins with cost, which buying nothing lowers most: begin with a benefit"
            )
        if self.weights is not None and HARM not in self.objectives:
            raise ValueError("weights are those of harm, which is not an objective: leave them out")
        if self.confirm == 1:
            raise ValueError("confirm must be 0, or at least 2: one pair of runs has no interval")
        try:
            self.portfolio.check(self.scenario)
        except ValidationError as error:
            raise under(PORTFOLIO, error) from None
        for place, objective in enumerate(self.wanted):
            with refused_at("objectives", place):
                objective.check(self.scenario)
        return self

    @property
    def wanted(self) -> tuple[Objective, ...]:
        """The objectives; the first leads."""
        return tuple(Objective(name, self.scenario.primary) for name in self.objectives)

    @property
    def ask(self) -> Ask:
        """What gains hang on beside the runs."""
        return Ask(self.budget.wage, self.weights)

    def study(self, points: list[Point], *, replicates: int, seed: int) -> Study:
        """The study in which portfolios are tried: today, and a point for each of them."""
        return Study(
            scenario=self.scenario,
            plans={TODAY: (), PORTFOLIO: self.portfolio.keys(self.scenario)},
            design=Listed(rows=tuple(points)),
            replicates=replicates,
            seed=seed,
            draws=self.draws,
        )
