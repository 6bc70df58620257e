"""The page in a real browser: set, run, compare, save; with a server, as a file, and as a widget."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

import infodemic_sim as ids
from infodemic_sim.dashboard.bundle import script, style
from infodemic_sim.dashboard.desk import Desk
from infodemic_sim.plots.style import BELIEFS, POSTED_FALSE
from infodemic_sim.report.page import numbers_of, report_html
from infodemic_sim.scenario_file import read_scenario, write_scenario
from infodemic_sim.study.plans import plans_of
from infodemic_sim.study.shown import ALONE, change
from tests.dashboard.small import CHOICES, TOWN


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Of a server that `infodemic app` has started."""
    file = write_scenario(TOWN, tmp_path_factory.mktemp("app") / "town.yaml")
    command = [sys.executable, "-m", "infodemic_sim", "app", str(file), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield re.search(r"http://127\.0\.0\.1\S+", server.stdout.readline())[0]
        server.terminate()


@pytest.fixture
def opened(page, address):
    page.goto(address)
    page.wait_for_selector("[data-ready]")
    return page


def run_to_end(page) -> None:
    page.get_by_role("button", name="Run").click()
    await_end(page)


def await_end(page) -> None:
    """Pictures are drawn when the browser finds the time, also after all pairs are there."""
    page.get_by_text(re.compile("^Done:")).wait_for()
    await_last_picture(page)


def await_last_picture(page) -> None:
    page.get_by_role("button", name="Play").wait_for()


def shown_change(page) -> str:
    return page.locator(".answer p").first.text_content().partition(": ")[2]


def saved(page, name: str) -> str:
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    return download.value.path().read_text("utf-8")


def test_set_run_compare_and_save(opened, tmp_path):
    """What the page shows is what the command line makes of the file that it saves."""
    opened.fill("#pairs", "3")
    opened.fill("#seed", "7")
    opened.fill("#n-population-providers", "0.1")
    opened.check("#plan-accuracy_prompt")
    run_to_end(opened)
    assert opened.locator(".picture canvas").count() == 2
    assert "% misinformed" in opened.locator(".picture figcaption").nth(1).text_content()
    assert opened.locator(".beside tbody tr").count() > 4
    (tmp_path / "scenario.yaml").write_text(saved(opened, "Save scenario"), "utf-8")
    file = read_scenario(tmp_path / "scenario.yaml")
    effects = ids.compare(plans_of(file.scenario, file.plans), replicates=3, seed=7).effects()
    row = effects.query("outcome == 'primary'").iloc[0]
    assert shown_change(opened) == f"{change(row)} percentage points"
    report = saved(opened, "Save report")
    assert report.startswith("<!doctype html>")
    assert "accuracy_prompt" in report


def test_the_network_is_drawn_and_can_be_played_again(opened):
    """Pixels of both colours are there, and pictures of two days differ."""
    opened.fill("#pairs", "1")
    run_to_end(opened)
    day = opened.locator(".film input")
    last = int(day.get_attribute("max"))
    pictures = []
    for place in (0, last):
        day.fill(str(place))
        pictures.append(opened.locator(".picture canvas").nth(1).screenshot())
    assert pictures[0] != pictures[1]
    play = opened.get_by_role("button", name="Play")
    assert play.evaluate("(one) => { one.click(); return one.textContent; }") == "Pause"
    await_last_picture(opened)
    assert int(day.input_value()) == last


def test_people_have_the_colours_of_all_our_figures(opened):
    opened.fill("#pairs", "1")
    run_to_end(opened)
    shown = opened.evaluate(
        """[...document.querySelectorAll(".swatch")].map((one) => {
          const look = getComputedStyle(one);
          return one.classList.contains("ring") ? look.borderTopColor : look.backgroundColor;
        })"""
    )
    known = [*BELIEFS.values(), POSTED_FALSE]
    assert shown == [f"rgb{tuple(bytes.fromhex(colour[1:]))}" for colour in known]
    drawn = opened.locator(".picture canvas").first.evaluate(
        """(one) => {
          const { data } = one.getContext("2d").getImageData(0, 0, one.width, one.height);
          const pixel = (_, k) => data.slice(4 * k, 4 * k + 4).join();
          return [...new Set(Array.from({ length: data.length / 4 }, pixel))];
        }"""
    )
    accurate = [*bytes.fromhex(BELIEFS["accurate"][1:]), 255]
    places = [[int(part) for part in colour.split(",")] for colour in drawn]
    off = min(max(abs(a - b) for a, b in zip(place, accurate, strict=True)) for place in places)
    assert off <= 1  # the surest byte, 255, is one of 128 steps short of the end


def test_it_can_be_used_by_keyboard_alone(opened):
    opened.locator("body").press("Tab")
    assert opened.evaluate("document.activeElement.textContent") == "Run"
    opened.keyboard.press("Enter")
    await_end(opened)
    opened.locator("#plan-friction").focus()
    opened.keyboard.press("Space")
    assert opened.locator("#n-interventions-friction-effect").is_visible()


def test_what_cannot_be_run_is_told_in_the_page(opened):
    opened.fill("#n-population-providers", "3")
    opened.get_by_role("button", name="Run").click()
    wrong = opened.locator(".status.wrong")
    wrong.wait_for()
    assert "providers" in wrong.text_content()


STOP_AT_THE_FIRST_PAIR = """() => {
  const status = document.querySelector(".status");
  const stop = [...document.querySelectorAll("button")].find((one) => one.textContent === "Stop");
  new MutationObserver((_, watch) => {
    if (!/^\\d+ of 100 pairs/.test(status.textContent)) return;
    watch.disconnect();
    stop.click();
  }).observe(status, { childList: true });
}"""


def test_a_run_can_be_stopped_and_another_begun(opened):
    opened.locator("details:has(#n-days) > summary").click()
    opened.fill("#n-days", "20")  # so that not all pairs come at once
    opened.fill("#pairs", "100")
    opened.evaluate(STOP_AT_THE_FIRST_PAIR)
    opened.get_by_role("button", name="Run").click()
    opened.get_by_text(re.compile(r"^Stopped after \d+ of 100 pairs of runs")).wait_for()
    assert not opened.get_by_role("button", name="Stop").is_visible()
    opened.fill("#n-days", "4")
    opened.fill("#pairs", "2")
    run_to_end(opened)


def test_another_network_can_be_chosen(opened):
    opened.select_option("#network", label="small world")
    opened.fill("#pairs", "1")
    run_to_end(opened)
    assert "type: small_world" in saved(opened, "Save scenario")


# --- a file without a server ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    design = ids.Listed(
        rows=[
            {"population.providers": p, "interventions.warning_label.recall": r}
            for p, r in ((0.0, 0.2), (0.1, 0.9))
        ]
    )
    study = ids.Study(
        scenario=TOWN,
        plans={"as it was": (), "<b>label": ("warning_label",)},
        design=design,
        replicates=3,
        seed=2,
    )
    return ids.sweep(study, tmp_path_factory.mktemp("explorer") / "study")


