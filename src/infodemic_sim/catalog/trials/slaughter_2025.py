"""Notes by the crowd lower the reposts that follow them [Slaughter2025] [Chuai2024]."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from infodemic_sim.catalog.reproduction import Size
from infodemic_sim.catalog.trial import A_FIFTH, Effect, Trial, published, ratio
from infodemic_sim.graphs import ScaleFree
from infodemic_sim.interventions import CrowdNotes
from infodemic_sim.params import declaration
from infodemic_sim.population import Population
from infodemic_sim.scenario import Scenario
from infodemic_sim.simulation import Run

PEOPLE, DAYS, REPLICATES = 3000, 14, 30
"""So many replicates that our interval is half as wide as that of the second study."""
DEFAULT = declaration(CrowdNotes, "sharing_effect")


def run(size: Size) -> Sequence[Effect]:
    """Reposts after the note, with notes as declared and with the strongest of the declared range."""
    _, strongest = DEFAULT.plausible or (0.0, DEFAULT.default)
    return [reposts_after(size, DEFAULT.default), reposts_after(size, strongest)]


def reposts_after(size: Size, sharing_effect: float) -> Effect:
    """Reposts after the note of messages that got one, against the same messages without notes."""
    notes, replicates = CrowdNotes(sharing_effect=sharing_effect), range(size.of(REPLICATES, 3))
    return ratio(np.array([reposts(notes, size.seed, k) for k in replicates], float))


def reposts(notes: CrowdNotes, seed: int, replicate: int) -> tuple[int, int]:
    """Reposts after the note, with notes and without, in one replicate with the same draws."""
    population = Population(graph=ScaleFree(people=PEOPLE, mean_degree=20.0, triads=0.5, seed=7))
    today = Scenario(population=population, days=float(DAYS), warm_up=3.0, record="end", cascades="trees")
    noted: dict[int, int] = {}
    with_notes = Run(today.but(interventions=(notes,)), seed=seed, replicate=replicate)
    for _ in range(today.warm_up_steps + today.steps):
        with_notes.step()
        rows = with_notes.world.state.messages.slots
        for key in rows["key"][(rows["live"] != 0) & (rows["labels"] != 0)].tolist():
            noted.setdefault(key, with_notes.world.step)
    without = Run(today, seed=seed, replicate=replicate)
    for _ in range(today.warm_up_steps + today.steps):
        without.step()
    return after(with_notes, noted), after(without, noted)


def after(run: Run, noted: dict[int, int]) -> int:
    """Reposts of noted messages from their note on."""
    messages, posts = run.world.logged("messages"), run.world.logged("posts")
    since = np.array([noted.get(key, np.iinfo(np.int64).max) for key in messages["key"].tolist()])
    return int(((posts["parent"] >= 0) & (posts["step"] >= since[posts["message"]])).sum())


TRIAL = Trial(
    name="slaughter_2025",
    source="Slaughter2025",
    title="Do crowd notes slow what they are attached to?",
    arms=f"{PEOPLE:,} people, {DAYS} days: each run with notes beside one with the same draws, without.",
    scale="Reposts of a message from its note on, relative to the same messages without notes. Notes have "
    "the strength fitted to warning labels, and explain as corrections do. A second study found more: the "
    "upper end of what notes prevent is fitted to it, and studies draw from the range between.",
    outcomes=(
        published("reposts after the note", "%", -46.0, -55.2, -36.8, "PREDICTED", A_FIFTH),
        published("second study: upper end of the range", "%", -62.0, -74.4, -49.6, "FITTED", A_FIFTH),
    ),
    run=run,
)
