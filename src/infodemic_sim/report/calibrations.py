"""What is known of parameters after a calibration: figures, tables, and the page with them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from infodemic_sim.calibration.posterior import Posterior
from infodemic_sim.calibration.question import Calibration
from infodemic_sim.plots.posterior import agreement_with_evidence, posterior_figure
from infodemic_sim.plots.style import new_figure, save_figure, styled
from infodemic_sim.report.finding import Finding, Table, write_finding
from infodemic_sim.report.inline import inline
from infodemic_sim.report.study_figures import Drawn
from infodemic_sim.study.shown import number
from infodemic_sim.sweeps.folder import written

CAPTIONS = {
    "posterior": "What is known of each parameter: before the evidence, and after it.",
    "check": "New runs at points drawn from what is known, beside what was observed with its 95 % interval.",
}
LITTLE = 0.9
"""Of the spread before the evidence; where more is left, little was learnt."""


def write_calibration(posterior: Posterior, calibration: Calibration, out: Path) -> None:
    """Write figures, as PNG and SVG, and the page into the folder of a calibration."""
    figures = calibration_figures(posterior)
    for name, figure in figures.items():
        for kind in ("png", "svg"):
            save_figure(figure, out / f"{name}.{kind}")
    write_finding(calibration_finding(posterior, calibration, figures), out)


def calibration_figures(posterior: Posterior) -> dict[str, Any]:
    """Parameters before and after the evidence, and new runs beside it."""
    with styled():
        check = new_figure(10, 1.6 + 0.42 * len(posterior.observed.names))
        agreement_with_evidence(posterior, check.add_subplot())
    return {"posterior": posterior_figure(posterior), "check": check}


def calibration_finding(
    posterior: Posterior, calibration: Calibration, figures: Mapping[str, Any]
) -> Finding:
    """The page of a calibration."""
    runs, answered = int(posterior.progress["runs"].sum()), answer(posterior)
    told = dict(zip(CAPTIONS, answered, strict=True))
    return Finding(
        kicker=f"Calibration by {calibration.method} · {len(posterior.points):,} points · {runs:,} runs",
        question=f"What does the evidence say of {_several(len(posterior.paths), 'parameter')}?",
        answer=answered,
        warnings=[posterior.unfinished] if posterior.unfinished else [],
        figures=[
            Drawn(inline(figure, name, f"{CAPTIONS[name]} {told[name]}"), CAPTIONS[name])
            for name, figure in figures.items()
        ],
        tables=calibration_tables(posterior),
        limits=[
            _before(calibration),
            f"Points are worth {posterior.effective:.0f} of equal weight; quantiles are no surer than that.",
        ],
        verb="calibrate",
        asked=written(calibration, calibration.scenario),
        scenario=calibration.scenario,
    )


def _before(calibration: Calibration) -> str:
    """What was held of the parameters before the evidence."""
    ranges = calibration.priors()
    logarithmic = [path for path, known in ranges.items() if known.scale == "log"]
    if not logarithmic:
        return "Before the evidence, every value of a parameter's range was held equally likely."
    of_which = "" if len(logarithmic) == len(ranges) else f" of {', '.join(logarithmic)}"
    others = "" if len(logarithmic) == len(ranges) else "; of others, every value was"
    return f"Before the evidence, every order of magnitude{of_which} was held equally likely{others}."


def answer(posterior: Posterior) -> list[str]:
    """Two sentences: of which parameter most was learnt, and whether runs then agree with the evidence."""
    known, check = posterior.summary(), posterior.check()
    first = known.sort_values("width_left", kind="stable").to_dict("records")[0]
    agree, used = int(check["inside"].sum()), check["used"] == "FITTED"
    predicted = "" if used.all() else f", {int((~used).sum())} of which were not used to fit"
    begins = "Most was learnt" if first["width_left"] < LITTLE else "Little was learnt, most"
    return [
        f"{begins} of {first['parameter']}: {number(first['mean'])}, with 90 % between "
        f"{number(first['q05'])} and {number(first['q95'])}, which leaves "
        f"{100 * first['width_left']:.0f} % of the spread before.",
        f"New runs then lie, on average, within the interval of {agree} of {_several(len(check), 'number')} "
        f"observed{predicted}.",
    ]


def _several(count: int, what: str) -> str:
    return f"{count:,} {what}" + ("" if count == 1 else "s")


def calibration_tables(posterior: Posterior) -> list[Table]:
    """What is known of each parameter, and whether runs then agree with the evidence."""
    return [
        Table("Parameters", [_parameter(row) for row in posterior.summary().to_dict("records")]),
        Table("Evidence and new runs", [_observation(row) for row in posterior.check().to_dict("records")]),
    ]


def _parameter(row: Mapping[Any, Any]) -> dict[str, str]:
    return {
        "parameter": row["parameter"],
        "mean": number(row["mean"]),
        "90 % interval": f"{number(row['q05'])} to {number(row['q95'])}",
        "width left": f"{100 * row['width_left']:.0f} %",
    }


def _observation(row: Mapping[Any, Any]) -> dict[str, str]:
    return {
        "number": row["number"],
        "used": row["used"],
        "observed": _with_ends(row, "observed", ""),
        "ours": _with_ends(row, "ours", "runs: "),
        "reading": "inside" if row["inside"] else "outside",
    }


def _with_ends(row: Mapping[Any, Any], name: str, what: str) -> str:
    low, high = number(row[f"{name}_low"]), number(row[f"{name}_high"])
    return f"{number(row[name])} ({what}{low} to {high})"
