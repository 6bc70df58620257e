"""Forwarding: how messaging apps pass messages on, and how far they let them go at once."""

from __future__ import annotations

from infodemic_sim.params import ASSUMED, Part, param


class Forwarding(Part):
    """Passing on as messaging apps have it: a reshare is a forward to a few other chats at once.

    A person would forward a message to 1 + geometric chats, ``wanted`` on average, and may to ``limit``
    of them at most. A message that came over ``often`` forwards or more may go to ``limit_often`` chats.
    The chats are spaces of the person other than the one in which it was read; whoever has no other does
    not forward.
    """

    wanted: float = param(
        3.0, ge=1, le=100, unit="chats", doc="Chats that a person would forward to.", source=ASSUMED
    )
    limit: int | None = param(
        5, ge=0, unit="chats", doc="Most chats of one forward; none: no limit.", source="Melo2020"
    )
    often: int = param(
        5,
        ge=1,
        unit="forwards",
        doc="Forwards in a row that make a message one forwarded often.",
        source="WhatsApp2020",
    )
    limit_often: int | None = param(
        1,
        ge=0,
        unit="chats",
        doc="Most chats of a message forwarded often; none: as other messages.",
        source="WhatsApp2020",
    )
