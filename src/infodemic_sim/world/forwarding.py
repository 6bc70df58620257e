"""How many chats a message may be forwarded to, as platforms have it and interventions lower it."""

from __future__ import annotations

import numpy as np

from infodemic_sim.platforms.base import Platform
from infodemic_sim.platforms.forwarding import Forwarding

UNLIMITED = np.iinfo(np.int32).max


class ForwardLimits:
    """The limits in force in one step: the platforms' own, lowered for some people or for all."""

    def __init__(self, platforms: tuple[Platform, ...], n: int) -> None:
        self.rules = [platform.forwarding for platform in platforms]
        self.n = n
        self.lowered: dict[tuple[int, bool], np.ndarray] = {}

    def reset(self) -> None:
        """Back to the platforms' own limits."""
        self.lowered.clear()

    def limit(self, platform: int, people: np.ndarray, chats: int, *, often: bool = False) -> None:
        """In this step these people may forward to so many chats at once; the lowest limit counts.

        Parameters
        ----------
        people : positions, int[m], or a mask, bool[n].
        often : limit only messages that were forwarded often.
        """
        if self.rules[platform] is None or not np.asarray(people).size:
            return
        now = self.lowered.setdefault((platform, often), np.full(self.n, UNLIMITED, np.int32))
        now[people] = np.minimum(now[people], chats)

    def at(self, platform: int, people: np.ndarray, hops: np.ndarray) -> np.ndarray:
        """Most chats that each person may forward a message to which came over so many forwards; int32[m]."""
        rule = self.rules[platform]
        assert rule is not None, "only platforms that forward are asked"
        often = hops >= rule.often
        general, strict = self._of(platform, people, rule, False), self._of(platform, people, rule, True)
        return np.where(often, np.minimum(general, strict), general)

    def _of(self, platform: int, people: np.ndarray, rule: Forwarding, often: bool) -> np.ndarray:
        own = rule.limit_often if often else rule.limit
        most = np.full(people.size, UNLIMITED if own is None else own, np.int32)
        lowered = self.lowered.get((platform, often))
        return most if lowered is None else np.minimum(most, lowered[people])
