"""What the first sentences of a report say, and what they must not say."""

from __future__ import annotations

from infodemic_sim.report.answer import answer, level, listed, question
from tests.study.made_up import LOWER, compared


def said(**falls: list[float]) -> list[str]:
    """The answer where plans lower the share of misinformed people by so much in each pair of runs."""
    made = compared(falls)
    assert "compared with “today”?" in question(made)
    return answer(made, made.effects())


def test_two_sentences_on_one_plan() -> None:
    first, second = said(prompt=LOWER)
    assert first == (
        "In the model, “prompt” lowered misinformed people: from 11.00 % to 8.95 %, a fall of 2.05 "
        "percentage points (95 % interval 1.92 to 2.18), or 18.6 %."
    )
    assert second.startswith("It came out better in 8 of 8 paired runs; this is chance within the model")


def test_ties_are_no_benefit() -> None:
    _, second = said(prompt=[0.0, 0.0, *LOWER[2:]])
    assert second.startswith("It came out better in 6 of 8 paired runs (2 equal);")


def test_most_is_said_only_of_who_is_told_from_all_others() -> None:
    half = [0.5 * fall for fall in LOWER]
    near = [fall + shift for fall, shift in zip(LOWER, [1e-3, -1e-3] * 4, strict=True)]
    assert "misinformed people most: from" in said(prompt=LOWER, label=half)[0]
    first, second = said(prompt=LOWER, label=near)
    assert "people: from" in first
    assert "it is not told from “" in second


def test_what_does_not_survive_the_correction_is_no_plain_success() -> None:
    weak = [0.02, -0.01, 0.02, 0.02, -0.005, 0.02, 0.02, 0.003]
    others = {f"plan {k}": [0.01 * (-1) ** (j + k) for j in range(8)] for k in range(6)}
    alone, among = said(weak=weak), said(weak=weak, **others)
    assert "by chance" not in alone[0]
    assert among[0].endswith("; of 7 plans compared, one may do so by chance.")


def test_harm_is_told_beside_a_success_and_without_one() -> None:
    raised = [-fall for fall in LOWER]
    assert said(prompt=LOWER, rumour=raised)[2] == (
        "It was made worse under “rumour” by 2.05 (1.92 to 2.18) percentage points."
    )
    first, _, harm = said(rumour=raised)
    assert first.startswith("In the model, no plan moved misinformed people to the better")
    assert "“rumour” by 2.05" in harm


def test_where_nothing_is_found_the_best_stands_with_its_interval() -> None:
    first, second = said(prompt=[0.012, -0.02, 0.03, -0.02, 0.01, 0.0, 0.02, -0.01])
    assert first.endswith(
        "could explain; the best, “prompt”, changed it by −0.3 (−1.8 to 1.3) percentage points."
    )
    assert second.startswith("This is chance within the model")
    assert said(prompt=[0.0] * 8)[0].endswith("by more than chance could explain.")


def test_levels_differ_by_the_change_that_is_told() -> None:
    row = {"measure": "misinformed", "baseline": 0.10052, "value": 0.09876, "difference": -0.00176,
           "low": -0.0028, "high": -0.0007}  # fmt: skip
    assert (level(row, "baseline"), level(row, "value")) == ("10.052 %", "9.876 %")
    score = {**row, "measure": "isolation"}
    assert level(score, "value") == "0.09876"


def test_names_in_a_sentence() -> None:
    assert [listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == ["a", "a and b", "a, b and c"]
    assert listed(list("abcdef")) == "a, b, c and 3 more"
