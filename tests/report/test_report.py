"""The report is one safe page that loads nothing, and a folder that holds everything."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from infodemic_sim.comparing.compare import Comparison, compare
from infodemic_sim.errors import OutputExistsError
from infodemic_sim.graphs import scale_free
from infodemic_sim.interventions import ProviderCorrection
from infodemic_sim.population import Population
from infodemic_sim.report import report_html, write_comparison, write_report
from infodemic_sim.report.answer import answer, corrected
from infodemic_sim.report.parameters import parameter_rows
from infodemic_sim.report.tables import cost_rows, deed_rows, topic_rows
from infodemic_sim.study.overall import by_plan, overall
from infodemic_sim.study.shown import change
from infodemic_sim.topics import Topic
from tests.study.tiny import NOTHING, PROMPT, TODAY, plans

EVIL = "<script>alert('x')</script>"


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare(plans(), replicates=3, seed=2)


class Page(HTMLParser):
    """Collects tags, attributes and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.said.append(data)


@pytest.mark.parametrize("bots", [0.0, 0.1])
def test_automated_accounts_are_told_where_there_are_any(bots: float) -> None:
    people = Population(graph=scale_free(60, mean_degree=6, seed=1), bots=bots)
    each = {name: plan.but(population=people) for name, plan in plans().items()}
    html = report_html(compare(each, replicates=2, seed=1))
    assert ("Automated accounts count as people here" in html) == bool(bots)


def test_the_page_loads_nothing_and_runs_nothing(comparison: Comparison) -> None:
    html = report_html(comparison)
    page = Page(html)
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "link", "iframe", "img", "object"}
    for _, attributes in page.tags:
        for name, value in attributes.items():
            assert name != "src"
            inside = (value or "").startswith(("#", "data:image/png;base64,"))
            assert not (name in ("href", "xlink:href") and not inside)
    assert not re.search(r"url\((?!#)", html)
    assert "@import" not in html


def test_figures_have_a_text_and_names_of_their_own(comparison: Comparison) -> None:
    page = Page(report_html(comparison))
    figures = [attributes for tag, attributes in page.tags if tag == "svg"]
    assert len(figures) == 4
    assert all(figure["role"] == "img" and figure["aria-label"] for figure in figures)
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_whatever_users_name_is_escaped() -> None:
    today = TODAY.but(topics=[Topic(name=EVIL)])
    mine = today.but(interventions=[PROMPT.but(name=EVIL)])
    html = report_html(compare({f"today {EVIL}": today, EVIL: mine}, replicates=2, seed=1))
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_the_page_says_which_plans_stay_told_from_no_change(comparison: Comparison) -> None:
    effects = made_effects(comparison, -0.02, 0.001)
    mine = (effects["outcome"] == "primary") & (effects["plan"] == "prompt")
    effects.loc[mine, "p_adjusted"] = 0.04
    said = "Counting that 2 plans were compared (Holm’s correction), the one told from no change "
    assert corrected(comparison, effects) == said + "stays so."
    effects.loc[mine, "p_adjusted"] = 0.06
    assert corrected(comparison, effects) == said + "does not stay so, and is marked †."
    html = report_html(comparison, effects)
    assert "<td>better †</td>" in html
    assert said in html
    unclear = made_effects(comparison, -0.02, 0.02)
    assert "none needs correction" in corrected(comparison, unclear)
    assert "better †" not in report_html(comparison, unclear)


@pytest.mark.parametrize(
    ("kept", "stay"),
    [
        ([0.04, 0.04], "all 2 told from no change stay so."),
        ([0.04, 0.06], "1 of the 2 told from no change stays so; those that do not are marked †."),
        ([0.06, 0.06], "none of the 2 told from no change stays so; those that do not are marked †."),
    ],
)
def test_of_several_plans_it_is_told_how_many_stay_so(comparison: Comparison, kept, stay) -> None:
    effects = made_effects(comparison, -0.02, 0.001)
    mine = effects["outcome"] == "primary"
    for column, value in {"difference": -0.02, "low": -0.021, "high": -0.019}.items():
        effects.loc[mine, column] = value
    effects.loc[mine, "p_adjusted"] = kept
    assert corrected(comparison, effects).endswith(f", {stay}")


