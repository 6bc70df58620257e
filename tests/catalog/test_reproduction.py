"""Published results: distances and verdicts, the page, the table, and the command."""

from __future__ import annotations

import math
import re

import pandas as pd
import pytest

from infodemic_sim.catalog.reproduction import (
    Compared,
    Estimate,
    Published,
    Reproduced,
    Reproduction,
    Size,
    chosen,
    mean_of,
    reproduce,
)
from infodemic_sim.cli import main
from infodemic_sim.errors import ParameterError, UnknownNameError
from infodemic_sim.plots import agreement
from infodemic_sim.report import reproductions_html, reproductions_table, write_reproductions

EVIL = "<script>alert('x')</script>"


def entry(name: str = "made_up", *values: float) -> Reproduction:
    """Three numbers, of which ours are given."""
    return Reproduction(
        name=name,
        source="Watts2002",
        title=f"Made up {EVIL}",
        setting="Nothing runs.",
        published=(
            Published("a number", 2.0, "Fig. 1", 0.1),
            Published("a share", 0.5, "Fig. 2", 0.02, "relative"),
            Published("a bound", 0.9, "Fig. 3", 0.0, "at least"),
        ),
        compute=lambda size: [Estimate(value, 0.001 * size.scale) for value in values or (2.05, 0.5, 0.95)],
    )


def compared(ours: float, measure: str, *, error: float = math.nan, tolerance: float = 0.1) -> Compared:
    return Compared(Published("x", 2.0, "y", tolerance, measure), Estimate(ours, error))


@pytest.mark.parametrize(
    ("ours", "measure", "distance"),
    [
        (2.5, "difference", 0.5), (1.5, "difference", 0.5), (2.5, "relative", 0.25), (1.0, "relative", 0.5),
        (1.5, "at least", 0.5), (2.5, "at least", 0.0), (2.5, "at most", 0.5), (1.5, "at most", 0.0),
    ],
)  # fmt: skip
def test_distances(ours, measure, distance):
    assert compared(ours, measure).distance == distance


@pytest.mark.parametrize("measure", ["difference", "relative", "at least", "at most"])
def test_a_number_that_is_missing_never_agrees(measure):
    assert compared(math.nan, measure).verdict == "differs"


@pytest.mark.parametrize(
    ("ours", "measure", "error", "verdict"),
    [
        (2.1 - 1e-9, "difference", math.nan, "agrees"), (2.2, "difference", math.nan, "differs"),
        (2.2, "difference", 0.05, "unclear"), (2.2, "difference", 0.02, "differs"),
        (2.3, "relative", 0.05, "unclear"), (2.3, "relative", 0.02, "differs"),
        (2.19, "relative", 9, "agrees"),
        (1.85, "at least", 0.02, "unclear"), (1.85, "at least", 0.01, "differs"),
    ],
)  # fmt: skip
def test_verdicts(ours, measure, error, verdict):
    assert compared(ours, measure, error=error).verdict == verdict


def test_mean_of_runs():
    assert mean_of([1.0, 2.0, 3.0, 4.0]) == pytest.approx((2.5, math.sqrt(5 / 3) / 2))
    assert mean_of([7]).value == 7.0
    assert math.isnan(mean_of([7]).error)


def test_sizes():
    assert [Size(1, 0.5).of(100), Size(1, 0.001).of(100), Size(1, 0.001).of(100, 20)] == [50, 1, 20]


def test_reproducing_hands_seed_and_scale_on():
    seen = []

    def note(size: Size) -> list[Estimate]:
        seen.append(size)
        return [Estimate(1.0)] * 3

    made = entry()
    noting = Reproduction(made.name, made.source, made.title, made.setting, made.published, note)
    (result,) = reproduce([noting], seed=5, scale=0.25)
    assert seen == [Size(5, 0.25)]
    assert [result.count(kind) for kind in ("agrees", "unclear", "differs")] == [1, 0, 2]


@pytest.mark.parametrize(
    ("seed", "scale"), [(-1, 1.0), (1.5, 1.0), (1, 0.0), (1, -1.0), (1, math.nan), (1, math.inf)]
)
def test_wrong_seed_or_scale(seed, scale):
    with pytest.raises(ParameterError, match=r"seed must|scale must"):
        reproduce([entry()], seed=seed, scale=scale)


def test_an_entry_that_forgets_a_number_is_found_out():
    with pytest.raises(ValueError, match="zip"):
        list(reproduce([entry("short", 1.0)], seed=1))


def test_choosing():
    entries = [entry("one"), entry("two"), entry("three")]
    assert [made.name for made in chosen(entries, [])] == ["one", "two", "three"]
    assert [made.name for made in chosen(entries, ["three", "one", "three"])] == ["three", "one"]
    with pytest.raises(UnknownNameError, match=r"'thre' is not in the catalogue. Did you mean 'three'\?"):
        chosen(entries, ["one", "thre"])


