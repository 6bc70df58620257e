"""A graph with given numbers of friends, otherwise random."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np
from pydantic import model_validator

from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.graphs.source import GraphSource
from infodemic_sim.params import Several, param


class ConfigurationModel(GraphSource):
    """Friendships that give each person a set number of friends.

    Every person holds out as many hands as friends wanted, and hands are joined in uniform pairs; pairs
    that repeat a tie or join a person to themselves are let go and counted in the report, so that a few
    end below their number [Newman2001]. With ``followers``, v follows ``degrees[v]`` people and is
    followed by ``followers[v]``.
    """

    type_name: ClassVar[str] = "configuration_model"

    degrees: Several[int] = param(unit="people", doc="Friends of each person, or how many each one follows.")
    followers: Several[int] | None = param(
        None, unit="people", doc="Followers of each person; None: friendships."
    )
    seed: int = param(ge=0, lt=2**63, doc="Seed of the generator: equal seeds, equal graphs.")

    @model_validator(mode="after")
    def _check(self) -> ConfigurationModel:
        n = len(self.degrees)
        for name, counts in (("degrees", self.degrees), ("followers", self.followers or ())):
            if wrong := [count for count in counts if not 0 <= count < n]:
                raise ParameterError(f"{name} must be from 0 to {n - 1} people, but got {wrong[0]}.")
        if not n:
            raise ParameterError("degrees must name at least one person, but got none.")
        if self.followers is None and sum(self.degrees) % 2:
            raise ParameterError(f"degrees must add up to an even number, but got {sum(self.degrees)}.")
        if self.followers is not None and (len(self.followers), sum(self.followers)) != (
            n,
            sum(self.degrees),
        ):
            raise ParameterError("followers must be as many numbers as degrees, with the same sum.")
        return self

    def build(self) -> SocialGraph:
        return _joined(
            np.array(self.degrees), None if self.followers is None else np.array(self.followers), self.seed
        )


def _joined(degrees: np.ndarray, followers: np.ndarray | None, seed: int) -> SocialGraph:
    from infodemic_sim.kernels.graph_pairs import paired_stubs
    from infodemic_sim.kernels.graph_random import new_state

    hands = paired_stubs(
        new_state(seed), degrees.astype(np.int64) if followers is None else followers.astype(np.int64)
    )
    sources = hands[0::2] if followers is None else np.repeat(np.arange(len(degrees)), degrees)
    targets = hands[1::2] if followers is None else hands
    return SocialGraph.from_ties(
        sources, targets, len(degrees), followers is not None, source="configuration_model"
    )


def configuration_model(
    degrees: Sequence[int] | np.ndarray, *, followers: Sequence[int] | np.ndarray | None = None, seed: int
) -> SocialGraph:
    """A random graph with given degrees; the parameters are those of ``ConfigurationModel``."""
    friends = tuple(np.asarray(degrees).tolist())
    fans = None if followers is None else tuple(np.asarray(followers).tolist())
    return ConfigurationModel(degrees=friends, followers=fans, seed=seed).build()
