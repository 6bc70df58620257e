"""Each built-in intervention does what its description says: measured, not believed."""

from __future__ import annotations

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.errors import ParameterError
from infodemic_sim.interventions.inoculation import LOGITS_PER_D
from infodemic_sim.kernels.layout import KINDS, TRUST
from infodemic_sim.observe import INTERVENTION, OWN
from infodemic_sim.population.base import ROLES
from tests.interventions.lively import GRAPH, PEOPLE, TALK, N, read_by, scenario, stepping, within

QUIET = ids.Platform(sessions_per_day=0.0)
PROVIDER, SUPPORTER = ROLES.index("provider"), ROLES.index("peer_supporter")


# --- accuracy prompt ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "lasting", "day"),
    [
        (1.0, 24.0, 0.0),
        (1.0, 24.0, 0.125),
        (1.0, 0.5, 0.125),
        (2.0, 24.0, 0.125),
        (0.5, 24.0, 0.125),
        (1 / 6, 1.0, 1 / 144),  # here 1/6 + 1 is not 7/6
        (1 / 6, 24.0, 1 / 144),
        (0.2, 1.0, 38 * 0.2 / 24),
    ],
)
def test_a_prompt_works_for_as_long_as_it_lasts(hours, lasting, day):
    part = ids.AccuracyPrompt(when=ids.Once(day=day), lasting=lasting, effect=0.25, uptake=0.6)
    in_force: list[float] = []
    with stepping(scenario(part, days=1.5, hours_per_step=hours, platforms=[QUIET])) as run:
        base = run.world.people.inattention.copy()
        for step in range(run.scenario.steps):
            run.step()
            now = run.world.levers.accuracy_weight.value
            moved = now != base
            if moved.any():
                in_force.append(step)
                assert now[moved] == pytest.approx(base[moved] * 0.75, rel=1e-15)
                reminded = moved
    first = int(np.ceil(24 * day / hours - 1e-9))
    assert in_force == list(range(first, first + int(np.ceil(lasting / hours - 1e-9))))
    assert within(reminded.sum(), N, 0.6)


def test_reminders_do_not_add_up():
    with stepping(scenario(ids.AccuracyPrompt(when=ids.Every(days=0.25), lasting=48.0), days=1.5)) as run:
        for _ in range(36):
            run.step()
            gap = run.world.levers.accuracy_weight.value
            assert gap == pytest.approx(0.65 * run.world.people.inattention, rel=1e-15)


def test_a_prompt_does_not_change_what_is_read_in_its_own_step():
    """Attention decides what is passed on; beliefs, veracity and readings of that step are as without."""
    part = ids.AccuracyPrompt(effect=1.0, when=ids.Once(day=1.0))
    with stepping(scenario(part)) as one, stepping(scenario()) as other:
        for _ in range(25):
            one.step()
            other.step()
        assert (one.world.state.lines == other.world.state.lines).all()
        assert (one.world.state.timelines[0].reads == other.world.state.timelines[0].reads).all()


# --- inoculation ----------------------------------------------------------------------------------------


def test_inoculation_fades_with_its_half_life_and_boosters_reset_it():
    part = ids.Inoculation(when=ids.Every(days=1.5, start=0.5, stop=3.0), half_life=0.75, effect=0.5)
    before = np.zeros(N, bool)
    with stepping(scenario(part, days=4.0, platforms=[QUIET])) as run:
        for hour in range(96):
            run.step()
            value = run.world.levers.inoculation.value
            if hour < 12:
                assert not value.any()
                continue
            age = (hour - 12 if hour < 48 else hour - 48) / 24.0
            treated = value > 0.0
            assert value[treated] == pytest.approx(LOGITS_PER_D * 0.5 * 2.0 ** (-age / 0.75), rel=1e-12)
            assert hour == 12 or (treated == before).all(), "boosters go to the same people"
            before = treated
    assert within(before.sum(), N, 0.5)


def test_the_published_strength():
    with stepping(scenario(ids.Inoculation(uptake=1.0), days=1.0, platforms=[QUIET])) as run:
        run.step()
        assert run.world.levers.inoculation.value == pytest.approx(1.814 * 0.36, abs=1e-12)


# --- warning label --------------------------------------------------------------------------------------


