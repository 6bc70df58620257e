"""Words in figures: within the figure, apart from each other, dark enough, and telling what marks are."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace

import matplotlib.pyplot as plt
import pytest
from matplotlib.colors import to_rgb
from matplotlib.text import Text

from infodemic_sim import plots
from infodemic_sim.comparing.compare import compare
from infodemic_sim.plots import style
from infodemic_sim.plots.contrast import READABLE, contrast, ink_on, legible
from infodemic_sim.plots.labels import short_name
from infodemic_sim.plots.who_reaches_whom import NONE_TO_ALL
from tests.plots.figures import FIGURES, comparison, crossed, effects, film, worth
from tests.study.tiny import PROMPT, TODAY

ON_AXES = {
    "effects_ranked": lambda ax: plots.effects_ranked(effects(), "exposures_false", ax),
    "trajectories": lambda ax: plots.trajectories(comparison(), "exposures_false", ax),
    "effects_along": lambda ax: plots.effects_along(
        crossed(), "misinformed", ax, along="dose", series="plan"
    ),
    "acceptability_curve": lambda ax: plots.acceptability_curve(worth(), ax),
    "cost_effect_plane": lambda ax: plots.cost_effect_plane(comparison(), ax=ax),
    "belief_distribution": lambda ax: plots.belief_distribution(film(), ax=ax),
    "who_reaches_whom": lambda ax: plots.who_reaches_whom(film(), "role", ax),
}


@pytest.fixture
def plain():
    """Axes as everybody makes them: nothing lays words out."""
    made = []

    def axes(*size, **more):
        figure, found = plt.subplots(*size, **more)
        made.append(figure)
        return found

    yield axes
    for figure in made:
        plt.close(figure)


@pytest.mark.parametrize("name", ON_AXES)
def test_words_stay_within_the_figure_of_axes_that_were_given(name, plain):
    ax = plain()
    ON_AXES[name](ax)
    ax.figure.draw_without_rendering()
    words, whole = ax.get_tightbbox(for_layout_only=True), ax.figure.bbox
    assert whole.x0 <= words.x0 < words.x1 <= whole.x1
    assert whole.y0 <= words.y0 < words.y1 <= whole.y1


def test_words_keep_clear_of_axes_beside_them(plain):
    left, right = plain(1, 2, figsize=(10, 4))
    plots.effects_ranked(effects(), "exposures_false", left)
    plots.effects_ranked(effects(), "exposures_false", right)
    one, other = (ax.get_tightbbox(for_layout_only=True) for ax in (left, right))
    assert one.x1 <= other.x0


def test_axes_that_are_not_seen_take_no_room(plain):
    left, right = plain(1, 2, figsize=(10, 4))
    right.set_visible(False)
    plots.effects_ranked(effects(), "exposures_false", left)
    assert left.get_tightbbox(for_layout_only=True).x0 > 0


def test_axes_of_a_figure_with_a_layout_are_left_to_it():
    ax = plots.new_figure(4, 3).add_subplot()
    before = ax.get_position().bounds
    plots.effects_ranked(effects(), "exposures_false", ax)
    assert ax.get_position().bounds == before


@pytest.mark.parametrize("size", [(3.2, 3.0), (9.0, 4.0)])
def test_names_of_columns_do_not_run_into_each_other(size, plain):
    ax = plain(figsize=size)
    plots.who_reaches_whom(film(), "role", ax)
    ax.figure.draw_without_rendering()
    boxes = [label.get_window_extent() for label in ax.get_xticklabels()]
    assert all(one.x1 < other.x0 for one, other in pairwise(boxes))
    assert {label.get_rotation() for label in ax.get_xticklabels()} == {90.0 if size[0] < 4 else 0.0}


@pytest.mark.parametrize("name", FIGURES)
def test_words_on_white_are_dark_enough(name):
    """4.5 to 1, as WCAG asks of text; numbers on colours are black or white."""
    for text in FIGURES[name]().findobj(Text):
        if text.get_text() and text.get_visible() and text.get_color() != "white":
            assert contrast(to_rgb(text.get_color()), "white") >= READABLE, text.get_text()


def test_the_reference_numbers_of_contrast():
    assert contrast("black", "white") == pytest.approx(21.0)
    assert contrast("#777777", "white") == pytest.approx(4.48, abs=0.005)  # well known to miss it


@pytest.mark.parametrize("colour", [*style.COLOURS, style.INK, style.SOFT])
def test_a_legible_shade_keeps_its_hue_and_is_no_darker_than_need_be(colour):
    shade = legible(colour)
    assert contrast(shade, "white") >= READABLE
    if contrast(colour, "white") >= READABLE:
        assert shade == colour
    else:
        assert contrast(shade, "white") < READABLE + 0.25
        shares = [a / b for a, b in zip(to_rgb(shade), to_rgb(colour), strict=True) if b > 0.1]
        assert max(shares) - min(shares) < 0.05


def test_numbers_in_cells_can_be_read_on_any_shade():
    for share in range(101):
        cell = NONE_TO_ALL(share / 100)
        assert contrast(ink_on(cell), cell) >= READABLE


def test_trajectories_say_what_their_bands_are():
    def said(*source, **more):
        return [text.get_text() for text in plots.trajectories(*source, **more).texts]

    assert "lines: mean of 3 runs; bands: 95 % interval of the mean" in said(comparison(), "misinformed")
    change = said(comparison(), "misinformed", difference=True)
    assert "lines: mean of 3 paired differences; bands: 95 % interval of the mean" in change
    runs = comparison().runs
    assert "lines: one run" in said(runs[runs["replicate"] == 0], "misinformed")


def test_forest_and_agreement_say_what_their_marks_are():
    number = SimpleNamespace(value=0.5, low=0.2, high=0.8, error=0.1)
    outcome = SimpleNamespace(what="a", low=0.0, high=1.0, kind="FITTED", ours=False)
    row = SimpleNamespace(outcome=outcome, ours=number, reading="inside")
    trial = SimpleNamespace(trial=SimpleNamespace(source="A2020"), rows=[row])
    told = {text.get_text() for text in plots.forest([trial]).get_legend().get_texts()}
    assert {"published interval", "fitted", "predicted", "outside", "our 95 % interval reaches it"} <= told
    outcome.ours = True
    starred = plots.forest([trial])
    told = {text.get_text() for text in starred.get_legend().get_texts()}
    assert "published interval (* set by us: none was published)" in told
    assert [text.get_text() for text in starred.get_yticklabels()] == ["A2020: a *"]
    published = SimpleNamespace(what="a", measure="difference", tolerance=0.1, value=0.45)
    row = SimpleNamespace(published=published, ours=number, verdict="agrees")
    entry = SimpleNamespace(entry=SimpleNamespace(source="A2020"), rows=[row])
    told = {text.get_text() for text in plots.agreement([entry]).get_legend().get_texts()}
    assert {"distance allowed: they agree", "too few runs to tell", "± two standard errors"} <= told


def test_names_that_turn_a_line_round_are_shown_as_in_reports():
    """Else a name with U+202E would have the numbers after it read from right to left."""
    assert short_name("a\u202eb") == "a\ufffdb"
    turned = {"today\u202e": TODAY, "plan\u202e": TODAY.but(interventions=[PROMPT])}
    both = compare(turned, replicates=2, seed=1)
    made = both.effects()
    for drawn in (
        plots.comparison_figure(both, made),
        plots.trajectories(both, "misinformed").figure,
        plots.effects_ranked(made, "misinformed").figure,
        plots.cost_effect_plane(both).figure,
        plots.heat_map(made[made["subgroup"] == "all"], "misinformed", rows="measure", columns="plan").figure,
    ):
        words = " ".join(text.get_text() for text in drawn.findobj(Text))
        assert "\u202e" not in words
        assert "\ufffd" in words
        assert "\u202e" not in plots.svg_text(drawn)
