"""The verbs of publishing: new messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from infodemic_sim import kernels, observe
from infodemic_sim.errors import DuplicateKeyError, MissingLeverError
from infodemic_sim.kernels.layout import KINDS, TRUST
from infodemic_sim.population.base import ROLES
from infodemic_sim.randomness import Purpose, address, each_extended, name_key
from infodemic_sim.world.grouping import each_pair
from infodemic_sim.world.posting import Posting

if TYPE_CHECKING:
    from infodemic_sim.levers import Levers

KNOWS_PATIENTS = np.isin(ROLES, ("patient", "caregiver", "provider", "peer_supporter"))
"""By role: who could tell who a patient is."""

PROFESSIONAL = ROLES.index("provider")

MESSAGE_ROOT = name_key("message")
SOURCE_OF_ROLE = {"provider": "provider", "fact_checker": "fact_checker", "moderator": "platform"}
SOURCES = np.array([TRUST.index(SOURCE_OF_ROLE.get(role, "peer")) for role in ROLES], np.int8)
"""By role: which trust counts for what they say, index of TRUST."""


class Publishing(Posting):
    """What ``World`` offers to those who publish; it changes arrays and counts what was done."""

    levers: Levers
    new_slots: list[np.ndarray]

    def message_keys(
        self, authors: np.ndarray, platform: int, topic: int, kind: int, causes: np.ndarray
    ) -> np.ndarray:
        """Identities of new messages: hashes of author, birth step, platform, topic, kind and cause."""
        base = address(MESSAGE_ROOT, self.state.step, platform, topic, kind)
        return each_extended(base, self.state.people.key[authors], causes)

    def publish(
        self,
        authors: np.ndarray,
        *,
        platform: int,
        topic: int,
        sides: np.ndarray,
        kind: str,
        keys: np.ndarray,
        appeal: np.ndarray,
        origin: int = observe.INTERVENTION,
        strength: float | np.ndarray = 1.0,
        visibility: float = 1.0,
    ) -> np.ndarray:
        """Put new messages on their authors' timelines; their slots, int32[m], both in order of key.

        A message of visibility 0 is counted, but stands on no timeline. Of people's own false messages only
        the topic's share of ``false_posts`` appears.

        Parameters
        ----------
        authors : positions, int[m]. sides : int8[m], +1, 0 or -1. kind : one of KINDS.
        keys : uint64[m] from ``message_keys``. appeal : float64[m], mean 1.
        strength : persuasion relative to the declared one of the kind, one number or float[m].

        Raises
        ------
        DuplicateKeyError
            If two messages have the same key, so that their draws would coincide.
        """
        if not self.state.timelines[platform].line.shape[1]:
            raise MissingLeverError("posts cannot be published here: the spread rule has no feeds.")
        if not keys.size:
            return np.empty(0, np.int32)
        order, keys = np.argsort(keys), np.sort(keys)
        strengths = np.atleast_1d(np.asarray(strength, float))
        if (keys[1:] == keys[:-1]).any():
            raise DuplicateKeyError("two new messages have the same author, step, topic, kind and cause.")
        if origin == observe.OWN and self.setting.topics[topic].false_posts < 1.0:
            appears = self._appears(topic, sides[order], keys)
            order, keys = order[appears], keys[appears]
        authors = authors[order]
        state = self.state
        slots = state.messages.take(authors.size)
        serial = int(state.messages.published[0])
        kernels.publishing.write(
            slots,
            keys,
            authors.astype(np.int32, copy=False),
            sides[order].astype(np.int8, copy=False),
            appeal[order].astype(float, copy=False),
            strengths[order] if strengths.size > 1 else strengths,
            self._disclosures(authors, kind, keys, platform),
            state.people.role,
            SOURCES,
            (platform, topic, KINDS.index(kind), origin, state.step, serial, float(visibility)),
            state.messages.slots,
            state.counts["posts"],
        )
        state.messages.published[0] += slots.size
        self.new_slots.append(slots)
        self._log_messages(slots)
        if visibility > 0.0:
            self.post(authors, slots, platform, np.zeros(authors.size, np.int16), _no_parent(authors.size))
        return slots

    def _appears(self, topic: int, sides: np.ndarray, keys: np.ndarray) -> np.ndarray:
        """Which of people's own messages appear at all, bool[m]: false ones by the share of their topic."""
        share = self.setting.topics[topic].false_posts
        return np.asarray((sides >= 0) | (self.draws.uniform(Purpose.KEEP_FALSE, keys) < share))

    def publish_some(
        self,
        authors: np.ndarray,
        causes: np.ndarray,
        share: float,
        *,
        platform: int,
        topic: int,
        kind: str,
        side: int,
        strength: float = 1.0,
        visibility: float = 1.0,
    ) -> None:
        """Publish a share of possible posts, each decided by its cause: uint64[m], different for each."""
        if not authors.size:
            return
        identities = kernels.draws.absorb_all(self.state.people.key[authors], causes)
        chosen = self.draws.uniform(Purpose.CHOICE, identities) < share
        who = authors[chosen]
        if not who.size:
            return
        keys = self.message_keys(who, platform, topic, KINDS.index(kind), causes[chosen])
        sides = np.full(who.size, side, np.int8)
        self.publish(
            who,
            platform=platform,
            topic=topic,
            sides=sides,
            kind=kind,
            keys=keys,
            appeal=self.appeals(topic, sides, keys),
            strength=strength,
            visibility=visibility,
        )

    def publish_answers(
        self,
        authors: np.ndarray,
        slots: np.ndarray,
        cause: int,
        share: float,
        *,
        strength: float = 1.0,
        visibility: float = 1.0,
    ) -> None:
        """Publish a share of possible posts, each against one message, on its topic and platform.

        authors, slots : who would answer which message, int[m]. cause : key of the intervention.
        """
        if not slots.size:
            return
        rows = self.state.messages.slots[slots]
        causes = each_extended(cause, rows["key"])
        for platform, topic, mine in each_pair(rows["platform"], rows["topic"]):
            self.publish_some(
                authors[mine],
                causes[mine],
                share,
                platform=platform,
                topic=topic,
                kind="correction",
                side=1,
                strength=strength,
                visibility=visibility,
            )

    def appeals(self, topic: int, sides: np.ndarray, keys: np.ndarray) -> np.ndarray:
        """Log-normal appeal of new messages: mean 1, or ``appeal_of_false`` for false ones."""
        about = self.setting.topics[topic]
        false = (about.appeal_of_false, about.appeal_spread_false)
        base = self.draws.base(Purpose.APPEAL)
        found = kernels.publishing.appeals(keys, sides, false, (1.0, about.appeal_spread_accurate), base)
        return np.asarray(found)

    def _log_messages(self, slots: np.ndarray) -> None:
        log = self.state.logs.get("messages")
        if log is not None:
            rows = np.zeros(slots.size, log.rows.dtype)
            for name in rows.dtype.names or ():
                rows[name] = self.state.messages.slots[name][slots]
            log.append(rows)

    def sources(self, authors: np.ndarray) -> np.ndarray:
        """Which trust counts for what these people say: int8[m], index of TRUST."""
        return SOURCES[self.state.people.role[authors]]

    def _disclosures(self, authors: np.ndarray, kind: str, keys: np.ndarray, platform: int) -> np.ndarray:
        """Which texts tell who a patient is, uint8[m]; only those can who know patients, or are ones."""
        chances = self.setting.disclosure.chance[KINDS.index(kind)]
        if not chances.any() or not authors.size:
            return np.zeros(authors.size, np.uint8)
        np.add.at(self.state.health["texts"], authors, 1)
        roles = self.state.people.role[authors]
        others = (roles != PROFESSIONAL).astype(np.int64)
        luck = self.draws.uniform(Purpose.DISCLOSE, keys)
        told = KNOWS_PATIENTS[roles] & (luck < chances[others] * self.levers.disclosure.at(authors))
        self.state.counts["disclosures"][platform] += np.bincount(others[told], minlength=2)
        return told.astype(np.uint8)


def _no_parent(count: int) -> np.ndarray:
    return np.full(count, -1, np.int32)
