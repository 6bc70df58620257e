"""Harm: what misinformation did to people's choices, against the same draws without it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from infodemic_sim.errors import ParameterError, UnknownNameError, did_you_mean
from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.effects import last_values, whole
from infodemic_sim.study.paired import paired_statistics

if TYPE_CHECKING:
    import pandas as pd

WITHOUT = "no misinformation"
CHOICES = "adverse_choices"


def harm(
    comparison: Comparison,
    without: str = WITHOUT,
    weights: Mapping[str, float] | None = None,
    *,
    subgroup: str = "all",
) -> pd.DataFrame:
    """Harm of each plan on the last day: weighted harmful choices beyond those without misinformation.

    H = sum over topics k of w_k (A_k - A_k of the run without misinformation), A_k the people whose last
    decision on topic k went against the accurate position; both runs have the same draws. A plan of the
    comparison has to be that run: ``scenario.without_misinformation()``.

    Parameters
    ----------
    without : name of that plan. weights : w_k by topic; none: each 1.
    subgroup : part of the people, such as "literacy=basic".

    Returns
    -------
    DataFrame
        A row for each other plan: plan; ``harm``, ``harm_low``, ``harm_high``, ``standard_error``;
        ``averted``, by which the baseline's harm is larger, with ``averted_low`` and ``averted_high``;
        ``pairs``. Intervals are paired ones of 95 %, see ``study.paired``. Units are weighted choices.

    Raises
    ------
    ParameterError
        If no behaviour was simulated, or a weight is negative or missing.
    UnknownNameError
        If there is no such plan, topic or part.
    """
    import pandas as pd

    known = comparison.names
    if without not in known:
        raise UnknownNameError(
            f"'{without}' is not a plan of this comparison: compare with scenario.without_misinformation() "
            f"under that name, or name another. {did_you_mean(without, known)}"
        )
    totals = weighted_choices(comparison, weights, subgroup)
    plans = [name for name in known if name != without]
    clean, today = totals[without], totals[comparison.baseline]
    each = np.stack([totals[name] for name in plans])
    done = paired_statistics(np.broadcast_to(clean, each.shape), each)
    spared = paired_statistics(each, np.broadcast_to(today, each.shape))
    return pd.DataFrame(
        {
            "plan": plans,
            "harm": done["difference"],
            "harm_low": done["low"],
            "harm_high": done["high"],
            "standard_error": done["standard_error"],
            "averted": spared["difference"],
            "averted_low": spared["low"],
            "averted_high": spared["high"],
            "pairs": done["pairs"],
        }
    )


def weighted_choices(
    comparison: Comparison, weights: Mapping[str, float] | None, subgroup: str
) -> dict[str, np.ndarray]:
    """Weighted harmful choices of each plan on the last day, float64[replicates]."""
    values = last_values(comparison.runs)
    first = values[comparison.baseline]
    topics = topics_of(first, subgroup)
    return {
        name: np.array(weights_of(topics, weights))
        @ np.stack([whole(wide, CHOICES, topic, subgroup) for topic in topics])
        for name, wide in values.items()
    }


def topics_of(wide: pd.DataFrame, subgroup: str) -> list[str]:
    """Topics that are told apart, or "all" where there is one."""
    parts = list(dict.fromkeys(key[3] for key in wide.index if key[0] == CHOICES))
    if not parts:
        raise ParameterError("harm needs choices, but no behaviour was simulated: give each plan behaviour.")
    if subgroup not in parts:
        raise UnknownNameError(f"'{subgroup}' is not a part of the people. {did_you_mean(subgroup, parts)}")
    topics = [key[2] for key in wide.index if key[0] == CHOICES and key[3] == subgroup]
    return [topic for topic in topics if topic != "all"] or topics


def weights_of(topics: list[str], weights: Mapping[str, float] | None) -> list[float]:
    """The weight of each topic; a sole topic may go by any name."""
    if weights is None:
        return [1.0] * len(topics)
    if topics == ["all"] and len(weights) == 1:
        topics = list(weights)
    for name in weights:
        if name not in topics:
            raise UnknownNameError(f"weights: '{name}' is not a topic. {did_you_mean(name, topics)}")
    for topic in topics:
        if not weights.get(topic, -1.0) >= 0.0:
            raise ParameterError(f"weights must hold a number of 0 or more for the topic '{topic}'.")
    return [float(weights[topic]) for topic in topics]
