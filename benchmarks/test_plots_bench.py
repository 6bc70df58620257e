"""Speed of figures: `pytest benchmarks/test_plots_bench.py --benchmark-only`; drawing and writing together.

Every figure should take less than two seconds on data as large as people have. ``extra_info`` holds how large
they are; ``median s`` is what to look at.
"""

from __future__ import annotations

import statistics
from functools import cache

import numpy as np
import pandas as pd
import pytest

import infodemic_sim as ids
from infodemic_sim import plots

ROWS, PEOPLE, FRAMES = 1_000_000, 5_000, 31
KINDS = ["png", "svg"]


@cache
def runs() -> pd.DataFrame:
    """A table as ``Comparison.runs``: six plans, a hundred replicates, thirty days, many measures."""
    plans, replicates, days = 6, 100, 31
    measures = ["misinformed", "credence", *(f"other_{k}" for k in range(ROWS // (6 * 100 * 31) - 1))]
    index = pd.MultiIndex.from_product(
        [[f"plan {k}" for k in range(plans)], range(replicates), np.arange(float(days)), measures],
        names=["plan", "replicate", "day", "measure"],
    )
    table = index.to_frame(index=False)
    table["value"] = np.random.default_rng(1).random(len(table))
    whole = table.assign(platform="all", topic="all", subgroup="all")
    return whole.astype(dict.fromkeys(("plan", "measure", "platform", "topic", "subgroup"), "category"))


@cache
def film(people: int) -> ids.Film:
    """A month of a town."""
    graph = ids.scale_free(people, mean_degree=20, seed=1)
    scenario = ids.Scenario(
        population=ids.Population(graph=graph, sharing=0.05), days=FRAMES - 1, warm_up=2.0
    )
    return ids.film(scenario, seed=1)


@cache
def places(people: int) -> np.ndarray:
    return ids.graphs.layout(film(people).graph)


def drawn(benchmark, tmp_path, kind, draw, **size):
    """Draw and write; the sizes of the data beside the time."""
    figures = []

    def both() -> None:
        figure = draw()
        figures.append(plots.save_figure(getattr(figure, "figure", figure), tmp_path / f"figure.{kind}"))

    benchmark.pedantic(both, rounds=5, warmup_rounds=1)
    benchmark.extra_info["median s"] = round(statistics.median(benchmark.stats.stats.sorted_data), 2)
    benchmark.extra_info["kB"] = figures[-1].stat().st_size // 1000
    benchmark.extra_info.update(size)


@pytest.mark.parametrize("kind", KINDS)
def test_trajectories(benchmark, tmp_path, kind):
    table = runs()
    drawn(benchmark, tmp_path, kind, lambda: plots.trajectories(table, "misinformed"), rows=len(table))


OF_A_FILM = {
    "network": lambda film: plots.network(film, places=places(PEOPLE)),
    "network_before_after": lambda film: plots.network_before_after(film, places=places(PEOPLE)),
    "belief_distribution": plots.belief_distribution,
    "cascade_tree": plots.cascade_tree,
    "cascades_figure": lambda film: plots.cascades_figure(ids.cascades_of(film)),
    "who_reaches_whom": lambda film: plots.who_reaches_whom(film, "age"),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", OF_A_FILM)
def test_of_a_film(benchmark, tmp_path, name, kind):
    seen = film(PEOPLE)
    drawn(benchmark, tmp_path, kind, lambda: OF_A_FILM[name](seen), people=PEOPLE, posts=len(seen.posts))


@pytest.mark.parametrize("people", [1_000, PEOPLE, 20_000])
def test_layout(benchmark, people):
    """Places to draw people at, which a picture needs once."""
    graph = ids.scale_free(people, mean_degree=20, seed=1)
    benchmark.pedantic(ids.graphs.layout, args=(graph,), rounds=3)
    benchmark.extra_info["ties"] = graph.number_of_ties


@pytest.mark.parametrize("kind", ["gif", "mp4"])
def test_animation(benchmark, tmp_path, kind):
    seen, where, path = film(2_000), places(2_000), tmp_path / f"run.{kind}"
    benchmark.pedantic(
        plots.animate,
        args=(seen, path),
        kwargs={"places": where, "overwrite": True},
        rounds=3,
        warmup_rounds=1,
    )
    benchmark.extra_info["frames"] = FRAMES
    benchmark.extra_info["kB"] = path.stat().st_size // 1000
