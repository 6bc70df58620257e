"""What is not known of parameters, anew in every replicate: from declared ranges, or a table of draws."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from infodemic_sim.errors import InfodemicError, ParameterError, UnknownNameError, did_you_mean
from infodemic_sim.parameter_paths import changed, field_at
from infodemic_sim.randomness import Draws, Purpose
from infodemic_sim.scenario import Scenario
from infodemic_sim.study.draws_table import Row, keys_of, rows_of, table_of
from infodemic_sim.study.files_of_values import refuse_missing, told_from
from infodemic_sim.study.plans import Plans
from infodemic_sim.study.plausible import draw_plausible

if TYPE_CHECKING:
    from infodemic_sim.study.frames import Table

DECLARED = "declared"
OF_INTERVENTIONS = "interventions."


class Unknowns(Protocol):
    """Says which parameters the plans of a replicate have."""

    def at(self, plans: Plans, replicate: int) -> dict[str, Scenario]:
        """The plans with the parameters of a replicate, the same in all of them."""
        ...

    @property
    def changes_graphs(self) -> bool:
        """Whether a graph may differ from one replicate to the next."""
        ...

    @property
    def record(self) -> dict[str, Any]:
        """Where the values come from, as plain data."""
        ...


@dataclass(frozen=True)
class Declared:
    """Every strength at its default is drawn from the range that its source leaves open, but for some."""

    seed: int
    kept: frozenset[str] = frozenset()
    changes_graphs = False

    def at(self, plans: Plans, replicate: int) -> dict[str, Scenario]:
        return {
            name: draw_plausible(plan, seed=self.seed, replicate=replicate, kept=self.kept)
            for name, plan in plans.items()
        }

    @property
    def record(self) -> dict[str, Any]:
        return {"from": DECLARED}


@dataclass(frozen=True)
class Drawn:
    """Rows of a table in the order in which replicates use them; after the last comes the first again."""

    rows: tuple[Row, ...]
    source: str

    def at(self, plans: Plans, replicate: int) -> dict[str, Scenario]:
        row = self.rows[replicate % len(self.rows)]
        try:
            return {name: _with(plan, row.values) for name, plan in plans.items()}
        except InfodemicError as error:
            raise ParameterError(f"{row.place}: {error}") from None

    @property
    def changes_graphs(self) -> bool:
        return any({"graph", "contacts"} & set(path.split(".")) for path in self.rows[0].values)

    @property
    def record(self) -> dict[str, Any]:
        texts = "\n".join(sorted(row.text for row in self.rows))
        digest = hashlib.blake2b(texts.encode(), digest_size=16).hexdigest()
        paths = sorted(self.rows[0].values)
        return {"from": self.source, "rows": len(self.rows), "parameters": paths, "digest": digest}


def left_open(record: Mapping[str, Any]) -> str:
    """What intervals hold beside chance, where parameters were drawn so."""
    if record["from"] == DECLARED:
        return "what sources leave open of strengths, drawn anew in every replicate from their ranges"
    named = ", ".join(record["parameters"])
    return f"what the {record['rows']:,} draws of {record['from']} leave open of {named}"


def used_again(record: Mapping[str, Any] | None, replicates: int) -> str:
    """A sentence where fewer draws than replicates were given; else empty."""
    rows = (record or {}).get("rows", replicates)
    if rows >= replicates:
        return ""
    return (
        f"There are {rows:,} draws of parameters for {replicates:,} pairs, so some were used again, and "
        "intervals, which take pairs for independent, are too narrow: give as many draws as replicates."
    )


def unknowns_of(
    draws: str | Path | Table | None,
    plans: Plans,
    *,
    seed: int,
    replicates: int,
    kept: Iterable[str] = (),
) -> Unknowns | None:
    """What ``compare`` is to draw in each replicate; every row that will be used is tried before any run.

    Rows are used in an order that hangs on the seed and on what they hold, not on where they stand. Paths of
    graph files in a table are told from its folder.

    Parameters
    ----------
    kept : paths of strengths that are not drawn from declared ranges, since something else sets them.

    Raises
    ------
    ParameterError
        If the table has no rows, or one cannot be set or names no graph file; it tells file and line.
    GraphFileError
        If the file cannot be read as a table.
    """
    if draws is None:
        return None
    if isinstance(draws, str) and draws == DECLARED:
        return Declared(seed, frozenset(kept))
    rows = rows_of(draws)
    source = str(draws) if isinstance(draws, str | Path) else "a table in memory"
    if not rows or not rows[0].values:
        raise ParameterError(f"{source}: the table of draws is empty: give a row for each draw.")
    _refuse_strangers(rows[0], plans)
    if isinstance(draws, str | Path):
        rows = told_from(table_of(draws).parent, rows, next(iter(plans.values())))
    luck = Draws(seed, 0).uniform(Purpose.DRAW, keys_of(rows))
    found = Drawn(tuple(rows[k] for k in np.argsort(luck, kind="stable")), source)
    for replicate in range(min(replicates, len(rows))):
        tried = found.at(plans, replicate)
        if found.changes_graphs:
            refuse_missing(found.rows[replicate], tried)
    return found


def _refuse_strangers(row: Row, plans: Plans) -> None:
    """Refuse a parameter of an intervention that no plan has; all other paths must be right in every plan."""
    for path in row.values:
        if path.startswith(OF_INTERVENTIONS) and not any(_has(plan, path) for plan in plans.values()):
            keys = {part.key for plan in plans.values() for part in plan.interventions}
            name = path.removeprefix(OF_INTERVENTIONS).rsplit(".", 1)[0]
            raise UnknownNameError(
                f"{row.place}: no plan has the intervention '{name}' of {path}; name it, not its place. "
                f"{did_you_mean(name, keys)}"
            )


def _has(plan: Scenario, path: str) -> bool:
    """Whether a path leads into the plan; only interventions may be missing, as plans differ in them."""
    if not path.startswith(OF_INTERVENTIONS):
        return True
    return any(path.startswith(f"{OF_INTERVENTIONS}{part.key}.") for part in plan.interventions)


def _with(plan: Scenario, values: Mapping[str, Any]) -> Scenario:
    mine = {path: _fitting(plan, path, value) for path, value in values.items() if _has(plan, path)}
    return changed(plan, mine)


def _fitting(plan: Scenario, path: str, value: Any) -> Any:
    """The value, as a whole number where the parameter is one and tables of floats hold it as 3.0."""
    if isinstance(value, float) and value.is_integer() and field_at(plan, path).annotation is int:
        return int(value)
    return value
