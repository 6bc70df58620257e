"""An epidemic among people in contact, whom behaviour protects."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from infodemic_sim import kernels
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.like import GraphLike
from infodemic_sim.mechanism import Mechanism, SumPeople, persons
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.randomness import Purpose
from infodemic_sim.world import World

if TYPE_CHECKING:
    from infodemic_sim.kernels.contagion import Course

NOBODY = np.empty(0, np.int32)
COMPARTMENTS = ("susceptible", "exposed", "infectious", "recovered")


class Epidemic(Mechanism):
    """A disease spreads between people in contact: susceptible, exposed, infectious, recovered (SEIR).

    An infectious person i infects a susceptible contact j at the hazard
    beta (1 - r p_i)(1 - r p_j)(1 - e [j took it up]) a day, p being protective behaviour and uptake that on
    the named topic. Both stand still within a step, and who is susceptible is settled as it begins; times
    within it are continuous. The exposed become infectious after an exponential time, with the next step at
    the earliest, and recover, for good, after another. With e = r = 0 it is the epidemic without behaviour,
    bit for bit. Automated accounts have no part in it. SEIR: [PastorSatorras2015]; of diseases
    that feed on what people believe: [BrainardHunter2020], [Sontag2022].
    """

    measures: ClassVar[frozenset[str]] = frozenset(
        {*COMPARTMENTS, "cases", "infected", "peak_infectious", "peak_day"}
    )

    topic: str | None = param(None, doc="Name of the topic whose behaviour protects; none: the first.")
    contacts: GraphLike | None = param(
        None, doc="Who meets whom, in either direction; none: the population's graph."
    )
    transmission: float = param(
        0.05,
        ge=0,
        le=100,
        unit="infections/day",
        doc="beta: rate at which somebody infectious infects one susceptible contact.",
        source=ASSUMED,
    )
    latent: float = param(
        3.0, gt=0, le=3660, unit="d", doc="Mean time from infection to infectiousness.", source=ASSUMED
    )
    infectious: float = param(
        5.0, gt=0, le=3660, unit="d", doc="Mean time of infectiousness.", source=ASSUMED
    )
    starters: int = param(
        10, ge=0, lt=2**31, unit="people", doc="People who are infectious at the start.", source=ASSUMED
    )
    starts: float = param(0.0, ge=0, le=3660, unit="d", doc="Day on which they become so.", source=ASSUMED)
    efficacy: float = param(
        0.6,
        ge=0,
        le=1,
        unit="share",
        doc="e: susceptibility that uptake takes away.",
        source=ASSUMED,
    )
    contact_reduction: float = param(
        0.3,
        ge=0,
        le=1,
        unit="share",
        doc="r: contact that full protective behaviour takes away.",
        source=ASSUMED,
    )

    @property
    def coupled(self) -> bool:
        """Whether behaviour makes any difference to it."""
        return self.efficacy > 0.0 or self.contact_reduction > 0.0

    def begin(self, world: World) -> dict[str, np.ndarray]:
        """When people are infected, infectious and recovered, float64[n] in days, inf so far, NaN: no part.

        Those who have it, int32[m]; most infectious at once, and on which day, float64[2].
        """
        never = np.where(persons(world), np.inf, np.nan)
        times = {name: never.copy() for name in ("infected_on", "infectious_on", "recovered_on")}
        return {**times, "ill": NOBODY.copy(), "peak": np.array([0.0, np.nan])}

    def advance(self, world: World) -> None:
        """One step of the disease."""
        if world.hour < 0.0:
            return
        health, begins, ends = world.state.health, world.day, next_day(world)
        if begins <= self.starts < ends:
            self._seed(world, begins)
        if health["ill"].size:
            caught = self._infect(world, begins, ends)
            self._fall_ill(world, caught, ends)
            ill = health["ill"]
            health["ill"] = np.concatenate([ill[health["recovered_on"][ill] > ends], caught])
            self._note_peak(world, ends)

    def sums(self, world: World, sum_people: SumPeople) -> dict[str, np.ndarray]:
        """People of each part in each compartment, int64[4, G] in fixed point; people; the peak so far."""
        states = compartments(world.state.health, world.day)
        return {
            "persons": sum_people(persons(world).astype(float)),
            "compartments": np.stack([sum_people(each.astype(float)) for each in states]),
            "peak": world.state.health["peak"].copy(),
        }

    def _seed(self, world: World, day: float) -> None:
        """The first cases are those with the lowest draws."""
        health, people = world.state.health, np.flatnonzero(persons(world))
        keys = world.people.key[people]
        order = np.lexsort((keys, world.draws.uniform(Purpose.FIRST_CASES, keys)))
        first = people[order[: self.starters]].astype(np.int32)
        health["infected_on"][first] = day
        self._fall_ill(world, first, day, at_once=True)
        health["ill"] = first

    def _infect(self, world: World, begins: float, ends: float) -> np.ndarray:
        health, topic, graph = world.state.health, world.topic_index(self.topic), world.setting.contacts
        assert graph is not None
        behaves = "choice" in health
        choice = health["choice"][topic] if behaves else np.empty(0, np.int8)
        protection = health["protection"][topic] if behaves else np.empty(0)
        return kernels.contagion.infect(
            health["ill"],
            self._keys(world),
            graph.indptr,
            self._rows(world, graph),
            course_of(health),
            kernels.contagion.Coupling(choice, protection, self.efficacy, self.contact_reduction),
            self.transmission,
            begins,
            ends,
            world.draws.base(Purpose.INFECT, world.step),
        )

    def _keys(self, world: World) -> np.ndarray:
        """Identities as the kernel takes them: none where they are positions, which saves looking them up."""
        key = world.people.key
        by_position = world.kept(
            ("known by position",), lambda: np.array([np.array_equal(key, np.arange(key.size))])
        )
        return key[:0] if by_position[0] else key

    def _rows(self, world: World, graph: SocialGraph) -> np.ndarray:
        """The contacts of each person in the order of their identities, int32[...]."""
        if self._keys(world).size == 0:
            return graph.indices
        return world.kept(
            ("contacts in order",),
            lambda: kernels.contacts.rows_by_key(
                np.argsort(world.people.key), graph.indptr, graph.indices, graph.indptr
            ),
        )

    def _fall_ill(self, world: World, people: np.ndarray, ends: float, at_once: bool = False) -> None:
        """When those just infected become infectious, from the end of the step on, and recover."""
        kernels.contagion.fall_ill(
            people,
            world.people.key,
            course_of(world.state.health),
            0.0 if at_once else self.latent,
            self.infectious,
            ends,
            world.draws.base(Purpose.FALL_ILL),
            world.draws.base(Purpose.GET_WELL),
        )

    def _note_peak(self, world: World, day: float) -> None:
        health = world.state.health
        ill, peak = health["ill"], health["peak"]
        now = np.count_nonzero((health["infectious_on"][ill] <= day) & (health["recovered_on"][ill] > day))
        if now > peak[0]:
            peak[:] = now, day


def course_of(health: dict[str, np.ndarray]) -> Course:
    """As kernels take it."""
    times = (health[name] for name in ("infected_on", "infectious_on", "recovered_on"))
    return kernels.contagion.Course(*times)


def next_day(world: World) -> float:
    """The clock as it will stand after this step, days since day 0."""
    setting = world.setting
    return (world.step + 1 - setting.warm_up_steps) * setting.hours_per_step / 24.0


def compartments(health: dict[str, np.ndarray], day: float) -> list[np.ndarray]:
    """Who is susceptible, exposed, infectious and recovered on a day, bool[n] each."""
    infected, infectious, recovered = (
        health[name] <= day for name in ("infected_on", "infectious_on", "recovered_on")
    )
    susceptible = health["infected_on"] > day
    return [susceptible, infected & ~infectious, infectious & ~recovered, recovered]
