"""Many short runs through the store: `python -m verification.load.soak --runs 100000 --out FOLDER`.

It ends with 1 if runs are missing, or if memory grows with the number of runs by more than their addresses
take: the store knows each run by name, and nothing else of it may stay.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

import infodemic_sim as ids
from verification.load.memory import Sampler, slope

POINTS, PLANS = 50, {"today": (), "label": ("warning_label",)}
TOWN = ids.Scenario(
    population=ids.Population(graph=ids.graphs.ErdosRenyi(people=40, mean_degree=6.0, seed=1), providers=0.1),
    topics=[ids.Topic(name="vaccines", posting=ids.Posting(public=0.5, provider=0.5))],
    interventions=[ids.WarningLabel(recall=0.5)],
    days=1.0,
    warm_up=0.0,
    hours_per_step=6.0,
    record="end",
)
ADDRESS = 600
"""Bytes by which memory may grow for each run: chosen, for its name in the store and in the manifest."""


def study(runs: int) -> ids.Study:
    """A study of so many runs, a multiple of 100."""
    shares = [0.2 * (k + 1) / POINTS for k in range(POINTS)]
    return ids.Study(
        scenario=TOWN, plans=PLANS, design=ids.Grid(parameters={"population.providers": shares}),
        replicates=runs // (POINTS * len(PLANS)), seed=1,
    )  # fmt: skip


def main(words: list[str]) -> int:
    """Run it, and say what was seen: a line for every 5,000 runs, and the outcome."""
    asked = arguments(words)
    seen: list[tuple[int, float, float]] = []

    def progress(made: int, _: int) -> None:
        if made - (seen[-1][0] if seen else 0) >= min(5_000, asked.runs // 10):
            seconds, own, children = sampler.now()
            seen.append((made, own, children))
            tell(runs=made, seconds=round(seconds), parent_mb=round(own, 1), workers_mb=round(children, 1))

    began = time.monotonic()
    with Sampler() as sampler:
        found = ids.sweep(study(asked.runs), asked.out, workers=asked.workers, progress=progress)
    made = int(found.query("SELECT count(DISTINCT run) AS n FROM runs WHERE error IS NULL")["n"][0])
    settled = seen[len(seen) // 5 :]
    grows = {
        "parent": slope([(runs, own) for runs, own, _ in settled]) * (1 << 20),
        "workers": slope([(runs, children) for runs, _, children in settled]) * (1 << 20),
    }
    peak = max(own + children for _, own, children in sampler.samples)
    files = [path for path in Path(asked.out).rglob("*") if path.is_file()]
    tell(
        runs=made, seconds=round(time.monotonic() - began), peak_mb=round(peak), files=len(files),
        disk_mb=round(sum(path.stat().st_size for path in files) / (1 << 20), 1),
        bytes_per_run={name: round(value) for name, value in grows.items()},
    )  # fmt: skip
    return int(made != asked.runs or max(grows.values()) > ADDRESS)


def arguments(words: list[str]) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", default="out/soak")
    return parser.parse_args(words)


def tell(**what: object) -> None:
    """A line of what was seen."""
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
