"""Which single intervention of the catalogue changes what, with the strengths it is declared with?

python -m experiments.single_interventions --workers 2
"""

from matplotlib.figure import Figure

import infodemic_sim as ids
from experiments.common import Experiment, Size, Tables, about, conduct, town
from infodemic_sim.interventions import BUILT_IN
from infodemic_sim.study.overall import ranking
from infodemic_sim.study.plans import plans_of

OUTCOMES = (
    "misinformed",
    "exposures_false",
    "reshares_false",
    "accurate_posts_lost",
    "staff_minutes",
    "money",
)
PANELS = {
    "misinformed": ("Misinformed people", "percentage points"),
    "exposures_false": ("Misinformation read", "posts"),
    "staff_minutes": ("Cost: staff time", "hours"),
}
OWN = ("isolation", "disclosures", "service_quality", "trust_providers")
"""What some interventions are for instead."""


def plans(size: Size) -> dict[str, ids.Scenario]:
    """A town with all that interventions work on: groups, chats, bots, moderators, privacy, a service."""
    friends = ids.Platform(spaces=ids.Groups())
    today = town(
        size,
        platforms=[friends, ids.messaging_app(membership=0.5)],
        privacy=ids.Privacy(),
        service=ids.Service(),
        hours_per_step=2.0,
    )
    people = today.population.but(bots=0.005, moderators=0.01, fact_checkers=0.005)
    return plans_of(today.but(population=people, interventions=[part() for part in BUILT_IN]))


def tables(comparison: ids.Comparison) -> Tables:
    effects = comparison.effects()
    return {"single_interventions": about(effects, *OUTCOMES), "own_outcomes": about(effects, *OWN)}


def figure(found: Tables) -> Figure:
    effects = found["single_interventions"]
    order = ranking(about(effects, "misinformed"))
    drawing = ids.plots.new_figure(11, 1.4 + 0.27 * len(order))
    axes = drawing.subplots(1, 3, width_ratios=[1.5, 1, 1])
    for ax, (measure, (title, unit)) in zip(axes, PANELS.items(), strict=True):
        ids.plots.effects_ranked(effects, measure, ax, order=order, numbers=measure == "misinformed")
        ax.set_title(title)
        ax.set_xlabel(f"change ({unit})")
        if ax is not axes[0]:
            ax.set_yticklabels([])
    return drawing


EXPERIMENT = Experiment("single_interventions", Size(1_000, 30, 6), plans, tables, figure)

if __name__ == "__main__":
    conduct(EXPERIMENT)
