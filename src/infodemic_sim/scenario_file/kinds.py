"""The kinds of parts that stand for one another, and the built-in ones of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from infodemic_sim import interventions, plugins, spread
from infodemic_sim.graphs import like, registry
from infodemic_sim.graphs.source import GraphSource
from infodemic_sim.interventions import when, who
from infodemic_sim.mistakes import parts_in
from infodemic_sim.params import Part
from infodemic_sim.platforms import base as platforms
from infodemic_sim.platforms import ranking, spaces
from infodemic_sim.plugins import of_others, type_name
from infodemic_sim.scenario import Scenario
from infodemic_sim.society import recommenders


class Kind(NamedTuple):
    """Parts that stand for one another; a file tells them apart by ``type``.

    Parameters
    ----------
    named : gives the built-in ones; spread rules are imported for it, and most runs need but one of them.
    """

    name: str
    base: type[Part]
    named: Callable[[], tuple[type[Part], ...]]
    group: str

    @property
    def built_in(self) -> tuple[type[Part], ...]:
        """The built-in parts."""
        return self.named()

    def by_type(self) -> dict[str, type[Part]]:
        """The built-in parts by their names in files."""
        return {type_name(part): part for part in self.built_in}

    def of_others(self) -> dict[str, type[Part]]:
        """The parts that installed packages offer, by their names in files."""
        return of_others(self.built_in, self.group, self.base)


KINDS = (
    Kind("graphs", GraphSource, lambda: registry.GRAPH_SOURCES, like.GROUP),
    Kind("rankings", ranking.Ranking, lambda: ranking.BUILT_IN, platforms.GROUP),
    Kind("spaces", spaces.Spaces, lambda: spaces.BUILT_IN, spaces.GROUP),
    Kind("recommenders", recommenders.Recommender, lambda: recommenders.BUILT_IN, recommenders.GROUP),
    Kind("rules", spread.SpreadRule, spread.built_in, spread.GROUP),
    Kind("interventions", interventions.Intervention, lambda: interventions.BUILT_IN, interventions.GROUP),
    Kind("targets", who.Who, lambda: who.BUILT_IN, who.GROUP),
    Kind("schedules", when.When, lambda: when.BUILT_IN, when.GROUP),
)
BY_NAME = {kind.name: kind for kind in KINDS}
BY_BASE = {kind.base: kind for kind in KINDS}


def kind_in(annotation: Any) -> Kind | None:
    """The kind of part that a parameter takes, if it takes one of several."""
    return next((_kind_of(part) for part in parts_in(annotation) if part in plugins.KINDS), None)


@lru_cache
def _kind_of(base: type[Part]) -> Kind:
    """A kind by its base; one that no scenario holds, such as designs, is called like its group."""
    built_in, group = plugins.KINDS[base]
    return BY_BASE.get(base) or Kind(group.rpartition(".")[2], base, lambda: tuple(built_in()), group)


def all_parts(*others: type[Part]) -> list[type[Part]]:
    """Every built-in class of part that a scenario can hold, the scenario first; and what others hold."""
    found: dict[type[Part], None] = {}
    waiting: list[type[Part]] = [Scenario, *others]
    while waiting:
        part = waiting.pop(0)
        if part not in found:
            found[part] = None
            waiting += list(_within(part))
    return list(found)


def _within(part: type[Part]) -> Iterator[type[Part]]:
    for field in part.model_fields.values():
        kind = kind_in(field.annotation)
        inner = (p for p in parts_in(field.annotation) if issubclass(p, Part))
        yield from kind.built_in if kind else inner
