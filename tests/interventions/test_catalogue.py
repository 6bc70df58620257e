"""Each intervention of the catalogue does what its description says: exactly, one by one."""

from __future__ import annotations

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.interventions.watching import own_messages, spreading, watch_list
from infodemic_sim.kernels.layout import KINDS, TRUST
from infodemic_sim.observe import INTERVENTION, OWN
from infodemic_sim.population.base import ROLES
from tests.interventions.lively import GRAPH, PEOPLE, N, read_by, scenario, stepping, within

QUIET = ids.Platform(sessions_per_day=0.0)


def ended(*plan: ids.Intervention, **changes):
    with stepping(scenario(*plan, **changes)) as run:
        for _ in range(run.scenario.steps):
            run.step()
        return run


def live(run):
    rows = run.world.state.messages.slots
    return rows[rows["live"] != 0]


# --- what platforms do about messages ----------------------------------------------------------------


@pytest.mark.parametrize(("recall", "false_alarm"), [(1.0, 0.0), (0.4, 0.2)])
def test_down_ranking_finds_the_declared_shares(recall, false_alarm):
    part = ids.DownRanking(recall=recall, false_alarm=false_alarm, delay=0.0, effect=0.75)
    run = ended(part, days=3.0, platforms=[ids.Platform(horizon=240.0)])
    rows = live(run)
    rows = rows[rows["born"] < run.world.step - 1]  # what was published last has not been looked at
    found = rows["visibility"] == np.float32(0.25)
    assert (found | (rows["visibility"] == 1.0)).all()
    for side, share in ((-1, recall), (1, false_alarm)):
        mine = rows["side"] == side
        assert within(int(found[mine].sum()), int(mine.sum()), share)


def test_delay_and_capacity_of_a_review():
    part = ids.DownRanking(recall=1.0, false_alarm=0.0, delay=0.25, capacity=ids.Capacity(per_day=7))
    hidden = []
    with stepping(scenario(part)) as run:
        for _ in range(48):
            run.step()
            hidden.append(int(run.world.state.counts["hidden"].sum()))
    assert hidden[6] == 0
    assert hidden[-1] > hidden[6]
    assert hidden[-1] <= 14
    assert run.world.state.memories["down_ranking"]["acts"][0] == hidden[-1]


def test_only_messages_of_those_concerned():
    few = ids.Chosen(keys=tuple(range(0, N, 2)))
    rows = live(ended(ids.DownRanking(who=few, recall=1.0, delay=0.0)))
    assert (rows["visibility"][rows["author"] % 2 == 1] == 1.0).all()
    assert (rows["visibility"] < 1.0).sum() > 10


def test_removal_hides_at_once_and_appeals_bring_back():
    part = ids.Removal(recall=0.0, false_alarm=1.0, delay=0.0, restored=0.5, appeal=0.25)
    with stepping(scenario(part, platforms=[ids.Platform(horizon=240.0)])) as run:
        for _ in range(48):
            run.step()
        state = run.world.state
        weights = state.messages.weight
        slots = run.world.live_messages(side=1)
    rows = state.messages.slots[slots]
    looked_at = rows["born"] < run.world.step - 1
    appealed = rows["born"] < run.world.step - 1 - 7
    assert set(rows["held"][looked_at].tolist()) == {0, 1}
    waiting = looked_at & (rows["born"] > run.world.step - 1 - 6)
    assert (rows["held"][waiting] == 1).all()
    assert within(int((rows["held"][appealed] == 0).sum()), int(appealed.sum()), 0.5)
    assert (weights[slots][rows["held"] == 1] == 0.0).all()
    assert (weights[slots][rows["held"] == 0] > 0.0).all()


