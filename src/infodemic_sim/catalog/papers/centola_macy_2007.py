"""Centola & Macy 2007: long ties carry what needs one voice, and hinder what needs two [CentolaMacy2007]."""

from __future__ import annotations

from infodemic_sim.catalog.reproduction import Estimate, Published, Reproduction, Size, mean_of
from infodemic_sim.graphs import small_world
from infodemic_sim.spread.complex_contagion import ComplexContagion

PEOPLE, NETWORKS, TIES = 5000, 20, 6


def compute(size: Size) -> list[Estimate]:
    """Reach of a contagion that needs two voices, and speed of one that needs one."""
    n, networks = size.of(PEOPLE, 200), size.of(NETWORKS, 3)
    two, one = ComplexContagion(threshold=2, start=(0, 1)), ComplexContagion(threshold=1, start=(0, 1))
    ring = small_world(n, mean_degree=TIES, rewiring=0.0, seed=size.seed)
    twins = [small_world(n, mean_degree=TIES, rewiring=1.0, seed=size.seed + k) for k in range(networks)]
    on_ring = two.run(ring, seed=size.seed).reached / n
    on_twins = [two.run(twin, seed=size.seed).reached / n for twin in twins]
    slower = one.run(ring, seed=size.seed).steps
    quicker = [slower / one.run(twin, seed=size.seed).steps for twin in twins]
    return [Estimate(on_ring), mean_of(on_twins), mean_of(quicker)]


ENTRY = Reproduction(
    name="centola_macy_2007",
    source="CentolaMacy2007",
    title="The weakness of long ties",
    setting=(
        f"Rings of {PEOPLE:,} people who each know the {TIES} nearest, and {NETWORKS} twins whose ties "
        "were rewired at random; two neighbours start. One kind of contagion needs two voices, the other "
        "one."
    ),
    published=(
        Published("Ring: share reached by what needs two voices", 1.0, "complex contagions spread", 0.0),
        Published("Rewired: share reached by what needs two voices", 0.05, "they fail", 0.0, "at most"),
        Published("What needs one voice: rounds on the ring for one on its twin", 1.0,
                  "long ties are strong", 0.0, "at least"),
    ),
    compute=compute,
)  # fmt: skip
