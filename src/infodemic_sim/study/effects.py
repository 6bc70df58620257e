"""What each plan changed, against the baseline: one row per plan, measure and part of the people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from infodemic_sim.codebook import CODEBOOK, Measure
from infodemic_sim.errors import ParameterError, is_number
from infodemic_sim.study.paired import all_equal, paired_statistics, rounding, share_of_benefit
from infodemic_sim.study.several import with_correction

if TYPE_CHECKING:
    import pandas as pd

KEYS = ["measure", "platform", "topic", "subgroup"]
SIGNS = {"lower": -1, "higher": 1, "": 0}
LOST = Measure(
    "accurate_posts_lost", "Accurate posts lost",
    "voices_accurate of the baseline - voices_accurate of the plan", "posts", "", "lower", "this model",
)  # fmt: skip
"""The one measure of a pair of runs, and so of no single run."""
FULL_CODEBOOK = (*CODEBOOK, LOST)
BETTER = {measure.name: measure.better for measure in FULL_CODEBOOK}


def effects_table(
    runs: pd.DataFrame, names: Sequence[str], primary: str, half_width: float | None = None
) -> pd.DataFrame:
    """Paired effects on the last day; what no pair has a value for (a part with nobody in it) has no row.

    Columns: plan, measure, platform, topic, subgroup; ``baseline`` and ``value`` (means of baseline and
    plan); ``difference`` with ``standard_error``, ``low`` and ``high`` (95 %, Student's t over pairs);
    ``p_value`` (two-sided, paired t, see ``paired.p_value``), and ``p_adjusted``, ``low_together`` and
    ``high_together``, which count how many plans were compared (see ``study.several``);
    ``relative`` change with interval; ``probability_of_benefit`` (share of pairs that moved the better
    way, those that are equal counting half); ``pairing_gain`` (how many times fewer replicates pairing
    needed); ``replicates_needed``; ``pairs``, and ``pairs_equal`` of them; ``better``; ``outcome`` (primary
    or exploratory); ``note``.
    """
    if half_width is not None and not (is_number(half_width) and 0.0 < half_width < np.inf):
        raise ParameterError(f"half_width must be a number above 0, but got {half_width!r}.")
    wide = last_values(runs)
    base = wide[names[0]]
    return joined([plan_effects(base, wide[name], name, half_width) for name in names[1:]], base, primary)


def joined(found: Sequence[pd.DataFrame], like: pd.DataFrame, primary: str) -> pd.DataFrame:
    """Effects of several plans as one table, the primary outcome marked; rows without any pair are left out.

    Parameters
    ----------
    like : last values of any plan, for the columns of a table of no plans.
    """
    import pandas as pd

    table = pd.concat(found or [plan_effects(like, like, "", None).iloc[:0]], ignore_index=True)
    table = with_correction(table[table["pairs"] > 0].reset_index(drop=True), KEYS)[COLUMNS]
    leads = (table[KEYS] == [primary, "all", "all", "all"]).all(axis=1)
    return table.assign(outcome=np.where(leads, "primary", "exploratory"))


def last_values(runs: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """For each plan, the last day's values: a row per measure and part, a column per replicate."""
    last = runs[runs["day"] == runs["day"].max()]
    found = {}
    for plan, rows in last.groupby("plan", observed=True, sort=False):
        plain = rows[[*KEYS, "replicate", "value"]].astype(dict.fromkeys(KEYS, object))
        order = plain[KEYS].drop_duplicates()
        wide = plain.pivot(index=KEYS, columns="replicate", values="value")
        found[str(plan)] = wide.loc[list(order.itertuples(index=False, name=None))]
    return found


def whole(wide: pd.DataFrame, measure: str, topic: str = "all", subgroup: str = "all") -> np.ndarray:
    """Values of a measure over all platforms, one for each replicate; wide: from ``last_values``."""
    return wide.to_numpy(float)[list(wide.index).index((measure, "all", topic, subgroup))]


def plan_effects(
    before: pd.DataFrame, after: pd.DataFrame, plan: str, half_width: float | None
) -> pd.DataFrame:
    """Effects of one plan: a row for each number that both runs have, and the accurate posts lost."""
    import pandas as pd

    shared = [key for key in before.index if key in after.index]
    replicates = before.columns.intersection(after.columns)
    a, b = before.loc[shared, replicates], after.loc[shared, replicates]
    lost = [place for place, key in enumerate(shared) if key[0] == "voices_accurate"]
    keys = pd.DataFrame([*shared, *[(LOST.name, *shared[place][1:]) for place in lost]], columns=KEYS)
    x, y = a.to_numpy(float), b.to_numpy(float)
    x, y = np.vstack([x, np.zeros_like(x[lost])]), np.vstack([y, x[lost] - y[lost]])
    better = keys["measure"].map(BETTER).fillna("")
    columns = {
        **paired_statistics(x, y, half_width),
        "probability_of_benefit": share_of_benefit(x, y, better.map(SIGNS).to_numpy()),
    }
    for name in ("pairing_gain", "replicates_needed"):  # those of the difference that it is
        columns[name][len(shared) :] = columns[name][lost]
    return keys.assign(**columns, better=better, note=notes(x, y), plan=plan, outcome="")


def notes(before: np.ndarray, after: np.ndarray) -> list[str]:
    """What a reader must know about a row."""
    pairs = np.isfinite(before) & np.isfinite(after)
    a, b = np.where(pairs, before, 0.0), np.where(pairs, after, 0.0)
    difference = b - a
    same, moved = all_equal(difference, pairs, rounding(a, b)), np.any(difference != 0, axis=1)
    rows = zip(pairs.sum(axis=1), same, moved, strict=True)
    return [_note(int(n), bool(equal), bool(any_), before.shape[1]) for n, equal, any_ in rows]


def _note(n: int, same: bool, moved: bool, replicates: int) -> str:
    said = f"{replicates - n} of {replicates} pairs have no value" if n < replicates else ""
    if n == 1:
        remark = "a single pair has no interval"
    elif not moved:
        remark = "no difference in any pair"
    else:
        remark = "the same difference in every pair" if same else ""
    return "; ".join(part for part in (remark, said) if part)


COLUMNS = [
    "plan", *KEYS, "baseline", "value", "difference", "standard_error", "low", "high",
    "p_value", "p_adjusted", "low_together", "high_together",
    "relative", "relative_low", "relative_high", "probability_of_benefit", "pairing_gain",
    "replicates_needed", "pairs", "pairs_equal", "better", "outcome", "note",
]  # fmt: skip
