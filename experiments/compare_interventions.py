"""Which of five interventions helps most on a given network?

    python experiments/compare_interventions.py GRAPH [--days D] [--replicates R] [--seed S]
                                                [--threads T] [--workers W] [--out DIR] [--overwrite]

GRAPH is any network file that the tool reads. The question, the design and what it showed on a real
network stand in compare_interventions.md beside this file.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import infodemic_sim as ids
from infodemic_sim.errors import InfodemicError
from infodemic_sim.graphs import GraphFile
from infodemic_sim.study.plans import plans_of
from infodemic_sim.study.progress import shown_progress

OUT = Path("out/compare_interventions")
INTERVENTIONS = (
    ids.ProviderCorrection(),
    ids.PeerSupport(),
    ids.Inoculation(),
    ids.WarningLabel(),
    ids.AccuracyPrompt(),
)


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description="Compare five interventions on a network file.")
    parser.add_argument("graph", help="network file: an edge list, GraphML, GEXF, GML, Pajek …")
    parser.add_argument("--days", type=float, default=60.0, help="days after day 0 (60)")
    parser.add_argument("--replicates", type=int, default=20, help="paired replicates (20)")
    parser.add_argument("--seed", type=int, default=1, help="fixes every draw (1)")
    parser.add_argument("--threads", type=int, default=1, help="threads of each run (1)")
    parser.add_argument("--workers", type=int, default=1, help="processes (1)")
    parser.add_argument("--out", type=Path, default=OUT, help=f"folder of results ({OUT})")
    parser.add_argument("--overwrite", action="store_true", help="replace results in that folder")
    return parser.parse_args()


def main() -> int:
    """Run the comparison and write its files."""
    asked = arguments()
    population = ids.Population(graph=GraphFile(path=asked.graph))
    scenario = ids.Scenario(population=population, interventions=INTERVENTIONS, days=asked.days)
    with shown_progress() as progress:
        comparison = ids.compare(
            plans_of(scenario),
            replicates=asked.replicates,
            seed=asked.seed,
            workers=asked.workers,
            threads=asked.threads,
            out=asked.out,
            overwrite=asked.overwrite,
            progress=progress,
        )
    effects = comparison.effects()
    everybody = (effects.platform == "all") & (effects.topic == "all") & (effects.subgroup == "all")
    primary = effects[everybody & (effects.measure == scenario.primary)]
    print(primary[["plan", "difference", "low", "high", "probability_of_benefit"]].to_string(index=False))
    print(f"Written to {asked.out}.")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except InfodemicError as error:
        sys.exit(f"compare_interventions: {error}")
