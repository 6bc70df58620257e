"""Scenario files: YAML read strictly, written so that it reads back equal, and described for editors."""

from infodemic_sim.scenario_file.reading import ScenarioFile, bundled_scenarios, read_scenario
from infodemic_sim.scenario_file.schema import schema
from infodemic_sim.scenario_file.writing import scenario_text, write_scenario

__all__ = [
    "ScenarioFile",
    "bundled_scenarios",
    "read_scenario",
    "scenario_text",
    "schema",
    "write_scenario",
]
