"""What the page is told of a run as it comes about, as plain data."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from infodemic_sim.dashboard.beside import Beside, Work
from infodemic_sim.dashboard.choices import PLAN, TODAY, Choices
from infodemic_sim.dashboard.pairs import Pairs
from infodemic_sim.dashboard.pictures import Told, network, picture
from infodemic_sim.errors import ParameterError
from infodemic_sim.filming import frames
from infodemic_sim.measures.cascades import out_of_reach
from infodemic_sim.scenario import Scenario
from infodemic_sim.simulation import Run, running, warmed_up
from infodemic_sim.study.comparison import Comparison, compact
from infodemic_sim.study.overall import Row, everywhere, overall, records
from infodemic_sim.study.progress import first_use
from infodemic_sim.study.replicate import Tables
from infodemic_sim.study.shown import change, dagger, number, shown, verdict
from infodemic_sim.study.work import gathered

if TYPE_CHECKING:
    import pandas as pd

    from infodemic_sim.world import State

Film = Work | Beside

MOST_FRAMES = 60
BESIDE = (
    "credence",
    "exposures_false",
    "reshares_false",
    "reach_accurate",
    "corrections_read",
    "isolation",
    "wellbeing",
    "satisfaction",
    "disclosures",
    "adverse_choices",
    "infected",
    "accurate_posts_lost",
    "staff_minutes",
    "money",
)
"""Told beside the primary outcome, where they are measured: benefit, harm and cost."""


def told(
    choices: Choices, base: Scenario, pairs: Pairs, keep: Callable[[Comparison], None]
) -> Iterator[Told]:
    """A run as it comes about: the network, one pair of runs in pictures, then effects as pairs arrive.

    Parameters
    ----------
    pairs : makes them.
    keep : handed the comparison of all pairs so far, after each.
    """
    plans, seed = choices.plans(base), choices.seed
    if not plans[TODAY].spread.feed:
        raise ParameterError("the page shows what people believe, but this scenario's rule has no feed.")
    if words := first_use():
        yield {"kind": "news", "words": words}
    tables: dict[int, Tables] = {}
    with (
        films(plans, seed, pairs) as both,
        closing(pairs.begin(plans, range(1, choices.replicates), seed)) as work,
    ):
        first = yield from side_by_side(*both)
        for replicate, table in chain([(0, first)], work):
            tables[replicate] = table
            comparison = gathered(plans, seed, choices.replicates, tables)
            keep(comparison)
            yield {"kind": "pair", "number": len(tables), "of": choices.replicates, **effects(comparison)}
    yield {"kind": "done"}


@contextmanager
def films(plans: Mapping[str, Scenario], seed: int, pairs: Pairs) -> Iterator[tuple[Film, Film]]:
    """The first run of the baseline and of the plan: in a worker and beside this thread, or in turns."""
    one: Film
    other: Film
    if pairs.workers:
        one, other = pairs.beside(filmed, plans[TODAY], seed, True), Beside(filmed(plans[PLAN], seed))
    else:
        trunk = warmed_up(plans[TODAY].but(cascades="trees"), seed=seed)
        one = filmed(plans[TODAY], seed, True, trunk.copy())
        other = filmed(plans[PLAN], seed, False, trunk)
    with closing(one), closing(other):
        yield one, other


def filmed(plan: Scenario, seed: int, drawn: bool = False, state: State | None = None) -> Work:
    """A plan's first run: where to draw people, if that is asked for; its pictures by day; its table."""
    whole = plan.but(cascades="trees")
    with running(whole, seed=seed, state=state) as run:
        if drawn:
            yield network(run.world.setting.graphs[0], whole.topics)
        for frame in frames(run, between(whole)):
            yield frame.day, picture(frame)
        yield measured(run, plan)


def side_by_side(one: Film, other: Film) -> Generator[Told, None, Tables]:
    """The network, then two runs picture by picture; in the end their tables."""
    yield next(one)
    for today, plan in zip(one, other, strict=True):
        if not isinstance(today, tuple):
            return {TODAY: today, PLAN: plan}
        yield {"kind": "frame", "day": today[0], TODAY: today[1], PLAN: plan[1]}
    raise AssertionError("a film ends with a table.")


def measured(run: Run, plan: Scenario) -> pd.DataFrame:
    """The table that a plan has of its own: without what whole cascades alone can tell."""
    table = run.result().table
    kept = ~table["measure"].isin(out_of_reach(plan.cascades))
    return compact(table[kept].reset_index(drop=True))


def between(scenario: Scenario) -> float:
    """Days from picture to picture: whole steps, and not too many pictures."""
    steps = max(1, -(-scenario.steps // MOST_FRAMES))
    return steps * scenario.hours_per_step / 24.0


def effects(comparison: Comparison) -> Told:
    """What the plan changed in all pairs so far, and the course by day."""
    found = comparison.effects()
    there = {row["measure"]: row for row in records(found[everywhere(found)])}
    rows = {name: there[name] for name in told_of(comparison.primary, there) if name in there}
    return {**of_plan(rows, comparison.primary), "course": course(comparison)}


def told_of(primary: str, measured: Iterable[str]) -> list[str]:
    """The primary outcome, and what is told beside it of all that was measured."""
    there = set(measured)
    return [primary, *(name for name in BESIDE if name in there and name != primary)]


def of_plan(rows: Mapping[str, Row], primary: str, plans: int = 1) -> Told:
    """The difference on the primary outcome with its interval, and others beside it.

    Parameters
    ----------
    rows : paired statistics of one plan by measure, the primary outcome among them.
    plans : how many were compared with the baseline; of several, some do not stay told from no change.

    Raises
    ------
    ParameterError
        If no pair of runs has a value of the primary outcome.
    """
    if primary not in rows:
        raise ParameterError(f"in no pair of runs is there a {primary} to compare: let another outcome lead.")
    how, row = shown(primary), rows[primary]
    effect = {
        "difference": _finite(row["difference"] * how.scale),
        "low": _finite(row["low"] * how.scale),
        "high": _finite(row["high"] * how.scale),
        "change": change(row),
        "unit": how.unit_of_change,
        "label": how.label,
        "verdict": verdict(row),
        "mark": dagger(row) if plans > 1 else "",
    }
    return {"effect": effect, "beside": [_row(rows[name], plans) for name in rows if name != primary]}


def _finite(value: float) -> float | None:
    """JSON has no infinity: one pair alone has no interval."""
    return float(value) if np.isfinite(value) else None


def _row(row: Row, plans: int) -> Told:
    """Texts of one row; levels have a unit of their own where the change has another."""
    how = shown(row["measure"])
    own = f" {how.unit}" if how.unit != how.unit_of_change else ""
    return {
        "label": how.label,
        "unit": how.unit_of_change,
        TODAY: number(row["baseline"] * how.scale) + own,
        PLAN: number(row["value"] * how.scale) + own,
        "change": change(row),
        "verdict": verdict(row),
        "mark": dagger(row) if plans > 1 else "",
    }


def course(comparison: Comparison, plan: str = PLAN) -> Told:
    """The primary outcome by day under the baseline and a plan: means of all pairs."""
    runs, how = comparison.runs, shown(comparison.primary)
    wide = overall(runs, comparison.primary).pivot_table("value", "day", "plan", observed=True) * how.scale
    days, lines = wide.index.tolist(), {TODAY: wide[comparison.baseline], PLAN: wide[plan]}
    return {"days": days, "unit": how.unit, **{name: line.tolist() for name, line in lines.items()}}
