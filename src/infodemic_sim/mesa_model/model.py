"""A scenario as a Mesa model: the same run, step by step."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

import mesa
import numpy as np
from mesa.agent import AgentSet

from infodemic_sim.codebook import check_measure
from infodemic_sim.errors import ParameterError, is_whole, whole
from infodemic_sim.mesa_model.moment import Moment
from infodemic_sim.mesa_model.people import positions
from infodemic_sim.mesa_model.person import PersonView
from infodemic_sim.mistakes import short
from infodemic_sim.result import Result
from infodemic_sim.scenario import Scenario
from infodemic_sim.scenario_file import read_scenario
from infodemic_sim.simulation import Run
from infodemic_sim.world import World


class InfodemicModel(mesa.Model):
    """Run a scenario with ``step()``; at the end, ``result()`` equals ``simulate`` number for number.

    The warm-up is run when the model is made, so that step 1 begins at day 0. After each step the
    ``datacollector`` is told; a subclass may put its own in its place, or make institutions, in its
    ``__init__``. When the scenario's days are over, ``running`` is False and steps change nothing.

    With ``mesa.batch_run`` give ``plan`` in a list (or as a name), ``seed`` and ``replicate`` among the
    parameters, and at least as many ``max_steps`` as the plan has: Mesa's own default is 1000. (``seed``
    stands behind ``changes`` because Mesa 3.5 puts its own value in the place of a seed it can see.)

    Parameters
    ----------
    plan : a scenario, a scenario file, or the name of a bundled scenario.
    rng : the seed, an integer; ``seed=`` is understood too.
    replicate : with the seed it fixes every draw.
    threads : threads that readers are spread over; results do not depend on it.
    measures : names of measures to collect, in one text apart by spaces or as a list; none: the primary.
    changes : parameters of the scenario to replace, such as ``days=30.0``.
    """

    def __init__(
        self,
        plan: Scenario | str | os.PathLike[str],
        *,
        rng: int | None = None,
        replicate: int = 0,
        threads: int = 1,
        measures: str | Iterable[str] = (),
        **changes: Any,
    ) -> None:
        chosen = one_seed(rng, changes.pop("seed", None))
        super().__init__(rng=chosen)
        given = named(plan)
        self.plan = given.but(**changes) if changes else given
        names = measures.split() if isinstance(measures, str) else tuple(measures)
        self.datacollector = mesa.DataCollector(self.reporters(*names or (self.plan.primary,)))
        self.simulation = Run(self.plan, seed=chosen, replicate=replicate, threads=threads)
        self._views: dict[int, PersonView] = {}
        self._moment: Moment | None = None
        for _ in range(self.plan.warm_up_steps):
            self.simulation.step()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.simulation!r}>"

    def step(self) -> None:
        """One step of the scenario. Agents' own ``step`` is left to subclasses, as in Mesa."""
        if not self.running:
            return
        self.simulation.step()
        if self.simulation.since_day_0 == self.plan.steps:
            self.close()
        self.datacollector.collect(self)

    def result(self) -> Result:
        """The measures so far; ``outside_agents`` names the institutions that took part."""
        return self.simulation.result()

    def close(self) -> None:
        """Stop for good, and give threads back."""
        self.running = False
        self.simulation.close()

    @property
    def world(self) -> World:
        """The arrays of the run."""
        return self.simulation.world

    @property
    def day(self) -> float:
        """Days since day 0."""
        return self.world.day

    def measure(
        self, measure: str, *, topic: str = "all", platform: str = "all", subgroup: str = "all"
    ) -> float:
        """A measure of the codebook at this moment."""
        if self._moment is None or self._moment.step != self.world.step:
            self._moment = Moment(self.simulation)
        return self._moment.value(measure, platform=platform, topic=topic, subgroup=subgroup)

    @staticmethod
    def reporters(*measures: str) -> dict[str, Callable[[InfodemicModel], float]]:
        """Model reporters for a ``DataCollector``: the day, and measures of the codebook by name."""
        return {"day": _day, **{name: _reporter(name) for name in measures}}

    @property
    def people(self) -> AgentSet:
        """Everybody, as views; see ``people_at`` where some will do."""
        return self.people_at(np.arange(self.world.n))

    def people_at(self, people: Any) -> AgentSet:
        """Views of some people: a mask bool[n] or positions; each is made once and kept."""
        views = [self._view(place) for place in positions(people, self.world.n).tolist()]
        return AgentSet(views, random=self.random)

    @property
    def agent_types(self) -> list[type]:
        """Types of institutions, and views of people."""
        return [*super().agent_types, PersonView]

    @property
    def agents_by_type(self) -> dict[type, AgentSet]:
        """Institutions by type, and views of people."""
        return {**super().agents_by_type, PersonView: self.people}

    def _view(self, place: int) -> PersonView:
        if place not in self._views:
            self._views[place] = PersonView(self, place)
        return self._views[place]


def named(plan: Any) -> Scenario:
    """The scenario itself, or that of a file or a name."""
    if isinstance(plan, Scenario):
        return plan
    if isinstance(plan, str | os.PathLike):
        return read_scenario(plan).scenario
    raise ParameterError(
        f"plan must be a scenario, a file or a name, but got {short(plan)}; batch_run takes [plan]."
    )


def one_seed(rng: int | None, seed: int | None) -> int:
    """The seed, given by one of its two names."""
    given = [value for value in (rng, seed) if value is not None]
    if len(given) != 1 or not is_whole(given[0]):
        raise ParameterError(
            f"InfodemicModel needs one seed, an integer, as rng= or seed=; got rng={rng!r}, seed={seed!r}."
        )
    return whole("seed", given[0])


def _day(model: InfodemicModel) -> float:
    return model.day


def _reporter(measure: str) -> Callable[[InfodemicModel], float]:
    check_measure(measure)

    def report(model: InfodemicModel) -> float:
        return model.measure(measure)

    return report
