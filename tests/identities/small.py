"""Small worlds in which much happens, and ways to look at everything in them."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
import pandas as pd

import infodemic_sim as ids
from infodemic_sim.interventions import BUILT_IN
from infodemic_sim.kernels.layout import POSTED, SLOT
from infodemic_sim.platforms import Forwarding, Groups
from infodemic_sim.simulation import Run
from infodemic_sim.testing.small_runs import measured
from infodemic_sim.world import World

SHARES = {
    "providers": 0.2,
    "peer_supporters": 0.15,
    "moderators": 0.1,
    "fact_checkers": 0.04,
    "super_spreaders": 0.04,
}
GROUPS = {
    "spaces": Groups(size=8.0, per_person=3.0, keeps=16),
    "forwarding": Forwarding(limit=3, often=2),
}
SOCIETY = {
    "ties": ids.ChangingTies(unfollowing=0.4, follows_per_day=1.0, spare_places=1),
    "turnover": ids.Turnover(present_at_start=0.9, joining_per_day=0.3, leaving_per_day=0.05),
    "mutation": ids.Mutation(chance=0.2, turns_false=0.2, turns_accurate=0.05),
}
"""Ties that change, people who come and go, and messages that change when they are passed on."""
OF_CORRECTIONS = {
    "corrections_made", "corrections_read", "messages_corrected", "response_time",
    "exposures_plan", "reach_plan",
}  # fmt: skip
OF_DEEDS = {"acts", "people_treated", "staff_minutes", "money", "posts_intervention"}
OF_PERSONS = ("satisfaction", "choice", "protection", "infected_on", "infectious_on", "recovered_on")
"""What the mechanisms know of each person."""
BOOKKEEPING = OF_CORRECTIONS | OF_DEEDS | {"labels_given", "support_contacts"}
LIVELY: dict[str, dict[str, Any]] = {
    "AccuracyPrompt": {},
    "BotRemoval": {"who": ids.Role("super_spreader"), "recall": 0.9, "false_alarm": 0.0},
    "CircuitBreaker": {"reshares": 2, "delay": 0.2, "false_alarm": 0.3},
    "Counselling": {"per_day": 1.0},
    "CrowdNotes": {"who": ids.Everyone(), "ratings": 2, "delay": 0.1},
    "Debunking": {"reshares": 1, "delay": 0.2},
    "DownRanking": {"delay": 0.1, "recall": 0.8, "false_alarm": 0.2},
    "EducationCampaign": {"per_day": 2.0},
    "Inoculation": {"uptake": 0.8},
    "ForwardingLimit": {},
    "GroupModeration": {"recall": 0.9},
    "PeerCorrection": {"uptake": 0.6, "single_voice": 0.4},
    "PeerSupport": {"isolated_above": 0.2, "published": 0.5, "reaches": "both", "platform": "b"},
    "PrivacyGuidance": {"who": ids.Everyone()},
    "PrivacyReview": {"who": ids.Everyone()},
    "ProviderCorrection": {"published": 0.5},
    "ServiceImprovement": {"delay": 0.2},
    "RapidResponse": {"reshares": 1, "delay": 0.2},
    "Removal": {"delay": 0.1, "recall": 0.8, "false_alarm": 0.4, "appeal": 0.2},
    "Seeding": {"who": ids.Share(share=0.3), "per_day": 2.0},
    "SocialListening": {"per_day": 2.0, "delay": 0.1},
    "SourceCredibilityLabel": {"delay": 0.1, "recall": 0.9, "record": 1},
    "Suspension": {"delay": 0.1, "recall": 0.9, "strikes": 2, "duration": 0.5},
    "TargetedCorrection": {"published": 0.5, "recall": 0.8},
    "WarningLabel": {"recall": 0.8, "delay": 0.1},
}
"""Settings with which each built-in does a lot."""


def graph(n: int = 70, seed: int = 3, mean_degree: float = 8.0) -> ids.SocialGraph:
    """A random graph whose people carry their identities in the column ``key``."""
    plain = ids.erdos_renyi(n, mean_degree=mean_degree, seed=seed)
    return plain.with_attributes(key=np.arange(n).astype(float))


def topic(name: str = "vaccine safety", **changes: Any) -> ids.Topic:
    """A topic on which people talk a lot, and disagree."""
    plain = {"posting": ids.Posting(public=0.4, patient=0.5), "accurate_share": 0.6}
    return ids.Topic(name=name, **{**plain, **changes})


def scenario(who: ids.SocialGraph | None = None, people: dict[str, Any] | None = None, **changes: Any) -> Any:
    """A small scenario; two platforms and two topics, unless said otherwise."""
    plain = {
        "topics": (topic("one"), topic("two")),
        "platforms": (
            ids.Platform(name="a", posts_per_session=8),
            ids.Platform(
                name="b",
                ranking=ids.Interest(),
                membership=0.7,
                posts_per_session=5,
                horizon=24.0,
                **GROUPS,
            ),
        ),
        "privacy": ids.Privacy(correction=0.3, experience=0.3, feedback=0.3),
        "service": ids.Service(encounters_per_day=1.0, feedback=0.8),
        "experiences": ids.Experiences(patients=0.7, caregivers=0.5, takes_side=0.5, reply=0.4),
        "wellbeing": ids.Wellbeing(half_life=3.0),
        "behaviour": ids.Behaviour(decisions=0.3, second_thoughts=0.3),
        "epidemic": ids.Epidemic(transmission=0.2, latent=1.0, starters=4),
        "spread": ids.FeedSpread(reactance=0.3, distrust=0.6),
        **SOCIETY,
        "days": 3.0,
        "warm_up": 1.0,
        "record": "daily",
        "cascades": "trees",
    }
    traits = {"sharing": 0.15, **SHARES, **(people or {})}
    population = ids.Population(graph=graph() if who is None else who, **traits)
    return ids.Scenario(population=population, **{**plain, **changes})


def built_in(kind: str, /, **changes: Any) -> ids.Intervention:
    """A built-in intervention by its class's name, with lively settings."""
    made = {part.__name__: part for part in BUILT_IN}[kind]
    return made(**{**LIVELY.get(kind, {}), **changes})


