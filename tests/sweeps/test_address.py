"""Addresses: equal for equal runs alone."""

from __future__ import annotations

import shutil

import pytest

import infodemic_sim as ids
from infodemic_sim.errors import NotWritableError
from infodemic_sim.graphs import GraphFile
from infodemic_sim.sweeps import address as addresses
from infodemic_sim.sweeps.address import address, scenario_key
from tests.sweeps.tiny import TODAY


def test_anything_that_numbers_hang_on_changes_it(monkeypatch):
    key = scenario_key(TODAY)
    seen = {address(key, 1, 0), address(key, 2, 0), address(key, 1, 1)}
    others = [TODAY.but(days=3.0), TODAY.but(interventions=()), TODAY.but(record="end")]
    seen |= {address(scenario_key(each), 1, 0) for each in others}
    monkeypatch.setattr(addresses, "MODEL_VERSION", addresses.MODEL_VERSION + 1)
    seen.add(address(key, 1, 0))
    assert len(seen) == 7


def test_equal_scenarios_have_equal_keys_whatever_made_them():
    again = ids.Scenario(**TODAY.to_dict())
    assert scenario_key(again) == scenario_key(TODAY)
    bare = TODAY.but(interventions=())
    assert scenario_key(TODAY, ()) == scenario_key(bare)


def test_a_file_counts_by_what_it_holds(tmp_path):
    one, other, third = (tmp_path / name for name in ("a.txt", "b.txt", "c.txt"))
    one.write_text("0 1\n1 2\n")
    shutil.copy(one, other)
    third.write_text("0 1\n0 2\n")
    keys = [
        scenario_key(TODAY.but(population=ids.Population(graph=GraphFile(path=str(path)))))
        for path in (one, other, third)
    ]
    assert keys[0] == keys[1] != keys[2]


def test_what_cannot_be_written_down_has_none():
    with pytest.raises(NotWritableError):
        scenario_key(TODAY.but(interventions=[lambda world: None]))
