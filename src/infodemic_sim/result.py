"""What a run gives back."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from infodemic_sim.cards import card
from infodemic_sim.errors import UnknownNameError, did_you_mean

if TYPE_CHECKING:
    import pandas as pd

    from infodemic_sim.scenario import Scenario


@dataclass(frozen=True)
class Result:
    """Measures of one run, and what is needed to run it again.

    Parameters
    ----------
    table : columns day, platform, topic, subgroup, measure, value; one row a number.
    outside_agents : keys of agents that took part and are no part of the scenario.
    forked_on : days on which the run was forked into another plan; before, other interventions acted.
    """

    scenario: Scenario
    seed: int
    replicate: int
    table: pd.DataFrame
    outside_agents: tuple[str, ...] = ()
    forked_on: tuple[float, ...] = ()

    def __repr__(self) -> str:
        return f"<Result of seed {self.seed}, replicate {self.replicate}: {len(self.table):,} rows>"

    @property
    def from_scenario_alone(self) -> bool:
        """Whether scenario, seed and replicate are all that is needed to make it again."""
        return not self.outside_agents and not self.forked_on

    def series(
        self, measure: str, *, topic: str = "all", platform: str = "all", subgroup: str = "all"
    ) -> pd.Series:
        """One measure by day, index = day; empty where it was not taken.

        Raises
        ------
        UnknownNameError
            If there is no such measure, topic, platform or subgroup.
        """
        from infodemic_sim.codebook import check_measure

        check_measure(measure)
        rows = self.table
        mine = (
            (rows.measure == measure)
            & (rows.topic == topic)
            & (rows.platform == platform)
            & (rows.subgroup == subgroup)
        )
        if not mine.any():
            for kind, name in (("topic", topic), ("platform", platform), ("subgroup", subgroup)):
                self._refuse_unknown(kind, name)
        return rows[mine].set_index("day")["value"]

    def final(
        self, measure: str, *, topic: str = "all", platform: str = "all", subgroup: str = "all"
    ) -> float:
        """The last recorded value of a measure.

        Raises
        ------
        UnknownNameError
            If there is no such measure, topic, platform or subgroup, or it was not taken there.
        """
        found = self.series(measure, topic=topic, platform=platform, subgroup=subgroup)
        if found.empty:
            why = self.scenario.why_unmeasured(measure)
            where = f"of topic '{topic}', platform '{platform}' and subgroup '{subgroup}'"
            raise UnknownNameError(f"{why}." if why else f"{measure} was not taken {where}: ask for 'all'.")
        return float(found.iloc[-1])

    def _refuse_unknown(self, kind: str, name: str) -> None:
        known = [str(each) for each in self.table[kind].unique()]
        if known and name not in known:
            raise UnknownNameError(f"there is no {kind} '{name}' here. {did_you_mean(str(name), known)}")

    def _repr_html_(self) -> str:
        """What a notebook shows: all measures of everybody on the last day."""
        from infodemic_sim.codebook import CODEBOOK

        rows = self.table
        last = rows[(rows.day == rows.day.max()) & (rows.platform == "all") & (rows.topic == "all")]
        values = last[last.subgroup == "all"].set_index("measure")["value"]
        shown = [
            (m.label, "–" if math.isnan(values[m.name]) else f"{values[m.name]:.4g}", m.unit)
            for m in CODEBOOK
            if m.name in values
        ]
        title = f"Result on day {rows.day.max():g} (seed {self.seed}, replicate {self.replicate})"
        return card(title, shown, ("measure", "value", "unit"))
