"""Rows of the report's tables, as texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infodemic_sim.codebook import BY_NAME, ORDER
from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.effects import LOST
from infodemic_sim.study.equity import FEWEST_TOLD, GAP, partitions_of
from infodemic_sim.study.observed import coverage_table
from infodemic_sim.study.overall import Row, by_plan, overall, ranking
from infodemic_sim.study.shown import change, digits_after_point, judged, number, shown, times_better, verdict
from infodemic_sim.study.themes import themes_table

if TYPE_CHECKING:
    import pandas as pd

COUNTS = ("acts", "people", "staff_minutes", "money")
COSTS = ("staff_minutes", "money", "people_treated", "reach_plan", LOST.name)
Cells = dict[str, Any]


def primary_rows(comparison: Comparison, effects: pd.DataFrame) -> list[Cells]:
    """Effects on the primary outcome, the best plan first."""
    rows = overall(effects, comparison.primary)
    found = by_plan(rows)
    return [cells(found[plan]) for plan in ranking(rows)]


def topic_rows(comparison: Comparison, effects: pd.DataFrame) -> list[Cells]:
    """The baseline and each plan's effect on the primary outcome by topic; nothing where it has one only."""
    mine = (effects["measure"] == comparison.primary) & (effects["topic"] != "all")
    mine &= (effects["platform"] == "all") & (effects["subgroup"] == "all")
    scale, rows = shown(comparison.primary).scale, []
    for topic, part in effects[mine].groupby("topic", sort=False, observed=True):
        found = by_plan(part)
        baseline = number(next(iter(found.values()))["baseline"] * scale)
        rows.append({"topic": str(topic), "baseline": baseline, "entries": _entries(found, comparison)})
    return rows if len(rows) > 1 else []


def by_person_and_topic(measure: str) -> bool:
    """Whether people count once for each topic."""
    return measure in BY_NAME and "topics" in BY_NAME[measure].denominator


def _entries(found: dict[str, Row], comparison: Comparison) -> list[Cells]:
    """What each plan changed, as cells of a row."""
    rows = map(found.get, comparison.names[1:])
    return [{"text": _change(row), "kind": verdict(row) if row else ""} for row in rows]


def exploratory_groups(comparison: Comparison, effects: pd.DataFrame) -> list[Cells]:
    """All other outcomes in the order of the codebook; those that no plan touched are left out."""
    groups = []
    for measure in [*ORDER, LOST.name]:
        rows = overall(effects, measure)
        if measure != comparison.primary and (rows["note"] != "no difference in any pair").any():
            how = shown(measure)
            other = f"; change in {how.unit_of_change}" if how.unit_of_change != how.unit else ""
            found = [cells(row) for row in by_plan(rows).values()]
            groups.append({"label": how.label, "unit": how.unit + other, "better": how.better, "rows": found})
    return groups


def cost_rows(comparison: Comparison, effects: pd.DataFrame) -> list[Cells]:
    """Per plan: staff hours, money, people treated, people reached and accurate posts lost."""
    found = {measure: by_plan(overall(effects, measure)) for measure in COSTS}
    return [
        {"plan": plan, **{name: _change(found[name].get(plan)) for name in COSTS}}
        for plan in comparison.names[1:]
    ]


