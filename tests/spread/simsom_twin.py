"""SimSoM once more: slow, in plain Python, with feeds that are lists and messages that are objects.

Written from the text of the rule and from how the published program keeps its feeds. Nothing here is shared
with the package but the addresses of draws; agents are told apart by their keys, never by positions.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field

from infodemic_sim.randomness import Purpose, address
from infodemic_sim.randomness import extended as absorb

UNIT = 2.0**-52


@dataclass(eq=False)
class Message:
    """One message; two are the same only if they are one."""

    quality: float
    appeal: float
    by_bot: bool


@dataclass
class Place:
    """A message as it stands in one feed."""

    message: Message
    shares: int
    post: int
    age: int = 0


@dataclass
class Habits:
    """The parameters of the rule."""

    posting: float
    feed_size: int
    quality_slope: float
    appeal_exponent: float
    deception: float
    flooding: int
    published: bool


@dataclass
class Levers:
    """What interventions make of one person."""

    sharing: float = 1.0
    posting: float = 1.0
    inoculation: float = 0.0


def draw(*words: int) -> float:
    """The number at the address (seed, replicate, purpose, words…)."""
    *base, last = words
    return ((absorb(int(address(*base)), last) >> 12) + 0.5) * UNIT


@dataclass
class Twin:
    """All agents; ``sees`` lists whom each sees, bots included."""

    seed: int
    habits: Habits
    sees: dict[int, list[int]]
    bots: set[int]
    levers: dict[int, Levers] = field(default_factory=dict)
    feeds: dict[int, list[Place]] = field(default_factory=dict)
    adopted: list[tuple[int, int, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.followers: dict[int, list[int]] = {agent: [] for agent in self.sees}
        for agent, seen in self.sees.items():
            for other in seen:
                self.followers[other].append(agent)

    def step(self, step: int) -> None:
        """Everybody posts, then everybody gets what those seen have posted."""
        posted = {agent: self.posts(agent, step) for agent in self.sees}
        order = sorted(
            self.sees, key=lambda agent: absorb(int(address(self.seed, 0, Purpose.CLOCK, step)), agent)
        )
        numbers = {}
        for agent in order:
            what = posted[agent]
            numbers[agent] = -1
            if what is not None and agent not in self.bots:
                numbers[agent] = len(self.adopted)
                self.adopted.append((agent, what[1], what[0].quality >= 0.5))
        inboxes: dict[int, list[tuple[int, Message]]] = {agent: [] for agent in self.sees}
        for agent in order:
            if posted[agent] is not None:
                for follower in self.followers[agent]:
                    inboxes[follower].append((agent, posted[agent][0]))
        for agent, mail in inboxes.items():
            self.receive(agent, mail, numbers)

    def posts(self, agent: int, step: int) -> tuple[Message, int] | None:
        """A message and the post it was picked from; nothing where levers keep the agent silent."""
        habits, levers = self.habits, self.levers.get(agent, Levers())
        feed = self.feeds.get(agent, [])
        luck = draw(self.seed, 0, Purpose.NEW_POST, step, agent)
        if luck < levers.posting * (habits.posting if feed else 1.0):
            return self.composed(agent, step), -1
        if not feed or 1.0 - luck > levers.sharing * (1.0 - habits.posting):
            return None
        weights = [self.pull(place) for place in feed]
        if any(place.message.quality >= 0.5 for place in feed):
            factor = math.exp(-levers.inoculation)
            weights = [
                w * (factor if p.message.quality < 0.5 else 1.0) for w, p in zip(weights, feed, strict=True)
            ]
        target, total = draw(self.seed, 0, Purpose.PICK, step, agent) * math.fsum(weights), 0.0
        for place, weight in zip(feed, weights, strict=True):
            total += weight
            if target < total:
                return place.message, place.post
        return feed[-1].message, feed[-1].post

    def pull(self, place: Place) -> float:
        """Appeal times shares times recency."""
        return place.message.appeal * place.shares * math.exp(-0.4 * place.age**0.4)

    def composed(self, agent: int, step: int) -> Message:
        """A new message."""
        habits, bot = self.habits, agent in self.bots
        u, v = (draw(self.seed, 0, purpose, step, agent) for purpose in (Purpose.QUALITY, Purpose.APPEAL))
        quality = math.log(1.0 - u + u * math.exp(habits.quality_slope)) / habits.quality_slope
        appeal = 1.0 - (1.0 - v) ** (1.0 / habits.appeal_exponent)
        deceives = bot and draw(self.seed, 0, Purpose.BOT, 3, step, agent) < habits.deception
        return Message(0.0 if bot else quality, 1.0 if deceives else appeal, bot)

    def receive(self, agent: int, mail: list[tuple[int, Message]], numbers: dict[int, int]) -> None:
        """Merge what comes in with what stands in the feed."""
        copies: Counter[Message] = Counter()
        brought: dict[Message, int] = {}
        for poster, message in mail:
            copies[message] += self.habits.flooding if poster in self.bots else 1
            brought.setdefault(message, numbers[poster])
        feed = self.feeds.setdefault(agent, [])
        again = [place for place in feed if place.message in copies]
        for place in again:
            place.shares += copies.pop(place.message)
        for place in feed:
            if again or not self.habits.published:
                place.age += 1
            elif copies:
                place.age = 1
        new = [Place(message, count, brought[message]) for message, count in copies.items()]
        self.feeds[agent] = sorted(new + feed, key=lambda place: place.age)[: self.habits.feed_size]
