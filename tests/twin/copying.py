"""Between a run of the package and its twin: the start copied over, interventions' doings handed on."""

from __future__ import annotations

import math
from typing import Any

from infodemic_sim.kernels.layout import HEARS_EXPERIENCES, KINDS, TRUST, WATCHES_FALSE
from infodemic_sim.platforms.ranking import Ranking, chatter_law, popularity_table, recency_table
from infodemic_sim.population.base import ROLES
from infodemic_sim.randomness import Purpose, address
from infodemic_sim.randomness import extended as absorb
from infodemic_sim.scenario import Scenario
from infodemic_sim.simulation import Run
from infodemic_sim.topics import CLAIM_ROLES_FIXED
from infodemic_sim.world import World
from tests.twin import feed_twin
from tests.twin.feed_twin import (
    Board,
    FeedTwin,
    Line,
    Message,
    Mutation,
    Person,
    Platform,
    Rule,
    Spaces,
    Topic,
    single,
    uniform,
)
from tests.twin.society_twin import SocietyTwin

MUTATION = ("chance", "inherited", "appeal_spread", "turns_false", "turns_accurate")


class Twin(FeedTwin):
    """A feed twin that looks up the appeal of new messages in the run beside it."""

    world: World
    scenario: Scenario
    rankings: list[Ranking]
    taken_down: list[tuple[int, int, int]]  # (platform, space, message) since the last look
    society: SocietyTwin | None

    def appeal_of(self, key: int) -> float:
        rows = self.world.state.messages.slots
        mine = (rows["key"] == key) & (rows["live"] != 0)
        assert mine.sum() == 1, f"the run has no message {key}"
        return float(rows["appeal"][mine][0])

    def retold_appeal(self, key: int, appeal: float) -> float:
        found = self.appeal_of(key)
        assert math.isclose(found, super().retold_appeal(key, appeal), rel_tol=1e-12)
        return found


def twin_of(run: Run) -> Twin:
    """A twin that stands where the run stands before its first step."""
    scenario, world = run.scenario, run.world
    graphs = world.setting.graphs
    keys = [int(key) for key in world.people.key]
    twin = Twin(
        seed=run.seed,
        replicate=run.replicate,
        hours=scenario.hours_per_step,
        people=people_of(run, keys),
        platforms=[platform_of(scenario, p, graphs[p], keys) for p in range(len(graphs))],
        topics=[
            Topic(
                rate={role: getattr(topic.posting, role) / 24.0 for role in ROLES},
                fixed_side=dict(CLAIM_ROLES_FIXED),
                conviction=topic.conviction,
            )
            for topic in scenario.topics
        ],
        rule=rule_of(scenario),
        mutation=scenario.mutation
        and Mutation(**{name: getattr(scenario.mutation, name) for name in MUTATION}),
    )
    for p, platform in enumerate(twin.platforms):
        platform.spaces = spaces_of(world, p)
    twin.taken_down = []
    listen(world, twin)
    twin.world, twin.scenario = world, scenario
    twin.rankings = [platform.ranking for platform in scenario.platforms]
    twin.society = SocietyTwin(twin, scenario) if scenario.ties or scenario.turnover else None
    return twin


def listen(world: World, twin: Twin) -> None:
    """Note what is taken down in the run, for ``hand_over``."""
    take_down = world.take_down

    def noted(slots: Any, platform: int, spaces: Any) -> None:
        names = world.spaces(platform).keys[spaces].tolist()
        keys = world.state.messages.slots["key"][slots].tolist()
        twin.taken_down += [(platform, *pair) for pair in zip(names, keys, strict=True)]
        take_down(slots, platform, spaces)

    world.take_down = noted  # type: ignore[method-assign]


def people_of(run: Run, keys: list[int]) -> list[Person]:
    world, scenario = run.world, run.scenario
    people = world.people
    words = (run.seed, run.replicate)
    out = []
    for i, key in enumerate(keys):
        on = [
            is_member(words, q, key, platform.membership) and (platform.ties or in_a_space(world, q, i))
            for q, platform in enumerate(scenario.platforms)
        ]
        activity = float(people.activity[i])
        visits = [
            single(activity * single(platform.sessions_per_day / 24.0)) if on[q] else 0.0
            for q, platform in enumerate(scenario.platforms)
        ]
        out.append(
            Person(
                key=key,
                role=ROLES[people.role[i]],
                visits_per_hour=visits,
                posting_share=[1.0 / sum(on) if here else 0.0 for here in on],
                credulity=float(people.credulity[i]),
                discernment=float(people.discernment[i]),
                trust={name: float(people.trust[i, k]) for k, name in enumerate(TRUST)},
                isolation=float(people.isolation[i]),
                own_isolation=float(people.own_isolation[i]),
                present=bool(world.state.present[i]),
                lines=[Line(float(start)) for start in world.state.lines[i, :, 0]],
                sharing=float(people.sharing[i]),
                inattention=float(people.inattention[i]),
            )
        )
    return out


