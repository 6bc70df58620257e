"""What each intervention of each plan did, whom it reached, what it cost; and why, where it did nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from infodemic_sim.interventions.foreseen import zero
from infodemic_sim.measures.record import INTERVENTION
from infodemic_sim.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

MEASURES = {
    "people_concerned": "concerned",
    "acts": "acts",
    "people_treated": "people",
    "staff_minutes": "staff_minutes",
    "money": "money",
}
IDLE = "reached nobody: "
NEVER, NO_ONE, NOTHING = (
    "its schedule was never in force",
    "it named nobody who takes part",
    "it met nothing to act on, or what it began was not due before the end; who answers what was read a step "
    "before needs a schedule that is longer than one",
)


def deeds_table(runs: pd.DataFrame, plans: Mapping[str, Scenario] | None = None) -> pd.DataFrame:
    """Means over replicates on the last day: one row per plan and intervention, in the plans' order.

    Columns: plan, intervention, concerned, acts, people, staff_minutes, money, and ``note``, which says where
    an intervention reached nobody in any replicate, and why.

    Parameters
    ----------
    plans : scenarios by name, as far as they are known: they tell what was set to zero.
    """
    import pandas as pd

    mine = (runs["day"] == runs["day"].max()) & runs["subgroup"].astype(str).str.startswith(INTERVENTION)
    rows = runs[mine].astype({"plan": object, "subgroup": object, "measure": object})
    keys = rows[["plan", "subgroup"]].drop_duplicates()
    means = rows.groupby(["plan", "subgroup", "measure"], sort=False)["value"].mean().unstack("measure")
    found = [means.loc[(plan, part)] for plan, part in keys.itertuples(index=False, name=None)]
    table = pd.DataFrame({column: [float(row[name]) for row in found] for name, column in MEASURES.items()})
    table.insert(0, "plan", keys["plan"].to_numpy())
    table.insert(1, "intervention", [part.removeprefix(INTERVENTION) for part in keys["subgroup"]])
    places = zip(table["plan"], table["intervention"], strict=True)
    zeros = [_zero((plans or {}).get(plan), part) for plan, part in places]
    return table.assign(note=[_note(row, why) for row, why in zip(found, zeros, strict=True)])


def _note(row: pd.Series, zeroed: str) -> str:
    """Why an intervention reached nobody in any replicate; empty if it reached somebody."""
    if row["people_treated"] > 0.0 or row["acts"] > 0.0:
        return ""
    happened = (
        NEVER if row["steps_in_force"] == 0.0 else NO_ONE if row["people_concerned"] == 0.0 else NOTHING
    )
    return IDLE + (zeroed or happened)


def _zero(plan: Scenario | None, key: str) -> str:
    """What of an intervention was set to zero, if its plan is known."""
    parts = {part.key: part for part in plan.interventions} if plan is not None else {}
    return zero(parts[key], plan.days) if plan is not None and key in parts else ""


def idle_sentences(table: pd.DataFrame) -> list[str]:
    """One sentence for each intervention that reached nobody."""
    idle = table[table["note"].str.startswith(IDLE)] if len(table) else table
    return [f"{row.plan}: {row.intervention} {row.note}." for row in idle.itertuples()]
