"""SALib's methods on functions whose answers are known."""

from __future__ import annotations

import builtins

import numpy as np
import pytest

from infodemic_sim.errors import ParameterError
from infodemic_sim.sensitivity import methods


def ishigami(shares):
    """With a = 7 and b = .1: S1 = .3139, .4424, 0 and ST = .5576, .4424, .2437 (Ishigami & Homma 1990)."""
    x = np.pi * (2.0 * shares - 1.0)
    return np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def straight(shares):
    """Slopes 3, 1 and 0."""
    return 3.0 * shares[:, 0] + shares[:, 1]


def asked(method, number, function, seed=1):
    shares = methods.sample(method, 3, number, seed)
    assert shares.shape == (methods.points_of(method, 3, number), 3)
    assert ((shares >= 0.0) & (shares <= 1.0)).all()
    return {each.name: each for each in methods.indices(method, shares, function(shares), seed, 100)}


def test_morris_gives_the_slopes_of_a_straight_function():
    found = asked("morris", 8, straight)
    assert np.allclose(found["mu_star"].value, [3.0, 1.0, 0.0], atol=1e-12)
    assert np.allclose(found["sigma"].value, 0.0, atol=1e-7)


def test_sobol_gives_the_shares_of_the_variance():
    """Within twice the half width of the 95 % interval that comes with them."""
    found = asked("sobol", 2048, ishigami)
    for name, exact in (("S1", [0.3139, 0.4424, 0.0]), ("ST", [0.5576, 0.4424, 0.2437])):
        index = found[name]
        assert (np.abs(index.value - exact) <= 2.0 * (index.high - index.low) / 2.0 + 1e-3).all()


@pytest.mark.parametrize(("method", "number"), [("morris", 8), ("sobol", 64), ("pawn", 60)])
def test_what_matters_most_ranks_first_and_the_same_seed_gives_the_same_bits(method, number):
    first = methods.NAMES[method][0]
    one, again = (asked(method, number, straight)[first] for _ in range(2))
    assert np.argmax(one.value) == 0
    assert one.value[0] > 1.5 * one.value[2]
    assert all(np.array_equal(a, b) for a, b in zip(one[1:], again[1:], strict=True))
    assert not np.array_equal(methods.sample(method, 3, number, 1), methods.sample(method, 3, number, 2))


@pytest.mark.parametrize("method", sorted(methods.METHODS))
def test_an_outcome_that_never_changes_hangs_on_nothing(method):
    shares = methods.sample(method, 3, 64, 1)
    for index in methods.indices(method, shares, np.full(len(shares), 0.3), 1, 100):
        assert (index.value == 0.0).all()


def test_delta_leaves_the_global_generator_as_it_was():
    """It is slow, and seeds the global generator."""
    np.random.seed(5)  # noqa: NPY002
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    assert np.argmax(asked("delta", 40, straight)["delta"].value) == 0
    assert np.array_equal(np.random.get_state()[1], before)  # noqa: NPY002


def test_without_salib_there_is_one_sentence(monkeypatch):
    real = builtins.__import__

    def without(name, *words):
        if name.startswith("SALib"):
            raise ImportError
        return real(name, *words)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ParameterError, match=r"pip install \"infodemic-sim\[sensitivity\]\""):
        methods.sample("morris", 3, 4, 1)


@pytest.mark.parametrize(("method", "seeds"), [("delta", 2), ("pawn", 4)])
def test_what_has_no_effect_is_told_from_what_has(method, seeds):
    """Both are above 0 for it too; it exceeds all of 19 made up ones in one of 20 cases, and not in most."""
    exceeded = 0
    for seed in range(1, seeds + 1):
        shares = methods.sample(method, 3, 60, seed)
        (index,) = methods.indices(method, shares, straight(shares), seed, 3)
        assert (index.low <= index.value).all()
        assert (index.value <= index.high).all()
        assert index.value[0] > index.chance > 0.0
        exceeded += index.value[2] > index.chance
    assert exceeded <= seeds // 2  # chance of more: 0.0025 of 2, 0.0005 of 4


def test_delta_hangs_on_the_points_and_not_on_the_seed():
    """Two means of 50 resamples differ by √(2/50) of the spread of one; five times that is once in a million.

    With a resample in the place of all points they would by about √8 of it.
    """
    shares = methods.sample("delta", 3, 60, 1)
    one, *others = (methods.indices("delta", shares, straight(shares), seed, 50)[0] for seed in range(1, 6))
    spread = (one.high - one.low) / 2.0 / 1.96
    for other in others:
        assert (np.abs(other.value - one.value) <= 5.0 * np.sqrt(2.0 / 50.0) * spread).all()


def test_delta_copes_with_an_outcome_that_hardly_ever_changes():
    """In a third of resamples it never does: there nothing is to be known of it."""
    shares = methods.sample("delta", 3, 60, 1)
    (index,) = methods.indices("delta", shares, (np.arange(60) == 7).astype(float), 1, 50)
    assert np.isfinite(index.value).all()
