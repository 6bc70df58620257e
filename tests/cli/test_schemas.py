"""The JSON Schema of each kind of file: the keys that its reader takes, and no others."""

import json
import re

import pytest

import dev
from infodemic_sim.calibration.question import Calibration
from infodemic_sim.calibration.question_file import read_calibration
from infodemic_sim.cli.kinds import kinds
from infodemic_sim.cli.schemas import schema_of
from infodemic_sim.decisions.decision import Decision
from infodemic_sim.decisions.decision_file import read_decision
from infodemic_sim.errors import ScenarioFileError
from infodemic_sim.scenario import Scenario
from infodemic_sim.scenario_file import bundled_scenarios, read_scenario
from infodemic_sim.scenario_file.strict_yaml import read_yaml
from infodemic_sim.sensitivity import Sensitivity
from infodemic_sim.sweeps.study import Study
from infodemic_sim.sweeps.study_file import read_plan, read_study

READERS = {
    "scenario": read_scenario,
    "study": read_study,
    "sensitivity": lambda path: read_plan(path, Sensitivity, "a question"),
    "decision": read_decision,
    "calibration": read_calibration,
}
PARTS = {
    "scenario": Scenario,
    "study": Study,
    "sensitivity": Sensitivity,
    "decision": Decision,
    "calibration": Calibration,
}
MARKS = {"evidence": "calibration", "budget": "decision", "parameters": "sensitivity", "design": "study"}
"""A key of each kind of file that kinds after it have not."""
BASE = """\
population: {graph: {type: erdos_renyi, people: 40, mean_degree: 6, seed: 1}}
topics: [{name: vaccines}]
interventions: [warning_label]
"""
MEASURED = "scenario: base.yaml\nevidence: {type: measured, path: seen.csv}\nparameters: "
CASES = [
    ("study", "scenario: base.yaml\nseed: 1", True),
    ("study", "scenario: {population: {graph: net.txt}}\nseed: 1\nplans: {a: []}\nrecord: daily", True),
    ("study", "scenario: demo\nseed: 1\ndesign: {type: grid, parameters: {record: [end]}}", True),
    ("study", "scenario: demo\nseed: 1\ndesign: {type: listed, rows: [{population.providers: 0}]}", True),
    ("study", "scenario: demo\nseed: 1\ndesign: {type: grid, parameter: {record: [end]}}", False),
    ("study", "scenario: demo\nseed: 1\ndesign: {type: crid, parameters: {record: [end]}}", False),
    ("study", "scenario: demo\nseed: 1\nreplicates: 0", False),
    ("study", "scenario: demo\nseed: 1\nparameters: {}", False),
    ("study", "scenario: {population: {graph: net.txt}, plans: {a: []}}\nseed: 1", False),
    ("study", "scenario: demo", False),
    ("sensitivity", "scenario: demo\nseed: 1\nparameters: {spread.persuasion_claim: declared, "
     "population.providers: {low: 0.1, high: 0.2}}", True),
    ("sensitivity", "scenario: demo\nseed: 1\nparameters: {spread.persuasion_claim: declared, "
     "population.providers: {low: 0.1, hihg: 0.2}}", False),
    ("sensitivity", "scenario: demo\nseed: 1\nmethod: moris\nparameters: {spread.persuasion_claim: declared, "
     "population.providers: declared}", False),
    ("decision", "scenario: base.yaml\nseed: 1\nbudget: {money: 3}\nobjectives: [misinformed]\n"
     "portfolio: {settings: {interventions.warning_label.recall: {low: 0.1, high: 0.9, steps: 3}, "
     "interventions.warning_label.delay: [0, 1]}}", True),
    ("decision", "scenario: base.yaml\nseed: 1\nbudget: {mony: 3}\nobjectives: [misinformed]", False),
    ("decision", "scenario: base.yaml\nseed: 1\nbudget: {money: 3}\nobjectives: [misinformed]\n"
     "plans: {a: []}", False),
    ("calibration", MEASURED + "{spread.persuasion_claim: declared}\nseed: 1", True),
    ("calibration", MEASURED + "{spread.persuasion_claim: declared}\nseed: 1\nplans: {a: []}", False),
    ("calibration", MEASURED + "{spread.persuasion_claim: declared}\nseed: 1\nparticles: 3", False),
    ("calibration", MEASURED + "{spread.persuasion_claim: unknown}\nseed: 1", False),
]  # fmt: skip


