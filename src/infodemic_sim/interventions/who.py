"""Who: small frozen targets that turn a world into a mask of people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, ClassVar, Literal, Self

import numpy as np
from pydantic import BeforeValidator, SerializeAsAny, model_validator

from infodemic_sim.errors import NotWritableError, ParameterError, UnknownNameError, did_you_mean
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.kernels.layout import TRUST
from infodemic_sim.params import ASSUMED, Part, Several, param
from infodemic_sim.plugins import Plugin, make
from infodemic_sim.population.base import ROLES, Population
from infodemic_sim.population.partitions import check_part, place_of
from infodemic_sim.population.traits import person_keys
from infodemic_sim.randomness import Purpose
from infodemic_sim.world import World

GROUP = "infodemic_sim.targets"
SAMPLE = 1
"""Word of a sample's lot, which so is another than that of a share."""


class Who(Plugin, Part):
    """Base of all targets."""

    fixed: ClassVar[bool] = False
    """Whether it names the same people throughout a run, so that it need be asked only once."""
    by_ties: ClassVar[bool] = False
    """Whether whom it names depends on who follows whom, so that it names others where ties change."""

    @property
    def empty(self) -> bool:
        """Whether it names nobody on purpose."""
        return False

    def check(self, population: Population, graph: SocialGraph | None) -> None:
        """Refuse names that nobody has in a population; graph: who they are, None while it is not known."""

    def mask(self, world: World) -> np.ndarray:
        """Whom it names, bool[n]."""
        raise NotImplementedError


class Everyone(Who):
    """All people."""

    fixed: ClassVar[bool] = True

    def mask(self, world: World) -> np.ndarray:
        """Whom it names, bool[n]."""
        return np.ones(world.n, bool)


class Nobody(Who):
    """No one: for a comparison that must show no difference."""

    fixed: ClassVar[bool] = True

    @property
    def empty(self) -> bool:
        """Whether it names nobody on purpose."""
        return True

    def mask(self, world: World) -> np.ndarray:
        """Whom it names, bool[n]."""
        return np.zeros(world.n, bool)


class Share(Who):
    """A share of all people, chosen by lot once for the run."""

    fixed: ClassVar[bool] = True

    share: float = param(ge=0, le=1, unit="share", doc="Share of people.")

    @property
    def empty(self) -> bool:
        """Whether it names nobody on purpose."""
        return self.share == 0.0

    def mask(self, world: World) -> np.ndarray:
        """Whom it names, bool[n]."""
        return np.asarray(world.draws.uniform(Purpose.TARGET, world.people.key) < self.share)


class Role(Who):
    """People of one role, such as provider."""

    fixed: ClassVar[bool] = True

    role: str = param(doc="Name of the role.")

    def __init__(self, role: str | None = None, /, **fields: Any) -> None:
        super().__init__(**({"role": role} if role is not None else {}), **fields)
        if self.role not in ROLES:
            raise UnknownNameError(f"'{self.role}' is not a role. {did_you_mean(self.role, ROLES)}")

    def check(self, population: Population, graph: SocialGraph | None) -> None:
        """Refuse a role that nobody has."""
        if not population.may_have(self.role, graph):
            raise ParameterError(f"nobody here has the role '{self.role}': {population.remedy(self.role)}.")

    def mask(self, world: World) -> np.ndarray:
        """Whom it names, bool[n]."""
        return np.asarray(world.people.role == ROLES.index(self.role))


class Subgroup(Who):
    """One part of a partition: a literacy level, an age band, a community, any attribute of the graph."""

    fixed: ClassVar[bool] = True

    partition: str = param(doc="literacy, role, age, trust, or an attribute of the graph.")
    part: str = param(doc="Name of the part.")

    @model_validator(mode="after")
    def _names_a_part(self) -> Self:
        check_part(self.partition, self.part, None)
        return self

    def check(self, population: Population, graph: SocialGraph | None) -> None:
        """Refuse a part that the graph does not know."""
        check_part(self.partition, self.part, None if graph is None else graph.attributes)
        if self.partition == "role":
            Role(self.part).check(population, graph)

    def mask(self, world: World) -> np.ndarray:
        """Whom it names, bool[n]."""
        codes, names = world.partition(self.partition)
        return np.asarray(codes == place_of(self.part, self.partition, names))


