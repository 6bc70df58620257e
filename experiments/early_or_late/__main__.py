"""Does the day on which a plan begins matter?

python -m experiments.early_or_late --workers 2
"""

from dataclasses import replace

import pandas as pd
from matplotlib.figure import Figure

import infodemic_sim as ids
from experiments.common import Experiment, Size, Tables, about, conduct, town

STARTS = (0.0, 0.125, 0.25, 0.5, 0.75)
"""Days of the start, as shares of the run."""
LASTING = 0.25
"""How long what is done "for a while" lasts, as a share of the run."""
FEED, RUMOUR = "feed", "rumour"


def kinds(days: float) -> dict[str, tuple[str, list[ids.Intervention], float]]:
    """For each plan the world in which it is tried, what is done, and the day on which it begins."""
    found = {}
    for start in (int(share * days) for share in STARTS):
        stop = start + max(1, int(LASTING * days))
        once = [ids.Inoculation(when=ids.Once(day=start))]
        found |= {
            f"replies and labels for a while, from day {start}": (FEED, replies(start, stop), start),
            f"replies and labels to the end, from day {start}": (FEED, replies(start, days), start),
            f"inoculation against lasting talk, on day {start}": (FEED, once, start),
            f"inoculation against one rumour, on day {start}": (RUMOUR, once, start),
        }
    return found


def replies(start: float, stop: float) -> list[ids.Intervention]:
    """Health professionals reply and fact-checkers label, between two days."""
    days = ids.Between(start, stop)
    return [ids.ProviderCorrection(when=days), ids.WarningLabel(when=days)]


def plans(size: Size) -> dict[str, ids.Scenario]:
    """Two worlds: talk that goes on, and one rumour that begins with one per cent of people on day 0."""
    feed = town(size, record="daily")
    rumour = feed.but(spread=ids.MakiThompson(starters=max(1, size.people // 100), contacts=1.0))
    worlds = {FEED: feed, RUMOUR: rumour}
    return {FEED: feed, RUMOUR: rumour} | {
        name: worlds[world].but(interventions=parts) for name, (world, parts, _) in kinds(size.days).items()
    }


def tables(comparison: ids.Comparison) -> Tables:
    """Effects on the last day, and on the mean over all days, each against its own world without plan."""
    about_plans = kinds(float(comparison.runs["day"].max()))
    against = {name: {world: 1.0} for name, (world, _, _) in about_plans.items()}
    last = about(ids.contrasts(comparison, against), "misinformed", "exposures_false")
    mean = about(ids.contrasts(averaged(comparison), against), "misinformed")
    found = pd.concat([last.assign(when="last day"), mean.assign(when="mean of all days")], ignore_index=True)
    found["start day"] = [about_plans[plan][2] for plan in found["plan"]]
    found["series"] = [plan.partition(",")[0] for plan in found["plan"]]
    return {"early_or_late": found}


def averaged(comparison: ids.Comparison) -> ids.Comparison:
    """The same runs, with the mean over days 1 to the last of each measure in the place of its last value."""
    runs = comparison.runs[comparison.runs["day"] > 0]
    names = [name for name in runs.columns if name not in ("day", "value")]
    means = runs.groupby(names, observed=True, sort=False, as_index=False)["value"].mean()
    return replace(comparison, runs=means.assign(day=runs["day"].max()))


def figure(found: Tables) -> Figure:
    table = found["early_or_late"]
    rumour = table["series"].str.endswith("rumour")
    panels = {
        "Talk that goes on: mean of all days": table[~rumour & (table["when"] == "mean of all days")],
        "Talk that goes on: last day": table[~rumour & (table["when"] == "last day")],
        "One rumour: last day": table[rumour & (table["when"] == "last day")],
    }
    drawing = ids.plots.new_figure(10, 9)
    for ax, (title, rows) in zip(drawing.subplots(3, 1), panels.items(), strict=True):
        ids.plots.effects_along(rows, "misinformed", ax, along="start day", series="series")
        ax.set_title(title)
    return drawing


EXPERIMENT = Experiment("early_or_late", Size(1_000, 40, 10), plans, tables, figure)

if __name__ == "__main__":
    conduct(EXPERIMENT)
