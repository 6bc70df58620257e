"""Bands of belief are the shares of people, and who reaches whom is counted from the log."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from matplotlib.text import Text

from infodemic_sim import plots
from infodemic_sim.errors import ParameterError, UnknownNameError
from infodemic_sim.graphs.columns import categories
from infodemic_sim.plots.belief import EDGES, shares_below
from infodemic_sim.plots.who_reaches_whom import MOST_GROUPS, few, passing
from tests.plots.films import filmed


@pytest.fixture(scope="module")
def film():
    return filmed()


def test_bands_are_shares_of_people_and_the_line_is_the_misinformed(film):
    ax = plots.belief_distribution(film, "diets")
    line = ax.lines[0]
    np.testing.assert_array_equal(line.get_xdata(), film.days)
    np.testing.assert_allclose(line.get_ydata(), 100.0 * film.misinformed("diets"))
    credence = film.credence[:, :, 1]
    for band, (low, high) in enumerate(zip((-1.0, *EDGES), (*EDGES, 2.0), strict=True)):
        share = 100.0 * ((credence >= np.float32(low)) & (credence < np.float32(high))).mean(axis=1)
        edges = ax.collections[band].get_paths()[0].vertices
        for day, part in zip(film.days, share, strict=True):
            there = edges[edges[:, 0] == day, 1]
            assert np.ptp(there) == pytest.approx(part, abs=1e-9)
    first, last = 100.0 * film.misinformed("diets")[[0, -1]]
    assert f"{first:.1f} % on day 0, {last:.1f} % on day 4" in ax.get_title(loc="left")


def test_shares_below_count_people():
    found = shares_below(np.array([[0.05, 0.2, 0.45, 0.95]], np.float32))
    assert found.tolist() == [[25.0, 50.0, 75.0, 75.0, 75.0]]


def numbers(ax):
    """The per cents written in the cells, by row and column."""
    cells = [text for text in ax.texts if not text.get_text().startswith("of ")]
    return {tuple(np.round(np.subtract(t.get_position(), 0.5)).astype(int)): t.get_text() for t in cells}


@pytest.mark.parametrize("side", ["all", "accurate", "false"])
def test_cells_tell_from_whom_a_group_has_what_it_passes_on(film, side):
    ax = plots.who_reaches_whom(film, "community", side=side)
    community = film.graph.attributes["community"].codes
    counted = Counter()
    for post in film.posts:
        sign = film.messages["side"][post["message"]]
        wanted = side == "all" or sign == {"accurate": 1, "false": -1}[side]
        if post["parent"] >= 0 and post["step"] >= film.scenario.warm_up_steps and wanted:
            counted[community[film.posts["person"][post["parent"]]], community[post["person"]]] += 1
    assert sum(counted.values()) > 10
    for (column, row), said in numbers(ax).items():
        total = sum(counted[k, row] for k in range(3))
        share = 100.0 * counted[column, row] / total
        assert said == (f"{share:.0f}" if share >= 0.5 or share == 0 else "<1")
    assert {t.get_text() for t in ax.texts} >= {f"of {sum(counted[k, 0] for k in range(3)):,}"}


def test_ties_are_counted_from_reader_to_author(film):
    community = film.graph.attributes["community"].codes
    table = passing(film, community, 3, "seen", "all")
    for reader in range(3):
        seen = [community[film.graph.followees(v)] for v in np.flatnonzero(community == reader)]
        np.testing.assert_array_equal(table[reader], np.bincount(np.concatenate(seen), minlength=3))
    shares = numbers(plots.who_reaches_whom(film, "community", of="seen"))
    assert all(int(shares[k, k]) > 80 for k in range(3))


def test_groups_of_ones_own_and_groups_that_pass_on_nothing(film):
    silent = np.bincount(film.posts["person"], minlength=film.graph.n) == 0
    mine = categories(np.where(silent, "silent", "others who post").tolist())
    shares = numbers(plots.who_reaches_whom(film, mine))
    assert [shares[k, 1] for k in range(2)] == ["–", "–"]
    assert shares[0, 0] == "100"
    with pytest.raises(ParameterError, match="the group of each of 240 people, but tells 2"):
        plots.who_reaches_whom(film, categories(["a", "b"]))


def test_small_groups_are_put_together_and_nobody_is_lost(film):
    many = 20
    codes = np.repeat(np.arange(many), np.arange(many))
    placed, names = few(np.append(codes, -1), tuple(map(str, range(many))))
    assert len(names) == MOST_GROUPS
    people = np.bincount(placed[placed >= 0])
    assert [int(name.split("(")[1].rstrip(")")) for name in names] == people.tolist()
    assert people.sum() == codes.size
    assert placed[-1] == -1
    assert names[-1].startswith("others")


def test_unknown_groups_and_words_are_refused(film):
    with pytest.raises(UnknownNameError, match="Did you mean 'community'"):
        plots.who_reaches_whom(film, "comunity")
    with pytest.raises(ParameterError, match="side 'all', 'accurate' or 'false'"):
        plots.who_reaches_whom(film, "role", side="true")


def test_partitions_of_people_are_known(film):
    ax = plots.who_reaches_whom(film, "role", of="seen")
    assert any(label.get_text().startswith("provider") for label in ax.get_yticklabels())


@pytest.mark.parametrize("by", ["community", "role"])
def test_its_title_lies_within_a_small_figure(film, by):
    figure = plots.new_figure(3, 3)
    ax = plots.who_reaches_whom(film, by, figure.add_subplot(), side="accurate")
    figure.draw_without_rendering()
    title = next(text for text in ax.findobj(Text) if text.get_text().startswith("Whose"))
    assert " ".join(title.get_text().split()) == "Whose accurate posts people pass on (%)"
    assert title.get_window_extent().x1 <= figure.bbox.x1
