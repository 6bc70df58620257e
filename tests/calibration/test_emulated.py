"""An emulator in place of the average of runs: what it learns, what it says, and generations in files."""

from __future__ import annotations

import builtins
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from infodemic_sim.calibration import calibrate, ensemble
from infodemic_sim.calibration.ahead import here
from infodemic_sim.calibration.emulated import EmulatedGenerations
from infodemic_sim.calibration.emulator import Emulator
from infodemic_sim.calibration.ensemble import drawn, evenly
from infodemic_sim.calibration.evidence import with_errors
from infodemic_sim.calibration.generations import Settings
from infodemic_sim.calibration.posterior import Posterior
from infodemic_sim.calibration.problem import Problem
from infodemic_sim.errors import ParameterError, ResultFileError
from infodemic_sim.sweeps.ranges import Range
from tests.calibration.small import SMALL

ROOT = Path(__file__).parents[2]

ASKED = SMALL.but(method="emulator", particles=20, generations=2)
PREDICTIONS = 4


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("emulated") / "made"
    calibrate(ASKED, out, predictions=PREDICTIONS)
    return out


def tables(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".csv", ".parquet")}


def wavy(shares):
    return np.sin(3.0 * shares[:, 0]) + shares[:, 1] ** 2


def learnt(seed, runs=80, chance=0.3):
    """At one place: the error of the average that was learnt, and of what size it is said to be."""
    luck = np.random.default_rng(seed)
    shares, place = evenly(runs, 2, seed), luck.uniform(size=(1, 2))
    numbers = np.column_stack([wavy(shares) + chance * luck.standard_normal(runs), np.full(runs, 7.0)])
    numbers[:10, 0] = np.nan  # runs that had no such number
    seen = with_errors(["wavy", "always 7"], [0.0, 0.0], [1.0, 1.0])
    mean, variance = Emulator(shares, numbers, seen).at(place)
    np.testing.assert_allclose(mean[:, 1], 7.0, rtol=1e-6)
    return float(mean[0, 0] - wavy(place)[0]), float(np.sqrt(variance[0, 0]))


def test_averages_are_learnt_as_surely_as_is_said():
    sets = 40
    errors, said = np.array([learnt(seed) for seed in range(sets)]).T
    squares = float(((errors / said) ** 2).sum())
    assert stats.chi2.ppf(0.001, sets) < squares < stats.chi2.ppf(0.999, sets)
    assert said.mean() < 0.3 / 2.0  # the chance of a run is left out


def test_a_number_that_hardly_any_run_gives_is_refused():
    numbers = np.full((20, 1), np.nan)
    numbers[:9] = 1.0
    with pytest.raises(ParameterError, match="of 20 runs 9 gave 'size': give more particles"):
        Emulator(evenly(20, 1, 0), numbers, with_errors(["size"], [1.0], [1.0]))


def test_of_one_that_is_only_predicted_nothing_is_known_then():
    numbers = np.column_stack([np.linspace(0.0, 1.0, 20), np.full(20, np.nan)])
    seen = with_errors(["size", "depth"], [1.0, 1.0], [1.0, 1.0], fitted=[True, False])
    mean, variance = Emulator(np.linspace(0.0, 1.0, 20)[:, None], numbers, seen).at(np.array([[0.5]]))
    assert mean[0, 0] == pytest.approx(0.5, abs=0.01)
    assert np.isnan([mean[0, 1], variance[0, 1]]).all()


def test_the_likelihood_is_that_of_normal_laws():
    seen = with_errors(["a", "left out", "b"], [1.0, 5.0, 2.0], [0.5, 1.0, 0.2], fitted=[True, False, True])
    seen.covariance[0, 2] = seen.covariance[2, 0] = 0.05
    luck = np.random.default_rng(1)
    means, variances = luck.normal(size=(6, 3)), luck.uniform(size=(6, 3))
    ours = Problem({}, seen, None).log_likelihood(means, variances)
    used = [0, 2]
    exact = [
        stats.multivariate_normal(
            mean[used], seen.covariance[np.ix_(used, used)] + np.diag(variance[used])
        ).logpdf([1.0, 2.0])
        for mean, variance in zip(means, variances, strict=True)
    ]
    np.testing.assert_allclose(np.diff(ours), np.diff(exact))


