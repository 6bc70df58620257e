"""A file given to the wrong command: which one takes it."""

from __future__ import annotations

from itertools import permutations

import pytest

SCENARIO = (
    "population: {graph: {type: erdos_renyi, people: 30, mean_degree: 4, seed: 1}}\nplans: {today: []}\n"
)
STUDY = "scenario: demo\nreplicates: 2\nseed: 1\n"
RANGES = "parameters: {spread.persuasion_claim: declared, spread.persuasion_correction: declared}\n"
FILES = {
    "compare": SCENARIO,
    "sweep": f"{STUDY}design: {{type: listed, rows: [{{}}]}}\n",
    "sensitivity": f"{STUDY}{RANGES}number: 4\n",
    "optimise": f"{STUDY}budget: {{money: 10}}\nobjectives: [misinformed]\n",
    "calibrate": f"scenario: demo\n{RANGES}evidence: {{type: measured, path: seen.csv}}\n",
}
"""A file by the command that takes it."""


@pytest.mark.parametrize(("wrong", "right"), [*permutations(FILES, 2)])
def test_the_right_command_is_told(run, tmp_path, wrong, right):
    (tmp_path / "file.yaml").write_text(FILES[right], "utf-8")
    seed = ("--seed", 1) if wrong in ("compare", "calibrate") else ()
    code, _, said = run(wrong, tmp_path / "file.yaml", "--out", tmp_path / "out", *seed)
    assert code == 2
    assert f"give it to 'infodemic {right}'" in said
    assert said.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_mistake_in_a_file_of_the_right_kind_is_told_as_it_is(run, tmp_path):
    """Without its evidence it has all names that a question of sensitivity needs, but for its seed."""
    text = FILES["calibrate"].partition("evidence")[0]
    (tmp_path / "file.yaml").write_text(f"{text}seed: 1\n", "utf-8")
    code, _, said = run("calibrate", tmp_path / "file.yaml", "--out", tmp_path / "out")
    assert code == 2
    assert "file.yaml:1:1: evidence is required, but was not given." in said


def test_a_job_script_is_one_of_a_study(run, tmp_path):
    (tmp_path / "file.yaml").write_text(FILES["sensitivity"], "utf-8")
    code, _, said = run("cluster-script", tmp_path / "file.yaml", "--out", tmp_path / "out", "--shards", 2)
    assert code == 2
    assert "give it to 'infodemic sensitivity'" in said
