"""Rules that need nothing but a network: what people hold moves along ties, one step after the other.

Such a rule changes plain arrays. ``run`` moves it over a bare graph; in a scenario ``network_runner`` moves
the same arrays, with the chances that interventions have scaled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from infodemic_sim.errors import ParameterError, whole
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.randomness import Draws
from infodemic_sim.spread.base import Runner, SpreadRule
from infodemic_sim.spread.diffusion import Diffusion, together
from infodemic_sim.world import World

Arrays = dict[str, np.ndarray]
"""What changes during a run, by name; arrays only, so that a run can be saved at any step."""

NOTHING = np.empty(0)


@dataclass(frozen=True)
class Ground:
    """What a run stands on: the network, who people are in draws, and the length of a step."""

    graph: SocialGraph
    keys: np.ndarray  # uint64[n], identities in draws
    draws: Draws
    days_per_step: float = 1.0

    @property
    def n(self) -> int:
        """Number of people."""
        return self.graph.n

    @property
    def audience(self) -> SocialGraph:
        """Row u lists those who see u: along these ties things spread."""
        return self.graph.followers()


class Chances(NamedTuple):
    """What interventions make of the chances of one step; empty arrays stand for "untouched".

    ``sharing``, ``posting`` and ``verification`` are factors, float64[n]; ``inoculation`` is in logits, taken
    from the log-odds that misinformation convinces, float64[n].
    """

    sharing: np.ndarray = NOTHING
    posting: np.ndarray = NOTHING
    verification: np.ndarray = NOTHING
    inoculation: np.ndarray = NOTHING


UNTOUCHED = Chances()
CHANCES = frozenset(Chances._fields)

MEASURES_OF_FEEDS = (
    *("discernment", "exposures_false", "exposures_accurate", "false_share", "isolation"),
    *("posts_intervention", "corrections_made", "corrections_read", "labels_given", "support_contacts"),
    *("hidden_false", "hidden_accurate", "told", "suspended", "taken_down", "exposures_plan", "reach_plan"),
)
"""What means nothing where nobody reads a feed."""


class NetworkRule(SpreadRule):
    """Base of rules that need nothing but a network.

    A subclass makes its arrays in ``begin``, changes them in ``advance``, and tells whether anything can
    still happen, what people believe, and what a moment looks like. Chances without a unit of time are
    per round, and a round is a step; rates are per day.
    """

    unmeasured: ClassVar[frozenset[str]] = frozenset(MEASURES_OF_FEEDS)
    messages: ClassVar[int] = 1
    """How many different messages spread; rows of adoptions name theirs by number."""
    endless: ClassVar[bool] = False
    """Whether a run may go on for ever, so that its length has to be given."""

    def side(self, message: int) -> int:
        """Side of a message: +1 accurate, -1 false."""
        raise NotImplementedError

    def begin(self, ground: Ground) -> tuple[Arrays, np.ndarray]:
        """Arrays at the start, and the adoptions of those who start: ADOPTION[m]."""
        raise NotImplementedError

    def advance(self, ground: Ground, arrays: Arrays, step: int, chances: Chances) -> np.ndarray:
        """Change the arrays by one step (0, 1, …); who adopted in it, in order of happening: ADOPTION[m]."""
        raise NotImplementedError

    def finished(self, arrays: Arrays) -> bool:
        """Whether nothing can happen any more."""
        raise NotImplementedError

    def beliefs(self, arrays: Arrays) -> np.ndarray:
        """Log-odds that the accurate position is true, float64[n]."""
        raise NotImplementedError

    def shown_statuses(self, arrays: Arrays) -> np.ndarray:
        """Position in ``SHOWN`` of what each person does, int8[n]; -1 where the rule has no statuses."""
        raise NotImplementedError

    def summary(self, arrays: Arrays) -> dict[str, float]:
        """Numbers that describe a moment, by name."""
        raise NotImplementedError

    def runner(self, world: World, threads: int) -> Runner:
        """The rule made ready for one world; it runs on one thread."""
        from infodemic_sim.spread.network_runner import NetworkRunner

        return NetworkRunner(self, world)

    def run(
        self,
        graph: SocialGraph,
        *,
        seed: int,
        replicate: int = 0,
        steps: int | None = None,
        hours_per_step: float = 24.0,
    ) -> Diffusion:
        """Run the rule over a bare network, until nothing can happen any more or ``steps`` are done.

        Parameters
        ----------
        seed, replicate : with rule and graph they fix every draw.
        steps : most steps; none given: as many as it takes.
        hours_per_step : length of a step, for rules with rates per day.

        Raises
        ------
        ParameterError
            If the rule may go on for ever and no number of steps is given, or an argument is out of range.
        """
        ground = self.ground(graph, seed, replicate, hours_per_step)
        arrays, first = self.begin(ground)
        moments, adoptions = [self.summary(arrays)], [first]
        for step in range(self.most_steps(steps)):
            if self.finished(arrays):
                break
            adoptions.append(self.advance(ground, arrays, step, UNTOUCHED))
            moments.append(self.summary(arrays))
        return Diffusion(self, graph, together(moments), arrays, np.concatenate(adoptions))

    def ground(self, graph: SocialGraph, seed: int, replicate: int, hours_per_step: float) -> Ground:
        """What a run over a bare network stands on; people are known by their positions."""
        whole("seed", seed)
        whole("replicate", replicate)
        if not 0.0 < hours_per_step < np.inf:
            raise ParameterError(f"hours_per_step must be a number above 0 (h), but got {hours_per_step!r}.")
        keys = np.arange(graph.n, dtype=np.uint64)
        return Ground(graph, keys, Draws(seed, replicate), hours_per_step / 24.0)

    def most_steps(self, steps: int | None) -> int:
        """The most steps of a run; a rule that may never end needs a number."""
        if steps is not None:
            whole("steps", steps)
            return steps
        if self.endless:
            raise ParameterError(f"{type(self).__name__} may go on for ever: give a number of steps.")
        return 1 << 62
