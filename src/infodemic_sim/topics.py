"""Topics: health questions with one accurate position, and who posts about them."""

from __future__ import annotations

from infodemic_sim.params import ASSUMED, Part, param

CLAIM_ROLES_FIXED = {"provider": 1, "fact_checker": 1, "moderator": 1, "super_spreader": -1, "bot": -1}
"""Roles whose own posts are always accurate (+1) or always false (-1); others post what they believe."""


class Posting(Part):
    """How often people of each role start a post on a topic, per day."""

    public: float = param(0.03, ge=0, unit="posts/day", doc="Everybody without another role.", source=ASSUMED)
    patient: float = param(0.06, ge=0, unit="posts/day", doc="Patients.", source=ASSUMED)
    caregiver: float = param(0.06, ge=0, unit="posts/day", doc="Caregivers.", source=ASSUMED)
    provider: float = param(0.10, ge=0, unit="posts/day", doc="Health professionals.", source=ASSUMED)
    peer_supporter: float = param(0.06, ge=0, unit="posts/day", doc="Peer supporters.", source=ASSUMED)
    moderator: float = param(0.03, ge=0, unit="posts/day", doc="Moderators.", source=ASSUMED)
    fact_checker: float = param(0.20, ge=0, unit="posts/day", doc="Fact-checkers.", source=ASSUMED)
    influencer: float = param(0.20, ge=0, unit="posts/day", doc="Influencers.", source=ASSUMED)
    super_spreader: float = param(
        4.0, ge=0, unit="posts/day", doc="The few accounts that post most misinformation.", source=ASSUMED
    )
    bot: float = param(10.0, ge=0, unit="posts/day", doc="Automated accounts.", source=ASSUMED)


class Topic(Part):
    """A health question on which people hold a belief, and post accurate and false claims."""

    name: str = param("vaccine safety", doc="Name in tables.")
    posting: Posting = param(Posting(), doc="Posts a day, by role.")
    accurate_share: float = param(
        0.86,
        gt=0,
        lt=1,
        unit="share",
        doc="People who lean to the accurate position before the start.",
        source="Loomba2021",
    )
    spread: float = param(
        1.0, gt=0, unit="log-odds", doc="Scale of the logistic distribution of beliefs at the start."
    )
    belief_column: str | None = param(
        None, doc="Attribute of the graph that holds each person's belief (log-odds) at the start."
    )
    conviction: float = param(1.0, ge=0, doc="How strictly people post what they believe (slope).")
    appeal_spread_accurate: float = param(
        1.0, ge=0, doc="Spread of the log-normal appeal of accurate messages.", source="Shu2020"
    )
    appeal_spread_false: float = param(
        1.0, ge=0, doc="Spread of the log-normal appeal of false messages.", source="Shu2020"
    )
    appeal_of_false: float = param(
        1.0, gt=0, unit="factor", doc="Mean appeal of false messages, accurate ones being 1."
    )
    false_posts: float = param(
        1.0,
        ge=0,
        le=1,
        unit="share",
        doc="False posts of people that appear at all; 0: no misinformation, all else being drawn alike.",
        source=ASSUMED,
    )
