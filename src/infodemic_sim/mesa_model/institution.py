"""Institutions as Mesa agents: a clinic, a fact-checking desk, a bot farm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import mesa
import numpy as np

from infodemic_sim.errors import ParameterError
from infodemic_sim.interventions.base import NOBODY, Memory
from infodemic_sim.mesa_model.deeds import Deed, Deeds
from infodemic_sim.mesa_model.messages import Messages
from infodemic_sim.mesa_model.people import mask_of, positions
from infodemic_sim.mesa_model.turn import Turn
from infodemic_sim.plugins import snake
from infodemic_sim.randomness import Purpose, name_key
from infodemic_sim.world import World

if TYPE_CHECKING:
    from infodemic_sim.mesa_model.model import InfodemicModel


class Institution(Deeds, mesa.Agent):
    """Base of outside agents that act among a scenario's interventions.

    A subclass decides in ``act``, which is called in every intervention phase in the place of its key.
    Verbs may be used at any other time too, as in Mesa's own ``step``: whatever is asked for is queued,
    and done in the institution's turn, in the order in which it was asked for.

    Parameters
    ----------
    key : identity among the interventions and in draws; none: the type, such as ``clinic``.
    grammar : ``who``, ``when``, ``hours``, ``capacity``, ``uptake``, ``delay`` and ``cost``, as of any
        intervention.
    """

    def __init__(self, model: InfodemicModel, key: str | None = None, **grammar: Any) -> None:
        self.key = key or snake(type(self).__name__)
        self.turn = Turn(agent=self, name=self.key, **grammar)
        self.queue: list[Deed] = []
        self.causes: set[tuple[Any, ...]] = set()
        self.closed = False
        model.simulation.invite(self.turn)
        super().__init__(model)

    def start(self) -> None:
        """What it prepares at day 0, such as a kind of label."""

    def act(self) -> None:
        """What it does in its turn."""

    @property
    def world(self) -> World:  # type: ignore[override]
        """The arrays of the run, to read; the verbs change them."""
        return self.model.world

    @property
    def ledger(self) -> Memory:
        """Acts done and people reached, from which the measures of cost follow."""
        memories = self.world.state.memories
        if self.key not in memories:
            self.model.simulation.observe()
        return memories[self.key]

    def taking_part(self) -> np.ndarray:
        """The people concerned who take part now, by ``who``, ``when`` and ``uptake``: bool[n]."""
        return mask_of(self.turn.taking_part(self.world, self.ledger), self.world.n)

    def watched(self, people: Any) -> Messages:
        """False messages that these people, being watched, read in the last step."""
        mask = mask_of(people, self.world.n)
        readers, slots, _ = self.world.watched()
        mine = mask[readers]
        return Messages.at(self.world, slots[mine], readers[mine])

    def new_messages(self) -> Messages:
        """Messages published in the last step."""
        return Messages.at(self.world, self.world.state.fresh)

    def admit(self, wanted: Messages) -> Messages:
        """Of the wanted acts, those that hours and capacity allow and whose delay is over; each is charged.

        Use it once a step, for acts that wait come back from the next call.
        """
        world, ledger, nobody = self.world, self.ledger, wanted.people is None
        people = np.full(wanted.size, NOBODY) if wanted.people is None else wanted.people
        people, objects = self.turn.come_up(world, ledger, people, wanted.objects, messages=True)
        chosen = self.turn.admit(world, ledger, None if nobody else people, objects)
        people, objects = self.turn.wait(world, ledger, people[chosen], objects[chosen])
        due = Messages(None if nobody else people, objects).standing(world)
        self.ledger["acts"] += due.size
        if due.people is not None:
            self.treat(due.people)
        return due

    def treat(self, people: Any) -> None:
        """Count people as reached."""
        self.ledger["reached"][positions(people, self.world.n)] = True

    def uniform(self, identities: np.ndarray, *words: int, purpose: Purpose = Purpose.PLUGIN) -> np.ndarray:
        """Numbers in (0, 1), one for each identity: uint64[m], keys of people or messages.

        Equal identities give equal numbers in every step, unless ``words`` such as ``world.step`` differ.
        """
        return self.world.draws.uniform(purpose, identities, name_key(self.key), *words)

    def take_turn(self) -> None:
        """Its place in the intervention phase: it decides, then what is queued is done."""
        if not self.closed:
            self.act()
        queue, self.queue = self.queue, []
        self.causes.clear()
        for deed in queue:
            deed(self.world)

    def remove(self) -> None:
        """Leave the model; what it has done and cost stays."""
        super().remove()
        self.queue, self.closed = [], True

    @property
    def random(self) -> NoReturn:
        """Refused: draws must have addresses."""
        raise ParameterError(f"{self.key} draws with uniform(), never from model.random or model.rng.")

    rng = random
