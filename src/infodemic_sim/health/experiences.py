"""Shared experience: patients tell what they live through, and those who know it from themselves answer."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim import kernels
from infodemic_sim.kernels.layout import HEARS_EXPERIENCES, KINDS
from infodemic_sim.mechanism import Mechanism, publish_late
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.population.base import ROLES
from infodemic_sim.randomness import Purpose, each_extended, name_key
from infodemic_sim.world import World

ALIKE = ("patient", "caregiver", "peer_supporter")
"""Roles that know an illness from their own life."""
EXPERIENCE = KINDS.index("experience")
CAUSE = name_key("experiences")
STRANGER = -1


class Experiences(Mechanism):
    """Patients and caregivers post what they live through; readers who share it reply and feel less alone.

    A person starts Poisson(rate dt) accounts. With the chance ``takes_side`` one argues for the side that its
    author believes, else for neither. A patient, caregiver or peer supporter who reads one of somebody with
    the same condition feels less isolated, i <- i (1 - comfort), and replies with the chance ``reply``, which
    does the author good, i <- i (1 - effect). Isolation returns to each person's own level with the half-life
    of the spread rule.
    """

    measures: ClassVar[frozenset[str]] = frozenset({"experiences", "support_replies"})

    patients: float = param(
        0.05, ge=0, le=24, unit="posts/day", doc="Accounts that one patient starts.", source=ASSUMED
    )
    caregivers: float = param(
        0.03, ge=0, le=24, unit="posts/day", doc="Accounts that one caregiver starts.", source=ASSUMED
    )
    providers: float = param(
        0.0, ge=0, le=24, unit="posts/day", doc="Accounts that one professional starts.", source=ASSUMED
    )
    platform: str | None = param(None, doc="Name of the platform of these accounts; none: the first.")
    topic: str | None = param(None, doc="Name of the topic; none: the first.")
    condition: str | None = param(
        None, doc="Attribute of the graph that names each person's condition; none: all share one."
    )
    takes_side: float = param(
        0.2, ge=0, le=1, unit="share", doc="Accounts that argue for what the author believes.", source=ASSUMED
    )
    reply: float = param(
        0.05, ge=0, le=1, unit="share", doc="Readers with the same condition who reply.", source=ASSUMED
    )
    effect: float = param(
        0.02, ge=0, le=1, unit="share", doc="Share by which a reply lowers isolation.", source=ASSUMED
    )
    comfort: float = param(
        0.002,
        ge=0,
        le=1,
        unit="share",
        doc="Share by which reading an account lowers the reader's own isolation.",
        source=ASSUMED,
    )

    def begin(self, world: World) -> dict[str, np.ndarray]:
        """Condition of each person who could recognise it in others, int32[n]; else -1."""
        alike = np.isin(world.people.role, [ROLES.index(role) for role in ALIKE])
        codes = np.zeros(world.n, np.int32) if self.condition is None else world.partition(self.condition)[0]
        return {"condition": np.where(alike, codes, STRANGER).astype(np.int32)}

    def prepare(self, world: World) -> None:
        """Accounts that such people read are handed over."""
        world.watching |= world.kept(("experiences", "hear"), lambda: self._hearing(world))

    def _hearing(self, world: World) -> np.ndarray:
        """What each person is handed over, uint8[n]; it does not change."""
        return np.where(world.state.health["condition"] == STRANGER, 0, HEARS_EXPERIENCES).astype(np.uint8)

    def advance(self, world: World) -> None:
        """What was read is answered, and new accounts are posted."""
        self._answer(world)
        self._post(world)

    def _answer(self, world: World) -> None:
        """Those who read of their own condition reply by lot; authors and readers feel less alone."""
        condition = world.state.health["condition"]
        readers, slots = world.heard[:, 0], world.heard[:, 1]
        rows = world.state.messages.slots[slots]
        same = condition[readers] == condition[rows["author"]]
        readers, rows = readers[same], rows[same]
        identities = kernels.draws.absorb_all(world.people.key[readers], rows["key"].copy())
        replies = world.draws.uniform(Purpose.REPLY, identities) < self.reply
        world.support(rows["author"][replies], self.effect, counted="support_replies")
        world.support(readers, self.comfort, counted=None)

    def _post(self, world: World) -> None:
        """New accounts, each with its identity, side and appeal."""
        platform, topic = world.platform_index(self.platform), world.topic_index(self.topic)
        posting = world.levers.posting
        rates = {"patient": self.patients, "caregiver": self.caregivers, "provider": self.providers}
        authors, numbers = kernels.publishing.posters(
            world.people.key,
            world.people.role,
            np.array([rates.get(role, 0.0) / 24.0 for role in ROLES]),
            posting.value_on(platform) if posting.moved_on(platform) else np.empty(0),
            world.on_platform(platform).astype(float),
            world.setting.hours_per_step,
            world.draws.base(Purpose.EXPERIENCE, world.step),
        )
        keys = world.message_keys(authors, platform, topic, EXPERIENCE, each_extended(CAUSE, numbers))
        sides = self._sides(world, authors, topic, keys)
        world.state.counts["experiences"][0] += authors.size
        appeal = world.appeals(topic, sides, keys)
        where = {"platform": platform, "topic": topic, "kind": "experience"}
        publish_late(world, authors, sides=sides, keys=keys, appeal=appeal, **where)

    def _sides(self, world: World, authors: np.ndarray, topic: int, keys: np.ndarray) -> np.ndarray:
        """What the author believes, +1 or -1, for accounts that argue; 0 for the others."""
        free = np.zeros(len(ROLES), np.int8)
        believed = kernels.publishing.sides(
            authors,
            topic,
            world.people.role,
            free,
            world.state.lines,
            world.setting.topics[topic].conviction,
            keys,
            world.draws.base(Purpose.VERACITY),
        )
        argues = world.draws.uniform(Purpose.TAKE_SIDE, keys) < self.takes_side
        return np.where(argues, believed, 0).astype(np.int8)
