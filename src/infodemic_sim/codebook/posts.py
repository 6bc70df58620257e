"""What is read, posted and passed on."""

from __future__ import annotations

from infodemic_sim.codebook.measure import OURS, Measure

POSTS = (
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
        "exposures_plan",
        "Readings of what the plan publishes",
        "posts by interventions, and corrections attached to posts, read since day 0",
        "posts",
        "",
        "",
        OURS,
    ),
    Measure(
        "reach_plan",
        "People reached by the plan",
        "share who read at least one post by an intervention, or correction attached to a post, since day 0",
        "share",
        "people × topics",
        "",
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
)
