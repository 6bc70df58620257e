"""Partitions of people: by role, by literacy, or by an attribute of the graph."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from infodemic_sim.errors import UnknownNameError, did_you_mean
from infodemic_sim.graphs.columns import Categories, Column

ROLES = (
    "public",
    "patient",
    "caregiver",
    "provider",
    "peer_supporter",
    "moderator",
    "fact_checker",
    "influencer",
    "super_spreader",
    "bot",
)
LITERACY = ("below_basic", "basic", "intermediate", "proficient")
BUILT_IN = {"role": ROLES, "literacy": LITERACY}

Attributes = Mapping[str, Column]
"""What a graph says about people, by name."""


def parts_of(partition: str, attributes: Attributes) -> tuple[str, ...]:
    """Names of the parts of a partition.

    Raises
    ------
    UnknownNameError
        If it is neither literacy nor role, nor an attribute of the graph that holds categories.
    """
    column = attributes.get(partition)
    if partition not in BUILT_IN and not isinstance(column, Categories):
        known = {*BUILT_IN, *(name for name, each in attributes.items() if isinstance(each, Categories))}
        raise UnknownNameError(
            f"'{partition}' is not a partition of people. {did_you_mean(partition, known)}"
        )
    return BUILT_IN.get(partition) or column.levels  # type: ignore[union-attr]


def place_of(part: str, partition: str, names: tuple[str, ...]) -> int:
    """Place of a part among the names of its partition; an unknown one is answered with the nearest."""
    if part not in names:
        raise UnknownNameError(f"'{part}' is not a part of {partition}. {did_you_mean(part, names)}")
    return names.index(part)


def check_part(partition: str, part: str, attributes: Attributes | None) -> None:
    """Refuse a part that is not there; None: what the graph says is not known yet."""
    if partition in BUILT_IN or attributes is not None:
        place_of(part, partition, parts_of(partition, attributes or {}))


def codes_of(partition: str, role: np.ndarray, literacy: np.ndarray, attributes: Attributes) -> np.ndarray:
    """Part of each person, int[n], by place among ``parts_of``; -1 for those in none."""
    own = {"role": role, "literacy": literacy}
    return own[partition] if partition in own else attributes[partition].codes  # type: ignore[union-attr]
