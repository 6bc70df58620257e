"""Social listening: hear which topic draws most misinformation, and speak to that one."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.interventions.base import Indices, Memory
from infodemic_sim.interventions.capacity import Cost
from infodemic_sim.interventions.hearing import listen, nothing_heard
from infodemic_sim.interventions.publishing import PublishingIntervention
from infodemic_sim.interventions.who import Role, WhoField
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.world import World


class SocialListening(PublishingIntervention):
    """A desk samples what is posted; staff publish on the topic in which it heard most misinformation.

    The desk hears the share ``recall`` of false posts; what it heard counts less with a half-life. Posts
    follow ``delay`` after they were decided. With one topic it is an education campaign.
    """

    family: ClassVar[str] = "health system"

    who: WhoField = param(Role(role="provider"), doc="Who publishes.")
    delay: float = param(1.0, ge=0, unit="d", doc="Time from hearing to publishing.", source=ASSUMED)
    cost: Cost = param(Cost(minutes=25.0), doc="What one post costs, listening included.")
    per_day: float = param(0.5, ge=0, unit="posts/day", doc="Posts of one of the staff.", source=ASSUMED)
    recall: float = param(0.3, ge=0, le=1, unit="share", doc="False posts that are heard.", source=ASSUMED)
    half_life: float = param(3.0, gt=0, unit="d", doc="Time in which what was heard halves.", source=ASSUMED)

    def start(self, world: World) -> Memory:
        """What the desk has heard."""
        return nothing_heard(world)

    def topics(self, world: World, writers: Indices, memory: Memory) -> np.ndarray:
        """The topic most heard of, for all posts; listening itself goes on in every step."""
        loudest = listen(world, memory, self, self.recall, self.half_life)
        chosen = loudest if self.topic is None else world.topic_index(self.topic)
        return np.full(writers.size, chosen, np.uint64)
