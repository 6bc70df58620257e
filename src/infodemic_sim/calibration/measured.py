"""Evidence of one's own: measures of the codebook, as observed, in a table."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from infodemic_sim.calibration.evidence import Evidence, Observed, with_errors
from infodemic_sim.calibration.tables import numbers, observations
from infodemic_sim.codebook import check_measure
from infodemic_sim.codebook.measure import Measure
from infodemic_sim.errors import ParameterError, UnknownNameError
from infodemic_sim.params import param
from infodemic_sim.scenario import Scenario
from infodemic_sim.simulation import simulate

KEYS = ("platform", "topic", "subgroup")


class Measured(Evidence):
    """Measures as observed: a CSV table with columns measure, day, value and error, its standard error.

    Columns platform, topic and subgroup may be there too; where they are not, the measure is that of all.
    """

    path: str = param(doc="The table.")

    def observed(self) -> Observed:
        rows = self._rows()
        names = [
            " ".join(str(word) for word in row if word != "all")
            for row in _keys(rows).itertuples(index=False)
        ]
        if doubled := [name for name in names if names.count(name) > 1]:
            raise ParameterError(f"{self.path}: '{doubled[0]}' is there twice: give each number one row.")
        return with_errors(names, rows["value"].tolist(), rows["error"].tolist())

    def prepared(self, scenario: Scenario) -> Scenario:
        rows = self._rows()
        for name in rows["measure"].unique():
            given = rows["value"][rows["measure"] == name]
            if self._measure(name).unit == "share" and not given.between(0.0, 1.0).all():
                raise ParameterError(f"{self.path}: {name} is a share: give values from 0 to 1.")
            if name in scenario.unmeasured:
                raise ParameterError(f"{self.path}: this scenario does not measure {name}: leave it out.")
        if rows["day"].max() > scenario.days:
            raise ParameterError(
                f"{self.path}: there is a day {rows['day'].max():g}, but runs end on day {scenario.days:g}."
            )
        whole = (rows["day"] % 1.0 == 0.0).all()
        return scenario.but(record="daily" if whole else "hourly")

    def _measure(self, name: str) -> Measure:
        try:
            return check_measure(name)
        except UnknownNameError as error:
            raise UnknownNameError(f"{self.path}: {error}") from None

    def simulated(self, scenario: Scenario, draw: int) -> np.ndarray:
        wanted, table = _keys(self._rows()), simulate(scenario, seed=draw).table
        found = wanted.merge(table, how="left", on=list(wanted.columns), indicator=True)
        for row in found[found["_merge"] == "left_only"].itertuples():
            raise ParameterError(
                f"{self.path}: runs have no {row.measure} on day {row.day:g} for platform {row.platform}, "
                f"topic {row.topic}, subgroup {row.subgroup}: take names and days that are measured."
            )
        return found["value"].to_numpy(float)

    def _rows(self) -> pd.DataFrame:
        path = Path(self.path)
        rows = observations(path, ("measure", "day", "value", "error"))
        for column in ("day", "value", "error"):
            rows[column] = numbers(rows, column, path)
        if (rows["error"] <= 0.0).any():
            raise ParameterError(f"{path}: errors are standard errors: give numbers above 0.")
        for key in KEYS:
            if key not in rows:
                rows[key] = "all"
        return rows


def _keys(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[["measure", "day", *KEYS]]
