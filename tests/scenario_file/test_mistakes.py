"""Every mistake in a file is told, with its place, and nothing a file says can do harm."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infodemic_sim.errors import InfodemicError, ScenarioFileError
from infodemic_sim.scenario_file import read_scenario, scenario_text
from infodemic_sim.scenario_file.reading import LARGEST
from infodemic_sim.scenario_file.strict_yaml import read_yaml
from tests.scenario_file.test_round_trip import SMALL

GOOD = "population:\n  graph: {type: scale_free, people: 50, mean_degree: 4, seed: 1}\n"
WHOLE = scenario_text(
    SMALL.but(interventions=["accuracy_prompt", "inoculation", "peer_support", "warning_label"]), Path()
)
ANY = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def told(tmp_path):
    """The lines in which a file's mistakes are told, without the name of the file."""

    def read(text: str | bytes) -> list[str]:
        file = tmp_path / "s.yaml"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        with pytest.raises(ScenarioFileError) as refusal:
            read_scenario(file)
        return str(refusal.value).replace(f"{file}:", "").split("\n")

    return read


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("xyz: 1", "3:1: xyz is not a parameter. Known: "),
        ("dais: 1", "3:1: dais is not a parameter. Did you mean 'days'?"),
        ("plan: {}", "3:1: plan is not a parameter. Did you mean 'plans'?"),
        ("days: -1", "3:7: days should be greater than 0 (d), but got -1."),
        ("days: yes", "3:7: days should be a number (d), but got 'yes'."),
        ("days: true", "3:7: days should be a number (d), but got True."),
        ("days: .inf", "3:7: numbers must be finite, but got '.inf'."),
        ("days: 1e999", "3:7: numbers must be finite, and this one is too large, but got '1e999'."),
        ("  providers: 0.9\n  bots: 0.2", "2:3: population: shares of roles must add up to 1 at most, but"),
        ("plans: {}", "3:8: plans must hold at least one plan, the baseline."),
        ("warm_up: 0\ndays: 1.01", "4:1: Scenario days must hold a whole number of steps of 1 h."),
        ("days:\n", "3:6: days should be a number (d), but got None."),
        ("days: 1\ndays: 2", "4:1: 'days' is given twice: it stands in line 3 already."),
        ("days: &d 1", "3:7: anchors (&d) are not used here: write the value out."),
        ("days: *d", "3:7: aliases (*d) are not used here: write the value out."),
        ("days: !!int 3", "3:7: tags ('tag:yaml.org,2002:int') are not used here: leave it out."),
        ("days: !!python/object/apply:os.abort []", "3:7: tags ("),
        ("? [days]\n: 1", "3:3: what stands before a colon must be a name."),
        ("<<: {days: 1}", "3:1: << is not a parameter."),
        ("topics: 1", "3:9: topics should be a list, but got 1."),
        ("topics: []", "1:1: Scenario needs at least one topic and one platform."),
        ("topics: [{name: a, name: b}]", "3:20: 'name' is given twice: it stands in line 3 already."),
        (
            "topics: [{name: a}, {name: a}]",
            "1:1: Scenario has two topics called 'a': give each its own name.",
        ),
        (
            "topics: [{name: no, posting: {bots: 1}}]",
            "3:31: topics.0.posting.bots is not a parameter. Did you",
        ),
        ("spread: {type: fed_spread}", "3:16: spread.type: 'fed_spread' is not a known type. Did you mean"),
        ("record: dayly", "3:9: record should be 'hourly', 'daily' or 'end', but got 'dayly'."),
        ("platforms: [{graph: 5}]", "3:21: platforms.0.graph: should be the name of a type, such as"),
        ("platforms: [{ranking: {type: interest, homophily: -1}}]", "3:51: platforms.0.ranking.homophily sh"),
        ("platforms: [{timeline_depth: 2.0}]", "3:30: platforms.0.timeline_depth should be a whole number"),
        ("interventions: [{}]", "3:17: interventions.0: 'type' is missing: say which one, such as accuracy_"),
        ("interventions: [accuracy_promt]", "3:17: interventions.0: 'accuracy_promt' is not a known type. "),
        (
            "interventions:\n- type: inoculation\n  capacity: {per_day: -1}",
            "5:23: interventions.0.capacity.per_day should be greater than or equal to 0 (acts), but got -1.",
        ),
        (
            "interventions:\n- type: inoculation\n  when: {type: between, start: 9, stop: 3}",
            "5:35: interventions.0.when stop (d) must not be before start 9.",
        ),
        (
            "interventions: [{type: inoculation, when: {type: between, start: 1}}]",
            "3:43: interventions.0.when.",
        ),
        (
            "interventions: [{type: inoculation, who: {type: role, role: docter}}]",
            "3:42: interventions.0.who: ",
        ),
        ("plans: 3", "3:8: plans should be a list of name: [interventions], but got 3."),
        ("plans: {a: b}", "3:12: plans.a should be a list of interventions, but got 'b'."),
        ("plans: {a: [b]}", "3:13: plans.a.0: 'b' is not an intervention here. None are known."),
        (
            "interventions: [inoculation]\nplans: {a: [inoclation]}",
            "4:13: plans.a.0: 'inoclation' is not an i",
        ),
        ("---\ndays: 3", "3:1: a file holds one scenario, but here a second document begins."),
        ("days: [1", "4:1: this is not YAML: "),
        ("days: '1", "4:1: this is not YAML: "),
        ("days: \x07", "3:7: character U+0007 may not stand in a scenario file."),
        ("days: " + "[" * 500, "3:47: values may be nested 40 levels deep at most."),
        ("days: " + "9" * 500, "3:7: numbers must have 400 characters at most, but got "),
    ],
)
def test_a_mistake_is_told_with_its_place(told, text, sentence):
    (line,) = told(GOOD + text + "\n")
    assert line.startswith(sentence)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "a scenario is a list of name: value, but this file is empty."),
        (b"# nothing\n", "a scenario is a list of name: value, but this file is empty."),
        (b"- a\n", "a scenario is a list of name: value, but this file holds ['a']."),
        (b"days: 3\n# \xe9\n", "2:3: this is not UTF-8: save the file as UTF-8."),
        ("days: 3".encode("utf-16"), "1:1: this is not UTF-8: save the file as UTF-8."),
        (b"days: 3\n", "1:1: population is required, but was not given."),
        (b"#" * (LARGEST + 1), "a scenario file may have 4,000,000 bytes at most: keep a large network"),
    ],
)
def test_what_is_no_scenario_is_told_in_one_sentence(told, content, sentence):
    (line,) = told(content)
    assert sentence in line


