"""Every kind of fault a few times; `python -m verification.faults --kills 200` tries them for long."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from verification.faults.__main__ import SHARES
from verification.faults.bench import Bench

FEW = {"kills": 6, "compare_killed": 2, "damage": 3}
SEED = 1


@pytest.mark.skipif(sys.platform != "linux", reason="signals, mounts and forks as Linux has them")
@pytest.mark.parametrize("kind", SHARES, ids=lambda kind: kind.__name__)
def test_a_fault_loses_nothing_or_is_named(kind, tmp_path: Path) -> None:
    bench = Bench(tmp_path / "bench", SEED, tmp_path / "faults.jsonl")
    try:
        kind(bench, FEW.get(kind.__name__, 1))
    except PermissionError as reason:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(reason))
    finally:
        bench.close()
    assert bench.verdicts
    assert not bench.broken, (tmp_path / "faults.jsonl").read_text("utf-8")
