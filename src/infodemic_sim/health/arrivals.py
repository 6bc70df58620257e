"""Arrivals: messages that are known to come at certain times, such as a wave of rumours."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from infodemic_sim.health.arrivals_file import read_arrivals
from infodemic_sim.mechanism import Mechanism, publish_late
from infodemic_sim.params import param
from infodemic_sim.randomness import Purpose, each_extended, name_key
from infodemic_sim.world import World
from infodemic_sim.world.grouping import each_pair

CAUSE = name_key("arrivals")


class Arrivals(Mechanism):
    """People post the messages of a table at their times, beside those that they start by themselves.

    A row of the CSV file is one claim: day, author, topic, side, and if wanted platform and appeal. It is
    published at the end of the step in which its time falls, in so far as its author posts at all: with the
    probability of the posting lever, and not while away. Rows after the last day do not come to pass.
    """

    path: str = param(
        doc="CSV file with the columns day, author, topic, side; platform and appeal if wanted."
    )

    def begin(self, world: World) -> dict[str, np.ndarray]:
        """All messages that are to come, ARRIVAL[m]."""
        return {"arrivals": read_arrivals(Path(self.path), world)}

    def advance(self, world: World) -> None:
        """Messages of this step are published."""
        rows = world.state.health["arrivals"]
        first, last = np.searchsorted(rows["step"], [world.step, world.step + 1])
        now = rows[first:last]
        for platform, topic, here in each_pair(now["platform"], now["topic"]):
            self._post(world, now[here], platform, topic)

    def _post(self, world: World, rows: np.ndarray, platform: int, topic: int) -> None:
        causes = each_extended(CAUSE, rows["number"])
        keys = world.message_keys(rows["author"], platform, topic, 0, causes)
        posting = np.minimum(world.levers.posting.at(rows["author"], platform), 1.0)
        posted = (world.draws.uniform(Purpose.ARRIVE, keys) < posting) & world.state.present[rows["author"]]
        rows, keys = rows[posted], keys[posted]
        drawn = world.appeals(topic, rows["side"], keys)
        appeal = np.where(np.isnan(rows["appeal"]), drawn, rows["appeal"])
        where = {"platform": platform, "topic": topic, "kind": "claim"}
        publish_late(world, rows["author"], sides=rows["side"], keys=keys, appeal=appeal, **where)
