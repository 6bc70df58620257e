"""Rules of opinions against NDlib's: step by step, or two samples from one distribution, at .001.

Its Hegselmann-Krause model is another one: it moves one random person in a round, and leaves the person's
own opinion out of the mean.
"""

from __future__ import annotations

import random

import networkx as nx
import numpy as np
import pytest
from scipy.stats import chi2_contingency, ks_2samp

from infodemic_sim.graphs import from_networkx
from infodemic_sim.spread.deffuant import Deffuant
from infodemic_sim.spread.friedkin_johnsen import FriedkinJohnsen
from infodemic_sim.spread.voter import INFORMED, Voter
from tests.spread.opinion_twins import ground_of, walked

NETWORK = nx.Graph(nx.karate_club_graph().edges())
OURS = from_networkx(NETWORK)
ORDER = list(NETWORK)
LEVEL = 0.001
RUNS = 400


@pytest.fixture
def theirs():
    """NDlib's opinion models; each seeds NumPy's draws as it is made, by default by luck."""
    import ndlib.models.opinions

    random.seed(1)
    return ndlib.models.opinions


def configured(model, **parameters):
    """A model of theirs, ready to run."""
    from ndlib.models import ModelConfig

    configuration = ModelConfig.Configuration()
    for name, value in parameters.items():
        if isinstance(value, dict):
            for person, share in value.items():
                configuration.add_node_configuration(name, person, share)
        elif isinstance(value, list):
            configuration.add_model_initial_configuration(name, value)
        else:
            configuration.add_model_parameter(name, value)
    model.set_initial_status(configuration)
    return model


def rounds(model, number):
    """A model of theirs after some rounds; its first iteration only tells about the start."""
    for _ in range(number + 1):
        model.iteration(node_status=False)
    return [model.status[person] for person in ORDER]


def test_friedkin_johnsen(theirs):
    """Their people give their own opinion no weight."""
    stubborn = dict(zip(ORDER, np.random.default_rng(1).random(34).tolist(), strict=True))
    model = configured(theirs.FJModel(NETWORK), stubbornness=stubborn)
    rule = FriedkinJohnsen(
        start=tuple(model.initial_status[person] for person in ORDER),
        susceptibility=tuple(1.0 - stubborn[person] for person in ORDER),
        self_weight=0.0,
    )
    opinion = walked(rule, ground_of(OURS), 20)[0]["opinion"]
    np.testing.assert_allclose(opinion, rounds(model, 20), atol=1e-12)


@pytest.mark.parametrize("after", [2, 8])
def test_deffuant(theirs, after):
    """Spread of opinions; their algorithm without bias (gamma 0)."""
    rule = Deffuant(confidence=0.3)
    spreads = [
        np.var(rounds(configured(theirs.AlgorithmicBiasModel(NETWORK, seed), epsilon=0.3, gamma=0.0), after))
        for seed in range(RUNS)
    ]
    ours = [np.var(walked(rule, ground_of(OURS, seed), after)[0]["opinion"]) for seed in range(RUNS)]
    assert ks_2samp(spreads, ours).pvalue > LEVEL


def test_voter(theirs):
    """How many of 34 hold the opinion of the seventeen who started with it, after three sweeps."""
    informed = ORDER[:17]
    places = tuple(range(17))
    found = [
        sum(rounds(configured(theirs.VoterModel(NETWORK, seed), Infected=informed), 3 * 34))
        for seed in range(RUNS)
    ]
    ours = [
        int((walked(Voter(start=places), ground_of(OURS, seed), 3)[0]["status"] == INFORMED).sum())
        for seed in range(RUNS)
    ]
    edges = [0, 9, 14, 19, 24, 35]
    table = np.array([np.histogram(values, edges)[0] for values in (found, ours)])
    assert table.min() >= 5
    assert chi2_contingency(table).pvalue > LEVEL
