"""Equal inputs give equal bits: in any process, on any threads, in any order of people, however recorded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.interventions import BUILT_IN
from infodemic_sim.simulation import Run
from infodemic_sim.spread import feed_runner
from tests.identities.small import (
    GROUPS,
    all_built_in,
    built_in,
    differing,
    digest,
    finished,
    graph,
    persons,
    posts,
    scenario,
    table,
)

ROOT = Path(__file__).parents[2]


def elsewhere(code: str, *arguments: str) -> str:
    """What a new Python process prints."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}", "PYTHONHASHSEED": "77"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_in_a_new_process_with_other_threads():
    code = """
from tests.identities.small import all_built_in, digest, scenario
print(digest(scenario(interventions=all_built_in()), seed=4, replicate=2, threads=2))
"""
    assert elsewhere(code) == digest(scenario(interventions=all_built_in()), seed=4, replicate=2)


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_threads_and_pieces_of_work_do_not_matter(threads, monkeypatch):
    full = scenario(interventions=all_built_in())
    once = digest(full, seed=4)
    monkeypatch.setattr(feed_runner, "ROWS", 16)
    assert digest(full, seed=4, threads=threads) == once


def test_what_is_recorded_does_not_matter():
    hourly, daily, end = (
        finished(scenario(interventions=all_built_in(), record=record))
        for record in ("hourly", "daily", "end")
    )
    assert persons(hourly[1]) == persons(daily[1]) == persons(end[1])
    often = hourly[0][hourly[0].day.isin(daily[0].day.unique())].reset_index(drop=True)
    assert differing(often, daily[0]) == set()
    rarely = daily[0][daily[0].day.isin(end[0].day.unique())].reset_index(drop=True)
    assert differing(rarely, end[0]) == set()


def test_what_is_kept_of_cascades_does_not_matter():
    none, sizes, trees = (
        finished(scenario(interventions=all_built_in(), cascades=kept)) for kept in ("none", "sizes", "trees")
    )
    assert persons(none[1]) == persons(sizes[1]) == persons(trees[1])
    for less, more in ((none[0], sizes[0]), (sizes[0], trees[0])):
        common = more[more.measure.isin(less.measure.unique())].reset_index(drop=True)
        assert differing(less, common) == set()


def test_other_replicates_do_not_matter():
    full = scenario(interventions=all_built_in())
    alone = digest(full, replicate=2)
    for replicate in (0, 1, 3):
        digest(full, replicate=replicate)
    assert digest(full, replicate=2) == alone
    assert digest(full, replicate=3) != alone
    assert digest(full, seed=2, replicate=2) != alone


def test_two_runs_in_turns_do_not_matter():
    """Two replicates of one scenario share its parts, never anything that changes."""
    full = scenario(interventions=all_built_in())
    apart = [finished(full, replicate=k)[0] for k in (0, 1)]
    runs = [Run(full, seed=1, replicate=k) for k in (0, 1)]
    for _ in range(full.warm_up_steps + full.steps):
        for run in runs:
            run.step()
    for run, alone in zip(runs, apart, strict=True):
        assert differing(run.result().table, alone) == set()


# --- order -------------------------------------------------------------------------------------------


def test_order_of_interventions_does_not_matter():
    plan = [*all_built_in(), built_in("WarningLabel", name="another", issuer="platform")]
    orders = [plan, plan[::-1], plan[2:] + plan[:2]]
    one, *others = (finished(scenario(interventions=order)) for order in orders)
    for other in others:
        assert differing(one[0], other[0]) == set()
        assert persons(one[1]) == persons(other[1])


def relabelled(scenario: ids.Scenario, order: np.ndarray) -> ids.Scenario:
    """The same people on other rows, in the population's graph and in each platform's own."""
    population = scenario.population.but(graph=scenario.population.graph.relabel(order))
    platforms = tuple(
        platform.but(graph=platform.graph.relabel(order)) if platform.graph is not None else platform
        for platform in scenario.platforms
    )
    return scenario.but(population=population, platforms=platforms)


def communities(n: int, seed: int) -> ids.SocialGraph:
    """A weighted graph with free identities and a column of communities."""
    from infodemic_sim.graphs import categories

    random = np.random.default_rng(seed)
    plain = graph(n, seed)
    sources = np.repeat(np.arange(n), plain.degrees())
    weights = random.exponential(size=plain.indices.size)
    made = ids.SocialGraph.from_ties(sources, plain.indices, n, True, weights=weights)
    keys = random.choice(2**45, n, replace=False).astype(float)
    return made.with_attributes(key=keys, town=categories(random.choice(["x", "y", "z"], n).tolist()))


TIGHT = ids.Capacity(per_step=1, per_actor_per_day=3)
PLANS = {
    "nothing": [],
    **{part.__name__: [built_in(part.__name__)] for part in BUILT_IN},
    "all of them": all_built_in(),
    "everybody, little capacity": [
        built_in("AccuracyPrompt", who=ids.MostFollowed(share=0.3), capacity=ids.Capacity(per_step=5)),
        built_in("Inoculation", who=ids.Subgroup(partition="town", part="y"), when=ids.Every(days=1.0)),
        built_in("PeerSupport", who=ids.Everyone(), published=1.0, capacity=ids.Capacity(per_day=40)),
        built_in("ProviderCorrection", who=ids.Everyone(), capacity=TIGHT),
        built_in("SocialNorms", who=ids.Sample(people=9, of=ids.FriendsOfRandom(share=0.5))),
        built_in("WarningLabel", who=ids.Believers(), capacity=ids.Capacity(per_step=1), delay=0.0),
    ],
    "everybody corrects": [built_in("ProviderCorrection", who=ids.Everyone(), delay=0.2, published=1.0)],
    "much support": [
        built_in(
            "PeerSupport", published=1.0, capacity=ids.Capacity(per_actor_per_day=30), isolated_above=0.0
        )
    ],
    "few labels": [built_in("WarningLabel", capacity=ids.Capacity(per_step=1), recall=1.0, delay=0.3)],
}


@pytest.mark.parametrize("name", PLANS)
def test_order_of_people_does_not_matter(name):
    first = communities(80, 7)
    platforms = (
        ids.Platform(name="a", ranking=ids.Interest(), posts_per_session=6, timeline_depth=2),
        ids.Platform(
            name="b", graph=communities(80, 8), ranking=ids.Chronological(), membership=0.6, **GROUPS
        ),
    )
    plain = scenario(
        first,
        people={"subgroups": ("town", "literacy", "role")},
        platforms=platforms,
        interventions=PLANS[name],
    )
    order = np.random.default_rng(5).permutation(80)
    one, other = finished(plain), finished(relabelled(plain, order))
    assert persons(one[1]) == persons(other[1])
    assert posts(one[1]) == posts(other[1])
    assert differing(one[0], other[0]) == set()


def test_another_order_is_another_arrangement():
    """So that the identities above are not empty: without their identities, people are others."""
    plain = graph(60).with_attributes()
    without = ids.SocialGraph(plain.indptr, plain.indices, directed=plain.directed)
    order = np.random.default_rng(5).permutation(60)
    one, other = table(scenario(without)), table(scenario(without.relabel(order)))
    assert "exposures_false" in differing(one, other)