def test_sliders_stop_at_designs_that_were_run(page, results, tmp_path):
    file = ids.write_explorer(results, tmp_path / "explorer.html")
    page.goto(file.as_uri())
    page.wait_for_selector("[data-ready]")
    assert page.locator("#which-plan").input_value() == "<b>label"
    effects = results.effects().set_index("point")
    for presses, point in ((0, 0), (1, 1)):
        if presses:
            page.locator("#d-population-providers").press("ArrowRight")
            page.get_by_text("moved to the nearest design").wait_for()
        await_last_picture(page)
        row = effects.loc[point]
        assert shown_change(page) == f"{change(row)} percentage points"
    assert page.locator("#d-interventions-warning_label-recall").get_attribute("aria-valuetext") == "0.9"
    assert page.locator(".picture canvas").first.is_visible()
    assert page.locator(".picture figcaption").first.text_content().startswith("as it was: ")
    assert page.locator(".beside th").nth(1).text_content() == "as it was"


def test_of_several_topics_the_pictures_name_theirs(page, tmp_path):
    """The caption tells the share on the topic that is shown, which can be chosen; one needs no name."""
    names = ["vaccines", "x" * 60 + " & <b>"]
    topics = [TOWN.topics[0], ids.Topic(name=names[1], accurate_share=0.5)]
    for town, about in ((TOWN, None), (TOWN.but(topics=topics), names)):
        plans = {"today": town.but(interventions=()), "label": town}
        comparison = ids.compare(plans, replicates=2, seed=1)
        file = ids.write_explorer(comparison, tmp_path / f"{len(town.topics)}.html")
        page.goto(file.as_uri())
        page.wait_for_selector("[data-ready]")
        chooser = page.get_by_label("topic of the pictures")
        caption = page.locator(".picture figcaption").first
        assert chooser.is_visible() is bool(about)
        assert page.get_by_text("of all topics together").count() == bool(about)
        film = ids.film(plans["today"], seed=1, every=0.25)
        await_last_picture(page)
        for name in about or [None]:
            if name:
                chooser.select_option(label=name)
            page.locator(".film input").fill("0")
            share = f"{100 * film.misinformed(name)[0]:.1f} % misinformed"
            assert caption.text_content() == f"today: {share}" + (f" about {name}" if name else "")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_comparison_without_pictures(page, tmp_path):
    plans = {"today": TOWN.but(interventions=()), "label": TOWN, "</script><script>alert(1)</script>": TOWN}
    comparison = ids.compare(plans, replicates=2, seed=1)
    file = ids.write_explorer(comparison, tmp_path / "explorer.html", pictures=False)
    page.goto(file.as_uri())
    page.wait_for_selector("[data-ready]")
    assert page.locator("#which-plan option").all_text_contents() == list(plans)[1:]
    assert page.locator(".charts .line").count() == 2
    assert page.locator(".limits p").first.text_content() == numbers_of(plans.values())["limit"]
    assert not page.locator(".picture canvas").first.is_visible()