def problems(kind, text):
    """What the schema of a kind has against a file."""
    import jsonschema

    validator = jsonschema.Draft202012Validator(json.loads(json.dumps(schema_of(kind))))
    return [error.message for error in validator.iter_errors(read_yaml(text).data)]


def kind_of(text):
    data = read_yaml(text).data
    return next(
        (kind for key, kind in MARKS.items() if key in data), "study" if "seed" in data else "scenario"
    )


def examples():
    """Every file in the repository, and every one that a page shows."""
    files = [*bundled_scenarios().values(), dev.ROOT / "experiments" / "budget" / "decision.yaml"]
    files += sorted((dev.ROOT / "verification" / "fuzz" / "corpus" / "made" / "study").glob("*.yaml"))
    shown = {file.name: file.read_text("utf-8") for file in files}
    for page in sorted((dev.ROOT / "docs").rglob("*.md")):
        blocks = re.findall(r"^```ya?ml\n(.*?)^```", page.read_text("utf-8"), re.M | re.S)
        whole = [text for text in blocks if re.search(r"^(scenario|population):", text, re.M)]
        shown |= {f"{page.stem} {place}": text for place, text in enumerate(whole)}
    return shown


EXAMPLES = examples()


@pytest.mark.parametrize("kind", kinds())
def test_it_is_a_schema_whose_keys_are_those_that_are_declared(kind):
    import jsonschema

    made = schema_of(kind)
    jsonschema.Draft202012Validator.check_schema(made)
    beside = {"plans"} if kind == "scenario" else set()  # which a scenario file names, and a scenario has not
    assert set(made["properties"]) == {*PARTS[kind].model_fields, *beside}
    assert made["additionalProperties"] is False


def test_all_kinds_are_among_the_examples():
    assert {kind_of(text) for text in EXAMPLES.values()} == set(kinds())


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_fits(name):
    text = EXAMPLES[name]
    assert problems(kind_of(text), text) == []
    assert problems(kind_of(text), f"{text}\nunheard_of: 1\n")


@pytest.mark.parametrize(("kind", "text", "good"), CASES)
def test_editors_and_the_reader_agree(tmp_path, kind, text, good):
    (tmp_path / "base.yaml").write_text(BASE)
    (tmp_path / "net.txt").write_text("1 2\n2 3\n")
    (tmp_path / "seen.csv").write_text("measure,day,value,error\nmisinformed,5,0.1,0.02\n")
    (tmp_path / "file.yaml").write_text(text)
    try:
        READERS[kind](tmp_path / "file.yaml")
        read = True
    except ScenarioFileError:
        read = False
    assert (read, not problems(kind, text)) == (good, good)


def test_a_calibration_may_leave_its_seed_to_the_command(tmp_path):
    text = MEASURED + "{spread.persuasion_claim: declared}"
    assert problems("calibration", text) == []
    for name, written in {"base.yaml": BASE, "file.yaml": text}.items():
        (tmp_path / name).write_text(written)
    (tmp_path / "seen.csv").write_text("measure,day,value,error\nmisinformed,5,0.1,0.02\n")
    assert read_calibration(tmp_path / "file.yaml", seed=3).seed == 3


@pytest.mark.parametrize("kind", kinds())
def test_the_command_prints_it(run, kind):
    assert json.loads(run("schema", kind)[1]) == schema_of(kind)


def test_an_unknown_kind_is_answered_with_the_nearest(run):
    code, _, said = run("schema", "stduy")
    assert (code, said.strip()) == (2, "infodemic: 'stduy' is not a kind of file. Did you mean 'study'?")
