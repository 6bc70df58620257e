"""Trees of reshares."""

from __future__ import annotations

from infodemic_sim.codebook.measure import Measure

CASCADES = (
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
