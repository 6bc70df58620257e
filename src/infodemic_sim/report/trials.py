"""The page of published trials that were run again inside the model, and the same as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infodemic_sim import plots
from infodemic_sim.catalog.reproduction import Size
from infodemic_sim.catalog.trial import Conducted, Judged
from infodemic_sim.report.alternatives import of_readings
from infodemic_sim.report.inline import inline
from infodemic_sim.report.page import environment
from infodemic_sim.sources import sources
from infodemic_sim.study.provenance import versions
from infodemic_sim.study.shown import number
from infodemic_sim.study.store import write_text
from infodemic_sim.writing import replacing

if TYPE_CHECKING:
    import pandas as pd

PAGE, TABLE = "trials.html", "trials.csv"


def write_trials(results: Sequence[Conducted], out: str | Path, size: Size) -> list[Path]:
    """Write page and table into a folder, each at once or not at all; the paths written.

    Parameters
    ----------
    size : seed and scale with which the results were made.
    """
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    write_text(out / PAGE, trials_html(results, size))
    with replacing(out / TABLE) as scratch:
        trials_table(results).to_csv(scratch, index=False)
    return [out / PAGE, out / TABLE]


def trials_html(results: Sequence[Conducted], size: Size) -> str:
    """The page as text: it loads nothing from anywhere."""
    rows = [row for result in results for row in result.rows]
    drawn = [row.reading for row in rows if row.outcome.high > row.outcome.low]
    told = of_readings("Our effects beside published intervals, or ours where none was published", drawn)
    chart = inline(plots.forest(results).figure, "forest", told)
    return environment().get_template("trials.html").render(
        parts=[part(result) for result in results],
        headline=headline(rows), chart=chart, size=size, versions=versions(),
    )  # fmt: skip


def headline(rows: Sequence[Judged]) -> str:
    """How many effects lie inside published intervals, and how many inside intervals of ours."""
    kinds = {
        False: "intervals that were published",
        True: "intervals that we set, because none was published",
    }
    parts = []
    for ours, what in kinds.items():
        counts = Counter(row.reading for row in rows if row.outcome.ours is ours)
        if total := counts.total():
            rest = [f"our own interval reaches {counts['unclear']} more"] if counts["unclear"] else []
            rest += [f"outside: {counts['outside']}"] if counts["outside"] else []
            more = f" ({'; '.join(rest)})" if rest else ""
            parts.append(f"inside {what}: {counts['inside']} of {total}{more}")
    return f"Of {len(rows)} effects lie {'; '.join(parts)}."


def trials_table(results: Sequence[Conducted]) -> pd.DataFrame:
    """One row per published effect, as plain numbers."""
    import pandas as pd

    rows = [
        {
            "name": result.trial.name,
            "source": result.trial.source,
            **row.outcome._asdict(),
            "ours": row.ours.value,
            "ours_low": row.ours.low,
            "ours_high": row.ours.high,
            "reading": row.reading,
        }
        for result in results
        for row in result.rows
    ]
    return pd.DataFrame(rows).rename(columns={"value": "published"})


def part(result: Conducted) -> dict[str, Any]:
    """One trial as texts."""
    trial = result.trial
    return {
        "name": trial.name,
        "title": trial.title,
        "arms": trial.arms,
        "scale": trial.scale,
        "reference": str(sources()[trial.source]),
        "rows": [cells(row) for row in result.rows],
    }


def cells(row: Judged) -> dict[str, str]:
    """One effect as texts."""
    outcome, ours = row.outcome, row.ours
    return {
        "what": outcome.what,
        "unit": outcome.unit,
        "published": number(outcome.value, 3),
        "interval": f"{number(outcome.low, 3)} to {number(outcome.high, 3)}",
        "margin": outcome.margin,
        "ours": number(ours.value, 3),
        "ours_interval": f"{number(ours.low, 3)} to {number(ours.high, 3)}" if ours.error else "exact",
        "kind": outcome.kind,
        "reading": row.reading,
    }
