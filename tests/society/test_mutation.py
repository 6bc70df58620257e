"""Messages that change when they are passed on: exact rates, what is inherited, and trees that stay trees."""

from __future__ import annotations

import math

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.observe import OWN
from infodemic_sim.simulation import Run
from tests.society.worlds import begun, scenario

OFTEN = ids.Mutation(chance=0.3, inherited=1.0, turns_false=0.4, turns_accurate=0.1)


def retellings(run: Run, steps: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Rows of messages that were passed on changed, and of what became of them, step by step."""
    found = []
    world, plain = run.world, run.world._publish_retold

    def noted(people, rows, platform, topic, kind, rule):
        before = len(world.new_slots)
        plain(people, rows, platform, topic, kind, rule)
        (slots,) = world.new_slots[before:]
        keys = world.message_keys(people, platform, topic, kind, rows["key"])
        found.append((rows[np.argsort(keys)], world.state.messages.slots[slots].copy()))

    world._publish_retold = noted  # type: ignore[method-assign]
    for _ in range(steps):
        run.step()
    return found


@pytest.fixture(scope="module")
def changed():
    run = begun(scenario(400, mutation=OFTEN))
    return run, retellings(run, 120)


def test_messages_change_at_the_declared_rate(changed):
    counts = changed[0].world.state.counts
    retold = counts["retold"].sum()
    passed_on = retold + counts["posts"][:, :, :, 1].sum()
    assert retold > 200
    assert abs(retold - 0.3 * passed_on) < 4.0 * math.sqrt(passed_on * 0.3 * 0.7)


@pytest.mark.parametrize(("side", "chance"), [(1, 0.4), (-1, 0.1)])
def test_messages_turn_at_the_declared_rate(changed, side, chance):
    old, new = (np.concatenate(rows) for rows in zip(*changed[1], strict=True))
    mine = old["side"] == side
    turned, number = (new["side"][mine] == -side).sum(), mine.sum()
    assert number > 50
    assert abs(turned - number * chance) < 4.0 * math.sqrt(number * chance * (1.0 - chance))
    assert (abs(new["side"]) == abs(old["side"])).all()


def test_what_is_inherited(changed):
    """a' = a^h exp(s z - s^2 / 2), so that logarithms of the factors are normal; the rest is as it was."""
    old, new = (np.concatenate(rows) for rows in zip(*changed[1], strict=True))
    z = (np.log(new["appeal"]) - np.log(old["appeal"]) + 0.045) / 0.3
    assert abs(z.mean()) < 4.0 / math.sqrt(z.size)
    assert abs(z.var() - 1.0) < 4.0 * math.sqrt(2.0 / z.size)
    for name in ("topic", "kind", "strength", "platform"):
        assert (old[name] == new[name]).all()
    assert (new["origin"] == OWN).all()
    assert (new["correction"] == -1).all()
    assert (new["labels"] == 0).all()


def test_nothing_of_appeal_need_be_inherited():
    run = begun(scenario(300, mutation=OFTEN.but(inherited=0.0, appeal_spread=0.0)))
    found = retellings(run, 60)
    assert sum(rows.size for rows, _ in found) > 30
    assert all((new["appeal"] == 1.0).all() for _, new in found)


def test_counts_of_posts_and_messages_agree():
    """What changes is a message of its own, with a first post; only the rest counts as passed on."""
    run = begun(scenario(300, mutation=OFTEN, cascades="trees"), 96)
    world = run.world
    messages, posts, counts = world.logged("messages"), world.logged("posts"), world.state.counts
    assert (posts["parent"] < 0).sum() == messages.size == counts["posts"][:, :, :, 0].sum()
    assert (posts["parent"] >= 0).sum() == counts["posts"][:, :, :, 1].sum()
    assert counts["retold"].sum() > 100
    assert 0 < counts["turned_false"].sum() < counts["retold"].sum()


def test_what_never_turns_back_stays_false():
    """With every message false, none is ever accurate unless it is declared to turn so."""
    nobody = dict.fromkeys(ids.Posting.model_fields, 0.0)
    topic = ids.Topic(posting=ids.Posting(**{**nobody, "super_spreader": 5.0}))
    plain = scenario(200, topics=[topic], mutation=ids.Mutation(chance=1.0))
    spreading = plain.but(population=plain.population.but(super_spreaders=0.1))
    for turns, some in ((0.0, False), (0.5, True)):
        run = begun(spreading.but(mutation=ids.Mutation(chance=1.0, turns_accurate=turns)), 48)
        counts = run.world.state.counts
        assert counts["retold"].sum() > 20
        assert counts["posts"][:, :, 1:, 1].sum() == 0, "nothing is passed on unchanged"
        assert (counts["posts"][:, :, 2].sum() > 0) == some
