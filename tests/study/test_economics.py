"""Costs and effects of plans: closed forms, and what must hold whatever the numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import infodemic_sim as ids
from infodemic_sim import plots
from infodemic_sim.errors import InfodemicError
from infodemic_sim.study.comparison import Comparison
from infodemic_sim.study.economics import acceptability, cost_effectiveness, fieller, frontier, standing
from infodemic_sim.study.paired import student
from tests.study.tiny import plans

NAMES = ["plan", "replicate", "day", "platform", "topic", "subgroup", "measure", "value"]
CASES = {
    "today": [100.0, 120.0, 80.0, 90.0],
    "videos": [80.0, 90.0, 75.0, 85.0],
    "leaflets": [99.0, 121.0, 78.0, 91.0],
}
MONEY = {"today": [0.0] * 4, "videos": [300.0, 310.0, 290.0, 300.0], "leaflets": [50.0] * 4}
MINUTES = {"today": [0.0] * 4, "videos": [600.0] * 4, "leaflets": [60.0] * 4}


def made(**measures) -> Comparison:
    """A comparison with these numbers by plan and replicate on its last day."""
    plain = {"cases": CASES, "money": MONEY, "staff_minutes": MINUTES, **measures}
    rows = [
        (plan, r, 3.0, "all", "all", "all", measure, value)
        for measure, plans in plain.items()
        for plan, several in plans.items()
        for r, value in enumerate(several)
    ]
    table = pd.DataFrame(rows, columns=NAMES)
    return Comparison(tuple(plain["cases"]), {}, 1, 4, (0, 1, 2, 3), "cases", table)


def test_by_hand():
    row = cost_effectiveness(made()).set_index("plan").loc["videos"]
    averted = np.array([20.0, 30.0, 5.0, 5.0])
    assert row["averted"] == averted.mean()
    half = student(np.array([4]))[0] * averted.std(ddof=1) / 2.0
    assert (row["averted_low"], row["averted_high"]) == pytest.approx((15.0 - half, 15.0 + half))
    assert (row["staff_hours"], row["money"], row["cost"]) == (10.0, 300.0, 300.0)
    assert row["icer"] == 20.0
    assert row["hours_per_averted"] == pytest.approx(10.0 / 15.0)
    assert row["standing"] == "dearer and of unclear effect"


@pytest.mark.parametrize(
    ("effect", "cost", "said"),
    [
        ((0.5, 1.5), (0.0, 0.0), "as dear and better"),
        ((0.0, 0.0), (2.0, 2.0), "dearer and as good"),
        ((-1.5, -0.5), (-3.0, -1.0), "cheaper and worse"),
        ((0.0, 0.0), (0.0, 0.0), "no difference"),
        ((-0.1, 3.0), (1.0, 2.0), "dearer and of unclear effect"),
        ((0.5, 1.5), (-1.0, 2.0), "of unclear cost and better"),
        ((np.nan, np.nan), (np.nan, np.nan), "of unclear cost and of unclear effect"),
    ],
)
def test_where_it_stands(effect, cost, said):
    ends = {"averted_low": effect[0], "averted_high": effect[1], "cost_low": cost[0], "cost_high": cost[1]}
    assert standing(ends) == said


def test_only_a_wage_turns_time_into_money():
    row = cost_effectiveness(made(), wage=30.0).set_index("plan").loc["videos"]
    assert (row["money"], row["cost"], row["icer"]) == (300.0, 600.0, 40.0)


def test_an_outcome_better_high_is_gained():
    turned = {plan: [200.0 - value for value in several] for plan, several in CASES.items()}
    one, other = cost_effectiveness(made()), cost_effectiveness(made(uptake=turned), "uptake")
    assert one.drop(columns="measure").equals(other.drop(columns="measure"))


def test_fieller_is_the_set_of_ratios_that_a_t_test_keeps():
    random = np.random.default_rng(1)
    below = 10.0 + random.normal(size=12)
    above = 30.0 + 2.0 * below + random.normal(size=12)
    t = student(np.array([12]))[0]
    for end in fieller(above, below):
        left = above - end * below
        assert abs(left.mean()) == pytest.approx(t * left.std(ddof=1) / np.sqrt(12), rel=1e-9)


def test_fieller_covers_the_ratio_as_often_as_it_says():
    random = np.random.default_rng(2)
    inside = 0
    for _ in range(2000):
        below = 4.0 + random.normal(size=8)
        low, high = fieller(12.0 + 2.0 * random.normal(size=8) + below - 4.0, below)
        inside += low <= 3.0 <= high
    assert abs(inside / 2000 - 0.95) < 4.0 * np.sqrt(0.95 * 0.05 / 2000)


def test_an_effect_not_told_from_nothing_has_no_bounds():
    row = cost_effectiveness(made()).set_index("plan").loc["leaflets"]
    assert (row["icer_low"], row["icer_high"]) == (-np.inf, np.inf)
    assert np.isnan(fieller(np.array([1.0]), np.array([1.0]))).all()


def test_the_frontier_leaves_out_what_others_or_their_mixes_beat():
    table = pd.DataFrame(
        [
            ("a", 10.0, 100.0),
            ("mixed", 12.0, 180.0),
            ("b", 20.0, 220.0),
            ("worse", 5.0, 150.0),
            ("same", 0.0, 10.0),
        ],
        columns=["plan", "averted", "cost"],
    )
    found = frontier(table)
    assert found["plan"].tolist() == ["baseline", "a", "b"]
    assert found["icer"].tolist()[1:] == [10.0, 12.0]


def test_acceptability_by_hand():
    found = acceptability(made(), worth=[0.0, 12.0, 1e9])
    videos = found[found["plan"] == "videos"]
    assert videos["probability"].tolist() == [0.0, 0.25, 1.0]
    assert videos["net_benefit"].tolist()[:2] == pytest.approx([-300.0, 12.0 * 15.0 - 300.0])
    leaflets = found[found["plan"] == "leaflets"]["probability"].tolist()
    assert leaflets == [0.0, 0.0, 0.5]


@settings(max_examples=50, deadline=None, derandomize=True, database=None)
@given(st.lists(st.floats(0.0, 1e3), min_size=4, max_size=4), st.floats(0.0, 100.0))
def test_shares_stay_shares_and_a_plan_without_difference_is_a_tie(cases, worth):
    same = {"today": cases, "nothing": cases}
    free = {"today": [0.0] * 4, "nothing": [0.0] * 4}
    found = acceptability(made(cases=same, money=free, staff_minutes=free), worth=[worth])
    assert found[["probability", "best"]].to_numpy().tolist() == [[0.5, 0.5]]


def test_higher_worth_never_lowers_what_only_helps():
    better = {"today": [10.0] * 4, "plan": [9.0, 8.0, 7.0, 6.0]}
    price = {"today": [0.0] * 4, "plan": [100.0] * 4}
    found = acceptability(made(cases=better, money=price, staff_minutes=price), worth=range(0, 120, 10))
    assert found["probability"].is_monotonic_increasing
    assert found["probability"].iloc[-1] == 1.0


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        ("recovered", "neither better high nor low"),
        ("uptake", "was not measured"),
        ("casess", "Did you mean 'cases'"),
    ],
)
def test_refused(measure, said):
    with pytest.raises(InfodemicError, match=said):
        cost_effectiveness(made(), measure)


def test_worth_is_not_negative():
    with pytest.raises(InfodemicError, match="0 or more"):
        acceptability(made(), worth=[-1.0])


def test_figures_show_every_plan():
    plane = plots.cost_effect_plane(made(), "cases", wage=20.0)
    named = dict(zip(*reversed(plane.get_legend_handles_labels()), strict=True))
    assert list(named) == [text.get_text() for text in plane.get_legend().get_texts()]
    places = {name: line.get_xydata()[0].tolist() for name, line in named.items()}
    assert places == {"today": [0.0, 0.0], "videos": [15.0, 500.0], "leaflets": [0.25, 70.0]}
    assert len({line.get_marker() for line in named.values()}) == 3  # not by colour alone
    curve = plots.acceptability_curve(acceptability(made(), worth=[0.0, 10.0, 100.0]))
    assert {text.get_text() for text in curve.texts} == {"videos", "leaflets"}


def test_the_plane_has_intervals_both_ways_and_the_frontier():
    table = cost_effectiveness(made(), "cases", wage=20.0)
    for plane in (plots.cost_effect_plane(made(), "cases", wage=20.0), plots.cost_effect_plane(table)):
        ends = [
            path.vertices.tolist()
            for bars in plane.collections
            for path in bars.get_paths()
            if len(path.vertices) == 2
        ]
        for row in table.to_dict("records"):
            across = [[row["averted_low"], row["cost"]], [row["averted_high"], row["cost"]]]
            up = [[row["averted"], row["cost_low"]], [row["averted"], row["cost_high"]]]
            assert any(np.allclose(each, across) for each in ends)
            assert any(np.allclose(each, up) for each in ends)
        (line,) = (line for line in plane.lines if line.get_gid() == "frontier")
        np.testing.assert_allclose(line.get_xydata(), frontier(table)[["averted", "cost"]])
        assert "frontier" in plane.get_legend().get_title().get_text()


def test_the_plane_is_about_the_primary_outcome_unless_told():
    """Also where no disease is simulated, and in the unit in which the outcome is shown."""
    comparison = ids.compare(plans(), replicates=3, seed=2)
    plane = plots.cost_effect_plane(comparison)
    assert plane.get_xlabel() == "Misinformed people averted (percentage points), better →"
    averted = cost_effectiveness(comparison, "misinformed")["averted"]
    (line,) = (line for line in plane.lines if line.get_label() == "prompt")
    assert line.get_xdata()[0] == pytest.approx(100.0 * averted[0])


def test_the_front_of_a_table_is_what_no_plan_beats():
    """The baseline, which costs nothing, stands beside the plans."""
    table = pd.DataFrame(
        {"plan": ["dear", "good", "beaten"], "averted": [9.0, 5.0, 4.0], "cost": [90.0, 20.0, 30.0]}
    )
    ends = {f"{name}{end}": table[name] for name in ("averted", "cost") for end in ("_low", "_high")}
    ax = plots.new_figure(5, 4).add_subplot()
    assert plots.pareto_front(table.assign(**ends), ax=ax) is ax
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["dear", "good", "baseline"]
    renamed = table.rename(columns={"averted": "misinformed"}).assign(misinformed=[-0.09, -0.05, -0.04])
    bounds = {f"misinformed{end}": renamed["misinformed"] for end in ("_low", "_high")}
    ax = plots.pareto_front(renamed.assign(**{**ends, **bounds}), "misinformed")
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["dear", "good"]
    for wrong, said in ((renamed, "measure must name"), (table.drop(columns="cost"), "no column 'cost'")):
        with pytest.raises(InfodemicError, match=said):
            plots.pareto_front(wrong)


def test_the_curve_says_one_unit_of_what():
    shares = acceptability(ids.compare(plans(), replicates=3, seed=2), "misinformed", worth=[0.0, 100.0])
    curve = plots.acceptability_curve(shares)
    assert "averting one percentage point of “misinformed people”" in curve.get_xlabel()
    assert curve.get_xlim() == (0.0, 1.0)  # 100 for all people is 1 for each percentage point
    cases = acceptability(made(), "cases", worth=[0.0, 10.0])
    assert "averting one of “cases”" in plots.acceptability_curve(cases).get_xlabel()
    assert "one unit of the outcome" in plots.acceptability_curve(cases.drop(columns="measure")).get_xlabel()


def test_one_pair_of_runs_has_places_and_no_intervals(tmp_path):
    one = made(
        cases={"today": [5.0], "plan": [3.0]}, money={"today": [0.0], "plan": [2.0]},
        staff_minutes={"today": [0.0], "plan": [0.0]},
    )  # fmt: skip
    plots.save_figure(plots.cost_effect_plane(one), tmp_path / "plane.png")
    front = plots.pareto_front(cost_effectiveness(one))
    plots.save_figure(front, tmp_path / "front.png")
    assert [text.get_text() for text in front.get_legend().get_texts()] == ["plan", "baseline"]
