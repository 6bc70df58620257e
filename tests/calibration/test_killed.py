"""A calibration that was killed before its first generation was there is begun anew, and then goes on."""

from __future__ import annotations

import pyabc
import pytest

from infodemic_sim.calibration.generations import Settings
from tests.calibration.borel import inferred, problem

SETTINGS = Settings("distance", 20, 3, 0.01, 1)


def test_killed_while_the_database_is_made(tmp_path, monkeypatch):
    def killed(*_, **__):
        raise KeyboardInterrupt

    asked = problem(0.5, 0.08)
    monkeypatch.setattr(pyabc.ABCSMC, "run", killed)
    with pytest.raises(KeyboardInterrupt):
        inferred(tmp_path, asked, SETTINGS)
    monkeypatch.undo()
    again = inferred(tmp_path, asked, SETTINGS)
    (tmp_path / "other").mkdir()
    assert again.equals(inferred(tmp_path / "other", asked, SETTINGS))
