"""Whoever changes a number that a run gives must raise the version of the model."""

from __future__ import annotations

from infodemic_sim.model_version import MODEL_VERSION
from tests.golden.record import numbers, recorded


def test_numbers_of_this_version():
    before, now = recorded(), numbers()
    assert before["model_version"] == MODEL_VERSION, "record the numbers: python -m tests.golden.record"
    moved = sorted(
        name for name in {*before["numbers"], *now} if before["numbers"].get(name) != now.get(name)
    )
    assert not moved, (
        f"{len(moved)} numbers moved ({', '.join(moved[:5])} …): if that is meant, raise MODEL_VERSION in "
        "infodemic_sim/model_version.py, then python -m tests.golden.record"
    )
    assert len(now) > 80
