"""Where portfolios are tried: their runs in one folder, each made once, and what they gain and spend."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from infodemic_sim.decisions.decision import PORTFOLIO, Decision
from infodemic_sim.decisions.portfolio import Choice
from infodemic_sim.errors import OutputExistsError, ParameterError, ResultFileError
from infodemic_sim.study.comparison import RUN_COLUMNS, Comparison, categorised
from infodemic_sim.study.economics import MINUTES, MONEY, Increments, increments
from infodemic_sim.study.plans import TODAY
from infodemic_sim.study.store import write_text
from infodemic_sim.study.unknowns import DECLARED, Unknowns
from infodemic_sim.sweeps.address import scenario_key
from infodemic_sim.sweeps.design import Point
from infodemic_sim.sweeps.drawing import drawing_of
from infodemic_sim.sweeps.foreman import Progress
from infodemic_sim.sweeps.results import Results
from infodemic_sim.sweeps.running import sweep

Done = Callable[[int], None]
"""Called with the number of runs that are there."""
TRIED = ".tried.json"
"""Every portfolio that was ever tried in a folder: a study may only grow."""


class Measured(NamedTuple):
    """What a portfolio gave."""

    gains: np.ndarray  # float64[objectives, pairs], more is better
    spent: Increments

    @property
    def means(self) -> np.ndarray:
        """Mean gains, float64[objectives]."""
        return np.asarray(self.gains.mean(axis=1))


class Bench:
    """Tries portfolios; the same one twice costs nothing, in this process or a later one.

    Parameters
    ----------
    out : the folder of the runs. replicates, seed : of the study there.
    """

    def __init__(
        self,
        decision: Decision,
        out: Path,
        replicates: int,
        seed: int,
        workers: int = 1,
        progress: Done | None = None,
    ) -> None:
        self.decision, self.out, self.replicates, self.seed = decision, out, replicates, seed
        self.workers, self.progress = workers, progress
        self.drawing = self._drawing()
        self.points = self._tried_before()
        self.measured: dict[Choice, Measured] = {}
        self.failed: dict[Choice, str] = {}

    def measure(self, choices: Sequence[Choice]) -> None:
        """Have the runs of some portfolios made, and see what they gave: ``measured``, or ``failed``."""
        new = [c for c in dict.fromkeys(choices) if c not in self.measured and c not in self.failed]
        if not new:
            return
        places = self._places(new)
        results = self._swept(len(new))
        self._note_failures(results, places)
        good = {place: choice for place, choice in places.items() if choice not in self.failed}
        if good:
            self._note_gains(self._comparison(results, good), list(good.values()))

    def _places(self, choices: Sequence[Choice]) -> dict[int, Choice]:
        """The number of each portfolio's point; new ones are added to the points."""
        known = {_text(point): place for place, point in enumerate(self.points)}
        places = {}
        for choice in choices:
            point = self.decision.portfolio.point(self.decision.scenario, choice)
            place = known.setdefault(_text(point), len(self.points))
            if place == len(self.points):
                self.points.append(point)
            places[place] = choice
        return places

    def _swept(self, new: int) -> Results:
        """The runs of all points, of which so many are new."""
        self.out.mkdir(parents=True, exist_ok=True)
        write_text(self.out / TRIED, json.dumps({"of": self._key(), "points": self.points}) + "\n")
        study = self.decision.study(self.points, replicates=self.replicates, seed=self.seed)
        known = len(self.measured) + len(self.failed)
        after = (1 + known + new) * self.replicates  # runs that will be there, those of today among them
        told = None if self.progress is None else _told(self.progress, after)
        return sweep(study, self.out, workers=self.workers, progress=told)

    def _note_failures(self, results: Results, places: dict[int, Choice]) -> None:
        failures = results.failures().to_dict("records")
        if today := next((row for row in failures if row["plan"] == TODAY), None):
            raise ParameterError(f"the scenario without any intervention cannot be run: {today['error']}")
        self.failed |= {places[row["point"]]: str(row["error"]) for row in failures if row["point"] in places}

    def _comparison(self, results: Results, places: dict[int, Choice]) -> Comparison:
        """Today and some portfolios, with the measures that the objectives need."""
        primary = self.decision.scenario.primary
        wanted = {MINUTES, MONEY, *(each.measure for each in self.decision.wanted)}
        first = min(places)
        rows = results.query(
            "SELECT point, plan, replicate, day, platform, topic, subgroup, measure, value FROM design "
            f"JOIN runs USING (run) WHERE platform = 'all' AND measure IN ({_listed(wanted)}) "
            f"AND (plan = '{PORTFOLIO}' AND point IN ({', '.join(map(str, places))}) "
            f"OR plan = '{TODAY}' AND point = {first}) "
            "ORDER BY plan DESC, point, replicate, topic, subgroup, measure"
        )
        names = {place: choice.name for place, choice in places.items()}
        rows["plan"] = rows["plan"].astype(object).where(rows["plan"] == TODAY, rows["point"].map(names))
        return Comparison(
            names=(TODAY, *names.values()), plans={}, seed=self.seed, replicates=self.replicates,
            finished=tuple(range(self.replicates)), primary=primary, runs=categorised(rows[RUN_COLUMNS]),
        )  # fmt: skip

    def _note_gains(self, comparison: Comparison, choices: Sequence[Choice]) -> None:
        spent = increments(comparison, MONEY)
        gains = [each.gains(comparison, self.decision.ask) for each in self.decision.wanted]
        for choice in choices:
            mine = np.stack([each[choice.name] for each in gains])
            self.measured[choice] = Measured(mine, spent[choice.name])

    def _tried_before(self) -> list[Point]:
        path = self.out / TRIED
        if not path.exists():
            return []
        try:
            said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            key, points = said["of"], list(said["points"])
        except (OSError, ValueError, KeyError, TypeError):
            raise ResultFileError(f"{path}: this cannot be read: give another folder.") from None
        if key != self._key():
            raise OutputExistsError(
                f"{self.out}: this holds the runs of another decision (scenario, what may be bought, seed "
                "or draws); nothing in it was changed: give another folder."
            )
        return points

    def _drawing(self) -> Unknowns | None:
        """What draws parameters, the same for all portfolios; refused before anything is written."""
        scenario, portfolio = self.decision.scenario, self.decision.portfolio
        points = [portfolio.point(scenario, portfolio.alone(scenario)[0])]
        return drawing_of(self.decision.study(points, replicates=self.replicates, seed=self.seed), points)

    def _key(self) -> str:
        """What all runs of the folder share.

        Of a table of draws that is what it holds, wherever it lies; of declared ranges, what is left out.
        """
        scenario, portfolio = self.decision.scenario, self.decision.portfolio
        shared = [scenario_key(scenario), *portfolio.keys(scenario), str(self.seed)]
        if self.drawing is not None:
            record = self.drawing.record
            shared += [record["digest"]] if "digest" in record else [DECLARED, *sorted(portfolio.settings)]
        return hashlib.blake2b("\0".join(shared).encode(), digest_size=16).hexdigest()


def _told(progress: Done, after: int) -> Progress:
    """Progress of one sweep as that of the whole search."""
    return lambda made, left: progress(after - (left - made))


def _text(point: Point) -> str:
    return json.dumps(point, sort_keys=True)


def _listed(names: set[str]) -> str:
    """Names as SQL takes them."""
    return ", ".join(f"'{name}'" for name in sorted(names))
