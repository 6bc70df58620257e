"""The form of the page, as plain data: what can be set, and what is set at first."""

from __future__ import annotations

from pathlib import Path

from infodemic_sim.dashboard.choices import networks
from infodemic_sim.dashboard.controls import controls
from infodemic_sim.dashboard.pictures import Told
from infodemic_sim.graphs import GraphFile, SocialGraph
from infodemic_sim.interventions import Intervention
from infodemic_sim.scenario import Scenario
from infodemic_sim.study.shown import shown


def form(base: Scenario, own: Scenario) -> Told:
    """Everything that can be set, with what is set at first.

    Parameters
    ----------
    base : holds all interventions that are offered.
    own : the scenario as it was opened; its interventions are in the plan at first.
    """
    rest = [control._asdict() for control in controls(base) if control.group != "network"]
    return {
        "networks": [_network(base.but(population=population)) for population in networks(base)],
        "controls": rest,
        "interventions": [_intervention(part) for part in base.interventions],
        "chosen": [part.key for part in own.interventions],
        "primary": shown(own.primary).label,
    }


def _network(scenario: Scenario) -> Told:
    graph = scenario.population.graph
    mine = [control._asdict() for control in controls(scenario) if control.group == "network"]
    if isinstance(graph, SocialGraph):
        return {"label": f"as given, {graph.n:,} people", "graph": None, "controls": []}
    file = f": {Path(graph.path).name}" if isinstance(graph, GraphFile) else ""
    return {
        "label": graph.type_name.replace("_", " ") + file,
        "graph": graph.to_dict(),
        "controls": mine,
    }


def _intervention(part: Intervention) -> Told:
    doc = (type(part).__doc__ or "").strip().split("\n")[0]
    return {"key": part.key, "label": part.key.replace("_", " "), "doc": doc, "family": part.family}
