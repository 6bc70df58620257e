"""A run person by person: what everybody believes and passes on, moment by moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.kernels.layout import SHORT, START
from infodemic_sim.scenario import Scenario
from infodemic_sim.simulation import Run, running

if TYPE_CHECKING:
    import pandas as pd

ACCURATE, FALSE = range(2)


class Frame(NamedTuple):
    """One moment of a run.

    ``credence`` float32[n, topics]: how far each person holds the accurate position, 0 to 1; below one half
    they are misinformed. ``posted`` int32[n, 2]: accurate and false posts, own and passed on, since the frame
    before; at the first frame none.
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
    days: np.ndarray
    credence: np.ndarray
    posted: np.ndarray
    table: pd.DataFrame
    messages: np.ndarray
    posts: np.ndarray


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
    whole_trees = scenario.but(cascades="trees")
    with running(whole_trees, seed=seed, replicate=replicate, threads=threads) as run:
        seen = list(frames(run, every))
        return Film(
            scenario=whole_trees,
            seed=seed,
            replicate=replicate,
            graph=run.world.setting.graphs[0],
            days=np.array([frame.day for frame in seen]),
            credence=np.stack([frame.credence for frame in seen]),
            posted=np.stack([frame.posted for frame in seen]),
            table=run.result().table,
            messages=run.world.logged("messages"),
            posts=run.world.logged("posts"),
        )


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
