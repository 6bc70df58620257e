"""The health service that patients meet: encounters, satisfaction, feedback, and quality that responds."""

from __future__ import annotations

import math
from typing import ClassVar

import numpy as np

from infodemic_sim.kernels.layout import KINDS, TRUST
from infodemic_sim.mechanism import Mechanism, SumPeople, chance_within, publish_late
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.population.base import ROLES
from infodemic_sim.randomness import Purpose, name_key
from infodemic_sim.world import World

USERS = ("patient", "caregiver")
PROVIDER = TRUST.index("provider")


class Service(Mechanism):
    """Patients and caregivers meet the service; what they live through moves trust, and some post about it.

    An encounter satisfies s = clip(Q + sd z, 0, 1); then satisfaction S <- S + w (s - S) and trust in
    providers t <- t + epsilon (s - t). Quality returns to its own level and rises with complaints put right:
    Q' = (Q0 - Q) / T + eta r (1 - Q), r resolved complaints per user of the service.
    """

    levers: ClassVar[frozenset[str]] = frozenset({"service"})
    measures: ClassVar[frozenset[str]] = frozenset(
        {"satisfaction", "service_quality", "encounters", "feedback", "resolved", "trust_providers"}
    )

    quality: float = param(
        0.7, ge=0, le=1, doc="Q0: quality of the service at its own level.", source=ASSUMED
    )
    quality_spread: float = param(
        0.2, ge=0, le=1, doc="sd of satisfaction between encounters.", source=ASSUMED
    )
    encounters_per_day: float = param(
        0.02,
        ge=0,
        le=24,
        unit="encounters/day",
        doc="Encounters of one patient or caregiver.",
        source=ASSUMED,
    )
    feedback: float = param(
        0.05,
        ge=0,
        le=1,
        unit="share",
        doc="Encounters, of people on the platform, that are followed by a post about them.",
        source=ASSUMED,
    )
    platform: str | None = param(None, doc="Name of the platform of these posts; none: the first.")
    memory: float = param(
        0.3, ge=0, le=1, unit="share", doc="w: weight of the last encounter in satisfaction.", source=ASSUMED
    )
    trust_moved: float = param(
        0.05, ge=0, le=1, unit="share", doc="epsilon: how far an encounter moves trust.", source=ASSUMED
    )
    recovery: float = param(60.0, gt=0, unit="d", doc="T: time in which quality returns.", source=ASSUMED)
    improvement: float = param(
        2.0, ge=0, doc="eta: quality gained with complaints resolved per user of the service.", source=ASSUMED
    )

    def begin(self, world: World) -> dict[str, np.ndarray]:
        """Quality float64[1]; satisfaction float64[n], NaN for who never uses it; resolved int64[1]."""
        users = np.isin(world.people.role, [ROLES.index(role) for role in USERS])
        satisfaction = np.where(users, self.quality, np.nan)
        quality = np.array([self.quality])
        return {"quality": quality, "satisfaction": satisfaction, "resolved": np.zeros(1, np.int64)}

    def advance(self, world: World) -> None:
        """Encounters of one step, what is posted about them, and what becomes of quality."""
        health, hours = world.state.health, world.setting.hours_per_step
        users = np.flatnonzero(~np.isnan(health["satisfaction"]))
        chance = chance_within(self.encounters_per_day, hours)
        luck = world.draws.uniform(Purpose.ENCOUNTER, world.people.key[users], world.step)
        seen = users[luck < chance]
        world.state.counts["encounters"][0] += seen.size
        self._meet(world, seen)
        self._post(world, seen)
        quality = health["quality"]
        quality += (self.quality - quality) * -math.expm1(-hours / (24.0 * self.recovery))
        quality += (1.0 - quality) * -math.expm1(
            -self.improvement * float(health["resolved"][0]) / max(users.size, 1)
        )
        health["resolved"][0] = 0

    def sums(self, world: World, sum_people: SumPeople) -> dict[str, np.ndarray]:
        """Satisfaction and its users, int64[G] in fixed point; quality, float64[1]."""
        satisfaction = world.state.health["satisfaction"]
        users = ~np.isnan(satisfaction)
        return {
            "satisfaction": sum_people(np.where(users, satisfaction, 0.0)),
            "users": sum_people(users.astype(float)),
            "service_quality": world.state.health["quality"].copy(),
        }

    def _meet(self, world: World, seen: np.ndarray) -> None:
        """Encounters move satisfaction and trust."""
        satisfaction, trust = world.state.health["satisfaction"], world.people.trust
        normal = world.draws.normal(Purpose.SATISFY, world.people.key[seen], world.step)
        lived = np.clip(world.state.health["quality"][0] + self.quality_spread * normal, 0.0, 1.0)
        satisfaction[seen] += self.memory * (lived - satisfaction[seen])
        trust[seen, PROVIDER] += (self.trust_moved * (lived - trust[seen, PROVIDER])).astype(np.float32)

    def _post(self, world: World, seen: np.ndarray) -> None:
        """Some post about their encounter; it takes a place in feeds and argues for neither side."""
        platform = world.platform_index(self.platform)
        keys = world.people.key[seen]
        here = world.on_platform(platform)[seen]
        chance = self.feedback * world.levers.posting.at(seen, platform)
        posts = seen[(world.draws.uniform(Purpose.FEEDBACK, keys, world.step) < chance) & here]
        world.state.counts["feedback"][0] += posts.size
        causes = np.full(posts.size, np.uint64(name_key("service")), np.uint64)
        sides = np.zeros(posts.size, np.int8)
        messages = world.message_keys(posts, platform, 0, KINDS.index("feedback"), causes)
        appeal = world.appeals(0, sides, messages)
        where = {"platform": platform, "topic": 0, "kind": "feedback"}
        publish_late(world, posts, sides=sides, keys=messages, appeal=appeal, **where)