def all_built_in() -> list[ids.Intervention]:
    """One of each."""
    return [built_in(part.__name__) for part in BUILT_IN]


def finished(
    scenario: Any, *, seed: int = 1, replicate: int = 0, threads: int = 1
) -> tuple[pd.DataFrame, World]:
    """The table and the world at the end of a run."""
    run = Run(scenario, seed=seed, replicate=replicate, threads=threads)
    try:
        return run.finish().table, run.world
    finally:
        run.close()


def measures(scenario: Any, **words: int) -> tuple[dict[str, np.ndarray], World]:
    """Every measure of a run by name, without a table, and its world."""
    run = Run(scenario, **{"seed": 1, **words})
    for _ in range(scenario.warm_up_steps + scenario.steps):
        run.step()
    return measured(run), run.world


def table(scenario: Any, **words: int) -> pd.DataFrame:
    """The table of a run."""
    return finished(scenario, **words)[0]


def differing(one: pd.DataFrame, other: pd.DataFrame) -> set[str]:
    """Measures that are not bit for bit the same in two tables of equal shape."""
    names = [name for name in one.columns if name != "value"]
    assert one[names].equals(other[names]), "the tables do not hold the same rows"
    left, right = one["value"].to_numpy(), other["value"].to_numpy()
    return set(one["measure"][left.view(np.uint64) != right.view(np.uint64)])


def persons(world: World) -> dict[int, tuple[Any, ...]]:
    """All there is to each person, by key: traits, beliefs, ties, readings, timelines and what was read."""
    state, people = world.state, world.people
    rows = state.messages.slots
    of_persons = [state.health[name].T for name in OF_PERSONS if name in state.health]
    out = {}
    for i, key in enumerate(people.key.tolist()):
        traits = [
            np.asarray(getattr(people, name)[i]).tobytes().hex() for name in people.__dataclass_fields__
        ]
        out[key] = (
            *traits,
            bool(state.present[i]),
            [followed(world, i, p) for p in range(len(state.timelines))],
            state.lines[i].tobytes().hex(),
            [values[i].tobytes().hex() for values in of_persons],
            [timelines.reads[i].tolist() for timelines in state.timelines],
            [timelines.sessions[i].item() for timelines in state.timelines],
            [standing(rows, timelines, i) for timelines in state.timelines],
            sorted(rows["key"][slots_read(world, i)].tolist()),
        )
    return out


def followed(world: World, person: int, platform: int) -> list[int]:
    """Keys of those whom a person follows now."""
    _, others = world.followees_of(np.array([person]), platform)
    return sorted(world.people.key[others].tolist())


def standing(rows: np.ndarray, timelines: Any, person: int) -> list[tuple[int, int, int]]:
    """(message key, step, depth) of the posts on a timeline, oldest first."""
    depth = timelines.line.shape[1]
    places = [(int(timelines.head[person]) + k) % depth for k in range(depth)]
    return [
        (int(rows["key"][timelines.line[person, k, SLOT]]), step, int(timelines.depths[person, k]))
        for k in places
        if (step := int(timelines.line[person, k, POSTED])) >= 0
        and rows["live"][timelines.line[person, k, SLOT]]
        and rows["born"][timelines.line[person, k, SLOT]] <= step
    ]


def slots_read(world: World, person: int) -> np.ndarray:
    """Slots of the messages that a person is known to have read."""
    seen, live = world.state.seen, world.state.messages.slots["live"]
    start = seen.start[person]
    entries = seen.pool[start : start + (1 << int(seen.bits[person]))]
    slots = entries[entries != 0] - 1
    return slots[live[slots] != 0]


def posts(world: World) -> list[tuple[int, int, int, Any]]:
    """Every post as (message key, person key, step, parent as (person key, step) or None), sorted."""
    messages = world.state.logs["messages"].all(None, "messages")
    log = world.state.logs["posts"].all(None, "posts")
    who = world.people.key[log["person"]].tolist()
    keys, steps = messages["key"][log["message"]].tolist(), log["step"].tolist()
    parents = [(who[parent], steps[parent]) if parent >= 0 else (-1, -1) for parent in log["parent"].tolist()]
    return sorted(zip(keys, who, steps, parents, strict=True))


def digest(scenario: Any, **words: int) -> str:
    """One number for everything that a run gives back and leaves behind."""
    result, world = finished(scenario, **words)
    hashed = hashlib.blake2b(result.to_csv(float_format=float.hex).encode())
    hashed.update(repr(sorted(persons(world).items())).encode())
    return hashed.hexdigest()
