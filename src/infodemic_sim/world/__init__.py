"""The arrays that change during a run, and the verbs with which plug-ins change them."""

from infodemic_sim.world.state import State
from infodemic_sim.world.world import Setting, World

__all__ = ["Setting", "State", "World"]
