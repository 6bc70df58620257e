"""Scenarios that come with the package, by name: ``read_scenario("demo")``."""

from infodemic_sim.scenario_file import bundled_scenarios

__all__ = ["bundled_scenarios"]
