"""The verb of passing something on in one's own words, which may change it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from infodemic_sim import kernels, observe
from infodemic_sim.kernels.layout import KINDS
from infodemic_sim.randomness import Purpose, each_extended
from infodemic_sim.world.grouping import each_pair
from infodemic_sim.world.publishing import Publishing


class Retelling(NamedTuple):
    """How messages change when they are passed on, see ``society.mutation``."""

    chance: float
    inherited: float
    appeal_spread: float
    turns_false: float
    turns_accurate: float


class RetellingVerbs(Publishing):
    """What ``World`` offers to those who pass messages on."""

    def retell(self, people: np.ndarray, slots: np.ndarray, platform: int) -> np.ndarray:
        """Publish what changes on being passed on, as new messages of those who do; which did, bool[m].

        Parameters
        ----------
        people, slots : int[m], who passes on which message, each pair once.
        """
        rule = self.setting.retelling
        if rule is None or rule.chance == 0.0:
            return np.zeros(people.size, bool)
        rows = self.state.messages.slots[slots]
        pairs = each_extended(self.draws.base(Purpose.RETELL), self.state.people.key[people], rows["key"])
        changed = kernels.draws.uniforms_at(pairs) < rule.chance
        people, rows = people[changed], rows[changed]
        for topic, kind, mine in each_pair(rows["topic"], rows["kind"]):
            self._publish_retold(people[mine], rows[mine], platform, topic, kind, rule)
        return changed

    def _publish_retold(
        self, people: np.ndarray, rows: np.ndarray, platform: int, topic: int, kind: int, rule: Retelling
    ) -> None:
        """New messages on one topic and of one kind; their cause is the message that was passed on."""
        keys = self.message_keys(people, platform, topic, kind, rows["key"])
        side, luck = rows["side"], self.draws.uniform(Purpose.DRIFT, keys)
        turned = luck < np.where(side > 0, rule.turns_false, rule.turns_accurate)
        spread = rule.appeal_spread
        factor = kernels.elementary.exp(spread * self.draws.normal(Purpose.APPEAL, keys) - spread**2 / 2)
        appeal = kernels.elementary.power(rows["appeal"].copy(), rule.inherited) * factor
        self.state.counts["retold"][platform] += people.size
        self.state.counts["turned_false"][platform] += np.count_nonzero(turned & (side > 0))
        self.publish(
            people,
            platform=platform,
            topic=topic,
            sides=np.where(turned, -side, side),
            kind=KINDS[kind],
            keys=keys,
            appeal=appeal,
            origin=observe.OWN,
            strength=rows["strength"],
        )
