"""Which parameters decide what plans against misinformation do?

python -m experiments.what_matters --workers 2
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import infodemic_sim as ids
from experiments.common import Size, town
from infodemic_sim.cli.sensing import write
from infodemic_sim.errors import InfodemicError
from infodemic_sim.sensitivity import Answer
from infodemic_sim.study.progress import shown_progress

NAME = "what_matters"
SIZE = Size(people=1_000, days=20.0, replicates=4)
TRAJECTORIES = 8
PLANS = {
    "today": (),
    "providers correct": ("provider_correction",),
    "warning labels": ("warning_label",),
    "inoculation": ("inoculation",),
}
RANGES: dict[str, object] = {
    "topics.0.accurate_share": {"low": 0.6, "high": 0.95},
    "topics.0.conviction": {"low": 0.3, "high": 3.0, "scale": "log"},
    "topics.0.appeal_of_false": {"low": 1.0, "high": 2.0},
    "spread.persuasion_claim": "declared",
    "spread.persuasion_correction": "declared",
    "spread.lasting_share": {"low": 0.05, "high": 0.5},
    "spread.congruence": {"low": 0.0, "high": 1.0},
    "population.sharing": {"low": 0.008, "high": 0.032, "scale": "log"},
    "population.accuracy_weight": {"low": 0.2, "high": 0.7},
    "population.providers": {"low": 0.003, "high": 0.03, "scale": "log"},
    "population.trust_providers": {"low": 0.25, "high": 0.75},
    "population.super_spreaders": {"low": 0.001, "high": 0.01, "scale": "log"},
    "platforms.0.sessions_per_day": {"low": 2.0, "high": 10.0},
    "interventions.warning_label.recall": {"low": 0.1, "high": 0.6},
    "interventions.inoculation.uptake": {"low": 0.1, "high": 1.0},
}


def question(size: Size, seed: int, trajectories: int) -> ids.Sensitivity:
    """A town of friends with the declared defaults, moved over these ranges."""
    parts = (ids.ProviderCorrection(), ids.WarningLabel(), ids.Inoculation())
    return ids.Sensitivity(
        scenario=town(size, interventions=parts),
        plans=PLANS,
        parameters=RANGES,
        number=trajectories,
        replicates=size.replicates,
        seed=seed,
    )


def conduct(words: Sequence[str] | None = None) -> Answer:
    """Ask, and write table and figure; the same command goes on where it was stopped."""
    parser = argparse.ArgumentParser(prog=f"python -m experiments.{NAME}")
    parser.add_argument("--people", type=int, default=SIZE.people, help=f"people ({SIZE.people})")
    parser.add_argument("--days", type=float, default=SIZE.days, help=f"days after day 0 ({SIZE.days:g})")
    parser.add_argument("--replicates", type=int, default=SIZE.replicates, help=f"({SIZE.replicates})")
    parser.add_argument("--trajectories", type=int, default=TRAJECTORIES, help=f"({TRAJECTORIES})")
    parser.add_argument("--seed", type=int, default=1, help="fixes every draw (1)")
    parser.add_argument("--workers", type=int, default=1, help="processes (1)")
    parser.add_argument(
        "--out", type=Path, default=Path("out", "experiments", NAME), help="folder of results"
    )
    asked = parser.parse_args(words)
    began = time.monotonic()
    try:
        size = Size(asked.people, asked.days, asked.replicates)
        with shown_progress("runs") as progress:
            answer = question(size, asked.seed, asked.trajectories).run(
                asked.out, workers=asked.workers, progress=progress
            )
    except InfodemicError as error:
        sys.exit(f"experiments.{NAME}: {error}")
    write(answer, asked.out)
    print("\n".join(answer.sentences()))
    print(f"{time.monotonic() - began:.0f} s. Written to {asked.out}.")
    return answer


if __name__ == "__main__":
    conduct()
