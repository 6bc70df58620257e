"""Privacy and the health service: each intervention does what its description says, measured."""

from __future__ import annotations

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.errors import MissingLeverError
from tests.interventions.lively import scenario, stepping, within

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
