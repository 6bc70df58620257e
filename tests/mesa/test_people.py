"""People seen as Mesa agents: made when they are asked for, read from the arrays, and kept."""

from __future__ import annotations

import gc

import mesa
import numpy as np
import pytest

from infodemic_sim.errors import ParameterError
from infodemic_sim.mesa_model import InfodemicModel, Institution, PersonView
from tests.identities.small import scenario


@pytest.fixture
def model() -> InfodemicModel:
    model = InfodemicModel(scenario(days=1.0), rng=1)
    for _ in range(5):
        model.step()
    return model


def test_views_tell_what_the_arrays_hold(model):
    world = model.world
    assert len(model.people) == world.n
    assert model.people.get("key") == world.people.key.tolist()
    assert model.people.get("isolation") == world.people.isolation.tolist()
    assert np.array_equal(model.people.get("belief"), world.belief(0))
    assert model.people.agg("misinformed", np.mean) == model.measure("misinformed", topic="one")
    assert model.people.agg("credence", np.mean) == pytest.approx(model.measure("credence", topic="one"))
    assert [view.belief_in("two") for view in model.people] == world.belief(1).tolist()
    assert {view.part_of("literacy") for view in model.people} == set(model.people.get("literacy"))


def test_sets_of_people_select_group_sort_and_do(model):
    providers = model.people.select(lambda person: person.role == "provider")
    assert 0 < len(providers) < len(model.people)
    assert len(providers) == np.count_nonzero(model.world.people.role == 3)
    assert model.people.groupby("role").count()["provider"] == len(providers)
    highest = next(iter(model.people.sort("credence")))
    assert highest.credence == model.people.agg("credence", max)
    told = []
    providers.do(lambda person: told.append(person.key))
    assert told == providers.get("key")
    assert sorted(model.people.shuffle().get("key")) == sorted(model.people.get("key"))


def test_views_are_made_lazily_once_and_kept(model):
    assert not model._views
    few = model.people_at(np.array([3, 5]))
    gc.collect()
    assert few.get("place") == [3, 5]
    assert len(model._views) == 2
    assert list(model.people)[3] is next(iter(few))


def test_a_list_of_true_and_false_is_a_mask(model):
    chosen = [person.misinformed for person in model.people]
    assert 0 < sum(chosen) < len(chosen)
    assert model.people_at(chosen).get("place") == np.flatnonzero(chosen).tolist()
    assert len(model.people_at([])) == 0


@pytest.mark.parametrize(
    "people", [[-1], [10**6], [1.5], [True], np.ones(3, bool), np.ones(5), ["anna"], [[1, 2]], 3, None]
)
def test_what_names_nobody_here_is_refused(people):
    model = InfodemicModel(scenario(days=1.0), rng=1)
    clinic = Institution(model)
    with pytest.raises(ParameterError, match=r"people must be a mask of [\d,]+ people, positions from 0 to"):
        model.people_at(people)
    with pytest.raises(ParameterError, match="people must be a mask"):
        clinic.support(people, 0.5)


def test_followees_are_those_of_the_graph(model):
    graph = model.world.setting.graphs[0]
    view = next(iter(model.people))
    assert view.followees.get("place") == graph.indices[: graph.indptr[1]].tolist()
    assert len(view.followees_on("b")) == len(view.followees)


def test_people_are_read_only_and_stay(model):
    view = next(iter(model.people))
    with pytest.raises(AttributeError):
        model.people.set("isolation", 0.0)
    with pytest.raises(ParameterError, match="cannot be removed"):
        view.remove()


def test_frames_tell_institutions_apart_from_people():
    model = InfodemicModel(scenario(days=1.0), rng=1)
    desk = Institution(model, "desk")
    model.datacollector = mesa.DataCollector(
        agent_reporters={"name": "key"},
        agenttype_reporters={PersonView: {"credence": "credence", "isolation": "isolation"}},
    )
    for _ in range(2):
        model.step()
    assert list(model.agents) == [desk]
    agents = model.datacollector.get_agent_vars_dataframe()
    assert agents["name"].tolist() == ["desk", "desk"]
    people = model.datacollector.get_agenttype_vars_dataframe(PersonView)
    assert len(people) == 2 * model.world.n
    last = people.xs(people.index.get_level_values("Step").max(), level="Step")
    assert last.index.tolist() == model.world.people.key.tolist()
    assert last["isolation"].tolist() == model.world.people.isolation.tolist()
