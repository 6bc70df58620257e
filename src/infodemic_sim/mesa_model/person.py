"""One person, seen as a Mesa agent: read from the arrays, holding nothing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NoReturn

import mesa
import numpy as np
from mesa.agent import AgentSet

from infodemic_sim.errors import ParameterError
from infodemic_sim.population.base import LITERACY, ROLES

if TYPE_CHECKING:
    from infodemic_sim.mesa_model.model import InfodemicModel


class PersonView(mesa.Agent):
    """A person as they are now. Views select, group and report; only institutions change the world.

    A view is not registered with the model, so ``model.agents`` holds institutions only; people are in
    ``model.people``, and ``DataCollector(agenttype_reporters={PersonView: …})`` reports them.
    """

    pos = None

    def __init__(self, model: InfodemicModel, place: int) -> None:
        self.model, self.place = model, place

    @property
    def key(self) -> int:
        """Identity in every draw."""
        return int(self.model.world.people.key[self.place])

    @property
    def unique_id(self) -> int:
        """The key, as Mesa's frames name it."""
        return self.key

    @property
    def role(self) -> str:
        """Role, such as provider."""
        return ROLES[int(self.model.world.people.role[self.place])]

    @property
    def literacy(self) -> str:
        """Health literacy, one of four levels."""
        return LITERACY[int(self.model.world.people.literacy[self.place])]

    @property
    def isolation(self) -> float:
        """Isolation now, 0 to 1."""
        return self._number("isolation")

    @property
    def activity(self) -> float:
        """Sessions relative to the average person."""
        return self._number("activity")

    @property
    def sharing(self) -> float:
        """Propensity to reshare."""
        return self._number("sharing")

    @property
    def discernment(self) -> float:
        """Logits by which true and false messages differ in this person's eyes."""
        return self._number("discernment")

    @property
    def credulity(self) -> float:
        """Logit of taking any message to be true."""
        return self._number("credulity")

    @property
    def belief(self) -> float:
        """Log-odds that the accurate position on the first topic is true."""
        return self.belief_in()

    @property
    def credence(self) -> float:
        """Credence in the accurate position on the first topic, 0 to 1."""
        return self.credence_in()

    @property
    def misinformed(self) -> bool:
        """Whether credence on the first topic is below one half."""
        return self.belief < 0.0

    @property
    def followees(self) -> AgentSet:
        """The people whom this person sees now on the first platform."""
        return self.followees_on()

    def belief_in(self, topic: str | None = None) -> float:
        """Log-odds that the accurate position on a topic is true."""
        world = self.model.world
        return float(world.state.lines[self.place, world.topic_index(topic), :3].sum())

    def credence_in(self, topic: str | None = None) -> float:
        """Credence in the accurate position on a topic, 0 to 1."""
        return 1.0 / (1.0 + math.exp(-self.belief_in(topic)))

    def followees_on(self, platform: str | None = None) -> AgentSet:
        """The people whom this person sees now on a platform."""
        world = self.model.world
        _, others = world.followees_of(np.array([self.place]), world.platform_index(platform))
        return self.model.people_at(others)

    def part_of(self, partition: str) -> str | None:
        """The part of a partition (an attribute of the graph) this person is in; None: in none."""
        codes, names = self.model.world.partition(partition)
        code = int(codes[self.place])
        return names[code] if code >= 0 else None

    def remove(self) -> NoReturn:
        """Refused: people stay."""
        raise ParameterError("people cannot be removed from a run: leave them out of the graph instead.")

    def _number(self, trait: str) -> Any:
        return getattr(self.model.world.people, trait)[self.place].item()

    def __repr__(self) -> str:
        return f"PersonView(key={self.key}, role={self.role!r}, credence={self.credence:.3f})"
