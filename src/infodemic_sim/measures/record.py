"""Takes the measures of a run as it goes, and gives them back as one tidy table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from infodemic_sim.codebook import ORDER
from infodemic_sim.codebook.deeds import OF_EACH_INTERVENTION
from infodemic_sim.interventions.ended import accounts
from infodemic_sim.kernels.layout import Readers, Rule
from infodemic_sim.measures.cascades import cascade_means
from infodemic_sim.measures.formulas import OF_INTERVENTIONS, all_measures
from infodemic_sim.measures.sums import Parts, Sums, count_statuses, take
from infodemic_sim.measures.tidy import ALL, NAMES, Block, Rows, labels_of
from infodemic_sim.observe import new_counts
from infodemic_sim.scenario import Scenario
from infodemic_sim.spread.feed import FeedSpread
from infodemic_sim.spread.network_rule import NetworkRule
from infodemic_sim.world import World

if TYPE_CHECKING:
    import pandas as pd

INTERVENTION = "intervention="
"""Before the key of an intervention, where its own numbers stand among the subgroups."""


class Recorder:
    """Sums of one run at its recorded moments; they are kept in the world's state."""

    def __init__(self, scenario: Scenario, world: World) -> None:
        self.scenario, self.world = scenario, world
        self.parts = Parts(world, scenario.population.subgroups)
        self.plan = accounts(scenario.interventions, world.state.ended)
        per_day = round(24.0 / scenario.hours_per_step) or 1
        last = scenario.warm_up_steps + scenario.steps
        self.every = {"hourly": max(1, round(1.0 / scenario.hours_per_step)), "daily": per_day, "end": last}

    def observe(self) -> None:
        """Take the measures, if this is a moment to record; at day 0 all counters start."""
        since = self.world.step - self.scenario.warm_up_steps
        taken = self.world.state.records.get("day")
        if since < 0 or (taken is not None and taken[-1, 0] >= self.world.day):
            return
        if since == 0:
            self.start_counting()
        at_end = since == self.scenario.steps
        if (since % self.every[self.scenario.record] == 0) or at_end:
            self._keep({"day": np.array([self.world.day]), **self.sums()})

    def sums(self) -> Sums:
        """All exact sums at this moment."""
        scenario = self.scenario
        plan, mechanisms = self.plan, scenario.mechanisms
        sums = take(self.world, self.parts, self.readers(), self.rule(), plan, mechanisms)
        if not scenario.spread.feed:
            sums["statuses"] = count_statuses(self.parts, self.statuses())
        return sums

    def start_counting(self) -> None:
        """Forget what was read and posted in the warm-up."""
        state = self.world.state
        for timelines in state.timelines:
            timelines.reads[:] = 0
        state.counts = new_counts(len(state.timelines), len(self.scenario.topics))

    def table(self) -> pd.DataFrame:
        """One row per moment, platform, topic, subgroup and measure; in a stable order."""
        import pandas as pd

        if not self.world.state.records:
            return pd.DataFrame({name: [] for name in ("day", *NAMES, "value")})
        return self.rows().frame()

    def rows(self) -> Rows:
        """The same without a table, once anything has been recorded."""
        records = dict(self.world.state.records)
        days = records.pop("day")[:, 0]
        found = all_measures(records, self.plan)
        nothing = set() if self.plan else set(OF_EACH_INTERVENTION)
        names = sorted(found.keys() - self.scenario.unmeasured - nothing, key=lambda name: ORDER[name])
        blocks = [self._block(name, found[name].shape) for name in names]
        last = cascade_means(self.scenario, self.world)
        key, labels = labels_of(tuple(days.tolist()), tuple(blocks), tuple(last))
        values = [_of_block(found[block.measure], block).ravel() for block in blocks]
        return Rows(key, labels, np.concatenate([*values, np.array(list(last.values()))]))

    def _keep(self, sums: dict[str, np.ndarray]) -> None:
        records = self.world.state.records
        for name, value in sums.items():
            before = records.get(name, np.empty((0, *value.shape), value.dtype))
            records[name] = np.concatenate([before, value[None]])

    def _block(self, name: str, shape: tuple[int, ...]) -> Block:
        """What the numbers of a measure stand for; a sole topic or platform is told as "all" only."""
        platforms = (ALL, *(platform.name for platform in self.scenario.platforms))
        topics = (ALL, *(topic.name for topic in self.scenario.topics))
        n_platforms = 1 if len(platforms) == 2 else shape[1]
        n_topics = 1 if len(topics) == 2 else shape[2]
        return Block(name, platforms[:n_platforms], topics[:n_topics], tuple(self.labels(name)[: shape[3]]))

    def labels(self, name: str) -> list[str]:
        """The last axis of a measure: parts of the people, or interventions of the plan."""
        each = [f"{INTERVENTION}{part.key}" for part in self.plan]
        if name in OF_EACH_INTERVENTION:
            return each
        return ["all", *each] if name in OF_INTERVENTIONS else self.parts.labels

    def readers(self) -> Readers:
        """People as the veracity formula needs them: traits and levers as the last step left them."""
        people, levers = self.world.people, self.world.levers
        none = np.zeros(people.n, np.uint8)
        return Readers(
            key=people.key,
            sessions=none,
            budget=np.zeros(people.n, np.int16),
            discernment=people.discernment + levers.discernment.value,
            credulity=people.credulity + levers.credulity.value,
            sharing=people.sharing,
            inattention=people.inattention,
            inoculation=levers.inoculation.value,
            isolation=people.isolation,
            trust=people.trust,
            label_sight=none,
            watching=none,
        )

    def rule(self) -> Rule:
        """Constants of perceived veracity; under a rule without a feed nothing is perceived."""
        spread = self.scenario.spread
        return (spread if isinstance(spread, FeedSpread) else FeedSpread()).constants(self.world, 0)

    def statuses(self) -> np.ndarray:
        """What each person does, int8[n], by position in ``SHOWN``."""
        spread = self.scenario.spread
        assert isinstance(spread, NetworkRule)
        return spread.shown_statuses(self.world.state.spread)


def _of_block(values: np.ndarray, block: Block) -> np.ndarray:
    """The numbers of a measure that a block names, float64[days, platforms, topics, parts]."""
    return values[:, : len(block.platforms), : len(block.topics), : len(block.parts)]
