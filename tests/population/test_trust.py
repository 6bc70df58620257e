"""Parts of the people trust differently: by so many logits, nobody else, and it shows in what works."""

from __future__ import annotations

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.errors import UnknownNameError
from infodemic_sim.graphs import categories
from infodemic_sim.kernels.layout import TRUST
from infodemic_sim.population import LITERACY, draw_people
from infodemic_sim.randomness import Draws
from tests.interventions.lively import PEOPLE, scenario, stepping

N = 600
REGIONS = np.array(["north", "south", ""])[np.arange(N) % 3]
GRAPH = ids.erdos_renyi(N, mean_degree=4.0, seed=1).with_attributes(region=categories(REGIONS))


def people_of(*shifts: ids.TrustShift):
    population = ids.Population(graph=GRAPH, trust_shifts=shifts)
    return draw_people(population, GRAPH, Draws(1, 0))


def logits(trust: np.ndarray) -> np.ndarray:
    return np.log(trust / (1.0 - trust.astype(float)))


def test_a_shift_moves_the_logit_of_that_source_in_that_part():
    plain = people_of()
    shifted = people_of(ids.TrustShift(partition="literacy", part="below_basic", provider=-0.75, peer=0.5))
    low = plain.literacy == 0
    moved = logits(shifted.trust) - logits(plain.trust)
    assert low.sum() > 50
    assert moved[low, TRUST.index("provider")] == pytest.approx(-0.75, abs=1e-4)
    assert moved[low, TRUST.index("peer")] == pytest.approx(0.5, abs=1e-4)
    untouched = shifted.trust[:, 2:]
    assert (untouched == plain.trust[:, 2:]).all()
    assert (shifted.trust[~low] == plain.trust[~low]).all()


def test_shifts_by_any_attribute_add_up():
    """Who belongs to no part is in none; parts of several partitions overlap."""
    plain = people_of()
    shifted = people_of(
        ids.TrustShift(partition="region", part="south", institution=1.0),
        ids.TrustShift(partition="role", part="patient", institution=-0.25),
    )
    south, patients = REGIONS == "south", plain.role == 1
    expected = np.where(south, 1.0, 0.0) - np.where(patients, 0.25, 0.0)
    moved = (logits(shifted.trust) - logits(plain.trust))[:, TRUST.index("institution")]
    assert moved == pytest.approx(expected, abs=1e-4)
    assert (south & patients).any()


def test_a_shift_of_zero_changes_no_bit():
    for name in ("literacy", "region"):
        part = "basic" if name == "literacy" else "north"
        assert (people_of(ids.TrustShift(partition=name, part=part)).trust == people_of().trust).all()


def test_people_who_trust_providers_less_learn_less_from_them():
    """Conversations alone move beliefs: those of the part learn less, each one, and nobody else differs."""
    part = ids.Counselling(who=ids.Everyone(), per_day=2.0)
    quiet, ends = ids.Platform(sessions_per_day=0.0), []
    shifts = (ids.TrustShift(partition="literacy", part="below_basic", provider=-1.5),)
    for people in (PEOPLE, PEOPLE.but(trust_shifts=shifts)):
        with stepping(scenario(part, population=people, platforms=[quiet])) as run:
            before = run.world.belief(0)
            result = run.finish()
            ends.append((run.world.belief(0) - before, run.world.people.literacy == 0, result.table))
    (usual, low, table), (less, _, other) = ends
    told = usual > 0.0
    assert (less[~low] == usual[~low]).all()
    assert (less[low & told] < usual[low & told]).all()
    assert (low & told).sum() > 20
    final = [
        each[(each["measure"] == "credence") & (each["day"] == 2.0)].set_index("subgroup")["value"]
        for each in (table, other)
    ]
    differs = final[0] != final[1]
    assert differs[["all", "literacy=below_basic"]].all()
    assert not differs[[f"literacy={level}" for level in LITERACY[1:]]].any()


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: ids.TrustShift(partition="literacy", part="below basic"), "Did you mean 'below_basic'"),
        (
            lambda: ids.TrustShift(partition="role", part="nurse", provider=1.0),
            "'nurse' is not a part of role",
        ),
        (lambda: people_of(ids.TrustShift(partition="regio", part="north")), "Did you mean 'region'"),
        (lambda: people_of(ids.TrustShift(partition="region", part="nort")), "Did you mean 'north'"),
        (lambda: ids.Population(graph=GRAPH, subgroups=("regoin",)), "Did you mean 'region'"),
        (lambda: ids.Subgroup(partition="literacy", part="basci"), "Did you mean 'basic'"),
    ],
)
def test_what_is_not_there_is_refused_when_it_is_made(make, told):
    with pytest.raises(UnknownNameError, match=told):
        make()


def test_a_recipe_of_a_graph_is_looked_at_when_it_is_followed():
    recipe = ids.graphs.ErdosRenyi(people=50, mean_degree=4.0, seed=1)
    population = ids.Population(graph=recipe, trust_shifts=[ids.TrustShift(partition="region", part="north")])
    with pytest.raises(UnknownNameError, match="'region' is not a partition of people"):
        ids.Run(ids.Scenario(population=population), seed=1)
