"""From exact sums to measures: the formulas of the codebook, over all recorded moments at once.

Each function takes the sums stacked over T moments and gives an array over (T, platforms, topics, parts),
with length 1 where a measure is not told apart. Topics and platforms begin with "all".
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from infodemic_sim.interventions.base import Intervention
from infodemic_sim.kernels import summing as s
from infodemic_sim.kernels.layout import READ_ACCURATE, READ_FALSE, READ_OF_PLAN
from infodemic_sim.measures.behaviour import behaviour_measures, epidemic_measures
from infodemic_sim.measures.care import care_measures
from infodemic_sim.measures.shapes import ratio, with_all
from infodemic_sim.measures.society import society_measures
from infodemic_sim.measures.sums import Sums
from infodemic_sim.observe import INTERVENTION, OWN, RESHARE, SHOWN

OF_INTERVENTIONS = ("acts", "people_treated", "staff_minutes", "money")
"""Measures that are told for each intervention of a plan, where others are told for parts of the people."""

FALSE, ACCURATE = 0, 2
"""Places of the sides -1 and +1 in the counters of posts."""


def belief_measures(sums: Sums) -> dict[str, np.ndarray]:
    """people, misinformed, credence, polarisation, discernment."""
    belief = with_all(sums["belief"].astype(float), 2)  # T, G, 1 + K, 5
    people = belief[..., s.PEOPLE]
    credence = ratio(belief[..., s.CREDENCE] / s.SCALE, people)
    squared = ratio(belief[..., s.SQUARED] / s.SCALE, people)
    found = {
        "people": people,
        "misinformed": ratio(belief[..., s.MISINFORMED], people),
        "credence": credence,
        "polarisation": 4.0 * np.maximum(squared - credence**2, 0.0),
        "discernment": ratio(belief[..., s.DISCERNMENT] / s.SCALE, people),
    }
    return {name: value.swapaxes(1, 2)[:, None] for name, value in found.items()}


def reading_measures(sums: Sums) -> dict[str, np.ndarray]:
    """Exposures, share of misinformation among them, and reach; those of what the plan publishes apart."""
    reads = with_all(sums["reads"].astype(float), 3).swapaxes(2, 3)  # T, 1 + P, 1 + K, G, 6
    people = with_all(sums["belief"].astype(float), 2)[..., s.PEOPLE].swapaxes(1, 2)[:, None]
    accurate, false = reads[..., READ_ACCURATE], reads[..., READ_FALSE]
    in_spaces = with_all(with_all(sums["read_in_spaces"].astype(float), 1), 2)  # T, 1 + P, 1 + K, 2
    return {
        "exposures_false": false,
        "exposures_accurate": accurate,
        "false_share": ratio(false, false + accurate),
        "reach_false": ratio(reads[..., s.REACHED_FALSE], people),
        "reach_accurate": ratio(reads[..., s.REACHED_ACCURATE], people),
        "exposures_false_spaces": in_spaces[..., 1, None],
        "exposures_accurate_spaces": in_spaces[..., 0, None],
        "exposures_plan": reads[..., READ_OF_PLAN],
        "reach_plan": ratio(reads[..., s.REACHED_BY_PLAN], people),
    }


def post_measures(sums: Sums) -> dict[str, np.ndarray]:
    """Posts and reshares by side."""
    posts = with_all(with_all(sums["posts"].astype(float), 1), 2)  # T, 1 + P, 1 + K, 3, 3
    withheld = with_all(with_all(sums["withheld"].astype(float), 1), 2)  # T, 1 + P, 1 + K, 3
    found = {
        "reshares_false": posts[..., FALSE, RESHARE],
        "reshares_accurate": posts[..., ACCURATE, RESHARE],
        "posts_false": posts[..., FALSE, OWN],
        "posts_accurate": posts[..., ACCURATE, OWN],
        "voices_accurate": posts[..., ACCURATE, [OWN, RESHARE]].sum(axis=-1) - withheld[..., ACCURATE],
        "posts_intervention": posts[..., INTERVENTION].sum(axis=-1),
    }
    return {name: value[..., None] for name, value in found.items()}


def deed_measures(sums: Sums, plan: list[Intervention]) -> dict[str, np.ndarray]:
    """Isolation, corrections, labels, contacts, and what they cost."""
    people = sums["belief"][:, :, 0, s.PEOPLE].astype(float)
    acts, reached = sums["acts"].astype(float), sums["reached"].astype(float)
    hidden = with_all(sums["hidden"].astype(float), 1)
    corrected = with_all(sums["corrected"], 1)
    return {
        "isolation": ratio(sums["isolation"] / s.SCALE, people)[:, None, None, :],
        "corrections_made": with_all(sums["corrections_made"].astype(float), 1)[:, None, :, None],
        "messages_corrected": corrected[:, None, :, 0, None],
        "response_time": ratio(corrected[..., 1], corrected[..., 0])[:, None, :, None],
        "corrections_read": with_all(sums["corrections_read"].astype(float), 1)[:, :, None, None],
        "labels_given": sums["labels_given"].astype(float)[:, None, None, :],
        "support_contacts": sums["support_contacts"].astype(float)[:, None, None, :],
        "hidden_false": hidden[:, None, :, FALSE, None],
        "hidden_accurate": hidden[:, None, :, ACCURATE, None],
        "told": sums["told"].astype(float)[:, None, None, :],
        "suspended": sums["suspended"].astype(float)[:, None, None, :],
        "taken_down": sums["taken_down"].astype(float)[:, None, None, :],
        "steps_in_force": sums["in_force"].astype(float)[:, None, None, :],
        "people_concerned": sums["concerned"].astype(float)[:, None, None, :],
        "acts": _of_plan(acts),
        "people_treated": _of_plan(reached),
        "staff_minutes": _of_plan(acts * np.array([part.cost.minutes for part in plan])),
        "money": _of_plan(acts * np.array([part.cost.money for part in plan])),
    }


def _of_plan(each: np.ndarray) -> np.ndarray:
    """The sum over interventions, then each of them; float64[T, I] to [T, 1, 1, 1 + I].

    They are added one by one, so that an intervention without acts changes no bit of the sum.
    """
    total = np.zeros(each.shape[0])
    for k in range(each.shape[1]):
        total += each[:, k]
    return np.column_stack([total, each])[:, None, None, :]


def status_measures(sums: Sums) -> dict[str, np.ndarray]:
    """Share of people in each status, under rules that have statuses."""
    if "statuses" not in sums:
        return {}
    people = sums["belief"][:, :, 0, s.PEOPLE].astype(float)
    counts = sums["statuses"].astype(float)
    return {name: ratio(counts[..., k], people)[:, None, None, :] for k, name in enumerate(SHOWN)}


def all_measures(sums: Sums, plan: list[Intervention]) -> dict[str, np.ndarray]:
    """Every measure that is taken at each moment, by name."""
    found: dict[str, np.ndarray] = {}
    families: tuple[Callable[[Sums], dict[str, np.ndarray]], ...] = (
        belief_measures,
        reading_measures,
        post_measures,
        status_measures,
        care_measures,
        society_measures,
        behaviour_measures,
        epidemic_measures,
    )
    for family in families:
        found.update(family(sums))
    return {**found, **deed_measures(sums, plan)}
