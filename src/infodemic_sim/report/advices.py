"""What to buy within a budget, as a page and as tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from infodemic_sim.decisions.answering import beyond, changed, on_front, share, spent, tried, unit_of
from infodemic_sim.decisions.deciding import Advice
from infodemic_sim.decisions.front import POSSIBLY, SURELY
from infodemic_sim.decisions.objectives import COST
from infodemic_sim.report.alternatives import several
from infodemic_sim.report.finding import Finding, Table
from infodemic_sim.report.inline import inline
from infodemic_sim.report.study_figures import Drawn
from infodemic_sim.study.overall import records
from infodemic_sim.study.shown import number, paired_runs
from infodemic_sim.study.unknowns import left_open
from infodemic_sim.sweeps.folder import written

if TYPE_CHECKING:
    import pandas as pd

MOST_ROWS = 40
CAPTION = (
    "Up and to the left is better. Numbered: plans that no other beats in every objective, with 95 % "
    "intervals; dots: other portfolios within the budget; crosses: over it, or not surely within."
)

MEANT = (
    f"On the front surely: with a probability of {share(SURELY)} or more; probably: the same, but from fewer "
    f"than six pairs of runs, which make nothing sure; possibly: above {share(POSSIBLY)}. Surely within the "
    "budget: all of the 95 % interval of what a plan spends. Such an interval ends at zero where it would "
    "reach below, for nobody spends less than nothing."
)


def advice_finding(advice: Advice, figure: Any) -> Finding:
    """The page of an advice, with the figure that ``plots.pareto_figure`` draws of it."""
    decision = advice.decision
    pairs = int(advice.judged["pairs"].max())
    return Finding(
        kicker=f"Budget · {tried(advice)} portfolios tried · {paired_runs(pairs)} of each",
        question=f"What to buy with {decision.budget.said()}?",
        answer=[*advice.answer, *beyond(advice)],
        warnings=list(_warnings(advice)),
        figures=[Drawn(inline(figure, "front", of_front(advice)), CAPTION)],
        tables=[front(advice), best(advice)],
        limits=list(_limits(advice)),
        verb="optimise",
        asked=written(decision, decision.scenario),
        scenario=decision.scenario,
    )


def of_front(advice: Advice) -> str:
    """The figure for those who cannot see it: what plans on the front change, and what they cost."""
    first = next((each for each in advice.decision.wanted if each.name != COST), None)
    said = []
    for row in records(advice.front):
        gain = "" if first is None else f"{changed(row, first)} "
        said.append(f"“{row['plan']}” {gain}at {spent(row, 'cost')}")
    what = "Plans" if first is None else f"Change in {first.shown.label.lower()} by plans"
    return (
        f"{what} that no other beats in every objective, against their cost, with 95 % intervals: "
        f"{several(said)}. The advice is “{advice.recommended}”."
    )


def front(advice: Advice, most: int = MOST_ROWS) -> Table:
    """The plans that no other beats in everything, the best in the first objective first."""
    rows = [_plan(row, advice) for row in records(advice.front)[:most]]
    more = len(advice.front) - len(rows)
    left = f" {more:,} more are in front.csv." if more else ""
    return Table(
        "Plans that no other beats in every objective",
        rows,
        f"Change against today, with 95 % intervals, of plans within the budget. {MEANT}{left}",
    )


def _plan(row: dict[str, Any], advice: Advice) -> dict[str, str]:
    told = {
        each.shown.label.lower(): changed(row, each) for each in advice.decision.wanted if each.name != COST
    }
    return {
        "plan": str(row["plan"]),
        **told,
        "cost": spent(row, "cost"),
        "staff hours": spent(row, "staff_hours"),
        "on the front": on_front(row),
    }


def best(advice: Advice) -> Table:
    """With which probability each plan is the best, those first that are likely to be."""
    first = advice.best[advice.best["criterion"] == advice.best["criterion"].iloc[0]]
    likely: pd.DataFrame = first.sort_values("probability_best", ascending=False, kind="stable")
    criterion = str(first["criterion"].iloc[0])
    scale, unit = unit_of(advice, criterion)
    rows = [
        {
            "plan": str(row["plan"]),
            "probability that it is best": share(float(row["probability_best"])),
            "best in so many pairs": share(float(row["best_in_pairs"])),
            f"expected loss ({unit})".replace(" ()", ""): number(scale * float(row["expected_loss"])),
        }
        for row in records(likely)[:MOST_ROWS]
    ]
    return Table(
        "Which is best",
        rows,
        f"Judged by {criterion.replace('_', ' ')}; expected loss: how much worse than the best plan the "
        "choice is expected to turn out. Plans that are equal are best together.",
    )


def _warnings(advice: Advice) -> Iterator[str]:
    yield from advice.notes()
    failed = advice.portfolios[advice.portfolios["budget"] == "failed"]
    if len(failed):
        yield f"{len(failed):,} of {advice.tried:,} portfolios could not be run, see portfolios.csv."


def _limits(advice: Advice) -> Iterator[str]:
    if advice.tried < advice.possible:
        yield (
            f"{advice.possible - advice.tried:,} portfolios were not tried: a search (NSGA-II) chose which "
            "were, and a better one may be among the others."
        )
    if advice.decision.confirm:
        yield "What is said of plans rests on new runs, with draws that no choice was made by."
    else:
        yield (
            "The same runs chose the plan and tell how good it is, so that it looks better than it is: "
            "confirm: 20 would run the best anew."
        )
    if advice.draws:
        yield (
            f"Intervals and probabilities hold chance between runs, and {left_open(advice.draws)}: the same "
            "for all plans of a pair. They speak of what a plan does on average over both, and hold no doubt "
            "about rules and the other numbers."
        )
    else:
        yield "Intervals and probabilities hold chance between runs, and no doubt about rules and numbers."
