"""Hoax and fact-checking where everybody may meet everybody (Tambuscio et al. 2015).

B believe the hoax, F hold the fact-check, S neither. With w = B(1 + α)/(B(1 + α) + F(1 − α)), a person in S
turns to B with chance f = βw and to F with chance g = β(1 − w); believers verify and turn to F with chance
p_v; believers and fact-checkers forget and turn to S with chance p_f. What a round does depends on ``order``:

- "synchronous": everybody starts from the state before the round; who does not forget may verify.
- "exclusive": likewise, but a believer either verifies or forgets (p_v + p_f ≤ 1).
- "sequential": first all of S, then all forget, then believers verify, each from the state just reached.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from infodemic_sim.errors import ParameterError
from infodemic_sim.theory.checks import count, one_of, share

ORDERS = ("synchronous", "exclusive", "sequential")


class HoaxShares(NamedTuple):
    """Shares of people: believers, fact-checkers, susceptible; they sum to 1."""

    believers: float
    fact_checkers: float
    susceptible: float


def hoax_threshold(order: str, credibility: float, forget: float) -> float:
    """The chance to verify, p*, from which on the hoax is removed; the spreading rate does not matter.

    Synchronous 2αp_f/((1 − α)(1 − p_f)), exclusive 2αp_f/(1 − α), sequential 2αp_f/(1 − α + 2αp_f)
    [Tambuscio2015]. Above 1, or infinite, verification alone cannot remove it.

    Parameters
    ----------
    order : "synchronous", "exclusive" or "sequential".
    credibility : α, by how much the hoax is more credible than the fact-check, 0 to 1.
    forget : p_f, chance per round, 0 to 1.

    Raises
    ------
    ParameterError
        If a parameter is out of its bounds.
    """
    kind, alpha = one_of("order", order, ORDERS), share("credibility", credibility)
    forgets = share("forget", forget)
    gained = 2.0 * alpha * forgets
    left = {
        "synchronous": (1.0 - alpha) * (1.0 - forgets),
        "exclusive": 1.0 - alpha,
        "sequential": 1.0 - alpha + gained,
    }[kind]
    if gained == 0.0:
        return 0.0
    return gained / left if left > 0.0 else math.inf


def hoax_equilibrium(
    order: str, spreading: float, credibility: float, forget: float, verify: float
) -> HoaxShares:
    """Shares in the long run if some believe the hoax and some the fact-check at the start.

    From p* on nobody believes it; below, B follows from the balance of what S gains and loses
    [Tambuscio2015].

    Parameters
    ----------
    order : "synchronous", "exclusive" or "sequential".
    spreading : β, chance per round that a person in S takes a side, 0 to 1.
    credibility : α, 0 to 1.
    forget : p_f, chance per round, 0 to 1.
    verify : p_v, chance per round, 0 to 1.

    Raises
    ------
    ParameterError
        If a parameter is out of its bounds, or the long run hangs on the start: where nobody forgets and
        nobody verifies, or where nothing favours one side (α = p_v = 0).
    """
    kind, beta, alpha, forgets, verifies = _checked(order, spreading, credibility, forget, verify)
    _refuse_what_hangs_on_the_start(beta, alpha, forgets, verifies)
    susceptible = _susceptible(kind, beta, forgets)
    active = 1.0 - susceptible
    # Weighing B + F by D = B(1 + α) + F(1 − α), gains Sβ(1 + α)/D equal losses where B/(B + F) is this:
    checks = _checked_share(kind, forgets, verifies) * (1.0 + alpha) / 2.0
    believers = active * (1.0 - checks / alpha) if checks < alpha else 0.0
    return HoaxShares(believers, active - believers, susceptible)


def hoax_course(
    order: str,
    spreading: float,
    credibility: float,
    forget: float,
    verify: float,
    start: HoaxShares,
    rounds: int,
) -> np.ndarray:
    """Shares at the start and after each round, float64[rounds + 1, 3], columns as in ``HoaxShares``.

    Parameters
    ----------
    order : "synchronous", "exclusive" or "sequential".
    spreading, credibility, forget, verify : β, α, p_f, p_v, each 0 to 1.
    start : shares at the start, each 0 to 1, which sum to 1.
    rounds : ≥ 0.

    Raises
    ------
    ParameterError
        If a parameter is out of its bounds.
    """
    kind, beta, alpha, forgets, verifies = _checked(order, spreading, credibility, forget, verify)
    state = HoaxShares(*(share("start", value) for value in start))
    if abs(sum(state) - 1.0) > 1e-9:
        raise ParameterError(f"start: the shares must sum to 1, but they sum to {sum(state):g}.")
    course = [state]
    for _ in range(count("rounds", rounds)):
        course.append(_one_round(kind, course[-1], beta, alpha, forgets, verifies))
    return np.array(course)


def _one_round(
    kind: str, state: HoaxShares, beta: float, alpha: float, forgets: float, verifies: float
) -> HoaxShares:
    hoax, fact, free = state
    weight = hoax * (1.0 + alpha) + fact * (1.0 - alpha)
    to_hoax = free * beta * hoax * (1.0 + alpha) / weight if weight > 0.0 else 0.0
    to_fact = free * beta * fact * (1.0 - alpha) / weight if weight > 0.0 else 0.0
    if kind == "sequential":
        hoax, fact = (hoax + to_hoax) * (1.0 - forgets), (fact + to_fact) * (1.0 - forgets)
        checked = verifies * hoax
        hoax, fact = hoax - checked, fact + checked
    else:
        checked = verifies * hoax * (1.0 if kind == "exclusive" else 1.0 - forgets)
        hoax, fact = hoax + to_hoax - checked - forgets * hoax, fact + to_fact + checked - forgets * fact
    return HoaxShares(hoax, fact, 1.0 - hoax - fact)


def _susceptible(kind: str, beta: float, forgets: float) -> float:
    """S in the long run: what takes a side balances what forgets."""
    newly = beta * (1.0 - forgets) if kind == "sequential" else beta
    return forgets / (newly + forgets)


def _checked_share(kind: str, forgets: float, verifies: float) -> float:
    """Share of those who leave B by verifying."""
    if verifies == 0.0:
        return 0.0
    if kind == "exclusive":
        return verifies / (verifies + forgets)
    leave = 1.0 - (1.0 - forgets) * (1.0 - verifies)
    return verifies * (1.0 if kind == "sequential" else 1.0 - forgets) / leave


def _checked(
    order: str, spreading: float, credibility: float, forget: float, verify: float
) -> tuple[str, float, float, float, float]:
    kind = one_of("order", order, ORDERS)
    beta, alpha = share("spreading", spreading), share("credibility", credibility)
    forgets, verifies = share("forget", forget), share("verify", verify)
    if kind == "exclusive" and forgets + verifies > 1.0:
        raise ParameterError("forget + verify must be at most 1 where a believer does one or the other.")
    return kind, beta, alpha, forgets, verifies


def _refuse_what_hangs_on_the_start(beta: float, alpha: float, forgets: float, verifies: float) -> None:
    still = forgets == 0.0 and (verifies == 0.0 or beta == 0.0)
    neutral = alpha == 0.0 and verifies == 0.0 and beta > 0.0
    if still or neutral:
        raise ParameterError("the long run hangs on the start here: see hoax_course, which is given one.")
