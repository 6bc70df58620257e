"""Every number of a result, computed again from the raw arrays and logs by other means."""

from __future__ import annotations

import itertools
import math

import networkx as nx
import numpy as np
import pandas as pd
import pytest

import infodemic_sim as ids
from infodemic_sim.codebook import CODEBOOK
from infodemic_sim.kernels.layout import TRUST
from infodemic_sim.measures.behaviour import COMPARTMENTS
from infodemic_sim.observe import INTERVENTION, OWN
from infodemic_sim.population.base import LITERACY, ROLES
from infodemic_sim.simulation import Run

GRAPH = ids.scale_free(250, mean_degree=10, seed=4)
PEOPLE = ids.Population(
    graph=GRAPH,
    providers=0.1,
    peer_supporters=0.1,
    super_spreaders=0.05,
    bots=0.05,
    sharing=0.3,
    isolation=0.45,
)

COUNTED = ("told", "suspended")


class Heavy(ids.Intervention):
    """Hides messages, tells people things, and suspends; keeps a tally of its own."""

    needs = frozenset({"hiding", "telling", "posting", "sharing", "reach"})

    def start(self, world):
        counters = {name: np.zeros(1, int) for name in COUNTED}
        return {"hidden": np.zeros((2, 2), np.int64), "held": np.empty(0, np.int64)} | counters

    def act(self, world, people, memory):
        rows = world.state.messages.slots
        chosen = world.state.fresh[rows["key"][world.state.fresh] % 3 == 0]
        world.hold(chosen)
        world.demote(chosen[::2], 0.5)
        memory["held"] = np.append(memory["held"], rows["serial"][chosen])
        for slot in [*chosen, *chosen[::2]]:
            memory["hidden"][rows["topic"][slot], int(rows["side"][slot] > 0)] += rows["side"][slot] != 0
        world.tell(people[:5], 1)
        memory["told"] += people[:5].size
        world.suspend(people[:3], new=3)
        memory["suspended"] += 3


TALK = ids.Topic(name="one", posting=ids.Posting(public=0.5), accurate_share=0.6)
PLAN = (
    ids.AccuracyPrompt(cost=ids.Cost(money=0.01)),
    ids.Inoculation(),
    ids.PeerSupport(published=0.5),
    ids.ProviderCorrection(published=0.5),
    ids.WarningLabel(recall=0.8, delay=0.1),
    ids.ServiceImprovement(delay=0.1, cost=ids.Cost()),
    Heavy(when=ids.Every(days=0.5), capacity=ids.Capacity(per_step=20)),
)
SCENARIO = ids.Scenario(
    population=PEOPLE,
    topics=[TALK, TALK.but(name="two", accurate_share=0.8)],
    platforms=[
        ids.Platform(name="a"),
        ids.Platform(name="b", ranking=ids.Interest(), membership=0.6, spaces=ids.Groups(size=8.0)),
    ],
    interventions=PLAN,
    privacy=ids.Privacy(correction=0.4, feedback=0.4, trust_lost=0.2),
    service=ids.Service(encounters_per_day=1.0, feedback=0.6),
    behaviour=ids.Behaviour(leaning=0.3, decisions=0.4),
    epidemic=ids.Epidemic(transmission=0.6, latent=0.3, infectious=1.0, starters=4),
    experiences=ids.Experiences(patients=1.0, providers=0.3, reply=0.5),
    wellbeing=ids.Wellbeing(),
    days=2.0,
    warm_up=0.5,
    cascades="trees",
)
OF_FEEDS = [measure.name for measure in CODEBOOK if measure.name not in SCENARIO.unmeasured]
FIRST = SCENARIO.warm_up_steps
TOPICS, PLATFORMS = ["all", "one", "two"], ["all", "a", "b"]
Key = tuple[float, str, str, str, str]
"""day, platform, topic, subgroup, measure"""


