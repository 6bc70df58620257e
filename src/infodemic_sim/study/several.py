"""Several plans at once: p-values and intervals that hold for all of them together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from infodemic_sim.study.paired import LEVEL, student

if TYPE_CHECKING:
    import pandas as pd


def with_correction(effects: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Effects with what is left of each when it counts how many plans were compared on the same number.

    A family is all rows that agree in ``by``: one measure of one part of the people, and a row for each plan.
    It counts every plan with at least one pair, also one that changed nothing, because who is compared was
    settled before the runs; its size is m. ``p_adjusted`` is Holm's step-down p-value: rejecting where it is
    below 0.05 rejects any true "no difference" of the family with a chance of at most 5 %. ``low_together``
    and ``high_together`` are Student's t intervals at level 1 - 0.05 / m (Bonferroni): all m of them hold
    their true differences with a chance of at least 95 %, however plans hang together; for one plan they are
    ``low`` and ``high``. Holm rejects at least what these intervals do.

    Parameters
    ----------
    effects : columns difference, standard_error, p_value, pairs, and those of ``by``.
    """
    counted = effects["pairs"].to_numpy() > 0
    family = effects.groupby(list(by), sort=False, dropna=False, observed=True).ngroup().to_numpy()
    plans = np.maximum(np.bincount(family[counted], minlength=family.max(initial=-1) + 1), 1)[family]
    middle, error = (effects[name].to_numpy(float) for name in ("difference", "standard_error"))
    reach = student(effects["pairs"].to_numpy(), 1.0 - (1.0 - LEVEL) / plans) * error
    adjusted = holm(effects["p_value"].to_numpy(float), family, counted)
    return effects.assign(p_adjusted=adjusted, low_together=middle - reach, high_together=middle + reach)


def holm(p: np.ndarray, family: np.ndarray, counted: np.ndarray) -> np.ndarray:
    """Holm's p-values within each family; one that is no number counts as 1 and stays as it is.

    The k-th smallest of m becomes (m - k + 1) times itself, at least what those before it became, and at
    most 1 [Holm1979]. All families at once: statsmodels takes one, and clears memory after each.

    Parameters
    ----------
    p, family, counted : one for each row: p-value, number of its family, whether it belongs to it.
    """
    mine = np.flatnonzero(counted)
    mine = mine[np.lexsort((np.nan_to_num(p[mine], nan=1.0), family[mine]))]
    size = np.bincount(family[mine], minlength=1)
    rank = np.arange(mine.size) - (np.cumsum(size) - size)[family[mine]]
    table = np.zeros((size.size, size.max()))
    table[family[mine], rank] = (size[family[mine]] - rank) * np.nan_to_num(p[mine], nan=1.0)
    table = np.minimum(np.maximum.accumulate(table, axis=1), 1.0)
    found = p.copy()
    found[mine] = np.where(np.isfinite(p[mine]), table[family[mine], rank], np.nan)
    return found
