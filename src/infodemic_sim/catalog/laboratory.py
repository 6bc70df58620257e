"""The laboratory: people without ties of their own, who are treated, shown messages, and asked.

What is done to them is done by the interventions themselves, what they read moves them through the feed, and
what they are asked is computed as the feed computes it: nothing of the model is repeated here.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import numpy as np

from infodemic_sim import observe
from infodemic_sim.graphs import SocialGraph
from infodemic_sim.graphs.columns import Categories
from infodemic_sim.interventions import Intervention
from infodemic_sim.kernels.layout import KINDS, TRUST
from infodemic_sim.platforms import Chronological, Platform
from infodemic_sim.population import Population
from infodemic_sim.scenario import Scenario
from infodemic_sim.simulation import Run
from infodemic_sim.spread import FeedSpread
from infodemic_sim.topics import Posting, Topic

AUTHORS = ("public", "public", "provider", "fact_checker", "peer_supporter")
"""Roles of the accounts beside the participants; everybody follows them, and they see everybody."""
GENERAL_NEWS = 0.72
"""Share who lean to the accurate position where items are general news: so that 32 % of false ones are taken
for accurate, as in the control arm of Guess et al. 2020."""
NOBODY_POSTS = Posting(**dict.fromkeys(Posting.model_fields, 0.0))


def group(number: int, part: object) -> int:
    """Number of an arm's people: others in each arm, the same in all where ``part`` is being fitted."""
    return number if part is None else 0


class Answers(NamedTuple):
    """What participants think of items: float64[n, k] each."""

    logits: np.ndarray  # of perceived veracity
    sharing: np.ndarray  # chance of passing it on

    @property
    def veracity(self) -> np.ndarray:
        """Perceived veracity, 0 to 1."""
        return np.asarray(1.0 / (1.0 + np.exp(-self.logits)))


class Arm:
    """One arm of a trial: its own participants, drawn anew, and what is done to them.

    Parameters
    ----------
    participants : how many. seed, number : fix who they are; each arm of a trial has its own number.
    plan : interventions. reading : whether participants read what is published.
    accurate_share : people who lean to the accurate position on what items are about; none: the default.
    traits : of the population, where the trial's differs from the default.
    """

    def __init__(
        self,
        participants: int,
        *,
        seed: int,
        number: int,
        plan: Sequence[Intervention] = (),
        reading: bool = False,
        spread: FeedSpread | None = None,
        accurate_share: float | None = None,
        **traits: Any,
    ) -> None:
        platform = Platform(
            sessions_per_day=200.0 if reading else 0.0,
            posts_per_session=100,
            chatter_per_day=0.0,
            timeline_depth=16,
            bystanders=1.0,
            ranking=Chronological(),
        )
        about = Topic(posting=NOBODY_POSTS, appeal_spread_accurate=0.0, appeal_spread_false=0.0)
        if accurate_share is not None:
            about = about.but(accurate_share=accurate_share)
        scenario = Scenario(
            population=Population(
                graph=audience(participants), role_column="role", activity_spread=0.0, **traits
            ),
            topics=(about,),
            platforms=(platform,),
            spread=spread or FeedSpread(),
            interventions=tuple(plan),
            days=366.0,
            warm_up=0.0,
            record="end",
            cascades="none",
        )
        self.n = participants
        self.run = Run(scenario, seed=seed, replicate=number)
        self.run.observe()

    @cached_property
    def people(self) -> np.ndarray:
        """Positions of the participants, int64[n]."""
        return np.arange(self.n)

    @property
    def belief(self) -> np.ndarray:
        """Log-odds of the accurate position, float64[n]."""
        return self.run.world.belief(0)[: self.n]

    def author(self, role: str, which: int = 0) -> int:
        """Position of an account beside the participants."""
        places = [place for place, name in enumerate(AUTHORS) if name == role]
        return self.n + places[which]

    def publish(self, items: int, side: int, *, role: str = "public", kind: str = "claim") -> np.ndarray:
        """New messages of mean appeal by one account, which interventions may find: slots int32[items]."""
        world = self.run.world
        authors = np.full(items, self.author(role))
        causes = np.arange(items, dtype=np.uint64) + np.uint64(1000 * (side + 2))
        keys = world.message_keys(authors, 0, 0, KINDS.index(kind), causes)
        slots = world.publish(
            authors,
            platform=0,
            topic=0,
            sides=np.full(items, side, np.int8),
            kind=kind,
            keys=keys,
            appeal=np.ones(items),
            origin=observe.OWN,
        )
        world.state.fresh = np.concatenate([world.state.fresh, slots])
        return slots

    def correct(self, slots: np.ndarray, *, voices: int = 1, **how: Any) -> None:
        """Attach a correction by so many different accounts to each message, see ``World.correct``."""
        for voice in range(voices):
            actors = np.full(slots.size, self.author("public", voice))
            self.run.world.correct(slots, actors, **how)

    def pass_time(self, hours: int = 1) -> None:
        """Steps of an hour: interventions act, participants read."""
        for _ in range(hours):
            self.run.step()

    def ask(self, slots: np.ndarray) -> Answers:
        """What participants would think of messages, under the levers of the last step."""
        from infodemic_sim.kernels.survey import ask

        world, runner = self.run.world, self.run.runner
        rule = self.run.scenario.spread
        assert isinstance(rule, FeedSpread)
        readers = runner.readers(0)  # type: ignore[attr-defined]
        rows, lines = world.state.messages.slots, world.state.lines
        return Answers(*ask(self.people, slots, readers, rule.constants(world, 0), rows, lines))

    def trust(self, source: str) -> np.ndarray:
        """Trust of the participants in a source, float[n]."""
        return np.asarray(self.run.world.people.trust[: self.n, TRUST.index(source)])


@lru_cache(maxsize=8)
def audience(participants: int) -> SocialGraph:
    """Participants who all follow a few accounts, which see all of them."""
    accounts = participants + np.arange(len(AUTHORS))
    people = np.arange(participants)
    readers = np.concatenate([np.repeat(people, accounts.size), np.repeat(accounts, participants)])
    seen = np.concatenate([np.tile(accounts, participants), np.tile(people, accounts.size)])
    graph = SocialGraph.from_ties(readers, seen, participants + accounts.size, True)
    levels = tuple(dict.fromkeys(AUTHORS))
    codes = np.zeros(graph.n, np.int32)
    codes[accounts] = [levels.index(role) for role in AUTHORS]
    return graph.with_attributes(role=Categories(codes, levels))