class Raw:
    """Arrays of a run at one moment."""

    def __init__(self, run: Run) -> None:
        world = run.world
        self.day, self.step = world.day, world.step
        self.lines = world.state.lines.copy()
        self.reads = np.stack([timelines.reads for timelines in world.state.timelines]).astype(int)
        self.isolation = world.people.isolation.copy()
        self.inoculation = world.levers.inoculation.value.copy()
        self.counts = {name: value.copy() for name, value in world.state.counts.items()}
        memories = world.state.memories
        self.acts = {part.key: int(memories[part.key]["acts"][0]) for part in PLAN}
        heavy = memories[PLAN[-1].key]
        self.heavy = {name: heavy[name].copy() for name in ("hidden", "held", *COUNTED)}
        self.trust = world.people.trust.astype(float)
        self.health = {name: value.copy() for name, value in world.state.health.items()}
        self.reached = {part.key: int(memories[part.key]["reached"].sum()) for part in PLAN}
        self.concerned = {part.key: int(memories[part.key]["concerned"].sum()) for part in PLAN}


@pytest.fixture(scope="module")
def told() -> tuple[pd.DataFrame, list[Raw], Run]:
    run = Run(SCENARIO, seed=3)
    moments = []
    for step in range(FIRST + SCENARIO.steps + 1):
        if step >= FIRST and (step - FIRST) % 24 == 0:
            run.observe()
            moments.append(Raw(run))
        if step < FIRST + SCENARIO.steps:
            run.step()
    return run.result().table, moments, run


def table_of(told) -> dict[Key, float]:
    table, _, _ = told
    columns = ["day", "platform", "topic", "subgroup", "measure"]
    keys = list(table[columns].itertuples(index=False, name=None))
    assert len(set(keys)) == len(keys)
    return dict(zip(keys, table.value.tolist(), strict=True))


def subgroups(run: Run) -> dict[str, np.ndarray]:
    """Everybody, and each part of each partition: bool[n] by label."""
    people = run.world.people
    masks = {"all": np.ones(people.n, bool)}
    masks |= {f"literacy={name}": people.literacy == k for k, name in enumerate(LITERACY)}
    return masks | {f"role={name}": people.role == k for k, name in enumerate(ROLES)}


def topics_in(name: str) -> list[int]:
    return [0, 1] if name == "all" else [TOPICS.index(name) - 1]


def platforms_in(name: str) -> list[int]:
    return [0, 1] if name == "all" else [PLATFORMS.index(name) - 1]


def sigma(logit: np.ndarray) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-logit))


def mean(values: np.ndarray) -> float:
    return float(values.mean()) if values.size else math.nan


def perceived(run: Run, raw: Raw, topic: int, side: int) -> np.ndarray:
    """v of a fresh, unlabelled item, float64[n]."""
    people, rule = run.world.people, SCENARIO.spread
    belief = raw.lines[:, topic, :3].sum(axis=1)
    logit = people.credulity + side * (people.discernment.astype(float) + rule.congruence * belief)
    logit += rule.repetition * np.log1p(raw.lines[:, topic, 3 if side > 0 else 4])
    if side < 0:
        logit += rule.isolation_effect * raw.isolation - raw.inoculation
    return sigma(logit)


def beliefs(run: Run, raw: Raw) -> dict[Key, float]:
    out = {}
    credence = sigma(raw.lines[:, :, :3].sum(axis=2))
    discernment = np.stack([perceived(run, raw, k, 1) - perceived(run, raw, k, -1) for k in (0, 1)], axis=1)
    for (label, mask), topic in itertools.product(subgroups(run).items(), TOPICS):
        c, d = credence[mask][:, topics_in(topic)], discernment[mask][:, topics_in(topic)]
        values = {
            "people": c.size,
            "misinformed": mean(c < 0.5),
            "credence": mean(c),
            "polarisation": 4.0 * float(c.var()) if c.size else math.nan,
            "discernment": mean(d),
        }
        out |= {(raw.day, "all", topic, label, name): value for name, value in values.items()}
    for label, mask in subgroups(run).items():
        out[raw.day, "all", "all", label, "isolation"] = mean(raw.isolation[mask])
    return out


