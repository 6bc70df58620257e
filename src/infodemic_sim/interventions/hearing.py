"""Hearing what is posted: how much misinformation a listening desk has heard on each topic of late."""

from __future__ import annotations

import numpy as np

from infodemic_sim.interventions.base import Intervention, Memory
from infodemic_sim.randomness import Purpose, name_key
from infodemic_sim.world import World


def nothing_heard(world: World) -> Memory:
    """False posts heard on each topic so far, float64[topics]."""
    return {"heard": np.zeros(len(world.setting.topics))}


def listen(world: World, memory: Memory, desk: Intervention, recall: float, half_life: float) -> int:
    """Hear the share ``recall`` of people's new false posts; the topic most heard of, the first of equals.

    Before its schedule begins there is no desk, and nothing is heard.

    desk : the intervention. half_life : days in which what was heard counts half.
    """
    heard = memory["heard"]
    if memory["in_force"][0] == 0 and desk.when.share(world, memory) == 0.0:
        return 0
    rows = world.state.messages.slots[world.state.fresh]
    false = rows[(rows["side"] < 0) & (rows["origin"] == 0)]
    luck = world.draws.uniform(Purpose.CHOICE, false["key"].copy(), name_key(desk.key), 1)
    heard *= 2.0 ** (-world.setting.hours_per_step / (24.0 * half_life))
    heard += np.bincount(false["topic"][luck < recall], minlength=heard.size)
    return int(np.argmax(heard))
