"""What people believe is told by colour, by lightness alone, and to every kind of colour vision."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from infodemic_sim.plots.contrast import contrast
from infodemic_sim.plots.style import BELIEFS, CREDENCE, POSTED_FALSE

SEEN = {
    "all": np.eye(3),
    "no red": [[0.1523, 1.0526, -0.2049], [0.1145, 0.7863, 0.0992], [-0.0039, -0.0481, 1.0520]],
    "no green": [[0.3673, 0.8606, -0.2280], [0.2801, 0.6725, 0.0474], [-0.0118, 0.0429, 0.9689]],
    "no blue": [[1.2555, -0.0767, -0.1788], [-0.0784, 0.9308, 0.1476], [0.0047, 0.6914, 0.3039]],
    "grey": np.tile([0.2126, 0.7152, 0.0722], (3, 1)),
}  # fmt: skip
"""What is seen of linear red, green and blue (Machado, Oliveira, Fernandes 2009, severity 1), or in grey."""
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
NOTICEABLE = 2.3
"""Distance in CIELAB that is noticed between fields side by side (Mahy, Van Eycken, Oosterlinck 1994)."""
DOTS_APART = 8 * NOTICEABLE
"""Small dots among others, never side by side, need several times as much."""


def lab(colour, seen=SEEN["all"]) -> np.ndarray:
    """Lightness 0 to 100 and two hues (CIELAB, white of sRGB)."""
    parts = np.array(to_rgb(colour))
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    part = TO_XYZ @ np.clip(np.asarray(seen) @ linear, 0.0, 1.0) / TO_XYZ.sum(axis=1)
    f = np.where(part > (6 / 29) ** 3, np.cbrt(part), part / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116.0 * f[1] - 16.0, 500.0 * (f[0] - f[1]), 200.0 * (f[1] - f[2])])


def test_lightness_is_that_of_the_standard():
    for colour, known in (("white", 100.0), ("black", 0.0), ("#777777", 50.0), ("#ff0000", 53.2)):
        assert lab(colour)[0] == pytest.approx(known, abs=0.1)


def test_the_surer_of_the_accurate_position_the_darker():
    """In grey print the two ends are far apart, and no credence looks like another one."""
    lightness = [lab(CREDENCE(share))[0] for share in np.linspace(0.0, 1.0, 21)]
    assert np.all(np.diff(lightness) < 0.0)


@pytest.mark.parametrize("vision", SEEN)
def test_misinformed_unsure_and_accurate_are_told_apart_by_all(vision):
    for one, other in combinations(BELIEFS.values(), 2):
        assert np.linalg.norm(lab(one, SEEN[vision]) - lab(other, SEEN[vision])) > DOTS_APART


def test_each_is_seen_on_white():
    assert all(contrast(colour, "white") > 2.0 for colour in (*BELIEFS.values(), POSTED_FALSE))


def test_ends_and_middle_of_the_scale_are_those_named():
    for share, colour in zip((0.0, 0.5, 1.0), BELIEFS.values(), strict=True):
        np.testing.assert_allclose(CREDENCE(share)[:3], to_rgb(colour), atol=1 / 128)
