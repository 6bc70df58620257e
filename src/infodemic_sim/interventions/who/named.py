"""Targets named once for the run: everyone, a share, a role, a part of a partition, chosen people."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import numpy as np
from pydantic import model_validator

from infodemic_sim.errors import ParameterError, UnknownNameError, did_you_mean
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.interventions.who.base import Who, mask_of
from infodemic_sim.params import Several, param
from infodemic_sim.population.base import ROLES, Population
from infodemic_sim.population.partitions import check_part, place_of
from infodemic_sim.population.traits import person_keys
from infodemic_sim.randomness import Purpose
from infodemic_sim.world import World


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
        return mask_of(world, np.asarray(self.rows, dtype=np.int64))
