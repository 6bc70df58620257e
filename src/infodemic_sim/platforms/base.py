"""Platforms: where posts stand, for how long, and how feeds are built."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, SerializeAsAny, model_validator

from infodemic_sim.graphs.like import GraphLike
from infodemic_sim.params import ASSUMED, Part, param
from infodemic_sim.platforms.forwarding import Forwarding
from infodemic_sim.platforms.ranking import BUILT_IN, Engagement, Ranking
from infodemic_sim.platforms.spaces import SpacesField
from infodemic_sim.plugins import kind, make

GROUP = "infodemic_sim.rankings"
kind(Ranking, lambda: BUILT_IN, GROUP)


def _ranking(value: Any) -> Any:
    return make(value, BUILT_IN, GROUP, Ranking)


RankingField = Annotated[SerializeAsAny[Ranking], BeforeValidator(_ranking)]


class Platform(Part):
    """One platform: its ties and spaces, its ranking, how long posts last and how people use it."""

    name: str = param("network", doc="Name in tables.")
    graph: GraphLike | None = param(None, doc="Who sees whom here; none: the population's graph.")
    ranking: RankingField = param(Engagement(), doc="How feeds are ordered.")
    membership: float = param(1.0, ge=0, le=1, unit="share", doc="Share of people who are on it.")
    sessions_per_day: float = param(
        5.0, ge=0, le=200, unit="sessions/day", doc="Visits of an average person."
    )
    posts_per_session: int = param(20, ge=1, le=1000, unit="posts", doc="Posts read in one visit.")
    horizon: float = param(48.0, gt=0, unit="h", doc="Age at which a post leaves all feeds.", source=ASSUMED)
    timeline_depth: int = param(4, ge=1, le=64, unit="posts", doc="Newest posts kept on a timeline.")
    chatter_per_day: float = param(
        5.0, ge=0, unit="posts/day", doc="Posts on other things by each account followed, which take places."
    )
    reshare_rate: float = param(1.0, ge=0, unit="factor", doc="How easily posts are reshared here.")
    bystanders: float = param(
        0.5, ge=0, le=1, unit="share", doc="Chance that an attached correction is read with its post."
    )
    ties: bool = param(True, doc="Whether people read those whom they follow; if not, spaces alone.")
    spaces: SpacesField | None = param(None, doc="Groups or forums; none: there are only ties.")
    forwarding: Forwarding | None = param(
        None, doc="How messages are forwarded to chats; none: a reshare goes to one place."
    )
    longest_step: float | None = param(
        None, gt=0, unit="h", doc="Longest step that resolves its feeds; none: any.", source=ASSUMED
    )

    @model_validator(mode="after")
    def _has_somewhere_to_post(self) -> Self:
        if self.spaces is None and not self.ties:
            raise ValueError(
                "has neither ties nor spaces, so that nobody would read anything: give it spaces"
            )
        if self.spaces is None and self.forwarding is not None:
            raise ValueError("has forwarding, but no chats to forward to: give it spaces")
        return self
