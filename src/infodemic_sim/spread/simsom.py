"""SimSoM: messages of differing quality compete for a place in short feeds, and bots push bad ones."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from infodemic_sim.kernels import elementary
from infodemic_sim.kernels.simsom_feeds import Posted, mean_qualities, receive
from infodemic_sim.kernels.simsom_posts import Habits, Moved, write_posts
from infodemic_sim.params import param
from infodemic_sim.spread.diffusion import ADOPTION, adoptions
from infodemic_sim.spread.network_rule import Arrays, Chances, Ground, NetworkRule
from infodemic_sim.spread.simsom_arrays import (
    CHANGE,
    MOMENT,
    audience_of,
    bases_of,
    empty_arrays,
    fading,
    feeds_of,
    inboxes,
    make_room,
    numbers,
    people_of,
    pool_of,
    posting_order,
    take_stock,
)
from infodemic_sim.spread.simsom_bots import Targeting, chances_to_follow, names, ties_to_bots
from infodemic_sim.spread.status_rule import CERTAIN

FALSE, ACCURATE = 0, 1


class SimSoM(NetworkRule):
    """The simulator of social media of Truong et al. (2024), with its bots and their tactics.

    Agents are the people of the graph and, beside them, ``bot_share`` n bots (rounded down). All act once
    in a step, on their feeds as they stood at its start. An agent with an empty feed posts a new message;
    any other posts a new one with probability mu, else reshares one from its feed, drawn in proportion to

        appeal × shares × exp(-0.4 age^0.4).

    Then everybody gets the posts of those seen, of bots ``flooding`` copies each. A message stands in a
    feed once: shares counts the copies that came in since it has stood there, age the steps. New messages
    go first, in random order of posting, the same for all; a feed keeps its first ``feed_size`` messages.

    A message of a person has a quality with density ~ exp(lambda q) on [0, 1] and, independently, an
    appeal 1 - (1 - u)^(1/exponent). A bot's has quality 0, and appeal 1 with probability ``deception``.
    People follow each bot with probability ``infiltration``, or as ``targeting`` says; each bot follows
    ``bot_friends`` others, as in ``simsom_graph``, and nobody else. Weights of ties are not used.

    Targeting gives person i a weight w_i and the chance 1 - exp(-w_i t) to follow any one bot, with t such
    that a bot has as many followers on average as untargeted (the published program draws them without
    replacement in proportion to w: the same in a large network). The six published tactics are "random";
    "hubs", w = followers; "column", w = ``target_column`` (published: misinformation score); "extremes",
    its absolute value (partisanship); "high", w = 1 where it is above 0 (conservative); "low", where it is
    below 0 (liberal).

    Ageing "published" is that of the published program, which leaves recency nearly flat where feeds are
    seldom full of new messages: when something comes in, ages rise by 1 if some of it stood there already
    and are set to 1 otherwise; when nothing comes in they stay.

    Levers: posting scales mu (of an empty feed, the chance 1), sharing the chance 1 - mu to reshare; new
    messages come first where both exceed 1 together, and who does neither posts nothing in that step.
    Inoculation multiplies the pull of false messages by e^-I, which lowers the odds that what a person
    reshares is false. Bots have no levers.

    Message 0 is false (quality below one half, so all of bots), message 1 accurate. Adoptions are the posts
    of people, in order of posting, at time step + 1. Each new message starts a tree; the parent of a
    reshare is the post that brought the message into the feed, none if that was a bot's: who passes on what
    came straight from a bot starts a tree as well.
    """

    entry_name: ClassVar[str] = "simsom"
    levers: ClassVar[frozenset[str]] = frozenset({"sharing", "posting", "inoculation"})
    messages: ClassVar[int] = 2
    endless: ClassVar[bool] = True

    posting: float = param(
        0.5, ge=0, le=1, unit="probability", source="Truong2024", doc="mu: chance to post something new."
    )
    feed_size: int = param(
        15, ge=1, le=10_000, unit="messages", source="Truong2024", doc="sigma: messages that a feed keeps."
    )
    quality_slope: float = param(
        10.0,
        ge=-100,
        le=100,
        source="Truong2024",
        doc="lambda: how much more often people post good messages than bad ones.",
    )
    appeal_exponent: float = param(
        5.0,
        gt=0,
        source="Truong2024",
        doc="How rare appealing messages are; 1: all appeals are equally likely.",
    )
    ageing: Literal["correct", "published"] = param("correct", doc="How messages in feeds grow old.")
    unit_of_age: float = param(
        1.0, gt=0, unit="steps", source="WuHuberman2007", doc="What one unit of age is."
    )
    bot_share: float = param(
        0.05, ge=0, le=10, unit="bots/person", source="Truong2024", doc="Bots, relative to people."
    )
    bot_friends: int = param(
        3, ge=0, le=1000, unit="bots", source="Truong2024", doc="How many other bots a bot follows."
    )
    infiltration: float = param(
        0.01, ge=0, le=1, unit="probability", source="Truong2024", doc="gamma: chance to follow any one bot."
    )
    flooding: int = param(
        1, ge=1, le=10_000, unit="copies", source="Truong2024", doc="theta: copies of each post of a bot."
    )
    deception: float = param(
        0.0,
        ge=0,
        le=1,
        unit="probability",
        source="Truong2024",
        doc="phi: chance that a bot's message has appeal 1.",
    )
    targeting: Targeting = param("random", doc="Whom bots get to follow them.")
    target_column: str = param("", doc="Column of the graph by which people are targeted.")
    settled: float = param(
        0.0,
        ge=0,
        lt=1,
        unit="per step",
        source="Truong2024",
        doc="Relative change of smoothed quality at which a run ends (published: 0.0001); 0: it does not.",
    )
    smoothing: float = param(
        0.8, ge=0, lt=1, source="Truong2024", doc="Weight of the past in smoothed quality, which starts at 1."
    )

    def side(self, message: int) -> int:
        """Side of a message: +1 accurate, -1 false."""
        return 1 if message == ACCURATE else -1

    def begin(self, ground: Ground) -> tuple[Arrays, np.ndarray]:
        """Empty feeds, and everybody's ties to bots."""
        bots = int(self.bot_share * ground.n)
        chances = chances_to_follow(ground.graph, self.targeting, self.target_column, self.infiltration)
        arrays = empty_arrays(ground.n, names(ground.draws, bots), self.feed_size)
        ties = ties_to_bots(ground.draws, ground.keys, chances, bots, self.bot_friends)
        return {**arrays, **inboxes(ground.graph, *ties, bots)}, np.empty(0, ADOPTION)

    def advance(self, ground: Ground, arrays: Arrays, step: int, chances: Chances) -> np.ndarray:
        """All act on the feeds as they stand; then everybody gets the posts."""
        make_room(arrays)
        keys = np.concatenate([ground.keys, arrays["bot_names"]])
        message, source = self._written(ground, arrays, keys, step, chances)
        order = posting_order(ground.draws, keys, step)
        posters = order[(order < ground.n) & (message[order] >= 0)]
        veracity = np.where(arrays["quality"][message[posters]] < 0.5, FALSE, ACCURATE)
        posted = Posted(order, message, numbers(arrays, posters), self.flooding)
        slots, published = arrays["quality"].size, self.ageing == "published"
        receive(audience_of(ground, arrays), posted, feeds_of(arrays), slots, published)
        take_stock(arrays, ground.n, self.smoothing)
        return adoptions(posters, source[posters], step + 1.0, veracity)

    def _written(
        self, ground: Ground, arrays: Arrays, keys: np.ndarray, step: int, chances: Chances
    ) -> tuple[np.ndarray, np.ndarray]:
        """What each agent posts, and the adoption it was picked from."""
        moved = Moved(chances.sharing, chances.posting, chances.inoculation)
        recency = fading(self.unit_of_age, step)
        habits = Habits(self.posting, self.quality_slope, self.appeal_exponent, self.deception, recency)
        bases = bases_of(ground.draws, step)
        return write_posts(ground.n, keys, feeds_of(arrays), pool_of(arrays), habits, bases, moved)

    def finished(self, arrays: Arrays) -> bool:
        """Whether quality has settled, where that ends a run."""
        return self.settled > 0 and bool(arrays["moment"][CHANGE] <= self.settled)

    def beliefs(self, arrays: Arrays) -> np.ndarray:
        """Log-odds of the mean quality in a person's feed, at most 40 either way; 0 where nothing stands."""
        means = mean_qualities(feeds_of(arrays), arrays["quality"], people_of(arrays))
        odds = elementary.log(means) - elementary.log1p(-means)
        return np.asarray(np.clip(odds, -CERTAIN, CERTAIN))

    def shown_statuses(self, arrays: Arrays) -> np.ndarray:
        """None: people have feeds, not statuses."""
        return np.full(people_of(arrays), -1, np.int8)

    def summary(self, arrays: Arrays) -> dict[str, float]:
        """What stands in the feeds of people: mean quality, share of bots' messages, entropy in nats.

        All three are not a number while all feeds are empty.
        """
        return dict(zip(MOMENT, arrays["moment"].tolist(), strict=True))
