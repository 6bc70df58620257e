"""What stands on the page, and of which choices and pairs: the run is held, and told event by event."""

from __future__ import annotations

import json
import re

import pytest

import infodemic_sim as ids
from infodemic_sim.dashboard.bundle import script, style
from infodemic_sim.dashboard.desk import Desk
from infodemic_sim.dashboard.pictures import network
from tests.dashboard.small import CHOICES, TOWN

HELD = """async ([code, form]) => {
  const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const widget = (await import(url)).default;
  window.sent = [];
  let hear;
  const last = () => window.sent.filter((one) => one.what === "run").at(-1).id;
  window.tell = (event) => hear({ id: last(), event });
  window.fail = (error) => hear({ id: last(), error });
  const model = {
    on: (name, callback) => { hear = callback; },
    send: (message) => {
      window.sent.push(message);
      const answer = message.what === "form" ? JSON.parse(form) : "a file";
      if (message.what !== "run") setTimeout(() => hear({ id: message.id, answer }));
    },
  };
  widget.render({ model, el: document.getElementById("cell") });
}"""
WAITS, CHANGED = re.compile("of the run before"), re.compile("before your last change: press Run")


@pytest.fixture(scope="module")
def desk():
    return Desk(TOWN)


@pytest.fixture(scope="module")
def pair(desk):
    """What a page is told of three pairs."""
    return [event for event in desk.run(CHOICES) if event["kind"] == "pair"][-1]


@pytest.fixture
def held(page, desk):
    """A page whose runs wait for what the test tells them."""
    page.goto("about:blank")
    page.set_content("<div id='cell'></div>")
    page.add_style_tag(content=style())
    page.evaluate(HELD, [script("widget"), json.dumps(desk.answer("form"))])
    page.wait_for_selector("[data-ready]")
    page.fill("#pairs", "20")
    return page


