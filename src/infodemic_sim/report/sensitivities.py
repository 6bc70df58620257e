"""What an outcome hangs on, as a page and as tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from infodemic_sim.plots.sensitivity import IN_UNITS, TITLES
from infodemic_sim.report.alternatives import several
from infodemic_sim.report.finding import Finding, Table
from infodemic_sim.report.inline import inline
from infodemic_sim.report.study_figures import Drawn
from infodemic_sim.sensitivity import Answer
from infodemic_sim.study.overall import records
from infodemic_sim.study.shown import Shown, decimals_of_interval, number, paired_runs, shown
from infodemic_sim.study.unknowns import left_open
from infodemic_sim.sweeps.folder import written
from infodemic_sim.sweeps.ranges import range_of

if TYPE_CHECKING:
    import pandas as pd

CAPTION = (
    "Left: how much hangs on each parameter, with 95 % intervals. Right: the outcome at either end of its "
    "range, the others in the middle of theirs, from a plane through all points."
)


def sensitivity_finding(answer: Answer, figure: Any) -> Finding:
    """The page of an answer, with the figure that ``plots.sensitivity_figure`` draws of it."""
    question, how = answer.question, shown(answer.question.outcome)
    runs = f"{question.points:,} points · {len(answer.outcomes)} plans · {paired_runs(question.replicates)}"
    return Finding(
        kicker=f"Sensitivity by {question.method.capitalize()} · {runs} of each",
        question=f"On which of {len(question.parameters)} parameters does “{how.label.lower()}” hang?",
        answer=answer.sentences(),
        warnings=(),
        figures=[Drawn(inline(figure, "sensitivity", of_answer(answer)), CAPTION)],
        tables=list(sensitivity_tables(answer)),
        limits=list(_limits(answer)),
        verb="sensitivity",
        asked=written(question, question.scenario),
        scenario=question.scenario,
    )


def of_answer(answer: Answer) -> str:
    """The figure for those who cannot see it: for each outcome the parameters on which most hangs."""
    how = shown(answer.question.outcome)
    return f"How much {how.label.lower()} hangs on each parameter: {several(_most(answer, how))}."


def _most(answer: Answer, how: Shown) -> Iterator[str]:
    """For each outcome two parameters, with the index that ranks them and the outcome at their ends."""
    for outcome in answer.outcomes:
        mine, said = answer.table[answer.table["outcome"] == outcome], []
        for path in list(answer.ranking(outcome)["parameter"])[:2]:
            rows = records(mine[mine["parameter"] == path])
            cells, name = _cells(path, rows, how), str(mine["index"].iloc[0])
            ends = f"; {cells['at its lowest']} to {cells['at its highest']} from end to end"
            said.append(f"{path} ({name} {cells[name]}{ends if _moves(rows[0]) else ''})")
        yield f"{outcome} on {', then '.join(said)}"


def sensitivity_tables(answer: Answer) -> Iterator[Table]:
    """For each outcome, the parameters in the order of how much hangs on them."""
    how = shown(answer.question.outcome)
    for outcome in answer.outcomes:
        mine = answer.table[answer.table["outcome"] == outcome]
        rows = [
            _cells(path, records(mine[mine["parameter"] == path]), how)
            for path in answer.ranking(outcome)["parameter"]
        ]
        yield Table(f"{how.label}: {outcome}", rows, _note(how, mine))


def _cells(path: str, rows: list[dict[str, Any]], how: Shown) -> dict[str, str]:
    """A parameter with all its indices and ends."""
    first = rows[0]
    ends = {
        f"at its {end}": number(how.scale * first[f"at_{name}"]) if _moves(first) else "–"
        for end, name in ENDS.items()
    }
    turns = {"turns the sign": "yes" if first["turns"] else "no"} if _is_change(first["outcome"]) else {}
    return {"parameter": path, **{str(row["index"]): _index(row, how) for row in rows}, **ends, **turns}


ENDS = {"lowest": "low", "highest": "high"}


def _index(row: dict[str, Any], how: Shown) -> str:
    scale = how.scale if row["index"] in IN_UNITS else 1.0
    value, low, high = (scale * row[name] for name in ("value", "low", "high"))
    if not high - low > 1e-9 * abs(value):  # all that rounding leaves of no width
        return number(value)
    places = decimals_of_interval(low, high)
    return f"{number(value, places)} ({number(low, places)} to {number(high, places)})"


def _is_change(outcome: str) -> bool:
    """Whether an outcome is what a plan changes, and no level."""
    return " − " in outcome


def _moves(row: dict[str, Any]) -> bool:
    """Whether more hangs on a parameter than chance may make of one without effect."""
    return bool(row["at_low"] != row["at_high"])


def _note(how: Shown, rows: pd.DataFrame) -> str:
    """What the numbers are, and their units."""
    names = set(rows["index"])
    told = [f"{name}: {TITLES[name][0].lower()}{TITLES[name][1:]}" for name in TITLES if name in names]
    unit = how.unit_of_change if _is_change(str(rows["outcome"].iloc[0])) else how.unit
    effects = f" (in {how.unit_of_change})" if how.unit_of_change and names & set(IN_UNITS) else ""
    return (
        f"{'; '.join(told)}{effects}. At its lowest, at its highest: the outcome there"
        f"{f', in {unit}' if unit else ''}, by a plane fitted to all points; –: the parameter moves nothing, "
        "or no more than chance makes of one without effect."
    )


def _limits(answer: Answer) -> Iterator[str]:
    asked = answer.question
    ranges = {path: range_of(asked.scenario, path, spread) for path, spread in asked.parameters.items()}
    spans = ", ".join(f"{path} {each.low:g} to {each.high:g}" for path, each in ranges.items())
    yield f"All of this holds within the ranges asked for, and would differ over others ({spans})."
    if draws := answer.results.record.get("draws"):
        yield (
            f"Outcomes are means over {asked.replicates:,} replicates, which hold {left_open(draws)}, the "
            "same at all points; intervals are those of the points."
        )
    yield "A sign is said to turn only where the outcome is two standard errors from zero at both ends."
    chance = answer.table["chance"].max()
    if chance > 0.0:
        yield f"A parameter without any effect may reach an index of {number(float(chance))} here."
