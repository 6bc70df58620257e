"""What somebody has chosen on the page, as a scenario with its plans."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from infodemic_sim.errors import InfodemicError, ParameterError
from infodemic_sim.graphs import ErdosRenyi, PlantedCommunities, ScaleFree, SmallWorld
from infodemic_sim.graphs.source import Generator, GraphSource
from infodemic_sim.interventions import BUILT_IN, Intervention
from infodemic_sim.parameter_paths import changed
from infodemic_sim.params import Part, Several, param
from infodemic_sim.plugins import type_name
from infodemic_sim.population import Population
from infodemic_sim.scenario import Scenario
from infodemic_sim.scenario_file import scenario_text
from infodemic_sim.study.plans import chosen, refuse_what_cannot_be_run

TODAY, PLAN = "today", "plan"
MOST_REPLICATES = 100
COMMUNITIES = 8


class Choices(Part):
    """The settings of the page: together with the scenario that it was opened with, they fix every number."""

    graph: dict[str, Any] | None = param(None, doc="A generator and its parameters; none: the scenario's.")
    values: dict[str, int | float] = param(doc="Values of parameters by path.")
    interventions: Several[str] = param((), doc="Keys of the interventions in the plan.")
    replicates: int = param(12, ge=1, le=MOST_REPLICATES, doc="Paired runs.")
    seed: int = param(1, ge=0, lt=2**63, doc="Fixes every draw.")

    def scenario(self, base: Scenario) -> Scenario:
        """What is asked, with the interventions of the plan; ``base`` holds all that are offered.

        Raises
        ------
        ParameterError
            If something chosen cannot stand, or is not offered.
        """
        if self.graph is not None:
            self._refuse_what_is_not_offered(base)
            base = base.but(population=base.population.but(graph=self.graph))
        mine = base.but(interventions=chosen(base, PLAN, self.interventions))
        return changed(mine, {path: value for path, value in self.values.items() if self._concerns(path)})

    def plans(self, base: Scenario) -> dict[str, Scenario]:
        """The baseline without interventions, and the plan."""
        scenario = self.scenario(base)
        plans = {TODAY: scenario.but(interventions=()), PLAN: scenario}
        refuse_what_cannot_be_run(plans)
        return plans

    def yaml(self, base: Scenario) -> str:
        """A scenario file from which the command line makes the same numbers."""
        plans = {TODAY: (), PLAN: self.interventions}
        asked = f"infodemic compare FILE --seed {self.seed} --replicates {self.replicates} --out FOLDER"
        return f"# The same numbers: {asked}\n" + scenario_text(self.scenario(base), Path.cwd(), plans=plans)

    def _refuse_what_is_not_offered(self, base: Scenario) -> None:
        """A page may ask for generated networks, not for files of this machine."""
        offers = [population.graph for population in networks(base)]
        generated = {graph.type_name for graph in offers if isinstance(graph, Generator)}
        if (
            self.graph not in [graph.to_dict() for graph in offers]
            and (self.graph or {}).get("type") not in generated
        ):
            raise ParameterError("the network that was asked for is not on offer.")

    def _concerns(self, path: str) -> bool:
        """Whether a path leads into what is there: not into interventions that the plan leaves out."""
        owner, _, rest = path.partition(".")
        return owner != "interventions" or any(rest.startswith(f"{key}.") for key in self.interventions)


def offered(scenario: Scenario) -> Scenario:
    """The scenario with every built-in intervention that it can take, its own first as they are set."""
    own = scenario.interventions
    taken = {type_name(type(part)) for part in own} | {part.key for part in own}
    more = [_fitting(scenario, kind) for kind in BUILT_IN if type_name(kind) not in taken]
    return scenario.but(interventions=[*own, *filter(None, more)])


def _fitting(scenario: Scenario, kind: type[Intervention]) -> Intervention | None:
    """An intervention at its defaults, if it can be part of a plan for this scenario."""
    try:
        part = kind()
        refuse_what_cannot_be_run({PLAN: scenario.but(interventions=[part])})
    except InfodemicError:
        return None
    return part


def networks(scenario: Scenario) -> Iterator[Population]:
    """The scenario's own network, then generators of its size and mean degree, each as a population on it."""
    own = scenario.population.graph
    yield scenario.population
    people = int(getattr(own, "people", 1000))
    degree = min(float(getattr(own, "mean_degree", 10.0)), people / 4)
    for kind, shape in _shapes(people, degree).items():
        if kind is not type(own) and (graph := _of_shape(kind, people=people, **shape)):
            yield scenario.population.but(graph=graph)


def _shapes(people: int, degree: float) -> dict[Callable[..., GraphSource], dict[str, Any]]:
    """What each generator needs, beside the number of people, for this mean degree."""
    parts = tuple(people // COMMUNITIES + (k < people % COMMUNITIES) for k in range(COMMUNITIES))
    return {
        ErdosRenyi: {"mean_degree": degree},
        SmallWorld: {"mean_degree": max(2, 2 * round(degree / 2)), "rewiring": 0.1},
        ScaleFree: {"mean_degree": max(2.0, degree), "triads": 0.8},
        PlantedCommunities: {"sizes": parts, "mean_degree": degree, "homophily": 0.9},
    }


def _of_shape(kind: Callable[..., GraphSource], **shape: Any) -> GraphSource | None:
    """A generator, if there are people enough for its shape."""
    try:
        return kind(seed=1, **shape)
    except InfodemicError:
        return None


def choices_from(data: Any) -> Choices:
    """What the page sent, checked.

    Raises
    ------
    ParameterError
        If it is not what a page sends.
    """
    if not isinstance(data, dict):
        raise ParameterError("the page's choices should be a mapping.")
    return Choices(**data)