# --- page, table, figure --------------------------------------------------------------------------------


@pytest.fixture
def results() -> list[Reproduced]:
    return list(reproduce([entry("good"), entry("bad", 9.0, 0.52, 0.8)], seed=1))


def test_the_page_says_what_agrees_and_loads_nothing(results):
    html = reproductions_html(results, Size(1, 0.5))
    assert "3 of 6 numbers agree with what was published; 3 differ." in html
    assert "These runs are smaller" in html
    assert "Watts, Duncan J. (2002)." in html
    assert "infodemic reproduce good bad --seed 1 --scale 0.5" in html
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert not re.search(r"""(src|href)=["'](?!#)|@import|url\((?!#)""", html.replace("xmlns:xlink", ""))
    whole = reproductions_html(results, Size(1, 1.0))
    assert "These runs are smaller" not in whole


def test_the_page_of_bounds_alone_has_no_figure():
    made = entry()
    bound = Reproduction("b", made.source, "t", "s", made.published[2:], lambda size: [Estimate(1.0)])
    html = reproductions_html(list(reproduce([bound], seed=1)), Size(1, 1.0))
    assert "<svg" not in html
    assert "≥ 0.9" in html
    assert "1 of 1 numbers agree" in html


def test_the_table_holds_plain_numbers(results):
    table = reproductions_table(results)
    assert table["published"].tolist() == [2.0, 0.5, 0.9] * 2
    assert table["ours"].tolist() == [2.05, 0.5, 0.95, 9.0, 0.52, 0.8]
    assert table["verdict"].tolist() == ["agrees"] * 3 + ["differs"] * 3


def test_writing_twice_gives_equal_bytes(results, tmp_path):
    once, again = (write_reproductions(results, tmp_path / name, Size(1, 1.0)) for name in ("a", "b"))
    assert [path.name for path in once] == ["reproductions.html", "reproductions.csv"]
    for one, other in zip(once, again, strict=True):
        assert one.read_bytes() == other.read_bytes()
    assert len(pd.read_csv(once[1])) == 6


def test_the_figure_has_a_row_for_each_number_with_a_tolerance(results):
    ax = agreement(results)
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "Watts2002: a number",
        "Watts2002: a share",
    ] * 2
    low, high = ax.get_xlim()
    for line in ax.lines:
        assert all(low <= x <= high for x in line.get_xdata())


# --- the command ----------------------------------------------------------------------------------------


@pytest.fixture
def command(monkeypatch, capsys):
    """Run ``infodemic reproduce`` with made-up papers: exit code, stdout, stderr."""
    papers = (entry("good"), entry("bad", 9.0, 0.52, 0.8))
    monkeypatch.setattr("infodemic_sim.cli.reproducing.PAPERS", papers)

    def run(*arguments: object) -> tuple[object, str, str]:
        with pytest.raises(SystemExit) as end:
            main(["reproduce", *map(str, arguments)])
        printed = capsys.readouterr()
        return end.value.code, printed.out, printed.err

    return run


def test_command_lists(command):
    code, out, _ = command("--list")
    assert code == 0
    assert [line.split("\t")[0] for line in out.splitlines()] == ["name", "good", "bad"]


def test_command_tells_as_it_goes_and_writes(command, tmp_path):
    code, out, err = command("--out", tmp_path / "r")
    assert code == 1
    assert re.fullmatch(
        r"1 of 2: good: 3 of 3 numbers agree \(0 s\)\n2 of 2: bad: 0 of 3 numbers agree, 3 differs \(0 s\)\n",
        err,
    )
    assert out.splitlines() == [
        "Written:",
        f"  {tmp_path}/r/reproductions.html",
        f"  {tmp_path}/r/reproductions.csv",
    ]


def test_command_with_a_name(command, tmp_path):
    code, out, err = command("good", "--out", tmp_path / "r", "--quiet", "--seed", 3, "--scale", 0.5)
    assert (code, out, err) == (0, "", "")
    assert "seed 3 · scale 0.5" in (tmp_path / "r" / "reproductions.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["goods"], "'goods' is not in the catalogue. Did you mean 'good'?"),
        (["good", "--scale", "0"], "scale must be a number above 0, but got 0.0."),
        (["good", "--seed", "-1"], "seed must be a whole number"),
    ],
)
def test_command_mistakes(command, arguments, sentence, tmp_path):
    code, out, err = command(*arguments, "--out", tmp_path / "r")
    assert (code, out) == (2, "")
    assert err.startswith(f"infodemic: {sentence}")
    assert not (tmp_path / "r").exists()
