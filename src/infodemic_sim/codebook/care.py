"""Isolation, privacy, and the health service."""

from __future__ import annotations

from infodemic_sim.codebook.measure import OURS, Measure

CARE = (
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
)
