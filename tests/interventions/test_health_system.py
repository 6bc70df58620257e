"""Privacy and the health service: each intervention does what its description says, measured."""

from __future__ import annotations

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.errors import MissingLeverError
from infodemic_sim.kernels.layout import KINDS
from infodemic_sim.population.base import ROLES
from tests.interventions.lively import PEOPLE, scenario, stepping, within

ALL_TALK = {
    "privacy": ids.Privacy(correction=0.3, experience=0.3, feedback=0.3, trust_lost=0.1),
    "service": ids.Service(encounters_per_day=2.0, feedback=1.0),
}
CORRECTION = ids.ProviderCorrection(who=ids.Role("provider"), published=0.0)


def run_to_end(*plan: ids.Intervention, days: float = 4.0, **changes):
    with stepping(scenario(*plan, days=days, **{**ALL_TALK, **changes})) as run:
        for _ in range(run.scenario.steps):
            run.step()
        return run


def test_disclosures_come_at_the_declared_rate():
    run = run_to_end(CORRECTION)
    counts, texts = run.world.state.counts, run.world.state.health["texts"].sum()
    assert texts > 300
    assert within(int(counts["disclosures"].sum()), int(texts), 0.3)
    assert counts["disclosures_read"].sum() > counts["disclosures"].sum()


@pytest.mark.parametrize("effect", [0.5, 1.0])
def test_guidance_prevents_its_share(effect):
    """Draws are common, so a text that discloses with guidance discloses without."""
    trained = ids.PrivacyGuidance(who=ids.Everyone(), effect=effect, half_life=1e9)
    run = run_to_end(trained)
    found, texts = (
        int(run.world.state.counts["disclosures"].sum()),
        int(run.world.state.health["texts"].sum()),
    )
    assert within(found, texts, 0.3 * (1.0 - effect))


def test_guidance_fades():
    with stepping(scenario(ids.PrivacyGuidance(effect=0.8, half_life=1.0), **ALL_TALK)) as run:
        for _ in range(25):
            run.step()
        lever = run.world.levers.disclosure.value
        providers = run.world.people.role == 3
        assert lever[providers] == pytest.approx(0.6)
        assert (lever[~providers] == 1.0).all()


def test_review_prevents_waits_and_costs():
    """Corrections come later, disclose less, and each is paid for."""
    review = ids.PrivacyReview(effect=1.0, delay=1.0)
    with_it, without = run_to_end(CORRECTION, review, service=None), run_to_end(CORRECTION, service=None)
    for run, first in ((without, 1), (with_it, 25)):
        assert run.world.state.counts["corrections_made"].sum() > 50
        assert first_correction(run.scenario) >= first
    assert without.world.state.counts["disclosures"].sum() > 10
    assert with_it.world.state.counts["disclosures"].sum() == 0
    texts, paid = with_it.world.state.health["texts"].sum(), with_it.world.state.memories["privacy_review"]
    assert texts - 40 <= paid["acts"][0] <= texts  # those of the last step are paid for in the next


def first_correction(some: ids.Scenario) -> int:
    with stepping(some) as run:
        for step in range(some.steps):
            run.step()
            if run.world.state.counts["corrections_made"].any():
                return step
    raise AssertionError("nobody corrected anything")


def test_review_stops_when_its_capacity_is_used_up():
    review = ids.PrivacyReview(effect=1.0, capacity=ids.Capacity(total=10))
    run = run_to_end(CORRECTION, review, service=None)
    assert run.world.state.memories["privacy_review"]["acts"][0] >= 10
    assert run.world.state.counts["disclosures"].sum() > 0


def test_disclosures_cost_trust():
    quiet = run_to_end(CORRECTION, privacy=None, service=None)
    loud = run_to_end(CORRECTION, service=None)
    lost = quiet.world.people.trust - loud.world.people.trust
    assert lost[:, 1].mean() > 0.01
    assert (lost[:, [2, 3, 4]] == 0).all()