def deed_rows(comparison: Comparison) -> list[Cells]:
    """What each intervention did, whom it reached and what it cost: means over replicates."""
    table = comparison.deeds()
    numbers = {name: [_mean_count(value) for value in table[name]] for name in COUNTS}
    columns = table.assign(**numbers).to_dict("list")
    return [dict(zip(map(str, columns), row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _mean_count(value: float) -> str:
    """A mean of counts: in whole numbers, but with its part of one where that is much of it."""
    return number(value, 0 if value >= 10.0 or value.is_integer() else max(1, digits_after_point(value, 1)))


def worth_rows(comparison: Comparison) -> list[Cells]:
    """What each plan averts and what it pays for each of them: a row per plan and outcome."""
    found: dict[tuple[str, str], Cells] = {}
    for row in comparison.worth().to_dict("records"):
        plan, outcome = row["plan"], row["outcome"]
        averted = _estimate(row["averted"], row["averted_low"], row["averted_high"])
        told = {"plan": plan, "outcome": outcome, "averted": averted, "per": {}, "note": row["note"]}
        per = found.setdefault((plan, outcome), told)["per"]
        per[row["resource"]] = _estimate(row["per_averted"], row["low"], row["high"])
    return list(found.values())


def _estimate(value: float, low: float, high: float) -> str:
    """A number with its interval, as texts."""
    return change({"measure": "", "difference": value, "low": low, "high": high}) if value == value else "–"


def coverage_rows(points: pd.DataFrame) -> list[Cells]:
    """For each measure, how many observed points lie inside the predictive interval."""
    return [
        {
            "label": shown(str(row["measure"])).label,
            "inside": f"{row['inside']} of {row['points']}",
            "share": _percent(row["share"]),
            "promised": _percent(row["promised"]),
        }
        for row in coverage_table(points).to_dict("records")
    ]


def subgroup_rows(comparison: Comparison, effects: pd.DataFrame) -> tuple[list[str], list[Cells]]:
    """Plans as columns, and for each part of the people its effect on the primary outcome."""
    mine = (effects["measure"] == comparison.primary) & (effects["subgroup"] != "all")
    mine &= (effects["platform"] == "all") & (effects["topic"] == "all")
    mine &= ~effects["subgroup"].isin(handfuls(effects))
    plans, rows = list(comparison.names[1:]), []
    for subgroup, part in effects[mine].groupby("subgroup", sort=False):
        found = by_plan(part)
        if any(row["pairs"] for row in found.values()):
            rows.append({"subgroup": readable(str(subgroup)), "entries": _entries(found, comparison)})
    return plans, rows


def handfuls(effects: pd.DataFrame) -> list[str]:
    """Parts of so few people, on average, that what is told of them could give somebody away."""
    people = effects[(effects["measure"] == "people") & (effects["platform"] == "all")]
    counts = (
        people[people["subgroup"] != "all"].groupby("subgroup", sort=False, observed=True)["baseline"].min()
    )
    return [str(name) for name in counts.index[counts < FEWEST_TOLD]]


def gap_rows(comparison: Comparison) -> list[Cells]:
    """For each partition, what the gap is between, how wide it is, and what each plan does to it."""
    scale, rows = shown(comparison.primary).scale, []
    for partition in partitions_of(comparison):
        table = comparison.equity(partition)
        gaps = by_plan(table[table["part"] == GAP].assign(measure=comparison.primary, better="lower"))
        if gaps:
            first = next(iter(gaps.values()))
            entries = [{"text": change(gap), "kind": verdict(gap)} for gap in gaps.values()]
            between, wide = readable(f"{partition}={first['between']}"), number(first["baseline"] * scale)
            rows.append({"between": between, "baseline": wide, "entries": entries})
    return rows


def theme_rows(comparison: Comparison, effects: pd.DataFrame) -> list[Cells]:
    """For each theme its measures, and what each plan did to them; without those that were not simulated."""
    table = themes_table(comparison, effects)
    table = table[table["note"].eq("") | table["plan"].ne("")]
    rows = []
    for (theme, measure, platform), part in table.groupby(["theme", "measure", "platform"], sort=False):
        found, how = by_plan(part.assign(better=shown(str(measure)).better)), shown(str(measure))
        entries = _entries(found, comparison)
        where = "" if platform == "all" else f", {platform}"
        unit = f" ({how.unit_of_change})" if how.unit_of_change else ""
        rows.append({"theme": theme, "label": f"{how.label}{where}{unit}", "entries": entries})
    return rows


def cells(row: Row) -> Cells:
    """One effect as texts."""
    scale = shown(row["measure"]).scale
    return {
        "plan": row["plan"],
        "baseline": number(row["baseline"] * scale),
        "value": number(row["value"] * scale),
        "change": change(row),
        "relative": change(row, "relative", 100.0) if row["relative"] == row["relative"] else "–",
        "benefit": times_better(row),
        "gain": _gain(row["pairing_gain"]),
        "needed": number(row["replicates_needed"], 0),
        "kind": verdict(row),
        "said": judged(row).replace("none", "no difference"),
    }


def readable(subgroup: str) -> str:
    """literacy=below_basic → literacy: below basic."""
    return subgroup.replace("=", ": ", 1).replace("_", " ")


def _change(row: Row | None) -> str:
    return "–" if row is None else change(row)


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %" if share == share else "–"


def _gain(gain: float) -> str:
    return "> 10,000" if gain > 1e4 else number(gain, 1 if gain < 100 else 0)
