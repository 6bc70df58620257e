"""What interventions do, and what it costs."""

from __future__ import annotations

from infodemic_sim.codebook.measure import OURS, Measure

OF_EACH_INTERVENTION = ("steps_in_force", "people_concerned")
"""Measures that are told for each intervention of a plan alone, for their sum means nothing."""

DEEDS = (
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
        "messages_corrected",
        "False messages corrected",
        "false messages to which a first correction was attached since day 0",
        "messages",
        "",
        "higher",
        OURS,
    ),
    Measure(
        "response_time",
        "Time to the first correction",
        "mean time from the birth of a false message to its first correction",
        "h",
        "false messages corrected",
        "lower",
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
        "taken_down",
        "Messages taken down in groups",
        "times a message was removed from a group or forum since day 0",
        "messages",
        "",
        "",
        OURS,
    ),
    Measure(
        "steps_in_force",
        "Steps in force",
        "steps since day 0 in which its schedule was in force; for each intervention",
        "steps",
        "",
        "",
        OURS,
    ),
    Measure(
        "people_concerned",
        "People concerned",
        "people who took part while it was in force, whether or not they came to act; for each intervention",
        "people",
        "",
        "",
        OURS,
    ),
    Measure(
        "acts", "Acts", "acts of interventions since day 0; each says what one act is", "acts", "", "", OURS
    ),
    Measure(
        "people_treated",
        "People treated or staff who answered, summed over interventions",
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
)
