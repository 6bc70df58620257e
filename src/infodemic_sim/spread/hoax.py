"""A hoax and its fact-check: two contagions that compete, people who verify, and people who forget."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import model_validator

from infodemic_sim.errors import ParameterError
from infodemic_sim.kernels import hoax as kernels
from infodemic_sim.kernels.adopting import link
from infodemic_sim.kernels.compiled import unwritable
from infodemic_sim.params import Several, param
from infodemic_sim.randomness import Purpose
from infodemic_sim.spread.contacts import contacts_by_key, ties
from infodemic_sim.spread.diffusion import adoptions
from infodemic_sim.spread.groups import members
from infodemic_sim.spread.network_rule import Arrays, Chances, Ground
from infodemic_sim.spread.status_rule import Status, StatusRule, given

ORDERS = ("synchronous", "exclusive", "sequential")
PURPOSES = (Purpose.TRANSMIT, Purpose.PICK, Purpose.PARTNER, Purpose.FORGET, Purpose.VERIFY)


class HoaxAndFactCheck(StatusRule):
    """Susceptible people (S), believers in a hoax (B) and fact-checkers (F).

    In each round, from the state at its start, a susceptible person who sees n_B believers and n_F
    fact-checkers becomes a believer with the chance f, a fact-checker with the chance g [Tambuscio2015]:

    f = beta n_B (1 + alpha) / (n_B (1 + alpha) + n_F (1 - alpha))
    g = beta n_F (1 - alpha) / (n_B (1 + alpha) + n_F (1 - alpha)), both 0 where the denominator is 0,

    and those with an opinion forget (B, F -> S, chance p_f = ``forget``) or verify (B -> F, chance p_v =
    ``verify``). How these meet is the ``order``:

    synchronous  a believer forgets with p_f; who has not, verifies with p_v; new ones wait for the next round
    exclusive    a believer forgets with p_f or verifies with p_v, never both, p_f + p_v <= 1; new ones wait
    sequential   first all spread, then all forget, then all verify, those included whose opinion is new

    On dense networks fact-checking removes the hoax if p_v exceeds 2 alpha p_f / ((1 - alpha)(1 - p_f)),
    2 alpha p_f / (1 - alpha), 2 alpha p_f / (1 - alpha + 2 alpha p_f) respectively, whatever beta is.

    A second group, the sceptics, may have an alpha, p_v and p_f of its own [Tambuscio2018]: those with
    ``sceptic_level`` in the column ``sceptic_column`` of the network, or each one with the chance
    ``sceptics``.

    The above is carried out so: with the chance n_B (1 + alpha) / (...) a person turns to one of the
    believers, else to one of the fact-checkers, in either case uniformly drawn, and is convinced by that
    person, the parent in the tree, with the chance beta. Levers: sharing w of the person turned to makes it
    min(1, w beta); inoculation I then divides the odds by exp(I) where the hoax is to convince; verification
    v makes p_v min(1, v p_v), under "exclusive" at most 1 - p_f. Of the two messages, 0 is the hoax and 1
    the fact-check; who verifies takes up the latter from nobody. Ties may have weights, which are not used.

    A run holds "status"; "group" int8[n], 1: sceptic; "around" int32[n, 2], believers and fact-checkers whom
    each one sees; "contacts" int32[...], rows of the network in order of identities (empty: they are so
    already); "latest" int32[n] and "number" int64[1], numbers of adoptions.
    """

    levers: ClassVar[frozenset[str]] = frozenset({"sharing", "inoculation", "verification"})
    messages: ClassVar[int] = 2
    endless: ClassVar[bool] = True
    statuses: ClassVar[tuple[Status, ...]] = (
        Status("susceptible", "unaware", 0),
        Status("believer", "spreading", 1),
        Status("fact-checker", "checking", -1),
    )

    spreading: float = param(
        0.5, ge=0, le=1, unit="per round", doc="beta: chance to take up an opinion that is seen."
    )
    credibility: float = param(
        0.3, ge=0, le=1, doc="alpha: how much more the hoax convinces than the fact-check."
    )
    verify: float = param(
        0.05, ge=0, le=1, unit="per round", doc="p_v: chance that a believer checks the hoax."
    )
    forget: float = param(0.1, ge=0, le=1, unit="per round", doc="p_f: chance to forget, for either opinion.")
    order: Literal["synchronous", "exclusive", "sequential"] = param(
        "synchronous", doc="How spreading, forgetting and verifying meet within a round."
    )
    believers: int = param(1, ge=0, unit="people", doc="How many believe at the start, drawn at random.")
    checkers: int = param(
        0, ge=0, unit="people", doc="How many have checked at the start, drawn among others."
    )
    start_believers: Several[int] = param(
        (), doc="Who believes at the start, instead of a draw: positions, or the graph's column ``key``."
    )
    start_checkers: Several[int] = param(
        (), doc="Who has checked at the start, instead of a draw: positions, or the graph's column ``key``."
    )
    sceptics: float = param(
        0.0, ge=0, le=1, unit="share", doc="Chance to be a sceptic, where no column tells."
    )
    sceptic_column: str = param("", doc="Column of the network that tells who is a sceptic.")
    sceptic_level: str = param("", doc="The value of sceptics in that column.")
    sceptic_credibility: float | None = param(None, ge=0, le=1, doc="alpha of sceptics; None: as others.")
    sceptic_verify: float | None = param(
        None, ge=0, le=1, unit="per round", doc="p_v of sceptics; None: as others."
    )
    sceptic_forget: float | None = param(
        None, ge=0, le=1, unit="per round", doc="p_f of sceptics; None: as others."
    )

    @model_validator(mode="after")
    def _level_of_a_column(self) -> HoaxAndFactCheck:
        if bool(self.sceptic_level) != bool(self.sceptic_column):
            raise ParameterError("sceptic_column and sceptic_level belong together: give both or neither.")
        return self

    @model_validator(mode="after")
    def _one_draw(self) -> HoaxAndFactCheck:
        rule = self.rule()
        total = float(np.max(rule.forget + rule.verify))
        if self.order == "exclusive" and total > 1:
            raise ParameterError(
                f"forget + verify must be at most 1 per round in the exclusive order, but got {total:g}."
            )
        return self

    def side(self, message: int) -> int:
        """The hoax is false, the fact-check accurate."""
        return 1 if message else -1

    def rule(self) -> kernels.Hoax:
        """The rule as its kernel takes it."""
        return kernels.Hoax(
            self.spreading,
            both(self.credibility, self.sceptic_credibility),
            both(self.verify, self.sceptic_verify),
            both(self.forget, self.sceptic_forget),
            ORDERS.index(self.order),
        )

    def begin(self, ground: Ground) -> tuple[Arrays, np.ndarray]:
        """Everybody is susceptible but those who start."""
        people, opinions = self.who_starts(ground)
        arrays: Arrays = {
            "status": np.zeros(ground.n, np.int8),
            "group": self.is_sceptic(ground).astype(np.int8),
            "around": np.zeros((ground.n, 2), np.int32),
            "contacts": contacts_by_key(ground.graph, ground.audience, ground.keys),
            "latest": np.full(ground.n, -1, np.int32),
            "number": np.array([people.size]),
        }
        arrays["latest"][people] = np.arange(people.size)
        turn(ground, arrays, people, opinions)
        return arrays, adoptions(people, -1, 0.0, opinions - 1)

    def who_starts(self, ground: Ground) -> tuple[np.ndarray, np.ndarray]:
        """Those who start with an opinion, int32[m], and their statuses, int8[m]."""
        name = type(self).__name__
        believers = given(self.start_believers, ground, name, "start_believers")
        checkers = given(self.start_checkers, ground, name, "start_checkers")
        if (twice := np.intersect1d(believers, checkers)).size:
            key = ground.keys[twice[0]]
            raise ParameterError(f"{name}: person {key} cannot start as believer and as fact-checker.")
        wanted = 0 if believers.size else self.believers, 0 if checkers.size else self.checkers
        more = drawn_beside(np.concatenate([believers, checkers]), sum(wanted), ground, name)
        groups = believers, more[: wanted[0]], checkers, more[wanted[0] :]
        people, sizes = np.concatenate(groups), [group.size for group in groups]
        opinions = np.repeat(np.array([kernels.BELIEVER] * 2 + [kernels.CHECKER] * 2, np.int8), sizes)
        order = np.lexsort((ground.keys[people], opinions))
        return people[order].astype(np.int32), opinions[order]

    def is_sceptic(self, ground: Ground) -> np.ndarray:
        """Who is a sceptic, bool[n]."""
        if not self.sceptic_column:
            return ground.draws.uniform(Purpose.GROUP, ground.keys) < self.sceptics
        return members(ground.graph, self.sceptic_column, self.sceptic_level)

    def advance(self, ground: Ground, arrays: Arrays, step: int, chances: Chances) -> np.ndarray:
        """One round."""
        crowd = kernels.Crowd(unwritable(ground.keys), arrays["status"], arrays["group"], arrays["around"])
        scaled = kernels.Scaled(chances.sharing, chances.inoculation, chances.verification)
        luck = kernels.Luck(*(ground.draws.base(purpose, step) for purpose in PURPOSES))
        seen = ties(ground.graph, arrays["contacts"])
        told, verified, changed, new = kernels.meet(crowd, seen, self.rule(), scaled, luck)
        turn(ground, arrays, changed, new)
        return recorded(ground, arrays, told, verified, step + 1)

    def finished(self, arrays: Arrays) -> bool:
        """Whether nobody has an opinion any more."""
        return not arrays["status"].any()


def drawn_beside(taken: np.ndarray, count: int, ground: Ground, rule: str) -> np.ndarray:
    """So many people at random who are not taken: positions."""
    free = ground.n - taken.size
    if count > free:
        raise ParameterError(
            f"{rule}: {count} people are to start by a draw, but only {free} are left for it."
        )
    luck = ground.draws.uniform(Purpose.START, ground.keys)
    luck[taken] = np.inf
    return np.argsort(luck, kind="stable")[:count]


def both(of_others: float, of_sceptics: float | None) -> np.ndarray:
    """One number for each group."""
    return np.array([of_others, of_others if of_sceptics is None else of_sceptics])


def turn(ground: Ground, arrays: Arrays, people: np.ndarray, new: np.ndarray) -> None:
    """Give people new statuses and bring the counts around them up to date."""
    rows = ground.audience
    kernels.change(arrays["status"], arrays["around"], rows.indptr, rows.indices, people, new)


def recorded(
    ground: Ground,
    arrays: Arrays,
    told: tuple[np.ndarray, np.ndarray, np.ndarray],
    verified: np.ndarray,
    time: int,
) -> np.ndarray:
    """Who took up what in a round, first from others, then by verifying; each in order of identity."""
    order, order_verified = np.argsort(ground.keys[told[0]]), np.argsort(ground.keys[verified])
    people = np.concatenate([told[0][order], verified[order_verified]])
    sources = np.concatenate([told[1][order], np.full(verified.size, kernels.NOBODY)])
    messages = np.concatenate([told[2][order], np.full(verified.size, kernels.CHECKER)]) - 1
    parents = link(people, sources, arrays["latest"], arrays["number"][0])
    arrays["number"] += people.size
    return adoptions(people, parents, float(time), messages)