def test_listening_improves_the_service_within_its_capacity():
    plan = ids.ServiceImprovement(delay=1.0, recall=1.0, capacity=ids.Capacity(per_day=15))
    with_it, without = run_to_end(plan), run_to_end()
    assert without.world.state.health["quality"][0] == pytest.approx(0.7, abs=1e-12)
    assert with_it.world.state.health["quality"][0] > 0.75
    resolved = with_it.world.state.counts["resolved"][0]
    assert resolved == 15 * 3, "four days, the first without remedies, since they take one"
    satisfied = [np.nanmean(run.world.state.health["satisfaction"]) for run in (with_it, without)]
    assert satisfied[0] > satisfied[1]
    trust = [run.world.people.trust[:, 1].mean() for run in (with_it, without)]
    assert trust[0] > trust[1]


def test_quality_returns_to_its_own_level():
    plan = ids.ServiceImprovement(delay=0.0, recall=1.0, when=ids.Between(0.0, 1.0))
    levels = []
    with stepping(
        scenario(plan, days=6.0, service=ids.Service(encounters_per_day=2.0, feedback=1.0, recovery=1.0))
    ) as run:
        for _ in range(run.scenario.steps):
            run.step()
            levels.append(float(run.world.state.health["quality"][0]) - 0.7)
    assert levels[30] > 0.05
    assert levels[-1] == pytest.approx(levels[30] * np.exp(-(len(levels) - 31) / 24.0), rel=1e-9)


@pytest.mark.parametrize(
    ("part", "mechanism"),
    [
        (ids.PrivacyGuidance(), "privacy"),
        (ids.PrivacyReview(), "privacy"),
        (ids.ServiceImprovement(), "service"),
    ],
)
def test_each_needs_its_mechanism(part, mechanism):
    with pytest.raises(MissingLeverError, match=f"only where {mechanism} is simulated"):
        scenario(part)


# --- who disclosed, and what it costs ------------------------------------------------------------------


TELLING = ids.Experiences(patients=2.0, caregivers=1.0, providers=3.0)


def by_author(run) -> tuple[np.ndarray, np.ndarray]:
    """Accounts of experience by professionals and by others, and which of them disclose."""
    rows = run.world.state.messages.slots
    rows = rows[(rows["live"] != 0) & (rows["kind"] == KINDS.index("experience"))]
    return run.world.people.role[rows["author"]] == ROLES.index("provider"), rows["discloses"] == 1


def test_stories_disclose_by_who_tells_them():
    """Lagu et al. 2008 for professionals, Ahmed et al. 2020 for stories: within four standard errors."""
    changes = {"privacy": ids.Privacy(), "experiences": TELLING, "service": None}
    run = run_to_end(days=6.0, platforms=[ids.Platform(horizon=240.0)], **changes)
    professionals, told = by_author(run)
    for mine, chance in ((professionals, 0.166), (~professionals, 0.321)):
        assert mine.sum() > 200
        assert within(int(told[mine].sum()), int(mine.sum()), chance)
    counted = run.world.state.counts["disclosures"].sum(axis=0).tolist()
    assert counted == [told[professionals].sum(), told[~professionals].sum()]


def test_corrections_disclose_as_physicians_posts_do():
    """Chretien et al. 2011: 0.7 % of corrections, all of them by professionals."""
    eager = CORRECTION.but(capacity=ids.Capacity(), published=1.0)
    crowd = PEOPLE.but(providers=0.4, super_spreaders=0.2)
    run = run_to_end(eager, days=8.0, privacy=ids.Privacy(), service=None, population=crowd)
    texts, counted = int(run.world.state.health["texts"].sum()), run.world.state.counts["disclosures"]
    assert texts > 3000
    assert within(int(counted.sum()), texts, 0.007)
    assert counted[:, 1].sum() == 0


def test_patients_can_be_guided_too():
    """Guidance for patients lowers their incidents by its share, and leaves those of professionals."""
    who = ids.Role("patient")
    trained = ids.PrivacyGuidance(who=who, effect=1.0, half_life=1e9)
    changes = {"privacy": ids.Privacy(trust_lost=0.0), "experiences": TELLING.but(caregivers=0.0)}
    with_it, without = (run_to_end(*plan, days=4.0, service=None, **changes) for plan in ((trained,), ()))
    found = [run.world.state.counts["disclosures"].sum(axis=0).tolist() for run in (with_it, without)]
    assert found[0][0] == found[1][0] > 10
    assert found[0][1] == 0 < found[1][1]


