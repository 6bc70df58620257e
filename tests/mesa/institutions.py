"""Institutions written as Mesa agents, and models that hold them (importable by other processes)."""

from __future__ import annotations

from typing import Any

import numpy as np

import infodemic_sim as ids
from infodemic_sim.interventions.who import Role
from infodemic_sim.mesa_model import InfodemicModel, Institution
from infodemic_sim.randomness import Purpose

OF_PROVIDERS = {
    "who": Role("provider"),
    "capacity": ids.Capacity(per_actor_per_day=20),
    "cost": ids.Cost(minutes=5.0),
}
OF_LABELS = {"delay": 0.1, "cost": ids.Cost(minutes=15.0)}


class Clinic(Institution):
    """Provider correction, written as an outside agent."""

    published = 0.5
    strength = 1.0

    def act(self) -> None:
        staff = self.taking_part()
        self.watch(staff)
        due = self.admit(self.watched(staff))
        self.correct(due, self.strength)
        self.reply(due, self.published, strength=self.strength)


class SteppedClinic(Clinic):
    """The same by Mesa's own ``step``: its deeds wait for its turn."""

    def act(self) -> None:
        pass

    def step(self) -> None:
        super().act()


class FactCheckingDesk(Institution):
    """Warning labels, written as an outside agent."""

    effect, recall, false_alarm = 0.84, 0.8, 0.01

    def start(self) -> None:
        self.number = self.new_label(self.effect, sharing=0.41, floor=0.08)

    def act(self) -> None:
        audience = self.taking_part()
        self.show_labels(audience, self.number)
        found = self.new_messages()
        rows = self.world.state.messages.slots[found.slots]
        chance = np.select([rows["side"] < 0, rows["side"] > 0], [self.recall, self.false_alarm])
        luck = self.uniform(found.keys, purpose=Purpose.CHOICE)
        due = self.admit(found.where((luck < chance) & (rows["origin"] == 0)))
        if self.ledger["acts"][0]:
            self.treat(audience)
        self.label(due, self.number)


class BotFarm(Institution):
    """The most followed people post misinformation every day."""

    def act(self) -> None:
        if self.world.step % 24 == 0:
            self.publish(self.taking_part(), 0.9, side=-1, topic="two", platform="b")


class WithAgents(InfodemicModel):
    """A model that makes its agents and lets them step, as Mesa's models do."""

    def __init__(self, plan: Any, agents: tuple[Any, ...] = (), **words: Any) -> None:
        super().__init__(plan, **words)
        for kind, key, grammar in agents:
            kind(self, key, **grammar)

    def step(self) -> None:
        self.agents.do("step")
        super().step()


def finished(model: InfodemicModel) -> ids.Result:
    """Step to the end."""
    while model.running:
        model.step()
    return model.result()
