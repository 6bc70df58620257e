"""What every intervention can do: one grammar of who, when, capacity, uptake, delay and cost."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import numpy as np

from infodemic_sim.interventions.capacity import Capacity, Cost, admit, ledger
from infodemic_sim.interventions.when import Always, WhenField
from infodemic_sim.interventions.who import Everyone, WhoField
from infodemic_sim.kernels.layout import WATCHES_FALSE
from infodemic_sim.params import ASSUMED, Part, param
from infodemic_sim.plugins import Plugin, type_name
from infodemic_sim.randomness import Purpose, name_key
from infodemic_sim.world import World

Memory = dict[str, np.ndarray]
"""What an intervention remembers: arrays only, handed back to it at each step."""

Indices = np.ndarray
"""People as positions, int[m]."""


FAMILIES = ("health professionals", "community", "individual", "platform", "health system", "own")
"""Families of the catalogue; "own" is what others add."""


class Intervention(Plugin, Part):
    """Base of all interventions.

    A subclass says what is done, in ``act``; the grammar here decides to whom, when and how often.
    ``act`` is called at each step, with nobody when the schedule rests, so that effects may last.
    Zero targets, capacity, uptake, duration, or strength equals absence, bit for bit.
    """

    family: ClassVar[str] = "own"
    """Family in the catalogue, one of FAMILIES."""
    needs: ClassVar[frozenset[str]] = frozenset()
    """Levers it uses; a spread rule without one of them is refused."""
    effects: ClassVar[tuple[str, ...]] = ()
    """Parameters that are its strength: with one at zero, nobody is treated and nothing is charged."""
    prepares: ClassVar[bool] = False
    """Whether it acts before others in a step, because it changes what they can do."""
    watches: ClassVar[bool] = False
    """Whether its people hand over the false messages they read."""

    name: str | None = param(None, doc="Name in tables and identity in draws; none: the type.")
    who: WhoField = param(Everyone(), doc="People concerned.")
    when: WhenField = param(Always(), doc="Schedule.")
    capacity: Capacity = param(Capacity(), doc="How much can be done.")
    uptake: float = param(
        1.0, ge=0, le=1, unit="share", doc="Share of the people concerned who take part.", source=ASSUMED
    )
    delay: float = param(0.0, ge=0, unit="d", doc="Time from the decision to the act.", source=ASSUMED)
    cost: Cost = param(Cost(), doc="What one act costs.")

    @property
    def key(self) -> str:
        """Identity among the interventions of a scenario."""
        return self.name or type_name(type(self))

    @property
    def neutral(self) -> bool:
        """Whether its strength is zero."""
        return any(getattr(self, name) == 0 for name in self.effects)

    def start(self, world: World) -> Memory:
        """What it remembers at the start, apart from its ledger."""
        return {}

    def act(self, world: World, people: Indices, memory: Memory) -> None:
        """What is done to, or by, ``people`` in this step."""
        raise NotImplementedError

    def remember(self, world: World) -> Memory:
        """Memory at the start: its own, its ledger and its queue of delayed acts."""
        queue = {"due": np.empty(0), "actor": np.empty(0, np.int64), "object": np.empty((0, 2), np.uint64)}
        return {**self.start(world), **ledger(world.n), **queue}

    def run(self, world: World, memory: Memory) -> None:
        """One step: choose people by the grammar, then act."""
        people = self.taking_part(world, memory)
        nothing = np.zeros((people.size, 2), np.uint64)
        admitted = self.admit(world, memory, people, nothing)
        due, _ = self.wait(world, memory, people[admitted], nothing[admitted])
        self.charge(memory, due)
        self.act(world, due, memory)

    def taking_part(self, world: World, memory: Memory) -> Indices:
        """Positions of the people concerned who take part now, ascending."""
        share = 0.0 if self.neutral else self.when.share(world, memory)
        chance = self.uptake * share
        if chance == 0.0:
            return np.empty(0, np.int64)
        if self.who.fixed and share == 1.0:
            return world.kept((self.key, "taking part"), lambda: self._willing(world, chance))
        return self._willing(world, chance)

    def _willing(self, world: World, chance: float) -> Indices:
        """Those concerned who take part at this chance; each has one luck for the whole run."""
        concerned = np.flatnonzero(self.who.mask(world))
        if chance >= 1.0:
            return concerned
        luck = world.draws.uniform(Purpose.UPTAKE, world.people.key[concerned], name_key(self.key))
        return concerned[luck < chance]

    def admit(self, world: World, memory: Memory, actors: Indices | None, objects: np.ndarray) -> Indices:
        """Positions among the wanted acts that capacity allows, in order of draw address.

        actors : who would act, or None where nobody in particular does.
        objects : uint64[w, 2], (identity, place) of what each act is about, or zeros.
        """
        from infodemic_sim.kernels.draws import absorb_all, uniforms

        identities = objects[:, 0].copy()
        if actors is not None:
            identities = absorb_all(world.people.key[actors], identities)
        base = world.draws.base(Purpose.CAPACITY, name_key(self.key), world.step)
        return admit(self.capacity, memory, int(world.day // 1), actors, uniforms(base, identities))

    def wait(
        self, world: World, memory: Memory, actors: Indices, objects: np.ndarray
    ) -> tuple[Indices, np.ndarray]:
        """Queue acts for the delay; those that are due now, in order of decision."""
        due = world.hour + 24.0 * (self.delay + world.levers.waiting.at(actors))
        queue_due = np.concatenate([memory["due"], due])
        queue_actor = np.concatenate([memory["actor"], actors])
        queue_object = np.concatenate([memory["object"], objects])
        now = queue_due <= world.hour + 1e-6
        memory["due"], memory["actor"] = queue_due[~now], queue_actor[~now]
        memory["object"] = queue_object[~now]
        return queue_actor[now], queue_object[now]

    def charge(self, memory: Memory, actors: Indices) -> None:
        """Count acts that were done; cost is acts times cost of one act."""
        memory["acts"] += actors.size
        memory["reached"][actors] = True


def in_order(plan: Iterable[Intervention]) -> list[Intervention]:
    """Interventions in the order in which they act: those that prepare others first, then by key."""
    return sorted(plan, key=lambda part: (not part.prepares, part.key))


class AnsweringIntervention(Intervention):
    """Base of interventions whose people act on messages they come across.

    A subclass says what answering means, in ``answer``.
    """

    watches: ClassVar[bool] = True

    def act(self, world: World, people: Indices, memory: Memory) -> None:
        """Not used: acts are about messages, see ``answer``."""

    def answer(self, world: World, actors: Indices, slots: np.ndarray, memory: Memory) -> None:
        """What is done about these messages; one actor and one slot per act."""
        raise NotImplementedError

    def run(self, world: World, memory: Memory) -> None:
        """One step: messages come in, capacity allows some, and those that are due are answered."""
        active = np.zeros(world.n, bool)
        active[self.taking_part(world, memory)] = True
        world.watching[active] |= WATCHES_FALSE
        actors, objects = self.incoming(world, active)
        admitted = self.admit(world, memory, actors, objects)
        actors, objects = self.wait(world, memory, actors[admitted], objects[admitted])
        alive = world.standing(objects)
        actors, slots = actors[alive], objects[alive, 1].astype(np.int32)
        self.charge(memory, actors)
        self.answer(world, actors, slots, memory)

    def incoming(self, world: World, active: np.ndarray) -> tuple[Indices, np.ndarray]:
        """Wanted acts: the false messages that active people read in the last step."""
        people, slots, _ = world.watched()
        mine = active[people] & self.wants(world, slots)
        keys = world.state.messages.slots["key"][slots[mine]]
        objects = np.stack([keys, slots[mine].astype(np.uint64)], axis=1)
        return people[mine], objects

    def wants(self, world: World, slots: np.ndarray) -> np.ndarray:
        """Which messages are worth an answer, bool[m]; all, unless a subclass says otherwise."""
        return np.ones(slots.size, bool)
