"""What is done about misinformation: one grammar, one file per intervention."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, SerializeAsAny

from infodemic_sim.interventions.accuracy_prompt import AccuracyPrompt
from infodemic_sim.interventions.answering import AnsweringIntervention
from infodemic_sim.interventions.base import Indices, Intervention, Memory
from infodemic_sim.interventions.bot_removal import BotRemoval
from infodemic_sim.interventions.capacity import Capacity, Cost
from infodemic_sim.interventions.circuit_breaker import CircuitBreaker
from infodemic_sim.interventions.counselling import Counselling
from infodemic_sim.interventions.crowd_notes import CrowdNotes
from infodemic_sim.interventions.debunking import Debunking
from infodemic_sim.interventions.down_ranking import DownRanking
from infodemic_sim.interventions.education_campaign import EducationCampaign
from infodemic_sim.interventions.finding import FindingIntervention
from infodemic_sim.interventions.forwarding_limit import ForwardingLimit
from infodemic_sim.interventions.friction import Friction
from infodemic_sim.interventions.function import FunctionIntervention
from infodemic_sim.interventions.group_moderation import GroupModeration
from infodemic_sim.interventions.hours import WorkingHours
from infodemic_sim.interventions.inoculation import Inoculation
from infodemic_sim.interventions.lateral_reading import LateralReading
from infodemic_sim.interventions.media_literacy_tips import MediaLiteracyTips
from infodemic_sim.interventions.peer_correction import PeerCorrection
from infodemic_sim.interventions.peer_support import PeerSupport
from infodemic_sim.interventions.policy import PolicyIntervention
from infodemic_sim.interventions.privacy_guidance import PrivacyGuidance
from infodemic_sim.interventions.privacy_review import PrivacyReview
from infodemic_sim.interventions.provider_correction import ProviderCorrection
from infodemic_sim.interventions.publishing import PublishingIntervention
from infodemic_sim.interventions.ranking_change import RankingChange
from infodemic_sim.interventions.rapid_response import RapidResponse
from infodemic_sim.interventions.removal import Removal
from infodemic_sim.interventions.seeding import Seeding
from infodemic_sim.interventions.service_improvement import ServiceImprovement
from infodemic_sim.interventions.social_listening import SocialListening
from infodemic_sim.interventions.social_norms import SocialNorms
from infodemic_sim.interventions.source_credibility_label import SourceCredibilityLabel
from infodemic_sim.interventions.suspension import Suspension
from infodemic_sim.interventions.targeted_correction import TargetedCorrection
from infodemic_sim.interventions.training import TrainingIntervention
from infodemic_sim.interventions.warning_label import WarningLabel
from infodemic_sim.plugins import kind, make

BUILT_IN: tuple[type[Intervention], ...] = (
    AccuracyPrompt,
    BotRemoval,
    CircuitBreaker,
    Counselling,
    CrowdNotes,
    Debunking,
    DownRanking,
    EducationCampaign,
    ForwardingLimit,
    Friction,
    GroupModeration,
    Inoculation,
    LateralReading,
    MediaLiteracyTips,
    PeerCorrection,
    PeerSupport,
    PrivacyGuidance,
    PrivacyReview,
    ProviderCorrection,
    RankingChange,
    RapidResponse,
    Removal,
    Seeding,
    ServiceImprovement,
    SocialListening,
    SocialNorms,
    SourceCredibilityLabel,
    Suspension,
    TargetedCorrection,
    WarningLabel,
)
GROUP = "infodemic_sim.interventions"
kind(Intervention, lambda: BUILT_IN, GROUP)


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
    "BotRemoval",
    "Capacity",
    "CircuitBreaker",
    "Cost",
    "Counselling",
    "CrowdNotes",
    "Debunking",
    "DownRanking",
    "EducationCampaign",
    "FindingIntervention",
    "ForwardingLimit",
    "Friction",
    "FunctionIntervention",
    "GroupModeration",
    "Indices",
    "Inoculation",
    "Intervention",
    "InterventionField",
    "LateralReading",
    "MediaLiteracyTips",
    "Memory",
    "PeerCorrection",
    "PeerSupport",
    "PolicyIntervention",
    "PrivacyGuidance",
    "PrivacyReview",
    "ProviderCorrection",
    "PublishingIntervention",
    "RankingChange",
    "RapidResponse",
    "Removal",
    "Seeding",
    "ServiceImprovement",
    "SocialListening",
    "SocialNorms",
    "SourceCredibilityLabel",
    "Suspension",
    "TargetedCorrection",
    "TrainingIntervention",
    "WarningLabel",
    "WorkingHours",
]
