"""Statistics of paired replicates: arrays in, arrays out; one row a measure, one column a replicate."""

from __future__ import annotations

from typing import Any

import numpy as np

LEVEL = 0.95
MOST_REPLICATES = 10_000_000
ROUNDED = 8.0 * float(np.finfo(float).eps)
"""Share of a value by which two differences of such values may lie apart by rounding alone: a value comes of
up to three roundings and a difference of one more, so each difference is off by four eps at most."""


def paired_statistics(
    before: np.ndarray, after: np.ndarray, half_width: float | None = None
) -> dict[str, np.ndarray]:
    """Means, paired difference, intervals and what pairing was worth, for each row.

    With d = after - before over n pairs, the interval of the mean difference is
    mean(d) ± t(n - 1) · sd(d) / √n. Student's t is preferred to a bootstrap: each d is a sum over
    thousands of people, so close to normal, where t is right from two pairs on, while resampling a
    handful of pairs gives intervals that are too narrow; and t needs no draws of its own.

    Parameters
    ----------
    before, after : float64[rows, replicates]; a pair with a value that is not a number is left out.
    half_width : wanted half width of the interval; none: a tenth of the absolute mean of ``before``.
    """
    with np.errstate(over="ignore", invalid="ignore"):  # a ratio to next to nothing is infinite
        return _statistics(before, after, half_width)


def _statistics(before: np.ndarray, after: np.ndarray, half_width: float | None) -> dict[str, np.ndarray]:
    pairs = np.isfinite(before) & np.isfinite(after)
    n = pairs.sum(axis=1)
    a, b = np.where(pairs, before, 0.0), np.where(pairs, after, 0.0)
    difference = b - a
    mean_a, mean_b, mean_d = (mean(x, n) for x in (a, b, difference))
    spread = np.sqrt(variance(difference, pairs, n, rounding(a, b)))
    error = spread / np.sqrt(np.maximum(n, 1))
    reach = student(n) * error
    wanted = 0.1 * np.abs(mean_a) if half_width is None else np.full(n.size, half_width)
    return {
        "baseline": mean_a,
        "value": mean_b,
        "difference": mean_d,
        "standard_error": error,
        "low": mean_d - reach,
        "high": mean_d + reach,
        "p_value": p_value(mean_d, error, n),
        **relative_change(a, b, pairs, n),
        "pairing_gain": pairing_gain(a, b, spread**2, pairs, n),
        "replicates_needed": replicates_needed(spread, wanted),
        "pairs": n,
        "pairs_equal": (pairs & (difference == 0.0)).sum(axis=1),
    }


