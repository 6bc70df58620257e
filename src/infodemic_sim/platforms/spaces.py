"""Spaces: groups and forums that their members read and post to, beside the ties between people.

A space is who belongs to it, and how much of what its members post goes there. Who belongs is drawn
from the identities of people alone, so it does not depend on their order.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, NamedTuple

import numpy as np
from pydantic import BeforeValidator, SerializeAsAny

from infodemic_sim.errors import UnknownNameError, did_you_mean
from infodemic_sim.graphs.columns import Categories, Column
from infodemic_sim.params import ASSUMED, Part, Several, param
from infodemic_sim.plugins import Plugin, kind, make
from infodemic_sim.randomness import Draws, Purpose, name_key


class Crowd(NamedTuple):
    """The people who may join the spaces of one platform (n people)."""

    key: np.ndarray  # uint64[n]
    roles: tuple[np.ndarray, tuple[str, ...]]  # int8[n] and what the numbers stand for
    attributes: Mapping[str, Column]
    on: np.ndarray  # bool[n], who is on the platform
    platform: int
    draws: Draws


class Joined(NamedTuple):
    """Who has joined which space: pairs, in any order, each as often as it was drawn."""

    people: np.ndarray  # int64[m], positions
    spaces: np.ndarray  # int64[m], places in ``identities``
    identities: np.ndarray  # uint64[S], what each space is known by in draws


class Spaces(Plugin, Part):
    """Base of all ways in which people come together in spaces.

    A subclass says who joins, in ``join``. Its members read what stands in a space as they read those
    whom they follow; a post that goes to a space is read by its members, and by nobody else.
    """

    keeps: int = param(
        32,
        ge=1,
        le=1 << 15,
        unit="posts",
        doc="Newest posts that stand in a space, rounded up to whole timelines of the platform.",
        source=ASSUMED,
    )
    to_spaces: float = param(
        0.5,
        ge=0,
        le=1,
        unit="share",
        doc="Posts and reshares of a member that go to a space; the others go to followers.",
        source=ASSUMED,
    )
    chatter_per_day: float = param(
        0.1,
        ge=0,
        unit="posts/day",
        doc="Posts on other things by each fellow member of a space, which take places.",
        source=ASSUMED,
    )
    roles: Several[str] = param((), doc="Roles that may join; none named: all.")

    def join(self, crowd: Crowd) -> Joined:
        """Who joins which space; draws only from identities."""
        raise NotImplementedError

    def may_join(self, crowd: Crowd) -> np.ndarray:
        """Positions of the people on the platform whose role may join, int64[m]."""
        codes, names = crowd.roles
        if unknown := sorted(set(self.roles) - set(names)):
            owner, first = type(self).__name__, unknown[0]
            raise UnknownNameError(f"{owner}.roles: '{first}' is not a role. {did_you_mean(first, names)}")
        wanted = [names.index(role) for role in self.roles]
        return np.flatnonzero(crowd.on & np.isin(codes, wanted) if wanted else crowd.on)


class Groups(Spaces):
    """Groups of about the same size; each person joins a few of them by lot.

    Of N people who may join, each joins a Poisson number of groups with mean ``per_person``, each by lot
    out of round(N · per_person / size) groups, at least one; a group drawn twice is joined once.
    """

    size: float = param(20.0, ge=2, unit="people", doc="Members of a group, on average.", source=ASSUMED)
    per_person: float = param(
        2.0, gt=0, le=20, unit="groups", doc="Groups that a person joins, on average.", source=ASSUMED
    )

    def join(self, crowd: Crowd) -> Joined:
        """Who joins which group."""
        people = self.may_join(crowd)
        number = max(1, round(people.size * self.per_person / self.size))
        luck = crowd.draws.uniform(Purpose.SPACE, crowd.key[people], crowd.platform, 0)
        counts = _poisson(luck, self.per_person)
        joining = [people[counts > k] for k in range(int(counts.max(initial=0)))]
        lots = [
            crowd.draws.uniform(Purpose.SPACE, crowd.key[who], crowd.platform, 1 + k)
            for k, who in enumerate(joining)
        ]
        chosen = (np.concatenate([np.empty(0), *lots]) * number).astype(np.int64)
        return Joined(np.concatenate([people[:0], *joining]), chosen, np.arange(number, dtype=np.uint64))


class Communities(Spaces):
    """One group for each category of an attribute of the graph: a town, a clinic, a school."""

    column: str = param(doc="Attribute of the graph whose categories are the groups.")

    def join(self, crowd: Crowd) -> Joined:
        """Everybody whose category is known joins its group."""
        column = crowd.attributes.get(self.column)
        if not isinstance(column, Categories):
            known = [name for name, values in crowd.attributes.items() if isinstance(values, Categories)]
            raise UnknownNameError(
                f"Communities.column: the graph has no categories '{self.column}'. "
                f"{did_you_mean(self.column, known)}"
            )
        people = self.may_join(crowd)
        people = people[column.codes[people] >= 0]
        identities = np.array([name_key(level) for level in column.levels], np.uint64)
        return Joined(people, column.codes[people].astype(np.int64), identities)


class Forum(Spaces):
    """One space that all who joined read and write in."""

    keeps: int = param(
        256,
        ge=1,
        le=1 << 15,
        unit="posts",
        doc="Newest posts that stand in the forum, rounded up to whole timelines of the platform.",
        source=ASSUMED,
    )
    share: float = param(
        1.0,
        ge=0,
        le=1,
        unit="share",
        doc="Share of those on the platform who may join that do.",
        source=ASSUMED,
    )

    def join(self, crowd: Crowd) -> Joined:
        """Who joins the forum."""
        people = self.may_join(crowd)
        luck = crowd.draws.uniform(Purpose.SPACE, crowd.key[people], crowd.platform, 0)
        people = people[luck < self.share]
        return Joined(people, np.zeros(people.size, np.int64), np.zeros(1, np.uint64))


BUILT_IN = (Groups, Communities, Forum)
GROUP = "infodemic_sim.spaces"
kind(Spaces, lambda: BUILT_IN, GROUP)

SpacesField = Annotated[
    SerializeAsAny[Spaces], BeforeValidator(lambda value: make(value, BUILT_IN, GROUP, Spaces))
]


def _poisson(luck: np.ndarray, mean: float) -> np.ndarray:
    """Poisson counts by inversion of uniform numbers; int64[m]."""
    term, most = math.exp(-mean), 20 + int(6 * mean)
    terms = [term := term * mean / k if k else term for k in range(most)]
    return np.searchsorted(np.cumsum(terms), luck, side="left")
