"""What does it cost in privacy to correct more, and what does a second pair of eyes change?

python -m experiments.correction_and_privacy --workers 2
"""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

import infodemic_sim as ids
from experiments.common import Experiment, Size, Tables, about, conduct, town
from infodemic_sim.plots.series import interval
from infodemic_sim.study.overall import overall

A_DAY = (1, 4, 16)
"""Replies of one professional in a day, at most."""
OUTCOMES = (
    "misinformed",
    "corrections_made",
    "messages_corrected",
    "disclosures_professionals",
    "disclosures_patients",
    "trust_providers",
    "response_time",
    "staff_minutes",
)
HELP = {
    "on their own": [],
    "with guidance": [ids.PrivacyGuidance()],
    "with review": [ids.PrivacyReview()],
}
AGAINST = {
    f"{number} a day {how}": {f"{number} a day on their own": 1.0}
    for how, help_ in HELP.items()
    for number in A_DAY
    if help_
}
"""What training and review change at the same number of replies."""
SHOWN = ("misinformed", "disclosures_professionals", "response_time", "staff_minutes")


def plans(size: Size) -> dict[str, ids.Scenario]:
    """More and more replies, on their own, after training, and after a colleague has read them."""
    plain = town(size)
    people = plain.population.but(providers=0.02, super_spreaders=0.01)
    today = plain.but(population=people, privacy=ids.Privacy(), experiences=ids.Experiences())
    cells = {
        f"{number} a day {how}": [correction(number), *help_]
        for how, help_ in HELP.items()
        for number in A_DAY
    }
    return {"today": today} | {name: today.but(interventions=plan) for name, plan in cells.items()}


def correction(number: int) -> ids.ProviderCorrection:
    """Replies, half of which become posts of the professional too."""
    return ids.ProviderCorrection(capacity=ids.Capacity(per_actor_per_day=number), published=0.5)


def tables(comparison: ids.Comparison) -> Tables:
    """Effects; and the time to a first correction as it is, since nothing is corrected today."""
    found = {
        "correction_and_privacy": about(comparison.effects(), *OUTCOMES),
        "response_time": levels(comparison, "response_time"),
        "against_on_their_own": about(ids.contrasts(comparison, AGAINST), *OUTCOMES),
    }
    for rows in found.values():
        parts = rows["plan"].str.extract(r"^(\d+) a day (.*)$")
        rows["replies of one professional a day"], rows["how"] = parts[0].astype(float), parts[1]
    return found


def levels(comparison: ids.Comparison, measure: str) -> pd.DataFrame:
    """Mean over replicates of a measure on the last day, with its 95 % interval, for each plan."""
    runs = overall(comparison.runs[comparison.runs["day"] == comparison.runs["day"].max()], measure)
    rows = []
    for plan, mine in runs.groupby("plan", observed=True, sort=False):
        mean, low, high = interval(mine[["value"]].T)
        if np.isfinite(mean[0]):
            rows.append((str(plan), measure, mean[0], low[0], high[0], mine["value"].notna().sum()))
    return pd.DataFrame(rows, columns=["plan", "measure", "difference", "low", "high", "pairs"])


def figure(found: Tables) -> Figure:
    drawing = ids.plots.new_figure(12, 7)
    along = {"along": "replies of one professional a day", "series": "how"}
    axes = dict(zip(SHOWN, drawing.subplots(2, 2).ravel(), strict=True))
    for measure, ax in axes.items():
        rows = found["response_time" if measure == "response_time" else "correction_and_privacy"]
        ids.plots.effects_along(rows, measure, ax, **along)
        ax.set_xscale("log")
        ax.set_xticks(A_DAY, [str(number) for number in A_DAY])
        ax.minorticks_off()
    axes["response_time"].set_ylabel("Time to the first correction\n(h)")
    return drawing


EXPERIMENT = Experiment("correction_and_privacy", Size(2_000, 30, 10), plans, tables, figure)

if __name__ == "__main__":
    conduct(EXPERIMENT)
