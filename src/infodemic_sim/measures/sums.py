"""Exact sums over people, taken at one moment: integers from which all measures follow."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from infodemic_sim.interventions.base import Intervention
from infodemic_sim.interventions.ended import DEEDS
from infodemic_sim.kernels import summing
from infodemic_sim.kernels.layout import TRUST, Readers, Rule
from infodemic_sim.mechanism import Mechanism
from infodemic_sim.observe import OF_SOCIETY, SHOWN
from infodemic_sim.world import World

Sums = dict[str, np.ndarray]
TRUSTED = {"trust_providers": TRUST.index("provider"), "trust_peers": TRUST.index("peer")}
OF_CARE = ("encounters", "feedback", "resolved", "experiences", "support_replies")


class Parts:
    """Everybody, and the parts of each reported partition, as groups of people (G groups in all)."""

    def __init__(self, world: World, names: tuple[str, ...]) -> None:
        self.labels: list[str] = ["all"]
        rows = [np.zeros(world.n, np.int32)]
        for name in names:
            codes, parts = world.partition(name)
            rows.append(np.where(codes >= 0, codes + len(self.labels), -1).astype(np.int32))
            self.labels += [f"{name}={part}" for part in parts]
        self.groups = np.stack(rows)  # int32[partitions, n], -1 = in no part

    @property
    def number(self) -> int:
        """How many groups there are."""
        return len(self.labels)

    def sum_people(self, values: np.ndarray) -> np.ndarray:
        """Exact sums of a number of each person, float64[n], over all groups; int64[G] in fixed point."""
        return np.asarray(summing.sum_groups(values, self.groups, self.number))


def take(
    world: World,
    parts: Parts,
    readers: Readers,
    rule: Rule,
    plan: list[Intervention],
    mechanisms: Sequence[Mechanism],
) -> Sums:
    """All sums at this moment, see the comments for shapes (G parts, K topics, P platforms)."""
    reads = [timelines.reads for timelines in world.state.timelines]
    everywhere = [np.asarray(np.sum(reads, axis=0, dtype=np.int32)) if reads[1:] else reads[0]]
    counts = world.state.counts
    return {
        "belief": _beliefs(world, parts, readers, rule),  # int64[G, K, 5]
        "reads": np.stack([_reads(world, parts, r) for r in everywhere + reads]),  # int64[P + 1, G, K, 6]
        "isolation": parts.sum_people(world.people.isolation),  # int64[G], fixed point
        "posts": counts["posts"].copy(),  # int64[P, K, 3, 3]
        "corrections_made": counts["corrections_made"].copy(),  # int64[K]
        "corrected": counts["corrected"] * np.array([1.0, world.setting.hours_per_step]),  # float64[K, 2]
        "corrections_read": counts["corrections_read"].copy(),  # int64[P]
        "read_in_spaces": counts["read_in_spaces"].copy(),  # int64[P, K, 2]
        "labels_given": counts["labels_given"].copy(),
        "support_contacts": counts["support_contacts"].copy(),
        "hidden": counts["hidden"].copy(),  # int64[K, 3]
        "withheld": counts["withheld"].copy(),  # int64[P, K, 3]
        "told": counts["told"].copy(),
        "suspended": counts["suspended"].copy(),
        "taken_down": counts["taken_down"].copy(),
        "disclosures": counts["disclosures"].copy(),  # int64[P, 2]
        "disclosures_read": counts["disclosures_read"].copy(),
        **{name: counts[name].copy() for name in OF_CARE},
        **{name: counts[name].copy() for name in OF_SOCIETY},  # int64[P]
        **_health(world, parts, mechanisms),
        **{deed: np.array([_memory(world, part)[deed].sum() for part in plan], np.int64) for deed in DEEDS},
    }


def count_statuses(parts: Parts, statuses: np.ndarray) -> np.ndarray:
    """People of each part in each status of ``SHOWN``, int64[G, 5]; a status below 0 is none."""
    places = parts.groups.astype(np.int64) * len(SHOWN) + statuses
    known = (parts.groups >= 0) & (statuses >= 0)
    return np.bincount(places[known], minlength=parts.number * len(SHOWN)).reshape(-1, len(SHOWN))


def _health(world: World, parts: Parts, mechanisms: Sequence[Mechanism]) -> Sums:
    """What the mechanisms that are simulated add, and trust as far as they move it, int64[G] fixed point."""
    found: Sums = {}
    for mechanism in mechanisms:
        found |= mechanism.sums(world, parts.sum_people)
    for name in TRUSTED.keys() & {name for part in mechanisms for name in part.measures}:
        found[name] = parts.sum_people(world.people.trust[:, TRUSTED[name]].astype(float))
    return found


def _memory(world: World, part: Intervention) -> dict[str, np.ndarray]:
    return world.state.memories[part.key]


def _beliefs(world: World, parts: Parts, readers: Readers, rule: Rule) -> np.ndarray:
    given = (readers, rule, parts.groups, parts.number)
    topics = range(len(world.setting.topics))
    return np.stack([summing.sum_beliefs(world.state.lines, k, *given) for k in topics], axis=1)


def _reads(world: World, parts: Parts, reads: np.ndarray) -> np.ndarray:
    topics = range(len(world.setting.topics))
    return np.stack([summing.sum_reads(reads, k, parts.groups, parts.number) for k in topics], axis=1)
