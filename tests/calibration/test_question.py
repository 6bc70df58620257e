"""What a calibration asks: ranges, evidence, and mistakes told in one sentence."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from infodemic_sim.calibration.bundled import BUNDLED, audiences
from infodemic_sim.calibration.cascade_sizes import ARTICLES, COUNTS, POSTS, CascadeSizes
from infodemic_sim.calibration.evidence import with_errors
from infodemic_sim.calibration.measured import Measured
from infodemic_sim.calibration.problem import FAR, Problem, check
from infodemic_sim.calibration.question_file import read_calibration
from infodemic_sim.calibration.trial_effects import TrialEffects
from infodemic_sim.catalog.reproduction import Size
from infodemic_sim.catalog.trials import loomba_2021
from infodemic_sim.errors import InfodemicError, ParameterError, ScenarioFileError
from infodemic_sim.graphs import ScaleFree
from infodemic_sim.population import Population
from infodemic_sim.scenario import Scenario
from infodemic_sim.simulation import simulate
from infodemic_sim.spread import FeedSpread
from infodemic_sim.sweeps.ranges import Range
from tests.calibration.small import PATHS, SMALL

TOWN = Scenario(
    population=Population(graph=ScaleFree(people=80, mean_degree=8.0, seed=1)), days=2.0, warm_up=1.0
)


def test_ranges_come_from_declarations_or_bounds():
    asked = SMALL.but(
        parameters={
            PATHS[0]: "declared",
            "spread.lasting_share": "declared",
            "spread.bound": {"low": 1.0, "high": 2.0},
        }
    )
    assert asked.priors() == {
        PATHS[0]: Range(low=0.55, high=1.2),
        "spread.lasting_share": Range(low=0.0, high=1.0),
        "spread.bound": Range(low=1.0, high=2.0),
    }


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"spread.persuasion_clam": "declared"}, "Did you mean 'persuasion_claim'"),
        ({"spread.saturation": "declared"}, "declares no range"),
        ({PATHS[0]: {"low": 1.0, "high": 1.0}}, "high must be above low"),
        (
            {"spread.lasting_share": {"low": 0.5, "high": 2.0}},
            r"spread\.lasting_share must be ≤ 1, but its range holds 2: narrow it",
        ),
        ({"population.graph.people": {"low": 40.1, "high": 40.4}}, "holds the whole number 40 alone: widen"),
        ({}, "parameters names none: name one"),
    ],
)
def test_ranges_that_cannot_be_are_refused(parameters, said):
    with pytest.raises(ParameterError, match=said):
        SMALL.but(parameters=parameters)


def test_misfit_counts_correlated_errors_once():
    observed = with_errors(["a", "b"], [1.0, 2.0], [0.5, 1.0])
    problem = Problem({}, observed, lambda point, draw: np.zeros(2))
    assert problem.misfit(np.array([2.0, 2.0])) == pytest.approx(4.0)
    tied = observed._replace(covariance=np.array([[1.0, 0.5], [0.5, 1.0]]))
    assert Problem({}, tied, problem.simulate).misfit(np.array([2.0, 3.0])) == pytest.approx(4.0 / 3.0)
    assert problem.misfit(np.array([np.nan, 2.0])) == FAR


def test_only_fitted_numbers_count():
    observed = with_errors(["a", "b"], [1.0, 2.0], [0.5, 1.0], fitted=[True, False])
    assert Problem({}, observed, lambda point, draw: np.zeros(2)).misfit(np.array([1.5, 99.0])) == 1.0


def test_evidence_that_says_nothing_is_refused():
    with pytest.raises(ParameterError, match="standard error above 0"):
        check(with_errors(["a"], [1.0], [0.0]))
    with pytest.raises(ParameterError, match="no number"):
        check(with_errors(["a"], [1.0], [1.0], fitted=[False]))
    with pytest.raises(ParameterError, match="differ in case alone"):
        check(with_errors(["size", "Size"], [1.0, 1.0], [1.0, 1.0]))


def test_points_are_shares_of_the_way_and_whole_where_they_must_be():
    ranges = {"a": Range(low=1.0, high=100.0, scale="log"), "b": Range(low=0.0, high=10.0)}
    problem = Problem(
        ranges, with_errors(["x"], [0.0], [1.0]), lambda point, draw: np.zeros(1), frozenset("b")
    )
    assert problem.point(np.array([0.5, 0.32])) == {"a": pytest.approx(10.0), "b": 3}


@pytest.mark.parametrize("scale", ["linear", "log"])
def test_whole_numbers_at_the_ends_of_a_range_are_as_likely_as_others(scale):
    ranges = {"k": Range(low=1.0, high=3.0, scale=scale)}
    problem = Problem(
        ranges, with_errors(["x"], [0.0], [1.0]), lambda point, draw: np.zeros(1), frozenset("k")
    )
    shares = (np.arange(30_000) + 0.5) / 30_000
    found = np.bincount([problem.point(np.array([share]))["k"] for share in shares], minlength=4) / 30_000
    edges = np.array([0.5, 1.5, 2.5, 3.5])
    exact = np.diff(edges if scale == "linear" else np.log(edges))
    np.testing.assert_allclose(found, [0.0, *(exact / exact.sum())], atol=1e-4)


def test_trials_are_run_with_the_parts_of_the_scenario():
    evidence = TrialEffects(trials=("loomba_2021",), scale=0.03)
    rule = FeedSpread(persuasion_claim=1.1)
    ours = evidence.simulated(TOWN.but(spread=rule), 5)
    assert ours.tolist() == [effect.value for effect in loomba_2021.run(Size(5, 0.03), rule)]
    observed = evidence.observed()
    assert observed.values[0] == -6.2
    assert observed.errors[0] == pytest.approx((8.5 - 3.9) / 2 / 1.96, rel=1e-4)
    assert observed.fitted.tolist() == [True, False, False, False]


def test_trials_that_cannot_be_run_are_refused():
    with pytest.raises(ParameterError, match="tries accuracy_prompt: give the scenario one"):
        TrialEffects().prepared(TOWN)
    with pytest.raises(ParameterError, match="Did you mean 'loomba_2021'"):
        TrialEffects(trials=("loomba_2020",)).prepared(TOWN)


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "seen.csv"
    path.write_text("measure,day,value,error\nmisinformed,2,0.1,0.02\ncredence,1,0.8,0.1\n")
    return path


def test_measures_are_those_of_a_run(table):
    evidence = Measured(path=str(table))
    prepared = evidence.prepared(TOWN)
    rows = simulate(prepared, seed=9).table.set_index(["measure", "day", "platform", "topic", "subgroup"])[
        "value"
    ]
    wanted = [
        rows[(name, day, "all", "all", "all")] for name, day in (("misinformed", 2.0), ("credence", 1.0))
    ]
    assert evidence.simulated(prepared, 9).tolist() == wanted
    assert evidence.observed().names == ("misinformed 2.0", "credence 1.0")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("measure,day,value\nmisinformed,2,0.1\n", "no column 'error'"),
        ("measure,day,value,error\n", "no rows"),
        ("measure,day,value,error\nmisinformed,2,much,0.1\n", "row 1 has 'much' as value"),
        ("measure,day,value,error\nmisinformd,2,0.1,0.1\n", "Did you mean 'misinformed'"),
        ("measure,day,value,error\nmisinformed,9,0.1,0.1\n", "runs end on day 2"),
        ("measure,day,value,error\nuptake,2,0.1,0.1\n", "does not measure uptake"),
        ("measure,day,value,error\nmisinformed,2,0.1,-1\n", "give numbers above 0"),
        ("measure,day,value,error\nmisinformed,2,5,0.1\n", "misinformed is a share: give values from 0 to 1"),
    ],
)
def test_tables_of_measures_that_lack_something_are_refused(table, text, said):
    table.write_text(text)
    with pytest.raises(InfodemicError, match=said):
        SMALL.but(scenario=TOWN, evidence=Measured(path=str(table)), parameters={PATHS[0]: "declared"})


@pytest.fixture
def articles(tmp_path):
    """Two fake articles and two real ones: 4 of 10 fake posts reach size 2, one more than is counted."""
    (tmp_path / COUNTS).write_text("label,size,count\nfake,1,6\nfake,2,3\nfake,140,1\nreal,1,3\nreal,12,1\n")
    (tmp_path / ARTICLES).write_text("cascade_id,label,n_tweets\n0,fake,5\n1,fake,5\n2,real,2\n3,real,2\n")
    rows = ["0,fake,2", "0,fake,2", "0,fake,2", "0,fake,140", "2,real,12"]
    with gzip.open(tmp_path / POSTS, "wt") as file:
        file.write("article_id,label,size\n" + "\n".join(rows) + "\n")
    return tmp_path


def test_shares_of_cascades_and_their_errors_come_from_articles(articles):
    found = CascadeSizes(folder=str(articles), sizes=(2, 10), resamples=20_000).observed()
    assert found.values.tolist() == [0.4, 0.1, 0.25, 0.25]
    # none, one or both of two articles drawn are the first: a share of 0, .4 or .8, with 1/4, 1/2, 1/4
    assert found.errors[0] == pytest.approx(0.8 * np.sqrt(1 / 8), rel=0.02)
    assert (found.low[0], found.high[0]) == (0.0, 0.8)
    assert found.covariance[0, 1] == 0.0
    tied = (
        CascadeSizes(folder=str(articles), sizes=(2, 10), resamples=20_000, tied=True).observed().covariance
    )
    assert tied[0, 1] == pytest.approx(found.errors[0] * found.errors[1]), "one article has them all"
    assert tied[0, 2] == 0.0


def test_sizes_beyond_what_the_source_counts_are_refused(articles):
    with pytest.raises(ParameterError, match="from 2 to 100"):
        CascadeSizes(folder=str(articles), sizes=(2, 150)).prepared(TOWN)
    with pytest.raises(ParameterError, match="settled leaves nothing of 2 days"):
        CascadeSizes(folder=str(articles), settled=48.0).prepared(TOWN)
    (articles / ARTICLES).write_text("cascade_id,label\n0,fake\n")
    with pytest.raises(ParameterError, match="no column 'n_tweets'"):
        CascadeSizes(folder=str(articles)).observed()
    with pytest.raises(ParameterError, match=r"nowhere.*no such file"):
        CascadeSizes(folder=str(articles / "nowhere")).observed()


def test_cascades_of_a_run_are_cut_where_the_source_is():
    evidence = CascadeSizes(sizes=(2, 3), largest=2)
    assert evidence._shares(np.array([1.0, 2.0, 9.0, 1.0])).tolist() == [0.5, 0.0]
    busy = evidence.but(largest=100).prepared(TOWN.but(days=10.0))
    shares = evidence.but(largest=100).simulated(busy, 1)
    assert shares.shape == (4,)
    assert 0.0 < shares[2] < 1.0
    assert shares[3] <= shares[2]
    unsettled = evidence.but(largest=100, settled=0.0).simulated(busy, 1)
    assert unsettled[2] < shares[2], "posts of the last day had no time to spread"


def test_real_articles_give_the_published_shares(shared_data):
    found = CascadeSizes(folder=str(shared_data / "cascades" / "politifact")).observed()
    assert found.values == pytest.approx([0.128, 0.0177, 0.0043, 0.1565, 0.0258, 0.0071], abs=5e-5)
    assert ((found.low < found.values) & (found.values < found.high)).all()


def test_followers_are_as_many_as_are_followed():
    graph = audiences(300)
    assert sum(graph.degrees) == sum(graph.followers)
    assert max(graph.followers) == 75
    assert np.median(graph.followers) == pytest.approx(8, abs=1)
    assert graph.build().n == 300


def test_a_file_and_the_bundled_ones_are_read(tmp_path, table):
    for name, make in BUNDLED.items():
        assert read_calibration(name, seed=3, particles=None) == make(3)
    file = tmp_path / "mine.yaml"
    file.write_text(
        "scenario: demo\nparameters:\n  spread.persuasion_claim: declared\n"
        "evidence: {type: measured, path: seen.csv}\nparticles: 20\n"
    )
    found = read_calibration(file, seed=3)
    assert (found.seed, found.particles, found.evidence) == (3, 20, Measured(path=str(table)))
    with pytest.raises(ParameterError, match="--seed is required"):
        read_calibration(file)
    file.write_text(file.read_text().replace("particles: 20", "particles: 2"))
    with pytest.raises(ScenarioFileError, match=r"mine.yaml:5:12: particles should be greater"):
        read_calibration(file, seed=3)
    with pytest.raises(ScenarioFileError, match="Did you mean 'cascades'"):
        read_calibration("cascade")


def test_the_example_of_the_page_is_read(tmp_path):
    page = (Path(__file__).parents[2] / "docs" / "calibration.md").read_text("utf-8")
    (tmp_path / "mine.yaml").write_text(page.split("```yaml\n")[1].split("```")[0])
    (tmp_path / "seen.csv").write_text("measure,day,value,error\nmisinformed,2,0.1,0.02\n")
    found = read_calibration(tmp_path / "mine.yaml")
    assert found.seed == 1
    assert found.evidence.observed().names == ("misinformed 2.0",)


@pytest.mark.parametrize("where", ["topic", "platform", "subgroup"])
def test_numbers_that_no_run_gives_are_refused_and_not_taken_for_far(table, where):
    table.write_text(f"measure,day,value,error,{where}\nmisinformed,2,0.1,0.02,elsewhere\n")
    evidence = Measured(path=str(table))
    with pytest.raises(ParameterError, match=f"runs have no misinformed on day 2 .*{where} elsewhere"):
        evidence.simulated(evidence.prepared(TOWN), 1)


def test_points_on_a_log_scale_are_those_of_a_study():
    spread = Range(low=0.005, high=0.05, scale="log")
    observed = with_errors(["x"], [0.0], [1.0])
    problem = Problem({"population.sharing": spread}, observed, lambda point, draw: np.zeros(1))
    shares = np.array([0.0, 0.3, 1.0])
    each = [problem.point(np.array([share]))["population.sharing"] for share in shares]
    assert each == spread.at(shares).tolist()
    assert spread.at(shares.reshape(3, 1)).shape == (3, 1)
