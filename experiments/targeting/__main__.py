"""Whom should a plan reach, if it can reach so many people and no more?

python -m experiments.targeting --workers 2
"""

import numpy as np
from matplotlib.figure import Figure

import infodemic_sim as ids
from experiments.common import Experiment, Size, Tables, about, conduct, town

COMMUNITIES = 5
MESSENGERS, INOCULATED = 0.05, 0.2
"""Shares of people reached by each plan."""
OUTCOMES = ("misinformed", "exposures_false", "exposures_accurate", "people_treated", "acts")


def communities(size: Size) -> ids.SocialGraph:
    """Five communities, each with people of many friends, and a fifth of all friendships between them.

    A friendship within is one of a scale-free network of the community; one between, of everybody's.
    """
    parts = np.array_split(np.arange(size.people), COMMUNITIES)
    inside = [
        ids.scale_free(len(p), mean_degree=min(32, len(p) / 3), triads=1.0, seed=k)
        for k, p in enumerate(parts)
    ]
    across = ids.scale_free(size.people, mean_degree=8, seed=COMMUNITIES)
    lot = np.random.default_rng(1).permutation(size.people)
    ends = [(part[graph_ends(g)[0]], part[graph_ends(g)[1]]) for part, g in zip(parts, inside, strict=True)]
    ends.append(tuple(lot[end] for end in graph_ends(across)))
    sources, targets = (np.concatenate(several) for several in zip(*ends, strict=True))
    names = ids.graphs.categories([f"community {k + 1}" for k, part in enumerate(parts) for _ in part])
    return ids.SocialGraph.from_ties(
        sources, targets, size.people, directed=False, attributes={"community": names}
    )


def graph_ends(graph: ids.SocialGraph) -> tuple[np.ndarray, np.ndarray]:
    """Who sees whom: two rows of positions."""
    return np.repeat(np.arange(graph.n), graph.degrees()), graph.indices


def targets(size: Size, share: float) -> dict[str, ids.Sample]:
    """The same number of people, chosen in four ways."""
    ways = {
        "random people": ids.Everyone(),
        "friends of random people": ids.FriendsOfRandom(share=min(1.0, 3 * share)),
        "most followed": ids.MostFollowed(share=share),
        "one community": ids.Subgroup(partition="community", part="community 1"),
    }
    return {name: ids.Sample(people=round(share * size.people), of=way) for name, way in ways.items()}


def plans(size: Size) -> dict[str, ids.Scenario]:
    today = town(size)
    today = today.but(population=today.population.but(graph=communities(size)))
    seeding = {
        f"seeding: {name}": today.but(interventions=[ids.Seeding(who=who, uptake=1.0)])
        for name, who in targets(size, MESSENGERS).items()
    }
    inoculation = {
        f"inoculation: {name}": today.but(interventions=[ids.Inoculation(who=who, uptake=1.0)])
        for name, who in targets(size, INOCULATED).items()
    }
    return {"today": today, **seeding, **inoculation}


def tables(comparison: ids.Comparison) -> Tables:
    """Effects, and how much more each target does than as many random people."""
    random = {
        plan: {f"{plan.partition(':')[0]}: random people": 1.0}
        for plan in comparison.names[1:]
        if not plan.endswith(": random people")
    }
    return {
        "targeting": about(comparison.effects(), *OUTCOMES),
        "against_random": about(ids.contrasts(comparison, random), *OUTCOMES),
    }


def figure(found: Tables) -> Figure:
    drawing = ids.plots.new_figure(12, 5.5)
    axes = drawing.subplots(2, 2)
    for row, plan in zip(axes, ("seeding", "inoculation"), strict=True):
        for ax, measure in zip(row, ("misinformed", "exposures_false"), strict=True):
            mine = found["targeting"][found["targeting"]["plan"].str.startswith(plan)]
            ids.plots.effects_ranked(mine, measure, ax)
    return drawing


EXPERIMENT = Experiment("targeting", Size(2_000, 30, 10), plans, tables, figure)

if __name__ == "__main__":
    conduct(EXPERIMENT)
