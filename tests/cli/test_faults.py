"""Whatever kind of plug-in fails, everybody is told which one, where in its code, and what to do."""

from __future__ import annotations

import pytest
import yaml

import infodemic_sim as ids
from infodemic_sim.cli import main
from infodemic_sim.dashboard.desk import Desk
from infodemic_sim.errors import BrokenRunError
from infodemic_sim.faults import origin
from tests.cli import faulty
from tests.sweeps.tiny import TODAY

REMEDY = "mend it there, or leave it out; 'infodemic --verbose …' shows more."
KINDS = {
    "BadGraph": ("graphs", "graph source 'bad_graph'", ""),
    "BadRecipe": ("graphs", "graph source 'bad_recipe'", None),
    "BadRanking": ("rankings", "ranking 'bad_ranking'", " on day -1"),
    "BadWho": ("targets", "choice of people 'bad_who'", " on day 0"),
    "BadWhen": ("schedules", "schedule 'bad_when'", " on day 0"),
    "BadSpaces": ("spaces", "spaces 'bad_spaces'", ""),
    "BadRecommender": ("recommenders", "recommender 'bad_recommender'", " on day -1"),
    "BadRule": ("spread_rules", "spread rule 'bad_rule'", " on day -1"),
    "LateRule": ("spread_rules", "plug-in of the module 'tests.cli.faulty'", " on day -1"),
    "BadIntervention": ("interventions", "intervention 'bad_intervention'", " on day 0"),
}
"""Group of entry points, what the plug-in is called, and the day it fails; none: before there is a run."""


def scenario(kind: str) -> dict[str, object]:
    """A scenario with a plug-in that fails, as its file has it."""
    name, graph = (
        KINDS[kind][1].split("'")[1],
        {"type": "erdos_renyi", "people": 200, "mean_degree": 6.0, "seed": 1},
    )
    made = {
        "population": {"graph": graph, "providers": 0.1},
        "topics": [{"name": "vaccines"}],
        "interventions": ["warning_label"],
        **{"days": 2.0, "warm_up": 1.0, "hours_per_step": 6.0},
    }
    match KINDS[kind][0]:
        case "graphs":
            made["population"]["graph"] = {"type": name, "people": 200, "seed": 1}
        case "rankings":
            made["platforms"] = [{"ranking": name}]
        case "targets":
            made["interventions"] = [{"type": "accuracy_prompt", "who": name}]
        case "schedules":
            made["interventions"] = [{"type": "accuracy_prompt", "when": name}]
        case "spaces":
            made["platforms"] = [{"spaces": name}]
        case "recommenders":
            made["ties"] = {"follows_per_day": 24.0, "spare_places": 5, "recommender": name}
        case "spread_rules":
            made |= {"spread": "late_rule" if kind == "LateRule" else name, "interventions": []}
        case "interventions":
            made["interventions"] = [name]
    return made


@pytest.fixture
def file(offered, tmp_path):
    """A file of a scenario with one of the plug-ins."""

    def write(kind: str):
        offered(getattr(faulty, kind), group=f"infodemic_sim.{KINDS[kind][0]}")
        path = tmp_path / "broken.yaml"
        path.write_text(yaml.safe_dump(scenario(kind)), "utf-8")
        return path

    return write


def told(kind: str) -> str:
    """The sentence."""
    _, called, day = KINDS[kind]
    return f"the run stopped in the {called}{day or ''}, at {faulty.place()} (KeyError: 'gone')"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("workers", [1, 2])
def test_compare(kind, file, run, tmp_path, workers):
    words = ("--out", tmp_path / "out", "--seed", 1, "--replicates", 2, "--workers", workers, "--quiet")
    code, out, err = run("compare", file(kind), *words)
    assert (code, out, err) == (1, "", f"infodemic: {told(kind)}: {REMEDY}\n")


def moody(mood: str) -> ids.Scenario:
    return TODAY.but(interventions=[faulty.Moody(mood=mood)])


@pytest.mark.parametrize("mood", faulty.MOODS)
@pytest.mark.parametrize("workers", [1, 2])
def test_odd_errors_are_told_like_others(mood, workers, offered, run, tmp_path):
    """Also those that cannot be shown, sent to another process, or caught by who catches errors."""
    offered(faulty.Moody)
    ids.write_scenario(moody(mood), tmp_path / "moody.yaml")
    words = ("--out", tmp_path / "out", "--seed", 1, "--replicates", 2, "--workers", workers, "--quiet")
    code, out, err = run("compare", tmp_path / "moody.yaml", *words)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "infodemic: the run stopped in the intervention 'moody' on day 0, at " in err
    stopped = "RuntimeError: generator raised StopIteration"  # as Python has it
    assert faulty.SAID[mood] in err or (mood == "end of an iterator" and stopped in err)
    assert "mend it there, or leave it out" in err
    assert len(err) < 3_000