def test_all_mistakes_are_told_after_a_summary(told):
    lines = told(
        GOOD + "days: x\nrecord: y\nwarm: 1\ninterventions: [{type: a}, {type: inoculation, uptke: 1}]\n"
    )
    assert lines[0] == " 5 mistakes."
    assert [line.split(":")[0] for line in lines[1:]] == ["3", "4", "5", "6", "6"]


def test_a_lever_that_is_missing_is_told_at_the_interventions(told, monkeypatch):
    from infodemic_sim.spread.feed import FeedSpread

    monkeypatch.setattr(FeedSpread, "levers", frozenset())
    (line,) = told(GOOD + "days: 3\ninterventions: [inoculation]\n")
    assert line.startswith("4:1: inoculation needs the lever 'inoculation'")


@pytest.mark.parametrize("path", ["nowhere.yaml", ".", "s.yaml/x", "\0", "demoo"])
def test_a_file_that_cannot_be_read(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "s.yaml").write_text("")
    with pytest.raises(ScenarioFileError) as refusal:
        read_scenario(path)
    assert "\n" not in str(refusal.value)


def test_the_nearest_file_is_named(tmp_path):
    (tmp_path / "town.yaml").write_text("")
    with pytest.raises(ScenarioFileError, match=r"Did you mean 'town\.yaml'\?"):
        read_scenario(tmp_path / "twon.yaml")


def test_numbers_and_words_mean_what_they_say():
    text = "[1e-3, 1E5, -.5, 0o17, 0x1F, 010, 1_000, yes, No, on, ~, null, TRUE, 12:30, 2026-01-01, '1', '']"
    expected = [0.001, 1e5, -0.5, 15, 31, 10, "1_000", "yes", "No", "on", None, None, True]
    assert read_yaml(text).data == [*expected, "12:30", "2026-01-01", "1", ""]


def test_bombs_do_not_go_off(told):
    bomb = "a: &a [x, x]\n" + "".join(f"a{k}: &b{k} [*a, *a, *b{max(0, k - 1)}]\n" for k in range(200))
    for text, said in (
        (bomb, "… and 601 more."),
        ("x: " + "{a: " * 100_000, "3:164: values may be nested 40 levels deep at most."),
        ("\n".join(f"name{k}: 1" for k in range(3000)), "… and 2800 more."),
    ):
        lines = told(GOOD + text)
        assert lines[-1] == said
        assert len(lines) < 300


@ANY
@given(text=st.one_of(st.text(), st.text("ab:-?&*!|>%@`'\"[]{},# \n\t~.1e<"), st.binary()))
def test_any_text_is_refused_or_read(text, tmp_path):
    read_or_refused(tmp_path / "s.yaml", text if isinstance(text, bytes) else text.encode("utf-8", "replace"))


@ANY
@given(data=st.data())
def test_any_change_of_a_scenario_is_refused_or_read(data, tmp_path):
    lines = WHOLE.split("\n")
    junk = st.sampled_from(
        [
            *"-:[]{}&*!'\"#|>% ",
            "x",
            "1e400",
            "-1",
            ".nan",
            "null",
            "[]",
            "{}",
            "no",
            "?",
            "\t",
            "\ufeff",
            "<<",
        ]
    ) | st.text(max_size=3)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(lines) - 1))
        name, colon, value = lines[place].partition(": ")
        changed = data.draw(
            st.sampled_from([name, value, f"  {lines[place]}", lines[place].strip(), lines[place] * 2])
            | junk.map(lambda new, name=name, colon=colon: name + colon + new)
            | junk.map(lambda new, value=value: f"{new}: {value}")
        )
        lines[place] = changed
    read_or_refused(tmp_path / "s.yaml", "\n".join(lines).encode())


def read_or_refused(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    try:
        read_scenario(file)
    except InfodemicError as error:
        refusal = error
    else:
        return
    assert isinstance(refusal, ScenarioFileError)
    assert str(refusal).startswith(str(file))