def test_incidents_of_patients_cost_trust_in_people_like_them():
    runs = [run_to_end(days=4.0, service=None, experiences=TELLING.but(providers=0.0),
                       privacy=ids.Privacy(story=1.0, trust_lost=lost)) for lost in (0.1, 0.0)]  # fmt: skip
    peers, providers = ([run.world.people.trust[:, k].mean() for run in runs] for k in (0, 1))
    assert peers[0] < peers[1] - 0.01
    assert providers[0] == providers[1]


def test_more_corrections_more_incidents_and_review_trades_time_for_them():
    """One comparison: corrections, incidents, hours to the first correction, staff minutes."""
    few, many = (
        CORRECTION.but(name=f"corrections {n}", capacity=ids.Capacity(per_actor_per_day=n)) for n in (1, 10)
    )
    review = ids.PrivacyReview(effect=0.8, delay=0.25)
    base = {"privacy": ids.Privacy(correction=0.2), "days": 3.0}
    plans = {"few": [few], "many": [many], "reviewed": [many, review]}
    found = {name: ids.simulate(scenario(*plan, **base), seed=1) for name, plan in plans.items()}

    def values(measure):
        return [found[name].final(measure) for name in plans]

    made, incidents = values("corrections_made"), values("disclosures_professionals")
    assert made[0] < made[1]
    assert incidents[0] < incidents[1]
    assert incidents[2] < incidents[1]
    assert values("response_time")[2] > values("response_time")[1] + 3.0
    minutes = values("staff_minutes")
    assert minutes[1] == 5.0 * made[1]
    assert minutes[2] > 5.0 * made[2]


def test_response_time_runs_from_birth_to_the_first_correction():
    """From the messages themselves: born, and corrected for the first time, which is told by their slot."""
    with stepping(scenario(CORRECTION, days=2.0, hours_per_step=0.5)) as run:
        first: dict[int, float] = {}
        for _ in range(run.scenario.steps):
            run.step()
            rows = run.world.state.messages.slots
            rows = rows[(rows["live"] != 0) & (rows["correction"] >= 0) & (rows["side"] < 0)]
            for key, born in zip(rows["key"].tolist(), rows["born"].tolist(), strict=True):
                first.setdefault(key, 0.5 * (run.world.step - 1 - born))
        result = run.result()
    assert result.final("messages_corrected") == len(first) > 30
    assert result.final("response_time") == pytest.approx(np.mean(list(first.values())), rel=1e-12)


# --- a listening desk that says what to correct --------------------------------------------------------


def two_topics():
    """One topic on which most are wrong and talk a lot, and one that is calm; named against their order."""
    loud = ids.Topic(name="loud", posting=ids.Posting(public=0.8), accurate_share=0.4)
    return [ids.Topic(name="calm", posting=ids.Posting(public=0.4), accurate_share=0.8), loud]


def test_targeted_corrections_go_to_the_loud_topic():
    run = run_to_end(ids.TargetedCorrection(recall=0.5), topics=two_topics(), privacy=None, service=None)
    made = run.world.state.counts["corrections_made"]
    heard = run.world.state.memories["targeted_correction"]["heard"]
    assert np.argmax(heard) == 1
    assert made[1] > 50
    assert made[0] < 0.05 * made[1], "but for the first hours, before anything was heard"


def test_with_one_topic_it_is_a_provider_correction():
    plans = [ids.TargetedCorrection(name="same", recall=0.5), ids.ProviderCorrection(name="same")]
    runs = [run_to_end(plan, privacy=None, service=None) for plan in plans]
    assert runs[0].world.state.lines.tobytes() == runs[1].world.state.lines.tobytes()
    assert runs[0].world.state.counts["corrections_made"].sum() > 50


def test_equal_capacity_is_equal_staff_time():
    """Where capacity binds, listening and not listening cost the same minutes, on other topics."""
    tight = {"capacity": ids.Capacity(per_day=5), "published": 0.0}
    plans = [ids.TargetedCorrection(recall=0.5, **tight), ids.ProviderCorrection(**tight)]
    found = [ids.simulate(scenario(plan, topics=two_topics(), days=4.0), seed=1) for plan in plans]
    assert found[0].final("staff_minutes") == found[1].final("staff_minutes") == 5.0 * 5 * 4
    loud = [result.final("corrections_made", topic="loud") for result in found]
    assert loud[0] > loud[1]
