"""Is it worth listening before one answers, when one of three topics surges?

python -m experiments.listening --workers 2
"""

from pathlib import Path

from matplotlib.figure import Figure

import infodemic_sim as ids
from experiments.common import Experiment, Size, Tables, about, conduct, town

SURGE = Path(__file__).with_name("surge.csv")
"""Forty accounts post false claims on the third topic, from day 10 to day 20."""
TOPICS = ("vaccines", "diet", "new treatment")
REPLIES = ids.Capacity(per_day=6)
"""Replies of all professionals together: half an hour of staff time a day, at five minutes each."""
POSTS = 0.3
"""Posts of one professional in a day."""
OUTCOMES = ("misinformed", "exposures_false", "messages_corrected", "response_time", "staff_minutes")


def plans(size: Size) -> dict[str, ids.Scenario]:
    """Equal staff, capacity and cost; what differs is the topic they work on."""
    topics = [ids.Topic(name=name) for name in TOPICS]
    plain = town(size)
    people = plain.population.but(providers=0.02)
    today = plain.but(population=people, topics=topics, arrivals=ids.Arrivals(path=str(SURGE)))
    replies = {"capacity": REPLIES}
    cost = ids.SocialListening().cost
    posts = [
        ids.EducationCampaign(name=f"on {name}", topic=name, per_day=POSTS / 3, cost=cost, delay=1.0)
        for name in TOPICS
    ]
    return {
        "today": today,
        "replies: as they come": today.but(interventions=[ids.ProviderCorrection(**replies)]),
        "replies: where it is loudest": today.but(interventions=[ids.TargetedCorrection(**replies)]),
        "replies: one topic, the wrong one": today.but(
            interventions=[ids.ProviderCorrection(topic=TOPICS[0], **replies)]
        ),
        "posts: a third on each topic": today.but(interventions=posts),
        "posts: where it is loudest": today.but(interventions=[ids.SocialListening(per_day=POSTS)]),
    }


def tables(comparison: ids.Comparison) -> Tables:
    """Effects over all topics, on the one that surges, and what listening adds at equal staff time."""
    effects = comparison.effects()
    on_it = effects[(effects["topic"] == TOPICS[2]) & effects["measure"].isin(OUTCOMES)]
    on_it = on_it[(on_it["platform"] == "all") & (on_it["subgroup"] == "all")].reset_index(drop=True)
    listening = ids.contrasts(
        comparison,
        {
            "replies: where it is loudest": {"replies: as they come": 1.0},
            "posts: where it is loudest": {"posts: a third on each topic": 1.0},
        },
    )
    return {
        "listening": about(effects, *OUTCOMES),
        "on_the_surge": on_it,
        "gained": about(listening, *OUTCOMES),
    }


def figure(found: Tables) -> Figure:
    drawing = ids.plots.new_figure(12, 6.5)
    axes = drawing.subplots(2, 2)
    for row, table, about_ in zip(
        axes, ("listening", "on_the_surge"), ("all topics", TOPICS[2]), strict=True
    ):
        rows = found[table].assign(topic="all")  # the figure says which topic it is
        for ax, measure in zip(row, ("misinformed", "exposures_false"), strict=True):
            ids.plots.effects_ranked(rows, measure, ax)
            ax.set_title(about_, loc="left", fontsize=9)
    return drawing


EXPERIMENT = Experiment("listening", Size(2_000, 30, 12), plans, tables, figure)

if __name__ == "__main__":
    conduct(EXPERIMENT)
