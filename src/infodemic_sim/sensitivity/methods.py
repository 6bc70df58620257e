"""The methods, on SALib's estimators: where points lie, and what is made of their outcomes."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np

from infodemic_sim.errors import ParameterError

LEVELS = 4
"""Of the grid on which Morris' trajectories step."""
LEVEL = 0.95
DUMMIES = 19
"""Parameters without effect that are made up: one in twenty times a real one without effect exceeds all."""


class Index(NamedTuple):
    """One number for each of k parameters, with its 95 % interval; float64[k] each.

    ``chance`` is what a parameter without effect may reach too: 0 where that is exactly 0.
    """

    name: str
    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    chance: float = 0.0


def points_of(method: str, parameters: int, number: int) -> int:
    """Points that a method needs: N(k + 1) for morris, N(k + 2) for sobol, N for the others."""
    return {"morris": number * (parameters + 1), "sobol": number * (parameters + 2)}.get(method, number)


def sample(method: str, parameters: int, number: int, seed: int) -> np.ndarray:
    """Points in the unit cube, float64[points, parameters]; the same for equal seeds."""
    salib()
    from SALib.sample import latin, morris, sobol

    problem, seed = problem_of(parameters), seed_of(seed)
    if method == "morris":
        return np.asarray(morris.sample(problem, number, num_levels=LEVELS, seed=seed))
    if method == "sobol":
        return np.asarray(sobol.sample(problem, number, calc_second_order=False, seed=seed))
    return np.asarray(latin.sample(problem, number, seed=seed))


def indices(method: str, shares: np.ndarray, outcome: np.ndarray, seed: int, resamples: int) -> list[Index]:
    """What a method says of an outcome (float64[points]); all zero where the outcome never changes."""
    salib()
    if np.ptp(outcome) == 0.0:
        nothing = np.zeros(shares.shape[1])
        return [Index(name, nothing, nothing, nothing) for name in NAMES[method]]
    with _guarded():
        found = METHODS[method](problem_of(shares.shape[1]), shares, outcome, seed_of(seed), resamples)
    if not all(np.isfinite(index.value).all() for index in found):
        raise ParameterError(f"{method} gives no number for some parameter: take more points.")
    return found


@contextmanager
def _guarded() -> Iterator[None]:
    """SALib seeds numpy's global generator, and writes warnings in its own way: both are put back."""
    state, words = np.random.get_state(), warnings.formatwarning  # noqa: NPY002
    try:
        with warnings.catch_warnings(record=True):  # about ties, bins, and intervals of what is zero
            warnings.simplefilter("always")  # so that none is an error, whatever is asked of others
            yield
    finally:
        np.random.set_state(state)  # noqa: NPY002
        warnings.formatwarning = words


def salib() -> None:
    """Refuse, in one sentence, where SALib is not installed."""
    try:
        import SALib  # noqa: F401
    except ImportError:
        raise ParameterError('SALib is not installed: pip install "infodemic-sim[sensitivity]".') from None


def problem_of(parameters: int) -> dict[str, Any]:
    """The unit cube in SALib's words."""
    names = [f"x{k}" for k in range(parameters)]
    return {"num_vars": parameters, "names": names, "bounds": [[0.0, 1.0]] * parameters}


def seed_of(seed: int) -> int:
    """A seed that SALib takes as one: it takes 0 for none."""
    return seed % (2**32 - 2) + 1


def _morris(problem: Any, x: np.ndarray, y: np.ndarray, seed: int, resamples: int) -> list[Index]:
    from SALib.analyze import morris

    found = morris.analyze(problem, x, y, num_resamples=resamples, num_levels=LEVELS, seed=seed)
    size, error = np.asarray(found["mu_star"], float), np.asarray(found["mu_star_conf"], float)
    bend = np.asarray(found["sigma"], float)
    return [Index("mu_star", size, size - error, size + error), _bare("sigma", bend)]