def test_posts_that_nobody_is_shown_are_lost_however_many_hide_them():
    """Counted once for each post of people, until the last of those who hide a message gives it back."""
    plan = (
        ids.Removal(recall=0.5, false_alarm=0.5, delay=0.25, restored=0.5, appeal=0.25),
        ids.CircuitBreaker(reshares=1, delay=0.5, recall=0.5, false_alarm=0.3),
        ids.DownRanking(recall=0.3, false_alarm=0.3, delay=0.5, effect=1.0),
        ids.ProviderCorrection(published=1.0),
    )
    with stepping(scenario(*plan, platforms=[ids.Platform(horizon=240.0)])) as run:
        twice = 0
        for _ in range(48):
            run.step()
            rows = live(run)
            twice += ((rows["held"] > 1) | ((rows["held"] > 0) & (rows["visibility"] == 0.0))).sum()
            gone = rows[(rows["held"] > 0) | (rows["visibility"] == 0.0)]
            posts = gone["shares"] + (gone["origin"] == OWN)
            lost = run.world.state.counts["withheld"][0, 0]
            assert lost.tolist() == [posts[gone["side"] == side].sum() for side in (-1, 0, 1)]
    assert twice > 0
    assert lost[2] > 10


def test_what_is_removed_is_read_by_nobody_afterwards():
    part = ids.Removal(recall=1.0, false_alarm=0.0, delay=0.0)
    with stepping(scenario(part)) as run:
        for _ in range(47):
            run.step()
        held = np.flatnonzero(run.world.state.messages.slots["held"] == 1)
        before = read_by(run)[:, held]
        run.step()
        assert (read_by(run)[:, held] == before).all()
    assert held.size > 10


def test_the_breaker_holds_what_spreads_until_it_is_reviewed():
    part = ids.CircuitBreaker(reshares=2, delay=0.25, recall=1.0, false_alarm=0.0)
    with stepping(scenario(part, cascades="trees")) as run:
        seen: dict[int, int] = {}
        for _ in range(48):
            run.step()
            rows = live(run)
            for row in rows[rows["held"] > 0]:
                seen.setdefault(int(row["key"]), run.world.step)
        rows = live(run)
    assert len(seen) > 5
    assert int(run.world.state.memories["circuit_breaker"]["acts"][0]) == len(seen)
    for row in rows:
        since = seen.get(int(row["key"]))
        if since is None:
            assert row["held"] == 0
        elif run.world.step - since >= 7:
            assert row["held"] == (row["side"] < 0), "released unless false"
        assert row["shares"] >= 2 or row["held"] == 0


def test_the_breaker_holds_nothing_once_its_schedule_has_ended():
    """What it watched while it was in force goes on to spread."""
    acts = {}
    for stop in (0.75, 2.0):
        part = ids.CircuitBreaker(reshares=2, when=ids.Between(0.0, stop))
        with stepping(scenario(part)) as run:
            for hour in range(1, 49):
                run.step()
                acts[stop, hour] = int(run.world.state.memories[part.key]["acts"][0])
    assert acts[0.75, 48] == acts[0.75, 18] == acts[2.0, 18]
    assert acts[2.0, 18] < acts[2.0, 42], "what was born in time still spreads within the window"


def test_what_spreads_is_told_once_and_in_time():
    with stepping(scenario()) as run:
        memory, told = watch_list(), []
        for _ in range(48):
            run.step()
            found = spreading(run.world, memory, own_messages(run.world), hours=6.0, reshares=1)
            rows = run.world.state.messages.slots[found[:, 1].astype(int)]
            assert (rows["shares"] >= 1).all()
            assert ((run.world.step - rows["born"]) <= 6).all()
            told += found[:, 0].tolist()
    assert len(told) == len(set(told)) > 5


def test_strikes_suspend_for_a_while_and_start_anew():
    part = ids.Suspension(recall=1.0, false_alarm=0.0, delay=0.0, strikes=2, duration=0.5)
    with stepping(scenario(part)) as run:
        suspensions, strikes, out = 0, np.zeros(N, int), np.zeros(N, int)
        for step in range(48):
            fresh = run.world.state.messages.slots[run.world.state.fresh]
            for author in fresh["author"][fresh["side"] < 0]:
                strikes[author] += 1
            run.step()
            full = strikes >= 2
            suspensions += int(full.sum())
            strikes[full] = 0
            out[full] = step + 12
            levers = run.world.levers
            for lever in (levers.posting, levers.sharing, levers.reach):
                assert ((lever.value == 0.0) == (out > step)).all()
        assert suspensions > 10
        assert run.world.state.counts["suspended"][0] == suspensions


