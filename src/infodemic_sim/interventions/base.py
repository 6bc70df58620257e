"""What every intervention can do: one grammar of who, when, hours, capacity, uptake, delay and cost."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cached_property
from typing import ClassVar, Self

import numpy as np
from pydantic import model_validator

from infodemic_sim import kernels
from infodemic_sim.interventions.capacity import Capacity, Cost, admit, in_acts, ledger, renew, room
from infodemic_sim.interventions.hours import WorkingHours
from infodemic_sim.interventions.when import Always, WhenField
from infodemic_sim.interventions.who import Everyone, WhoField
from infodemic_sim.params import ASSUMED, Part, param
from infodemic_sim.plugins import Plugin, type_name
from infodemic_sim.randomness import Purpose, name_key
from infodemic_sim.world import World

Memory = dict[str, np.ndarray]
"""What an intervention remembers: arrays only, handed back to it at each step."""

Indices = np.ndarray
"""People as positions, int[m]."""

NOBODY = -1
"""In place of the actor of an act that nobody in particular does."""


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
    effects: ClassVar[tuple[str | tuple[str, ...], ...]] = ()
    """Parameters that are its strength: with one at zero, nobody is treated and nothing is charged; of those
    that act side by side, which stand in brackets of their own, with all at zero."""
    prepares: ClassVar[bool] = False
    """Whether it acts before others in a step, because it changes what they can do."""
    watches: ClassVar[bool] = False
    """Whether its people hand over the false messages they read."""
    staff: ClassVar[bool] = False
    """Whether the people concerned do the work themselves, so that hours of work may be counted by person."""
    counted_by: ClassVar[str] = ""
    """What acts are counted by where that is not a person who acts: messages, reviews …"""
    gathers: ClassVar[bool] = True
    """Whether what comes up outside working hours waits for them; else it rests meanwhile."""

    on_the_first: ClassVar[bool] = False
    """Whether it is at work on the first platform where none is named; else on all."""

    name: str | None = param(None, doc="Name in tables and identity in draws; none: the type.")
    who: WhoField = param(Everyone(), doc="People concerned.")
    when: WhenField = param(Always(), doc="Schedule.")
    hours: WorkingHours | None = param(None, doc="When in the week staff are at work; none: at any time.")
    capacity: Capacity = param(Capacity(), doc="How much can be done.")
    uptake: float = param(
        1.0, ge=0, le=1, unit="share", doc="Share of the people concerned who take part.", source=ASSUMED
    )
    delay: float = param(0.0, ge=0, unit="d", doc="Time from the decision to the act.", source=ASSUMED)
    cost: Cost = param(Cost(), doc="What one act costs.")

    @model_validator(mode="after")
    def _has_a_capacity_that_counts(self) -> Self:
        if objection := self.capacity.objection(self.cost, self.counted_by, self.staff):
            raise ValueError(objection)
        return self

    @cached_property
    def key(self) -> str:
        """Identity among the interventions of a scenario."""
        return self.name or type_name(type(self))

    @cached_property
    def neutral(self) -> bool:
        """Whether its strength is zero."""
        return any(all(getattr(self, name) == 0 for name in names) for names in self.strengths())

    @classmethod
    def strengths(cls) -> tuple[tuple[str, ...], ...]:
        """``effects``, each in brackets."""
        return tuple((each,) if isinstance(each, str) else each for each in cls.effects)

    @cached_property
    def limits(self) -> Capacity:
        """Its capacity in acts alone."""
        return in_acts(self.capacity, self.cost)

    @property
    def works_on(self) -> tuple[str, ...]:
        """Parts of a platform without which there is nothing to do on it, such as spaces."""
        return ()

    def start(self, world: World) -> Memory:
        """What it remembers at the start, apart from its ledger."""
        return {}

    def act(self, world: World, people: Indices, memory: Memory) -> None:
        """What is done to, or by, ``people`` in this step."""
        raise NotImplementedError(f"{type(self).__name__} needs a method act(self, world, people, memory).")

    def remember(self, world: World) -> Memory:
        """Memory at the start: its own, its ledger and its queue of delayed acts."""
        nobody, nothing = np.empty(0, np.int64), np.empty((0, 2), np.uint64)
        queue = {"due": np.empty(0), "actor": nobody, "object": nothing}
        gathered = {} if self.hours is None else {"came_up": nobody, "came_up_about": nothing}
        return {**self.start(world), **ledger(world.n), **queue, **gathered}

    def run(self, world: World, memory: Memory) -> None:
        """One step: choose people by the grammar, then act."""
        people = self.taking_part(world, memory)
        people, nothing = self.come_up(world, memory, people, np.zeros((people.size, 2), np.uint64))
        admitted = self.admit(world, memory, people, nothing)
        due, _ = self.wait(world, memory, people[admitted], nothing[admitted])
        self.charge(memory, due)
        self.act(world, due, memory)

    def taking_part(self, world: World, memory: Memory) -> Indices:
        """Positions of the people concerned who take part now, ascending."""
        share = 0.0 if self.neutral else self.when.share(world, memory)
        if not self.gathers and not self.at_work(world):
            share = 0.0
        memory["in_force"][0] += share > 0.0
        chance = self.uptake * share
        if chance == 0.0:
            return np.empty(0, np.int64)
        lasts = self.who.fixed and not (self.who.by_ties and world.ties_change)
        if lasts and share == 1.0:
            people = world.kept((self.key, "taking part"), lambda: self._willing(world, chance))
        else:
            people = self._willing(world, chance)
        people = world.here(people)
        memory["concerned"][people] = True
        return people

    def at_work(self, world: World) -> bool:
        """Whether this step is within working hours."""
        return self.hours is None or bool(self.hours.open(world.day))

    def chance(self, world: World, per_day: float) -> float:
        """Chance of one act in a step, for so many a day on average; those of a week fall into its hours."""
        share = 1.0 if self.hours is None else self.hours.share(world.setting.hours_per_step)
        return -math.expm1(-per_day * world.setting.hours_per_step / 24.0 / share) if share else 0.0

    def concerned(self, world: World) -> np.ndarray:
        """Whom it names at this moment, bool[n]."""
        return self.who.mask(world)

    def _willing(self, world: World, chance: float) -> Indices:
        """Those concerned who take part at this chance; each has one luck for the whole run."""
        concerned = np.flatnonzero(self.concerned(world))
        if chance >= 1.0:
            return concerned
        luck = world.draws.uniform(Purpose.UPTAKE, world.people.key[concerned], name_key(self.key))
        return concerned[luck < chance]

    def come_up(
        self, world: World, memory: Memory, actors: Indices, objects: np.ndarray, *, messages: bool = False
    ) -> tuple[Indices, np.ndarray]:
        """Wanted acts to decide on now: those of this step, and those that waited for work to begin.

        Outside working hours there are none. What waited is decided on once, however often it came up.

        Parameters
        ----------
        messages : objects are messages, and those that stand nowhere any more have waited in vain.
        """
        if self.hours is None:
            return actors, objects
        actors = np.concatenate([memory["came_up"], actors])
        objects = np.concatenate([memory["came_up_about"], objects])
        now = len(actors) if self.at_work(world) else 0
        memory["came_up"], memory["came_up_about"] = actors[now:], objects[now:]
        acts = np.unique(np.column_stack([actors[:now].astype(np.uint64), objects[:now]]), axis=0)
        if messages:
            acts = acts[world.standing(acts[:, 1:])]
        return acts[:, 0].astype(np.int64), acts[:, 1:]

    def admit(self, world: World, memory: Memory, actors: Indices | None, objects: np.ndarray) -> Indices:
        """Positions among the wanted acts that capacity allows, in order of draw address.

        actors : who would act, or None where nobody in particular does.
        objects : uint64[w, 2], (identity, place) of what each act is about, or zeros.
        """
        limits = self.limits
        if limits.unlimited:  # nothing is drawn, and nothing counted against a limit
            return np.arange(len(objects))
        if not len(objects):
            return np.empty(0, np.int64)
        today = int(world.day // 1)
        renew(memory, today)
        if room(limits, memory) == 0:
            return np.empty(0, np.int64)
        identities = objects[:, 0].copy()
        if actors is not None:
            identities = kernels.draws.absorb_all(world.people.key[actors], identities)
        base = world.draws.base(Purpose.CAPACITY, name_key(self.key), world.step)
        return admit(limits, memory, today, actors, kernels.draws.uniforms(base, identities))

    def wait(
        self, world: World, memory: Memory, actors: Indices, objects: np.ndarray
    ) -> tuple[Indices, np.ndarray]:
        """Queue acts for the delay; those that are due now, within working hours, in order of decision.

        actors : who acts, or NOBODY, whom no second pair of eyes keeps waiting.
        """
        queued, delayed = memory["due"].size > 0, self.delay > 0.0 or world.levers.waiting.moved
        if not queued and (not actors.size or (not delayed and self.at_work(world))):
            return actors, objects
        if actors.size:
            waits = np.where(actors == NOBODY, 0.0, world.levers.waiting.at(actors))
            due = world.hour + 24.0 * (self.delay + waits)
            memory["due"] = np.concatenate([memory["due"], due])
            memory["actor"] = np.concatenate([memory["actor"], actors])
            memory["object"] = np.concatenate([memory["object"], objects])
        now = (memory["due"] <= world.hour + 1e-6) & self.at_work(world)
        if not now.any():
            return actors[:0], objects[:0]
        actors, objects = memory["actor"][now], memory["object"][now]
        for name in ("due", "actor", "object"):
            memory[name] = memory[name][~now]
        return actors, objects

    def charge(self, memory: Memory, actors: Indices) -> None:
        """Count acts that were done; cost is acts times cost of one act."""
        memory["acts"] += actors.size
        memory["reached"][actors] = True


def in_order(plan: Iterable[Intervention]) -> list[Intervention]:
    """Interventions in the order in which they act: those that prepare others first, then by key."""
    return sorted(plan, key=lambda part: (not part.prepares, part.key))
