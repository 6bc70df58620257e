"""Figures inside a page."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup

from infodemic_sim import plots
from infodemic_sim.cards import visible

SMALLEST, LARGEST = 1.3, 1.7
"""Pixels for a point of a figure, whose text has nine: on a narrow screen it is scrolled sideways."""
PAGE = "60rem"
"""What figures wider than a page shrink to, as far as they may."""


def inline(figure: Any, name: str, alternative: str) -> Markup:
    """A figure as part of the page; its inner names are made its own.

    Parameters
    ----------
    name : of the figure, different from all others on the page.
    alternative : what it shows, for those who cannot see it.
    """
    text = visible(plots.svg_text(figure))
    text = re.sub(r'\bid="', f'id="{name}-', text)
    text = re.sub(r'href="#', f'href="#{name}-', text).replace("url(#", f"url(#{name}-")
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    text = re.sub(r'^<svg [^>]*?viewBox="([^"]*)"[^>]*>', _opened, text, count=1)
    alt = Markup('role="img" aria-label="{}" xmlns:xlink="http://www.w3.org/1999/xlink"').format(
        visible(alternative)
    )
    return Markup(f'<div class="scroll">{text.replace("@ALT@", str(alt), 1)}</div>')


def _opened(tag: re.Match[str]) -> str:
    """The first tag: as wide as the page, but its text not much larger than that around it, nor too small."""
    least, most = (round(float(tag[1].split()[2]) * pixels) for pixels in (SMALLEST, LARGEST))
    look = f"min-width: min({least}px, {PAGE}); max-width: {most}px"
    return f'<svg viewBox="{tag[1]}" style="{look}" @ALT@>'
