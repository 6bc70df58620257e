"""Group moderation: members who look after a group take false posts down there."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim import kernels
from infodemic_sim.interventions.answering import AnsweringIntervention
from infodemic_sim.interventions.base import Indices, Memory
from infodemic_sim.interventions.capacity import Capacity, Cost
from infodemic_sim.interventions.who import Role, WhoField
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.randomness import Purpose, name_key
from infodemic_sim.world import World


class GroupModeration(AnsweringIntervention):
    """Moderators remove the false posts that they read from the groups and forums they belong to.

    A moderator who has read a false message recognises it with the chance ``recall`` and, if it stands in
    one of their own spaces on that platform, takes it down from all of these. Elsewhere it stays, and those
    who have read it have read it. Acts are messages dealt with by one moderator.
    """

    family: ClassVar[str] = "community"
    needs: ClassVar[frozenset[str]] = frozenset({"take_down"})
    effects: ClassVar[tuple[str, ...]] = ("recall",)

    who: WhoField = param(Role(role="moderator"), doc="Who moderates.")
    capacity: Capacity = param(Capacity(per_actor_per_day=30), doc="How many messages can be dealt with.")
    cost: Cost = param(Cost(minutes=2.0), doc="What dealing with one message costs.")
    recall: float = param(
        0.7, ge=0, le=1, unit="share", doc="False messages read that a moderator recognises.", source=ASSUMED
    )

    @property
    def works_on(self) -> tuple[str, ...]:
        """Groups and forums."""
        return ("spaces",)

    def incoming(self, world: World, active: np.ndarray) -> tuple[Indices, np.ndarray]:
        """False messages that moderators have read and recognised, and that stand in a space of theirs."""
        actors, objects = super().incoming(world, active)
        identities = kernels.draws.absorb_all(world.people.key[actors], objects[:, 0].copy())
        luck = world.draws.uniform(Purpose.CHOICE, identities, name_key(self.key))
        known = luck < self.recall
        actors, objects = actors[known], objects[known]
        act, _, _ = self._where(world, actors, objects[:, 1].astype(np.int32))
        here = np.unique(act)
        return actors[here], objects[here]

    def answer(self, world: World, actors: Indices, slots: np.ndarray, memory: Memory) -> None:
        """Take the messages down from the spaces of those who moderate."""
        act, platforms, spaces = self._where(world, actors, slots)
        for p in np.unique(platforms).tolist():
            mine = platforms == p
            world.take_down(slots[act[mine]], p, spaces[mine])

    def _where(
        self, world: World, actors: Indices, slots: np.ndarray
    ) -> tuple[Indices, np.ndarray, np.ndarray]:
        """Where these messages stand in spaces of these people: act, platform and space, int64[m] each."""
        found = [np.empty((3, 0), np.int64)]
        at = world.state.messages.slots["platform"][slots]
        for p, members in enumerate(world.members):
            here = np.flatnonzero(at == p)
            if members is None or not here.size:
                continue
            act, spaces = members.of(actors[here])
            standing = world.stand_in(slots[here[act]], p, spaces)
            act = here[act[standing]]
            found.append(np.stack([act, np.full(act.size, p), spaces[standing]]))
        act, platforms, spaces = np.concatenate(found, axis=1)
        return act, platforms, spaces
