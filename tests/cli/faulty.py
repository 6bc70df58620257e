"""Plug-ins of every kind that fail, each in a line with a mark by which tests find it."""

from __future__ import annotations

from pathlib import Path

from pydantic import model_validator

import infodemic_sim as ids
from infodemic_sim.graphs import Generator
from infodemic_sim.interventions.when import When
from infodemic_sim.interventions.who.base import Who
from infodemic_sim.params import param
from infodemic_sim.platforms.spaces import Spaces
from infodemic_sim.spread import SpreadRule
from infodemic_sim.sweeps.design import Design


def fail():
    raise KeyError("gone")  # THE LINE


def place() -> str:
    """File and line of where they all fail."""
    lines = Path(__file__).read_text("utf-8").splitlines()
    return f"{__file__}, line {1 + next(k for k, line in enumerate(lines) if line.endswith('# THE LINE'))}"


class BadGraph(Generator):
    """No graph."""

    def build(self):
        fail()


class BadRecipe(Generator):
    """No recipe."""

    @model_validator(mode="after")
    def _fails(self):
        fail()


class BadRanking(ids.Ranking):
    """No ranking."""

    def recency(self, age):
        fail()


class BadWho(Who):
    """No people."""

    def mask(self, world):
        fail()


class BadWhen(When):
    """No time."""

    def share(self, world, memory):
        fail()


class BadSpaces(Spaces):
    """No spaces."""

    def join(self, crowd):
        fail()


class BadRecommender(ids.Recommender):
    """No advice."""

    def suggest(self, world, platform, people, lots):
        fail()


class BadRule(SpreadRule):
    """No rule."""

    def runner(self, world, threads):
        fail()


class BadRunner:
    """A rule made ready, which is no part."""

    def advance(self):
        fail()

    def settle(self):
        """Nothing."""

    def close(self):
        """Nothing."""


class LateRule(SpreadRule):
    """Fails in the first step, in an object of its own."""

    def runner(self, world, threads):
        return BadRunner()


class BadIntervention(ids.Intervention):
    """No deed."""

    def act(self, world, people, memory):
        fail()


class BadMechanism(ids.Turnover):
    """Fails where a scenario of Python has it; files cannot name it."""

    def advance(self, world):
        fail()


class BadDesign(Design):
    """No points."""

    def points(self, scenario):
        fail()


class TwoWords(Exception):
    """An error that cannot be made again from its arguments."""

    def __init__(self, what, where):
        super().__init__(f"{what} at {where}")


class Silent(Exception):
    """An error that cannot be shown."""

    def __str__(self):
        raise ValueError("no words")


class Moody(ids.Intervention):
    """Raises what its mood says."""

    mood: str = param("two words", doc="What is raised.")

    def act(self, world, people, memory):
        raise MOODS[self.mood]


MOODS = {
    "two words": TwoWords("gone", "home"),
    "silent": Silent(),
    "end of an iterator": StopIteration("nothing left"),
    "end of the process": SystemExit(3),
    "end of a generator": GeneratorExit(),
    "half a letter": ValueError("\ud800\n\nof\tan alphabet"),
    "long": ValueError("no " * 5_000),
    "a class of its own": type("Own", (Exception,), {"__module__": "__main__"})("mine"),
}
SAID = {
    "two words": "TwoWords: gone at home",
    "silent": "Silent: its words cannot be shown",
    "end of an iterator": "StopIteration: nothing left",
    "end of the process": "RuntimeError: it raised SystemExit: 3",
    "end of a generator": "RuntimeError: it raised GeneratorExit",
    "half a letter": "ValueError: \\ud800",
    "long": "ValueError: no no no",
    "a class of its own": "Own: mine",
}
"""What each is told as, or begins with."""
