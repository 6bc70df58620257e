"""On which kind of platform does a plan work?

python -m experiments.platforms --workers 2
"""

import pandas as pd
from matplotlib.figure import Figure

import infodemic_sim as ids
from experiments.common import (
    Experiment,
    Size,
    Tables,
    about,
    conduct,
    crossed,
    effects_in_own_worlds,
    town,
)
from infodemic_sim.graphs import SimsomGraph

PARTS = (
    ids.ProviderCorrection(),
    ids.PeerCorrection(),
    ids.WarningLabel(),
    ids.Removal(),
    ids.AccuracyPrompt(),
    ids.Inoculation(),
)
MIX = "all five"
OUTCOMES = ("misinformed", "exposures_false", "reshares_false")


def platforms(size: Size) -> dict[str, ids.Platform]:
    """The five presets; who follows whom on two of them is drawn apart from friendships."""
    follows = SimsomGraph(people=size.people, mean_degree=40, seed=2)
    made = (
        ids.microblog(graph=follows),
        ids.friends_network(),
        ids.image_feed(graph=follows),
        ids.patient_forum(),
        ids.messaging_app(),
    )
    return {platform.name: platform for platform in made}


def worlds(size: Size) -> dict[str, ids.Scenario]:
    """Towns with one platform that everybody is on, and one with all five and their published membership."""
    plain, presets = town(size, hours_per_step=0.5), platforms(size)
    return {name: plain.but(platforms=[p.but(membership=1.0)]) for name, p in presets.items()} | {
        MIX: plain.but(platforms=list(presets.values()))
    }


def plans(size: Size) -> dict[str, ids.Scenario]:
    return crossed(worlds(size), PARTS)


def tables(comparison: ids.Comparison) -> Tables:
    """Effects against the same town without plan; in the mix also platform by platform."""
    effects = effects_in_own_worlds(comparison)
    mixed = effects[(effects["world"] == MIX) & (effects["topic"] == "all") & (effects["platform"] != "all")]
    return {
        "platforms": about(effects, *OUTCOMES),
        "within_the_mix": mixed[mixed["measure"].isin(OUTCOMES)],
        "without_plans": levels(comparison),
    }


def levels(comparison: ids.Comparison) -> pd.DataFrame:
    """How each town is without a plan, on the last day."""
    runs = comparison.runs[comparison.runs["day"] == comparison.runs["day"].max()]
    mine = runs[~runs["plan"].astype(str).str.contains(":") & runs["measure"].isin(OUTCOMES)]
    keys = ["plan", "platform", "measure"]
    whole = mine[(mine["topic"] == "all") & (mine["subgroup"] == "all")].astype(dict.fromkeys(keys, str))
    return whole.groupby(keys, sort=False, as_index=False)["value"].mean()


def figure(found: Tables) -> Figure:
    drawing = ids.plots.new_figure(14, 11)
    axes = drawing.subplots(3, 1)
    where = {"rows": "world", "columns": "intervention"}
    ids.plots.heat_map(found["platforms"], "misinformed", axes[0], **where)
    ids.plots.heat_map(found["platforms"], "exposures_false", axes[1], **where, what="relative")
    ids.plots.heat_map(
        found["within_the_mix"],
        "exposures_false",
        axes[2],
        rows="platform",
        columns="intervention",
        what="relative",
    )
    axes[2].set_title(
        "In the town with all five, platform by platform: " + axes[2].get_title(loc="left").lower()
    )
    return drawing


EXPERIMENT = Experiment("platforms", Size(1_000, 30, 8), plans, tables, figure)

if __name__ == "__main__":
    conduct(EXPERIMENT)
