"""What people do about what they believe, and the disease that follows from it."""

from __future__ import annotations

from infodemic_sim.codebook.measure import OURS, Measure

TOPICS = "people × topics"

BEHAVIOUR = (
    Measure(
        "intention",
        "Intention to follow the accurate position",
        "mean of 1/(1 + exp(-(b + leaning)))",
        "share",
        TOPICS,
        "higher",
        "Loomba2021",
    ),
    Measure("uptake", "Uptake", "share who decided for what is recommended", "share", TOPICS, "higher", OURS),
    Measure(
        "adverse_choices",
        "Harmful choices",
        "people × topics whose last decision went against the accurate position",
        "choices",
        "",
        "lower",
        OURS,
    ),
    Measure(
        "protection",
        "Protective behaviour",
        "mean protective behaviour, 0 to 1",
        "share",
        TOPICS,
        "higher",
        OURS,
    ),
    Measure("susceptible", "Susceptible", "share who can be infected", "share", "people", "higher", OURS),
    Measure("exposed", "Exposed", "share infected, not yet infectious", "share", "people", "lower", OURS),
    Measure("infectious", "Infectious", "share infectious now", "share", "people", "lower", OURS),
    Measure("recovered", "Recovered", "share recovered and immune", "share", "people", "", OURS),
    Measure("cases", "Cases", "people infected so far, first cases included", "people", "", "lower", OURS),
    Measure("infected", "Ever infected", "cases per person", "share", "people", "lower", OURS),
    Measure(
        "peak_infectious",
        "Peak of the epidemic",
        "largest share infectious at the end of a step so far",
        "share",
        "people",
        "lower",
        OURS,
    ),
    Measure("peak_day", "Day of the peak", "first day with that share", "d", "", "", OURS),
)
