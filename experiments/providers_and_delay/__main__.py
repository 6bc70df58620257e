"""How many health professionals have to answer, and how fast?

python -m experiments.providers_and_delay --workers 2
"""

from matplotlib.figure import Figure

import infodemic_sim as ids
from experiments.common import Experiment, Size, Tables, about, conduct, town

PROVIDERS = 0.04
SHARES = (0.0025, 0.005, 0.01, 0.02, 0.04)
"""Shares of all people who are health professionals and answer."""
DELAYS = (0, 3, 6, 12, 24, 48)
"""Hours from reading to replying."""
CELLS = {
    f"{share:.2%} answer after {hours} h": (f"{share:.2%}", f"{hours} h", share, hours)
    for hours in DELAYS
    for share in SHARES
}
OUTCOMES = ("misinformed", "exposures_false", "corrections_read", "staff_minutes")


def plans(size: Size) -> dict[str, ids.Scenario]:
    """4 % of people are professionals in every plan; what differs is how many of them answer."""
    today = town(size)
    today = today.but(population=today.population.but(providers=PROVIDERS))
    return {"today": today} | {
        name: today.but(interventions=[ids.ProviderCorrection(uptake=share / PROVIDERS, delay=hours / 24)])
        for name, (_, _, share, hours) in CELLS.items()
    }


def tables(comparison: ids.Comparison) -> Tables:
    found = about(comparison.effects(), *OUTCOMES)
    found["answering"] = [CELLS[plan][0] for plan in found["plan"]]
    found["delay"] = [CELLS[plan][1] for plan in found["plan"]]
    return {"providers_and_delay": found}


def figure(found: Tables) -> Figure:
    drawing = ids.plots.new_figure(12, 4)
    for ax, measure in zip(drawing.subplots(1, 2), ("misinformed", "corrections_read"), strict=True):
        ids.plots.heat_map(found["providers_and_delay"], measure, ax, rows="delay", columns="answering")
        ax.set_xlabel("Share of all people who are health professionals and answer")
        ax.set_ylabel("Time until the reply")
    return drawing


EXPERIMENT = Experiment("providers_and_delay", Size(1_000, 30, 8), plans, tables, figure)

if __name__ == "__main__":
    conduct(EXPERIMENT)