def test_bots_are_found_at_the_declared_rate():
    people = PEOPLE.but(bots=0.5)
    run = ended(ids.BotRemoval(recall=0.8, false_alarm=0.0), population=people, days=7.0, platforms=[QUIET])
    bots = run.world.people.role == ROLES.index("bot")
    removed = run.world.state.memories["bot_removal"]["removed"]
    assert not removed[~bots].any()
    assert within(int(removed.sum()), int(bots.sum()), 0.8)
    rows = live(run)
    late = rows["born"] > run.world.step - 12
    assert not removed[rows["author"][late]].any() or rows["born"][late].min() < run.world.step


def test_others_are_removed_by_mistake():
    people = PEOPLE.but(bots=0.1)
    part = ids.BotRemoval(recall=0.5, false_alarm=0.3)
    run = ended(part, population=people, days=7.0, platforms=[QUIET])
    others = run.world.people.role != ROLES.index("bot")
    removed = run.world.state.memories["bot_removal"]["removed"]
    assert within(int(removed[others].sum()), int(others.sum()), 0.3)


def test_a_ranking_is_changed_while_it_is_in_force():
    part = ids.RankingChange(ranking=ids.Chronological(), when=ids.Between(0.5, 1.0))
    with stepping(scenario(part)) as run:
        random = []
        for _ in range(30):
            run.step()
            random.append(run.runner.feeds[0].random)
    assert random == [not 12 <= hour < 24 for hour in range(30)]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"who": ids.Share(share=0.5)}, "who must be everyone"),
        ({"uptake": 0.5}, "uptake must be 0 or 1"),
        ({"capacity": ids.Capacity(per_actor_per_day=1)}, "has no meaning for a platform"),
    ],
)
def test_a_ranking_for_some_is_refused(change, words):
    with pytest.raises(ids.errors.ParameterError if hasattr(ids, "errors") else ValueError, match=words):
        ids.RankingChange(**change)


def test_marks_on_accounts_with_a_bad_record():
    part = ids.SourceCredibilityLabel(recall=1.0, false_alarm=0.0, delay=0.0, record=2)
    torn = ids.Topic(name="vaccines", posting=ids.Posting(public=3.0), conviction=0.1)
    with stepping(scenario(part, topics=[torn])) as run:
        for _ in range(48):
            run.step()
        found = run.world.state.memories["source_credibility_label"]["found"]
        rows = live(run)
    marked = rows["labels"] != 0
    assert marked.sum() > 10
    assert (found[rows["author"][marked]] >= 2).all()
    assert marked[rows["side"] > 0].any(), "a bad record marks all that an account posts"


# --- people and what they are taught -----------------------------------------------------------------


def test_training_fades_and_refreshers_reset_it():
    tips = ids.MediaLiteracyTips(when=ids.Every(days=1.5, start=0.5, stop=3.0), uptake=0.5, half_life=0.75)
    lateral = ids.LateralReading(uptake=1.0, when=ids.Once(day=0.5), half_life=2.0, effect=0.4, time=0.2)
    with stepping(scenario(tips, lateral, days=3.0, platforms=[QUIET])) as run:
        for hour in range(72):
            run.step()
            levers = run.world.levers
            if hour < 12:
                assert not levers.discernment.moved or not levers.discernment.value.any()
                continue
            age = (hour - 12 if hour < 48 else hour - 48) / 24.0
            left, rest = 2.0 ** (-age / 0.75), 2.0 ** (-(hour - 12) / 24.0 / 2.0)
            shown = levers.credulity.value < 0.0
            assert levers.credulity.value[shown] == pytest.approx(-tips.scepticism * left, rel=1e-5)
            gained = 0.4 * rest + np.where(shown, tips.effect * left, 0.0)
            assert levers.discernment.value == pytest.approx(gained, rel=1e-5)
            assert levers.sessions.value == pytest.approx(1.0 - 0.2 * rest)
    assert within(int(shown.sum()), N, 0.5)


