"""Source-credibility label: a mark on what accounts with a bad record post."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.interventions.base import Indices, Memory
from infodemic_sim.interventions.finding import FindingIntervention
from infodemic_sim.kernels.layout import TRUST
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.world import World


class SourceCredibilityLabel(FindingIntervention):
    """Accounts with ``record`` found messages are marked; so is all that they post from then on.

    The mark takes ``effect`` times trust in the issuer, an institution, from the logit of perceived veracity,
    whether the message is false or not. ``who`` are the accounts that are rated; everybody sees the mark.
    """

    family: ClassVar[str] = "individual"
    needs: ClassVar[frozenset[str]] = frozenset({"labels"})
    effects: ClassVar[tuple[str, ...]] = ("effect",)

    effect: float = param(
        0.3,
        ge=0,
        le=10,
        unit="logits",
        doc="Veracity taken by the mark at full trust; trials find little on average.",
        source="Aslett2022",
        plausible=(0.0, 0.6),
    )
    record: int = param(
        2, ge=1, unit="messages", doc="Found messages that make a bad record.", source=ASSUMED
    )

    def start(self, world: World) -> Memory:
        """Found messages of each account, and one of the eight kinds of label of a run."""
        issuer = world.new_label(self.effect, TRUST.index("institution"))
        return {"issuer": np.array(issuer), "found": np.zeros(world.n, np.int32)}

    def treat(self, world: World, slots: np.ndarray, people: Indices, memory: Memory) -> None:
        """Add to the records; mark what accounts with a bad one have just posted."""
        found, issuer = memory["found"], int(memory["issuer"])
        np.add.at(found, self.authors(world, slots), 1)
        bad = found >= self.record
        if not bad.any():
            return
        world.levers.label_sight.show_all(issuer)
        fresh = world.state.fresh
        marked = fresh[bad[self.authors(world, fresh)]]
        if self.platform is not None:
            there = world.platform_index(self.platform)
            marked = marked[world.state.messages.slots["platform"][marked] == there]
        memory["reached"] |= bad
        world.label(marked, issuer)
