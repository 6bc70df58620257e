"""How many chats a message may be forwarded to, as platforms have it and interventions lower it."""

from __future__ import annotations

import numpy as np

from infodemic_sim.platforms.base import Platform

UNLIMITED = np.iinfo(np.int32).max


class ForwardLimits:
    """The limits in force in one step: the platforms' own, or lower ones."""

    def __init__(self, platforms: tuple[Platform, ...]) -> None:
        self.rules = [platform.forwarding for platform in platforms]
        self.reset()

    def reset(self) -> None:
        """Back to the platforms' own limits."""
        self.most, self.most_often = self._own()

    def _own(self) -> tuple[list[int], list[int]]:
        """Limits of the platforms: of all messages, and of those forwarded often."""
        general = [UNLIMITED if rule is None or rule.limit is None else rule.limit for rule in self.rules]
        often = [
            UNLIMITED if rule is None or rule.limit_often is None else rule.limit_often for rule in self.rules
        ]
        return general, often

    def limit(self, platform: int, chats: int, *, often: bool = False) -> None:
        """In this step messages go to so many chats at once; the lowest limit counts.

        Parameters
        ----------
        often : limit only messages that were forwarded often.
        """
        limits = self.most_often if often else self.most
        limits[platform] = min(limits[platform], chats)

    @property
    def moved(self) -> bool:
        """Whether a limit is lower than the platform's own."""
        return (self.most, self.most_often) != self._own()

    def at(self, platform: int, hops: np.ndarray) -> np.ndarray:
        """Most chats that messages which came over so many forwards may go to; int32[m]."""
        rule, most = self.rules[platform], self.most[platform]
        if rule is None:
            return np.full(hops.size, most, np.int32)
        strict = min(most, self.most_often[platform])
        return np.where(hops >= rule.often, strict, most).astype(np.int32)
