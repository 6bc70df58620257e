"""A study that grows while shards of what it was are still at work: every run is there once all the same."""

import pytest

import infodemic_sim as ids
from infodemic_sim.errors import OutputExistsError
from tests.sweeps.tiny import same_rows, study

BEFORE, GROWN = study(replicates=2), study(replicates=3)


def test_a_run_that_an_older_form_is_making_is_not_made_twice(tmp_path):
    refusals = []

    def grow(made, of):
        with pytest.raises(OutputExistsError, match="another process is at work") as refusal:
            ids.sweep(GROWN, tmp_path / "out", shard=(2, 2))
        refusals.append(refusal)

    ids.sweep(BEFORE, tmp_path / "out", shard=(1, 2), progress=grow)
    assert refusals
    for number in (1, 2):
        ids.sweep(GROWN, tmp_path / "out", shard=(number, 2))
    assert same_rows(ids.Results(tmp_path / "out"), ids.sweep(GROWN, tmp_path / "whole"))


def test_shards_of_one_form_work_side_by_side(tmp_path):
    beside = []

    def begin(made, of):
        if not beside:
            beside.append(ids.sweep(GROWN, tmp_path / "out", shard=(2, 2)))

    ids.sweep(GROWN, tmp_path / "out", shard=(1, 2), progress=begin)
    assert same_rows(beside[0], ids.sweep(GROWN, tmp_path / "whole"))
