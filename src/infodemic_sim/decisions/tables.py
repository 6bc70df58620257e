"""The tables of an advice: every portfolio tried, which is best, and what more replicates are worth."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from infodemic_sim.decisions.bench import Bench, Measured
from infodemic_sim.decisions.best import equals, expected_loss, probability_best
from infodemic_sim.decisions.decision import Decision
from infodemic_sim.decisions.front import on_front, standing
from infodemic_sim.decisions.information import of_further_pairs
from infodemic_sim.decisions.objectives import COST, Objective
from infodemic_sim.decisions.portfolio import Choice
from infodemic_sim.decisions.posterior import draws_of_means
from infodemic_sim.study.economics import Increments
from infodemic_sim.study.paired import paired_statistics

if TYPE_CHECKING:
    import pandas as pd

NOTHING = Choice(())
NET_BENEFIT = "net benefit"
AMOUNTS = ("cost", "staff_hours")
"""What a portfolio spends, which is never below zero."""


def portfolios_table(decision: Decision, bench: Bench, choices: Sequence[Choice]) -> pd.DataFrame:
    """One row for today and each portfolio that was tried.

    Columns: plan, interventions, settings; cost and staff_hours (today buys nothing, so these are amounts;
    with ``_low`` and ``_high``, 95 %, cut at zero, which costs no coverage [Mandelkern2002]); budget (within,
    unclear, over, or failed); the change of each objective against today, with its interval, in the unit of
    its measure; ``probability_on_front`` and front (surely, possibly, no), among those within the budget;
    pairs; error; ``same_as``, a smaller portfolio that gave the same in every run.
    """
    import pandas as pd

    all_of_them = with_nothing(decision, bench, choices)
    on = front_probabilities(candidates(decision, all_of_them), decision.seed)
    same = {choice: other.name for choice, other in twins(all_of_them).items()}
    rows = [
        {**_row(decision, choice, all_of_them.get(choice), on, bench), "same_as": same.get(choice, "")}
        for choice in (NOTHING, *choices)
    ]
    return pd.DataFrame(rows)


def with_nothing(decision: Decision, bench: Bench, choices: Sequence[Choice]) -> dict[Choice, Measured]:
    """What today and the portfolios that could be run gave."""
    found = {choice: bench.measured[choice] for choice in choices if choice in bench.measured}
    zeros = np.zeros((len(decision.objectives), bench.replicates))
    return {NOTHING: Measured(zeros, Increments(zeros[0], zeros[0], zeros[0])), **found}


def candidates(decision: Decision, found: Mapping[Choice, Measured]) -> dict[Choice, Measured]:
    """Today, and the portfolios that are within the budget; of twins, the one that buys the fewest things."""
    needless = twins(found)
    return {
        choice: each
        for choice, each in found.items()
        if choice not in needless and decision.budget.standing(each.spent) == "within"
    }


def doubtful(portfolios: pd.DataFrame, plan: str, leading: Objective) -> pd.DataFrame:
    """Those that may exceed the budget, and would do better in an objective than a plan, the best first."""
    gain = leading.sign * portfolios[leading.name]
    better = (gain > gain[portfolios["plan"] == plan].iloc[0]) & (portfolios["same_as"] == "")
    found = portfolios[better & (portfolios["budget"] == "unclear")]
    return found.sort_values(leading.name, ascending=leading.sign < 0, kind="stable")


def twins(found: Mapping[Choice, Measured]) -> dict[Choice, Choice]:
    """Portfolios that gained and spent the same in every run as one that buys fewer things, and that one.

    What such a portfolio buys beyond the other did nothing: it is never advised, nor on the front.
    """
    known: dict[bytes, Choice] = {}
    same = {}
    for choice in sorted(found, key=lambda choice: len(choice.bought)):
        each = found[choice]
        # + 0.0, since -0.0 has other bytes
        first = known.setdefault((np.concatenate([each.gains, each.spent]) + 0.0).tobytes(), choice)
        if first is not choice:
            same[choice] = first
    return same


def front_probabilities(found: Mapping[Choice, Measured], seed: int) -> dict[Choice, float]:
    """With which probability each portfolio is on the front."""
    stacked = np.stack([each.gains for each in found.values()])
    plans, objectives, pairs = stacked.shape
    drawn = draws_of_means(stacked.reshape(-1, pairs), seed=seed).reshape(plans, objectives, -1)
    return dict(zip(found, on_front(drawn).mean(axis=1).tolist(), strict=True))


def _row(
    decision: Decision, choice: Choice, found: Measured | None, on: Mapping[Choice, float], bench: Bench
) -> dict[str, Any]:
    """One portfolio, as written."""
    row: dict[str, Any] = {
        "plan": choice.name,
        "interventions": " ".join(choice.bought),
        "settings": " ".join(f"{path}={value}" for path, value in choice.settings),
        "budget": "failed" if found is None else decision.budget.standing(found.spent),
    }
    if found is None:
        return {**row, "error": bench.failed[choice]}
    spent = (found.spent.cost(decision.budget.wage), found.spent.hours)
    values = dict(zip(AMOUNTS, spent, strict=True)) | {
        each.name: each.sign * gain
        for each, gain in zip(decision.wanted, found.gains, strict=True)
        if each.name != COST
    }
    stated = paired_statistics(np.zeros((len(values), bench.replicates)), np.stack(list(values.values())))
    for place, name in enumerate(values):
        for end, what in (("", "difference"), ("_low", "low"), ("_high", "high")):
            row[name + end] = float(stated[what][place])
    for name in AMOUNTS:
        low = row[f"{name}_low"]
        row[f"{name}_low"] = float(np.maximum(0.0, low))  # of one pair there is none: NaN stays
    share = on.get(choice, 0.0)
    told = standing(share) if choice in on else "no"
    return {**row, "probability_on_front": share, "front": told, "pairs": bench.replicates, "error": ""}


def front_table(portfolios: pd.DataFrame, leading: Objective) -> pd.DataFrame:
    """The portfolios that are surely or possibly on the front, the best in the first objective first."""
    shown = portfolios[portfolios["front"].isin(["surely", "possibly"])]
    return shown.sort_values(leading.name, ascending=leading.sign < 0, kind="stable").reset_index(drop=True)


def criteria(decision: Decision, found: Mapping[Choice, Measured]) -> dict[str, np.ndarray]:
    """By what plans are judged: float64[plans, pairs] each, more is better; that which decides is first."""
    leading = np.stack([each.gains[0] for each in found.values()])
    by = {decision.objectives[0]: leading}
    if decision.worth is None:
        return by
    cost = np.stack([each.spent.cost(decision.budget.wage) for each in found.values()])
    return {f"{NET_BENEFIT} at {decision.worth:g}": decision.worth * leading - cost, **by}


def best_table(decision: Decision, found: Mapping[Choice, Measured]) -> pd.DataFrame:
    """How good each plan within the budget is, and with which probability it is the best of them.

    Columns: criterion, plan; ``expected`` gain against today with its 95 % interval (more is better);
    ``probability_best``, that no other is better; ``equals``, how many others gain the same in every run, and
    are as probably best; ``best_in_pairs``, the share of single pairs in which no other does better,
    which further pairs do not bring nearer to 1; ``expected_loss``, what choosing it is expected to
    lose against the best. Of each criterion the best expected plan is first, of equal ones the cheaper; that
    of the first criterion is the advice.
    """
    import pandas as pd

    blocks, cost = [], [each.spent.cost(decision.budget.wage).mean() for each in found.values()]
    for name, values in criteria(decision, found).items():
        drawn = draws_of_means(values, seed=decision.seed)
        stated = paired_statistics(np.zeros_like(values), values)
        block = pd.DataFrame(
            {
                "criterion": name,
                "plan": [choice.name for choice in found],
                "expected": stated["difference"],
                "low": stated["low"],
                "high": stated["high"],
                "probability_best": probability_best(drawn),
                "equals": equals(values),
                "best_in_pairs": probability_best(values),
                "expected_loss": expected_loss(drawn),
                "pairs": stated["pairs"],
            }
        )
        blocks.append(block.iloc[np.lexsort((cost, -stated["difference"]))])
    return pd.concat(blocks, ignore_index=True)


def information_table(decision: Decision, found: Mapping[Choice, Measured]) -> pd.DataFrame:
    """What more replicates of every plan within the budget are worth, in the unit of the criterion.

    Columns: criterion, ``further_replicates`` (as many again, three times, nine times as many, and inf: all
    that runs could tell), ``expected_gain`` of the choice, ``per_replicate``.
    """
    import pandas as pd

    rows = []
    for name, values in criteria(decision, found).items():
        pairs = values.shape[1]
        for further in (float(pairs), 3.0 * pairs, 9.0 * pairs, math.inf):
            gain = of_further_pairs(values, further, seed=decision.seed)
            rows.append((name, further, gain, gain / further))
    return pd.DataFrame(rows, columns=["criterion", "further_replicates", "expected_gain", "per_replicate"])
