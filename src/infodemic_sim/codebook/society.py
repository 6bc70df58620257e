"""Ties, people who come and go, and messages that change."""

from __future__ import annotations

from infodemic_sim.codebook.measure import OURS, Measure

SOCIETY = (
    Measure("ties_cut", "Ties cut", "times somebody unfollowed somebody since day 0", "ties", "", "", OURS),
    Measure(
        "ties_made", "Ties made", "times somebody followed somebody new since day 0", "ties", "", "", OURS
    ),
    Measure(
        "same_side",
        "Ties within a side",
        "share of present ties between people who lean to the same side",
        "share",
        'ties, those of people who are away included; with "all" topics, ties × topics',
        "",
        "Sasahara2021",
    ),
    Measure(
        "reciprocity",
        "Reciprocity",
        "share of present ties whose other direction is a tie too",
        "share",
        "ties, those of people who are away included",
        "",
        OURS,
    ),
    Measure(
        "present",
        "People present",
        "people who are there; all other measures count people who are away too",
        "people",
        "",
        "",
        OURS,
    ),
    Measure(
        "retold",
        "Messages changed",
        "messages that changed when they were passed on since day 0",
        "messages",
        "",
        "",
        OURS,
    ),
    Measure(
        "turned_false",
        "Messages turned false",
        "accurate messages that turned false when they were passed on since day 0",
        "messages",
        "",
        "lower",
        OURS,
    ),
)
