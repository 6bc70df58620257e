"""The plans of a study as one comparison: those at a point of its design, or averaged over its points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from infodemic_sim.errors import InfodemicError, ParameterError
from infodemic_sim.measures.tidy import NAMES
from infodemic_sim.scenario import Scenario
from infodemic_sim.study.comparison import Comparison, categorised
from infodemic_sim.sweeps.address import address, scenario_key
from infodemic_sim.sweeps.folder import study_of

if TYPE_CHECKING:
    import pandas as pd

    from infodemic_sim.sweeps.results import Results

MOST_PATTERNS = 64
"""Sets of replicates that are tried, the most frequent first: runs that fail by chance give many."""


class Block(NamedTuple):
    """What is there completely: each of the plans at each of the points in each of the replicates."""

    plans: list[str]
    points: list[int]
    replicates: list[int]

    def at(self, point: int) -> Block:
        """The same at one point."""
        return self._replace(points=[point])


def whole(results: Results, points: Sequence[int]) -> Block:
    """The largest block of some points, and of replicates, in which all plans have run; it may be empty.

    A plan that has no run beside one of the baseline is no part of it.
    """
    names, replicates = list(results.record["plans"]), range(results.record["replicates"])
    made = results.query(
        "SELECT point, plan, replicate FROM design WHERE run IN (SELECT run FROM runs WHERE error IS NULL)"
    )
    made = made[made["point"].isin(points)]
    cube = np.zeros((len(names), len(points), len(replicates)), bool)
    place = {point: k for k, point in enumerate(points)}
    cube[made["plan"].map(names.index), made["point"].map(place), made["replicate"]] = True
    kept = np.flatnonzero((cube & cube[0]).any(axis=(1, 2)))
    there = np.asarray(cube[kept].all(axis=0))
    if not kept.size or not there.any():
        return Block([], [], [])
    rows, columns = _largest(there)
    return Block([names[k] for k in kept], [points[k] for k in rows], [replicates[k] for k in columns])


def comparison_of(results: Results, block: Block, measure: str = "") -> Comparison:
    """The plans of a block, each number averaged over its points, replicate by replicate.

    Replicates have the same draws at all points, so the mean over points of one replicate is one independent
    observation, and intervals hold chance between replicates; each point counts the same. What is not
    measured at every point is left out. Points that end on different days are compared at their ends alone.

    Parameters
    ----------
    measure : the only one that is wanted; empty: all.

    Raises
    ------
    ParameterError
        If the block is empty.
    """
    if not block.points:
        raise ParameterError(
            "at no point has every plan run in one replicate: wait for the study, or look at failures()."
        )
    record = results.record
    return Comparison(
        names=tuple(block.plans),
        plans=plans_at(results, block) if len(block.points) == 1 else {},
        seed=record["seed"],
        replicates=record["replicates"],
        finished=tuple(block.replicates),
        primary=record["primary"],
        runs=_runs(results, block, measure),
        draws=record.get("draws"),
    )


def _largest(there: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns of a full block of bool[points, replicates]: the largest whose columns are a row's."""
    patterns, counts = np.unique(there, axis=0, return_counts=True)
    order = np.argsort(-counts * patterns.sum(axis=1), kind="stable")[:MOST_PATTERNS]
    covered = [np.flatnonzero((there >= patterns[k]).all(axis=1)) for k in order]
    sizes = [rows.size * int(patterns[k].sum()) for k, rows in zip(order, covered, strict=True)]
    best = int(np.argmax(sizes))
    return covered[best], np.flatnonzero(patterns[order[best]])


def plans_at(results: Results, block: Block) -> dict[str, Scenario]:
    """Plans at the point of a block that make its runs again to the last bit: whose address is theirs.

    Where parameters are drawn in each replicate, they are the plans that are drawn from.
    """
    record, (study, _), point = results.record, study_of(results.record), block.points[0]
    try:
        found = study.plans_or_faults(study.points()[point]) if study else {}
    except (InfodemicError, IndexError):  # of a design in a file that has changed
        return {}
    plans = {name: plan for name, plan in found.items() if isinstance(plan, Scenario) and name in block.plans}
    if record.get("draws"):
        return plans
    design, replicate = results.design, block.replicates[0]
    mine = design[(design["point"] == point) & (design["replicate"] == replicate)]
    runs = dict(zip(mine["plan"], mine["run"], strict=True))
    return {
        name: plan
        for name, plan in plans.items()
        if address(scenario_key(plan), record["seed"], replicate) == runs[name]
    }


def _runs(results: Results, block: Block, measure: str) -> pd.DataFrame:
    """The rows of a comparison: in the order of plans and replicates, those of one in the order of a run."""
    import pandas as pd

    design = results.design
    mine = design[
        design["point"].isin(block.points)
        & design["plan"].isin(block.plans)
        & design["replicate"].isin(block.replicates)
    ][["point", "plan", "replicate", "run"]]
    sample = mine.drop_duplicates("plan")["run"].tolist()
    labels = results.query(f"SELECT {', '.join(NAMES)} FROM runs WHERE run IN {_listed(sample)}")
    ended = "SELECT DISTINCT max(day) AS day FROM mine JOIN runs USING (run) GROUP BY run"
    ends = results.query(ended, mine=mine)
    table = results.query(_means(block, ends["day"].tolist(), measure), mine=mine)
    orders = {"plan": block.plans, **{name: list(labels[name].unique()) for name in NAMES}}
    by = ["plan", "replicate", "day", "measure", "platform", "topic", "subgroup"]
    for name, values in orders.items():
        table[name] = pd.Categorical(table[name], categories=values)
    table = table.dropna(subset=list(orders)).sort_values(by, kind="stable", ignore_index=True)
    return categorised(table.astype(dict.fromkeys(orders, object)))


def _means(block: Block, ends: Sequence[float], measure: str) -> str:
    """SQL for the means over the points of a block, of whose runs the table ``mine`` tells.

    Points are added in their order, so that means of equal numbers are equal to the last bit. Where one has
    no value, such as a share of nobody, there is no mean: it would be one over other points than elsewhere.
    """
    names, day, value = ", ".join(NAMES), "day", "value"
    if len(ends) > 1:
        day, value = f"{max(ends)}::DOUBLE AS day", "arg_max_null(value, day) AS value"
    rows = f"SELECT point, plan, replicate, {day}, {names}, {value} FROM mine JOIN runs USING (run)"
    rows += f" WHERE measure = '{measure}'" if measure else ""
    return (
        f"SELECT plan, replicate, day, {names}, "
        f"CASE WHEN count(value) = {len(block.points)} THEN avg(value ORDER BY point) END AS value "
        f"FROM ({rows}{' GROUP BY ALL' * (len(ends) > 1)}) GROUP BY ALL "
        f"HAVING count(*) = {len(block.points)}"
    )


def _listed(texts: Sequence[str]) -> str:
    """Texts as a list in SQL; addresses are digests, so that none holds a quote."""
    return "(" + ", ".join(f"'{text}'" for text in texts) + ")"
