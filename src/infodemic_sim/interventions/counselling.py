"""Counselling: health professionals talk with patients, away from any platform."""

from __future__ import annotations

from typing import ClassVar

from infodemic_sim.interventions.base import Indices, Intervention, Memory
from infodemic_sim.interventions.capacity import Cost
from infodemic_sim.interventions.who import Role, WhoField
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.randomness import Purpose, name_key
from infodemic_sim.world import World


class Counselling(Intervention):
    """A conversation about the topic, which moves belief as a correction by a provider does.

    Each person concerned has a conversation with the probability 1 - exp(-per_day dt / w) in a step, w the
    share of the week in which staff work. It takes no place in any feed, and persuades as far as the person
    trusts providers.
    """

    family: ClassVar[str] = "health professionals"
    needs: ClassVar[frozenset[str]] = frozenset({"telling"})
    effects: ClassVar[tuple[str, ...]] = ("per_day", "strength")
    gathers: ClassVar[bool] = False

    who: WhoField = param(Role(role="patient"), doc="Who is counselled.")
    cost: Cost = param(Cost(minutes=10.0), doc="What one conversation costs.")
    topic: str | None = param(None, doc="Name of the topic; none: the first.")
    per_day: float = param(
        0.01, ge=0, unit="conversations/day", doc="Conversations of one person.", source=ASSUMED
    )
    strength: float = param(
        1.5,
        ge=0,
        le=10,
        unit="factor",
        doc="Persuasion of a conversation relative to a correction.",
        source=ASSUMED,
        plausible=(0.5, 3.0),
    )

    def taking_part(self, world: World, memory: Memory) -> Indices:
        """Those concerned who come for a conversation in this step."""
        people = super().taking_part(world, memory)
        chance = self.chance(world, self.per_day)
        keys = world.people.key[people]
        luck = world.draws.uniform(Purpose.CHOICE, keys, name_key(self.key), world.step)
        return people[luck < chance]

    def act(self, world: World, people: Indices, memory: Memory) -> None:
        """The conversations of this step."""
        topic = world.topic_index(self.topic)
        world.tell(people, topic, source="provider", strength=self.strength)
