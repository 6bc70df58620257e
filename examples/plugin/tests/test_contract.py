"""The promises that every part keeps, and what these parts are for."""

from __future__ import annotations

from importlib.metadata import entry_points

import numpy as np
import pytest
from quiet_hours.intervention import QuietHours
from quiet_hours.median_opinion import MedianOpinion
from quiet_hours.night_owls import NightOwls
from quiet_hours.slow_news import SlowNews
from quiet_hours.weekends import Weekends

import infodemic_sim as ids
from infodemic_sim import testing

PEOPLE = ids.Population(graph=ids.scale_free(200, mean_degree=10, seed=1))
TODAY = ids.Scenario(population=PEOPLE, days=2.0, warm_up=0.0, record="hourly")


def test_the_intervention_keeps_the_promises():
    """As it comes, and where people stop to take notice while it runs."""
    testing.check_intervention(QuietHours())
    testing.check_intervention(QuietHours(nights=1, when=ids.Between(0.5, 2.0), uptake=0.5))


def test_the_others_keep_theirs():
    """Each kind of part has promises of its own."""
    testing.check_ranking(SlowNews())
    testing.check_rule(MedianOpinion())
    testing.check_part(NightOwls())
    testing.check_part(Weekends(first=5))


def exposures(plan: ids.Scenario) -> np.ndarray:
    """What everybody read in each hour, averaged over a few runs."""
    runs = [ids.simulate(plan, seed=1, replicate=k) for k in range(3)]
    both = [run.series("exposures_accurate") + run.series("exposures_false") for run in runs]
    return np.mean([np.diff(read.to_numpy()) for read in both], axis=0)


def test_nobody_reads_at_night():
    """With all visits given up and everybody taking part, there are none from ten to six."""
    quiet = exposures(TODAY.but(interventions=[QuietHours(effect=1.0)]))
    night = [hour for hour in range(48) if hour % 24 >= 22 or hour % 24 < 6]
    assert quiet[night].sum() == 0.0 < exposures(TODAY)[night].sum()


def test_people_get_used_to_it():
    """Asked in one night at most, they are back in the next."""
    once = exposures(TODAY.but(interventions=[QuietHours(effect=1.0, nights=1)]))
    assert once[:6].sum() == 0.0 < once[22:30].sum()


def test_a_median_takes_no_notice_of_the_extreme():
    """In a star the middle moves to its neighbours' median, all of them to the middle."""
    star = ids.SocialGraph.from_ties([0, 0, 0], [1, 2, 3], 4, False)
    rule = MedianOpinion(start=(0.5, 0.2, 0.3, 1.0), step=1.0)
    assert rule.run(star, seed=1, steps=1).arrays["opinion"].tolist() == [0.3, 0.5, 0.5, 0.5]


@pytest.mark.skipif(
    not entry_points(group="infodemic_sim.targets", name="night_owls"), reason="not installed"
)
def test_scenario_files_know_all_of_it_by_name(tmp_path):
    """Entry points are all that is needed."""
    (tmp_path / "scenario.yaml").write_text(
        """\
population: {graph: {type: erdos_renyi, people: 60, mean_degree: 6, seed: 1}}
platforms: [{name: feed, ranking: slow_news}]
interventions:
- {type: quiet_hours, who: {type: night_owls, share: 0.5}, when: {type: weekends, first: 5}}
days: 1
warm_up: 0
""",
        "utf-8",
    )
    scenario = ids.read_scenario(tmp_path / "scenario.yaml").scenario
    assert scenario.interventions == (QuietHours(who=NightOwls(share=0.5), when=Weekends(first=5)),)
    assert ids.simulate(scenario, seed=1).final("acts") > 0
    network = scenario.but(spread="median_opinion", interventions=())
    assert network.spread == MedianOpinion()
