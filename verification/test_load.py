"""A short form of what is asked of it for long: `python -m verification.load.soak`, `.large`, `.visitors`."""

from __future__ import annotations

from pathlib import Path

import pytest

from verification.load import soak, visitors


def test_memory_does_not_grow_with_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of few runs only how many there are: what the allocator keeps is more than they take."""
    soak.main(["--runs", "1000", "--workers", "2", "--out", str(tmp_path / "soak")])
    assert '"runs": 1000, ' in capsys.readouterr().out.splitlines()[-1]


def test_five_visitors_get_what_they_ask_for(capsys: pytest.CaptureFixture[str]) -> None:
    visitors.main(["--minutes", "0.5"])
    told = capsys.readouterr().out
    assert '"wrong": []' in told, told
