"""What each intervention of each plan did, whom it reached and what it cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infodemic_sim.measures.record import INTERVENTION

if TYPE_CHECKING:
    import pandas as pd

MEASURES = {
    "acts": "acts",
    "people_treated": "people",
    "staff_minutes": "staff_minutes",
    "money": "money",
}
NOBODY = "reached nobody: it named nobody, was never in force, had no capacity, or met nothing to act on"


def deeds_table(runs: pd.DataFrame) -> pd.DataFrame:
    """Means over replicates on the last day: one row per plan and intervention, in the plans' order.

    Columns: plan, intervention, acts, people, staff_minutes, money, and ``note``, which says so where an
    intervention reached nobody in any replicate.
    """
    import pandas as pd

    mine = (runs["day"] == runs["day"].max()) & runs["subgroup"].astype(str).str.startswith(INTERVENTION)
    rows = runs[mine].astype({"plan": object, "subgroup": object, "measure": object})
    keys = rows[["plan", "subgroup"]].drop_duplicates()
    means = rows.groupby(["plan", "subgroup", "measure"], sort=False)["value"].mean().unstack("measure")
    found = [means.loc[(plan, part)] for plan, part in keys.itertuples(index=False, name=None)]
    table = pd.DataFrame({column: [float(row[name]) for row in found] for name, column in MEASURES.items()})
    table.insert(0, "plan", keys["plan"].to_numpy())
    names = [part.removeprefix(INTERVENTION) for part in keys["subgroup"]]
    table.insert(1, "intervention", names)
    idle = (table["people"] == 0.0) & (table["acts"] == 0.0)
    return table.assign(note=[NOBODY if nobody else "" for nobody in idle])


def idle_sentences(table: pd.DataFrame) -> list[str]:
    """One sentence for each intervention that reached nobody."""
    idle = table[table["note"] == NOBODY]
    return [f"{row.plan}: {row.intervention} {NOBODY}." for row in idle.itertuples()]
