"""Who gains from a plan, and who does not: does it narrow or widen the gaps between people?

python -m experiments.who_gains --workers 2
"""

import pandas as pd
from matplotlib.figure import Figure

import infodemic_sim as ids
from experiments.common import Experiment, Size, Tables, conduct, town
from infodemic_sim.study.equity import GAP

PARTITIONS = ("literacy", "trust", "age")
LESS_TRUST = ids.TrustShift(partition="literacy", part="below_basic", provider=-1.0, institution=-1.0)
AT_RISK = ids.Subgroup(partition="literacy", part="below_basic")


def plans(size: Size) -> dict[str, ids.Scenario]:
    """People of low literacy trust professionals less; plans for everybody, and one for them first."""
    today = town(size)
    people = today.population.but(subgroups=PARTITIONS, trust_shifts=[LESS_TRUST], providers=0.02)
    today = today.but(population=people)
    several = {
        "providers correct": [ids.ProviderCorrection()],
        "tips for those who want them": [ids.MediaLiteracyTips(uptake=0.2)],
        "tips for those of low literacy": [ids.MediaLiteracyTips(who=AT_RISK, uptake=1.0)],
        "inoculation": [ids.Inoculation()],
        "warning labels": [ids.WarningLabel()],
    }
    return {"today": today, **{name: today.but(interventions=parts) for name, parts in several.items()}}


def tables(comparison: ids.Comparison) -> Tables:
    """Effects on each part of the people and on each gap, for belief and for telling true from false."""
    found = [
        comparison.equity(partition, measure).assign(partition=partition, measure=measure)
        for measure in ("misinformed", "discernment")
        for partition in PARTITIONS
    ]
    table = pd.concat(found, ignore_index=True)
    return {"who_gains": table[table["part"] == GAP], "parts": table[table["part"] != GAP]}


def figure(found: Tables) -> Figure:
    """The effect on misinformed people by literacy and by trust, a colour a plan."""
    parts = found["parts"]
    drawing = ids.plots.new_figure(12, 4.5)
    colours = ids.plots.style.colours(["today", *dict.fromkeys(parts["plan"])])
    for ax, partition in zip(drawing.subplots(1, 2), ("literacy", "trust"), strict=True):
        mine = parts[(parts["partition"] == partition) & (parts["measure"] == "misinformed")]
        for shift, (plan, rows) in enumerate(mine.groupby("plan", sort=False)):
            x = [k + 0.12 * (shift - 2) for k in range(len(rows))]
            error = 100 * (rows["high"] - rows["difference"])
            ax.errorbar(x, 100 * rows["difference"], error, fmt="o", ms=4, color=colours[plan], label=plan)
        ax.axhline(0.0, color="0.75", linewidth=0.8)
        names = [part.replace("_", " ") for part in dict.fromkeys(mine["part"])]
        ax.set_xticks(range(len(names)), names)
        ax.set_xlabel({"literacy": "Health literacy", "trust": "Trust in professionals before"}[partition])
        ax.set_ylabel("Misinformed people, change (percentage points)")
    handles, names = drawing.axes[0].get_legend_handles_labels()
    drawing.legend(handles, names, loc="outside upper center", ncols=len(names), fontsize=9)
    return drawing


EXPERIMENT = Experiment("who_gains", Size(4_000, 30, 20), plans, tables, figure)

if __name__ == "__main__":
    conduct(EXPERIMENT)
