"""How the twin of a rule on a graph is made."""

from __future__ import annotations

import math

import numpy as np

from infodemic_sim.graphs import SocialGraph
from infodemic_sim.randomness import Draws, Purpose, address
from infodemic_sim.randomness import extended as absorb
from infodemic_sim.spread.network_rule import Ground
from infodemic_sim.spread.simsom import SimSoM
from infodemic_sim.spread.simsom_bots import CIRCLE, FOLLOWED, NAME, bot_circle
from tests.spread.simsom_twin import Habits, Twin


def ground_of(graph: SocialGraph, seed: int = 3) -> Ground:
    """People whose identities have nothing to do with their positions."""
    keys = np.array([absorb(77, person) for person in range(graph.n)], np.uint64)
    return Ground(graph, keys, Draws(seed, 0))


def bots_seen(seed: int, people: list[int], chance: float, bots: int, friends: int) -> list[list[int]]:
    """Numbers of the bots that each agent sees, people first, written from the text."""
    base, seen = int(address(seed, 0, Purpose.BOT, FOLLOWED)), []
    for key in people:
        row, bot, jump = [], -1, 0
        while True:
            u = ((absorb(absorb(base, key), jump) >> 12) + 0.5) * 2.0**-52
            bot += 1 + math.floor(math.log(u) / math.log1p(-chance))
            if bot >= bots:
                break
            row.append(bot)
            jump += 1
        seen.append(row)
    starts, circle = bot_circle(int(address(seed, 0, Purpose.BOT, CIRCLE)) >> 1, bots, friends)
    return seen + [circle[starts[bot] : starts[bot + 1]].tolist() for bot in range(bots)]


def twin_of(rule: SimSoM, ground: Ground) -> tuple[Twin, list[int]]:
    """The twin of a rule, and the keys of its agents, people first."""
    seed, bots = ground.draws.seed, int(rule.bot_share * ground.n)
    people = ground.keys.tolist()
    names = [absorb(int(address(seed, 0, Purpose.BOT, NAME)), bot) for bot in range(bots)]
    seen = bots_seen(seed, people, rule.infiltration, bots, rule.bot_friends)
    sees = {key: [names[bot] for bot in row] for key, row in zip(people + names, seen, strict=True)}
    for person, key in enumerate(people):
        sees[key] += [people[other] for other in ground.graph.followees(person)]
    shared = {name: getattr(rule, name) for name in Habits.__annotations__ if name != "published"}
    return Twin(
        seed, Habits(**shared, published=rule.ageing == "published"), sees, set(names)
    ), people + names
