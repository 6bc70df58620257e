"""Isolation and well-being, shared experience, privacy, and the health service."""

from __future__ import annotations

from infodemic_sim.codebook.measure import OURS, Measure

CARE = (
    Measure(
        "isolation",
        "Isolation",
        "mean isolation, 0 to 1, automated accounts among those counted",
        "score",
        "people",
        "lower",
        "Masi2011",
    ),
    Measure(
        "wellbeing",
        "Well-being",
        "mean well-being W, 0 to 1, automated accounts among those counted",
        "score",
        "people",
        "higher",
        OURS,
    ),
    Measure(
        "experiences",
        "Accounts of experience",
        "accounts that patients, caregivers and professionals posted of their own accord since day 0",
        "posts",
        "",
        "",
        OURS,
    ),
    Measure(
        "support_replies",
        "Supportive replies",
        "replies to accounts of experience by readers with the same condition since day 0",
        "replies",
        "",
        "higher",
        OURS,
    ),
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
        "disclosures_professionals",
        "Privacy incidents by professionals",
        "texts by health professionals since day 0 that tell who a patient is",
        "texts",
        "",
        "lower",
        "Ahmed2020",
    ),
    Measure(
        "disclosures_patients",
        "Privacy incidents by patients",
        "texts by patients, caregivers and peer supporters since day 0 that tell who a patient is",
        "texts",
        "",
        "lower",
        OURS,
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
        "trust_peers",
        "Trust in other people",
        "mean trust in peers, 0 to 1",
        "score",
        "people",
        "",
        OURS,
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
)