def test_norms_and_friction_are_arithmetic():
    norms = ids.SocialNorms(effect=0.5, restraint=0.2, half_life=1.0)
    friction = ids.Friction(effect=0.25, thought=0.1, when=ids.Between(0.5, 1.0))
    with stepping(scenario(norms, friction, platforms=[QUIET])) as run:
        people = run.world.people
        for hour in range(30):
            run.step()
            left, paused = 2.0 ** (-hour / 24.0), 12 <= hour < 24
            sharing = people.sharing * (1.0 - 0.2 * left) * (0.75 if paused else 1.0)
            gap = people.inattention * (1.0 - 0.5 * left) * (0.9 if paused else 1.0)
            assert run.world.levers.sharing.value == pytest.approx(sharing)
            assert run.world.levers.accuracy_weight.value == pytest.approx(gap)


def test_tips_move_what_is_measured_as_discernment():
    tips = ended(ids.MediaLiteracyTips(uptake=1.0), platforms=[QUIET], record="end")
    with_it, without = (
        tips.result().final("discernment"),
        ended(platforms=[QUIET]).result().final("discernment"),
    )
    assert with_it > without


# --- people who publish and talk ---------------------------------------------------------------------


def published(run) -> np.ndarray:
    rows = run.world.state.logs["messages"].all(None, "messages")
    return rows[rows["origin"] == INTERVENTION]


@pytest.mark.parametrize(
    ("part", "role"),
    [
        (ids.EducationCampaign(per_day=2.0), "provider"),
        (ids.SocialListening(per_day=2.0, delay=0.0), "provider"),
    ],
)
def test_staff_publish_at_their_rate(part, role):
    run = ended(part, days=4.0, platforms=[QUIET])
    rows, staff = published(run), np.flatnonzero(run.world.people.role == ROLES.index(role))
    assert (rows["side"] == 1).all()
    assert (rows["kind"] == KINDS.index("claim")).all()
    assert np.isin(rows["author"], staff).all()
    steps = staff.size * 96
    assert within(rows.size, steps, 1.0 - np.exp(-2.0 / 24.0))
    assert run.world.state.memories[part.key]["acts"][0] == rows.size


def test_listening_speaks_to_the_topic_with_most_misinformation():
    busy, calm = (
        ids.Topic(name=name, posting=ids.Posting(public=rate), accurate_share=share)
        for name, rate, share in (("calm", 0.05, 0.9), ("busy", 1.0, 0.3))
    )
    run = ended(ids.SocialListening(per_day=2.0, delay=0.0), topics=[busy, calm], days=2.0)
    rows = published(run)
    late = rows[rows["born"] > 6]
    assert late.size > 20
    assert (late["topic"] == 1).all()


def test_messengers_are_friends_of_random_people():
    run = ended(ids.Seeding(per_day=3.0, uptake=1.0, who=ids.FriendsOfRandom(share=0.2)), platforms=[QUIET])
    named = ids.FriendsOfRandom(share=0.2).mask(run.world)
    rows = published(run)
    assert named[rows["author"]].all()
    followers = np.bincount(GRAPH.indices, minlength=N)
    assert followers[named].mean() > 1.3 * followers.mean()


def test_conversations_happen_at_their_rate_and_move_belief_by_trust():
    part = ids.Counselling(who=ids.Everyone(), per_day=0.5)
    run, quiet = ended(part, days=4.0, platforms=[QUIET]), ended(days=4.0, platforms=[QUIET])
    told = int(run.world.state.counts["told"][0])
    assert within(told, N * 96, 1.0 - np.exp(-0.5 / 24.0))
    moved = run.world.belief(0) - quiet.world.belief(0)
    assert (moved >= -1e-12).all()
    reached = run.world.state.memories["counselling"]["reached"]
    assert ((moved > 0.0) == reached).all()
    trust = run.world.people.trust[reached, TRUST.index("provider")]
    assert np.corrcoef(trust, moved[reached])[0, 1] > 0.4


# --- corrections -------------------------------------------------------------------------------------


