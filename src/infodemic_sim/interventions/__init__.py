"""What is done about misinformation: one grammar, one file per intervention."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, SerializeAsAny

from infodemic_sim.interventions.accuracy_prompt import AccuracyPrompt
from infodemic_sim.interventions.base import AnsweringIntervention, Indices, Intervention, Memory
from infodemic_sim.interventions.capacity import Capacity, Cost
from infodemic_sim.interventions.function import FunctionIntervention
from infodemic_sim.interventions.inoculation import Inoculation
from infodemic_sim.interventions.peer_support import PeerSupport
from infodemic_sim.interventions.privacy_guidance import PrivacyGuidance
from infodemic_sim.interventions.privacy_review import PrivacyReview
from infodemic_sim.interventions.provider_correction import ProviderCorrection
from infodemic_sim.interventions.service_improvement import ServiceImprovement
from infodemic_sim.interventions.warning_label import WarningLabel
from infodemic_sim.plugins import make

BUILT_IN = (
    AccuracyPrompt,
    Inoculation,
    PeerSupport,
    PrivacyGuidance,
    PrivacyReview,
    ProviderCorrection,
    ServiceImprovement,
    WarningLabel,
)
GROUP = "infodemic_sim.interventions"


def _intervention(value: Any) -> Any:
    if callable(value) and not isinstance(value, Intervention | type):
        return FunctionIntervention(function=value)
    return make(value, BUILT_IN, GROUP, Intervention)


InterventionField = Annotated[SerializeAsAny[Intervention], BeforeValidator(_intervention)]

__all__ = [
    "BUILT_IN",
    "GROUP",
    "AccuracyPrompt",
    "AnsweringIntervention",
    "Capacity",
    "Cost",
    "FunctionIntervention",
    "Indices",
    "Inoculation",
    "Intervention",
    "InterventionField",
    "Memory",
    "PeerSupport",
    "PrivacyGuidance",
    "PrivacyReview",
    "ProviderCorrection",
    "ServiceImprovement",
    "WarningLabel",
]