def mean(x: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Mean of each row over its n pairs; other entries are zero."""
    return np.divide(x.sum(axis=1), n, out=np.full(n.size, np.nan), where=n > 0)


def rounding(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """How far apart differences b - a of each row may lie by rounding alone, float64[rows]."""
    return ROUNDED * np.maximum(np.abs(a), np.abs(b)).max(axis=1, initial=0.0)


def variance(x: np.ndarray, pairs: np.ndarray, n: np.ndarray, least: float | np.ndarray = 0.0) -> np.ndarray:
    """Variance of each row over its n pairs; not a number for one pair, zero where all are equal."""
    centred = np.where(pairs, x - mean(x, n)[:, None], 0.0)
    found = np.divide((centred**2).sum(axis=1), n - 1, out=np.full(n.size, np.nan), where=n > 1)
    return np.where((n > 1) & all_equal(x, pairs, least), 0.0, found)


def all_equal(x: np.ndarray, pairs: np.ndarray, least: float | np.ndarray = 0.0) -> np.ndarray:
    """Whether all pairs of a row have the same value, or are no more than ``least`` apart, bool[rows]."""
    if x.shape[1] == 0:
        return np.ones(x.shape[0], bool)
    highest, lowest = np.where(pairs, x, -np.inf).max(axis=1), np.where(pairs, x, np.inf).min(axis=1)
    return np.asarray(highest - lowest <= least)


def p_value(difference: np.ndarray, error: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Two-sided p-value of the paired t test of no difference: below 0.05 where the interval excludes zero.

    Not a number for one pair, and where no pair differs, which leaves nothing to test. Where all n pairs
    differ by the same, t knows no spread, and would be sure from two pairs on: there it is that of the
    sign test, 2^(1 - n), so that few whole numbers that happen to be equal prove nothing.
    """
    from scipy.special import stdtr

    equal = error == 0.0
    tested = (n > 1) & ~(equal & (difference == 0.0))
    t = np.divide(np.abs(difference), error, out=np.zeros(n.size), where=tested & ~equal)
    by_t = 2.0 * stdtr(np.maximum(n - 1, 1), -t)
    return np.where(tested, np.where(equal, sign_test(n), by_t), np.nan)


def sign_test(n: int | np.ndarray) -> Any:
    """Two-sided p-value of n differences of the same sign; below 0.05 from six on."""
    return 2.0 ** (1.0 - n)


def student(n: np.ndarray, level: float | np.ndarray = LEVEL) -> np.ndarray:
    """Quantile of Student's t for an interval of a mean of n values; not a number below two."""
    from scipy.special import stdtrit

    quantiles = stdtrit(np.maximum(n - 1, 1), 0.5 + level / 2)
    return np.where(n > 1, quantiles, np.nan)


def relative_change(a: np.ndarray, b: np.ndarray, pairs: np.ndarray, n: np.ndarray) -> dict[str, np.ndarray]:
    """mean(b) / mean(a) - 1 with its interval, which holds 0 if and only if that of the difference does.

    Not given where the baseline is not told from zero, as its interval has no ends then.
    """
    low, high = ratio_interval(b - a, a, pairs, n)
    sensible = np.isfinite(low)
    ratio = np.divide(mean(b - a, n), mean(a, n), out=np.full(n.size, np.nan), where=sensible)
    ends = (np.where(sensible, end, np.nan) for end in (low, high))
    return {"relative": ratio, **dict(zip(("relative_low", "relative_high"), ends, strict=True))}


def ratio_interval(
    above: np.ndarray, below: np.ndarray, pairs: np.ndarray, n: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The 95 % interval of mean(above) / mean(below) over the n pairs of each row [Fieller1954].

    It holds each r for which the mean of above - r · below is within its own interval of 0, by Student's t;
    it has no ends, ±inf, where the mean of ``below`` is not told from 0; one pair tells nothing.
    """
    t, x, y = student(n) ** 2 / np.maximum(n, 1), mean(above, n), mean(below, n)
    lead = y**2 - t * variance(below, pairs, n)
    bounded = lead > 0.0
    ratio = np.divide(x, y, out=np.zeros(n.size), where=bounded)
    left = np.where(pairs, above - ratio[:, None] * below, 0.0)  # has the mean zero
    spread = variance(left, pairs, n, rounding(above, ratio[:, None] * below))
    cross = np.where(spread > 0.0, (left * below).sum(axis=1) / np.maximum(n - 1, 1), 0.0)
    reach = np.sqrt((t * cross) ** 2 + lead * t * spread)
    ends = (-t * cross - reach, reach - t * cross)
    low, high = (np.divide(end, lead, out=np.zeros(n.size), where=bounded) for end in ends)
    endless = np.where(n > 1, np.inf, np.nan)
    return np.where(bounded, ratio + low, -endless), np.where(bounded, ratio + high, endless)


def pairing_gain(
    a: np.ndarray, b: np.ndarray, of_difference: np.ndarray, pairs: np.ndarray, n: np.ndarray
) -> np.ndarray:
    """(Var a + Var b) / Var(b - a): how many times more replicates unpaired runs would need."""
    unpaired = variance(a, pairs, n) + variance(b, pairs, n)
    return np.divide(unpaired, of_difference, out=np.full(n.size, np.nan), where=of_difference > 0)


def replicates_needed(spread: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Fewest pairs, at least two, whose interval has the wanted half width; not a number where none has."""
    from scipy.special import ndtri

    known = np.isfinite(spread) & np.isfinite(wanted) & ((wanted > 0) | (spread == 0))
    ratio = np.divide(spread, wanted, out=np.zeros(spread.size), where=known & (spread > 0))
    needed = np.maximum(2.0, np.ceil((ndtri(0.5 + LEVEL / 2) * ratio) ** 2))
    known &= needed <= MOST_REPLICATES
    for _ in range(100):
        short = known & (student(needed) * ratio > np.sqrt(needed))
        if not short.any():
            break
        needed = np.where(short, needed + 1, needed)
    return np.where(known, needed, np.nan)


def share_of_benefit(before: np.ndarray, after: np.ndarray, better: np.ndarray) -> np.ndarray:
    """Share of pairs that moved the better way, a tie counting half; not a number where neither is better.

    Parameters
    ----------
    better : per row, +1 where higher is better, -1 where lower is, 0 where neither.
    """
    pairs = np.isfinite(before) & np.isfinite(after)
    n = pairs.sum(axis=1)
    moved = np.sign(np.where(pairs, after, 0.0) - np.where(pairs, before, 0.0)) * better[:, None]
    share = mean(np.where(pairs, (1.0 + moved) / 2.0, 0.0), n)
    return np.where(better == 0, np.nan, share)
