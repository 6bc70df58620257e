"""Messages from a table: published when, by whom and as it says, or refused with its line."""

from __future__ import annotations

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim import checkpoint
from infodemic_sim.errors import GraphFileError
from infodemic_sim.testing.small_runs import differing, measured
from tests.interventions.lively import GRAPH, PEOPLE, scenario, stepping, within

SILENT = ids.Posting(**dict.fromkeys(ids.Posting.model_fields, 0.0))
TOPICS = [ids.Topic(name=name, posting=SILENT) for name in ("vaccines", "diet")]
PLATFORMS = [ids.Platform(name="a", horizon=240.0), ids.Platform(name="b", horizon=240.0, membership=0.5)]
TABLE = """day,author,topic,side,appeal,platform
0.5,7,vaccines,false,2.5,
0.5,7,vaccines,false,2.5,
-0.25,9,diet,accurate,,a
1.99,11,diet,neither,0.5,a
"""


@pytest.fixture
def table(tmp_path):
    def write(text: str) -> ids.Arrivals:
        (tmp_path / "table.csv").write_text(text, encoding="utf-8")
        return ids.Arrivals(path=str(tmp_path / "table.csv"))

    return write


def world_of(arrivals, *plan, **changes):
    plain = {"topics": TOPICS, "platforms": PLATFORMS, "warm_up": 1.0, "days": 2.0}
    return scenario(*plan, **{**plain, **changes}, arrivals=arrivals)


def ended(some):
    with stepping(some) as run:
        for _ in range(some.warm_up_steps + some.steps):
            run.step()
        return run


def told(run):
    rows = run.world.state.messages.slots
    rows = rows[rows["live"] != 0]
    keys = run.world.people.key
    return sorted(
        (
            int(row["born"]),
            int(keys[row["author"]]),
            int(row["topic"]),
            int(row["side"]),
            float(row["appeal"]),
        )
        for row in rows
    )


def test_messages_come_as_the_table_says(table):
    run = ended(world_of(table(TABLE)))
    found = told(run)
    assert [row[:4] for row in found] == [(18, 9, 1, 1), (36, 7, 0, -1), (36, 7, 0, -1), (71, 11, 1, 0)]
    assert [row[4] for row in found[1:]] == [2.5, 2.5, 0.5]
    assert found[0][4] not in (0.0, 1.0)
    assert run.world.state.counts["posts"][0, 0, 0, 0] == 2, "the one before day 0 is not counted"
    read = [int(timelines.reads.sum()) for timelines in run.world.state.timelines]
    assert read[0] > 10
    assert read[1] == 0


def test_order_of_rows_and_of_people_does_not_matter(table):
    head, *rows = TABLE.splitlines()
    once = measured(ended(world_of(table(TABLE))))
    assert differing(once, measured(ended(world_of(table("\n".join([head, *rows[::-1]])))))) == []
    order = np.random.default_rng(1).permutation(GRAPH.n)
    keys = np.arange(GRAPH.n, dtype=float)
    other = PEOPLE.but(graph=GRAPH.with_attributes(key=keys).relabel(order))
    assert differing(once, measured(ended(world_of(table(TABLE), population=other)))) == []


def test_an_empty_table_is_absence(table):
    lively = {"topics": [TOPICS[0].but(posting=ids.Posting())], "cascades": "sizes"}
    without = measured(ended(world_of(None, **lively)))
    for text in ("day,author,topic,side\n", "day,author,topic,side\n50,7,vaccines,false\n"):
        assert differing(without, measured(ended(world_of(table(text), **lively)))) == []


def test_a_saved_run_needs_its_table_no_more(table, tmp_path):
    some = world_of(table(TABLE))
    whole = measured(ended(some))
    with stepping(some) as run:
        for _ in range(30):
            run.step()
        checkpoint.save(run, tmp_path / "run.npz")
    (tmp_path / "table.csv").unlink()
    again = checkpoint.resume(some, tmp_path / "run.npz")
    while again.world.step < some.warm_up_steps + some.steps:
        again.step()
    assert differing(whole, measured(again)) == []