@pytest.mark.parametrize("delay", [0.0, 0.25])
def test_labels_find_their_share_of_false_posts_and_some_accurate_ones(delay):
    part = ids.WarningLabel(recall=0.4, false_alarm=0.1, delay=delay)
    busy = TALK.but(posting=ids.Posting(public=3.0))
    correction = ids.ProviderCorrection(published=1.0)
    plan = scenario(part, correction, topics=[busy], days=1.5, platforms=[ids.Platform(horizon=96.0)])
    with stepping(plan) as run:
        result = run.finish()
        rows = run.world.state.messages.slots
    rows = rows[rows["live"] != 0]
    # found at the step after they appeared, labelled ``delay`` later; the last step was number 35
    due = rows["born"] + 1 + round(24 * delay) <= 35
    labelled, own = rows["labels"] != 0, rows["origin"] == OWN
    assert not labelled[~due].any()
    assert not labelled[rows["origin"] == INTERVENTION].any()
    for side, share in ((-1, 0.4), (1, 0.1)):
        mine = due & own & (rows["side"] == side)
        assert mine.sum() > 100
        assert within(labelled[mine].sum(), mine.sum(), share)
    assert result.final("labels_given") == labelled.sum()
    assert result.final("staff_minutes") == 15.0 * labelled.sum() + 5.0 * result.final("corrections_made")


def test_only_the_audience_is_shown_labels():
    """Others learn just what they learn without labels; false posts move the audience less."""
    part = ids.WarningLabel(recall=1.0, delay=0.0, effect=10.0, who=ids.Share(share=0.5))
    busy = [TALK.but(posting=ids.Posting(public=5.0))]
    with stepping(scenario(part, topics=busy)) as one, stepping(scenario(topics=busy)) as other:
        for run in (one, other, one, other):
            run.step()
        assert (one.world.state.messages.slots["labels"] != 0).any()
        audience = ids.Share(share=0.5).mask(one.world)
        assert ((one.world.levers.label_sight.value != 0) == audience).all()
        with_labels, without = one.world.belief(), other.world.belief()
        assert (with_labels == without)[~audience].all()
        changed = with_labels != without
        assert changed.sum() > 3
        assert (with_labels > without)[changed].all(), "false posts move those who see the label less"


def test_a_label_takes_its_strength_times_trust():
    """One false post, read by everyone: what is learned shrinks as the logit falls by effect × trust."""
    star = ids.SocialGraph.from_ties(np.arange(1, 201), np.zeros(200, int), 201, directed=True)
    people = ids.Population(graph=star, super_spreaders=0.0, fact_checkers=0.0, providers=0.0)
    rule = ids.FeedSpread(repetition=0.0, congruence=0.0, isolation_effect=0.0)
    eager = ids.Platform(sessions_per_day=200.0, chatter_per_day=0.0)
    silent = TALK.but(posting=ids.Posting(**dict.fromkeys(ids.Posting.model_fields, 0.0)))

    def post(world):
        if world.step == 0:
            keys = world.message_keys(np.array([0]), 0, 0, 0, np.zeros(1))
            world.publish(
                np.array([0]), platform=0, topic=0, sides=np.array([-1], np.int8), kind="claim", keys=keys,
                appeal=np.ones(1), origin=OWN,
            )  # fmt: skip

    def label(world):
        if world.step == 0:
            world.label(world.live_messages(), world.new_label(1.2, TRUST.index("institution")))
        world.levers.label_sight.show(np.arange(1, 101), 0)

    parts = [ids.AccuracyPrompt(effect=0.0), *_functions(a_post=post, b_label=label)]
    some = scenario(*parts, population=people, topics=[silent], spread=rule, platforms=[eager], days=1.0)
    with stepping(some) as run:
        run.step()
        traits, moved = run.world.people, run.world.state.lines[:, 0, 1:3].sum(axis=1)
    read = moved != 0.0
    assert read[1:].sum() > 190
    taken = np.where(np.arange(201) <= 100, 1.2 * traits.trust[:, TRUST.index("institution")], 0.0)
    logit = traits.credulity.astype(float) - traits.discernment - taken
    expected = -rule.persuasion_claim * traits.trust[:, 0] / (1.0 + np.exp(-logit))
    fading = 0.2 * 2.0 ** (-1 / (24 * 180)) + 0.8 * 2.0 ** (-1 / (24 * 14))
    assert moved[read] == pytest.approx((expected * fading)[read], rel=1e-6)


def _functions(**named):
    from infodemic_sim.interventions import FunctionIntervention

    return [FunctionIntervention(function=act, name=name) for name, act in named.items()]


# --- provider correction --------------------------------------------------------------------------------


