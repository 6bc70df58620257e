"""Figures of a study: by one parameter, by two, or what of many an effect hangs on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from markupsafe import Markup

from infodemic_sim import plots
from infodemic_sim.plots.sensitivity import readable
from infodemic_sim.report import alternatives
from infodemic_sim.report.inline import inline
from infodemic_sim.sensitivity.table import ends

if TYPE_CHECKING:
    import pandas as pd

MOST_PLANS = 4
"""Plans that get a figure of their own."""
MOST_VALUES = 12
"""Values of a parameter that a heat map has room for."""


class Drawn(NamedTuple):
    """A figure on the page, and what it shows."""

    svg: Markup
    caption: str


def study_figures(effects: pd.DataFrame, paths: list[str], measure: str, baseline: str) -> list[Drawn]:
    """What there is to see: nothing for a single design, nor where no pair of runs has a value.

    Parameters
    ----------
    effects : a row for each design and plan, with columns for the parameters at ``paths``.
    """
    if effects["difference"].isna().all():
        return []
    varied = [path for path in paths if effects[path].nunique() > 1]
    numbers = [path for path in varied if effects[path].dtype.kind in "iuf"]
    if len(varied) == 1 and numbers:
        return [_along(effects, numbers[0], measure)]
    if len(varied) == 2 and _is_grid(effects, varied):
        return list(_maps(effects, varied, measure))
    return list(_tornados(effects, numbers, measure, baseline)) if numbers else []


def _along(effects: pd.DataFrame, path: str, measure: str) -> Drawn:
    name = readable(path)
    named = effects[effects["difference"].notna()].rename(columns={path: name})
    axes = plots.effects_along(named, measure, along=name, series="plan")
    words = f"Change by {name}, for each plan, with 95 % intervals."
    told = alternatives.along(named, measure, name)
    return Drawn(inline(axes.figure, "along", told), words)


def _is_grid(effects: pd.DataFrame, paths: list[str]) -> bool:
    """Whether every pair of values was run once for each plan, and there is room for them."""
    sizes = [effects[path].nunique() for path in paths]
    return max(sizes) <= MOST_VALUES and effects["point"].nunique() == sizes[0] * sizes[1]


def _maps(effects: pd.DataFrame, paths: list[str], measure: str) -> Iterator[Drawn]:
    down, across = (readable(path) for path in paths)
    named = effects.rename(columns=dict(zip(paths, (down, across), strict=True)))
    for place, plan in enumerate(_first_plans(effects)):
        mine = named[named["plan"] == plan]
        axes = plots.heat_map(mine, measure, rows=down, columns=across)
        axes.set_ylabel(down)
        axes.set_xlabel(across)
        words = f"{plan}: change by {down} and {across}"
        told = alternatives.over(mine, measure, plan, (down, across))
        yield Drawn(inline(axes.figure, f"map{place}", told), f"{words}. {HEAT}")


HEAT = "Blue is better, orange worse; bold: told from zero."


def _tornados(effects: pd.DataFrame, numbers: list[str], measure: str, baseline: str) -> Iterator[Drawn]:
    """Where many parameters vary: the effect at both ends of each, from a plane through all designs."""
    import pandas as pd

    for place, plan in enumerate(_first_plans(effects)):
        mine = effects[(effects["plan"] == plan) & effects["difference"].notna()]
        paths = [path for path in numbers if mine[path].nunique() > 1]
        if not paths or len(mine) <= len(paths) + 1:
            continue  # through so few points there is always a plane
        shares = ((mine[paths] - mine[paths].min()) / np.ptp(mine[paths], axis=0)).to_numpy(float)
        found: list[dict[str, Any]] = ends(
            shares, mine["difference"].to_numpy(float), np.ones(len(paths), bool)
        )
        table = pd.DataFrame(found).assign(
            parameter=paths, outcome=f"{plan} − {baseline}", index="ends", rank=0
        )
        axes = plots.tornado(table, f"{plan} − {baseline}", measure)
        words = f"{plan}: its effect at either end of each parameter, the others in the middle"
        told = alternatives.of_ends(table, measure, plan)
        yield Drawn(inline(axes.figure, f"ends{place}", told), f"{words}; from a plane through all designs.")


def _first_plans(effects: pd.DataFrame) -> list[str]:
    """The first few plans."""
    return list(effects["plan"].unique()[:MOST_PLANS])
