"""A parameter is declared once, and a wrong value is refused in one sentence."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import infodemic_sim as ids
from infodemic_sim.errors import InfodemicError, ParameterError, UnknownNameError
from infodemic_sim.interventions import AccuracyPrompt, Capacity, Inoculation
from infodemic_sim.interventions.when import Between
from infodemic_sim.interventions.who import Role
from infodemic_sim.params import ASSUMED, Part, declarations, is_number, param
from infodemic_sim.platforms import Platform
from infodemic_sim.plugins import find, snake
from infodemic_sim.population import Population
from infodemic_sim.scenario import Scenario
from infodemic_sim.scenario_file.kinds import KINDS, all_parts
from tests.scenario_file.parts import any_of

GRAPH = {"type": "scale_free", "people": 50, "mean_degree": 4.0, "seed": 1}
WRONG = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.just(10**400),
    st.floats(),
    st.text(max_size=5),
    st.binary(max_size=5),
    st.lists(st.integers() | st.text(max_size=3), max_size=3),
    st.dictionaries(st.text(max_size=4) | st.integers(), st.integers() | st.text(max_size=3), max_size=3),
    st.sampled_from([{"type": kind} for kind in ("role", "every", "x", 5, None)]),
    st.just(np.zeros(3)),
    st.just(object()),
    st.just(int),
    st.just(Part),
)


@pytest.mark.parametrize("part", all_parts(), ids=lambda part: part.__name__)
def test_a_wrong_value_of_any_parameter_is_refused_in_one_sentence(part):
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(made=any_of(part), data=st.data())
    def try_each(made, data):
        for name in part.model_fields:
            refused_or_made(made, name, data.draw(WRONG))

    try_each()


def refused_or_made(made: Part, name: str, value: Any) -> None:
    try:
        made.but(**{name: value})
    except ParameterError as error:
        refusal = error
    else:
        return
    assert "\n" not in str(refusal)
    assert str(refusal).startswith(type(made).__name__) or isinstance(refusal, UnknownNameError)
    assert len(str(refusal)) < 700


@pytest.mark.parametrize(
    ("make_it", "sentence"),
    [
        (
            lambda: Capacity(per_day=-1),
            "Capacity.per_day should be greater than or equal to 0 (acts), but got -1.",
        ),
        (lambda: Capacity(per_dy=1), "Capacity.per_dy is not a parameter. Did you mean 'per_day'?"),
        (lambda: Platform(name=3), "Platform.name should be text, but got 3."),
        (
            lambda: Platform(bystanders=math.nan),
            "Platform.bystanders should be a finite number (share), but got nan.",
        ),
        (lambda: Population(), "Population.graph is required, but was not given."),
        (lambda: Between(9, 3), "Between stop (d) must not be before start 9."),
        (lambda: Platform(name=3, membership=2), "Platform.name should be text, but got 3. (1 more mistake)"),
        (
            lambda: Inoculation(when={"type": "between", "start": "x", "stop": 1}),
            "Inoculation.when.start should be a number (d), but got 'x'.",
        ),
        (
            lambda: Scenario(population={"graph": {**GRAPH, "people": 0}}),
            "Scenario.population.graph.people should be greater than or equal to 1 (people), but got 0.",
        ),
        (
            lambda: Scenario(population={"graph": GRAPH}, topics=[{"posting": {"bot": -1}}]),
            "Scenario.topics.0.posting.bot should be greater than or equal to 0 (posts/day), but got -1.",
        ),
        (
            lambda: Scenario(
                population={"graph": GRAPH}, interventions=[{"type": "inoculation", "cost": {"mony": 1}}]
            ),
            "Scenario.interventions.0.cost.mony is not a parameter. Did you mean 'money'?",
        ),
    ],
)
def test_owner_rule_unit_and_what_was_got(make_it, sentence):
    with pytest.raises(ParameterError) as refusal:
        make_it()
    assert str(refusal.value) == sentence


def test_an_unknown_name_is_a_parameter_error_and_a_lookup_error():
    for make_it in (lambda: Role("docter"), lambda: AccuracyPrompt(who="everyon")):
        with pytest.raises(UnknownNameError) as refusal:
            make_it()
        assert isinstance(refusal.value, ParameterError | LookupError | ValueError)


def test_parts_print_as_code_that_makes_them():
    part = Inoculation(when=Between(1, 2), capacity=Capacity(total=3), effect=0.5)
    names = {"Inoculation": Inoculation, "Between": Between, "Capacity": Capacity}
    assert (
        repr(part) == "Inoculation(when=Between(start=1.0, stop=2.0), capacity=Capacity(total=3), effect=0.5)"
    )
    assert eval(repr(part), names) == part


def test_parts_do_not_change():
    with pytest.raises(ParameterError, match="cannot be changed"):
        Capacity().total = 3


def test_a_part_of_ones_own_is_checked_and_declared():
    class Fountain(Part):
        """Water."""

        height: float = param(2.0, gt=0, lt=9, unit="m", doc="Height of the jet.", source="Ours2020")
        name: str = param("", doc="Name.")

    (height, name) = declarations(Fountain)
    assert (height.unit, height.bounds, height.source, height.default) == (
        "m",
        "> 0 and < 9",
        "Ours2020",
        2.0,
    )
    assert name.source == ""
    with pytest.raises(ParameterError, match=r"Fountain\.height should be less than 9 \(m\), but got 9\.0\."):
        Fountain(height=9.0)


def test_every_parameter_says_what_it_means():
    for part in all_parts():
        for row in declarations(part):
            assert row.doc.endswith((".", ")")), (row.owner, row.name)
            assert row.source or not is_number(part.model_fields[row.name].annotation)
            assert row.unit == row.unit.strip()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_name_of_a_kind_is_found(kind):
    for name, part in kind.by_type().items():
        assert find(name, kind.built_in, kind.group, kind.base) is part
    assert len(kind.by_type()) == len(kind.built_in)
    with pytest.raises(UnknownNameError, match=r"Did you mean|Known"):
        find("nothing_like_it", kind.built_in, kind.group, kind.base)


def test_a_package_that_cannot_be_imported_is_told_in_one_sentence(monkeypatch):
    from importlib.metadata import EntryPoint, EntryPoints

    from infodemic_sim import plugins

    kind = KINDS[3]
    for value in ("nowhere.at_all:Thing", "math:pi"):
        point = EntryPoint("thing", value, kind.group)
        monkeypatch.setattr(plugins, "offered", lambda _, point=point: EntryPoints([point]))
        with pytest.raises(ParameterError, match=r"interventions\.0: .*'thing'"):
            Scenario(population={"graph": GRAPH}, interventions=["thing"])


def test_a_package_that_is_installed_meanwhile_is_found(monkeypatch, tmp_path):
    """What installed packages offer is remembered, but only until one comes."""
    from infodemic_sim.plugins import known

    monkeypatch.syspath_prepend(str(tmp_path))
    kind = KINDS[3]
    assert "late" not in known(kind.built_in, kind.group)
    info = tmp_path / "late-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: late\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text(f"[{kind.group}]\nlate = late:Late\n", "utf-8")
    assert "late" in known(kind.built_in, kind.group)


def test_snake():
    assert snake("AccuracyPrompt") == "accuracy_prompt"


def test_errors_are_ours_and_built_in():
    assert issubclass(ParameterError, InfodemicError)
    assert issubclass(ParameterError, ValueError)
    assert ASSUMED == "ASSUMED"


# --- without names ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (lambda: ids.Topic("vaccines"), lambda: ids.Topic(name="vaccines")),
        (lambda: ids.Platform("forum"), lambda: ids.Platform(name="forum")),
        (lambda: ids.Population(GRAPH, sharing=0.1), lambda: ids.Population(graph=GRAPH, sharing=0.1)),
        (lambda: ids.Share(0.5), lambda: ids.Share(share=0.5)),
        (lambda: ids.Every(1), lambda: ids.Every(days=1)),
        (lambda: ids.Once(3), lambda: ids.Once(day=3)),
        (lambda: ids.Ramp(1, 2), lambda: ids.Ramp(start=1, full=2)),
        (lambda: ids.Subgroup("literacy", "basic"), lambda: ids.Subgroup(partition="literacy", part="basic")),
        (lambda: ids.graphs.GraphFile("a.csv"), lambda: ids.graphs.GraphFile(path="a.csv")),
    ],
)
def test_what_must_be_given_and_names_need_no_name(one, other):
    assert one() == other()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (
            lambda: ids.Capacity(20),
            r"^Capacity takes nothing without a name, but got 20: .* per_step, per_day, ",
        ),
        (lambda: ids.AccuracyPrompt(0.5), r"^AccuracyPrompt takes nothing without a name, but got 0\.5: "),
        (lambda: ids.Topic("a", 0.5), r"^Topic takes only name without a name, but got 0\.5: "),
        (lambda: ids.Topic("a", name="b"), r"^Topic\.name is given twice"),
        (lambda: ids.Population(5), r"^Population\.graph"),
        (lambda: ids.graphs.ErdosRenyi(9, 1), r"^ErdosRenyi takes nothing without a name, but got 9: "),
    ],
)
def test_what_would_have_to_be_remembered_is_refused_in_one_sentence(make, said):
    with pytest.raises(ParameterError, match=said):
        make()


def test_a_part_that_is_set_says_how_to_make_another():
    scenario = Scenario(population={"graph": GRAPH})
    said = r"^a Scenario cannot be changed: make another with scenario\.but\(days=5\)\.$"
    with pytest.raises(ParameterError, match=said):
        scenario.days = 5
    assert scenario.days == 60.0
