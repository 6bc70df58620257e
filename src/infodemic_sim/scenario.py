"""A scenario: who talks about what, where, by which rule, and what is done about it."""

from __future__ import annotations

import hashlib
from typing import Any, Literal, Self

from pydantic import model_validator

from infodemic_sim import health, society
from infodemic_sim.codebook import check_measure
from infodemic_sim.codebook.deeds import OF_EACH_INTERVENTION
from infodemic_sim.errors import MissingLeverError, NotWritableError, UnknownNameError, did_you_mean
from infodemic_sim.health import (
    Arrivals,
    Behaviour,
    Epidemic,
    Experiences,
    Privacy,
    Service,
    Wellbeing,
)
from infodemic_sim.interventions import InterventionField
from infodemic_sim.interventions.ended import NAME as NAME_OF_ENDED
from infodemic_sim.interventions.foreseen import Ground, refuse_mistakes
from infodemic_sim.mechanism import Mechanism
from infodemic_sim.params import Part, Several, param
from infodemic_sim.platforms import Platform
from infodemic_sim.platforms.presets import PlatformField
from infodemic_sim.plugins import nameless, refuse_nameless
from infodemic_sim.population import Population
from infodemic_sim.society import ChangingTies, Mutation, Turnover
from infodemic_sim.spread import FeedSpread, SpreadField
from infodemic_sim.topics import Topic
from infodemic_sim.world import LONGEST_RUN

MECHANISMS: dict[str, type[Mechanism]] = {**health.MECHANISMS, **society.MECHANISMS}
"""All that a scenario may switch on beside the spread of information, in the order in which it acts."""

OF_PLATFORMS = {"forwarding": "forwarding", "take_down": "spaces"}
"""Levers that are there only where a platform has a certain part."""