def press(page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def asked(page, what: str = "run") -> list[dict]:
    """The choices that the page sent."""
    return [one.get("choices") for one in page.evaluate("window.sent") if one["what"] == what]


def tell(page, pair: dict, number: int, of: int = 20, **effect) -> None:
    told = {**pair, "number": number, "of": of, "effect": {**pair["effect"], **effect}}
    page.evaluate("(event) => window.tell(event)", told)


def run_to_end(page, pair: dict, of: int = 3) -> None:
    page.fill("#pairs", str(of))
    press(page, "Run")
    for number in range(1, of + 1):
        tell(page, pair, number, of, verdict="better")
    page.evaluate("window.tell({ kind: 'done' })")
    page.get_by_text(re.compile("^Done:")).wait_for()


def said(page, place: str) -> str:
    return page.locator(place).text_content()


# --- of which choices ------------------------------------------------------------------------------------


def test_results_say_when_the_form_shows_other_choices(held, pair):
    """In words that are read aloud, and only as long as it is so; the results stay."""
    run_to_end(held, pair)
    headline = said(held, ".answer")
    assert said(held, ".note") == ""
    held.uncheck("#plan-warning_label")
    assert CHANGED.search(said(held, ".note"))
    assert held.locator(".note").get_attribute("role") == "status"
    assert held.locator(".note").is_visible()
    assert said(held, ".answer") == headline
    held.check("#plan-warning_label")
    assert said(held, ".note") == ""
    held.select_option("#network", label="small world")
    assert CHANGED.search(said(held, ".note"))


def test_strengths_of_what_is_not_in_the_plan_count_for_nothing(held, pair):
    held.check("#plan-friction")
    held.fill("#n-interventions-friction-effect", "")
    held.uncheck("#plan-friction")
    run_to_end(held, pair)
    assert asked(held)[0]["values"] == {}
    assert said(held, ".note") == ""


def test_a_scenario_is_of_what_the_form_says_now_and_a_report_of_what_was_run(held, pair):
    run_to_end(held, pair)
    held.uncheck("#plan-warning_label")
    held.fill("#n-population-graph-people", "150")
    with held.expect_download():
        press(held, "Save scenario")
    saved = asked(held, "yaml")[0]
    assert (saved["interventions"], saved["values"]) == ([], {"population.graph.people": 150})
    assert "which were not run" in said(held, ".status")
    with held.expect_download():
        press(held, "Save report")
    assert asked(held, "report") == asked(held)
    assert "of what was run" in said(held, ".status")


def test_a_scenario_can_be_saved_before_anything_is_run(held):
    assert held.get_by_role("button", name="Save report").is_disabled()
    with held.expect_download():
        press(held, "Save scenario")
    assert asked(held, "yaml")[0]["interventions"] == ["warning_label"]


def test_interventions_are_asked_for_in_one_order(held, pair):
    """Ticked again, the plan is the same plan."""
    held.check("#plan-friction")
    run_to_end(held, pair)
    held.uncheck("#plan-warning_label")
    held.check("#plan-warning_label")
    assert said(held, ".note") == ""


def test_the_answer_of_the_run_before_does_not_pass_for_the_new_one(held, pair):
    run_to_end(held, pair)
    press(held, "Run")
    assert WAITS.search(said(held, ".note"))
    captions = held.locator(".picture figcaption")
    captions.first.evaluate("(one) => { one.textContent = 'today: 10 % misinformed'; }")
    held.evaluate(
        "(event) => window.tell(event)", network(ids.erdos_renyi(20, mean_degree=4, seed=1), TOWN.topics)
    )
    assert captions.all_text_contents() == ["today", "with the plan"]
    assert "grayscale" in held.locator(".answer").evaluate("(one) => getComputedStyle(one).filter")
    tell(held, pair, 1, 3)
    assert said(held, ".note") == ""
    press(held, "Stop")
    press(held, "Run")
    press(held, "Stop")
    assert "before the first pair" in said(held, ".status")
    assert held.locator(".answer").is_visible()


# --- fields without a number -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("n-population-trust_providers", "", "Give a number; it was 0."),
        ("n-days", "", "Give a number; it was 4."),
        ("pairs", "", "from 1 to 100"),
        ("pairs", "0", "from 1 to 100"),
        ("pairs", "2.5", "from 1 to 100"),
        ("seed", "-1", "0 or more"),
    ],
)
def test_a_field_without_its_number_is_refused_where_it_stands(held, field, text, words):
    """Also one in a section that was closed: it is opened. Neither a run nor a file has the old number."""
    here = held.locator(f"#{field}")
    here.evaluate(
        "(one, text) => { one.value = text; one.dispatchEvent(new Event('input', { bubbles: true })); }", text
    )
    press(held, "Run")
    press(held, "Save scenario")
    assert (asked(held), asked(held, "yaml")) == ([], [])
    assert words in said(held, f"#{field}-fault")
    assert held.locator(f"#{field}-fault").is_visible()
    assert held.evaluate("document.activeElement.id") == field
    assert here.get_attribute("aria-invalid") == "true"
    assert here.get_attribute("aria-describedby") == f"{field}-fault"
    here.fill("1")
    assert said(held, f"#{field}-fault") == ""
    press(held, "Run")
    assert len(asked(held)) == 1


# --- of how many pairs -----------------------------------------------------------------------------------


def test_only_all_pairs_have_a_verdict_without_their_number(held, pair):
    press(held, "Run")
    tell(held, pair, 1, low=None, high=None)
    assert "One pair alone" in said(held, ".answer")
    tell(held, pair, 2, verdict="better")
    assert "So far, in 2 of 20 pairs of runs: the plan is better." in said(held, ".answer")
    press(held, "Stop")
    held.get_by_text("Stopped after 2 of 20 pairs of runs.").wait_for()
    assert "After 2 of 20 pairs of runs: the plan is better." in said(held, ".answer")
    run_to_end(held, pair)
    assert said(held, ".answer p:nth-child(2)") == "The plan is better."


def test_a_run_that_fails_on_its_way_says_after_how_many_pairs(held, pair):
    press(held, "Run")
    tell(held, pair, 1)
    tell(held, pair, 2, verdict="worse")
    held.evaluate("window.fail('A worker died.')")
    held.get_by_text("A worker died.").wait_for()
    assert "After 2 of 20 pairs of runs: the plan is worse." in said(held, ".answer")


