"""Nothing that people name becomes part of a page: every text of a scenario, and every page about it."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.dashboard.explorer import explorer_html
from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs.columns import categories
from infodemic_sim.plots import pareto_figure, sensitivity_figure
from infodemic_sim.report.advices import advice_finding
from infodemic_sim.report.finding import finding_html
from infodemic_sim.report.page import report_html
from infodemic_sim.report.sensitivities import sensitivity_finding
from infodemic_sim.report.study_page import study_html
from infodemic_sim.scenario_file import read_scenario, write_scenario
from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.store import write_tables

EVIL = '</script></style></title><script src="//x.y/z.js">alert(1)</script><img src=x onerror="alert(1)">'
TEXTS = {
    "plain": "plain",
    "script": EVIL,
    "attribute": "\" onmouseover=alert(1) x='",
    "template": "{{ 7 * 7 }}{% raw %}${alert(1)}",
    "formula": "=1+1|cmd $\\frac{x}{$",
    "right to left": "\u202e\u05d0\u05dc\u05d9\u05e1 \u0628\u0648\u0628\u2066",
    "odd": "a\u0000b\ufeff\u2028\u0301 \U0001f9a0",
}
HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
"""Characters that show nothing, or turn round how the rest of a line is read."""


class Shape(HTMLParser):
    """Counts elements and attributes; keeps what could load or run something."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: Counter[str] = Counter()
        self.attributes: Counter[str] = Counter()
        self.running: list[tuple[str, str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        for name, value in attrs:
            self.attributes[name] += 1
            if (
                name.startswith("on")
                or name == "src"
                or (value or "").strip().lower().startswith("javascript:")
            ):
                self.running.append((tag, name, value))


def town(text: str) -> ids.Scenario:
    """A scenario in which every text that a person can choose is this one."""
    graph = ids.SocialGraph.from_ties(
        *np.random.default_rng(1).integers(0, 40, (2, 160)),
        40,
        False,
        labels=np.array([f"{text} {person}" for person in range(40)]),
        attributes={text: categories([text, f"{text} 2"] * 20)},
    )
    return ids.Scenario(
        population=ids.Population(graph=graph, providers=0.1, subgroups=("literacy", text)),
        topics=[ids.Topic(name=text, posting=ids.Posting(public=0.5, provider=0.5))],
        platforms=[ids.Platform(name=text)],
        interventions=[ids.WarningLabel(name=text, recall=0.5), ids.AccuracyPrompt(name=f"{text} 2")],
        days=1.0,
        warm_up=0.5,
        hours_per_step=6.0,
    )


def pages(text: str, folder: Path) -> dict[str, str]:
    """Every page about a scenario, made of what was written to a folder and read again."""
    scenario = town(text)
    first, second = (part.key for part in scenario.interventions)
    bare = scenario.but(interventions=())
    plans = {f"today {text}": bare, text: scenario.but(interventions=scenario.interventions[:1])}
    write_tables(ids.compare(plans, replicates=2, seed=1, workers=1), folder / "compared", csv=True)
    compared = Comparison.load(folder / "compared")
    drawn = bare.population.but(
        graph=ids.graphs.ErdosRenyi(people=40, mean_degree=6.0, seed=1), subgroups=("literacy",)
    )
    study = ids.Study(
        scenario=scenario.but(population=drawn),
        plans={f"today {text}": (), text: (first,), f"{text} 2": (second,)},
        design=ids.Grid(parameters={"population.providers": [0.0, 0.1]}),
        replicates=2,
        seed=3,
    )
    results = ids.sweep(study, folder / "swept", workers=1)
    question = ids.Sensitivity(
        scenario=study.scenario,
        plans={f"today {text}": (), text: (first,)},
        parameters={
            f"population.{name}": {"low": 0.0, "high": 0.2} for name in ("providers", "super_spreaders")
        },
        number=4,
        replicates=2,
        seed=1,
    )
    decision = ids.Decision(
        scenario=study.scenario,
        budget=ids.Budget(money=1e6),
        objectives=("misinformed",),
        replicates=2,
        seed=1,
    )
    return {
        "sensitivity": sensitivity_html(question, folder / "asked"),
        "advice": advice_html(decision, folder / "bought"),
        "report": report_html(compared),
        "explorer": explorer_html(compared, pictures=False),
        "study": study_html(results),
        "explorer of a study": explorer_html(results, pictures=False),
        "card": compared._repr_html_(),
    }


def sensitivity_html(question: ids.Sensitivity, folder: Path) -> str:
    """The page of an answer."""
    answer = question.run(folder)
    return finding_html(sensitivity_finding(answer, sensitivity_figure(answer.table, question.outcome)))


def advice_html(decision: ids.Decision, folder: Path) -> str:
    """The page of an advice; paths name interventions, and no column can hold the character NUL."""
    if not any("\0" in part.key for part in decision.scenario.interventions):
        advice = ids.optimise(decision, folder)
        return finding_html(advice_finding(advice, pareto_figure(advice)))
    with pytest.raises(ParameterError, match="holds the character NUL"):
        ids.optimise(decision, folder)
    return ""


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return pages("plain", tmp_path_factory.mktemp("plain"))


@pytest.mark.parametrize("kind", [kind for kind in TEXTS if kind != "plain"])
def test_no_element_and_no_attribute_comes_from_a_name(
    kind: str, plain: dict[str, str], tmp_path: Path
) -> None:
    """Names are identities of draws, so that a section may come or go; its elements stand on other pages."""
    shapes = {name: Shape(html) for name, html in plain.items()}
    for name, html in pages(TEXTS[kind], tmp_path).items():
        mine, expected = Shape(html), shapes[name]
        assert set(mine.elements) <= set().union(*(shape.elements for shape in shapes.values())), name
        known = set().union(*(shape.attributes for shape in shapes.values()))
        assert set(mine.attributes) <= known | {"colspan"}, name
        assert not HIDDEN.search(html), name
        assert mine.elements["script"] == expected.elements["script"], name
        assert mine.running == expected.running, name


@pytest.mark.parametrize("kind", TEXTS)
def test_a_scenario_with_such_names_reads_back_equal(kind: str, tmp_path: Path) -> None:
    scenario = town(TEXTS[kind])
    drawn = scenario.population.but(
        graph=ids.graphs.ErdosRenyi(people=40, mean_degree=6.0, seed=1), subgroups=("literacy",)
    )
    scenario = scenario.but(population=drawn)
    write_scenario(scenario, tmp_path / "s.yaml")
    assert read_scenario(tmp_path / "s.yaml").scenario == scenario
