"""A class of a script runs, but no file may name it: there its name is nobody's, or another class's."""

from __future__ import annotations

from typing import ClassVar

import pytest

import infodemic_sim as ids
from infodemic_sim import plugins
from infodemic_sim.calibration import evidence, kinds
from infodemic_sim.errors import CheckpointError, NotWritableError
from infodemic_sim.graphs.source import GraphSource
from infodemic_sim.interventions.when import When
from infodemic_sim.interventions.who.base import Who
from infodemic_sim.platforms.spaces import Groups
from infodemic_sim.scenario_file.kinds import KINDS
from infodemic_sim.study.provenance import scenario_record
from infodemic_sim.sweeps import design
from infodemic_sim.sweeps.address import scenario_key

RECIPE = ids.graphs.ErdosRenyi(people=60, mean_degree=6.0, seed=1)
TODAY = ids.Scenario(population=ids.Population(graph=RECIPE), days=2.0, warm_up=1.0)


class AccuracyPrompt(ids.Intervention):
    """Not the one that is built in."""

    needs = frozenset({"sharing"})

    def act(self, world, people, memory):
        world.levers.sharing.scale(people, 0.0)


class Quiet(ids.Intervention):
    """Does nothing."""


class Packaged(Quiet):
    """One that a package offers: how it is written is remembered, so it must be no other test's."""


class Interest(ids.Ranking):
    """Not the one that is built in."""


class Everyone(ids.Share):
    """A share, not everyone."""


class Never(ids.Always):
    """Always."""


class Forum(Groups):
    """Groups."""


class Popular(ids.SimilarBelief):
    """Those who believe alike."""


class SIR(ids.FeedSpread):
    """The feed."""


class Complete(ids.graphs.ErdosRenyi):
    """Not complete."""

    type_name = "complete"


class Topic(ids.Topic):
    """A topic of another kind."""


class Mine(ids.Ranking):
    """Offered, but under the name of another class."""

    entry_name: ClassVar[str] = "engagement"


STRANGE = [
    TODAY.but(interventions=[AccuracyPrompt()]),
    TODAY.but(interventions=[Quiet()]),
    TODAY.but(platforms=[ids.Platform(ranking=Interest())]),
    TODAY.but(platforms=[ids.Platform(ranking=Mine())]),
    TODAY.but(platforms=[ids.Platform(spaces=Forum())]),
    TODAY.but(interventions=[ids.AccuracyPrompt(who=Everyone(share=0.5))]),
    TODAY.but(interventions=[ids.AccuracyPrompt(who=ids.Sample(people=3, of=Everyone(share=0.5)))]),
    TODAY.but(interventions=[ids.AccuracyPrompt(when=Never())]),
    TODAY.but(ties=ids.ChangingTies(recommender=Popular())),
    TODAY.but(spread=SIR()),
    TODAY.but(topics=[Topic()]),
    TODAY.but(population=ids.Population(graph=Complete(people=60, mean_degree=6.0, seed=1))),
    TODAY.but(
        population=ids.Population(
            graph=ids.graphs.Rewired(graph=Complete(people=60, mean_degree=6.0, seed=1), seed=1)
        )
    ),
]


@pytest.mark.parametrize("scenario", STRANGE, ids=lambda scenario: str(len(repr(scenario))))
def test_it_is_refused_wherever_it_would_be_written_down(scenario, tmp_path):
    for write in (lambda: ids.write_scenario(scenario, tmp_path / "a.yaml"), lambda: scenario_key(scenario)):
        with pytest.raises(
            NotWritableError, match=r"^the class \w+ of \S+ runs, but cannot be written down: "
        ):
            write()
    assert not list(tmp_path.iterdir())
    record = scenario_record(scenario)
    assert record["scenario"] is record["digest"] is None
    assert "cannot be written down" in record["not_written"]


def test_the_remedy_is_told():
    with pytest.raises(
        NotWritableError, match=r"'accuracy_prompt' is AccuracyPrompt of .*another name, and offer"
    ):
        STRANGE[0].written()
    with pytest.raises(
        NotWritableError, match=r"offer it as 'quiet' through .* infodemic_sim\.interventions\.$"
    ):
        STRANGE[1].written()
    with pytest.raises(NotWritableError, match="a file would mean Topic; use that class"):
        TODAY.but(topics=[Topic()]).written()


def test_it_runs_with_two_workers_and_its_provenance_says_what_it_lacks(tmp_path):
    plans = {"today": TODAY, "mine": STRANGE[0]}
    found = ids.compare(plans, seed=1, replicates=2, workers=2, out=tmp_path / "out")
    assert found.runs.equals(ids.compare(plans, seed=1, replicates=2).runs)
    said = (tmp_path / "out" / "provenance.json").read_text("utf-8")
    assert "the class AccuracyPrompt of" in said


def test_a_sweep_is_refused(tmp_path):
    study = ids.Study(
        scenario=STRANGE[0], plans={"today": (), "mine": ("accuracy_prompt",)}, replicates=1, seed=1
    )
    with pytest.raises(NotWritableError, match="the class AccuracyPrompt of"):
        ids.sweep(study, tmp_path / "out")


def test_it_is_not_taken_for_the_class_whose_name_it_has(tmp_path):
    built_in = TODAY.but(interventions=[ids.AccuracyPrompt()])
    assert STRANGE[0].digest() not in (built_in.digest(), TODAY.digest())
    run = ids.Run(STRANGE[0], seed=1)
    ids.save(run, tmp_path / "run.npz")
    ids.resume(STRANGE[0], tmp_path / "run.npz").close()
    with pytest.raises(CheckpointError, match="another scenario"):
        ids.resume(built_in, tmp_path / "run.npz")
    run.close()


def test_what_a_package_offers_is_written(offered, tmp_path):
    offered(Packaged)
    mine = TODAY.but(interventions=[Packaged()])
    path = ids.write_scenario(mine, tmp_path / "a.yaml")
    assert ids.read_scenario(path).scenario == mine
    assert scenario_key(mine)


def test_no_package_can_offer_what_a_built_in_is_called(offered):
    offered(AccuracyPrompt)
    with pytest.raises(NotWritableError, match="give it another name"):
        STRANGE[0].written()


def test_all_kinds_have_a_place_where_names_are_looked_up():
    """And it is the one that the lists of kinds show."""
    for kind in KINDS:
        built_in, group = plugins.KINDS[kind.base]
        assert (tuple(built_in()), group) == (kind.built_in, kind.group)
    others = {design.Design: design, evidence.Evidence: kinds}
    for base, home in others.items():
        built_in, group = plugins.KINDS[base]
        assert (built_in(), group) == (home.BUILT_IN, home.GROUP)
    assert {GraphSource, Who, When} < set(plugins.KINDS)