class MostFollowed(Who):
    """The people whom most others see now; equal counts are ordered by identity."""

    fixed: ClassVar[bool] = True
    by_ties: ClassVar[bool] = True

    share: float = param(ge=0, le=1, unit="share", doc="Share of people.")

    @property
    def empty(self) -> bool:
        """Whether it names nobody on purpose."""
        return self.share == 0.0

    def check(self, population: Population, graph: SocialGraph | None) -> None:
        """Refuse a share that is less than one person."""
        if graph is not None and not self.empty and round(self.share * graph.n) == 0:
            raise ParameterError(
                f"share {self.share:g} of {graph.n:,} people is nobody: give {1 / graph.n:.2g} or more."
            )

    def mask(self, world: World) -> np.ndarray:
        """Whom it names, bool[n]."""
        chosen = np.lexsort((world.people.key, -world.followers()))[: round(self.share * world.n)]
        return _mask(world, chosen)


class FriendsOfRandom(Who):
    """Friends whom random people name: they have more followers than random people have.

    Each person names, with the probability ``share``, one of those whom they see now, by lot.
    """

    fixed: ClassVar[bool] = True
    by_ties: ClassVar[bool] = True

    share: float = param(ge=0, le=1, unit="share", doc="Share of people who name a friend.")

    @property
    def empty(self) -> bool:
        """Whether it names nobody on purpose."""
        return self.share == 0.0

    def mask(self, world: World) -> np.ndarray:
        """Whom it names, bool[n]; who sees nobody names nobody."""
        keys = world.people.key
        asked = np.flatnonzero(world.draws.uniform(Purpose.NOMINATE, keys) < self.share)
        who, friends = world.followees_of(asked)
        named = np.empty(asked.size, np.int64)
        first = np.searchsorted(who, np.arange(asked.size + 1))
        known = np.flatnonzero(np.diff(first))
        for k in known:
            mine = friends[first[k] : first[k + 1]]
            luck = world.draws.uniform(Purpose.NOMINATE, keys[mine], 1 + int(keys[asked[k]]))
            named[k] = mine[np.argmin(luck)]
        return _mask(world, named[known])


class AtRisk(Who):
    """People whom misinformation finds easily: isolated, of low literacy, or distrusting professionals."""

    isolated_above: float = param(
        0.6, ge=0, le=1, doc="Isolation from which people are at risk.", source=ASSUMED
    )
    literacy: Literal["none", "below_basic", "basic"] = param(
        "below_basic", doc="Highest literacy at which people are at risk; none: not counted."
    )
    trust_below: float = param(
        0.1, ge=0, le=1, doc="Trust in providers under which people are at risk.", source=ASSUMED
    )

    def mask(self, world: World) -> np.ndarray:
        """Whom it names at this moment, bool[n]."""
        people = world.people
        low = ("none", "below_basic", "basic").index(self.literacy)
        distrust = people.trust[:, TRUST.index("provider")] < self.trust_below
        return np.asarray((people.isolation > self.isolated_above) | (people.literacy < low) | distrust)


class Believers(Who):
    """People who, at this moment, lean to the false position."""

    topic: str | None = param(None, doc="Name of the topic; none: the first.")

    def mask(self, world: World) -> np.ndarray:
        """Whom it names, bool[n]."""
        return np.asarray(world.belief(world.topic_index(self.topic)) < 0.0)


class Chosen(Who):
    """People by their identities (positions in the graph file, unless it has a column ``key``)."""

    fixed: ClassVar[bool] = True

    keys: Several[int] = param(doc="Identities.")

    @model_validator(mode="after")
    def _are_identities(self) -> Self:
        if odd := [key for key in self.keys if not 0 <= key < 1 << 64]:
            raise ValueError(f"keys must be identities, whole numbers from 0 to 2^64 - 1, but got {odd[0]}")
        return self

    @property
    def empty(self) -> bool:
        """Whether it names nobody on purpose."""
        return not self.keys

    def check(self, population: Population, graph: SocialGraph | None) -> None:
        """Refuse an identity that nobody has."""
        if graph is not None:
            self._among(person_keys(graph))

    def mask(self, world: World) -> np.ndarray:
        """Whom it names, bool[n]."""
        return np.isin(world.people.key, self._among(world.people.key))

    def _among(self, known: np.ndarray) -> np.ndarray:
        wanted = np.asarray(self.keys, dtype=np.uint64)
        if (strange := np.setdiff1d(wanted, known)).size:
            raise UnknownNameError(f"Chosen.keys: nobody in this population has the identity {strange[0]}.")
        return wanted