def readings(run: Run, raw: Raw) -> dict[Key, float]:
    out = {}
    for (label, mask), topic, platform in itertools.product(subgroups(run).items(), TOPICS, PLATFORMS):
        mine = raw.reads[platforms_in(platform)].sum(axis=0)[mask][:, topics_in(topic)]
        accurate, false, plan = mine[:, :, 0], mine[:, :, 1], mine[:, :, 2]
        everything = int(accurate.sum() + false.sum())
        values = {
            "exposures_false": int(false.sum()),
            "exposures_accurate": int(accurate.sum()),
            "false_share": false.sum() / everything if everything else math.nan,
            "reach_false": mean(false > 0),
            "reach_accurate": mean(accurate > 0),
            "exposures_plan": int(plan.sum()),
            "reach_plan": mean(plan > 0),
        }
        out |= {(raw.day, platform, topic, label, name): value for name, value in values.items()}
    for topic, platform, name in itertools.product(TOPICS, PLATFORMS, ("false", "accurate")):
        column = raw.counts["read_in_spaces"][platforms_in(platform), :, int(name == "false")]
        out[raw.day, platform, topic, "all", f"exposures_{name}_spaces"] = column[:, topics_in(topic)].sum()
    return out


def posts(run: Run, raw: Raw) -> dict[Key, float]:
    """From the log of posts: each a post of its own, a reshare, or an intervention's."""
    messages = run.world.state.logs["messages"].all(None, "messages")
    log = run.world.state.logs["posts"].all(None, "posts")
    log = log[log["step"] < raw.step]
    held = log[np.isin(log["message"], raw.heavy["held"])]
    log = log[log["step"] >= FIRST]
    about, of_held = messages[log["message"]], messages[held["message"]]
    held_by_people = (of_held["side"] > 0) & ((of_held["origin"] == OWN) | (held["parent"] >= 0))
    first = log["parent"] < 0
    own, given = first & (about["origin"] == OWN), first & (about["origin"] == INTERVENTION)
    out = {}
    for topic, platform in itertools.product(TOPICS, PLATFORMS):
        here = np.isin(about["topic"], topics_in(topic)) & np.isin(about["platform"], platforms_in(platform))
        gone = held_by_people & np.isin(of_held["topic"], topics_in(topic))
        gone &= np.isin(of_held["platform"], platforms_in(platform))
        false, accurate = here & (about["side"] < 0), here & (about["side"] > 0)
        values = {
            "reshares_false": (false & ~first).sum(),
            "reshares_accurate": (accurate & ~first).sum(),
            "posts_false": (false & own).sum(),
            "posts_accurate": (accurate & own).sum(),
            "voices_accurate": (accurate & (own | ~first)).sum() - gone.sum(),
            "posts_intervention": (here & given).sum(),
        }
        out |= {(raw.day, platform, topic, "all", name): value for name, value in values.items()}
    return out


def deeds(run: Run, raw: Raw) -> dict[Key, float]:
    minutes = {"peer_support": 10.0, "provider_correction": 5.0, "warning_label": 15.0}
    values = {
        "labels_given": raw.acts["warning_label"],
        "support_contacts": raw.acts["peer_support"],
        "told": raw.heavy["told"][0],
        "suspended": raw.heavy["suspended"][0],
        "taken_down": 0,  # nobody looks after the groups
        "acts": sum(raw.acts.values()),
        "people_treated": sum(raw.reached.values()),
        "staff_minutes": sum(raw.acts[name] * each for name, each in minutes.items()),
        "money": 0.01 * raw.acts["accuracy_prompt"] + 0.05 * raw.acts["inoculation"],
    }
    out = {(raw.day, "all", "all", "all", name): value for name, value in values.items()}
    for part in PLAN:
        acts = raw.acts[part.key]
        own = {"acts": acts, "people_treated": raw.reached[part.key]}
        own |= {"steps_in_force": steps_in_force(part, raw.step), "people_concerned": raw.concerned[part.key]}
        own |= {"staff_minutes": acts * part.cost.minutes, "money": acts * part.cost.money}
        out |= {
            (raw.day, "all", "all", f"intervention={part.key}", name): value for name, value in own.items()
        }
    made, read, first = (raw.counts[name] for name in ("corrections_made", "corrections_read", "corrected"))
    assert made.sum() == raw.acts["provider_correction"]
    for name in TOPICS:
        for side, measure in enumerate(("hidden_false", "hidden_accurate")):
            out[raw.day, "all", name, "all", measure] = raw.heavy["hidden"][topics_in(name), side].sum()
        out[raw.day, "all", name, "all", "corrections_made"] = made[topics_in(name)].sum()
        number, hours = first[topics_in(name)].sum(axis=0).tolist()
        out[raw.day, "all", name, "all", "messages_corrected"] = number
        out[raw.day, "all", name, "all", "response_time"] = hours / number if number else math.nan
    for name in PLATFORMS:
        out[raw.day, name, "all", "all", "corrections_read"] = read[platforms_in(name)].sum()
        incidents = raw.counts["disclosures"][platforms_in(name)].sum(axis=0).tolist()
        told = {"": sum(incidents), "_professionals": incidents[0], "_patients": incidents[1]}
        told["_read"] = raw.counts["disclosures_read"][platforms_in(name)].sum()
        out |= {(raw.day, name, "all", "all", f"disclosures{by}"): value for by, value in told.items()}
    return out