def test_one_of_a_kind_is_no_plural() -> None:
    """And of one plan, or one run, nothing is told that several alone have."""
    alone = compare({"only": TODAY.but(days=1.0)}, replicates=1, seed=1)
    said = " ".join(Page(report_html(alone)).said)
    assert "1 plan · 1 day · 1 run" in said
    assert "What becomes of misinformed people within 1 day under “only”?" in said
    assert "Seed 1, 1 replicate." in said
    assert not re.search(r"\b1 (plans|days|replicates|outcomes|publications)|[Bb]ands|†", said)
    pair = compare({"only": TODAY, "same": TODAY}, replicates=1, seed=1)
    assert "which has no interval" in report_html(pair)


def test_numbers_say_their_units_and_that_people_are_summed(comparison: Comparison) -> None:
    said = Page(report_html(comparison)).said
    assert "Money (in the currency of the costs given)" in said
    assert "People treated or staff who answered, summed over interventions" in said
    assert "People reached by the plan (percentage points)" in said
    assert any("(%; change in percentage points)" in text for text in said)


def test_readers_of_a_plan_are_told_beside_its_staff() -> None:
    """Those who answer are few, and those who read the answers are another number."""
    corrected_by = TODAY.but(interventions=[ProviderCorrection()])
    made = compare({"today": TODAY, "c": corrected_by}, replicates=3, seed=1)
    (row,), effects = cost_rows(made, made.effects()), made.effects()
    assert row["reach_plan"] == change(by_plan(overall(effects, "reach_plan"))["c"])
    assert row["reach_plan"] != row["people_treated"] != "0"


def test_of_several_topics_the_report_tells_each() -> None:
    """The headline is over all of them, which it says; their mean is the headline's level."""
    topics = [TODAY.topics[0], Topic(name="diets & <b>", accurate_share=0.5)]
    both = {name: plan.but(topics=topics) for name, plan in plans().items()}
    made = compare(both, replicates=3, seed=1)
    effects = made.effects()
    html = report_html(made, effects)
    assert "over 2 topics together: a person counts once for each topic" in html
    assert "diets &amp; &lt;b&gt;</th>" in html
    rows = topic_rows(made, effects)
    assert [row["topic"] for row in rows] == ["vaccines", "diets & <b>"]
    mine = effects[(effects["measure"] == "misinformed") & (effects["subgroup"] == "all")]
    for row, topic in zip(rows, topics, strict=True):
        found = by_plan(mine[mine["topic"] == topic.name])
        assert [each["text"] for each in row["entries"]] == [change(found[plan]) for plan in made.names[1:]]
    levels = mine[mine["plan"] == "prompt"].set_index("topic")["baseline"]
    assert levels["all"] == pytest.approx(levels[[topic.name for topic in topics]].mean())
    counts = compare(
        {name: plan.but(primary="exposures_false") for name, plan in both.items()}, replicates=2, seed=1
    )
    text = report_html(counts)
    assert "over 2 topics together. Topic by topic" in text


def test_one_topic_has_no_table_of_topics(comparison: Comparison) -> None:
    assert "topics together" not in report_html(comparison)


@pytest.mark.parametrize(
    ("mean", "told"),
    [(0.0, "0"), (0.5, "0.5"), (0.04, "0.04"), (2.0, "2"), (9.25, "9.2"), (15.9, "16"), (1234.5, "1,234")],
)
def test_half_an_act_is_not_nothing(comparison: Comparison, monkeypatch, mean: float, told: str) -> None:
    deeds = comparison.deeds().assign(acts=mean)
    monkeypatch.setattr(type(comparison), "deeds", lambda self: deeds)
    assert deed_rows(comparison)[0]["acts"] == told