def test_points_are_as_likely_as_a_density_says():
    middle, spread = np.array([0.3, 0.0]), np.array([0.05, 0.1])  # the second law is cut in its middle

    def log_density(points):
        return -0.5 * (((points - middle) / spread) ** 2).sum(axis=1)

    points = drawn(log_density, 2, 400, seed=1)
    assert points.shape == (400, 2)
    assert ((points >= 0.0) & (points <= 1.0)).all()
    laws = stats.norm(0.3, 0.05), stats.halfnorm(0.0, 0.1)
    for column, law in zip(points.T, laws, strict=True):
        assert stats.kstest(column[::8], law.cdf).pvalue > 0.001  # of walkers far apart


@pytest.mark.parametrize("number", [51, 100, 101, 201])
def test_points_are_of_many_walkers(number):
    """Means of sets of points vary as those of so many do, drawn from what walkers pass independently."""

    def log_density(points):
        return -0.5 * (((points - 0.5) / 0.05) ** 2).sum(axis=1)

    sets = 20
    means = np.array([drawn(log_density, 2, number, seed).mean(axis=0) for seed in range(sets)])
    worth = (0.05 / np.sqrt(np.mean((means - 0.5) ** 2))) ** 2
    passed = ensemble.WALKERS * ensemble.ENOUGH / 2.0  # at least, in the half of their way that is kept
    expected = 1.0 / (1.0 / number + 1.0 / passed)
    squares = 2 * sets
    assert worth > expected / (stats.chi2.ppf(0.999, squares) / squares)  # even distances: 4 to 9


def test_a_broad_peak_beside_a_sharp_one_is_not_left_out():
    sharp, broad = stats.norm(0.2, 0.005), stats.norm(0.7, 0.05)

    def log_density(points):
        return np.log(0.3 * sharp.pdf(points[:, 0]) + 0.7 * broad.pdf(points[:, 0]))

    # what a set says has the chance of its 100 beginnings, which no walker leaves for the other peak
    shares = [float((drawn(log_density, 1, 200, seed) > 0.45).mean()) for seed in range(8)]
    error = np.sqrt(0.7 * 0.3 / 100)
    assert all(abs(share - 0.7) < stats.norm.ppf(1.0 - 0.0005 / 8) * error for share in shares)


def test_a_stopped_calibration_goes_on_with_the_same_bits(folder, tmp_path):
    def stop(kept, total):
        if kept > ASKED.particles + 3:
            raise KeyboardInterrupt

    out = tmp_path / "stopped"
    with pytest.raises(KeyboardInterrupt):
        calibrate(ASKED, out, predictions=PREDICTIONS, progress=stop)
    assert [path.name for path in sorted(out.glob("generation-*"))] == ["generation-0.parquet"]
    calibrate(ASKED, out, predictions=PREDICTIONS)
    assert tables(out) == tables(folder)


def test_workers_change_no_bit(folder, tmp_path):
    calibrate(ASKED, tmp_path / "two", workers=2, predictions=PREDICTIONS)
    assert tables(tmp_path / "two") == tables(folder)


def test_another_table_in_place_of_runs_is_refused(folder, tmp_path):
    out = tmp_path / "made"
    out.mkdir()
    for path in folder.iterdir():
        (out / path.name).write_bytes(path.read_bytes())
    runs = out / "generation-1.parquet"
    for other in ((folder / "posterior.parquet").read_bytes(), b"PAR1"):
        runs.write_bytes(other)
        with pytest.raises(ResultFileError, match="no runs of a generation can be read here: delete it"):
            calibrate(ASKED, out, predictions=PREDICTIONS)
    runs.unlink()
    calibrate(ASKED, out, predictions=PREDICTIONS)
    assert tables(out) == tables(folder)


def test_too_many_or_too_few_runs_to_learn_from_are_refused():
    with pytest.raises(ParameterError, match="an emulator learns from 3,000 runs at most: lower"):
        ASKED.but(particles=1000, generations=4)
    with pytest.raises(
        ParameterError, match="an emulator of 2 parameters needs 20 runs to begin with: raise"
    ):
        ASKED.but(particles=19)