@pytest.mark.parametrize("links", [0.0, 1.0])
def test_peers_need_a_link_or_two_voices(links):
    part = ids.PeerCorrection(uptake=0.5, links=links, single_voice=0.0)
    run = ended(part, days=3.0)
    rows = live(run)
    answered = rows[rows["correction"] >= 0]
    assert answered.size > 20
    if links:
        assert (answered["correction"] == TRUST.index("institution")).all()
        assert (answered["voices"] == 0).all()
        assert (answered["correction_strength"] == 1.0).all()
    else:
        assert (answered["voices"] >= 1).all()
        assert ((answered["correction_strength"] == 1.0) == (answered["voices"] >= 2)).all()
        assert ((answered["correction_strength"] == 0.0) == (answered["voices"] == 1)).all()


def test_a_sourced_correction_takes_the_place_of_voices():
    with stepping(scenario()) as run:
        for _ in range(12):
            run.step()
        world = run.world
        slots = world.live_messages(side=-1)[:4]
        one, two, three, four = slots
        actors = np.array([3, 4, 5, 6])
        world.correct(np.array([one, two, two, three]), actors, 2.0, first_voice=0.25)
        world.correct(np.array([three, four]), actors[:2], 1.5, source="institution")
        world.correct(np.array([four]), actors[:1], 3.0, first_voice=0.25)
        rows = world.state.messages.slots[slots]
    assert rows["voices"].tolist() == [1, 2, 0, 0]
    assert rows["correction_strength"].tolist() == [0.5, 2.0, 1.5, 1.5]
    institution = TRUST.index("institution")
    assert (rows["correction"] == institution).tolist() == [False, False, True, True]


def test_only_people_who_lean_to_the_accurate_position_answer():
    wrong = ids.Topic(name="vaccines", posting=ids.Posting(public=0.4), accurate_share=0.001)
    run = ended(ids.PeerCorrection(uptake=1.0), topics=[wrong])
    assert run.world.state.counts["corrections_made"].sum() < 5


@pytest.mark.parametrize("bridging", [True, False])
def test_notes_need_enough_ratings_of_both_views(bridging):
    one_sided = ids.Topic(name="vaccines", posting=ids.Posting(public=0.4), accurate_share=0.99999)
    part = ids.CrowdNotes(who=ids.Everyone(), ratings=3, delay=0.0, bridging=bridging)
    run = ended(part, topics=[one_sided], days=3.0)
    noted = live(run)["labels"] != 0
    assert noted.any() == (not bridging)
    both = ended(part, days=3.0)
    rows = live(both)
    noted = rows["labels"] != 0
    assert noted.sum() > 5
    assert (rows["side"][noted] < 0).all()
    assert (rows["correction"][noted] == TRUST.index("peer")).all()
    assert (rows["voices"][noted] == 0).all()


def test_the_team_answers_what_spreads():
    people = PEOPLE.but(fact_checkers=0.05)
    part = ids.RapidResponse(reshares=2, recall=1.0, delay=0.25, capacity=ids.Capacity(per_day=6))
    run = ended(part, population=people, days=3.0)
    rows = published(run)
    assert 0 < rows.size <= 18
    assert (run.world.people.role[rows["author"]] == ROLES.index("fact_checker")).all()
    assert (rows["kind"] == KINDS.index("correction")).all()
    answered = live(run)
    answered = answered[answered["correction"] >= 0]
    assert (answered["side"] < 0).all()
    assert (answered["shares"] >= 2).all()
    assert (answered["correction"] == TRUST.index("institution")).all()


def test_nobody_answers_without_a_team():
    run = ended(ids.RapidResponse(reshares=1, who=lambda world: np.zeros(world.n, bool)))
    assert run.world.state.memories["rapid_response"]["acts"][0] == 0


def test_debunks_stand_on_their_own():
    people = PEOPLE.but(fact_checkers=0.05)
    run = ended(ids.Debunking(reshares=1, delay=0.1), population=people, days=3.0)
    assert published(run).size > 3
    assert (live(run)["correction"] < 0).all()
