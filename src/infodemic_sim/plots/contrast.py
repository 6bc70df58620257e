"""Colours of words, dark enough to be read: 4.5 to 1 against what they stand on, as WCAG 2 asks (AA)."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from matplotlib.colors import to_hex, to_rgb

READABLE = 4.5


def legible(colour: str) -> str:
    """The colour, as much darker as words in it on white need to be; its hue stays."""
    return _darkened(to_hex(colour))


@cache
def _darkened(colour: str) -> str:
    shades = (to_hex(np.array(to_rgb(colour)) * share) for share in np.linspace(1.0, 0.0, 101))
    return next(shade for shade in shades if contrast(shade, "white") >= READABLE)


def ink_on(colour: Any) -> str:
    """Black or white, whichever is read better on a colour: one of them always is."""
    return max(("black", "white"), key=lambda ink: contrast(ink, colour))


def contrast(one: Any, other: Any) -> float:
    """How far apart two colours are in lightness, 1 to 21 (WCAG 2)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Any) -> float:
    parts = np.array(to_rgb(colour))
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])