class Rows(Who):
    """People by their places in the graph, as a mask of your own names them."""

    fixed: ClassVar[bool] = True

    people: int = param(ge=1, unit="people", doc="Number of people in the graph.")
    rows: Several[int] = param(doc="Places, from 0.")

    @model_validator(mode="after")
    def _are_places(self) -> Self:
        if odd := [row for row in self.rows if not 0 <= row < self.people]:
            raise ValueError(f"rows must be places from 0 to {self.people - 1}, but got {odd[0]}")
        return self

    @property
    def empty(self) -> bool:
        """Whether it names nobody on purpose."""
        return not self.rows

    def check(self, population: Population, graph: SocialGraph | None) -> None:
        """Refuse a mask of another population."""
        if graph is not None:
            self._of(graph.n)

    def _of(self, n: int) -> None:
        if n != self.people:
            raise ParameterError(f"the mask names {self.people} people, but the population has {n}.")

    def mask(self, world: World) -> np.ndarray:
        """Whom it names, bool[n]."""
        self._of(world.n)
        return _mask(world, np.asarray(self.rows, dtype=np.int64))


class ByFunction(Who):
    """People named by a function of your own, world → bool[n]."""

    function: Callable[[World], np.ndarray] = param(doc="The function.")

    def mask(self, world: World) -> np.ndarray:
        """Whom it names, bool[n]."""
        mask = np.asarray(self.function(world))
        if mask.dtype != bool or mask.shape != (world.n,):
            raise ParameterError(
                f"ByFunction.function must give bool[{world.n}], but gave {mask.dtype}{list(mask.shape)}."
            )
        return mask

    def to_dict(self) -> dict[str, Any]:
        """Refused: a function cannot be written down."""
        name = getattr(self.function, "__name__", "the function")
        raise NotWritableError(f"who={name} runs, but cannot be written down: name a target class instead.")


def _who(value: Any) -> Any:
    if callable(value) and not isinstance(value, Who):
        return ByFunction(function=value)
    if isinstance(value, np.ndarray):
        kind = value.dtype.kind
        if kind not in "biu":
            raise ParameterError("who must be identities (int) or a mask (bool), not numbers.")
        if kind == "b":
            return Rows(people=int(value.size), rows=tuple(np.flatnonzero(value).tolist()))
        return Chosen(keys=tuple(value.tolist()))
    return make(value, BUILT_IN, GROUP, Who)


WhoField = Annotated[SerializeAsAny[Who], BeforeValidator(_who)]


class Sample(Who):
    """So many people by lot among those whom another target names; all of these where they are fewer.

    It makes targets comparable: the same number of people, chosen in different ways. A larger sample holds
    the smaller ones.
    """

    people: int = param(ge=0, unit="people", doc="How many people.")
    of: WhoField = param(Everyone(), doc="Among whom.")

    def mask(self, world: World) -> np.ndarray:
        """Whom it names, bool[n]; the lot is drawn once for the run."""
        if self.of.fixed:
            return world.kept(("sample", repr(self)), lambda: self._drawn(world))
        return self._drawn(world)

    def _drawn(self, world: World) -> np.ndarray:
        named = np.flatnonzero(self.of.mask(world))
        keys = world.people.key[named]
        luck = world.draws.uniform(Purpose.TARGET, keys, SAMPLE)
        return _mask(world, named[np.lexsort((keys, luck))[: self.people]])


BUILT_IN = (
    Everyone,
    Nobody,
    Share,
    Role,
    Subgroup,
    MostFollowed,
    FriendsOfRandom,
    AtRisk,
    Believers,
    Chosen,
    Rows,
    Sample,
)


def _mask(world: World, people: np.ndarray) -> np.ndarray:
    mask = np.zeros(world.n, bool)
    mask[people] = True
    return mask
