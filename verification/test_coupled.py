"""Misinformation and disease together: what two published models found, F1 and F2.

Their settings are not ours, so single numbers are not compared: what is held is that each lever offsets the
harm, and that there is a threshold, where theory puts it.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import brentq
from scipy.stats import binomtest

import infodemic_sim as ids
from infodemic_sim.health import Behaviour, Epidemic
from infodemic_sim.simulation import simulate
from infodemic_sim.study.effects import last_values

# --- F1: two levers against harmful advice, Brainard & Hunter 2020 ----------------------------------------

PEOPLE, REPLICATES = 2000, 180
MORE_APPEAL = 1.7
"""False news is 70 % more likely to be passed on [Vosoughi2018]."""
SHARING = 0.00865
"""How readily people share, fitted to the mean size of a false cascade [Shu2020]: people who tell nothing
apart pass more on, and at the default false advice would go as far as in no data."""


class Immune(ids.Intervention):
    """These people neither believe nor pass on what is false."""

    needs = frozenset({"inoculation", "accuracy_weight"})

    def act(self, world, people, memory):
        world.levers.inoculation.add(people, 60.0)
        world.levers.accuracy_weight.close_gap(people, 1.0)


def advised(harmful: float, immune: float = 0.0, posts: float = 0.2) -> ids.Scenario:
    """People without leaning or discernment, of whose advice a share is harmful; its volume is the same.

    False advice differs in its appeal alone, as in their model: the isolated are no readier to believe it.
    Advice changes how people protect themselves, and no decisions are taken.
    """
    rate = posts * (1.0 - harmful) / 0.5
    topic = ids.Topic(
        accurate_share=0.5,
        conviction=0.0,
        appeal_of_false=MORE_APPEAL,
        false_posts=harmful / (1.0 - harmful),
        posting=ids.Posting(**dict.fromkeys(ids.Posting.model_fields, rate)),
    )
    plain = {"providers": 0.0, "fact_checkers": 0.0, "super_spreaders": 0.0, "trust_providers": 0.5}
    minds = {"credulity": 0.0, "discernment": 0.0, "literacy_step": 0.0}
    graph = ids.scale_free(PEOPLE, mean_degree=20, seed=3)
    return ids.Scenario(
        population=ids.Population(graph=graph, subgroups=(), sharing=SHARING, **plain, **minds),
        topics=[topic],
        spread=ids.FeedSpread(isolation_effect=0.0),
        behaviour=Behaviour(decisions=0.0),
        epidemic=Epidemic(
            contacts=ids.erdos_renyi(PEOPLE, mean_degree=10, seed=4),
            transmission=0.06,
            efficacy=0.0,
            contact_reduction=0.5,
            starters=20,
            starts=5.0,
        ),
        hours_per_step=2.0,
        days=60.0,
        warm_up=3.0,
        record="end",
        cascades="sizes",
        interventions=[Immune(uptake=immune)] if immune else [],
    )


@pytest.fixture(scope="module")
def outbreaks() -> dict[str, pd.DataFrame]:
    """What each plan measured at the end, a column for each replicate."""
    plans = {
        "none": advised(0.5, posts=0.0),
        "50 %": advised(0.5),
        "40 %": advised(0.4),
        "30 %": advised(0.3),
        "20 % immune": advised(0.5, immune=0.2),
    }
    return last_values(ids.compare(plans, replicates=REPLICATES, seed=1, workers=2).runs)


def overall(wide: pd.DataFrame, measure: str) -> np.ndarray:
    return wide.loc[(measure, "all", "all", "all")].to_numpy()


@pytest.fixture(scope="module")
def cases(outbreaks) -> dict[str, np.ndarray]:
    return {plan: overall(wide, "cases") for plan, wide in outbreaks.items()}


def standing(values: np.ndarray) -> tuple[float, float]:
    """Mean of values, or of paired differences, and its standard error."""
    return float(values.mean()), float(values.std(ddof=1) / math.sqrt(values.size))


def test_false_advice_goes_as_far_as_in_the_data(target, shared_data, outbreaks):
    """Within three standard errors of the mean."""
    sizes = pd.read_csv(shared_data / "cascades" / "politifact" / "tweet_cascade_size_hist.csv")
    fake = sizes[sizes["label"] == "fake"]
    published = np.average(fake["size"], weights=fake["count"])
    size, error = standing(overall(outbreaks["50 %"], "cascade_size_false"))
    what = f"mean size of a false cascade, {published:.3f} published (FITTED)"
    target.holds("F1", what, abs(size - published) <= 3.0 * error, f"{size:.3f} ± {error:.3f}")


def test_harmful_advice_makes_the_outbreak_worse(target, cases):
    extra, error = standing(cases["50 %"] - cases["none"])
    target.holds(
        "F1", "half of the advice harmful: extra cases", extra > 3.0 * error, f"{extra:.0f} ± {error:.0f}"
    )


@pytest.mark.parametrize("lever", ["20 % immune", "30 %", "40 %"])
def test_a_lever_that_offsets_the_harm(target, cases, lever):
    """No more cases than without any advice, within three standard errors."""
    left, error = standing(cases[lever] - cases["none"])
    target.holds("F1", f"{lever}: extra cases offset", left <= 3.0 * error, f"{left:.0f} ± {error:.0f} left")


@pytest.mark.parametrize("lever", ["20 % immune", "30 %", "40 %"])
def test_a_lever_takes_more_than_half_of_the_harm(target, cases, lever):
    """By three standard errors: a lever that takes half might still be within those of offsetting."""
    beyond, error = standing((cases["50 %"] + cases["none"]) / 2.0 - cases[lever])
    seen = f"{beyond:.0f} ± {error:.0f} fewer than half would leave"
    target.holds("F1", f"{lever}: more than half", beyond > 3.0 * error, seen)


@pytest.mark.parametrize("lever", ["20 % immune", "30 %", "40 %"])
def test_each_lever_lowers_the_harm(target, cases, lever):
    less, error = standing(cases["50 %"] - cases[lever])
    extra = float((cases["50 %"] - cases["none"]).mean())
    seen = f"{less:.0f} ± {error:.0f} fewer, of {extra:.0f} extra"
    target.holds("F1", f"{lever}: fewer cases", less > 3.0 * error, seen)


# --- F2: a critical share of distrusting people, Sontag et al. 2022 ---------------------------------------

CROWD, CONTACTS, GAMMA, REDUCTION, RUNS = 3000, 20.0, 0.2, 0.6, 150
R0 = 3.0
BETA = GAMMA * (R0 / CONTACTS) / (1.0 - R0 / CONTACTS)
LARGE = 0.1


def growth(distrusting: float) -> float:
    """People whom one infects where the trusting protect themselves fully and the distrusting not at all.

    The largest eigenvalue of contacts × share × transmissibility between the two kinds, on a network of
    Poisson degrees, where a contact with hazard h transmits with h / (h + gamma).
    """
    kept, shares = np.array([1.0, 1.0 - REDUCTION]), np.array([distrusting, 1.0 - distrusting])
    hazard = BETA * np.outer(kept, kept)
    return float(np.linalg.eigvals(CONTACTS * shares * hazard / (hazard + GAMMA)).real.max())


CRITICAL = brentq(lambda share: growth(share) - 1.0, 0.0, 1.0)


def large_outbreaks(distrusting: float) -> int:
    """In how many runs more than a tenth fall ill."""
    graph = ids.erdos_renyi(CROWD, mean_degree=CONTACTS, seed=6)
    doubters = np.random.default_rng(5).permutation(CROWD) < round(distrusting * CROWD)
    graph = graph.with_attributes(belief=np.where(doubters, -40.0, 40.0))
    nobody = ids.Posting(**dict.fromkeys(ids.Posting.model_fields, 0.0))
    plan = ids.Scenario(
        population=ids.Population(graph=graph, subgroups=()),
        topics=[ids.Topic(belief_column="belief", posting=nobody)],
        platforms=[ids.Platform(sessions_per_day=0.0, chatter_per_day=0.0)],
        behaviour=Behaviour(decisions=0.0),
        epidemic=Epidemic(
            transmission=BETA, infectious=1.0 / GAMMA, efficacy=0.0, contact_reduction=REDUCTION, starters=5
        ),
        hours_per_step=12.0,
        days=250.0,
        warm_up=0.0,
        record="end",
        cascades="none",
    )
    return sum(simulate(plan, seed=2, replicate=k).final("infected") > LARGE for k in range(RUNS))


@pytest.mark.parametrize(("times", "large"), [(0.0, False), (0.5, False), (2.0, True), (3.0, True)])
def test_above_a_critical_share_of_distrusting_people_outbreaks_are_large(target, times, large):
    """A sign test at level .001: outbreaks are mostly large, or mostly small."""
    count = large_outbreaks(times * CRITICAL)
    side = "greater" if large else "less"
    certain = binomtest(count, RUNS, 0.5, side).pvalue < 0.001
    setting = f"{times:g} × critical share {CRITICAL:.3f} of distrusting people: mostly"
    target.holds(
        "F2", f"{setting} {'large' if large else 'small'} outbreaks", certain, f"{count} of {RUNS} large"
    )
