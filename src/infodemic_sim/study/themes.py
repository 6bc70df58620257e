"""What social media does in health care, theme by theme: what a plan did to each, benefit beside harm."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from infodemic_sim.study.frames import as_pandas
from infodemic_sim.study.overall import overall

if TYPE_CHECKING:
    import pandas as pd

    from infodemic_sim.study.comparison import Comparison
    from infodemic_sim.study.frames import Table


class Theme(NamedTuple):
    """One way in which social media helps or endangers health care, and how it is measured.

    Parameters
    ----------
    name : of the theme. measures : of the codebook; the first leads.
    needs : fields of a scenario that simulate it; none: the feed alone does.
    by_platform : whether its measures are told for each platform, too.
    """

    name: str
    measures: tuple[str, ...]
    needs: tuple[str, ...] = ()
    by_platform: bool = False


THEMES = (
    Theme("patient education", ("reach_accurate", "credence")),
    Theme("several platforms", ("exposures_false", "exposures_accurate"), by_platform=True),
    Theme(
        "shared experience and peer support",
        ("isolation", "wellbeing", "exposures_false_spaces"),
        ("experiences", "wellbeing"),
    ),
    Theme(
        "patient feedback improves services",
        ("satisfaction", "service_quality", "resolved"),
        ("service",),
    ),
    Theme("privacy", ("disclosures", "trust_providers"), ("privacy",)),
    Theme("misinformation, hard to discern", ("misinformed", "reshares_false", "discernment")),
    Theme("providers correct actively", ("corrections_made", "corrections_read", "response_time")),
    Theme(
        "better outcomes",
        ("adverse_choices", "intention", "uptake", "cases"),
        ("behaviour", "epidemic"),
    ),
)
"""In the order of the model's table of themes."""

NUMBERS = ["baseline", "value", "difference", "low", "high", "pairs"]
COLUMNS = ["theme", "measure", "platform", "plan", *NUMBERS, "note"]


def themes_table(comparison: Comparison, effects: Table | None = None) -> pd.DataFrame:
    """What each plan did to each theme on the last day, with paired 95 % intervals.

    Every theme has a row; one whose measures were not simulated has a single row, whose ``note`` says what
    the scenario would have to name. Measures of a theme that were recorded stand beside each other, so that
    what a plan gains in one place can be weighed against what it costs in another.

    Parameters
    ----------
    effects : ``comparison.effects()``, if it is at hand.
    """
    import pandas as pd

    effects = comparison.effects() if effects is None else as_pandas("effects", effects)
    return pd.concat([_rows(theme, effects) for theme in THEMES], ignore_index=True)


def _rows(theme: Theme, effects: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    found = [_effects(theme, effects, measure) for measure in theme.measures]
    table = pd.concat(found, ignore_index=True).assign(theme=theme.name)
    if len(table):
        return table[COLUMNS]
    empty: dict[str, object] = dict.fromkeys(COLUMNS, float("nan"))
    named = dict.fromkeys(("measure", "platform", "plan"), "")
    missing = " and ".join(theme.needs) or "the feed"
    note = f"not simulated: give the scenario {missing}"
    return pd.DataFrame([{**empty, **named, "theme": theme.name, "note": note}])


def _effects(theme: Theme, effects: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Effects on a measure, over all platforms and, where the theme asks for it, on each."""
    if not theme.by_platform:
        return overall(effects, measure)
    mine = (effects["measure"] == measure) & (effects["topic"] == "all") & (effects["subgroup"] == "all")
    return effects[mine]
