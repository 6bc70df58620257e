"""Numbers that a version of the model gives, to the last bit: `python -m tests.golden.record` writes them.

They are written only if MODEL_VERSION has been raised since: every run of a sweep has it in its address, so
that results of two models never stand in one table.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import infodemic_sim as ids
from infodemic_sim.model_version import MODEL_VERSION
from tests.identities.small import all_built_in, scenario

NUMBERS = Path(__file__).parent / "numbers.json"
RULES = {
    "independent cascade": ids.IndependentCascade(chance=0.3),
    "Maki-Thompson": ids.MakiThompson(),
    "SEIR": ids.SEIR(time="continuous", transmission=0.5, incubation=0.5, recovery=0.3, starters=3),
    "Daley-Kendall": ids.DaleyKendall(),
    "Watts": ids.WattsThreshold(),
}


def numbers() -> dict[str, str]:
    """Measures of a small world in which everything happens, and how many each textbook rule reaches."""
    plan = scenario(interventions=all_built_in(), record="end")
    rows = ids.simulate(plan, seed=2026, replicate=1).table
    mine = rows[(rows["topic"] == "all") & (rows["platform"] == "all") & (rows["subgroup"] == "all")]
    mine = mine[mine["day"] == mine["day"].max()]
    found = dict(zip(mine["measure"], mine["value"].map(float.hex), strict=True))
    graph = ids.scale_free(300, mean_degree=6, seed=1)
    for name, rule in RULES.items():
        ran = rule.run(graph, seed=2026)
        found[f"reached: {name}"] = float(ran.reached).hex()
    return found


def recorded() -> dict[str, object]:
    """What the file says."""
    return json.loads(NUMBERS.read_text()) if NUMBERS.exists() else {"model_version": 0, "numbers": {}}


def main() -> int:
    """Write the numbers, if they may be written."""
    before, now = recorded(), numbers()
    if before["numbers"] != now and before["model_version"] == MODEL_VERSION:
        print("The numbers differ: raise MODEL_VERSION in infodemic_sim/model_version.py first.")
        return 1
    NUMBERS.write_text(json.dumps({"model_version": MODEL_VERSION, "numbers": now}, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
