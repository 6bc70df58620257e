"""Peer support online lowers isolation; the evidence is weak [Griffiths2009; Masi2011].

Online, depressive symptoms were measured far more often than loneliness; either stands for isolation here.
"""

from __future__ import annotations

from collections.abc import Sequence

from infodemic_sim.catalog.laboratory import Arm, group
from infodemic_sim.catalog.reproduction import Size
from infodemic_sim.catalog.trial import Effect, Trial, published, standardised
from infodemic_sim.interventions import Capacity, PeerSupport
from infodemic_sim.interventions.when import Every

PEOPLE, WEEKS = 2000, 8


def run(size: Size, support: PeerSupport | None = None) -> Sequence[Effect]:
    """Isolation after eight weeks with a supportive contact a week, against none."""
    n, isolation = size.of(PEOPLE, 300), []
    weekly = Every(days=7.0)
    offered = (support or PeerSupport()).but(
        when=weekly, isolated_above=0.0, published=0.0, capacity=Capacity()
    )
    for number, plan in enumerate(((), (offered,))):
        arm = Arm(n, seed=size.seed, number=group(number, support), plan=plan)
        arm.pass_time(WEEKS * 7 * 24)
        isolation.append(arm.run.world.people.isolation[:n].copy())
    return [standardised(isolation[1], isolation[0])]


TRIAL = Trial(
    name="griffiths_2009",
    source="Griffiths2009",
    title="Does peer support online lower isolation?",
    arms=f"A supportive contact a week for {WEEKS} weeks, against none.",
    scale="Isolation at the end, over its standard deviation between people.",
    outcomes=(published("isolation", "d", -0.2, -0.6, 0.0, "FITTED", "reviews of depression, loneliness"),),
    run=run,
)
