"""``infodemic new`` and ``check``."""

from __future__ import annotations

import json
from pathlib import Path

from infodemic_sim.cli.estimate import Estimate, estimate
from infodemic_sim.cli.kinds import meant_as
from infodemic_sim.graphs import ScaleFree
from infodemic_sim.interventions import (
    AccuracyPrompt,
    Inoculation,
    PeerSupport,
    ProviderCorrection,
    WarningLabel,
)
from infodemic_sim.population import Population
from infodemic_sim.scenario import Scenario
from infodemic_sim.scenario_file import read_scenario, write_scenario
from infodemic_sim.study.imported import imports_of
from infodemic_sim.study.plans import plans_of, refuse_what_cannot_be_run


def starting_point() -> Scenario:
    """A small scenario with a few well-known interventions at their defaults."""
    graph = ScaleFree(people=1000, mean_degree=20.0, triads=0.8, seed=1)
    plan = (AccuracyPrompt(), Inoculation(), PeerSupport(), ProviderCorrection(), WarningLabel())
    return Scenario(population=Population(graph=graph), interventions=plan)


def new(path: Path, *, overwrite: bool) -> None:
    """Write a scenario with all comments."""
    print(f"Written: {write_scenario(starting_point(), path, comments=True, overwrite=overwrite)}")


def check(name: str, *, as_json: bool) -> None:
    """Print that a file is well, and what its runs will take."""
    with meant_as("a scenario", name):
        file = read_scenario(name)
    plans = plans_of(file.scenario, file.plans)
    refuse_what_cannot_be_run(plans)
    largest = max(plans.values(), key=lambda plan: len(plan.interventions))
    found = estimate(largest, file.scenario.interventions)
    imports = list(imports_of(plans.values()))
    if as_json:
        said = {"digest": file.scenario.digest(), "plans": list(plans), **found._asdict(), "imports": imports}
        print(json.dumps(said, indent=2, ensure_ascii=False))
    else:
        print(f"{name}: all well, {file.scenario.digest()}\n" + told(found, list(plans)))
        for sentence in imports:
            print(f"Note: {sentence}")


def told(found: Estimate, plans: list[str]) -> str:
    """An estimate in lines for people."""
    lines = {
        "people": f"{found.people:,}, who see {found.ties:,} others in all",
        "plans": f"{len(plans)}: {', '.join(plans)}",
        "a run": f"{found.steps:,} steps, {found.rows:,} rows",
        "time": f"about {readable(found.seconds)} a run, {readable(found.seconds * len(plans))} a replicate "
        "of all plans (on one core, within a factor of 2 or so)",
        "memory": f"about {found.bytes / 1e6:,.1f} MB a run, beside 200 MB for the program",
    }
    return "\n".join(f"  {name:<7} {line}" for name, line in lines.items())


def readable(seconds: float) -> str:
    """Seconds, minutes or hours."""
    if seconds < 100:
        return f"{seconds:.2g} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"
