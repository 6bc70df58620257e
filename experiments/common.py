"""What the experiments share: a town, a command line, and how results are written.

Each experiment is a folder with a README.md and a script, run from the top of the project by
``python -m experiments.NAME``. To ask another question, copy one.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

import infodemic_sim as ids
from infodemic_sim.errors import InfodemicError
from infodemic_sim.graphs import ScaleFree
from infodemic_sim.interventions import Intervention
from infodemic_sim.study.deeds import idle_sentences
from infodemic_sim.study.overall import overall
from infodemic_sim.study.plans import readable
from infodemic_sim.study.progress import shown_progress
from infodemic_sim.study.store import refuse_to_overwrite, write_tables, write_text

Tables = dict[str, pd.DataFrame]
"""What was found, by name of the file; the first is printed."""


@dataclass(frozen=True)
class Size:
    """How much is simulated: people, days after day 0, and paired replicates of each plan."""

    people: int
    days: float
    replicates: int


QUICK = Size(people=150, days=4.0, replicates=2)
"""Enough to see that everything works, and nothing else."""


@dataclass(frozen=True)
class Experiment:
    """One question: which plans are compared, what is read off the comparison, and how it is drawn."""

    name: str
    size: Size
    plans: Callable[[Size], Mapping[str, ids.Scenario]]
    tables: Callable[[ids.Comparison], Tables]
    figure: Callable[[Tables], Figure]


def town(size: Size, **changes: object) -> ids.Scenario:
    """Friends as in the demo, and otherwise the declared defaults; measured on day 0 and the last day.

    Feeds fill for a week before day 0, or as long as the run where that is shorter.
    """
    graph = ScaleFree(people=size.people, mean_degree=40, triads=1.0, seed=1)
    people = ids.Population(graph=graph, subgroups=())
    length = {"days": size.days, "warm_up": min(7.0, size.days)}
    plain = ids.Scenario(population=people, **length, record="end", cascades="none")
    return plain.but(**changes)


def about(effects: pd.DataFrame, *measures: str) -> pd.DataFrame:
    """Effects on these measures over all platforms, topics and people."""
    return pd.concat([overall(effects, measure) for measure in measures], ignore_index=True)


def crossed(worlds: Mapping[str, ids.Scenario], parts: Sequence[Intervention]) -> dict[str, ids.Scenario]:
    """Each world without intervention, and with each one alone under the name "world: intervention"."""
    plans = {}
    for name, world in worlds.items():
        plans[name] = world
        plans |= {f"{name}: {readable(part)}": world.but(interventions=[part]) for part in parts}
    return plans


def effects_in_own_worlds(comparison: ids.Comparison) -> pd.DataFrame:
    """Effects of crossed plans, each against its own world, which two further columns tell apart."""
    against = {name: {name.partition(":")[0]: 1.0} for name in comparison.names if ":" in name}
    effects = ids.contrasts(comparison, against)
    parts = effects["plan"].str.partition(": ")
    return effects.assign(world=parts[0], intervention=parts[2])


def conduct(experiment: Experiment, words: Sequence[str] | None = None) -> Tables:
    """Run an experiment as the command line says; what it found.

    Ends the program with one sentence if something is wrong.
    """
    asked = _arguments(experiment, words)
    size = Size(asked.people, asked.days, asked.replicates)
    try:
        refuse_to_overwrite(asked.out, asked.overwrite)
        began = time.monotonic()
        with shown_progress() as progress:
            comparison = ids.compare(
                experiment.plans(size),
                replicates=size.replicates,
                seed=asked.seed,
                workers=asked.workers,
                progress=progress,
            )
        tables = experiment.tables(comparison)
        _write(experiment, comparison, tables, asked)
    except InfodemicError as error:
        sys.exit(f"experiments.{experiment.name}: {error}")
    print(next(iter(tables.values())).to_string(index=False))
    print(*idle_sentences(comparison.deeds()), sep="\n")
    print(f"{len(comparison.names)} plans, {time.monotonic() - began:.0f} s. Written to {asked.out}.")
    return tables


def _write(
    experiment: Experiment, comparison: ids.Comparison, tables: Tables, asked: argparse.Namespace
) -> None:
    """Runs, effects and provenance; the tables; the figure: each whole or not at all."""
    write_tables(comparison, asked.out, overwrite=asked.overwrite)
    for name, table in tables.items():
        write_text(asked.out / f"{name}.csv", table.to_csv(index=False, lineterminator="\n"))
    with ids.plots.styled():
        figure = experiment.figure(tables)
    for kind in ("svg", "png"):
        ids.plots.save_figure(figure, asked.out / f"{experiment.name}.{kind}")


def _arguments(experiment: Experiment, words: Sequence[str] | None) -> argparse.Namespace:
    """What was asked for; sizes that were not are the experiment's, or quick."""
    parser = argparse.ArgumentParser(prog=f"python -m experiments.{experiment.name}")
    size, out = experiment.size, Path("out") / "experiments" / experiment.name
    parser.add_argument("--people", type=int, help=f"people ({size.people})")
    parser.add_argument("--days", type=float, help=f"days after day 0 ({size.days:g})")
    parser.add_argument("--replicates", type=int, help=f"paired replicates of each plan ({size.replicates})")
    parser.add_argument("--seed", type=int, default=1, help="fixes every draw (1)")
    parser.add_argument("--workers", type=int, default=1, help="processes (1)")
    parser.add_argument("--out", type=Path, default=out, help=f"folder of results ({out})")
    parser.add_argument("--overwrite", action="store_true", help="replace results in that folder")
    parser.add_argument("--quick", action="store_true", help="a tiny size, to see that everything works")
    asked = parser.parse_args(words)
    for name in ("people", "days", "replicates"):
        if getattr(asked, name) is None:
            setattr(asked, name, getattr(QUICK if asked.quick else size, name))
    return asked
