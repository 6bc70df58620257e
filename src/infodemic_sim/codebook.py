"""Every measure: its formula, unit, denominator, what counts as better, and where it comes from."""

from __future__ import annotations

from typing import NamedTuple

from infodemic_sim.errors import UnknownNameError, did_you_mean


class Measure(NamedTuple):
    """One row of the codebook. ``better`` is lower, higher, or "" where neither is."""

    name: str
    label: str
    formula: str
    unit: str
    denominator: str
    better: str
    source: str


OURS = "this model"
CODEBOOK = (
    Measure(
        "misinformed",
        "Misinformed people",
        "share of people with credence c < 1/2",
        "share",
        "people × topics",
        "lower",
        "Loomba2021",
    ),
    Measure(
        "credence",
        "Credence in the accurate position",
        "mean of c = 1/(1 + exp(-b))",
        "share",
        "people × topics",
        "higher",
        OURS,
    ),
    Measure(
        "polarisation",
        "Polarisation of belief",
        "4 × variance of c; 1 when one half is sure of each side",
        "share",
        "people × topics",
        "lower",
        "Bramson2017",
    ),
    Measure(
        "discernment",
        "Discernment",
        "mean of v(accurate) - v(false): perceived veracity of a fresh, unlabelled item of each side",
        "share",
        "people × topics",
        "higher",
        "PennycookRand2022",
    ),
    Measure(
        "unaware",
        "Unaware people",
        "share who have not met it or hold no view (susceptible, ignorant, inactive)",
        "share",
        "people",
        "",
        OURS,
    ),
    Measure(
        "incubating",
        "Incubating people",
        "share who have it and do not pass it on yet (exposed)",
        "share",
        "people",
        "",
        OURS,
    ),
    Measure(
        "spreading",
        "Spreading people",
        "share who hold it and pass it on (infected, spreader, believer, active)",
        "share",
        "people",
        "",
        OURS,
    ),
    Measure(
        "stopped",
        "People who stopped",
        "share who had it and pass it on no more (recovered, stifler)",
        "share",
        "people",
        "",
        OURS,
    ),
    Measure(
        "checking",
        "Fact-checking people",
        "share who hold that it is false, or the accurate claim against it",
        "share",
        "people",
        "higher",
        OURS,
    ),
    Measure(
        "exposures_false",
        "Exposures to misinformation",
        "false posts read since day 0",
        "posts",
        "",
        "lower",
        OURS,
    ),
    Measure(
        "exposures_accurate",
        "Exposures to accurate posts",
        "accurate posts read since day 0",
        "posts",
        "",
        "higher",
        OURS,
    ),
    Measure(
        "false_share",
        "Misinformation among exposures",
        "exposures_false / (exposures_false + exposures_accurate)",
        "share",
        "exposures",
        "lower",
        OURS,
    ),
    Measure(
        "reach_false",
        "People reached by misinformation",
        "share who read at least one false post since day 0",
        "share",
        "people × topics",
        "lower",
        OURS,
    ),
    Measure(
        "reach_accurate",
        "People reached by accurate posts",
        "share who read at least one accurate post since day 0",
        "share",
        "people × topics",
        "higher",
        OURS,
    ),
    Measure(
        "reshares_false",
        "Reshares of misinformation",
        "times a false post was reshared since day 0",
        "posts",
        "",
        "lower",
        OURS,
    ),
    Measure(
        "reshares_accurate",
        "Reshares of accurate posts",
        "times an accurate post was reshared since day 0",
        "posts",
        "",
        "higher",
        OURS,
    ),
    Measure(
        "posts_false", "False posts", "false posts started by people since day 0", "posts", "", "lower", OURS
    ),
    Measure(
        "posts_accurate",
        "Accurate posts",
        "accurate posts and reshares by people since day 0, interventions' own posts apart; "
        "its paired fall is the accurate posts lost",
        "posts",
        "",
        "higher",
        OURS,
    ),
    Measure(
        "posts_intervention",
        "Posts by interventions",
        "posts published by interventions since day 0",
        "posts",
        "",
        "",
        OURS,
    ),
    Measure("isolation", "Isolation", "mean isolation, 0 to 1", "score", "people", "lower", "Masi2011"),
    Measure(
        "disclosures",
        "Privacy incidents",
        "texts since day 0 that tell who a patient is",
        "texts",
        "",
        "lower",
        "Lagu2008",
    ),
    Measure(
        "disclosures_read",
        "Readings of privacy incidents",
        "times a text that tells who a patient is was read since day 0",
        "readings",
        "",
        "lower",
        OURS,
    ),
    Measure(
        "trust_providers",
        "Trust in health professionals",
        "mean trust in providers, 0 to 1",
        "score",
        "people",
        "higher",
        "Perlis2024",
    ),
    Measure(
        "satisfaction",
        "Satisfaction with the service",
        "mean satisfaction of patients and caregivers, 0 to 1",
        "score",
        "patients and caregivers",
        "higher",
        OURS,
    ),
    Measure("service_quality", "Quality of the service", "Q, 0 to 1", "score", "", "higher", OURS),
    Measure(
        "encounters", "Encounters", "encounters with the service since day 0", "encounters", "", "", OURS
    ),
    Measure(
        "feedback", "Posts about the service", "posts about an encounter since day 0", "posts", "", "", OURS
    ),
    Measure(
        "resolved",
        "Complaints resolved",
        "complaints put right since day 0",
        "complaints",
        "",
        "higher",
        OURS,
    ),
    Measure(
        "corrections_made",
        "Corrections made",
        "replies written since day 0, also to messages that carry one already",
        "corrections",
        "",
        "",
        OURS,
    ),
    Measure(
        "corrections_read",
        "Corrections read",
        "attached corrections read since day 0",
        "corrections",
        "",
        "",
        OURS,
    ),
    Measure(
        "labels_given", "Labels given", "warning labels put on messages since day 0", "labels", "", "", OURS
    ),
    Measure(
        "support_contacts", "Supportive contacts", "supportive contacts since day 0", "contacts", "", "", OURS
    ),
    Measure(
        "hidden_false",
        "False messages hidden",
        "times a false message was down-ranked, held back or removed since day 0",
        "messages",
        "",
        "",
        OURS,
    ),
    Measure(
        "hidden_accurate",
        "Accurate messages hidden",
        "times an accurate message was down-ranked, held back or removed since day 0",
        "messages",
        "",
        "lower",
        OURS,
    ),
    Measure(
        "told",
        "Conversations off-line",
        "times a person was told something in person since day 0",
        "conversations",
        "",
        "",
        OURS,
    ),
    Measure(
        "suspended", "Accounts suspended", "suspensions of accounts since day 0", "accounts", "", "", OURS
    ),
    Measure(
        "people_treated",
        "People treated",
        "people prompted, inoculated, supported or shown labels, and staff who answered"
        "; summed over interventions",
        "people",
        "",
        "",
        OURS,
    ),
    Measure(
        "staff_minutes",
        "Staff time",
        "acts × minutes of each act, summed over interventions",
        "min",
        "",
        "lower",
        OURS,
    ),
    Measure(
        "money",
        "Money",
        "acts × money of each act, summed over interventions",
        "currency units",
        "",
        "lower",
        OURS,
    ),
    Measure(
        "cascade_size_false",
        "Size of false cascades",
        "mean of 1 + reshares, cascades begun since day 0",
        "posts",
        "cascades",
        "lower",
        "Vosoughi2018",
    ),
    Measure(
        "cascade_size_accurate",
        "Size of accurate cascades",
        "mean of 1 + reshares, cascades begun since day 0",
        "posts",
        "cascades",
        "",
        "Vosoughi2018",
    ),
    Measure(
        "cascade_depth_false",
        "Depth of false cascades",
        "mean longest path from the root",
        "reshares",
        "cascades",
        "lower",
        "Vosoughi2018",
    ),
    Measure(
        "cascade_depth_accurate",
        "Depth of accurate cascades",
        "mean longest path from the root",
        "reshares",
        "cascades",
        "",
        "Vosoughi2018",
    ),
    Measure(
        "cascade_breadth_false",
        "Breadth of false cascades",
        "mean of the most posts at one depth (trees only)",
        "posts",
        "cascades",
        "lower",
        "Vosoughi2018",
    ),
    Measure(
        "cascade_breadth_accurate",
        "Breadth of accurate cascades",
        "mean of the most posts at one depth (trees only)",
        "posts",
        "cascades",
        "",
        "Vosoughi2018",
    ),
    Measure(
        "virality_false",
        "Structural virality of false cascades",
        "mean distance between all pairs of posts, cascades of 2 posts or more (trees only)",
        "reshares",
        "cascades",
        "lower",
        "Goel2016",
    ),
    Measure(
        "virality_accurate",
        "Structural virality of accurate cascades",
        "mean distance between all pairs of posts, cascades of 2 posts or more (trees only)",
        "reshares",
        "cascades",
        "",
        "Goel2016",
    ),
)
BY_NAME = {measure.name: measure for measure in CODEBOOK}
ORDER = {measure.name: place for place, measure in enumerate(CODEBOOK)}


def check_measure(name: str) -> Measure:
    """The codebook's row of a measure; an unknown name is answered with the nearest known."""
    if name not in BY_NAME:
        raise UnknownNameError(f"'{name}' is not a measure. {did_you_mean(name, BY_NAME)}")
    return BY_NAME[name]
