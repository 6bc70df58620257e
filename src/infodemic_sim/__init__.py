"""infodemic-sim: a wind tunnel for interventions against health misinformation.

Names are imported when they are first used, so that ``import infodemic_sim`` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "graphs": (
        "SocialGraph complete_graph configuration_model erdos_renyi from_igraph from_networkx from_scipy "
        "planted_communities read_graph rewired scale_free simsom_graph small_world "
        "with_communities"
    ),
    "population": "Population TrustShift",
    "platforms": (
        "AccuracyWeighted Chronological Engagement Forum Forwarding Groups Interest Platform Ranking "
        "SimSoMRanking friends_network image_feed messaging_app microblog patient_forum"
    ),
    "topics": "Posting Topic",
    "spread": (
        "Bass CompetingContagions ComplexContagion DaleyKendall DeGroot Deffuant FeedSpread FriedkinJohnsen "
        "HegselmannKrause HoaxAndFactCheck IndependentCascade LinearThreshold MakiThompson Nekovee "
        "NetworkRule SEIR SIR SIS SimSoM Voter WattsThreshold"
    ),
    "interventions": (
        "AccuracyPrompt BotRemoval Capacity CircuitBreaker Cost Counselling CrowdNotes Debunking "
        "DownRanking EducationCampaign ForwardingLimit Friction GroupModeration Inoculation Intervention "
        "LateralReading MediaLiteracyTips PeerCorrection PeerSupport PrivacyGuidance PrivacyReview "
        "ProviderCorrection RankingChange RapidResponse Removal Seeding ServiceImprovement "
        "SocialListening SocialNorms SourceCredibilityLabel Suspension TargetedCorrection WarningLabel "
        "WorkingHours"
    ),
    "interventions.who": (
        "AtRisk Believers Chosen Everyone FriendsOfRandom MostFollowed Nobody Role Sample Share Subgroup "
        "WhoField"
    ),
    "interventions.when": "Always Between Every Never Once Ramp WhenField WhenMisinformed",
    "health": "Arrivals Behaviour Epidemic Experiences Privacy Service Wellbeing",
    "society": "ChangingTies FriendOfFriend Mix Mutation Popular Recommender SimilarBelief Turnover",
    "params": "ASSUMED param",
    "scenario": "Scenario",
    "scenario_file": "read_scenario write_scenario",
    "simulation": "Run simulate",
    "checkpoint": "resume save",
    "filming": "Film cascades_of film",
    "result": "Result",
    "comparing.compare": "compare",
    "comparing.fork": "fork",
    "study.comparison": "Comparison",
    "study.contrasts": "contrasts interactions",
    "study.economics": "acceptability cost_effectiveness frontier",
    "study.frames": "to_polars",
    "study.harm": "harm",
    "study.plausible": "draw_plausible",
    "sweeps.design": "Grid LatinHypercube Listed Sobol Table",
    "sweeps.ranges": "Range",
    "sweeps.study": "Study",
    "sweeps.study_file": "read_study",
    "sweeps.running": "sweep",
    "sweeps.results": "Results",
    "calibration": "Calibration calibrate read_posterior",
    "calibration.question_file": "read_calibration",
    "sensitivity": "Sensitivity",
    "decisions.budget": "Budget",
    "decisions.deciding": "Advice optimise",
    "decisions.decision": "Decision",
    "decisions.decision_file": "read_decision",
    "decisions.portfolio": "Levels Portfolio",
    "report": "write_report",
    "dashboard.explorer": "write_explorer",
    "dashboard.notebook": "what_if",
    "mesa_model": "InfodemicModel Institution",
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}
_MODULES = ("calibration", "graphs", "plots", "report", "study", "testing", "theory")
__all__ = sorted([*_HOME_OF, *_MODULES])


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f"infodemic_sim.{name}")
    if name not in _HOME_OF:
        raise AttributeError(f"module 'infodemic_sim' has no attribute '{name}'")
    return getattr(import_module(f"infodemic_sim.{_HOME_OF[name]}"), name)


def __dir__() -> list[str]:
    return __all__
