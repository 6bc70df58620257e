"""What SIR, SIS and SEIR share: people take it up over ties, pass it on for a while, and stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, Self

import numpy as np
from pydantic import model_validator

from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.params import param
from infodemic_sim.randomness import Purpose
from infodemic_sim.spread.diffusion import Diffusion, adoptions
from infodemic_sim.spread.network_rule import UNTOUCHED, Arrays, Chances, Ground
from infodemic_sim.spread.status_rule import ClaimRule

if TYPE_CHECKING:
    from infodemic_sim.kernels.epidemic_layout import Course, People

WINDOW = 256
"""Steps that ``run`` simulates at a stretch."""
FASTEST = 10_000.0
"""Bound of rates per day: more than six a minute."""


class EpidemicRule(ClaimRule):
    """Base of SIR, SIS and SEIR; a claim is passed on over ties, by those who are infectious.

    In rounds, every infectious person u meets each susceptible v who sees u once a round, and v takes it up
    with probability p (``transmission``); then those who were infectious as the round began stop with
    probability r (``recovery``). All of a round rests on the statuses at its start: who takes it up can pass
    it on from the next round, and who stops has passed it on in that round as well. Where several pass it on
    to one person in a round, each of them is as likely to be the one whom v has it from.

    In continuous time, u passes it on to each susceptible v who sees u at rate ``transmission``, and stops at
    rate ``recovery``, both per day: all waiting times are exponential, so that the process is Markovian.

    Interventions: p becomes min(1, f p) with u's factor ``sharing``, f; for a false claim then
    p e^-I / (1 - p + p e^-I) with v's ``inoculation`` in logits, I. Rates become f e^-I times as large.
    Weights of ties play no part.
    """

    levers: ClassVar[frozenset[str]] = frozenset({"sharing", "inoculation"})
    enters: ClassVar[int] = 1
    """Position in ``statuses`` of those who have just taken it up."""
    spreads: ClassVar[int] = 1
    """Position of those who are infectious, as are those who start."""
    ends: ClassVar[int] = 2
    """Position of those who have stopped; 0 if they may take it up again."""

    time: Literal["rounds", "continuous"] = param(
        "rounds", doc="Whether chances are per round, which is a step, or rates per day in continuous time."
    )
    transmission: float = param(
        0.05,
        ge=0,
        le=FASTEST,
        unit="per tie: chance per round, or rate per day",
        doc="How readily an infectious person passes it on to one who sees them.",
    )
    recovery: float = param(
        0.1, ge=0, le=FASTEST, unit="chance per round, or rate per day", doc="How readily people stop."
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        for name, value in self._chances().items():
            if self.time == "rounds" and value > 1.0:
                raise ParameterError(
                    f"{name} must be a chance from 0 to 1 per round, but got {value}; "
                    "for rates per day give time='continuous'."
                )
        return self

    def _chances(self) -> dict[str, float]:
        """Parameters that are chances or rates, by name."""
        return {"transmission": self.transmission, "recovery": self.recovery}

    def begin(self, ground: Ground) -> tuple[Arrays, np.ndarray]:
        """Those who start are infectious.

        Arrays: "status" int8[n]; "since" float64[n], the step at which each took it up (in rounds a number
        that rounds up to it), inf for the susceptible; "episodes" int32[n], how often each took it up after
        the start, empty if nobody can; "latest" int32[n], number of each person's last adoption, -1: none;
        "adopted" int64[1], number of adoptions; "active" int32[m], people who have it.
        """
        n, people = ground.n, self.people_who_start(ground)
        people = people[np.argsort(ground.keys[people])]
        arrays = {
            "status": np.zeros(n, np.int8),
            "since": np.full(n, np.inf),
            "episodes": np.zeros(0 if self.ends else n, np.int32),
            "latest": np.full(n, -1, np.int32),
            "adopted": np.array([people.size]),
            "active": people,
        }
        arrays["status"][people], arrays["since"][people] = self.spreads, 0.0
        arrays["latest"][people] = np.arange(people.size)
        return arrays, adoptions(people, -1, 0.0)

    def advance(self, ground: Ground, arrays: Arrays, step: int, chances: Chances) -> np.ndarray:
        """One step, exact in continuous time too: levers stand still within it."""
        people, parents, times, _ = self._window(ground, arrays, step, 1, chances)
        return adoptions(people, parents, times)

    def finished(self, arrays: Arrays) -> bool:
        """Whether nobody has it."""
        return not arrays["active"].size

    def most_steps(self, steps: int | None) -> int:
        """The most steps of a run; where people never stop, a number has to be given."""
        never = [name for name, value in self._chances().items() if not value and name != "transmission"]
        if steps is None and never:
            raise ParameterError(
                f"{type(self).__name__} goes on for ever with {never[0]} 0: give a number of steps."
            )
        return super().most_steps(steps)

    def run(
        self,
        graph: SocialGraph,
        *,
        seed: int,
        replicate: int = 0,
        steps: int | None = None,
        hours_per_step: float = 24.0,
    ) -> Diffusion:
        """As every rule's ``run``, but many steps at a stretch: nothing is drawn where nothing happens.

        Waiting times have no memory, so the law of a run is that of steps taken one by one with ``advance``;
        the draws are others.
        """
        ground = self.ground(graph, seed, replicate, hours_per_step)
        arrays, first = self.begin(ground)
        most, done = self.most_steps(steps), 0
        rows: list[tuple[np.ndarray, ...]] = [(first["person"], first["parent"], first["time"])]
        moves = [np.bincount(arrays["status"], minlength=len(self.statuses))[None]]
        while done < most and not self.finished(arrays):
            length = min(WINDOW, most - done)
            *more, moved = self._window(ground, arrays, done, length, UNTOUCHED)
            rows.append(tuple(more))
            moves.append(moved)
            done += length
        taken_up = adoptions(*(np.concatenate(column) for column in zip(*rows, strict=True)))
        return Diffusion(self, graph, self._curves(np.concatenate(moves)), arrays, taken_up)

    def _curves(self, moves: np.ndarray) -> dict[str, np.ndarray]:
        """Numbers in each status after each step, up to the first after which nobody has it."""
        counts = np.cumsum(moves, axis=0)
        over = np.flatnonzero(counts[:, self.enters] + counts[:, self.spreads] == 0)
        curves = counts[: over[0] + 1 if over.size else None].T.astype(float)
        return {status.name: curve for status, curve in zip(self.statuses, curves, strict=True)}

    def _window(
        self, ground: Ground, arrays: Arrays, done: int, steps: int, chances: Chances
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Change the arrays by some steps.

        Gives who adopted, int32[m], numbers of the adoptions these came from, int32[m], when, float64[m], and
        changes of the number in each status, int64[steps, statuses].
        """
        from infodemic_sim.kernels.adopting import link
        from infodemic_sim.kernels.epidemic import spread
        from infodemic_sim.kernels.epidemic_layout import State, Ties

        audience, seen = ground.audience, ground.graph
        takers, givers, times, arrays["active"], moves = spread(
            self._course(ground, done),
            self._people(ground, chances, by_position=steps > 1 and known_by_position(ground)),
            State(arrays["status"], arrays["since"], arrays["episodes"]),
            Ties(audience.indptr, audience.indices),
            Ties(seen.indptr, seen.indices),
            arrays["active"],
            float(done),
            steps,
            len(self.statuses),
        )
        parents = link(takers, givers, arrays["latest"], arrays["adopted"][0])
        arrays["adopted"] = arrays["adopted"] + takers.size
        when = np.ceil(times) if self.time == "rounds" else times * ground.days_per_step
        return takers, parents, when, moves[1:]

    def _course(self, ground: Ground, step: int) -> Course:
        """What happens to people, with the addresses of draws from this step on."""
        from infodemic_sim.kernels.epidemic_layout import Course

        per_step = 1.0 if self.time == "rounds" else ground.days_per_step
        chances = {name: value * per_step for name, value in self._chances().items()}
        return Course(
            rounds=self.time == "rounds",
            transmission=chances["transmission"],
            incubation=chances.get("incubation", 0.0),
            recovery=chances["recovery"],
            enters=self.enters,
            spreads=self.spreads,
            ends=self.ends,
            to_transmit=ground.draws.base(Purpose.TRANSMIT, step),
            to_incubate=ground.draws.base(Purpose.INCUBATE, step),
            to_recover=ground.draws.base(Purpose.RECOVER, step),
        )

    def _people(self, ground: Ground, chances: Chances, by_position: bool) -> People:
        """Who they are; if a lever is touched, one that is not stands at neutral."""
        from infodemic_sim.kernels.epidemic_layout import People

        sharing, inoculation = chances.sharing, chances.inoculation
        if self.side(0) > 0:
            inoculation = inoculation[:0]
        if sharing.size or inoculation.size:
            sharing = sharing if sharing.size else np.ones(ground.n)
            inoculation = inoculation if inoculation.size else np.zeros(ground.n)
        return People(ground.keys[:0] if by_position else ground.keys, sharing, inoculation)


def known_by_position(ground: Ground) -> bool:
    """Whether the identities of people are their positions, as over a bare network."""
    return np.array_equal(ground.keys, np.arange(ground.n))
