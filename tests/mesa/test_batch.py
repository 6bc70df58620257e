"""Mesa's own batch runs equal ``simulate``, in one process and in two."""

from __future__ import annotations

import mesa
import pytest

import infodemic_sim as ids
from infodemic_sim.mesa_model import InfodemicModel
from tests.identities.small import all_built_in, scenario
from tests.mesa.institutions import OF_PROVIDERS, Clinic, WithAgents

MEASURES = ("misinformed", "exposures_false", "staff_minutes")
pytestmark = pytest.mark.skipif(not hasattr(mesa, "batch_run"), reason="this Mesa has no batch_run.")


def batch(processes: int = 1, **parameters: object) -> list[dict[str, object]]:
    given = {"seed": 7, "measures": " ".join(MEASURES), "replicate": range(2), **parameters}
    rows = mesa.batch_run(
        WithAgents, given, number_processes=processes, max_steps=1000, display_progress=False
    )
    return sorted(rows, key=lambda row: row["RunId"])


@pytest.mark.parametrize("kind", [InfodemicModel, WithAgents])
def test_seeds_of_batch_runs_reach_a_model_and_its_subclasses(kind):
    given = {"plan": [scenario(days=1.0)], "seed": [3, 4]}
    rows = mesa.batch_run(kind, given, max_steps=100, display_progress=False)
    assert [row["seed"] for row in rows] == [3, 4]
    assert rows[0]["misinformed"] != rows[1]["misinformed"]


def test_batch_runs_equal_simulate():
    plans = [scenario(days=1.0), scenario(days=1.0, interventions=all_built_in())]
    rows = batch(plan=plans)
    assert len(rows) == 4
    for row in rows:
        result = ids.simulate(row["plan"], seed=7, replicate=row["replicate"])
        assert row["day"] == 1.0
        assert {name: row[name] for name in MEASURES} == {name: result.final(name) for name in MEASURES}


@pytest.mark.slow
def test_two_processes_equal_one_with_plans_names_changes_and_institutions():
    clinic = (Clinic, "provider_correction", OF_PROVIDERS)
    plans = [scenario(interventions=all_built_in()), "demo"]
    words = {"plan": plans, "days": 0.5, "warm_up": 1.0, "interventions": [()], "agents": [(clinic,)]}
    one, two = batch(1, **words), batch(2, **words)
    assert [[row[name] for name in MEASURES] for row in one] == [
        [row[name] for name in MEASURES] for row in two
    ]
    assert len(one) == 4
    assert all(row["staff_minutes"] > 0 for row in one)
