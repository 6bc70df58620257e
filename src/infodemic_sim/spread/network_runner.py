"""A network rule in a scenario: the same arrays, moved under the chances that interventions scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from infodemic_sim import observe
from infodemic_sim.kernels.layout import READ_ACCURATE, READ_FALSE
from infodemic_sim.levers import Lever
from infodemic_sim.randomness import Purpose, each_extended
from infodemic_sim.spread.network_rule import CHANCES, NOTHING, Arrays, Chances, Ground
from infodemic_sim.world import World
from infodemic_sim.world.log import MESSAGE_ROW, POST_ROW

if TYPE_CHECKING:
    from infodemic_sim.spread.network_rule import NetworkRule

WAITING = "waiting"
"""Adoptions of those who start, until they are counted in the first step after day 0."""


class NetworkRunner:
    """The rule made ready for one world. There is nothing to warm up: it starts at day 0.

    Beliefs stand in the same place as under the feed rule, so that targets and measures find them there.
    The chance to pass something on is the rule's own: the lever ``sharing`` is a factor on it.
    """

    def __init__(self, rule: NetworkRule, world: World) -> None:
        self.rule, self.world = rule, world
        setting = world.setting
        days = setting.hours_per_step / 24.0
        self.ground = Ground(setting.graphs[0], world.people.key, setting.draws, days)
        world.levers.sharing = Lever(world.n, 1.0)
        if not world.state.spread:
            arrays, first = rule.begin(self.ground)
            world.state.spread = {**arrays, WAITING: first}
            self._believe()

    @property
    def arrays(self) -> Arrays:
        """What the rule changes."""
        return self.world.state.spread

    def settle(self) -> None:
        """Nothing is derived from what interventions do."""

    def close(self) -> None:
        """There are no threads."""

    def advance(self) -> None:
        """One step of the rule, from day 0 on."""
        step = self.world.step - self.world.setting.warm_up_steps
        if step < 0:
            return
        rows = self.arrays[WAITING]
        self.arrays[WAITING] = rows[:0]
        more = self.rule.advance(self.ground, self.arrays, step, self._chances())
        rows = np.concatenate([rows, more])
        if rows.size:
            self._account(rows)
        self._believe()

    def _chances(self) -> Chances:
        """The levers that somebody has moved, of those the rule offers."""
        levers = self.world.levers
        offered = {name: getattr(levers, name) for name in sorted(CHANCES & self.rule.levers)}
        moved = {name: lever.value for name, lever in offered.items() if lever.moved}
        if self.rule.side(0) > 0 and self.rule.messages == 1:
            moved["inoculation"] = NOTHING  # it works against misinformation alone
        return Chances(**moved)

    def _believe(self) -> None:
        self.world.state.lines[:, 0, 0] = self.rule.beliefs(self.arrays)

    def _account(self, rows: np.ndarray) -> None:
        """Count adoptions, and write down who had it from whom."""
        sides = np.array([self.rule.side(m) for m in range(self.rule.messages)], np.int8)[rows["message"]]
        reads = self.world.state.timelines[0].reads[:, 0]
        np.add.at(reads, (rows["person"], np.where(sides < 0, READ_FALSE, READ_ACCURATE)), 1)
        own = rows["parent"] < 0
        for mine, origin in ((own, observe.OWN), (~own, observe.RESHARE)):
            topics = np.zeros(np.count_nonzero(mine), np.int64)
            observe.count_posts(self.world.state.counts, 0, topics, sides[mine], origin)
        if "posts" in self.world.state.logs:
            self._log(rows, sides, own)

    def _log(self, rows: np.ndarray, sides: np.ndarray, own: np.ndarray) -> None:
        """Each adoption is a post, each without a parent the root of a tree of its own."""
        from infodemic_sim.kernels.adopting import plant

        logs, world = self.world.state.logs, self.world
        before = world.logged("posts") if logs["posts"].written else logs["posts"].rows
        first = len(logs["posts"])
        posts = np.zeros(rows.size, POST_ROW)
        posts["message"] = plant(rows["parent"].copy(), first, before["message"], len(logs["messages"]))
        posts["parent"], posts["person"], posts["step"] = rows["parent"], rows["person"], world.step
        roots = np.zeros(np.count_nonzero(own), MESSAGE_ROW)
        roots["author"], roots["born"], roots["side"] = rows["person"][own], world.step, sides[own]
        roots["key"] = self._keys(roots["author"], np.flatnonzero(own) + first)
        logs["posts"].append(posts)
        logs["messages"].append(roots)

    def _keys(self, authors: np.ndarray, numbers: np.ndarray) -> np.ndarray:
        """Identities of trees: hashes of who began them, and of the number of that adoption."""
        return each_extended(self.ground.draws.base(Purpose.START), self.ground.keys[authors], numbers)
