"""Figures of a calibration: what is known of parameters, and new runs beside the evidence."""

from __future__ import annotations

from pathlib import Path

from infodemic_sim.calibration.posterior import Posterior
from infodemic_sim.plots.posterior import agreement_with_evidence, posterior_figure
from infodemic_sim.plots.style import new_figure, save_figure, styled


def draw_calibration(posterior: Posterior, out: Path) -> list[Path]:
    """Write both figures to a folder, as PNG and SVG; the paths written."""
    with styled():
        check = new_figure(10, 1.6 + 0.42 * len(posterior.observed.names))
        agreement_with_evidence(posterior, check.add_subplot())
    figures = {"posterior": posterior_figure(posterior), "check": check}
    return [
        save_figure(figure, out / f"{name}.{kind}")
        for name, figure in figures.items()
        for kind in ("png", "svg")
    ]
