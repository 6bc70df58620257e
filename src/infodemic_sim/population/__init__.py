"""People: roles and traits."""

from infodemic_sim.population.base import LITERACY, ROLES, Population
from infodemic_sim.population.traits import People, draw_people

__all__ = ["LITERACY", "ROLES", "People", "Population", "draw_people"]
