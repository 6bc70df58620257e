"""People: roles and traits."""

from infodemic_sim.population.base import LITERACY, ROLES, Population
from infodemic_sim.population.traits import People, draw_people
from infodemic_sim.population.trust import TrustShift

__all__ = ["LITERACY", "ROLES", "People", "Population", "TrustShift", "draw_people"]
