"""Numbers that a version of the model gives, to the last bit: `python -m tests.golden.record` writes them.

Numbers are changed only if MODEL_VERSION has been raised since: every run of a sweep has it in its address,
so that results of two models never stand in one table. With `--held` it says which of them differ here and
now, whatever Python, NumPy or compiler there is.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import infodemic_sim as ids
from infodemic_sim.model_version import MODEL_VERSION
from tests.identities.small import all_built_in, graph, scenario

NUMBERS = Path(__file__).parent / "numbers.json"
RULES = {
    "independent cascade": ids.IndependentCascade(chance=0.3),
    "Maki-Thompson": ids.MakiThompson(),
    "SEIR": ids.SEIR(time="continuous", transmission=0.5, incubation=0.5, recovery=0.3, starters=3),
    "Daley-Kendall": ids.DaleyKendall(),
    "Watts": ids.WattsThreshold(),
}


def numbers(threads: int = 1) -> dict[str, str]:
    """Measures of two small worlds in which everything happens, and how many each textbook rule reaches."""
    town = scenario(graph(200, seed=4), interventions=all_built_in(), record="end", days=2.0, warm_up=0.0)
    found = {
        **at_the_end(scenario(interventions=all_built_in(), record="end"), threads),
        **{f"200 people, 48 steps: {name}": value for name, value in at_the_end(town, threads).items()},
    }
    bare = ids.scale_free(300, mean_degree=6, seed=1)
    for name, rule in RULES.items():
        ran = rule.run(bare, seed=2026)
        found[f"reached: {name}"] = float(ran.reached).hex()
    return found


def at_the_end(plan: ids.Scenario, threads: int) -> dict[str, str]:
    """Every measure over everybody on the last day."""
    rows = ids.simulate(plan, seed=2026, replicate=1, threads=threads).table
    mine = rows[(rows["topic"] == "all") & (rows["platform"] == "all") & (rows["subgroup"] == "all")]
    mine = mine[mine["day"] == mine["day"].max()]
    return dict(zip(mine["measure"], mine["value"].map(float.hex), strict=True))


def recorded() -> dict[str, Any]:
    """What the file says."""
    return json.loads(NUMBERS.read_text()) if NUMBERS.exists() else {"model_version": 0, "numbers": {}}


def moved(now: dict[str, str]) -> list[str]:
    """Names of recorded numbers that are others now, or that are missing."""
    return sorted(name for name, value in recorded()["numbers"].items() if now.get(name) != value)


def main(words: list[str]) -> int:
    """Write the numbers, if they may be written; or only look."""
    now, before = numbers(), recorded()
    differing = moved(now)
    if differing and ("--held" in words or before["model_version"] == MODEL_VERSION):
        print(f"{len(differing)} of {len(now)} numbers differ: {', '.join(differing[:5])} …")
        print("If that is meant, raise MODEL_VERSION in infodemic_sim/model_version.py first.")
        return 1
    if "--held" in words:
        print(f"{len(before['numbers'])} numbers are the recorded ones, to the last bit.")
        return 0
    NUMBERS.write_text(json.dumps({"model_version": MODEL_VERSION, "numbers": now}, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