def _sobol(problem: Any, x: np.ndarray, y: np.ndarray, seed: int, resamples: int) -> list[Index]:
    from SALib.analyze import sobol

    found = sobol.analyze(problem, y, calc_second_order=False, num_resamples=resamples, seed=seed)
    return [
        Index(
            name,
            np.asarray(found[name]),
            found[name] - found[f"{name}_conf"],
            found[name] + found[f"{name}_conf"],
        )
        for name in ("ST", "S1")
    ]


def _delta(problem: Any, x: np.ndarray, y: np.ndarray, seed: int, resamples: int) -> list[Index]:
    """Twice what all points say less what resamples say, which is too much [Plischke2013].

    SALib puts one more resample in the place of all points: then the value hangs on the seed, and lies
    further off than its interval says.
    """
    draws = list(_resamples(y.size, seed, min(resamples, 50)))

    def of(columns: np.ndarray) -> np.ndarray:
        again = np.array([_shifts(columns[rows], y[rows]) for rows in draws])
        return 2.0 * _shifts(columns, y) - again

    found = of(x)
    size, error = found.mean(axis=0), NormalDist().inv_cdf((1 + LEVEL) / 2) * found.std(axis=0, ddof=1)
    chance = by_chance(lambda shuffled: of(shuffled).mean(axis=0), x, seed)
    return [Index("delta", size, size - error, size + error, chance)]


def _shifts(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """How far the law of an outcome moves when each parameter is known, by as many classes as SALib takes."""
    from SALib.analyze.delta import calc_delta

    if np.ptp(y) == 0.0:
        return np.zeros(x.shape[1])
    exponent = 2.0 / (7.0 + np.tanh((1500.0 - y.size) / 500.0))
    classes = min(int(np.ceil(y.size**exponent)), 48)
    edges, grid = np.linspace(0, y.size, classes + 1), np.linspace(y.min(), y.max(), 100)
    return np.array([calc_delta(y, grid, column, edges) for column in x.T])


def _pawn(problem: Any, x: np.ndarray, y: np.ndarray, seed: int, resamples: int) -> list[Index]:
    """SALib gives no interval for this one: points are resampled, for how far it spreads.

    Points that are there twice raise it, so their middle is not its own: the spread is set around that.
    """
    slices = int(np.clip(y.size // 15, 4, 10))
    size = _medians(problem, x, y, slices)
    draws = _resamples(y.size, seed, min(resamples, 200))
    again = np.array([_medians(problem, x[rows], y[rows], slices) for rows in draws])
    low, high = np.quantile(again - np.median(again, axis=0), [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    chance = by_chance(lambda shuffled: _medians(problem_of(DUMMIES), shuffled, y, slices), x, seed)
    return [Index("pawn", size, size + low, size + high, chance)]


def _resamples(points: int, seed: int, number: int) -> Iterator[np.ndarray]:
    """So many times as many points, some of them twice and some not at all: int64[points] each."""
    random = np.random.default_rng(seed)
    return (random.integers(0, points, points) for _ in range(number))


def by_chance(index: Callable[[np.ndarray], np.ndarray], x: np.ndarray, seed: int) -> float:
    """The largest index of parameters whose values are those of a real one, dealt out to other points."""
    random = np.random.default_rng(seed)
    dealt = [random.permutation(x[:, k % x.shape[1]]) for k in range(DUMMIES)]
    return float(index(np.column_stack(dealt)).max())


def _medians(problem: Any, x: np.ndarray, y: np.ndarray, slices: int) -> np.ndarray:
    from SALib.analyze import pawn

    return np.asarray(pawn.analyze(problem, x, y, S=slices)["median"], float)


def _bare(name: str, value: np.ndarray) -> Index:
    """A number without an interval."""
    unknown = np.full(value.size, np.nan)
    return Index(name, value, unknown, unknown)


METHODS: dict[str, Callable[..., list[Index]]] = {
    "morris": _morris,
    "sobol": _sobol,
    "delta": _delta,
    "pawn": _pawn,
}
NAMES = {"morris": ("mu_star", "sigma"), "sobol": ("ST", "S1"), "delta": ("delta",), "pawn": ("pawn",)}
"""The numbers of each method; the first one ranks."""