class Scenario(Part):
    """Everything a run needs but the seed: frozen, hashable, writable as YAML."""

    population: Population = param(doc="The people and their ties.")
    topics: Several[Topic] = param((Topic(),), doc="Health questions.")
    platforms: Several[PlatformField] = param((Platform(),), doc="Where people post and read.")
    spread: SpreadField = param(FeedSpread(), doc="How information moves.")
    interventions: Several[InterventionField] = param((), doc="What is done about misinformation.")
    privacy: Privacy | None = param(None, doc="How posts disclose who a patient is; none: they do not.")
    service: Service | None = param(None, doc="The health service that patients meet; none: not simulated.")
    experiences: Experiences | None = param(
        None, doc="What patients tell of themselves, and who answers; none: not simulated."
    )
    wellbeing: Wellbeing | None = param(None, doc="How well people are; none: not simulated.")
    arrivals: Arrivals | None = param(
        None, doc="Messages that come at times given by a table; none: no table."
    )
    behaviour: Behaviour | None = param(None, doc="What people do about what they believe; none: nothing.")
    epidemic: Epidemic | None = param(None, doc="A disease among people in contact; none: not simulated.")
    ties: ChangingTies | None = param(None, doc="How people unfollow and follow; none: ties stay.")
    turnover: Turnover | None = param(None, doc="How people join and leave; none: all are always there.")
    mutation: Mutation | None = param(None, doc="How messages change when passed on; none: they do not.")
    days: float = param(60.0, gt=0, le=LONGEST_RUN, unit="d", doc="Length of the run after day 0.")
    warm_up: float = param(
        7.0, ge=0, le=366, unit="d", doc="Days before day 0, in which feeds fill and nothing is measured."
    )
    hours_per_step: float = param(1.0, ge=0.01, le=24, unit="h", doc="Length of a step.")
    record: Literal["hourly", "daily", "end"] = param("daily", doc="How often measures are taken.")
    cascades: Literal["none", "sizes", "trees"] = param("sizes", doc="What is kept of cascades.")
    primary: str = param("misinformed", doc="The outcome that leads every report; others are exploratory.")

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if not self.topics or not self.platforms:
            raise ValueError("needs at least one topic and one platform")
        for kind, names in self._names().items():
            if double := sorted({name for name in names if names.count(name) > 1}):
                raise ValueError(f"has two {kind} called '{double[0]}': give each its own name")
            if kind != "interventions" and "all" in names:
                raise ValueError(f"has {kind} called 'all', which stands for their sum: give another name")
        if kept := [part.key for part in self.interventions if NAME_OF_ENDED.fullmatch(part.key)]:
            raise ValueError(
                f"has an intervention called '{kept[0]}', as those are called that a fork has ended: give it "
                "another name"
            )
        for name, days in (("days", self.days), ("warm_up", self.warm_up)):
            whole = days * 24.0 / self.hours_per_step
            if abs(whole - round(whole)) > 1e-9:
                raise ValueError(f"{name} must hold a whole number of steps of {self.hours_per_step:g} h")
        return self

    @model_validator(mode="after")
    def _can_be_answered(self) -> Self:
        """The primary outcome exists and is recorded; posts stay longer than a step; names are known."""
        check_measure(self.primary)
        if self.cascades != "trees" and self.primary.startswith(("virality", "cascade_breadth")):
            raise ValueError(f"primary {self.primary} needs cascades: trees")
        per_day = 24.0 / self.hours_per_step
        if self.record == "daily" and abs(per_day - round(per_day)) > 1e-9:
            raise ValueError(
                f"record daily needs a whole number of steps a day, but steps take {self.hours_per_step:g} h"
            )
        if self.cascades == "none" and self.primary.startswith("cascade"):
            raise ValueError(f"primary {self.primary} needs cascades: sizes or trees")
        for platform in self.platforms:
            if platform.horizon < self.hours_per_step:
                raise ValueError(
                    f"platform '{platform.name}' has a horizon of {platform.horizon:g} h, shorter than a "
                    f"step of {self.hours_per_step:g} h, so that nothing would be read"
                )
            longest = platform.longest_step
            if longest is not None and self.hours_per_step > longest:
                raise ValueError(
                    f"platform '{platform.name}' needs steps of {longest:g} h at most, but hours_per_step is "
                    f"{self.hours_per_step:g}: set it to {longest:g} or less"
                )
        return self

    @model_validator(mode="after")
    def _suits_its_rule(self) -> Self:
        """A rule on a bare network moves one thing over one network, and measures less than the feed."""
        rule = type(self.spread).__name__
        if not self.spread.feed and (len(self.topics) > 1 or len(self.platforms) > 1):
            raise ValueError(f"with {rule} has room for one topic and one platform: leave out the others")
        if not self.spread.feed and self.mechanisms:
            raise ValueError(f"with {rule} has no posts: leave out {' and '.join(self._switched_on())}")
        if not self.spread.feed and any(topic.false_posts < 1.0 for topic in self.topics):
            raise ValueError(f"with {rule} has no posts: leave out false_posts")
        if not self.spread.feed and self._platforms_with("spaces"):
            raise ValueError(f"with {rule} has no posts: leave out spaces")
        if said := self.why_unmeasured(self.primary):
            raise ValueError(f"primary {said}")
        return self

    @model_validator(mode="after")
    def _mechanisms_name_what_is_there(self) -> Self:
        names = self._names()
        for owner, part in self._switched_on().items():
            for kind in ("topic", "platform"):
                name = getattr(part, kind, None)
                if isinstance(name, str) and name not in names[kind + "s"]:
                    raise UnknownNameError(
                        f"{owner}.{kind}: there is no {kind} '{name}'. "
                        f"{did_you_mean(name, names[kind + 's'])}"
                    )
        return self

    @model_validator(mode="after")
    def _interventions_can_act(self) -> Self:
        refuse_mistakes(self.interventions, self.ground)
        return self

    @property
    def ground(self) -> Ground:
        """Where interventions are to work."""
        return Ground(self.population, self.topics, self.platforms, self.days, self.hours_per_step)

    @model_validator(mode="after")
    def _behaviour_is_there_if_it_protects(self) -> Self:
        if self.epidemic is not None and self.epidemic.coupled and self.behaviour is None:
            raise ValueError(
                "has an epidemic that behaviour protects from, but no behaviour: give it behaviour, or set "
                "epidemic.efficacy and epidemic.contact_reduction to 0"
            )
        return self

    @model_validator(mode="after")
    def _levers_are_there(self) -> Self:
        for intervention in self.interventions:
            if missing := sorted(intervention.needs - self.levers):
                raise MissingLeverError(
                    f"{intervention.key} needs the lever '{missing[0]}', {self.lacks(missing[0])}"
                )
        return self

    @property
    def mechanisms(self) -> tuple[Mechanism, ...]:
        """What is simulated beside the spread of information, in the order in which it acts."""
        return tuple(self._switched_on().values())

    def _switched_on(self) -> dict[str, Mechanism]:
        return {name: part for name in MECHANISMS if (part := getattr(self, name)) is not None}

    @property
    def levers(self) -> frozenset[str]:
        """Levers that interventions may use: those of rule and mechanisms, as far as platforms have them."""
        absent = {lever for lever, part in OF_PLATFORMS.items() if not self._platforms_with(part)}
        return self.spread.levers.union(*(part.levers for part in self.mechanisms)) - absent

    def _platforms_with(self, part: str) -> list[Platform]:
        return [platform for platform in self.platforms if getattr(platform, part) is not None]

    @property
    def unmeasured(self) -> frozenset[str]:
        """Measures that mean nothing here."""
        off = (kind.measures for name, kind in MECHANISMS.items() if getattr(self, name) is None)
        on = frozenset[str]().union(*(part.measures for part in self.mechanisms))
        return self.spread.unmeasured.union(*off) - on

    def why_unmeasured(self, measure: str) -> str:
        """Why a measure means nothing here, and the remedy, for an error; empty if it is measured."""
        if measure in OF_EACH_INTERVENTION:
            return f"{measure} is told for each intervention alone, not for a plan: choose another measure"
        if measure in self.spread.unmeasured:
            return f"{measure} means nothing under {type(self.spread).__name__}: choose another measure"
        if measure in self.unmeasured:
            needed = " or ".join(name for name, kind in MECHANISMS.items() if measure in kind.measures)
            return f"{measure} means nothing without {needed}: add it"
        return ""

    def lacks(self, lever: str) -> str:
        """Why a lever is not there, and the remedy, for an error."""
        for name, mechanism in MECHANISMS.items():
            if lever in mechanism.levers:
                return f"which is there only where {name} is simulated: give the scenario '{name}'."
        if lever in self.spread.levers and lever in OF_PLATFORMS:
            part = OF_PLATFORMS[lever]
            return f"which is there only where a platform has {part}: give a platform '{part}'."
        rule = type(self.spread).__name__
        return f"which the spread rule {rule} does not offer: leave it out or choose another rule."

    def _names(self) -> dict[str, list[str]]:
        return {
            "topics": [topic.name for topic in self.topics],
            "platforms": [platform.name for platform in self.platforms],
            "interventions": [intervention.key for intervention in self.interventions],
        }

    @property
    def steps(self) -> int:
        """Steps after day 0."""
        return round(self.days * 24.0 / self.hours_per_step)

    @property
    def warm_up_steps(self) -> int:
        """Steps before day 0."""
        return round(self.warm_up * 24.0 / self.hours_per_step)

    def without_misinformation(self) -> Self:
        """The same scenario, with the same draws, in which no false post of anybody appears.

        What people believe at the start stays, whatever misinformation brought them there.
        """
        return self.but(topics=tuple(topic.but(false_posts=0.0) for topic in self.topics))

    def digest(self) -> str:
        """BLAKE2 digest of the content; a class of a script is not taken for the one that has its name."""
        content, own = super().digest(), [part.__qualname__ for part, _ in nameless(self)]
        if not own:
            return content
        return hashlib.blake2b(" ".join([content, *own]).encode(), digest_size=16).hexdigest()

    def written(self) -> dict[str, Any]:
        """Plain data that a file can hold.

        Raises
        ------
        NotWritableError
            If a part (a function, a class of a script, a graph in memory) cannot be written down.
        """
        data = self.to_dict()
        refuse_nameless(self)
        graphs = {f"{where}.graph": part.get("graph") for where, part in _named(data["platforms"])}
        graphs |= {"population.graph": data["population"].get("graph")}
        graphs |= {"epidemic.contacts": (data["epidemic"] or {}).get("contacts")}
        for where, graph in graphs.items():
            if in_memory(graph):
                raise NotWritableError(
                    f"{where} was made in memory: save it to a file and name that file instead."
                )
        return data


def in_memory(graph: dict[str, Any] | None) -> bool:
    """Whether a graph, or the one it is made from, is known by its digest alone."""
    return graph is not None and ("digest" in graph or in_memory(graph.get("graph")))


def _named(platforms: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    return [(f"platforms.{k}", platform) for k, platform in enumerate(platforms)]
