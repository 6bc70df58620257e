"""What does a plan do to everything that social media does in health care, benefit and harm?

python -m experiments.all_themes --workers 2
"""

import pandas as pd
from matplotlib.figure import Figure

import infodemic_sim as ids
from experiments.common import Experiment, Size, Tables, conduct, town
from infodemic_sim.study.shown import shown
from infodemic_sim.study.themes import NUMBERS

SHOWN = (
    "reach_accurate", "credence", "isolation", "wellbeing", "satisfaction", "disclosures",
    "trust_providers", "misinformed", "corrections_made", "adverse_choices", "cases", "staff_minutes",
)  # fmt: skip


def world(size: Size) -> ids.Scenario:
    """The town with two platforms, groups of patients, a health service, behaviour and a disease."""
    groups = ids.Platform(
        name="patient groups",
        spaces=ids.Groups(roles=["patient", "caregiver", "peer_supporter", "moderator"], size=30.0),
        ties=False,
    )
    today = town(
        size,
        platforms=[ids.Platform(name="network"), groups],
        privacy=ids.Privacy(),
        service=ids.Service(),
        experiences=ids.Experiences(platform="patient groups"),
        wellbeing=ids.Wellbeing(),
        behaviour=ids.Behaviour(),
        epidemic=ids.Epidemic(contacts=ids.graphs.SmallWorld(people=size.people, mean_degree=8, rewiring=0.1,
                                                              seed=2)),
    )  # fmt: skip
    people = today.population
    return today.but(population=people.but(providers=0.02, peer_supporters=0.02, moderators=0.005))


def plans(size: Size) -> dict[str, ids.Scenario]:
    today = world(size)
    correct = [ids.ProviderCorrection(), ids.EducationCampaign()]
    review = [ids.PrivacyGuidance(), ids.PrivacyReview()]
    support = [ids.PeerSupport(platform="patient groups", reaches="spaces"), ids.GroupModeration()]
    listen = [ids.ServiceImprovement()]
    several = {
        "providers correct and educate": correct,
        "the same, reviewed for privacy": [*correct, *review],
        "peer support with moderators": support,
        "listening to patients": listen,
        "all together": [*correct, *review, *support, *listen],
    }
    return {"today": today, **{name: today.but(interventions=parts) for name, parts in several.items()}}


def tables(comparison: ids.Comparison) -> Tables:
    """A row for every theme and plan; and the staff time that each plan takes."""
    effects = comparison.effects()
    minutes = effects[(effects["measure"] == "staff_minutes") & (effects["subgroup"] == "all")]
    return {"all_themes": comparison.themes(), "staff": minutes[["plan", "measure", *NUMBERS]]}


def figure(found: Tables) -> Figure:
    """One small chart a measure: plans from top to bottom, difference from today with its interval."""
    table = found["all_themes"]
    table = table[(table["platform"] == "all") & table["measure"].isin(SHOWN)]
    measures = list(dict.fromkeys(table["measure"]))
    drawing = ids.plots.new_figure(13, 2.1 * -(-len(measures) // 3))
    grid = drawing.subplots(-(-len(measures) // 3), 3, sharey=True)
    for ax, measure in zip(grid.flat, measures, strict=False):
        dots(ax, table[table["measure"] == measure], measure)
    for ax in drawing.axes[len(measures) :]:
        ax.remove()
    return drawing


def dots(ax, rows: pd.DataFrame, measure: str) -> None:
    how, places = shown(measure), range(len(rows))[::-1]
    scaled = rows[["difference", "low", "high"]] * how.scale
    sure = (scaled["low"] > 0) | (scaled["high"] < 0)
    ax.hlines(places, scaled["low"], scaled["high"], color="0.45", linewidth=1.2)
    ax.scatter(scaled["difference"], places, c=sure.map({True: "#0072B2", False: "white"}), edgecolors="0.3",
               zorder=3, s=28)  # fmt: skip
    ax.axvline(0.0, color="0.75", linewidth=0.8, zorder=0)
    ax.set_yticks(list(places), rows["plan"], fontsize=7)
    unit = f" ({how.unit_of_change})" if how.unit_of_change else ""
    ax.set_title(f"{how.label}{unit}", fontsize=8, loc="left")
    ax.tick_params(axis="x", labelsize=7)


EXPERIMENT = Experiment("all_themes", Size(2_000, 60, 20), plans, tables, figure)

if __name__ == "__main__":
    conduct(EXPERIMENT)