@pytest.mark.parametrize("workers", [1, 2])
def test_odd_errors_are_rows_of_a_sweep(workers, offered, tmp_path):
    offered(faulty.Moody)
    design = ids.Grid(parameters={"interventions.moody.mood": list(faulty.MOODS)})
    plan = ids.Study(
        scenario=moody("long"), plans={"today": (), "moody": ("moody",)}, design=design, replicates=1, seed=3
    )
    failures = ids.sweep(plan, tmp_path / "out", workers=workers).failures()
    assert set(failures["plan"]) == {"moody"}
    for mood, error in zip(faulty.MOODS, failures.sort_values("point")["error"], strict=True):
        assert error.startswith("the run stopped in the intervention 'moody' on day 0, at ")
        assert faulty.SAID[mood] in error


def test_the_traceback_is_in_the_log(file, run, tmp_path, caplog):
    caplog.set_level("INFO")
    run("compare", file("BadRanking"), "--out", tmp_path / "out", "--seed", 1, "--workers", 2, "--quiet")
    assert "faulty.py" in caplog.text
    assert "in recency" in caplog.text


@pytest.mark.parametrize("kind", [kind for kind in KINDS if KINDS[kind][2] is not None])
def test_a_sweep_has_a_row_that_says_so(kind, file, run, tmp_path):
    file(kind)
    (tmp_path / "study.yaml").write_text(
        "scenario: broken.yaml\nreplicates: 1\nseed: 3\nplans: {today: []}\n"
        if KINDS[kind][0] not in ("targets", "schedules", "interventions")
        else "scenario: broken.yaml\nreplicates: 1\nseed: 3\n"
    )
    with (tmp_path / "study.yaml").open("a") as text:
        text.write("design: {type: grid, parameters: {population.providers: [0.0, 0.1]}}\n")
    code, out, err = run(
        "sweep", tmp_path / "study.yaml", "--out", tmp_path / "out", "--workers", 1, "--quiet"
    )
    assert "Traceback" not in out + err
    failures = ids.Results(tmp_path / "out").failures()
    assert code == 0  # the other runs are there
    assert set(failures["error"]) == {told(kind) + "."}


@pytest.mark.parametrize("kind", KINDS)
def test_mesa(kind, file):
    from infodemic_sim.mesa_model import InfodemicModel

    path = file(kind)

    def moved():
        model = InfodemicModel(str(path), seed=1)
        while model.running:
            model.step()

    with pytest.raises(KeyError) as caught:
        moved()
    assert f"the run {origin(caught.value)} (KeyError: 'gone')" == told(kind)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("BadRecipe", "BadRule", "LateRule")])
def test_the_page(kind, file):
    """Of a recipe that fails there is no page, nor of a rule without a feed."""
    mine = ids.read_scenario(file(kind)).scenario
    keys = [part.key for part in mine.interventions]
    with pytest.raises(BrokenRunError, match="see the log") as caught:
        list(Desk(mine).run({"values": {}, "interventions": keys, "seed": 7, "replicates": 2}))
    assert str(caught.value) == f"{told(kind)}: see the log."


def test_a_design(offered, run, tmp_path):
    offered(faulty.BadDesign, group="infodemic_sim.designs")
    ids.write_scenario(TODAY, tmp_path / "scenario.yaml")
    (tmp_path / "study.yaml").write_text(
        "scenario: scenario.yaml\ndesign: bad_design\nreplicates: 1\nseed: 3\n"
    )
    code, _, err = run("sweep", tmp_path / "study.yaml", "--out", tmp_path / "out", "--workers", 1)
    assert code == 1
    assert err.splitlines()[-1] == (
        f"infodemic: the run stopped in the design 'bad_design', at {faulty.place()} (KeyError: 'gone'): "
        f"{REMEDY}"
    )


def test_a_mechanism_of_a_script_is_named():
    with pytest.raises(KeyError) as caught:
        ids.simulate(TODAY.but(turnover=faulty.BadMechanism()), seed=1)
    assert origin(caught.value) == f"stopped in the turnover 'bad_mechanism' on day -1, at {faulty.place()}"


def test_a_function_of_a_script_is_named():
    def act(world):
        faulty.fail()

    with pytest.raises(KeyError) as caught:
        ids.simulate(TODAY.but(interventions=[act]), seed=1)
    assert origin(caught.value) == f"stopped in the intervention 'act' on day 0, at {faulty.place()}"


def test_a_fault_of_our_own_is_nobodys(monkeypatch):
    """It keeps its traceback, which is what whoever is to mend it needs."""
    monkeypatch.setattr("infodemic_sim.cli.scenarios.read_scenario", len)
    with pytest.raises(AttributeError):
        main(["check", "demo"])
