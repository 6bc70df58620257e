"""Published trials inside the model: readings, the laboratory, the page, the table, and the command."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import infodemic_sim as ids
from infodemic_sim.catalog.fitting import Fitted
from infodemic_sim.catalog.laboratory import Arm, audience
from infodemic_sim.catalog.reproduction import Size
from infodemic_sim.catalog.trial import (
    OURS,
    Conducted,
    Effect,
    Judged,
    Trial,
    conduct,
    difference,
    published,
    relative,
    standardised,
    within_a_fifth,
)
from infodemic_sim.catalog.trials import TRIALS, loomba_2021, slaughter_2025
from infodemic_sim.cli import main
from infodemic_sim.kernels.layout import SEEN_FALSE
from infodemic_sim.report.trials import trials_html, trials_table, write_trials
from infodemic_sim.sources import sources

EVIL = "<script>alert('x')</script>"
SMALL = Size(seed=3, scale=0.05)


def made_up(*effects: Effect) -> Trial:
    return Trial(
        name="made_up",
        source="Watts2002",
        title=f"Made up {EVIL}",
        arms="None.",
        scale="None.",
        outcomes=(
            published("first", "points", -5.0, -6.0, -4.0, "FITTED"),
            within_a_fifth("second", "%", 10.0, "PREDICTED"),
            published("third", "%", 0.0, 0.0, 0.0, "PREDICTED", "none"),
        ),
        run=lambda size: effects or (Effect(-5.5, 0.1), Effect(13.0, 1.0), Effect(1.0)),
    )


# --- readings and effects -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ours", "error", "reading"),
    [(-5.0, 0.0, "inside"), (-6.0, 0.0, "inside"), (-6.3, 0.2, "unclear"), (-6.3, 0.1, "outside")],
)
def test_readings(ours, error, reading):
    assert Judged(made_up().outcomes[0], Effect(ours, error)).reading == reading


def test_intervals_hold_the_truth_as_often_as_they_say():
    """Each of 95 % of the intervals of 400 trials with a known effect: within 4 standard errors."""
    random = np.random.default_rng(5)
    truths = {difference: 0.5, relative: 100.0 * (0.5 / 2.0), standardised: 0.5 / 1.5}
    for effect, truth in truths.items():
        hits = 0
        for _ in range(400):
            treated, control = random.normal(2.5, 1.5, 300), random.normal(2.0, 1.5, 400)
            found = effect(treated, control)
            hits += found.low <= truth <= found.high
        assert abs(hits / 400 - 0.95) < 4 * np.sqrt(0.95 * 0.05 / 400)


def test_without_an_interval_a_fifth_is_allowed():
    outcome = within_a_fifth("x", "%", -10.0, "FITTED")
    assert (outcome.low, outcome.high, outcome.margin) == (-12.0, -8.0, "±20 %")


# --- the laboratory -----------------------------------------------------------------------------------


def test_everybody_sees_the_accounts_and_nobody_else():
    graph = audience(50)
    assert (np.diff(graph.indptr)[:50] == 5).all()
    assert (np.diff(graph.indptr)[50:] == 50).all()
    assert set(graph.indices[: 5 * 50].tolist()) == set(range(50, 55))


def test_participants_read_what_is_published_once():
    arm = Arm(400, seed=1, number=0, reading=True)
    arm.publish(5, -1)
    arm.pass_time(3)
    assert (arm.run.world.state.timelines[0].reads[:400, 0, 1] == 5).all()
    assert (arm.run.world.state.lines[:400, 0, SEEN_FALSE] > 4.9).all()


def test_arms_hold_other_people_and_a_fit_the_same():
    one, two, same = (Arm(50, seed=1, number=number) for number in (0, 1, 0))
    assert (one.belief != two.belief).all()
    assert (one.belief == same.belief).all()


def test_a_survey_is_what_the_feed_does():
    """Chances that participants tell are the rates at which they reshare when they read."""
    people = 4000
    asked, reading = (Arm(people, seed=2, number=0, reading=flag, sharing=0.5) for flag in (False, True))
    slots = [arm.publish(3, -1) for arm in (asked, reading)]
    asked.pass_time()
    chances = asked.ask(slots[0]).sharing
    reading.pass_time()
    shares = int(reading.run.world.state.messages.slots["shares"][slots[1]].sum())
    expected, spread = chances.sum(), np.sqrt((chances * (1.0 - chances)).sum())
    accounts = 5 * 3 * chances.mean() + 4.0  # the accounts read too
    # readings of one session move belief between items; its effect on later chances is below a hundredth
    assert abs(shares - expected) < 4.0 * spread + accounts + 0.01 * expected


def test_a_survey_changes_nothing():
    arm = Arm(100, seed=2, number=0)
    slots = arm.publish(4, 1)
    arm.pass_time()
    before = arm.run.world.state.lines.copy()
    first, second = arm.ask(slots), arm.ask(slots)
    assert (first.logits == second.logits).all()
    assert (arm.run.world.state.lines == before).all()


# --- the trials ---------------------------------------------------------------------------------------


def test_every_trial_says_what_it_is():
    names = [trial.name for trial in TRIALS]
    assert len(set(names)) == len(names) == 11
    for trial in TRIALS:
        assert trial.source in sources()
        for outcome in trial.outcomes:
            assert outcome.low <= outcome.value <= outcome.high
            assert outcome.kind in ("FITTED", "PREDICTED")
    kinds = {trial.name: {outcome.kind for outcome in trial.outcomes} for trial in TRIALS}
    assert kinds["bode_vraga_2018"] == {"PREDICTED"}
    assert [outcome.kind for outcome in slaughter_2025.TRIAL.outcomes] == ["PREDICTED", "FITTED"]
    assert "PREDICTED" in kinds["guess_2020"]


@pytest.mark.parametrize(
    "trial", [trial for trial in TRIALS if trial.name != "slaughter_2025"], ids=lambda t: t.name
)
def test_small_trials_lie_where_full_ones_do(trial):
    """At a twentieth of the size: inside, or within 4 standard errors of it; equal seeds, equal bits."""
    (result,) = conduct([trial], SMALL)
    for row in result.rows:
        slack = 4.0 * row.ours.error
        assert row.outcome.low - slack <= row.ours.value <= row.outcome.high + slack, row
    assert [row.ours for row in next(conduct([trial], SMALL)).rows] == [row.ours for row in result.rows]


@pytest.mark.parametrize("top", [1, 2, 3])
def test_intervals_of_falls_follow_from_published_shares(shared_data, top):
    """By the published errors of the classes below the cut, which hang together as shares of a whole do."""
    table = pd.read_csv(shared_data / "trials" / "loomba2021_ate.csv")
    table = table[(table["country"] == "uk") & (table["target"] == "self")]
    logits, variances = [], []
    for arm in ("Control", "Treatment"):
        rows = table[table["arm"] == arm]
        shares, errors = rows["mean"].to_numpy(), (rows["hi95"] - rows["lo95"]).to_numpy() / (2 * 1.96)
        together = -np.sqrt(np.outer(shares, shares) / np.outer(1.0 - shares, 1.0 - shares))
        np.fill_diagonal(together, 1.0)
        above = shares[:top].sum()
        logits.append(np.log(above / (1.0 - above)))
        variance = (together * np.outer(errors, errors))[top:, top:].sum()
        variances.append(variance / (above * (1.0 - above)) ** 2)
    fall, half = logits[0] - logits[1], 1.96 * np.sqrt(sum(variances))
    outcome = loomba_2021.TRIAL.outcomes[top]
    told = (outcome.low, outcome.value, outcome.high)
    assert np.allclose(told, (fall - half, fall, fall + half), rtol=0, atol=0.0006)  # to three digits


def test_a_stronger_claim_persuades_more():
    weak, strong = (
        loomba_2021.run(SMALL, ids.FeedSpread(persuasion_claim=value))[0].value for value in (0.3, 1.5)
    )
    assert strong < weak < 0.0


def test_what_is_fitted_is_declared():
    found = Fitted(ids.FeedSpread, "persuasion_claim", loomba_2021.TRIAL, 0.9)
    assert found.declared == ids.FeedSpread().persuasion_claim
    upper = Fitted(ids.CrowdNotes, "sharing_effect", slaughter_2025.TRIAL, 0.76, upper_end=True)
    assert upper.declared == 0.76 > ids.CrowdNotes().sharing_effect


def test_whose_an_interval_is_is_known_of_every_effect():
    """A new kind of margin is put with those of others, or with ours, which the page counts apart."""
    theirs = {"published", loomba_2021.SHARES, "reviews of depression, loneliness"}
    told = {row.margin: row.ours for trial in TRIALS for row in trial.outcomes}
    assert {margin for margin, ours in told.items() if not ours} == theirs
    assert {margin for margin, ours in told.items() if ours} == OURS


# --- page, table and command --------------------------------------------------------------------------


def test_the_page_escapes_and_tells_all(tmp_path):
    results = list(conduct([made_up()], SMALL))
    page = trials_html(results, SMALL)
    assert EVIL not in page
    assert (
        "Of 3 effects lie inside intervals that were published: 1 of 1; inside intervals that we set" in page
    )
    assert "none was published: 0 of 2 (our own interval reaches 1 more; outside: 1)." in page
    assert page.count("outside</span>") == 1
    assert "fewer people" in page
    paths = write_trials(results, tmp_path, SMALL)
    table = pd.read_csv(paths[1])
    assert table["reading"].tolist() == ["inside", "unclear", "outside"]
    assert table["kind"].tolist() == ["FITTED", "PREDICTED", "PREDICTED"]
    pd.testing.assert_frame_equal(table, trials_table(results), check_dtype=False)


def test_a_trial_whose_effects_do_not_fit_its_outcomes():
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        list(conduct([made_up(Effect(1.0))], SMALL))


def command(*words: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        main([*words])
    return int(stopped.value.code or 0)


def test_the_command(tmp_path, capsys):
    assert command("trials", "walter_2021", "--scale", "0.05", "--out", str(tmp_path)) == 0
    assert "1 of 1: walter_2021: 1 of 1 effects inside" in capsys.readouterr().err
    assert (tmp_path / "trials.html").exists()
    assert command("trials", "--list") == 0
    listed = capsys.readouterr().out
    assert all(trial.name in listed for trial in TRIALS)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["walter"], "'walter' is not in the catalogue. Did you mean 'walter_2021'?"),
        (["walter_2021", "--scale", "0"], "scale must be a number above 0, but got 0.0."),
        (["walter_2021", "--seed", "-1"], "seed must be"),
    ],
)
def test_what_the_command_refuses(words, sentence, capsys):
    assert command("trials", *words) != 0
    assert sentence in capsys.readouterr().err


def test_counts_of_a_trial():
    (result,) = conduct([made_up()], SMALL)
    assert isinstance(result, Conducted)
    assert [result.count(reading) for reading in ("inside", "unclear", "outside")] == [1, 1, 1]
