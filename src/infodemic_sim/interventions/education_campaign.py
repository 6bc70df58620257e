"""Education campaign: health professionals share accurate information."""

from __future__ import annotations

from typing import ClassVar

from infodemic_sim.interventions.capacity import Cost
from infodemic_sim.interventions.publishing import PublishingIntervention
from infodemic_sim.interventions.who import Role, WhoField
from infodemic_sim.params import ASSUMED, param


class EducationCampaign(PublishingIntervention):
    """Health professionals publish on treatment, prevention and management, before anybody asks.

    Each publishes ``per_day`` accurate posts, which persuade as far as readers trust providers; paid reach is
    a visibility above 1.
    """

    family: ClassVar[str] = "health professionals"

    who: WhoField = param(Role(role="provider"), doc="Who publishes.")
    cost: Cost = param(Cost(minutes=20.0), doc="What one post costs.")
    per_day: float = param(
        0.5,
        ge=0,
        unit="posts/day",
        doc="Posts of one professional.",
        source=ASSUMED,
        plausible=(0.1, 2.0),
    )
