"""The arrays that change during a run, and the verbs with which plug-ins change them."""

from infodemic_sim.world.state import State
from infodemic_sim.world.world import LONGEST_RUN, Setting, World

__all__ = ["LONGEST_RUN", "Setting", "State", "World"]
