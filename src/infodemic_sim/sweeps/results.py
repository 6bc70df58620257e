"""The results of a study, while it runs or after: as tables, effects, and comparisons for reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from infodemic_sim.codebook import check_measure
from infodemic_sim.errors import ParameterError, ResultFileError, UnknownNameError, did_you_mean, is_whole
from infodemic_sim.measures.tidy import NAMES
from infodemic_sim.mistakes import short
from infodemic_sim.study.effects import BETTER, SIGNS
from infodemic_sim.study.paired import paired_statistics, share_of_benefit
from infodemic_sim.study.several import with_correction
from infodemic_sim.study.written import parquet
from infodemic_sim.sweeps.folder import DESIGN, STUDY, read_design, read_record
from infodemic_sim.sweeps.manifest import Stamp, at_one_moment, sound_parts

if TYPE_CHECKING:
    import pandas as pd

    from infodemic_sim.study.comparison import Comparison

TEXTS = dict.fromkeys(NAMES, "VARCHAR")
COLUMNS = {"run": "VARCHAR", "day": "DOUBLE", **TEXTS, "value": "DOUBLE", "error": "VARCHAR"}
"""Of the table ``runs``."""


@dataclass(frozen=True)
class Results:
    """The runs of a study that are in its folder.

    Two tables can be joined by ``run``: ``design`` (point, plan, replicate, run, a column for each parameter)
    and ``runs`` (run, day, platform, topic, subgroup, measure, value, error).
    """

    folder: Path

    def __post_init__(self) -> None:
        object.__setattr__(self, "folder", Path(self.folder))
        self.record  # noqa: B018 (refuses what is no study)

    @cached_property
    def record(self) -> dict[str, Any]:
        """What the study is: seed, replicates, plans, parameters, primary, model_version …"""
        return read_record(self.folder)

    @property
    def parameters(self) -> list[str]:
        """Paths of the parameters that the design varies."""
        return list(self.record["parameters"])

    @cached_property
    def design(self) -> pd.DataFrame:
        """One row per point, plan and replicate, whether its run is there or not."""
        design = read_design(self.folder)
        if missing := [path for path in self.parameters if path not in design.columns]:
            raise ResultFileError(
                f"{self.folder / DESIGN}: there is no column '{missing[0]}', which {STUDY} speaks of: delete "
                "the file, and run the same command again."
            )
        return design

    def query(self, sql: str, **tables: pd.DataFrame) -> pd.DataFrame:
        """The answer to a question in SQL about the tables ``design`` and ``runs``.

        Parameters
        ----------
        tables : further ones, by the name that the question gives them.

        Raises
        ------
        ResultFileError
            If no run has finished yet, a file is not what was written, or there is a mistake in the question.
        """
        return at_one_moment(lambda: self._answer(sql, tables))

    @cached_property
    def _sound(self) -> set[Stamp]:
        """Parts that have been found to be what was written."""
        return set()

    def _answer(self, sql: str, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
        import duckdb

        files = sound_parts(self.folder, self._sound)
        if not files:
            raise ResultFileError(f"{self.folder}: no run has finished yet.")
        columns = ", ".join(f"{name}::{kind} AS {name}" for name, kind in COLUMNS.items())
        try:
            with duckdb.connect() as database:
                database.register("designed", self.design)
                for name, table in tables.items():
                    database.register(name, table)
                database.execute("CREATE VIEW design AS SELECT * FROM designed")
                database.execute(f"CREATE VIEW runs AS SELECT {columns} FROM {parquet(*files)}")
                return database.execute(sql).df()
        except (duckdb.Error, UnicodeDecodeError) as error:
            for path in files:
                path.stat()  # which tells one that a merge has replaced
            said = (str(error).splitlines() or [type(error).__name__])[0][:300]
            raise ResultFileError(
                f"{self.folder}: this question has no answer, for a mistake in it or a damaged file ({said})."
            ) from None

    def failures(self) -> pd.DataFrame:
        """Runs that failed, each with its error: point, plan, replicate, error."""
        return self.query(
            "SELECT point, plan, replicate, error FROM design JOIN runs USING (run) WHERE error IS NOT NULL "
            "ORDER BY point, plan, replicate"
        )

    def values(
        self, measure: str, *, platform: str = "all", topic: str = "all", subgroup: str = "all"
    ) -> pd.DataFrame:
        """One measure at the end of all runs: point, plan, replicate, the parameters, value.

        Raises
        ------
        UnknownNameError
            If there is no such measure, or the runs have no such platform, topic or subgroup.
        """
        check_measure(measure)
        where = {"measure": measure, "platform": platform, "topic": topic, "subgroup": subgroup}
        wanted = " AND ".join(f"{name} = {_text(value)}" for name, value in where.items())
        columns = ", ".join(["point", "plan", "replicate", *map(_name, self.parameters)])
        found = self.query(
            f"SELECT {columns}, arg_max_null(value, day) AS value FROM design JOIN runs USING (run) "
            f"WHERE {wanted} GROUP BY ALL ORDER BY point, plan, replicate"
        )
        if found.empty:
            self._refuse_unknown(where)
        return found

    def _refuse_unknown(self, where: Mapping[str, str]) -> None:
        """Say which name no run has, where no row has all of them; of runs that all failed there are none."""
        for name, value in where.items():
            known = self.query(f"SELECT DISTINCT {name} FROM runs WHERE {name} IS NOT NULL")[name].tolist()
            if name != "measure" and known and value not in known:
                raise UnknownNameError(f"no run has the {name} '{value}'. {did_you_mean(value, known)}")

    def effects(
        self, measure: str | None = None, *, half_width: float | None = None, **part: str
    ) -> pd.DataFrame:
        """What each plan changed at each point: the paired statistics of ``compare``, one row each.

        What is told of plans together (``p_adjusted``, ``low_together``, ``high_together``) counts the plans
        at a point, and not how many points there are.

        Parameters
        ----------
        measure : none: the primary outcome of the study.
        part : platform, topic, subgroup; left out: all.
        """
        import pandas as pd

        measure = measure or str(self.record["primary"])
        wide = self.values(measure, **part).pivot_table("value", "replicate", ["plan", "point"], dropna=False)
        baseline, *others = self.record["plans"]
        if not others:
            raise ParameterError(
                "there is one plan only, so nothing to compare it with: ask for values instead."
            )
        points = self.design.groupby("point")[self.parameters].first()
        everything = pd.MultiIndex.from_product([[baseline, *others], points.index])
        wide = wide.reindex(columns=everything)  # also what failed everywhere, without values
        blocks = []
        for plan in others:
            before, after = (wide[name].to_numpy(float).T for name in (baseline, plan))
            sign = np.full(len(points), SIGNS[BETTER[measure]])
            found = paired_statistics(before, after, half_width)
            found["probability_of_benefit"] = share_of_benefit(before, after, sign)
            blocks.append(points.assign(plan=plan, measure=measure, **found, better=BETTER[measure]))
        return with_correction(pd.concat(blocks).reset_index(), ["point"])

    def comparison(self, point: int | None = None) -> Comparison:
        """The plans at one point of the design, or averaged over all of them, see ``sweeps.compared``.

        Everything that is done with what ``compare`` gives can be done with it: effects, equity, a report.
        """
        from infodemic_sim.sweeps.compared import comparison_of, whole

        points = self.design["point"].unique().tolist()
        if point is not None and not (is_whole(point) and point in points):
            raise ParameterError(
                f"point must be one of the {len(points)} of the design, but got {short(point)}."
            )
        return comparison_of(self, whole(self, points if point is None else [point]))


def _text(value: str) -> str:
    """A text as SQL takes it."""
    return "'" + value.replace("'", "''") + "'"


def _name(value: str) -> str:
    """The name of a column as SQL takes it."""
    return '"' + value.replace('"', '""') + '"'
