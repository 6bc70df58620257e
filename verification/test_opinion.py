"""Rules of opinions against theory (A15, A16)."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest

from infodemic_sim.graphs import SocialGraph
from infodemic_sim.graphs.complete import complete_graph
from infodemic_sim.spread.deffuant import Deffuant
from infodemic_sim.spread.degroot import DeGroot
from infodemic_sim.spread.friedkin_johnsen import FriedkinJohnsen
from infodemic_sim.spread.hegselmann_krause import HegselmannKrause
from infodemic_sim.spread.voter import Voter
from infodemic_sim.theory.opinions import degroot_limit, friedkin_johnsen_limit
from infodemic_sim.theory.voter import voter_consensus_time, voter_consensus_time_large

TRUST = np.array([[0.5, 0.5, 0.0], [0.25, 0.5, 0.25], [0.0, 0.5, 0.5]])
CHAIN = SocialGraph.from_ties([0, 1], [1, 2], 3, directed=False)


def test_degroot(target):
    start = (1.0, 0.0, 0.0)
    found = DeGroot(start=start, self_weight=0.5).run(CHAIN, seed=1, steps=10_000).arrays["opinion"]
    for person, opinion in enumerate(degroot_limit(TRUST, start)):
        target("A15", f"DeGroot from (1, 0, 0), opinion of person {person}", 0.25, found[person], 1e-9)
        assert opinion == pytest.approx(0.25, abs=1e-12)


def test_friedkin_johnsen(target):
    start, susceptibility = (0.0, 0.5, 1.0), (0.5, 0.8, 0.9)
    rule = FriedkinJohnsen(start=start, susceptibility=susceptibility, self_weight=0.5)
    found = rule.run(CHAIN, seed=1, steps=10_000).arrays["opinion"]
    exact = friedkin_johnsen_limit(TRUST, start, susceptibility)
    np.testing.assert_allclose(exact, [0.122951, 0.368852, 0.483607], atol=5e-7)
    for person, opinion in enumerate(exact):
        target("A15", f"Friedkin-Johnsen, opinion of person {person}", opinion, found[person], 1e-9)


PEOPLE, RUNS, STEPS = 1_000, 200, 300
"""Of the rule of Deffuant and others. A lone person may join a far cluster after thousands of steps: major
clusters stand long before."""


@pytest.mark.parametrize(
    ("confidence", "expected"), [(0.20, 2), (0.225, 2), (0.25, 2), (0.30, 1), (0.35, 1), (0.40, 1), (0.50, 1)]
)
def test_deffuant(target, confidence, expected):
    graph, drift, clusters = complete_graph(PEOPLE), 0.0, Counter()
    rule = Deffuant(confidence=confidence, convergence=0.5)
    for seed in range(RUNS):
        first = rule.first_opinions(rule.ground(graph, seed, 0, 24.0))
        result = rule.run(graph, seed=seed, steps=STEPS)
        drift = max(drift, abs(math.fsum(result.arrays["opinion"]) - math.fsum(first)))
        clusters[int(result.curves["major_clusters"][-1])] += 1
    setting = f"Deffuant, confidence {confidence:g}"
    target("A16", f"{setting}: largest change of the sum of opinions", 0.0, drift, 1e-9)
    seen = ", ".join(f"{number} in {count}" for number, count in sorted(clusters.items()))
    target.holds(
        "A16",
        f"{setting}: {expected} major cluster(s) in most of {RUNS} runs",
        clusters[expected] > RUNS / 2,
        seen,
    )


@pytest.mark.parametrize("people", [100, 1_000])
def test_hegselmann_krause(target, people):
    graph, longest = complete_graph(people), 0
    for confidence in (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.5):
        for seed in range(20):
            rule = HegselmannKrause(confidence=confidence, settled=0.0)
            result = rule.run(graph, seed=seed)
            gaps = np.diff(np.unique(result.arrays["opinion"]))
            assert result.arrays["moved"][0] == 0.0
            assert (gaps > confidence).all()
            longest = max(longest, result.steps)
    told = f"at most {longest} steps in 140 runs, then no bit changes"
    target.holds("A16", f"Hegselmann-Krause, {people} people, stops in finite time", longest < 10**4, told)


VOTERS, ELECTIONS = 100, 2_500


@pytest.mark.parametrize("share", [0.3, 0.5, 0.8])
def test_voter(target, share):
    """From one half within 5 % of n ln 2; elsewhere of the same formula; and within 4 errors of exact."""
    graph = complete_graph(VOTERS)
    results = [Voter(share=share).run(graph, seed=seed, steps=10**6) for seed in range(ELECTIONS)]
    wins = np.mean([result.curves["informed"][-1] == VOTERS for result in results])
    times = np.array([result.adoptions["time"][-1] for result in results])
    setting = f"voter, {VOTERS} people, {share:.0%} informed"
    error = math.sqrt(share * (1.0 - share) / ELECTIONS)
    target("A16", f"{setting}: chance that they win", share, wins, min(0.05, 4.0 * error))
    large = voter_consensus_time_large(VOTERS, share)
    exact = voter_consensus_time(VOTERS, round(share * VOTERS))
    target("A16", f"{setting}: sweeps until all agree, large n", large, times.mean(), 0.05 * large)
    spread = 4.0 * times.std(ddof=1) / math.sqrt(ELECTIONS)
    target("A16", f"{setting}: sweeps until all agree, exact", exact, times.mean(), spread)
