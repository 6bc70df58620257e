"""What people believe, and what each of them does."""

from __future__ import annotations

from infodemic_sim.codebook.measure import OURS, Measure

BELIEFS = (
    Measure(
        "people",
        "People",
        "people in the part, automated accounts among them, counted once for each topic: shares of them "
        "times it are numbers of people",
        "people",
        "",
        "",
        OURS,
    ),
    Measure(
        "misinformed",
        "Misinformed people",
        "share of people, automated accounts among them, with credence c < 1/2",
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
        "mean of v(accurate) - v(false): perceived veracity of an unlabelled item of each side that is read "
        "next, with what was read of that side before (repetition)",
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
)
