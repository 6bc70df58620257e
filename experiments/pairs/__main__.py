"""Do the effects of two interventions add up?

python -m experiments.pairs --workers 2
"""

from itertools import combinations

import pandas as pd
from matplotlib.figure import Figure

import infodemic_sim as ids
from experiments.common import Experiment, Size, Tables, about, conduct, town
from infodemic_sim.study.plans import readable

PARTS = (
    ids.ProviderCorrection(),
    ids.PeerCorrection(),
    ids.WarningLabel(),
    ids.Removal(),
    ids.Inoculation(),
    ids.AccuracyPrompt(),
)
PAIRS = {f"{readable(a)} + {readable(b)}": (readable(a), readable(b)) for a, b in combinations(PARTS, 2)}
OUTCOMES = ("misinformed", "exposures_false", "reshares_false")


def plans(size: Size) -> dict[str, ids.Scenario]:
    today = town(size)
    parts = {readable(part): part for part in PARTS}
    alone = {name: today.but(interventions=[part]) for name, part in parts.items()}
    both = {pair: today.but(interventions=[parts[name] for name in names]) for pair, names in PAIRS.items()}
    return {"today": today, **alone, **both}


def tables(comparison: ids.Comparison) -> Tables:
    found = about(ids.interactions(comparison, PAIRS), *OUTCOMES)
    names = pd.DataFrame([PAIRS[plan] for plan in found["plan"]], columns=["first", "second"])
    return {
        "pairs": pd.concat([found, names], axis=1),
        "effects_of_plans": about(comparison.effects(), *OUTCOMES),
    }


def figure(found: Tables) -> Figure:
    singles = found["effects_of_plans"][~found["effects_of_plans"]["plan"].isin(PAIRS)]
    drawing = ids.plots.new_figure(13, 9)
    panels = drawing.subplots(2, 2, width_ratios=[1, 1.7])
    for (left, right), measure in zip(panels, ("misinformed", "exposures_false"), strict=True):
        ids.plots.effects_ranked(singles, measure, left)
        left.set_title("Each alone")
        ids.plots.heat_map(found["pairs"], measure, right, rows="first", columns="second")
        right.set_title(right.get_title(loc="left").replace("Change", "Interaction of two: change"))
    return drawing


EXPERIMENT = Experiment("pairs", Size(1_000, 30, 10), plans, tables, figure)

if __name__ == "__main__":
    conduct(EXPERIMENT)