def test_of_several_plans_it_marks_those_that_do_not_stay_told_from_no_change(page, tmp_path):
    """As the report does, with its words; never where one plan is compared."""
    effects = {"a": [0.3, 0.2, 0.4, -0.1, 0.5, 0.1], "b": [0.1, 0.5, -0.1, 0.4, 0.2, 0.3]}
    for names, mark in ((["a", "b"], " †"), (["b"], "")):
        comparison = made({name: effects[name] for name in names})
        file = ids.write_explorer(comparison, tmp_path / f"{len(names)}.html", pictures=False)
        page.goto(file.as_uri())
        page.wait_for_selector("[data-ready]")
        page.select_option("#which-plan", label="b")
        assert page.locator(".answer p").nth(1).text_content() == f"The plan is worse{mark}."
        assert page.get_by_text(ALONE).count() == len(mark) / 2
        assert f"worse{mark}<" in report_html(comparison)


def made(effects: dict[str, list[float]]) -> ids.Comparison:
    """Plans that add so much to the share of misinformed people, in per cent of people, in each pair."""
    today = TOWN.but(interventions=(), days=1.0)
    comparison = ids.compare({"today": today, **dict.fromkeys(effects, today)}, replicates=6, seed=1)
    runs = comparison.runs
    for plan, added in effects.items():
        mine = (runs["measure"] == comparison.primary) & (runs["plan"] == plan)
        runs.loc[mine, "value"] += runs["replicate"].map(dict(enumerate(added)))[mine] / 100
    return comparison


def test_all_numbers_are_in_sight_on_a_telephone(page, tmp_path):
    name = "what the whole district does today without any further measures"
    comparison = ids.compare({name: TOWN.but(interventions=()), "label": TOWN}, replicates=2, seed=1)
    page.set_viewport_size({"width": 400, "height": 900})
    page.goto(ids.write_explorer(comparison, tmp_path / "explorer.html", pictures=False).as_uri())
    page.wait_for_selector("[data-ready]")
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    cells = page.locator(".beside td").all()
    assert len(cells) > 20
    for cell in cells:
        box = cell.bounding_box()
        assert box is None or (0 <= box["x"] and box["x"] + box["width"] <= 400)
    assert page.locator(".beside td").first.get_attribute("data-head") == name


# --- a widget -------------------------------------------------------------------------------------------


def test_the_widget_asks_and_hears_by_messages(page):
    """The widget's own script, with a model that answers what the kernel would."""
    desk = Desk(TOWN)
    answers = {
        "form": desk.answer("form"),
        "run": list(desk.run(CHOICES)),
        "yaml": desk.answer("yaml", CHOICES),
    }
    page.goto("about:blank")
    page.set_content("<style></style><div id='cell'></div>")
    page.add_style_tag(content=style())
    page.evaluate(HARNESS, [script("widget"), json.dumps(answers)])
    page.wait_for_selector("[data-ready]")
    run_to_end(page)
    assert page.locator(".picture canvas").first.is_visible()
    assert "warning_label" in saved(page, "Save scenario")


HARNESS = """async ([code, answers]) => {
  const told = JSON.parse(answers);
  const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const widget = (await import(url)).default;
  let hear;
  const model = {
    on: (name, callback) => { hear = callback; },
    send: ({ id, what }) => setTimeout(() => {
      if (what === "run") told.run.forEach((event) => hear({ id, event }));
      else hear({ id, answer: told[what] });
    }),
  };
  widget.render({ model, el: document.getElementById("cell") });
}"""
