"""Forwarding limit: a messaging app lets messages go to fewer chats at once."""

from __future__ import annotations

from typing import ClassVar

from infodemic_sim.interventions.policy import PolicyIntervention
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.world import World


class ForwardingLimit(PolicyIntervention):
    """While it is in force, a message can be forwarded to a few chats at once, fewer if forwarded often.

    The number of chats of one forward is the lowest of what the sender wants, the platform's own limit and
    this one. In models of real groups, limits slow misinformation down more than they stop it [Melo2020].
    """

    needs: ClassVar[frozenset[str]] = frozenset({"forwarding"})

    platform: str | None = param(None, doc="Name of the platform; none: all on which messages are forwarded.")
    limit: int | None = param(
        1,
        ge=0,
        unit="chats",
        doc="Most chats of one forward; none: as the platform has it.",
        source=ASSUMED,
    )
    limit_often: int | None = param(
        1,
        ge=0,
        unit="chats",
        doc="Most chats of a message forwarded often; none: as the platform has it.",
        source="WhatsApp2020",
    )

    @property
    def works_on(self) -> tuple[str, ...]:
        """Chats to which messages are forwarded."""
        return ("forwarding",)

    def enact(self, world: World) -> bool:
        """Lower the limits of this step."""
        named = None if self.platform is None else world.platform_index(self.platform)
        for p in range(len(world.setting.platforms)):
            if named in (None, p) and self.limit is not None:
                world.forwarding.limit(p, self.limit)
            if named in (None, p) and self.limit_often is not None:
                world.forwarding.limit(p, self.limit_often, often=True)
        return True
