"""Small studies that take a blink."""

from __future__ import annotations

from infodemic_sim.graphs import scale_free
from infodemic_sim.interventions import AccuracyPrompt, Inoculation, PeerSupport, ProviderCorrection
from infodemic_sim.population import Population
from infodemic_sim.scenario import Scenario
from infodemic_sim.topics import Posting, Topic

GRAPH = scale_free(200, mean_degree=10, seed=1)
PEOPLE = Population(graph=GRAPH, providers=0.05, peer_supporters=0.05)
TALK = Topic(name="vaccines", posting=Posting(public=0.5, provider=0.5))
TODAY = Scenario(population=PEOPLE, topics=[TALK], days=3.0, warm_up=1.0)
PROMPT = AccuracyPrompt(effect=0.9)
NOTHING = AccuracyPrompt(effect=0.0, name="prompt (zero effect)")


def plans() -> dict[str, Scenario]:
    """A baseline, a plan that works, one that does nothing."""
    return {
        "today": TODAY,
        "prompt": TODAY.but(interventions=[PROMPT]),
        "zero effect": TODAY.but(interventions=[NOTHING]),
    }


def many() -> dict[str, Scenario]:
    """Plans with every kind of intervention, alone and together."""
    kinds = [ProviderCorrection(), PeerSupport(), Inoculation(), PROMPT]
    alone = {kind.key: TODAY.but(interventions=[kind]) for kind in kinds}
    return {"today": TODAY, **alone, "all together": TODAY.but(interventions=kinds)}
