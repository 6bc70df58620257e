"""What do plans against misinformation avert where a disease follows from what people believe?

python -m experiments.infodemic_and_epidemic --workers 2
"""

import pandas as pd
from matplotlib.figure import Figure

import infodemic_sim as ids
from experiments.common import Experiment, Size, Tables, about, conduct, town
from infodemic_sim.graphs import SmallWorld
from infodemic_sim.study.harm import WITHOUT

TODAY = "today"
OUTCOMES = ("cases", "adverse_choices", "misinformed", "staff_minutes", "money")
WAGE = 40.0
"""Money for an hour of staff, assumed; of the figure's last panel alone."""
WORTH = [float(value) for value in range(0, 401, 10)]


def outbreak(size: Size) -> ids.Scenario:
    """A new disease, on which people are divided, comes to a town a sixth of the way through."""
    contacts = SmallWorld(people=size.people, mean_degree=10, rewiring=0.3, seed=2)
    return town(
        size,
        topics=[ids.Topic(name="new disease", accurate_share=0.6)],
        behaviour=ids.Behaviour(decisions=0.05),
        epidemic=ids.Epidemic(
            contacts=contacts, transmission=0.08, starters=max(1, size.people // 100), starts=size.days // 6
        ),
        hours_per_step=2.0,
        record="daily",
        primary="cases",
    )


def plans(size: Size) -> dict[str, ids.Scenario]:
    """Each of some plans, all of them, and the same draws without any misinformation."""
    today = outbreak(size)
    each = {
        "providers correct": ids.ProviderCorrection(),
        "warning labels": ids.WarningLabel(),
        "inoculation": ids.Inoculation(),
        "education campaign": ids.EducationCampaign(),
    }
    found = {TODAY: today} | {name: today.but(interventions=[part]) for name, part in each.items()}
    found["all four"] = today.but(interventions=list(each.values()))
    return found | {WITHOUT: today.without_misinformation()}


def tables(comparison: ids.Comparison) -> Tables:
    """Effects on the last day, harm, costs, how surely they pay, and the course of the disease."""
    runs = comparison.runs
    everybody = (runs["subgroup"] == "all") & (runs["measure"] == "infectious")
    return {
        "infodemic_and_epidemic": about(comparison.effects(), *OUTCOMES),
        "harm": ids.harm(comparison),
        "costs": ids.cost_effectiveness(comparison, "cases", wage=WAGE),
        "acceptability": bought(ids.acceptability(comparison, "cases", worth=WORTH, wage=WAGE)),
        "course": runs[everybody].reset_index(drop=True),
    }


def bought(table: pd.DataFrame) -> pd.DataFrame:
    """Without the world that no money buys."""
    return table[table["plan"] != WITHOUT].reset_index(drop=True)


def figure(found: Tables) -> Figure:
    drawing = ids.plots.new_figure(10, 12)
    course, effects, choices, curve = drawing.subplots(4, 1, height_ratios=[1.1, 1, 1, 1.1])
    ids.plots.trajectories(found["course"], "infectious", course, difference=True)
    course.set_title("The outbreak, compared with today")
    ids.plots.effects_ranked(found["infodemic_and_epidemic"], "cases", effects)
    ids.plots.effects_ranked(found["infodemic_and_epidemic"], "adverse_choices", choices)
    ids.plots.acceptability_curve(found["acceptability"], curve)
    curve.set_title(f"Is it worth it, at {WAGE:g} for an hour of staff?")
    curve.set_xlabel("What averting one case is worth (money)")
    return drawing


EXPERIMENT = Experiment("infodemic_and_epidemic", Size(600, 40, 10), plans, tables, figure)

if __name__ == "__main__":
    conduct(EXPERIMENT)