@pytest.mark.parametrize(("missing", "name"), [("sklearn", "scikit-learn"), ("emcee", "emcee")])
def test_what_is_not_installed_is_named(missing, name, tmp_path, monkeypatch):
    find = builtins.__import__

    def without(module, *rest, **named):
        if module.split(".")[0] == missing:
            raise ModuleNotFoundError(f"No module named '{missing}'", name=missing)
        return find(module, *rest, **named)

    for module in ("emulated", "emulator", "ensemble"):
        monkeypatch.delitem(sys.modules, f"infodemic_sim.calibration.{module}", raising=False)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ParameterError, match=rf'{name} is not installed: pip install "infodemic-sim'):
        calibrate(ASKED, tmp_path / "out", predictions=PREDICTIONS)


OFF = "New runs differ from what the emulator says of a: give more particles or generations."
BEYOND = "No point comes nearer to the evidence than 5 of its standard errors."


def ended(off=0.0, misfit=1.0, given=40):
    """How a calibration ended whose new runs are off by so much, and of which so many gave the number 'a'."""
    luck = np.random.default_rng(1)
    columns = ["a", "b"]
    points = pd.DataFrame(luck.normal(0.0, 0.01, (50, 2)), columns=columns).assign(weight=0.02, misfit=misfit)
    runs = pd.DataFrame(luck.normal([off, 0.0], 0.5, (40, 2)), columns=columns)
    runs.loc[given:, "a"] = np.nan
    question = {"method": "emulator", "parameters": {}, "seed": 1, "generations": 2}
    seen = with_errors(columns, [0.0, 0.0], [1.0, 1.0])
    progress = pd.DataFrame({"threshold": [1.0], "runs": [50]})
    return Posterior(question, seen, points, points, progress, runs)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({}, ""),
        ({"off": 1.0}, OFF),
        ({"given": 20}, ""),
        ({"given": 19}, OFF),
        ({"given": 0}, OFF),
        ({"misfit": 25.0}, BEYOND),
    ],
)
def test_an_emulator_that_new_runs_gainsay_is_told(how, said):
    assert ended(**how).unfinished == said


@pytest.mark.filterwarnings("error")
def test_an_error_is_that_of_the_runs_that_gave_the_number():
    posterior = ended(given=10)
    some = posterior.predictions["a"].dropna()
    checked = posterior.check().set_index("number").loc["a"]
    assert checked["error"] == pytest.approx(some.std() / np.sqrt(10))
    assert checked["ours"] == pytest.approx(some.mean())


def test_threads_of_linear_algebra_change_no_bit(tmp_path):
    """At 240 runs the library spreads its work over threads, if it may."""
    script = "import sys, tests.calibration.test_emulated as t; t.learnt_and_written(sys.argv[1])"
    made = []
    for threads in ("1", "2"):
        path = tmp_path / threads
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": threads}
        subprocess.run([sys.executable, "-c", script, str(path)], check=True, env=environment, cwd=ROOT)
        made.append(path.read_bytes())
    assert made[0] == made[1]


def learnt_and_written(path):
    """Points and averages after a generation of 400 runs of a wavy law, as bytes in a file."""
    seen = with_errors(["wavy"], [0.8], [0.05])
    priors = {"a": Range(low=0.0, high=1.0), "b": Range(low=0.0, high=1.0)}
    problem = Problem(priors, seen, lambda point, draw: wavy(np.array([[point["a"], point["b"]]])))
    settings = Settings("emulator", 400, 2, 0.01, 1)
    Path(path).parent.mkdir(exist_ok=True)
    steps = EmulatedGenerations(Path(path).parent / f"of {Path(path).name}", problem, settings, here, print)
    steps.folder.mkdir()
    steps.step()
    Path(path).write_bytes(steps.points(1).to_numpy(float).tobytes())


def test_walkers_that_have_not_forgotten_their_beginning_are_told(monkeypatch, caplog):
    def log_density(points):
        return -(points**2).sum(axis=1)

    drawn(log_density, 1, 10, seed=1)
    assert not caplog.records
    monkeypatch.setattr(ensemble, "ENOUGH", 1e9)
    drawn(log_density, 1, 10, seed=1)
    assert "points still hang on where they began: narrow the ranges" in caplog.text
