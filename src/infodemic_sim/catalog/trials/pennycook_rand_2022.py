"""A prompt to think of accuracy lowers the sharing of false headlines [PennycookRand2022]."""

from __future__ import annotations

from collections.abc import Sequence

from infodemic_sim.catalog.laboratory import GENERAL_NEWS, Arm, group
from infodemic_sim.catalog.reproduction import Size
from infodemic_sim.catalog.trial import Effect, Trial, published, relative, within_a_fifth
from infodemic_sim.interventions import AccuracyPrompt

ITEMS, PEOPLE = 12, 200_000


def run(size: Size, prompt: AccuracyPrompt | None = None) -> Sequence[Effect]:
    """Sharing of false and of true items after a prompt, against none."""
    n, shares = size.of(PEOPLE, 500), []
    for number, plan in enumerate(((), (prompt or AccuracyPrompt(),))):
        arm = Arm(n, seed=size.seed, number=group(number, prompt), plan=plan, accurate_share=GENERAL_NEWS)
        items = [arm.publish(ITEMS, side) for side in (-1, 1)]
        arm.pass_time()
        shares.append([arm.ask(slots).sharing.mean(axis=1) for slots in items])
    return [relative(treated, control) for control, treated in zip(*shares, strict=True)]


TRIAL = Trial(
    name="pennycook_rand_2022",
    source="PennycookRand2022",
    title="Does a prompt to think of accuracy improve what people share?",
    arms="A prompt just before 12 false and 12 true items, against none.",
    scale="Chance of resharing, relative to no prompt.",
    outcomes=(
        within_a_fifth("sharing of false items", "%", -10.0, "FITTED"),
        published("sharing of true items", "%", 2.5, -2.0, 7.0, "PREDICTED"),
    ),
    run=run,
)
