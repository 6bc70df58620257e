"""A small world in which much happens, and what is measured in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from infodemic_sim.codebook.deeds import OF_EACH_INTERVENTION
from infodemic_sim.graphs import SocialGraph, categories, erdos_renyi
from infodemic_sim.health import Behaviour, Epidemic, Experiences, Privacy, Service, Wellbeing
from infodemic_sim.interventions import AccuracyPrompt, Intervention
from infodemic_sim.interventions.when import When
from infodemic_sim.interventions.who.base import Who
from infodemic_sim.measures.cascades import metrics
from infodemic_sim.measures.formulas import OF_INTERVENTIONS, all_measures
from infodemic_sim.params import Part
from infodemic_sim.platforms import Engagement, Forwarding, Groups, Interest, Platform, Ranking
from infodemic_sim.platforms.spaces import Spaces
from infodemic_sim.population import Population
from infodemic_sim.scenario import MECHANISMS, Scenario
from infodemic_sim.simulation import Run
from infodemic_sim.society import ChangingTies, Mutation, Turnover
from infodemic_sim.society.recommenders import Recommender
from infodemic_sim.spread import feed_runner
from infodemic_sim.spread.base import SpreadRule
from infodemic_sim.testing.parts import require, title
from infodemic_sim.topics import Posting, Topic

Measured = dict[str, np.ndarray]

PEOPLE = 70
MOST_KEPT = 16
_KEPT: dict[tuple[Any, ...], Measured] = {}
WITHOUT: dict[str, Any] = dict.fromkeys(MECHANISMS)
"""The feed, and nothing beside it."""


def small_graph() -> SocialGraph:
    """Some people in three towns, whose identities are not their places."""
    graph = erdos_renyi(PEOPLE, mean_degree=8.0, seed=3)
    towns = categories(["north", "south", "west"][k % 3] for k in range(PEOPLE))
    return graph.with_attributes(key=7.0 * np.arange(PEOPLE) + 5.0, town=towns)


def small(plan: Sequence[Intervention] = (), ranking: Ranking | None = None, **changes: Any) -> Scenario:
    """A small scenario: people of every role, two topics, and two platforms, one of them with groups."""
    people = Population(
        graph=small_graph(),
        sharing=0.15,
        patients=0.2,
        providers=0.15,
        peer_supporters=0.1,
        moderators=0.05,
        fact_checkers=0.05,
        influencers=0.05,
        super_spreaders=0.05,
        bots=0.05,
    )
    posting = Posting(public=0.5, patient=0.5)
    first, second = ranking or Engagement(), ranking or Interest()
    plain: dict[str, Any] = {
        "topics": [Topic(name=name, posting=posting, accurate_share=0.6) for name in ("one", "two")],
        "platforms": [
            Platform(name="a", posts_per_session=6, ranking=first),
            Platform(
                name="b",
                posts_per_session=4,
                ranking=second,
                membership=0.7,
                spaces=Groups(size=8.0, per_person=3.0, keeps=16),
                forwarding=Forwarding(limit=3, often=2),
            ),
        ],
        "privacy": Privacy(correction=0.3, experience=0.3, feedback=0.3),
        "service": Service(encounters_per_day=1.0, feedback=0.5),
        "experiences": Experiences(patients=0.5, takes_side=0.5, reply=0.5),
        "wellbeing": Wellbeing(),
        "behaviour": Behaviour(decisions=0.5, second_thoughts=0.5),
        "epidemic": Epidemic(transmission=0.3, latent=0.5, starters=4),
        "ties": ChangingTies(unfollowing=0.4, follows_per_day=1.0, spare_places=1),
        "turnover": Turnover(present_at_start=0.9, joining_per_day=0.3, leaving_per_day=0.05),
        "mutation": Mutation(chance=0.2, turns_false=0.2, turns_accurate=0.05),
        "days": 2.0,
        "warm_up": 0.5,
        "interventions": tuple(plan),
    }
    return Scenario(population=people, **{**plain, **changes})


def world_with(part: Part) -> Scenario:
    """A small scenario in which the part is at work."""
    if isinstance(part, SpreadRule):
        only: dict[str, Any] = {"topics": [Topic(name="one")], "platforms": [Platform(name="a")]}
        return small(spread=part, **only, **WITHOUT)
    if isinstance(part, Who):
        return small((AccuracyPrompt(effect=0.9, who=part),))
    if isinstance(part, When):
        return small((AccuracyPrompt(effect=0.9, when=part),))
    if isinstance(part, Recommender):
        return small(ties=ChangingTies(unfollowing=0.4, follows_per_day=1.0, recommender=part))
    if isinstance(part, Spaces):
        bare = small()
        one, other = bare.platforms
        return bare.but(platforms=(one, other.but(spaces=part)))
    plan = (part,) if isinstance(part, Intervention) else ()
    return small(plan, ranking=part if isinstance(part, Ranking) else None)


def begun(scenario: Scenario, part: Part, **words: Any) -> Run:
    """A run at its start."""
    with told(part):
        return Run(scenario, seed=1, **words)


def finished(scenario: Scenario, part: Part, **words: Any) -> Measured:
    """Every measure of a whole run; for the next few checks that ask for an equal one it is kept."""
    asked = (scenario, feed_runner.ROWS, *sorted(words.items()))
    if asked not in _KEPT:
        *_, run = stepped(scenario, part, **words)
        _KEPT[asked] = measured(run)
        if len(_KEPT) > MOST_KEPT:
            del _KEPT[next(iter(_KEPT))]
    return dict(_KEPT[asked])


def measured(run: Run) -> Measured:
    """Every measure of a run so far, of the plan as a whole, and its cascades, as arrays by name."""
    run.recorder.observe()
    records = dict(run.world.state.records)
    days = {"day": records.pop("day")}
    cascades = {f"cascade_{name}": values for name, values in metrics(run.scenario, run.world).items()}
    found = all_measures(records, run.recorder.plan)
    found = {name: value for name, value in found.items() if name not in OF_EACH_INTERVENTION}
    totals = {name: np.ascontiguousarray(found[name][..., :1]) for name in OF_INTERVENTIONS}
    return {**days, **found, **totals, **cascades}


def stepped(scenario: Scenario, part: Part, **words: Any) -> Iterator[Run]:
    """A run, after each of its steps."""
    run = begun(scenario, part, **words)
    try:
        for _ in range(scenario.warm_up_steps + scenario.steps):
            with told(part):
                run.step()
            yield run
    finally:
        run.close()


def differing(one: Measured, other: Measured) -> list[str]:
    """Measures that are not the same, bit for bit."""
    return [
        name
        for name in one.keys() | other.keys()
        if name not in one or name not in other or one[name].tobytes() != other[name].tobytes()
    ]


def same(part: Part, reason: str, one: Measured, other: Measured) -> None:
    """Two runs must have measured the same bits."""
    changed = sorted(differing(one, other))
    require(not changed, f"{title(part)} depends on the {reason}: it changes {changed[:3]}.")


@contextmanager
def told(part: Part) -> Iterator[None]:
    """An error during a run, as one sentence about the part."""
    try:
        yield
    except Exception as error:
        reason = f"{title(part)} fails in a small run: {type(error).__name__}: {error}"
        raise AssertionError(reason) from error


@contextmanager
def small_pieces() -> Iterator[None]:
    """Readers are spread over threads in pieces of 16, where a small run would have only one."""
    rows, feed_runner.ROWS = feed_runner.ROWS, 16
    try:
        yield
    finally:
        feed_runner.ROWS = rows
