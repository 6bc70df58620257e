"""Users correct as well as an algorithm does, if they link to a source or are two [BodeVraga2018]."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from infodemic_sim.catalog.laboratory import Arm
from infodemic_sim.catalog.reproduction import Size
from infodemic_sim.catalog.trial import Effect, Trial, difference, published
from infodemic_sim.interventions import PeerCorrection

PEOPLE = 20_000


def run(size: Size) -> Sequence[Effect]:
    """Differences in belief between arms: which correction does more."""
    voice = PeerCorrection().single_voice
    arms: list[dict[str, Any]] = [
        {"source": "fact_checker"},  # an algorithm shows stories of fact-checkers beside the post
        {"source": "institution"},  # one user, with a link
        {"first_voice": voice},  # one user, without
        {"first_voice": voice, "voices": 2},
        {"voices": 0},
    ]
    algorithm, linked, alone, two, nothing = (belief(size, number, **how) for number, how in enumerate(arms))
    return [
        difference(linked, algorithm),
        difference(linked, alone),
        difference(two, alone),
        difference(algorithm, nothing),
    ]


def belief(size: Size, number: int, **how: Any) -> Any:
    """Belief after a false post that is corrected in some way."""
    arm = Arm(size.of(PEOPLE, 500), seed=size.seed, number=number, reading=True)
    arm.correct(arm.publish(1, -1), **how)
    arm.pass_time()
    return arm.belief


ABOVE = (0.0, 9.0)

TRIAL = Trial(
    name="bode_vraga_2018",
    source="BodeVraga2018",
    title="Can users correct misinformation as well as an algorithm?",
    arms="A false post with stories of fact-checkers beside it; with the reply of one user, with a link or "
    "without; with those of two users, without; with nothing.",
    scale="Belief in the accurate position (log-odds), differences between arms.",
    outcomes=(
        published("one user with a link − algorithm", "log-odds", 0.0, -0.1, 0.1, "PREDICTED", "as good as"),
        published("one user: with a link − without", "log-odds", 0.1, *ABOVE, "PREDICTED", "order alone"),
        published("without links: two users − one", "log-odds", 0.1, *ABOVE, "PREDICTED", "order alone"),
        published("algorithm − nothing", "log-odds", 0.1, *ABOVE, "PREDICTED", "order alone"),
    ),
    run=run,
)
