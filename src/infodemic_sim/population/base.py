"""The population: who people are, and the traits with which they meet messages."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.columns import Categories
from infodemic_sim.graphs.like import GraphLike
from infodemic_sim.params import ASSUMED, Part, Several, param
from infodemic_sim.population.partitions import LITERACY, ROLES, Attributes, check_part, parts_of
from infodemic_sim.population.trust import TrustShift

__all__ = ["LITERACY", "ROLES", "SHARE_OF_AGES", "SHARE_OF_LITERACY", "Population"]

SHARE_OF_LITERACY = (0.14, 0.22, 0.52, 0.12)
SHARE_OF_AGES = (0.21, 0.33, 0.24, 0.22)
"""Adults by age band; ASSUMED, near those of countries with many old people."""


class Population(Part):
    """People on a graph: shares of roles, and distributions of traits.

    A person has one role. Traits are drawn for each replicate from addresses, so a trait of a person
    does not depend on anybody else's.

    Automated accounts (``bots``) read and believe as people do, and count as people in all shares, means and
    readings; only behaviour and a disease leave them out. ``subgroups`` with ``role`` tell them apart.
    """

    graph: GraphLike = param(doc="Who sees whom.")
    patients: float = param(0.10, ge=0, le=1, unit="share", doc="Patients.", source=ASSUMED)
    caregivers: float = param(0.05, ge=0, le=1, unit="share", doc="Caregivers.", source=ASSUMED)
    providers: float = param(0.01, ge=0, le=1, unit="share", doc="Health professionals.", source=ASSUMED)
    peer_supporters: float = param(0.01, ge=0, le=1, unit="share", doc="Peer supporters.", source=ASSUMED)
    moderators: float = param(0.0, ge=0, le=1, unit="share", doc="Moderators.", source=ASSUMED)
    fact_checkers: float = param(0.001, ge=0, le=1, unit="share", doc="Fact-checkers.", source=ASSUMED)
    influencers: float = param(0.0, ge=0, le=1, unit="share", doc="Influencers.", source=ASSUMED)
    super_spreaders: float = param(
        0.003,
        ge=0,
        le=1,
        unit="share",
        doc="The few accounts that post most misinformation.",
        source="BaribiBartov2024",
    )
    bots: float = param(
        0.0,
        ge=0,
        le=1,
        unit="share",
        doc="Automated accounts, which measures count as people.",
        source=ASSUMED,
    )
    role_column: str | None = param(None, doc="Attribute of the graph that names each person's role.")
    activity_spread: float = param(0.5, ge=0, doc="Spread of the log-normal sessions per day.")
    sharing: float = param(
        0.016, ge=0, doc="Mean propensity to reshare a message of mean appeal, once read.", source="Shu2020"
    )
    sharing_spread: float = param(1.0, ge=0, doc="Spread of the log-normal sharing propensity.")
    accuracy_weight: float = param(
        0.4, ge=0, le=1, doc="Weight f of accuracy when sharing.", source="Pennycook2021"
    )
    credulity: float = param(-0.2, unit="logits", doc="Mean logit of taking any message to be true.")
    discernment: float = param(0.6, unit="logits", doc="Mean logit by which true and false differ.")
    trait_spread: float = param(0.5, ge=0, unit="logits", doc="Spread of credulity and of discernment.")
    literacy_step: float = param(
        0.25, ge=0, unit="logits", doc="Discernment gained with each level of health literacy."
    )
    trust_peers: float = param(0.5, gt=0, lt=1, doc="Median trust in other people.", source=ASSUMED)
    trust_providers: float = param(
        0.401, gt=0, lt=1, doc="Median trust in physicians and hospitals.", source="Perlis2024"
    )
    trust_fact_checkers: float = param(0.5, gt=0, lt=1, doc="Median trust in fact-checkers.", source=ASSUMED)
    trust_platforms: float = param(0.3, gt=0, lt=1, doc="Median trust in platforms.", source=ASSUMED)
    trust_institutions: float = param(0.5, gt=0, lt=1, doc="Median trust in institutions.", source=ASSUMED)
    trust_spread: float = param(1.0, ge=0, unit="logits", doc="Spread of each trust.", source=ASSUMED)
    trust_shifts: Several[TrustShift] = param((), doc="Parts of people whose trust differs.")
    isolation: float = param(0.3, gt=0, lt=1, doc="Median isolation.", source=ASSUMED)
    isolation_spread: float = param(0.8, ge=0, unit="logits", doc="Spread of isolation.", source=ASSUMED)
    subgroups: Several[str] = param(
        ("literacy", "role"),
        doc="Partitions reported separately: literacy, role, age, trust, or any attribute of the graph.",
    )

    @model_validator(mode="after")
    def _names_parts_that_are_there(self) -> Self:
        """As far as it can be known before the graph is made."""
        known = self.known_attributes
        for name in self.subgroups if known is not None else ():
            parts_of(name, known or {})
        for shift in self.trust_shifts:
            check_part(shift.partition, shift.part, known)
        return self

    @model_validator(mode="after")
    def _roles_are_shares(self) -> Self:
        total = sum(self.shares_of_roles())
        if self.role_column is None and total > 1.0 + 1e-12:
            raise ParameterError(f"shares of roles must add up to 1 at most, but they add up to {total:g}.")
        return self

    @property
    def known_graph(self) -> SocialGraph | None:
        """The graph, if it is made; None where it is a recipe that has not been followed yet."""
        return self.graph if isinstance(self.graph, SocialGraph) else None

    @property
    def known_attributes(self) -> Attributes | None:
        """What the graph says about people, if it is made."""
        return None if self.known_graph is None else self.known_graph.attributes

    def shares_of_roles(self) -> list[float]:
        """Share of each role but the first, the public, in their order."""
        return [getattr(self, share_name(role)) for role in ROLES[1:]]

    def may_have(self, role: str, graph: SocialGraph | None) -> bool:
        """Whether anybody may have a role; graph: None while it is not known what it says."""
        if self.role_column is None:
            shares = dict(zip(ROLES[1:], self.shares_of_roles(), strict=True))
            return shares[role] > 0.0 if role in shares else sum(shares.values()) < 1.0
        column = graph.attributes.get(self.role_column) if graph is not None else None
        if not isinstance(column, Categories):
            return True
        return role in column.levels or (role == ROLES[0] and bool((column.codes < 0).any()))

    def remedy(self, role: str) -> str:
        """What gives people a role."""
        if self.role_column is not None:
            return f"give it to some in the column '{self.role_column}'"
        return f"give population.{share_name(role)} a share" if role != ROLES[0] else "lower other shares"


def share_name(role: str) -> str:
    """The parameter that is the share of a role: provider, providers."""
    return f"{role}s"
