"""The report: one HTML page that loads nothing from anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from infodemic_sim import plots
from infodemic_sim.cards import visible
from infodemic_sim.errors import of_kind, of_path
from infodemic_sim.plots.style import colours
from infodemic_sim.report import alternatives, answer, tables
from infodemic_sim.report.inline import inline
from infodemic_sim.report.parameters import parameter_rows, references
from infodemic_sim.report.pictures import films
from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.frames import as_pandas
from infodemic_sim.study.observed import interval_of
from infodemic_sim.study.overall import overall
from infodemic_sim.study.plans import unlike
from infodemic_sim.study.provenance import provenance
from infodemic_sim.study.shared_past import fork_sentence
from infodemic_sim.study.shown import ALONE, counted, shown
from infodemic_sim.study.stopping import stopping_sentence
from infodemic_sim.study.store import write_text

if TYPE_CHECKING:
    import pandas as pd

    from infodemic_sim.filming import Film
    from infodemic_sim.scenario import Scenario
    from infodemic_sim.study.frames import Table

TEMPLATES = Path(__file__).parent / "templates"
AUTOMATED = (
    "Automated accounts count as people here: they are in all shares and means of people, and in all numbers "
    "of posts and readings; only behaviour and a disease leave them out. Results by role tell them apart."
)


def write_report(
    comparison: Comparison,
    path: str | Path,
    *,
    effects: Table | None = None,
    observed: Table | None = None,
) -> Path:
    """Write the report of a comparison as one HTML file, at once or not at all.

    Parameters
    ----------
    effects : ``comparison.effects()``, if it is at hand.
    observed : ``comparison.observed(…)``, to be shown, too.

    Raises
    ------
    ParameterError
        If what is to be reported is no comparison, or the path none.
    """
    of_kind("comparison", comparison, Comparison)
    of_path("path", path)
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, report_html(comparison, effects, observed))
    return path


def report_html(comparison: Comparison, effects: Table | None = None, observed: Table | None = None) -> str:
    """The report as text; whatever users named is escaped."""
    effects = comparison.effects() if effects is None else as_pandas("effects", effects)
    page = environment().get_template("report.html")
    beside = {"observed": None} if observed is None else against_observed(comparison, observed)
    return page.render(**texts(comparison, effects), **figures(comparison, effects), **beside)


def environment() -> Environment:
    """Where pages are made from templates; what is put into them is escaped."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True, finalize=_visible,
    )  # fmt: skip
    made.globals["counted"] = counted
    return made


def _visible(value: Any) -> Any:
    """What is put into a page; what is made for it already stays as it is."""
    return visible(value) if type(value) is str else value


def texts(comparison: Comparison, effects: pd.DataFrame) -> dict[str, Any]:
    """Everything on the page but its figures."""
    apart = unlike(comparison.plans) if comparison.baseline in comparison.plans else []
    return {
        **findings(comparison, effects),
        "pairs": counted(len(comparison.finished), "paired run" if comparison.names[1:] else "run"),
        "question": answer.question(comparison),
        "answer": answer.answer(comparison, effects),
        "doubt": answer.doubt(comparison),
        "changing": any(plan.turnover is not None for plan in comparison.plans.values()),
        "stopping": stopping_sentence(comparison),
        "fork": fork_sentence(comparison),
        "again": again(comparison),
        "unlike": [*comparison.imports, *apart],
        **numbers_of(comparison.plans.values()),
        "provenance": provenance(comparison),
    }


def findings(comparison: Comparison, effects: pd.DataFrame) -> dict[str, Any]:
    """What was found, as rows of tables: for ``effects.html`` and ``beside.html``."""
    plans, subgroups = tables.subgroup_rows(comparison, effects)
    return {
        "comparison": comparison,
        "days": counted(float(comparison.runs["day"].max()), "day"),
        "primary": shown(comparison.primary),
        "corrected": answer.corrected(comparison, effects),
        "alone": ALONE,
        "rows": tables.primary_rows(comparison, effects),
        "topics": tables.topic_rows(comparison, effects),
        "counted_by_topic": tables.by_person_and_topic(comparison.primary),
        "groups": tables.exploratory_groups(comparison, effects),
        "costs": tables.cost_rows(comparison, effects),
        "money": shown("money"),
        "treated": shown("people_treated"),
        "reached": shown("reach_plan"),
        "worth": tables.worth_rows(comparison),
        "deeds": tables.deed_rows(comparison),
        "plans": plans,
        "subgroups": subgroups,
        "handfuls": [tables.readable(name) for name in tables.handfuls(effects)],
        "themes": tables.theme_rows(comparison, effects),
        "gaps": tables.gap_rows(comparison),
    }


