"""What figures show, in a sentence or two, for those who cannot see them: from the tables behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from infodemic_sim.plots.series import by_day, differences, interval
from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.observed import interval_of
from infodemic_sim.study.overall import Row, by_plan, overall, ranking, records
from infodemic_sim.study.shown import Shown, change, number, shown, told

if TYPE_CHECKING:
    import pandas as pd

    from infodemic_sim.filming import Film

MOST = 6
"""Plans whose numbers are read out; the tables beside hold all."""


def of_course(comparison: Comparison, measure: str, *, difference: bool = False) -> str:
    """A measure over time: where each plan begins and ends, or how far each ends from the baseline."""
    how, values = shown(measure), by_day(comparison.runs, measure, "all", "all", "all")
    table = next(iter(values.values()))
    days, runs = f"from day {table.index[0]:g} to day {table.index[-1]:g}", table.shape[1]
    if difference:
        said = several(_ends(name, each, how.scale) for name, each in differences(values).items())
        unit = f" in {how.unit_of_change}" if how.unit_of_change else ""
        return f"Change in {how.label.lower()}{unit} against “{comparison.baseline}”, {days}: {said}."
    said = several(_ends(name, each, how.scale) for name, each in values.items())
    unit = f" in {how.unit}" if how.unit else ""
    return f"{how.label}{unit}, mean of {runs} run{'s' * (runs != 1)}, {days}: {said}."


def _ends(name: str, table: pd.DataFrame, scale: float) -> str:
    mean, _, _ = interval(table)
    first, last = (number(scale * float(mean[place])) for place in (0, -1))
    return f"“{name}” {first} to {last}"


def of_effects(effects: pd.DataFrame, measure: str) -> str:
    """Ranked effects: the best and the worst with their intervals, and how many are told from zero."""
    rows, how = overall(effects, measure), shown(measure)
    found, order = by_plan(rows), ranking(rows)
    said = [f"“{name}”, {_with_unit(found[name], how)}" for name in order]
    what = f"Change in {how.label.lower()} on the last day, with 95 % intervals."
    if len(order) == 1:
        return f"{what} {said[0]}."
    best, worst = ("Best", "worst") if how.better else ("Lowest", "highest")
    sure = sum(told(row) for row in found.values())
    are = "is" if sure == 1 else "are"
    return (
        f"{what} {best}: {said[0]}; {worst}: {said[-1]}. {sure} of {len(order)} plans {are} told from zero."
    )


def _with_unit(row: Row, how: Shown) -> str:
    return f"{change(row)} {how.unit_of_change}".rstrip()


def of_ranges(effects: pd.DataFrame, measure: str) -> str:
    """How far effects at single designs reach, for each plan."""
    how, said = shown(measure), []
    for plan, mine in effects.groupby("plan", sort=False, observed=True):
        low, high = (number(how.scale * float(mine["difference"].agg(end)), None) for end in ("min", "max"))
        said.append(f"“{plan}” {low} to {high}")
    return f"At single designs: {several(said)}."


def of_network(filmed: Mapping[str, Film]) -> str:
    """Shares of the misinformed before, and on the last day of each plan; of several topics, on the first."""
    first = next(iter(filmed.values()))
    topics = first.scenario.topics
    about = f" about “{topics[0].name}”" if len(topics) > 1 else ""
    before = number(100.0 * float(first.misinformed(None)[0]), 1)
    after = " and ".join(
        f"{number(100.0 * float(film.misinformed(None)[-1]), 1)} % under “{name}”"
        for name, film in filmed.items()
    )
    what = "The network of people in one pair of runs"
    return f"{what}: {before} % are misinformed{about} before, on the last day {after}."


def of_observed(points: pd.DataFrame) -> str:
    """How many observed points lie inside."""
    measures = [shown(str(name)).label.lower() for name in dict.fromkeys(points["measure"])]
    return (
        f"Observed points over the {interval_of(int(points['replicates'].min()))}: "
        f"{int(points['inside'].sum())} of {len(points)} lie inside it ({', '.join(measures)})."
    )


def of_readings(what: str, readings: Iterable[str]) -> str:
    """How many of some numbers are read how."""
    counts = Counter(readings)
    return f"{what}: {', '.join(f'{many} {reading}' for reading, many in counts.most_common())}."


def along(rows: pd.DataFrame, measure: str, name: str) -> str:
    """Effects along a number: those at either end of it, for each plan."""
    how, said = shown(measure), []
    for plan, mine in rows.groupby("plan", sort=False, observed=True):
        ordered = records(mine.dropna(subset=["difference"]).sort_values(name))
        if not ordered:
            continue
        ends = [f"{change(row)} at {row[name]:g}" for row in (ordered[0], ordered[-1])]
        said.append(f"“{plan}” {', '.join(ends)}")
    unit = f" in {how.unit_of_change}" if how.unit_of_change else ""
    return f"Change in {how.label.lower()}{unit} by {name}, with 95 % intervals: {several(said)}."


def over(rows: pd.DataFrame, measure: str, plan: str, names: Sequence[str]) -> str:
    """Effects of a plan by two numbers: the largest fall and rise, and where."""
    how = shown(measure)
    ordered = records(rows.dropna(subset=["difference"]).sort_values("difference"))
    said = [f"{change(row)} at {_where(row, names)}" for row in (ordered[:1] + ordered[-1:])]
    unit = f" in {how.unit_of_change}" if how.unit_of_change else ""
    return (
        f"“{plan}”: change in {how.label.lower()}{unit} by {' and '.join(names)}, from {' to '.join(said)}."
    )


def _where(row: Row, names: Sequence[str]) -> str:
    return ", ".join(f"{name} {row[name]}" for name in names)


def of_ends(table: pd.DataFrame, measure: str, plan: str) -> str:
    """A tornado: the parameter on which an effect hangs most, with the effect at its ends."""
    how = shown(measure)
    row = max(records(table), key=lambda each: abs(each["at_high"] - each["at_low"]))
    low, high = (number(how.scale * float(row[f"at_{end}"])) for end in ("low", "high"))
    unit = f" {how.unit_of_change}" if how.unit_of_change else ""
    return (
        f"“{plan}”: its effect hangs most on {row['parameter']}: {low} at its lowest value and {high}{unit} "
        "at its highest."
    )


def several(said: Iterable[str]) -> str:
    """Some texts in a row, the first few of them."""
    every = list(said)
    more = f"; and {len(every) - MOST} more" if len(every) > MOST else ""
    return "; ".join(every[:MOST]) + more