def health(run: Run, raw: Raw) -> dict[Key, float]:
    out = {(raw.day, "all", "all", "all", "service_quality"): raw.health["quality"][0]}
    for name in ("encounters", "feedback", "resolved", "experiences", "support_replies"):
        out[raw.day, "all", "all", "all", name] = raw.counts[name][0]
    for label, mask in subgroups(run).items():
        for name, source in (("trust_providers", "provider"), ("trust_peers", "peer")):
            out[raw.day, "all", "all", label, name] = mean(raw.trust[mask, TRUST.index(source)])
        out[raw.day, "all", "all", label, "wellbeing"] = mean(raw.health["wellbeing"][mask])
        used = mask & ~np.isnan(raw.health["satisfaction"])
        out[raw.day, "all", "all", label, "satisfaction"] = mean(raw.health["satisfaction"][used])
    return out


def behaviour(run: Run, raw: Raw) -> dict[Key, float]:
    out = {}
    intention = sigma(raw.lines[:, :, :3].sum(axis=2) + 0.3)
    choice, protection = raw.health["choice"].T, raw.health["protection"].T
    for (label, mask), topic in itertools.product(subgroups(run).items(), TOPICS):
        here = np.ix_(mask & people(run), topics_in(topic))
        values = {
            "intention": mean(intention[here]),
            "uptake": mean(choice[here] > 0),
            "adverse_choices": np.count_nonzero(choice[here] < 0),
            "protection": mean(protection[here]),
        }
        out |= {(raw.day, "all", topic, label, name): value for name, value in values.items()}
    return out


def epidemic(run: Run, raw: Raw) -> dict[Key, float]:
    out = {}
    times = [raw.health[name] for name in ("infected_on", "infectious_on", "recovered_on")]
    passed = sum((time <= raw.day).astype(int) for time in times)
    for label, mask in subgroups(run).items():
        mine = passed[mask & people(run)]
        shares = {name: mean(mine == k) for k, name in enumerate(COMPARTMENTS)}
        values = {**shares, "cases": np.count_nonzero(mine), "infected": mean(mine > 0)}
        out |= {(raw.day, "all", "all", label, name): value for name, value in values.items()}
    hours = np.arange(raw.step - FIRST + 1) / 24.0
    _, begins, ends = times
    sizes = [np.count_nonzero((begins <= hour) & (ends > hour)) for hour in hours[1:]]
    peak = max(sizes, default=0)
    out[raw.day, "all", "all", "all", "peak_infectious"] = peak / np.count_nonzero(people(run))
    out[raw.day, "all", "all", "all", "peak_day"] = hours[1 + sizes.index(peak)] if peak else math.nan
    return out


def people(run: Run) -> np.ndarray:
    return run.world.people.role != ROLES.index("bot")


