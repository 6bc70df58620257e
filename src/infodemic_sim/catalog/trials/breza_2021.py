"""Videos by doctors and nurses lower infections in the areas that see them [Breza2021]."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np

from infodemic_sim.catalog.laboratory import NOBODY_POSTS
from infodemic_sim.catalog.reproduction import Size
from infodemic_sim.catalog.trial import Effect, Trial, published, ratio
from infodemic_sim.graphs import ErdosRenyi
from infodemic_sim.health import Behaviour, Epidemic
from infodemic_sim.interventions import Intervention
from infodemic_sim.interventions.base import Indices, Memory
from infodemic_sim.platforms import Platform
from infodemic_sim.population import Population
from infodemic_sim.scenario import Scenario
from infodemic_sim.simulation import Run
from infodemic_sim.topics import Topic
from infodemic_sim.world import World

PEOPLE, REPLICATES, CONTACTS = 10_000, 40, 10.0
"""So many replicates that our interval is less than half as wide as the published one."""
HOLIDAY = 10
COUNTED_FROM, COUNTED_TO = HOLIDAY + 5, HOLIDAY + 19
VIDEOS = (7, 8, 9)
"""Days of the videos: three for each person, 2.6 and 3.5 having been shown before the two holidays."""
USERS, AREAS = (11_954_109, 23_302_290), (6_998, 6_716)
"""Users who were shown at least one video, and areas of the trial, half of which were to be reached."""
PEOPLE_OF_AN_AREA = 331_449_281 / 33_791
"""Inhabitants by areas of a zip code, census of the United States of 2020."""
REACHED = sum(u / (a / 2 * PEOPLE_OF_AN_AREA) for u, a in zip(USERS, AREAS, strict=True)) / 2
"""Share of the inhabitants of a reached area: a third at the first holiday, 0.7 at the second."""


class Videos(Intervention):
    """Who takes part sees a short message of a health professional on each of these days."""

    needs: ClassVar[frozenset[str]] = frozenset({"telling"})

    def act(self, world: World, people: Indices, memory: Memory) -> None:
        """On the first step of each day."""
        if world.hour in [24.0 * day for day in VIDEOS]:
            world.tell(people, 0, kind="claim", source="provider")


def run(size: Size) -> Sequence[Effect]:
    """Infections counted in areas with videos, against the same areas with the same draws, without."""
    graph = ErdosRenyi(people=size.of(PEOPLE, 2000), mean_degree=CONTACTS, seed=7)
    area = Scenario(
        population=Population(graph=graph),
        topics=(Topic(posting=NOBODY_POSTS),),
        platforms=(Platform(sessions_per_day=0.0, chatter_per_day=0.0),),
        behaviour=Behaviour(decisions=0.0),
        epidemic=Epidemic(starters=graph.people // 100, efficacy=0.0),
        days=float(COUNTED_TO),
        warm_up=0.0,
        hours_per_step=3.0,
        record="end",
        cascades="none",
    )
    reached = area.but(interventions=(Videos(uptake=REACHED),))
    counts = [
        [infections(plan, size.seed, k) for plan in (reached, area)] for k in range(size.of(REPLICATES, 4))
    ]
    return [ratio(np.array(counts, dtype=float))]


def infections(area: Scenario, seed: int, replicate: int) -> int:
    """People infected in the two weeks that count."""
    run = Run(area, seed=seed, replicate=replicate)
    for _ in range(area.steps):
        run.step()
    days = run.world.state.health["infected_on"]
    return int(((days > COUNTED_FROM) & (days <= COUNTED_TO)).sum())


TRIAL = Trial(
    name="breza_2021",
    source="Breza2021",
    title="Do videos by doctors and nurses lower infections?",
    arms=f"Areas of {PEOPLE:,} people with {CONTACTS:g} contacts each, of whom 1 % are infectious ten days "
    f"before a holiday; {100 * REACHED:.0f} % see three videos before it, or nobody does; the same draws.",
    scale="Infections in the two weeks that begin five days after the holiday. Videos answer no false claim, "
    "so they persuade as a health professional's own posts do. How far protective behaviour lowers contact "
    "is assumed; how many are reached is reckoned from the users, areas and inhabitants that were counted.",
    outcomes=(published("infections in reached areas", "%", -3.5, -6.2, -0.7, "PREDICTED"),),
    run=run,
)
