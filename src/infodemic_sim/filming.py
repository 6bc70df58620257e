"""A run person by person: what everybody believes and passes on, moment by moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.kernels.layout import SHORT, START
from infodemic_sim.measures.cascades import counted, shapes
from infodemic_sim.population.partitions import codes_of, parts_of
from infodemic_sim.population.traits import People
from infodemic_sim.scenario import Scenario
from infodemic_sim.simulation import Run, demand_scenario, running
from infodemic_sim.world.world import index_among

if TYPE_CHECKING:
    import pandas as pd

ACCURATE, FALSE = range(2)
SIDE_NAMES = {1: "accurate", -1: "false", 0: "neither"}


class Frame(NamedTuple):
    """One moment of a run.

    ``credence`` float32[n, topics]: how far each person holds the accurate position, 0 to 1; below one half
    they are misinformed. ``posted`` int32[n, 2]: accurate and false posts, own and passed on, since the frame
    before; at the first frame none. Who is away counts as in the measures, with what they believe.
    """

    day: float
    credence: np.ndarray
    posted: np.ndarray


@dataclass(frozen=True)
class Film:
    """All frames of a run, with its measures and its cascades.

    Parameters
    ----------
    graph : who sees whom on the first platform.
    people : their traits at the end.
    days : float64[m], of each frame.
    credence : float32[m, n, topics], see ``Frame``.
    posted : int32[m, n, 2], see ``Frame``.
    table : measures, as ``Result.table``.
    messages : structured array, a row for each message: key, author, born (step), topic, side (+1 accurate,
        -1 false, 0 neither), kind, platform, origin (0 a person's own, 2 an intervention's).
    posts : structured array, a row for each post: message (row above), parent (row here, -1 the first),
        person, step.
    """

    scenario: Scenario
    seed: int
    replicate: int
    graph: SocialGraph
    people: People
    days: np.ndarray
    credence: np.ndarray
    posted: np.ndarray
    table: pd.DataFrame
    messages: np.ndarray
    posts: np.ndarray

    def __repr__(self) -> str:
        people, frames = self.people.key.size, self.days.size
        return f"<Film of seed {self.seed}, replicate {self.replicate}: {people:,} people, {frames} frames>"

    def topic_index(self, name: str | None) -> int:
        """Position of a topic by name; None is the first."""
        return index_among(name, [topic.name for topic in self.scenario.topics], "topic")

    def misinformed(self, topic: str | None = None) -> np.ndarray:
        """Share of people whose credence on a topic (None: the first) is below one half, float64[m]."""
        return np.asarray((self.credence[:, :, self.topic_index(topic)] < 0.5).mean(axis=1))

    def partition(self, name: str) -> tuple[np.ndarray, tuple[str, ...]]:
        """As ``World.partition``: int codes[n] (-1 = in no part) and the names of the parts."""
        names = parts_of(name, self.graph.attributes)
        return codes_of(name, self.people.own_partitions(), self.graph.attributes), names


def film(scenario: Scenario, *, seed: int, replicate: int = 0, every: float = 1.0, threads: int = 1) -> Film:
    """Run a scenario once and keep what everybody believes and posts at every so many days.

    The draws are those of ``simulate``, so it shows the same run; cascades are kept whole.

    Parameters
    ----------
    every : days from frame to frame, a whole number of steps.

    Raises
    ------
    ParameterError
        If the scenario's rule has no feed, or ``every`` is no whole number of steps.
    """
    demand_scenario(scenario)
    whole_trees = scenario.but(cascades="trees")
    with running(whole_trees, seed=seed, replicate=replicate, threads=threads) as run:
        seen = list(frames(run, every))
        return Film(
            scenario=whole_trees,
            seed=seed,
            replicate=replicate,
            graph=run.world.setting.graphs[0],
            people=run.world.people,
            days=np.array([frame.day for frame in seen]),
            credence=np.stack([frame.credence for frame in seen]),
            posted=np.stack([frame.posted for frame in seen]),
            table=run.result().table,
            messages=run.world.logged("messages"),
            posts=run.world.logged("posts"),
        )


def cascades_of(film: Film) -> pd.DataFrame:
    """Every cascade that people began since day 0, a row each; see [Goel2016] for its shape.

    Columns: ``message`` (row of ``film.messages``), ``side`` (accurate, false, neither), ``topic`` (its
    name), ``size`` (posts), ``depth`` (most steps from the first post), ``breadth`` (most posts at one
    depth), ``virality`` (mean distance between all pairs of posts; not a number for a lone post). They are
    the cascades of which ``cascade_size_false`` and its kin are means.
    """
    import pandas as pd

    since, topics = film.scenario.warm_up_steps, [topic.name for topic in film.scenario.topics]
    found = shapes(film.messages, film.posts, since)
    whole = {name: found[name].astype(int) for name in ("size", "depth", "breadth")}
    names = {
        "side": [SIDE_NAMES[int(side)] for side in found["side"]],
        "topic": [topics[int(topic)] for topic in found["topic"]],
    }
    rows = np.flatnonzero(counted(film.messages, since))
    return pd.DataFrame({"message": rows, **names, **whole, "virality": found["virality"]})


def frames(run: Run, every: float = 1.0) -> Iterator[Frame]:
    """Move a fresh run to its end, and give a frame at day 0 and after every so many days.

    Its scenario must keep cascades as trees, from which posts are counted.
    """
    scenario = run.scenario
    steps = _steps_between(scenario, every)
    while run.since_day_0 < 0:
        run.step()
    counted = len(run.world.state.logs["posts"])
    yield Frame(run.world.day, credences(run), np.zeros((run.world.n, 2), np.int32))
    while run.since_day_0 < scenario.steps:
        for _ in range(min(steps, scenario.steps - run.since_day_0)):
            run.step()
        yield Frame(run.world.day, credences(run), _posted(run, counted))
        counted = len(run.world.state.logs["posts"])


def credences(run: Run) -> np.ndarray:
    """Everybody's credence in the accurate position on each topic now, float32[n, topics]."""
    belief = run.world.state.lines[:, :, START : SHORT + 1].sum(axis=2)
    return (1.0 / (1.0 + np.exp(-belief))).astype(np.float32)


def _steps_between(scenario: Scenario, every: float) -> int:
    if not scenario.spread.feed:
        raise ParameterError("film: what people believe is filmed of a feed; this scenario's rule has none.")
    if scenario.cascades != "trees":
        raise ParameterError("film: posts are counted from whole cascades: set cascades to trees.")
    steps = every * 24.0 / scenario.hours_per_step
    if not np.isfinite(steps) or steps < 0.5 or abs(steps - round(steps)) > 1e-9:
        raise ParameterError(
            f"film: every must be a whole number of steps of {scenario.hours_per_step:g} h, but got "
            f"{every!r} days."
        )
    return round(steps)


def _posted(run: Run, since: int) -> np.ndarray:
    """Accurate and false posts of each person, from a row of the log on, int32[n, 2]."""
    posts = run.world.logged("posts")[since:]
    side = run.world.logged("messages")["side"][posts["message"]]
    return np.stack(
        [np.bincount(posts["person"][side == sign], minlength=run.world.n) for sign in (1, -1)], axis=1
    ).astype(np.int32)