def trees(run: Run) -> list[tuple[int, nx.DiGraph]]:
    """Side and tree of each cascade that people began since day 0."""
    messages = run.world.state.logs["messages"].all(None, "messages")
    log = run.world.state.logs["posts"].all(None, "posts")
    grown = [nx.DiGraph() for _ in messages]
    for post, (message, parent) in enumerate(zip(log["message"], log["parent"], strict=True)):
        grown[message].add_node(post)
        if parent >= 0:
            grown[message].add_edge(int(parent), post)
    ours = (messages["born"] >= FIRST) & (messages["origin"] == OWN)
    return [(int(messages["side"][k]), grown[k]) for k in np.flatnonzero(ours)]


def cascades(run: Run, raw: Raw) -> dict[Key, float]:
    out = {}
    for name, sign in (("false", -1), ("accurate", 1)):
        mine = [tree for side, tree in trees(run) if side == sign]
        assert max(tree.number_of_nodes() for tree in mine) > 2
        levels = []
        for tree in mine:
            assert nx.is_arborescence(tree)
            root = next(post for post, degree in tree.in_degree() if degree == 0)
            levels.append(np.bincount([*nx.single_source_shortest_path_length(tree, root).values()]))
        values = {
            f"cascade_size_{name}": np.mean([tree.number_of_nodes() for tree in mine]),
            f"cascade_depth_{name}": np.mean([level.size - 1 for level in levels]),
            f"cascade_breadth_{name}": np.mean([level.max() for level in levels]),
            f"virality_{name}": np.mean(
                [nx.average_shortest_path_length(tree.to_undirected()) for tree in mine if len(tree) > 1]
            ),
        }
        out |= {(raw.day, "all", "all", "all", measure): value for measure, value in values.items()}
    return out


def expected_of(told) -> dict[Key, float]:
    _, moments, run = told
    out: dict[Key, float] = {}
    for raw in moments:
        for family in (beliefs, readings, posts, deeds, health, behaviour, epidemic):
            out |= family(run, raw)
    return out | cascades(run, moments[-1])


def test_there_is_something_to_measure(told):
    """Otherwise equality would say little."""
    _, moments, _ = told
    raw = moments[-1]
    assert min(raw.acts.values()) > 20
    assert np.unique(raw.health["choice"]).tolist() == [-1, 0, 1]
    assert np.isfinite(raw.health["recovered_on"]).sum() > 30
    assert raw.counts["corrections_read"].min() > 0
    assert (raw.counts["posts"][:, :, [0, 2]][..., [OWN, 1]] > 0).all()


def test_every_number_of_the_table(told):
    found, expected = table_of(told), expected_of(told)
    assert found.keys() == expected.keys()
    wrong = {}
    for key, value in expected.items():
        same = math.isclose(found[key], value, rel_tol=1e-9, abs_tol=2e-9)
        if not same and not (math.isnan(found[key]) and math.isnan(value)):
            wrong[key] = (found[key], float(value))
    assert wrong == {}


def test_counts_are_exact(told):
    found = table_of(told)
    _, moments, run = told
    for raw in moments:
        for family in (readings, posts, deeds):
            for key, value in family(run, raw).items():
                assert math.isnan(value) or found[key] == pytest.approx(value, rel=1e-15, abs=0.0), key


# --- the table ------------------------------------------------------------------------------------------


def order_of(table: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys(table["measure"]))


def test_the_codebook_and_the_table_name_the_same_measures(told):
    assert order_of(told[0]) == OF_FEEDS
    assert len({measure.name for measure in CODEBOOK}) == len(CODEBOOK)


