"""Logs of cascades streamed to disk in blocks."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import infodemic_sim as ids
from infodemic_sim.errors import OutputExistsError, ResultFileError
from infodemic_sim.simulation import Run
from infodemic_sim.world import log

GRAPH = ids.scale_free(300, mean_degree=10, seed=1)


def scenario(cascades: str) -> ids.Scenario:
    return ids.Scenario(population=ids.Population(graph=GRAPH), days=4.0, warm_up=1.0, cascades=cascades)


@pytest.mark.parametrize("cascades", ["sizes", "trees"])
def test_streaming_changes_no_number(cascades: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "BLOCK", 7)
    kept = ids.simulate(scenario(cascades), seed=5)
    streamed = ids.simulate(scenario(cascades), seed=5, spool=tmp_path)
    pd.testing.assert_frame_equal(kept.table, streamed.table, check_exact=True)
    assert len(list(tmp_path.glob("*.npy"))) >= 1


def test_a_folder_with_logs_of_another_run_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "BLOCK", 7)
    ids.simulate(scenario("trees"), seed=5, spool=tmp_path)
    with pytest.raises(OutputExistsError, match="empty folder"):
        ids.simulate(scenario("trees"), seed=6, spool=tmp_path)


def test_missing_blocks_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "BLOCK", 7)
    run = Run(scenario("trees"), seed=5, spool=tmp_path)
    for _ in range(96):
        run.step()
    next(tmp_path.glob("posts-*.npy")).unlink()
    with pytest.raises(ResultFileError, match="rows of the log 'posts' are not there"):
        run.result()
