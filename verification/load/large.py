"""Ten million people and a hundred million ties: `python -m verification.load.large`.

24 steps of the feed with cascade sizes alone; it ends with 1 if the process takes more than 6 GB at its
height, the making of the graph included.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time

import infodemic_sim as ids

MOST_GB = 6.0


def town(people: int) -> ids.Scenario:
    """Everybody follows ten others, as they follow them; one topic, one platform, one day."""
    graph = ids.graphs.ErdosRenyi(people=people, mean_degree=10.0, seed=1)
    return ids.Scenario(
        population=ids.Population(graph=graph, providers=0.001),
        topics=[ids.Topic(name="vaccines")],
        days=1.0,
        warm_up=0.0,
        record="end",
        cascades="sizes",
    )


def main(words: list[str]) -> int:
    """Make the graph, run, and say what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000_000)
    people = parser.parse_args(words).people
    began = time.monotonic()
    scenario = town(people)
    found = ids.simulate(scenario, seed=1)
    table = found.table
    whole = (table["platform"] == "all") & (table["topic"] == "all") & (table["subgroup"] == "all")
    seen = table[whole].groupby("measure")["value"].last()
    height = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9
    print(json.dumps({
        "people": people, "steps": scenario.steps, "seconds": round(time.monotonic() - began),
        "peak_gb": round(height, 2), "exposures_false": float(seen["exposures_false"]),
        "cascade_size_false": float(seen["cascade_size_false"]),
    }))  # fmt: skip
    return int(height > MOST_GB or not seen["exposures_false"] > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
