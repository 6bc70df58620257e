"""Draw everybody's role and traits from their addresses."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from infodemic_sim import kernels
from infodemic_sim.errors import ParameterError, UnknownNameError, did_you_mean
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.columns import Categories
from infodemic_sim.kernels.layout import TRUST
from infodemic_sim.population.base import ROLES, SHARE_OF_AGES, SHARE_OF_LITERACY, Population
from infodemic_sim.population.partitions import trusting
from infodemic_sim.population.trust import shifts
from infodemic_sim.randomness import Draws, Purpose


@dataclass
class People:
    """Traits of n people; arrays by person, a column per trait."""

    key: np.ndarray  # uint64[n], identity in every draw
    role: np.ndarray  # int8[n], index of ROLES
    literacy: np.ndarray  # int8[n], index of LITERACY
    age: np.ndarray  # int8[n], index of AGES
    trusting: np.ndarray  # int8[n], index of TRUSTING: trust in providers before the start
    activity: np.ndarray  # float32[n], sessions relative to the average person
    sharing: np.ndarray  # float64[n], propensity to reshare
    inattention: np.ndarray  # float64[n], 1 - f
    credulity: np.ndarray  # float32[n], logits
    discernment: np.ndarray  # float32[n], logits
    trust: np.ndarray  # float32[n, 5], in peers, providers, fact-checkers, platforms, institutions
    isolation: np.ndarray  # float64[n], now
    own_isolation: np.ndarray  # float64[n], level it returns to

    @property
    def n(self) -> int:
        """Number of people."""
        return int(self.key.size)

    def own_partitions(self) -> dict[str, np.ndarray]:
        """Part of each person, int8[n], in the partitions that are traits of people."""
        return {"role": self.role, "literacy": self.literacy, "age": self.age, "trust": self.trusting}


def draw_people(population: Population, graph: SocialGraph, draws: Draws) -> People:
    """The people of one replicate: roles and traits, each drawn from its own address."""
    key = person_keys(graph)
    literacy = in_classes(draws.uniform(Purpose.LITERACY, key), SHARE_OF_LITERACY)
    spread = population.trait_spread
    step = population.literacy_step * (literacy - 2.0)
    discernment = population.discernment + step + spread * draws.normal(Purpose.DISCERNMENT, key)
    role = _roles(population, graph, draws, key)
    age = in_classes(draws.uniform(Purpose.AGE, key), SHARE_OF_AGES)
    own = {"role": role, "literacy": literacy, "age": age}
    moved = shifts(population.trust_shifts, key.size, own, graph.attributes)
    trust = _trust(population, draws, key, moved)
    isolation = _around(population.isolation, population.isolation_spread, draws, Purpose.ISOLATION, key)
    return People(
        key=key,
        role=role,
        literacy=literacy,
        age=age,
        trusting=trusting(trust[:, TRUST.index("provider")]),
        activity=_log_normal(1.0, population.activity_spread, draws, Purpose.ACTIVITY, key).astype(
            np.float32
        ),
        sharing=_log_normal(population.sharing, population.sharing_spread, draws, Purpose.SHARING, key),
        inattention=np.full(key.size, 1.0 - population.accuracy_weight),
        credulity=(population.credulity + spread * draws.normal(Purpose.CREDULITY, key)).astype(np.float32),
        discernment=discernment.astype(np.float32),
        trust=trust,
        isolation=isolation,
        own_isolation=isolation.copy(),
    )


def person_keys(graph: SocialGraph) -> np.ndarray:
    """Identities: the column ``key`` of the graph where it has one, else positions; uint64[n]."""
    column = graph.attributes.get("key")
    if column is None:
        return np.arange(graph.n, dtype=np.uint64)
    if isinstance(column, Categories) or np.unique(column).size != graph.n or not _whole(column).all():
        raise ParameterError("graph.key must hold a different whole number, 0 or more, for each person.")
    return np.asarray(column).astype(np.uint64)


def _whole(column: np.ndarray) -> np.ndarray:
    """Which entries are whole numbers that 64 bits can hold: bool[n]."""
    return np.asarray((column == np.floor(column)) & (column >= 0.0) & (column < 2.0**64))


def in_classes(uniforms: np.ndarray, shares: tuple[float, ...]) -> np.ndarray:
    """Class of each person by cumulative shares; int8[n]."""
    edges = np.cumsum(shares)[:-1]
    return np.searchsorted(edges, uniforms, side="right").astype(np.int8)


def _roles(population: Population, graph: SocialGraph, draws: Draws, key: np.ndarray) -> np.ndarray:
    if population.role_column is not None:
        return _roles_from_column(population.role_column, graph)
    shares = population.shares_of_roles()
    drawn = np.searchsorted(np.cumsum(shares), draws.uniform(Purpose.ROLE, key), side="right") + 1
    return np.where(drawn > len(shares), 0, drawn).astype(np.int8)


def _roles_from_column(name: str, graph: SocialGraph) -> np.ndarray:
    column = graph.attributes.get(name)
    if not isinstance(column, Categories):
        known = [other for other, values in graph.attributes.items() if isinstance(values, Categories)]
        raise UnknownNameError(
            f"Population.role_column: the graph has no categories '{name}'. {did_you_mean(name, known)}"
        )
    if unknown := set(column.levels) - set(ROLES):
        first = sorted(unknown)[0]
        raise UnknownNameError(f"'{first}' is not a role. {did_you_mean(first, ROLES)}")
    codes = np.array([ROLES.index(level) for level in column.levels] + [0], dtype=np.int8)
    return codes[column.codes]


def _trust(population: Population, draws: Draws, key: np.ndarray, moved: dict[int, np.ndarray]) -> np.ndarray:
    medians = (
        population.trust_peers,
        population.trust_providers,
        population.trust_fact_checkers,
        population.trust_platforms,
        population.trust_institutions,
    )
    columns = [
        _around(median, population.trust_spread, draws, Purpose.TRUST, key, source, moved=moved.get(source))
        for source, median in enumerate(medians)
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _around(
    median: float,
    spread: float,
    draws: Draws,
    purpose: Purpose,
    key: np.ndarray,
    *words: int,
    moved: np.ndarray | None = None,
) -> np.ndarray:
    """Logit-normal numbers in (0, 1) around a median, with logits moved by so much."""
    logits = math.log(median / (1.0 - median)) + spread * draws.normal(purpose, key, *words)
    logits = logits if moved is None else logits + moved
    return np.asarray(1.0 / (1.0 + kernels.elementary.exp(-logits)))


def _log_normal(mean: float, spread: float, draws: Draws, purpose: Purpose, key: np.ndarray) -> np.ndarray:
    """Log-normal numbers with this mean."""
    logs = spread * draws.normal(purpose, key) - spread**2 / 2
    return np.asarray(mean * kernels.elementary.exp(logs))