def test_one_pair_is_one_pair(held, pair):
    run_to_end(held, pair, of=1)
    assert said(held, ".status") == "Done: 1 pair of runs on the same draws."


# --- the chart of the difference -------------------------------------------------------------------------


def chart(page, pair: dict, effects: list[tuple[float, float, float]], of: int) -> dict[str, list[str]]:
    """Texts along both axes, and how many arrows."""
    press(page, "Run")
    for number, (low, middle, high) in enumerate(effects, start=1):
        tell(page, pair, number, of, low=low, difference=middle, high=high)
    first = page.locator(".chart").first
    return {
        "x": first.locator("text.m").all_text_contents(),
        "y": first.locator("text.n").all_text_contents()[:-1],
        "arrows": first.locator(".arrow").count(),
        "words": first.locator("figcaption").text_content(),
    }


@pytest.mark.parametrize(
    ("effects", "least"),
    [
        ([(-4.0, -1.6, 4.0)] * 4, 3),
        ([(-0.049, -0.01, 0.032)] * 4, 3),
        ([(-2.1, -0.8, 2.0)] * 4, 3),
        ([(0.0, 0.0, 0.0)] * 2, 3),
    ],
)
def test_the_difference_has_a_scale(held, pair, effects, least):
    assert len(chart(held, pair, effects, 12)["y"]) >= least


@pytest.mark.parametrize("pairs", [1, 2, 3, 7, 12, 100])
def test_pairs_are_counted_in_whole_numbers(held, pair, pairs):
    ticks = chart(held, pair, [(-2.0, -1.0, 0.5)], pairs)["x"]
    assert ticks
    assert all(tick.isdigit() and 1 <= int(tick) <= pairs for tick in ticks)


def test_intervals_that_go_on_beyond_the_edge_say_so(held, pair):
    wide, fine = (-40.0, -1.0, 38.0), (-1.5, -1.0, -0.5)
    found = chart(held, pair, [fine, wide, fine, fine], 12)
    assert found["arrows"] == 2
    assert found["words"].endswith("arrows: beyond the edge")
    press(held, "Stop")
    assert chart(held, pair, [fine] * 4, 12)["arrows"] == 0


# --- sliders ---------------------------------------------------------------------------------------------


def test_a_slider_stops_at_round_values_and_leaves_what_it_does_not_move(held, pair):
    field = held.locator("#n-population-trust_providers")
    slider = held.locator(".number", has=field).locator("input[type=range]")
    assert field.input_value() == "0.401"
    run_to_end(held, pair)
    assert asked(held)[0]["values"] == {}
    slider.press("ArrowRight")
    assert field.input_value() == "0.405"
    assert CHANGED.search(said(held, ".note"))
    field.fill("")
    assert slider.input_value() == "0.405"
    field.fill("0.401")
    assert said(held, ".note") == ""


def test_all_stops_of_all_sliders_are_round_and_within_reach(held):
    """A stop, in units of the slider's step, is whole, and the step is 1, 2 or 5 of a power of ten."""
    ranges = held.evaluate(
        "[...document.querySelectorAll('.number')].map((one) => ['range', 'number'].map((type) => "
        "['min', 'max', 'step'].map((name) => one.querySelector(`[type=${type}]`)[name])))"
    )
    assert len(ranges) > 100
    for (low, high, step), (least, most, _) in ranges:
        assert re.fullmatch(r"0*[125]0*(e-\d+)?", step.replace(".", "")), step
        for stop in (low, high):
            assert abs(float(stop) / float(step) - round(float(stop) / float(step))) < 1e-6
            assert float(least) <= float(stop) <= float(most)


# --- paper -----------------------------------------------------------------------------------------------


def test_paper_has_the_result_first_and_what_was_set_after_it(held, pair):
    run_to_end(held, pair)
    held.emulate_media(media="print")
    places = [held.locator(one).bounding_box()["y"] for one in (".answer", ".beside", "aside")]
    assert places == sorted(places)
    assert not held.get_by_role("button", name="Run").is_visible()
    assert held.locator("#plan-warning_label").is_visible()
    assert not held.locator("#plan-friction").is_visible()