def steps_in_force(part: ids.Intervention, step: int) -> int:
    """Of the steps since day 0: one in twelve for what comes every half day, one for what comes once."""
    since = step - FIRST
    if isinstance(part.when, ids.Every):
        return -(-since // round(24 * part.when.days))
    return min(since, 1) if isinstance(part.when, ids.Once) else since


def test_rows_stand_in_order(told):
    """By measure as in the codebook; within it by day, platform, topic and subgroup, "all" first."""
    table, _, run = told
    names = {
        "measure": OF_FEEDS,
        "day": [0.0, 1.0, 2.0],
        "platform": PLATFORMS,
        "topic": TOPICS,
        "subgroup": [*subgroups(run), *(f"intervention={part.key}" for part in run.plan)],
    }
    places = [table[column].map({name: k for k, name in enumerate(names[column])}) for column in names]
    rows = list(zip(*places, strict=True))
    assert rows == sorted(rows)
    assert list(table.columns) == ["day", "platform", "topic", "subgroup", "measure", "value"]
    assert table.index.equals(pd.RangeIndex(len(table)))


def test_the_number_of_rows(told):
    moments, platforms, topics, parts = 3, 3, 3, 1 + len(LITERACY) + len(ROLES)
    belief = 5 * topics * parts + parts
    reading = 7 * platforms * topics * parts + 2 * platforms * topics
    posting = 6 * platforms * topics
    deed = 5 * topics + platforms + 9 + 6 * len(PLAN)
    health = 4 * platforms + 6 + 4 * parts
    doing, disease = 4 * topics * parts, 6 * parts + 2
    each = belief + reading + posting + deed + health + doing + disease
    assert len(told[0]) == moments * each + 8


@pytest.mark.parametrize(
    ("record", "hours", "days", "moments"),
    [
        ("end", 1.0, 2.0, [0.0, 2.0]),
        ("daily", 1.0, 2.0, [0.0, 1.0, 2.0]),
        ("daily", 0.5, 1.5, [0.0, 1.0, 1.5]),
        ("daily", 2.0, 2.0, [0.0, 1.0, 2.0]),
        ("hourly", 1.0, 1.0, [k / 24 for k in range(25)]),
        ("hourly", 0.5, 0.5, [k / 24 for k in range(13)]),
        ("hourly", 2.0, 0.5, [k / 12 for k in range(7)]),
        ("daily", 24.0, 2.0, [0.0, 1.0, 2.0]),
    ],
)
def test_moments(record, hours, days, moments):
    some = SCENARIO.but(
        record=record, hours_per_step=hours, days=days, warm_up=0.0, interventions=(), cascades="none"
    )
    series = ids.simulate(some, seed=1).series("misinformed")
    assert series.index.tolist() == pytest.approx(moments)


def test_a_sole_topic_or_platform_is_told_as_all():
    alone = SCENARIO.but(topics=[TALK], platforms=[ids.Platform(name="a")], days=1.0, interventions=())
    table = ids.simulate(alone, seed=1).table
    assert set(table.topic) == set(table.platform) == {"all"}


@pytest.mark.parametrize("partitions", [(), ("role",)])
def test_subgroups_are_those_asked_for(partitions):
    some = SCENARIO.but(population=PEOPLE.but(subgroups=partitions), days=1.0, interventions=())
    expected = {"all", *(f"role={role}" for role in ROLES if partitions)}
    assert set(ids.simulate(some, seed=1).table.subgroup) == expected


# --- what is kept of cascades ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def by_mode() -> dict[str, ids.Result]:
    """Four days, so that some cascades end on the way."""
    longer = SCENARIO.but(days=4.0)
    return {mode: ids.simulate(longer.but(cascades=mode), seed=3) for mode in ("none", "sizes", "trees")}


def test_sizes_and_depths_are_those_of_the_trees(by_mode):
    for side in ("false", "accurate"):
        for name in (f"cascade_size_{side}", f"cascade_depth_{side}"):
            assert by_mode["sizes"].final(name) == by_mode["trees"].final(name) > 0.0


def test_each_mode_tells_what_it_can(by_mode):
    every = OF_FEEDS
    trees_only = {name for name in every if "breadth" in name or "virality" in name}
    of_cascades = {name for name in every if "cascade" in name} | trees_only
    assert order_of(by_mode["trees"].table) == every
    assert order_of(by_mode["sizes"].table) == [name for name in every if name not in trees_only]
    assert order_of(by_mode["none"].table) == [name for name in every if name not in of_cascades]


def test_what_is_kept_of_cascades_changes_nothing_else(by_mode):
    short = by_mode["none"].table
    for mode in ("sizes", "trees"):
        table = by_mode[mode].table
        rest = table[table.measure.isin(set(short.measure))].reset_index(drop=True)
        pd.testing.assert_frame_equal(rest, short, check_exact=True)