@pytest.mark.parametrize(("platform", "share"), [(None, 1.0 / 3.0), (0, 1.0 / 3.0), (1, 1.0)])
def test_who_posts_less_where_they_are_posted_posts_fewer_of_them(table, platform, share):
    class Restraint(ids.Intervention):
        """Everybody posts a third of what they would."""

        def act(self, world, people, memory):
            world.levers.posting.scale(people, 1.0 / 3.0, platform=platform)

    rows = "".join(f"0.{k % 9},{k % 300},diet,false\n" for k in range(900))
    run = ended(world_of(table("day,author,topic,side\n" + rows), Restraint()))
    assert within(len(told(run)), 900, share)


def test_paths_are_those_of_the_folder_of_the_scenario(table, tmp_path):
    arrivals = table(TABLE)
    recipe = ids.graphs.ScaleFree(people=50, mean_degree=4.0, seed=1)
    some = world_of(arrivals, population=PEOPLE.but(graph=recipe))
    here, there = tmp_path / "scenario.yaml", tmp_path / "elsewhere"
    there.mkdir()
    here.write_text("population: {graph: {type: scale_free, people: 50, mean_degree: 4.0, seed: 1}}\n"
                    "arrivals: {path: table.csv}\n")  # fmt: skip
    assert ids.read_scenario(here).scenario.arrivals == arrivals
    ids.write_scenario(some, there / "scenario.yaml")
    assert ids.read_scenario(there / "scenario.yaml").scenario.arrivals == arrivals


HEAD = "day,author,topic,side\n"
WRONG = {
    "day,author,topic\n1,7,diet\n": "line 1: the column 'side' is missing",
    "day,author,topic,side,apeal\n": "line 1: there is no use for a column 'apeal'. Did you mean 'appeal'?",
    HEAD + "1,7,diet\n": "line 2: 3 columns where the header has 4",
    HEAD + "soon,7,diet,false\n": "line 2: day must be a number, but is 'soon'",
    HEAD + "1,7,diet,false\nnan,7,diet,false\n": "line 3: day must be a number, but is 'nan'",
    HEAD + "-1.5,7,diet,false\n": "line 2: day must not be before the start of the warm-up, -1",
    HEAD
    + f"{'7' * 60},7,diet,false\n": "line 2: day must be 3660 at most, as long as a run can last, but is",
    HEAD + "1,300,diet,false\n": "line 2: author '300' is nobody's identity",
    HEAD + "1,-7,diet,false\n": "line 2: author '-7' is nobody's identity",
    HEAD + "1,7,diets,false\n": "line 2: topic 'diets' is not known. Did you mean 'diet'?",
    HEAD + "1,7,diet,true\n": "line 2: side 'true' is not known. Known: accurate, false, neither",
    HEAD[:-1] + ",appeal\n1,7,diet,false,0\n": "line 2: appeal must be above 0, but is '0'",
    HEAD[:-1] + ",platform\n1,7,diet,false,c\n": "line 2: platform 'c' is not known. Known: a, b",
    "": "the file is empty",
}


@pytest.mark.parametrize("text", list(WRONG))
def test_what_is_wrong_is_told_with_its_line(text, table):
    with pytest.raises(GraphFileError) as error:
        ids.Run(world_of(table(text)), seed=1)
    assert f"table.csv, {WRONG[text]}" in str(error.value) or f"table.csv: {WRONG[text]}" in str(error.value)


def test_an_author_who_is_not_there_is_refused(table):
    with stepping(world_of(None)) as run:
        absent = int(run.world.people.key[~run.world.on_platform(1)][0])
    with pytest.raises(GraphFileError, match="line 2: this author has no account on that platform"):
        ids.Run(world_of(table(f"{HEAD[:-1]},platform\n1,{absent},diet,false,b\n")), seed=1)


def test_who_is_away_posts_nothing(table):
    rows = "".join(f"0.{k % 9},{k % 300},diet,false\n" for k in range(900))
    stays = ids.Turnover(present_at_start=0.5, joining_per_day=0.0, leaving_per_day=0.0)
    run = ended(world_of(table(HEAD + rows), turnover=stays))
    authors = [row[1] for row in told(run)]
    assert len(authors) == 3 * int(run.world.state.present.sum())
    assert run.world.state.present[authors].all(), "here identities are positions"