def made_effects(comparison: Comparison, difference: float, error: float) -> pd.DataFrame:
    """Effects in which the first plan changed the primary outcome so much."""
    effects = comparison.effects().copy()
    mine = (effects["outcome"] == "primary") & (effects["plan"] == "prompt")
    low, high = difference - 2 * error, difference + 2 * error
    made = {"difference": difference, "low": low, "high": high, "baseline": 0.1, "value": 0.1 + difference}
    more = {"relative": difference / 0.1, "probability_of_benefit": 1.0}
    for name, value in {**made, **more}.items():
        effects.loc[mine, name] = value
    return effects


def test_one_plan_or_one_replicate_still_make_a_page() -> None:
    assert "nothing is compared" in report_html(compare({"today": TODAY}, replicates=1, seed=1))
    one = compare(plans(), replicates=1, seed=1)
    assert "run more replicates" in " ".join(answer(one, one.effects()))
    assert "single" in report_html(one)


def test_every_number_of_the_plans_is_in_the_table(comparison: Comparison) -> None:
    rows = parameter_rows(comparison.plans.values())
    by_name = {(row.where, row.name): row for row in rows}
    effect = by_name["intervention accuracy_prompt", "effect"]
    assert (effect.value, effect.source, effect.assumed) == ("0.9", "PennycookRand2022", False)
    assert by_name[f"intervention {NOTHING.key}", "effect"].value == "0"
    assert by_name["population", "patients"].assumed
    assert not by_name["population", "graph"].assumed
    assert len(set(rows)) == len(rows)
    html = report_html(comparison)
    assert f"<strong>{sum(row.assumed for row in rows)}</strong> numbers are assumed" in html
    assert "PennycookRand2022" in html


def test_the_folder_holds_everything(comparison: Comparison, tmp_path: Path) -> None:
    paths = write_comparison(comparison, tmp_path / "a", csv=True)
    names = {path.name for path in paths}
    assert names == {path.name for path in (tmp_path / "a").iterdir()}
    assert names == {
        "runs.parquet", "runs.csv", "effects.csv", "interventions.csv", "cost_per_averted.csv",
        "codebook.csv", "provenance.json", "comparison.png", "comparison.svg", "report.html",
    }  # fmt: skip
    write_comparison(Comparison.load(tmp_path / "a"), tmp_path / "b")
    for name in ("runs.parquet", "effects.csv", "codebook.csv", "comparison.png", "comparison.svg"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name
    with pytest.raises(OutputExistsError):
        write_comparison(comparison, tmp_path / "a")
    write_comparison(comparison, tmp_path / "a", overwrite=True)


def test_two_reports_are_equal_bytes(comparison: Comparison, tmp_path: Path) -> None:
    one, two = (write_report(comparison, tmp_path / "new" / name) for name in ("a.html", "b.html"))
    assert one.read_bytes() == two.read_bytes()


def test_an_interrupted_study_says_so_on_the_page() -> None:
    def stop(finished: int, total: int) -> None:
        if finished == 2:
            raise KeyboardInterrupt

    html = report_html(compare(plans(), replicates=5, seed=1, progress=stop))
    assert "2 of 5 replicates finished" in html


def test_plans_for_other_people_have_a_page_without_the_network(tmp_path: Path) -> None:
    fewer = TODAY.but(population=TODAY.population.but(graph=scale_free(40, mean_degree=4, seed=1)))
    paths = write_comparison(compare({"today": TODAY, "fewer": fewer}, replicates=2, seed=1), tmp_path)
    text = (tmp_path / "report.html").read_text("utf-8")
    assert tmp_path / "report.html" in paths
    assert "The network before" not in text


def test_of_a_handful_of_people_nothing_is_told() -> None:
    """Of 100 people two are providers, on average; literacy has larger parts."""
    people = Population(
        graph=scale_free(100, mean_degree=6, seed=1),
        providers=0.02,
        patients=0.3,
        subgroups=["role", "literacy"],
    )
    today = TODAY.but(population=people)
    made = compare({"today": today, "prompt": today.but(interventions=[PROMPT])}, replicates=2, seed=1)
    html = report_html(made)
    assert re.search(r"Left out, for fewer than ten people: [^<]*role: provider", html)
    told = re.search(r"Effect by subgroup.*?</table>", html, re.DOTALL)[0]
    assert "role: patient" in told
    assert "role: provider<" not in told
