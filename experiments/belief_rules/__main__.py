"""Does the ranking of plans survive when the assumptions of the belief rule change?

python -m experiments.belief_rules --workers 2
"""

from dataclasses import replace

import pandas as pd
from matplotlib.figure import Figure
from scipy.stats import kendalltau

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

PARTS = (
    ids.ProviderCorrection(),
    ids.PeerCorrection(),
    ids.WarningLabel(),
    ids.AccuracyPrompt(),
    ids.Inoculation(),
)
DECLARED = "as declared"
RULES: dict[str, dict[str, float]] = {
    DECLARED: {},
    "little lasts (share 0.05)": {"lasting_share": 0.05},
    "much lasts (share 0.6)": {"lasting_share": 0.6},
    "tight bound (1.5)": {"bound": 1.5},
    "wide bound (6)": {"bound": 6.0},
    "no congruence": {"congruence": 0.0},
    "no repetition": {"repetition": 0.0},
    "weak claims (0.55)": {"persuasion_claim": 0.55},
    "strong claims (1.2)": {"persuasion_claim": 1.2},
    "weak corrections (0.65)": {"persuasion_correction": 0.65},
    "strong corrections (3.2)": {"persuasion_correction": 3.2},
}
DRAWS = 4
"""Draws of all strengths and persuasions from what their sources leave open."""


def plans(size: Size) -> dict[str, ids.Scenario]:
    plain = town(size)
    rules = {name: plain.but(spread=ids.FeedSpread(**changes)) for name, changes in RULES.items()}
    found = crossed(rules, PARTS)
    for seed in range(1, DRAWS + 1):
        draw = crossed({f"draw {seed}": plain}, PARTS)
        found |= {name: ids.draw_plausible(plan, seed=seed) for name, plan in draw.items()}
    return found


def tables(comparison: ids.Comparison) -> Tables:
    """Effects against the same rule without plan, and how rankings agree with that of the declared rule."""
    effects = about(effects_in_own_worlds(comparison), "misinformed")
    return {"agreement": agreement(comparison, effects), "belief_rules": effects}


def agreement(comparison: ids.Comparison, effects: pd.DataFrame) -> pd.DataFrame:
    """For each rule Kendall's tau of its ranking with the declared one, its best plan, and that plan's lead.

    The lead is the difference between the rule's best plan and the one that is best as declared. The last
    row is what chance alone does: the declared rule in one half of the replicates against the other half.
    """
    field = effects.pivot(index="world", columns="intervention", values="difference")
    field = field.loc[list(dict.fromkeys(effects["world"]))]
    best = field.idxmin(axis="columns")
    leads = {f"{rule}: {plan}": {f"{rule}: {best[DECLARED]}": 1.0} for rule, plan in best.items()}
    table = about(ids.contrasts(comparison, leads), "misinformed")[
        ["plan", "difference", "low", "high", "pairs"]
    ]
    table.insert(0, "best", [plan.partition(": ")[2] for plan in table["plan"]])
    table.insert(0, "rule", [plan.partition(":")[0] for plan in table.pop("plan")])
    tau = [kendalltau(field.loc[DECLARED], field.loc[rule]).statistic for rule in table["rule"]]
    table.insert(1, "kendall_tau", tau)
    chance = pd.DataFrame(
        [{"rule": "half of the replicates against the other", "kendall_tau": by_chance(comparison)}]
    )
    return pd.concat([table, chance], ignore_index=True)


def by_chance(comparison: ids.Comparison) -> float:
    """Kendall's tau between the two halves of the replicates, under the declared rule."""
    names = tuple(name for name in comparison.names if name.partition(":")[0] == DECLARED)
    runs = comparison.runs[comparison.runs["plan"].isin(names)]
    halves = [replace(comparison, names=names, runs=runs[runs["replicate"] % 2 == half]) for half in (0, 1)]
    effects = (about(effects_in_own_worlds(half), "misinformed")["difference"] for half in halves)
    return float(kendalltau(*effects).statistic)


def figure(found: Tables) -> Figure:
    effects = found["belief_rules"]
    drawing = ids.plots.new_figure(11, 1.6 + 0.5 * effects["world"].nunique())
    ax = drawing.add_subplot()
    ids.plots.heat_map(effects, "misinformed", ax, rows="world", columns="intervention")
    return drawing


EXPERIMENT = Experiment("belief_rules", Size(1_000, 30, 4), plans, tables, figure)

if __name__ == "__main__":
    conduct(EXPERIMENT)