def numbers_of(plans: Iterable[Scenario], *, automated: bool = False) -> dict[str, Any]:
    """Every number of some plans, how many of them have a source, the sources, and what has to be known.

    Parameters
    ----------
    automated : whether there are automated accounts beside those that the plans tell of.
    """
    plans = list(plans)
    parameters, told = parameter_rows(plans), automated or any(map(may_be_automated, plans))
    assumed, sourced = sum(row.assumed for row in parameters), sum(bool(row.source) for row in parameters)
    return {
        "parameters": parameters,
        "assumed": assumed,
        "sourced": sourced,
        "limit": limit(assumed, assumed + sourced) + f" {AUTOMATED}" * told,
        "references": references(parameters),
    }


def limit(assumed: int, numbers: int) -> str:
    """What no interval holds, and how many numbers are assumed, where any are known."""
    count = (
        f" {assumed} of its {numbers} numbers are assumed, for want of a published one; the others come from "
        "studies of other people in other places."
    )
    model = "This is a model, not an observation: it shows what would follow if its rules and numbers held."
    return model + count * bool(numbers)


def may_be_automated(plan: Scenario) -> bool:
    """Whether there are automated accounts, as far as the population tells."""
    return plan.population.may_have("bot", plan.population.known_graph)


def again(comparison: Comparison) -> str:
    """The call that makes the comparison again."""
    asked: dict[str, Any] = {"replicates": comparison.replicates, "seed": comparison.seed}
    if comparison.until is not None:
        asked["until"] = comparison.until
    if comparison.draws is not None:
        asked["draws"] = comparison.draws["from"]
    if comparison.fork is not None and comparison.fork["past"] == comparison.baseline:
        asked["fork_at"] = comparison.fork["day"]
    elif comparison.fork is not None:  # of saved runs, which the reader must have
        day = comparison.fork["day"]
        return f"fork(past, saved, plans)  # runs of seed {comparison.seed}, saved on day {day:g}"
    words = ", ".join(f"{name}={value!r}" for name, value in asked.items())
    return f"compare(plans, {words})"


def figures(comparison: Comparison, effects: pd.DataFrame) -> dict[str, Markup]:
    """The figures as SVG with a text for those who cannot see them."""
    return {
        "chart": chart_figure(comparison, effects),
        "change": change_figure(comparison, effects),
        "course": course_figure(comparison),
        "network": network_figure(films(comparison, effects)),
    }


def chart_figure(comparison: Comparison, effects: pd.DataFrame, among: pd.DataFrame | None = None) -> Markup:
    """Effects on the primary outcome, ranked; nothing where there are none.

    Parameters
    ----------
    among : effects at single designs, where the comparison holds means over designs.
    """
    measure = comparison.primary
    if overall(effects, measure).empty:
        return Markup("")
    colour = colours(comparison.names)
    chart = plots.effects_ranked(effects, measure, colour=colour, among=among).figure
    told = [alternatives.of_effects(effects, measure)]
    told += [] if among is None else [alternatives.of_ranges(among, measure)]
    return inline(chart, "chart", " ".join(told))


def change_figure(comparison: Comparison, effects: pd.DataFrame) -> Markup:
    """How far each plan is from the baseline over time; nothing where there is no other plan."""
    measure = comparison.primary
    if overall(effects, measure).empty:
        return Markup("")
    change = plots.trajectories(comparison, measure, difference=True).figure
    return inline(change, "change", alternatives.of_course(comparison, measure, difference=True))


def course_figure(comparison: Comparison) -> Markup:
    """The primary outcome over time."""
    course = plots.trajectories(comparison, comparison.primary).figure
    return inline(course, "course", alternatives.of_course(comparison, comparison.primary))


def network_figure(filmed: Mapping[str, Film]) -> Markup:
    """The network before, and at the end of two plans, where it was filmed."""
    if not filmed:
        return Markup("")
    return inline(plots.networks_of_plans(filmed), "network", alternatives.of_network(filmed))


def against_observed(comparison: Comparison, points: Table) -> dict[str, Any]:
    """Real points over the runs, and how many of them lie where they should."""
    points = as_pandas("observed", points)
    chart = plots.observed_figure(comparison, points)
    return {
        "observed": inline(chart, "observed", alternatives.of_observed(points)),
        "observed_plan": points["plan"].iloc[0],
        "interval": interval_of(int(points["replicates"].min())),
        "coverage": tables.coverage_rows(points),
    }