class Noted(ids.ProviderCorrection):
    """A provider correction that tells a test of each of its answers."""

    told: object

    def answer(self, world, actors, slots, memory):
        self.told(world, actors, slots)
        super().answer(world, actors, slots, memory)


def test_providers_answer_false_messages_that_they_read_within_their_capacity():
    answers: list[tuple[int, int, int]] = []
    known = {}

    def told(world, actors, slots):
        rows = world.state.messages.slots[slots]
        assert (world.people.role[actors] == PROVIDER).all()
        assert (rows["side"] == -1).all()
        assert known["read"][actors, slots].all(), "read before, by this provider"
        day = int(world.hour // 24)
        pairs = zip(actors.tolist(), rows["key"].tolist(), strict=True)
        answers.extend((day, actor, key) for actor, key in pairs)

    part = Noted(told=told, capacity=ids.Capacity(per_actor_per_day=2))
    busy = TALK.but(posting=ids.Posting(public=1.0))
    with stepping(scenario(part, topics=[busy])) as run:
        for _ in range(48):
            known["read"] = read_by(run)
            run.step()
        made = run.result().final("corrections_made")
    assert made == len(answers) > 50
    assert len({(actor, key) for _, actor, key in answers}) == len(answers), "each answers a message once"
    per_day = {}
    for day, actor, _ in answers:
        per_day[day, actor] = per_day.get((day, actor), 0) + 1
    assert max(per_day.values()) == 2


@pytest.mark.parametrize("chance", [0.0, 0.3, 1.0])
def test_bystanders_read_replies_with_the_chance_of_the_platform(chance):
    platform = ids.Platform(bystanders=chance, horizon=96.0)
    busy = TALK.but(posting=ids.Posting(public=1.0))
    part = ids.ProviderCorrection(published=0.0)
    readings, before = 0, None
    with stepping(scenario(part, topics=[busy], platforms=[platform])) as run:
        for _ in range(48):
            run.step()
            answered = np.flatnonzero(run.world.state.messages.slots["correction"] >= 0)
            read = read_by(run).sum(axis=0)
            readings += read[answered].sum() - (before[answered].sum() if before is not None else 0)
            before = np.zeros(run.world.state.messages.slots.size, int)
            before[: read.size] = read
        found = run.result().final("corrections_read")
    assert readings > 200
    assert within(found, readings, chance)


def test_bystanders_are_persuaded_by_what_they_trust():
    """Replies move beliefs to the accurate side, and trust in providers decides how far."""
    moves = {}
    for trust in (0.05, 0.95):
        people = PEOPLE.but(trust_providers=trust, trust_spread=0.0, providers=0.2)
        plans = [(ids.ProviderCorrection(published=0.0),), ()]
        credence = [ids.simulate(scenario(*p, population=people), seed=2).final("credence") for p in plans]
        moves[trust] = credence[0] - credence[1]
    assert moves[0.95] > 3 * moves[0.05] > 0.0


@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_a_share_of_replies_is_published(share):
    part = ids.ProviderCorrection(published=share, capacity=ids.Capacity())
    with stepping(scenario(part, topics=[TALK.but(posting=ids.Posting(public=1.0))])) as run:
        result = run.finish()
        messages = run.world.state.logs["messages"].all(None, "messages")
        role = run.world.people.role
    made, ours = result.final("corrections_made"), messages[messages["origin"] == INTERVENTION]
    assert made > 100
    assert within(ours.size, int(made), share)
    assert result.final("posts_intervention") == ours.size
    assert (ours["side"] == 1).all()
    assert (ours["kind"] == KINDS.index("correction")).all()
    assert (role[ours["author"]] == PROVIDER).all()


def test_a_named_topic_is_answered_and_no_other():
    topics = [TALK, TALK.but(name="masks")]
    some = ids.simulate(scenario(ids.ProviderCorrection(topic="masks"), topics=topics), seed=1)
    assert some.final("corrections_made", topic="masks") > 0
    assert some.final("corrections_made", topic="vaccines") == 0
    assert some.final("posts_intervention", topic="vaccines") == 0


# --- peer support ---------------------------------------------------------------------------------------


def test_support_lowers_isolation_by_its_share_and_it_returns():
    """isolation(t) = own - own (1 - (1 - e)^contacts) 2^(-t / half-life)."""
    part = ids.PeerSupport(when=ids.Once(day=0.0), capacity=ids.Capacity(), effect=0.2, isolated_above=0.4)
    rule = ids.FeedSpread(isolation_half_life=0.5)
    with stepping(scenario(part, spread=rule, platforms=[QUIET])) as run:
        own = run.world.people.own_isolation
        supporters = np.flatnonzero(run.world.people.role == SUPPORTER)
        seen_by = np.concatenate([GRAPH.followees(v) for v in supporters])
        contacts = np.bincount(seen_by, minlength=N) * (own > 0.4)
        for hour in range(1, 49):
            run.step()
            left = 2.0 ** (-hour / 12.0)
            expected = own - own * (1.0 - 0.8**contacts) * left
            assert run.world.people.isolation == pytest.approx(expected, rel=1e-12)
        result = run.result()
    assert result.final("support_contacts") == contacts.sum() > 30
    assert result.final("people_treated") == np.count_nonzero(contacts)
    assert result.final("staff_minutes") == 10.0 * contacts.sum()


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_a_share_of_contacts_becomes_an_account(share):
    part = ids.PeerSupport(published=share, capacity=ids.Capacity(), isolated_above=0.1, effect=0.01)
    with stepping(scenario(part)) as run:
        result = run.finish()
        messages = run.world.state.logs["messages"].all(None, "messages")
        role = run.world.people.role
    ours = messages[messages["origin"] == INTERVENTION]
    assert within(ours.size, int(result.final("support_contacts")), share)
    assert (ours["side"] == 0).all()
    assert (ours["kind"] == KINDS.index("experience")).all()
    assert (role[ours["author"]] == SUPPORTER).all()


def test_supporters_have_their_capacity():
    part = ids.PeerSupport(capacity=ids.Capacity(per_actor_per_day=2), isolated_above=0.0)
    with stepping(scenario(part, platforms=[QUIET])) as run:
        supporters = np.flatnonzero(run.world.people.role == SUPPORTER)
        found = run.finish().series("support_contacts")
    most = np.minimum(GRAPH.degrees()[supporters], 2).sum()
    assert found.tolist() == [0.0, most, 2 * most]


GROUPS = ids.Platform(sessions_per_day=0.0, spaces=ids.Groups(size=8.0, per_person=1.5))


@pytest.mark.parametrize("reaches", ["ties", "spaces", "both"])
def test_supporters_reach_those_they_see(reaches):
    """Each isolated followee or fellow member is contacted once by each supporter, however they meet."""
    open_ended = {"when": ids.Once(day=0.0), "capacity": ids.Capacity(), "published": 0.0}
    part = ids.PeerSupport(reaches=reaches, effect=0.2, isolated_above=0.4, **open_ended)
    stays = ids.FeedSpread(isolation_half_life=1e12)
    with stepping(scenario(part, spread=stays, platforms=[GROUPS])) as run:
        world, members = run.world, run.world.spaces(0)
        before = world.people.isolation.copy()
        run.step()
        made = int(world.state.counts["support_contacts"][0])
    of = [set(members.spaces[members.indptr[i] : members.indptr[i + 1]].tolist()) for i in range(N)]
    contacts = np.zeros(N)
    for helper in np.flatnonzero(world.people.role == SUPPORTER):
        followed = set(GRAPH.followees(helper).tolist()) if reaches != "spaces" else set()
        mates = {i for i in range(N) if of[i] & of[helper]} if reaches != "ties" else set()
        contacts[list((followed | mates) - {helper})] += 1
    contacts *= before > 0.4
    assert made == contacts.sum() > 30
    assert world.people.isolation == pytest.approx(before * 0.8**contacts, rel=1e-9)


def test_a_day_without_room_finds_no_pairs_and_the_next_does():
    part = ids.PeerSupport(reaches="spaces", capacity=ids.Capacity(per_actor_per_day=3), isolated_above=0.0)
    with stepping(scenario(part, platforms=[GROUPS])) as run:
        world, members = run.world, run.world.spaces(0)
        inside = np.zeros((N, members.keys.size), int)
        inside[np.repeat(np.arange(N), np.diff(members.indptr)), members.spaces] = 1
        others = (inside @ inside.T > 0).sum(axis=1) - (inside.sum(axis=1) > 0)
        most = int(np.minimum(others[world.people.role == SUPPORTER], 3).sum())
        found = run.finish().series("support_contacts")
    assert most > 30
    assert found.tolist() == [0.0, most, 2 * most]


def test_supporters_of_a_platform_without_groups_are_refused():
    with (
        pytest.raises(ParameterError, match="has no spaces"),
        stepping(scenario(ids.PeerSupport(reaches="spaces"))) as run,
    ):
        run.step()
