"""Scenarios as Mesa models, and institutions as Mesa agents."""

from infodemic_sim.mesa_model.institution import Institution
from infodemic_sim.mesa_model.messages import Messages
from infodemic_sim.mesa_model.model import InfodemicModel
from infodemic_sim.mesa_model.page import page
from infodemic_sim.mesa_model.person import PersonView

__all__ = ["InfodemicModel", "Institution", "Messages", "PersonView", "page"]
