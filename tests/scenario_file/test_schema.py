"""The JSON Schema says what the reader does."""

import json

import pytest

from infodemic_sim.params import declarations
from infodemic_sim.scenario_file import bundled_scenarios, schema
from infodemic_sim.scenario_file.kinds import KINDS, all_parts
from infodemic_sim.scenario_file.strict_yaml import read_yaml
from tests.scenario_file.test_mistakes import GOOD, WHOLE

SCHEMA = schema()
PARTS = {part.__name__: part for part in all_parts()}


def test_it_is_plain_json():
    assert json.loads(json.dumps(SCHEMA, allow_nan=False)) == SCHEMA


@pytest.mark.parametrize("name", PARTS)
def test_every_parameter_has_meaning_unit_and_source(name):
    told = (SCHEMA if name == "Scenario" else SCHEMA["$defs"][name])["properties"]
    for row in declarations(PARTS[name]):
        facts = {"description": row.doc, "unit": row.unit, "source": row.source}
        assert {key: told[row.name].get(key, "") for key in facts} == facts
    assert set(told) - {"type", "plans", "preset"} == {row.name for row in declarations(PARTS[name])}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_built_in_part_is_a_choice(kind):
    choices = [
        choice["$ref"].rpartition("/")[2]
        for choice in SCHEMA["$defs"][kind.name]["oneOf"]
        if "$ref" in choice
    ]
    types = [SCHEMA["$defs"][choice]["properties"]["type"]["const"] for choice in choices]
    assert types == list(kind.by_type())


def test_bounds_are_told():
    assert SCHEMA["$defs"]["Platform"]["properties"]["membership"]["minimum"] == 0
    assert SCHEMA["$defs"]["Platform"]["properties"]["membership"]["maximum"] == 1
    assert SCHEMA["$defs"]["Topic"]["properties"]["accurate_share"]["exclusiveMaximum"] == 1
    assert SCHEMA["$defs"]["Capacity"]["properties"]["per_day"]["anyOf"] == [
        {"type": "integer", "minimum": 0},
        {"type": "null"},
    ]


@pytest.mark.parametrize(
    ("text", "good"),
    [
        (GOOD, True),
        (WHOLE, True),
        (bundled_scenarios()["demo"].read_text("utf-8"), True),
        ("population: {graph: net.txt}\nplans: {a: []}\ninterventions: [inoculation]", True),
        (GOOD + "dais: 1", False),
        (GOOD + "days: -1", False),
        (GOOD + "days: yes", False),
        (GOOD + "interventions: [{type: x}]", False),
        (GOOD + "interventions: [{type: inoculation, capacity: {per_day: -1}}]", False),
        (GOOD + "interventions: [{type: inoculation, recall: 1}]", False),
        ("days: 1", False),
    ],
)
def test_editors_and_the_reader_agree(text, good):
    import jsonschema

    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert jsonschema.Draft202012Validator(SCHEMA).is_valid(read_yaml(text).data) == good
