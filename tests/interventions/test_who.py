"""Whom targets name, and what is said about names that nothing has."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.errors import NotWritableError, ParameterError, UnknownNameError
from infodemic_sim.graphs.columns import Categories
from infodemic_sim.interventions.who import BUILT_IN, ByFunction, Rows
from infodemic_sim.population.base import LITERACY, ROLES
from tests.interventions.lively import GRAPH, PEOPLE, N, scenario, stepping, within, world

TOWN = Categories((np.arange(N) % 3 - 1).astype(np.int32), ("north", "south"))
"""A third of the people live in neither town."""


@pytest.fixture(scope="module")
def at():
    marked = GRAPH.with_attributes(town=TOWN, key=1000.0 + 7.0 * np.arange(N)[::-1], age=np.arange(N) * 1.0)
    return world(population=PEOPLE.but(graph=marked))


def test_everyone_and_nobody(at):
    assert ids.Everyone().mask(at).all()
    assert not ids.Nobody().mask(at).any()


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 1.0])
def test_a_share_is_drawn_once_and_grows(at, share):
    mask = ids.Share(share=share).mask(at)
    assert within(mask.sum(), N, share)
    assert (mask <= ids.Share(share=min(1.0, share + 0.2)).mask(at)).all()
    at.state.step += 5
    assert (ids.Share(share=share).mask(at) == mask).all()
    at.state.step -= 5


@pytest.mark.parametrize("role", ROLES)
def test_roles(at, role):
    assert (ids.Role(role).mask(at) == (at.people.role == ROLES.index(role))).all()


@pytest.mark.parametrize("part", LITERACY)
def test_levels_of_literacy(at, part):
    mask = ids.Subgroup(partition="literacy", part=part).mask(at)
    assert (mask == (at.people.literacy == LITERACY.index(part))).all()


def test_parts_of_a_column(at):
    north = ids.Subgroup(partition="town", part="north").mask(at)
    south = ids.Subgroup(partition="town", part="south").mask(at)
    assert (north == (np.arange(N) % 3 == 1)).all()
    assert (south == (np.arange(N) % 3 == 2)).all()
    provider = ids.Subgroup(partition="role", part="provider").mask(at)
    assert (provider == ids.Role("provider").mask(at)).all()


@pytest.mark.parametrize("share", [0.0, 0.01, 0.1, 1.0])
def test_the_most_followed(at, share):
    mask = ids.MostFollowed(share=share).mask(at)
    followers = np.bincount(GRAPH.indices, minlength=N)
    assert mask.sum() == round(share * N)
    if 0 < mask.sum() < N:
        least = followers[mask].min()
        assert (followers[~mask] <= least).all()
        at_least = np.flatnonzero(followers == least)
        inside, outside = at.people.key[at_least[mask[at_least]]], at.people.key[at_least[~mask[at_least]]]
        assert not outside.size or inside.max() < outside.min(), "equal counts are ordered by identity"


def test_believers_are_so_at_this_moment(at):
    state = at.state.lines[:, 0, 0].copy()
    at.state.lines[:, 0, 0] = np.where(np.arange(N) < 40, -0.5, 0.5)
    at.state.lines[39, 0, 1] = 1.0
    mask = ids.Believers(topic="vaccines").mask(at)
    assert mask.tolist() == [k < 39 for k in range(N)]
    assert (ids.Believers().mask(at) == mask).all()
    at.state.lines[:, 0, 0] = state
    at.state.lines[39, 0, 1] = 0.0


def test_the_chosen_are_known_by_identity(at):
    keys = at.people.key[[3, 5, 250]]
    assert np.flatnonzero(ids.Chosen(keys=keys.tolist()).mask(at)).tolist() == [3, 5, 250]
    with pytest.raises(UnknownNameError, match="nobody in this population has the identity 1"):
        ids.Chosen(keys=(1,)).mask(at)
    assert not ids.Chosen(keys=()).mask(at).any()


def test_a_mask_names_places_whatever_the_identities(at):
    wanted = np.arange(at.n) % 9 == 0
    who = ids.AccuracyPrompt(who=wanted).who
    assert (who.mask(at) == wanted).all()
    with pytest.raises(ParameterError, match="the mask names 5 people"):
        ids.AccuracyPrompt(who=np.ones(5, bool)).who.mask(at)


def test_plain_things_are_targets_too():
    at = world()
    wanted = np.arange(N) % 7 == 0
    for who in (
        wanted,
        np.flatnonzero(wanted),
        lambda there: np.arange(there.n) % 7 == 0,
        {"type": "chosen", "keys": np.flatnonzero(wanted).tolist()},
    ):
        assert (ids.AccuracyPrompt(who=who).who.mask(at) == wanted).all()
    assert (ids.AccuracyPrompt(who="everyone").who == ids.Everyone()) is True


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda at: ids.Role("provder"), "Did you mean 'provider'"),
        (lambda at: ids.Role(), "role is required"),
        (lambda at: ids.Subgroup(partition="literacy", part="basics").mask(at), "Did you mean 'basic'"),
        (lambda at: ids.Subgroup(partition="towns", part="north").mask(at), "Did you mean 'town'"),
        (lambda at: ids.Subgroup(partition="wealth", part="40").mask(at), "not a partition"),
        (lambda at: ids.Believers(topic="vaccine").mask(at), "Did you mean 'vaccines'"),
        (lambda at: ids.AccuracyPrompt(who="everybody"), "not a known type"),
        (lambda at: ids.AccuracyPrompt(who={"type": "most_folowed", "share": 0.1}), "'most_followed'"),
    ],
)
def test_unknown_names_are_answered_with_the_nearest(at, make, told):
    with pytest.raises(ParameterError, match=told) as caught:
        make(at)
    if "required" not in told:
        assert isinstance(caught.value, UnknownNameError)


@pytest.mark.parametrize(
    "make",
    [
        lambda at: ids.Share(share=1.5),
        lambda at: ids.MostFollowed(share=-0.1),
        lambda at: ids.Sample(people=-1),
        lambda at: ids.AccuracyPrompt(who=np.array([0.5, 1.0])),
        lambda at: ids.Chosen(keys=(-1,)),
        lambda at: ids.Chosen(keys=(1 << 64,)),
        lambda at: ids.AccuracyPrompt(who=np.array([-1, 3])),
        lambda at: ByFunction(function=lambda there: np.ones(there.n)).mask(at),
        lambda at: ByFunction(function=lambda there: np.ones(there.n - 1, bool)).mask(at),
    ],
)
def test_what_names_nobody_is_refused(at, make):
    with pytest.raises(ParameterError):
        make(at)


def test_functions_run_but_cannot_be_written_down():
    with pytest.raises(NotWritableError, match="cannot be written down"):
        ids.AccuracyPrompt(who=lambda at: np.ones(at.n, bool)).to_dict()


def test_all_targets_are_looked_at_here():
    named = (ids.Everyone, ids.Nobody, ids.Share, ids.Role, ids.Subgroup, ids.MostFollowed, ids.Believers)
    assert set(BUILT_IN) == {*named, ids.FriendsOfRandom, ids.AtRisk, ids.Chosen, Rows, ids.Sample}


def test_named_friends_are_friends_and_better_connected(at):
    graph, keys = at.setting.graphs[0], at.people.key
    named = ids.FriendsOfRandom(share=1.0).mask(at)
    followers = np.bincount(graph.indices, minlength=N)
    assert (followers[named] > 0).all()
    some = ids.FriendsOfRandom(share=0.3).mask(at)
    assert (some <= named).all()
    assert some.sum() <= round(0.3 * N) + 4 * np.sqrt(0.21 * N)
    assert followers[some].mean() > followers.mean()
    one = ids.SocialGraph.from_ties(np.array([0]), np.array([2]), 3, True)
    lonely = world(population=PEOPLE.but(graph=one))
    mask = ids.FriendsOfRandom(share=1.0).mask(lonely)
    assert mask.sum() == 1
    assert not ids.FriendsOfRandom(share=0.0).mask(at).any()
    assert keys.size == N


@pytest.mark.parametrize("of", [ids.Everyone(), ids.Role("provider"), ids.FriendsOfRandom(share=0.5)])
def test_a_sample_is_so_many_of_those_named(at, of):
    named = of.mask(at)
    masks = [ids.Sample(people=people, of=of).mask(at) for people in (0, 1, 12, int(named.sum()), N + 1)]
    assert [mask.sum() for mask in masks] == [0, 1, 12, named.sum(), named.sum()]
    for fewer, more in pairwise(masks):
        assert (fewer <= more).all()
    assert (masks[-1] == named).all()


def test_a_sample_is_drawn_once_but_of_those_who_are_named_now(at):
    state = at.state.lines[:, 0, 0].copy()
    at.state.lines[:, 0, 0] = -1.0
    sample = ids.Sample(people=20, of=ids.Believers())
    before = sample.mask(at)
    assert (sample.mask(at) == before).all()
    at.state.lines[before, 0, 0] = 1.0
    assert sample.mask(at).sum() == 20
    assert not (sample.mask(at) & before).any()
    at.state.lines[:, 0, 0] = state


def test_samples_of_other_replicates_are_others():
    masks = []
    for replicate in range(40):
        with stepping(scenario(), replicate=replicate) as run:
            masks.append(ids.Sample(people=30).mask(run.world))
    each = np.sum(masks, axis=0)
    assert all(within(count, 40, 0.1, errors=5.0) for count in each), "nobody is chosen more often"
    with stepping(scenario()) as run:
        apart = ids.Share(share=0.1).mask(run.world) & masks[0]
    assert apart.sum() < 15, "its lot is not that of a share"


def test_a_sample_is_written_down():
    who = ids.Sample(people=7, of=ids.Role("provider"))
    written = ids.AccuracyPrompt(who=who).to_dict()["who"]
    assert written == {"type": "sample", "people": 7, "of": {"type": "role", "role": "provider"}}
    assert ids.AccuracyPrompt(who=written).who == who
    with pytest.raises(NotWritableError):
        ids.AccuracyPrompt(who=ids.Sample(people=1, of=lambda at: np.ones(at.n, bool))).to_dict()


def test_people_at_risk(at):
    people = at.people
    mask = ids.AtRisk(isolated_above=0.5, literacy="basic", trust_below=0.2).mask(at)
    reasons = (people.isolation > 0.5) | (people.literacy <= 1) | (people.trust[:, 1] < 0.2)
    assert (mask == reasons).all()
    assert not ids.AtRisk(isolated_above=1.0, literacy="none", trust_below=0.0).mask(at).any()
