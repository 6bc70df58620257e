"""Who gains: the effect of each plan on each part of the people, and on the gap between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from infodemic_sim.codebook import check_measure
from infodemic_sim.errors import ParameterError, UnknownNameError, did_you_mean
from infodemic_sim.study.effects import SIGNS, last_values
from infodemic_sim.study.paired import paired_statistics, share_of_benefit

if TYPE_CHECKING:
    import pandas as pd

    from infodemic_sim.study.comparison import Comparison

GAP = "gap"
FEWEST_TOLD = 10
"""People whom a part must have to be told of in reports, as in official statistics."""
SHOWN = ("baseline", "value", "difference", "low", "high", "pairs")
COLUMNS = ["plan", "part", *SHOWN, "probability_of_benefit", "between"]


def equity_table(
    comparison: Comparison, partition: str, measure: str | None = None, *, topic: str = "all"
) -> pd.DataFrame:
    """Paired effects on each part of a partition, and on the gap between two of them.

    What is counted, such as cases, is told for each person, so that large parts and small ones compare.

    The gap is the highest value of a part without any plan minus the lowest, by the baseline's means over all
    replicates: the two parts are the same in all plans and replicates, so that a plan narrows the gap only by
    changing more for one of them, and chance does not choose them anew in each run. Below zero the gap has
    turned round. Parts of which any replicate has nobody are not among the two, nor are parts of fewer than
    ten people on average, who are too few for chance and for privacy; where fewer than two are left, there
    is no gap.

    Parameters
    ----------
    partition : one of the scenario's ``subgroups``, such as literacy. measure : of the codebook; none: the
        primary outcome. topic : name of a topic, or "all".

    Returns
    -------
    table : columns plan, part ("gap" for the gap), ``baseline``, ``value``, ``difference``, ``low``,
        ``high`` (95 %, paired), ``pairs``, ``probability_of_benefit`` (of a gap: of getting smaller), and
        ``between``, which says what the gap lies between.

    Raises
    ------
    UnknownNameError
        If measure or partition was not recorded.
    """
    import pandas as pd

    measure = measure or comparison.primary
    better = check_measure(measure).better
    values = {
        plan: _parts(wide, partition, measure, topic) for plan, wide in last_values(comparison.runs).items()
    }
    base = values[comparison.baseline]
    ends = _ends(base, _sizes(comparison, partition))
    tables = [
        _effects(base, values[plan], ends, SIGNS[better]).assign(plan=plan) for plan in comparison.names[1:]
    ]
    if not tables:
        return pd.DataFrame(columns=COLUMNS)
    table = pd.concat(tables, ignore_index=True)
    return table.assign(between=np.where(table["part"] == GAP, " minus ".join(ends), ""))[COLUMNS]


def gaps(
    comparison: Comparison, partition: str, measure: str | None = None, *, topic: str = "all"
) -> dict[str, np.ndarray]:
    """Size of the gap of ``equity_table``, whichever way round, by plan: float64[replicates].

    Raises
    ------
    UnknownNameError
        If measure or partition was not recorded.
    ParameterError
        If fewer than two parts have ten people and some in every replicate, so that there is no gap.
    """
    measure = measure or comparison.primary
    wide = last_values(comparison.runs)
    base = _parts(wide[comparison.baseline], partition, measure, topic)
    ends = _ends(base, _sizes(comparison, partition))
    if not ends:
        raise ParameterError(
            f"'{partition}' has fewer than two parts of {FEWEST_TOLD} people or more: there is no gap."
        )
    parts = {plan: _parts(values, partition, measure, topic) for plan, values in wide.items()}
    return {
        plan: np.abs(found.loc[ends[0]].to_numpy(float) - found.loc[ends[1]].to_numpy(float))
        for plan, found in parts.items()
    }


def partitions_of(comparison: Comparison) -> tuple[str, ...]:
    """Partitions by which the primary outcome is told, in the order in which they were recorded.

    None of a measure that is told for all people alone, such as posts or money.
    """
    runs = comparison.runs
    return _recorded(runs.loc[runs["measure"] == comparison.primary, "subgroup"])


def _recorded(subgroups: pd.Series[str]) -> tuple[str, ...]:
    """Partitions whose parts these are."""
    known = (name.partition("=")[0] for name in subgroups.astype(str).unique() if "=" in name)
    return tuple(dict.fromkeys(name for name in known if name != "intervention"))


def _parts(wide: pd.DataFrame, partition: str, measure: str, topic: str) -> pd.DataFrame:
    """Last values of each part, sums for each person: rows by name of the part, a column per replicate."""
    found = _recorded_of(wide, partition, measure, topic)
    if not check_measure(measure).is_sum:
        return found
    topics = [name for name in wide.index.unique("topic").astype(str) if name != "all"]
    people = _recorded_of(wide, partition, "people", (topics or ["all"])[0])  # of all topics: once for each
    return found / people.where(people > 0.0)


def _recorded_of(wide: pd.DataFrame, partition: str, measure: str, topic: str) -> pd.DataFrame:
    rows = wide.reset_index()
    mine = (rows["measure"] == measure) & (rows["platform"] == "all") & (rows["topic"] == topic)
    if not mine.any():
        recorded = sorted(set(rows["measure"]))
        raise UnknownNameError(f"'{measure}' was not recorded here. {did_you_mean(measure, recorded)}")
    names = rows["subgroup"].astype(str)
    mine &= names.str.startswith(f"{partition}=")
    if not mine.any():
        known = sorted(_recorded(names))
        if partition in known:
            raise UnknownNameError(f"'{measure}' was not recorded by {partition}, but for all people alone.")
        raise UnknownNameError(
            f"'{partition}' is no partition of this comparison. {did_you_mean(partition, known)}"
        )
    found = rows[mine].assign(part=names[mine].str.partition("=")[2])
    return found.set_index("part").drop(columns=["measure", "platform", "topic", "subgroup"])


def _sizes(comparison: Comparison, partition: str) -> pd.Series[float]:
    """People of each part without any plan, on average; empty where they were not recorded.

    Of topics together everybody is recorded once for each, so that the smallest number is that of people.
    """
    runs = comparison.runs
    mine = (runs["measure"] == "people") & (runs["plan"] == comparison.baseline) & (runs["platform"] == "all")
    mine &= runs["subgroup"].astype(str).str.startswith(f"{partition}=")
    found = runs.loc[mine]
    part = found["subgroup"].astype(str).str.removeprefix(f"{partition}=").rename("part")
    return found.groupby([part, "topic"], observed=True)["value"].mean().groupby("part").min()


def _ends(base: pd.DataFrame, sizes: pd.Series[float]) -> tuple[str, ...]:
    """The parts with most and least in the baseline; none where fewer than two can be told."""
    large = [name for name in base.index if sizes.get(name, FEWEST_TOLD) >= FEWEST_TOLD]
    means = base.loc[large].dropna().mean(axis=1)
    return (str(means.idxmax()), str(means.idxmin())) if len(means) > 1 else ()


def _effects(before: pd.DataFrame, after: pd.DataFrame, ends: tuple[str, ...], sign: int) -> pd.DataFrame:
    """Effects on each part and on the gap; a smaller gap is the better one."""
    import pandas as pd

    shared = before.columns.intersection(after.columns)
    x, y = (table.reindex(before.index)[shared] for table in (before, after))
    parts, directions = list(before.index), np.full(len(before), sign)
    columns = _statistics(x.to_numpy(float), y.to_numpy(float), directions)
    table = pd.DataFrame({"part": parts, **columns})
    if not ends:
        return table
    a, b = (np.atleast_2d(t.loc[ends[0]].to_numpy(float) - t.loc[ends[1]].to_numpy(float)) for t in (x, y))
    gap = _statistics(a, b, np.full(1, -1))
    return pd.concat([table, pd.DataFrame({"part": [GAP], **gap})], ignore_index=True)


def _statistics(x: np.ndarray, y: np.ndarray, directions: np.ndarray) -> dict[str, np.ndarray]:
    found = paired_statistics(x, y)
    shown = {name: found[name] for name in SHOWN}
    return {**shown, "probability_of_benefit": share_of_benefit(x, y, directions)}
