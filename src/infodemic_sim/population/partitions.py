"""Partitions of people: by role, literacy, age, trust, or an attribute of the graph."""

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
AGES = ("18-29", "30-49", "50-64", "65+")
TRUSTING = ("low", "middle", "high")
"""Trust in health professionals before the start: below one third, up to two thirds, above."""
BUILT_IN = {"role": ROLES, "literacy": LITERACY, "age": AGES, "trust": TRUSTING}
QUARTERS = ("lowest quarter", "second quarter", "third quarter", "highest quarter")
"""Parts of people by an attribute that is a number."""

Attributes = Mapping[str, Column]
"""What a graph says about people, by name."""
Own = Mapping[str, np.ndarray]
"""Part of each person, int8[n], in those partitions that are traits of people."""


def parts_of(partition: str, attributes: Attributes) -> tuple[str, ...]:
    """Names of the parts of a partition.

    Raises
    ------
    UnknownNameError
        If it is neither a trait of people nor an attribute of the graph.
    """
    if partition in BUILT_IN and not known_of_graph(partition, attributes):
        return BUILT_IN[partition]
    if partition not in attributes:
        known = {*BUILT_IN, *attributes}
        raise UnknownNameError(
            f"'{partition}' is not a partition of people. {did_you_mean(partition, known)}"
        )
    column = attributes[partition]
    return column.levels if isinstance(column, Categories) else QUARTERS


def known_of_graph(partition: str, attributes: Attributes) -> bool:
    """Whether the graph tells of its people what would be drawn otherwise: their age."""
    return partition == "age" and partition in attributes


def place_of(part: str, partition: str, names: tuple[str, ...]) -> int:
    """Place of a part among the names of its partition; an unknown one is answered with the nearest."""
    if part not in names:
        raise UnknownNameError(f"'{part}' is not a part of {partition}. {did_you_mean(part, names)}")
    return names.index(part)


def check_part(partition: str, part: str, attributes: Attributes | None) -> None:
    """Refuse a part that is not there; None: what the graph says is not known yet."""
    if attributes is not None or (partition in BUILT_IN and partition != "age"):
        place_of(part, partition, parts_of(partition, attributes or {}))


def codes_of(partition: str, own: Own, attributes: Attributes) -> np.ndarray:
    """Part of each person, int[n], by place among ``parts_of``; -1 for those in none."""
    if partition in own and not known_of_graph(partition, attributes):
        return own[partition]
    column = attributes[partition]
    return column.codes if isinstance(column, Categories) else quarters(column)


def quarters(values: np.ndarray) -> np.ndarray:
    """Quarter of each person by a number, int8[n]; who has none is in no part, equals are in one."""
    known = np.isfinite(values)
    codes = np.full(values.size, -1, np.int8)
    if known.any():
        edges = np.quantile(values[known], (0.25, 0.5, 0.75))
        codes[known] = np.searchsorted(edges, values[known], side="left")
    return codes


def trusting(trust: np.ndarray) -> np.ndarray:
    """Third of the scale in which each person's trust lies, int8[n], by place in ``TRUSTING``."""
    return np.searchsorted((1.0 / 3.0, 2.0 / 3.0), trust, side="right").astype(np.int8)