def in_a_space(world: World, platform: int, person: int) -> bool:
    indptr = world.spaces(platform).indptr
    return bool(indptr[person + 1] > indptr[person])


def spaces_of(world: World, p: int) -> Spaces | None:
    """Who is in which space, as the run has drawn it, and the rules that hold there."""
    platform, members = world.setting.platforms[p], world.members[p]
    if platform.spaces is None or members is None:
        return None
    keys, names = [int(key) for key in world.people.key], [int(key) for key in members.keys]
    rows = -(-platform.spaces.keeps // platform.timeline_depth)
    of = {
        key: [names[space] for space in members.spaces[members.indptr[i] : members.indptr[i + 1]]]
        for i, key in enumerate(keys)
    }
    inside = {name: [key for key, spaces in of.items() if name in spaces] for name in names}
    rule = platform.forwarding
    return Spaces(
        of=of,
        boards={name: Board([absorb(name, row) for row in range(rows)], inside[name]) for name in names},
        chatter_per_fellow=platform.spaces.chatter_per_day * (platform.horizon / 24.0),
        share=platform.spaces.to_spaces if platform.ties else 1.0,
        wanted=rule.wanted if rule else None,
        limit=rule.limit if rule else None,
        often=rule.often if rule else 1,
        limit_often=rule.limit_often if rule else None,
    )


def is_member(words: tuple[int, int], platform: int, key: int, membership: float) -> bool:
    return uniform(absorb(int(address(*words, Purpose.MEMBERSHIP, platform)), key)) < membership


def platform_of(
    scenario: Scenario, p: int, graph: Any, keys: list[int], ranking: Ranking | None = None
) -> Platform:
    platform = scenario.platforms[p]
    ranking = ranking or platform.ranking
    sharpness = 1.0 if ranking.sharpness is None else ranking.sharpness
    followees: dict[int, list[tuple[int, float]]] = {}
    for i, key in enumerate(keys):
        row = range(int(graph.indptr[i]), int(graph.indptr[i + 1]))
        weights = [0.0 if graph.weights is None else float(graph.weights[tie]) for tie in row]
        factors = [(1.0 + ranking.tie_weight * weight) ** sharpness for weight in weights]
        followees[key] = [
            (keys[graph.indices[tie]], factor)
            for tie, factor in zip(row, factors, strict=True)
            if platform.ties
        ]
    return Platform(
        followees=followees,
        horizon_steps=round(platform.horizon / scenario.hours_per_step),
        timeline_depth=platform.timeline_depth,
        posts_per_session=platform.posts_per_session,
        chatter_per_followee=platform.chatter_per_day * (platform.horizon / 24.0),
        reshare_rate=platform.reshare_rate,
        bystanders=platform.bystanders,
        recency=recency_table(ranking, platform.horizon, scenario.hours_per_step).tolist(),
        popularity=popularity_table(ranking).tolist(),
        law=chatter_law(ranking, platform.horizon).tolist(),
        appeal_power=ranking.appeal_power,
        sharpness=sharpness,
        homophily=ranking.homophily * sharpness,
        accuracy_weight=ranking.accuracy_weight,
        judged_rightly=ranking.judged_rightly,
        strict=ranking.sharpness is None,
    )


def rule_of(scenario: Scenario) -> Rule:
    spread: Any = scenario.spread
    hours = scenario.hours_per_step

    def kept(half_life_days: float) -> float:
        return 2.0 ** (-hours / (24.0 * half_life_days))

    return Rule(
        congruence=spread.congruence,
        repetition=spread.repetition,
        isolation=spread.isolation_effect,
        bound=spread.bound,
        saturation=spread.saturation,
        lasting_share=spread.lasting_share,
        persuasion={
            "claim": spread.persuasion_claim,
            "correction": spread.persuasion_correction,
            "experience": spread.persuasion_experience,
            "feedback": 0.0,
        },
        keep_lasting=kept(spread.lasting_half_life),
        keep_short=kept(spread.short_half_life),
        keep_readings=kept(spread.reading_half_life),
        keep_isolation=kept(spread.isolation_half_life),
        trust_lost=scenario.privacy.trust_lost if scenario.privacy else 0.0,
        reactance=spread.reactance,
        distrust=spread.distrust,
    )


def hand_over(world: World, twin: Twin) -> None:
    """What interventions have done in this step: levers, new posts, and what is attached to messages."""
    levers = world.levers
    twin.rule.labels = {
        bit: (logits, TRUST[int(issuer)], sharing, floor)
        for bit, (logits, issuer, sharing, floor) in enumerate(world.state.issuers.tolist())
    }
    for i, person in enumerate(twin.people.values()):
        person.sharing = float(levers.sharing.value[i])
        person.inattention = float(levers.accuracy_weight.value[i])
        person.inoculation = float(levers.inoculation.value[i])
        person.discernment = float(world.people.discernment[i] + levers.discernment.value[i])
        person.credulity = float(world.people.credulity[i] + levers.credulity.value[i])
        person.posting = float(levers.posting.value[i])
        person.visiting = float(levers.sessions.value[i])
        person.reach = float(levers.reach.value[i])
        person.label_sight = int(levers.label_sight.value[i])
        person.watching = bool(world.watching[i] & WATCHES_FALSE)
        person.hearing = bool(world.watching[i] & HEARS_EXPERIENCES)
        person.isolation = float(world.people.isolation[i])
        person.trust = {name: float(world.people.trust[i, k]) for k, name in enumerate(TRUST)}
    keys = list(twin.people)
    hand_over_posts(world, twin)
    rows = world.state.messages.slots
    for row in rows[rows["live"] != 0]:
        message = twin.messages[int(row["key"])]
        message.visibility, message.labels = float(row["visibility"]), int(row["labels"])
        message.held = int(row["held"])
        message.discloses, message.correction_discloses = (
            bool(row["discloses"] & 1),
            bool(row["discloses"] & 2),
        )
        message.correction = TRUST[row["correction"]] if row["correction"] >= 0 else None
        message.correction_strength = float(row["correction_strength"])
    hand_over_rankings(world, twin)
    hand_over_spaces(world, twin)
    for told in world.told:
        for row in told:
            kind, source = KINDS[row["kind"]], TRUST[row["source"]]
            person = twin.people[keys[row["person"]]]
            twin.hear(person, int(row["topic"]), int(row["side"]), kind, source, float(row["strength"]))


def hand_over_rankings(world: World, twin: Twin) -> None:
    """The ranking in force on each platform; what stands there stays."""
    for p, platform in enumerate(world.setting.platforms):
        ranking = world.rankings.get(p, platform.ranking)
        if ranking == twin.rankings[p]:
            continue
        twin.rankings[p] = ranking
        now = platform_of(twin.scenario, p, world.setting.graphs[p], list(twin.people), ranking)
        now.timelines, now.spaces = twin.platforms[p].timelines, twin.platforms[p].spaces
        if twin.society is not None:
            twin.society.keep_ties(p, now)
        twin.platforms[p] = now


def hand_over_spaces(world: World, twin: Twin) -> None:
    """Limits of forwarding in this step, and what was taken down."""
    for p, platform in enumerate(twin.platforms):
        if platform.spaces is not None:
            platform.spaces.limit = world.forwarding.most[p]
            platform.spaces.limit_often = world.forwarding.most_often[p]
    for platform_space_message in twin.taken_down:
        twin.take_down(*platform_space_message)
    twin.taken_down.clear()


def hand_over_posts(world: World, twin: Twin) -> None:
    """Messages that interventions, or the health service's users, have published since the last look."""
    rows = world.state.messages.slots
    new = [row for row in rows[rows["live"] != 0] if int(row["key"]) not in twin.messages]
    step = twin.step
    for row in sorted(new, key=lambda row: int(row["serial"])):
        twin.step = int(row["born"])
        twin.publish(message_of(row, list(twin.people)))
    twin.step = step


def message_of(row: Any, keys: list[int]) -> Message:
    return Message(
        key=int(row["key"]),
        author=keys[row["author"]],
        born=int(row["born"]),
        platform=int(row["platform"]),
        topic=int(row["topic"]),
        side=int(row["side"]),
        kind=KINDS[row["kind"]],
        source=TRUST[row["source"]],
        appeal=float(row["appeal"]),
        origin=(feed_twin.OWN, feed_twin.RESHARE, feed_twin.INTERVENTION)[row["origin"]],
        strength=float(row["strength"]),
        visibility=float(row["visibility"]),
    )
