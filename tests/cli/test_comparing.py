"""What a comparison prints."""

from __future__ import annotations

from pathlib import Path

from infodemic_sim.cli.comparing import report
from tests.study.made_up import LOWER, compared

WEAK = [0.02, -0.01, 0.02, 0.02, -0.005, 0.02, 0.02, 0.003]


def test_what_does_not_survive_the_correction_is_marked_and_the_mark_explained(capsys) -> None:
    others = {f"plan {k}": [0.01 * (-1) ** (j + k) for j in range(8)] for k in range(6)}
    report(compared({"weak": WEAK, **others}), Path("out"))
    said = capsys.readouterr().out
    assert "weak: −1.10 (−2.18 to −0.02) percentage points; better in 6 of 8 runs; better †" in said
    assert "Note: †: told from no change when the plan is taken alone" in said
    report(compared({"prompt": LOWER}), Path("out"))
    assert "†" not in capsys.readouterr().out
