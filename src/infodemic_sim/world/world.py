"""The world of one run: its arrays, its clock, and what a plug-in may look at.

Only authors of plug-ins meet it. What it holds is in ``state``; the verbs are in ``world.verbs``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from infodemic_sim.errors import ParameterError, UnknownNameError, did_you_mean
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.kernels.layout import KINDS
from infodemic_sim.levers import Levers
from infodemic_sim.platforms.base import Platform
from infodemic_sim.platforms.ranking import Ranking
from infodemic_sim.population.partitions import codes_of, parts_of
from infodemic_sim.population.traits import People
from infodemic_sim.randomness import Draws
from infodemic_sim.topics import Topic
from infodemic_sim.world.forwarding import ForwardLimits
from infodemic_sim.world.retelling import Retelling
from infodemic_sim.world.spaces import Members, members_of, on_platform
from infodemic_sim.world.state import State
from infodemic_sim.world.verbs import Verbs


class Disclosure(NamedTuple):
    """How likely posts tell who a patient is, and what reading it does."""

    chance: np.ndarray  # float64[kinds, 2] of message (see kernels.layout), by a professional or another
    trust_lost: float  # share of trust in the source lost with each disclosure read


LONGEST_RUN = 3660.0
"""Days after day 0."""
NO_DISCLOSURE = Disclosure(np.zeros((len(KINDS), 2)), 0.0)


@dataclass(frozen=True)
class Setting:
    """What does not change during a run."""

    topics: tuple[Topic, ...]
    platforms: tuple[Platform, ...]
    graphs: tuple[SocialGraph, ...]  # one per platform, as given; ``World.ties`` has who follows whom now
    hours_per_step: float
    warm_up_steps: int
    draws: Draws
    spool: Path | None = None  # folder of logs that are streamed to disk
    disclosure: Disclosure = NO_DISCLOSURE
    retelling: Retelling | None = None  # how messages change when they are passed on; none: they do not
    turnover: bool = False  # whether people come and go
    parting: bool = False  # whether feeds note who read what on whose timeline, see ``World.met``
    contacts: SocialGraph | None = None  # who meets whom, where a disease is simulated


class World(Verbs):
    """One run in progress: ``setting`` stays, ``state`` is handed on, ``levers`` last one step."""

    def __init__(self, setting: Setting, state: State) -> None:
        self.setting, self.state, self.draws = setting, state, setting.draws
        self.levers = Levers(state.people.sharing, state.people.inattention, state.levers)
        self.watching = np.zeros(state.people.n, np.uint8)
        self.touched: list[np.ndarray] = []
        self.new_slots: list[np.ndarray] = []
        self.told: list[np.ndarray] = []
        self.heard = np.empty((0, 3), np.int64)
        self.rankings: dict[int, Ranking] = {}
        self.moved_ties: list[list[np.ndarray]] = [[] for _ in setting.platforms]
        self.met: list[np.ndarray] = []
        self._kept: dict[tuple[str, ...], np.ndarray] = {}
        self.forwarding = ForwardLimits(setting.platforms)
        self.members: list[Members | None] = [
            members_of(platform, p, state.people, setting.graphs[p], setting.draws)
            for p, platform in enumerate(setting.platforms)
        ]

    @property
    def n(self) -> int:
        """Number of people."""
        return self.state.people.n

    @property
    def people(self) -> People:
        """Traits, one row per person."""
        return self.state.people

    @property
    def step(self) -> int:
        """Number of the step, counted from the start of the warm-up."""
        return self.state.step

    @property
    def hour(self) -> float:
        """Hours since day 0; negative during the warm-up."""
        return (self.state.step - self.setting.warm_up_steps) * self.setting.hours_per_step

    @property
    def day(self) -> float:
        """Days since day 0; negative during the warm-up."""
        return self.hour / 24.0

    def reset(self) -> None:
        """Before interventions act: chances at their baselines, nobody watches, nothing is told."""
        self.levers.reset()
        self.watching[:] = 0
        self.told.clear()
        self.rankings.clear()
        self.forwarding.reset()

    def kept(self, name: tuple[str, ...], make: Callable[[], np.ndarray]) -> np.ndarray:
        """An array that does not change during a run, made when it is first asked for; not to be changed."""
        if name not in self._kept:
            self._kept[name] = make()
            self._kept[name].flags.writeable = False
        return self._kept[name]

    def spill(self) -> None:
        """Stream logs to disk, where the run has a folder for them."""
        if self.setting.spool is not None:
            for name, log in self.state.logs.items():
                log.spill(self.setting.spool, name)

    def logged(self, name: str) -> np.ndarray:
        """All rows of a log, those on disk included."""
        return self.state.logs[name].all(self.setting.spool, name)

    def person_array(self, fill: float = 0.0) -> np.ndarray:
        """A number for each person, float64[n]: what a plug-in remembers."""
        return np.full(self.n, fill)

    def topic_index(self, name: str | None) -> int:
        """Position of a topic by name; None is the first."""
        return index_among(name, [topic.name for topic in self.setting.topics], "topic")

    def platform_index(self, name: str | None) -> int:
        """Position of a platform by name; None is the first."""
        return index_among(name, [platform.name for platform in self.setting.platforms], "platform")

    def platform_or_all(self, name: str | None) -> int | None:
        """Position of a named platform; None: all of them, also where the named one is the only one."""
        return None if name is None or len(self.setting.platforms) == 1 else self.platform_index(name)

    def partition(self, name: str) -> tuple[np.ndarray, tuple[str, ...]]:
        """A partition of people: int codes[n] (-1 = in no part) and the names of its parts."""
        attributes = self.setting.graphs[0].attributes
        names = parts_of(name, attributes)
        return codes_of(name, self.people.own_partitions(), attributes), names

    def on_platform(self, platform: int) -> np.ndarray:
        """Who is on a platform now, bool[n]: who has an account there, and is not away."""
        has_account = self.has_account(platform)
        return has_account & self.state.present if self.setting.turnover else has_account

    def has_account(self, platform: int) -> np.ndarray:
        """Who belongs to a platform, bool[n]; where there are no ties, those who are in one of its spaces."""
        return self.kept(("account", str(platform)), lambda: self._has_account(platform))

    def _has_account(self, platform: int) -> np.ndarray:
        where, members = self.setting.platforms[platform], self.members[platform]
        if members is not None and not where.ties:
            return members.joined()
        return on_platform(where, platform, self.people, self.draws)

    def spaces(self, platform: int) -> Members:
        """Who is in which space of a platform.

        Raises
        ------
        ParameterError
            If the platform has no spaces.
        """
        members = self.members[platform]
        if members is None:
            name = self.setting.platforms[platform].name
            raise ParameterError(f"platform '{name}' has no spaces: give it groups or a forum.")
        return members

    def here(self, people: np.ndarray) -> np.ndarray:
        """Those of some people, int[m], who are not away."""
        return people[self.state.present[people]] if self.setting.turnover else people

    def belief(self, topic: int = 0) -> np.ndarray:
        """Log-odds that the accurate position is true, float64[n]."""
        return np.asarray(self.state.lines[:, topic, :3].sum(axis=1))

    def watched(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """False messages read in the last step by people who watch: persons, slots, platforms."""
        rows = self.state.watched
        return rows[:, 0], rows[:, 1], rows[:, 2]


def index_among(name: str | None, names: list[str], kind: str) -> int:
    """Position of a name among those of a scenario; None is the first."""
    if name is None:
        return 0
    if name not in names:
        raise UnknownNameError(f"'{name}' is not a {kind} of this scenario. {did_you_mean(name, names)}")
    return names.index(name)
