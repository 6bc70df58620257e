"""Parameters by their path: read one, or make a scenario that differs in some.

A path names parts from the scenario down, with dots: ``population.providers``, ``spread.persuasion_claim``,
``population.graph.mean_degree``. What stands in a list is named by its name (``topics.vaccine safety.spread``
or ``interventions.warning_label.recall``) or its place (``platforms.0.sessions_per_day``); such a name may
hold dots itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from pydantic.fields import FieldInfo

from infodemic_sim.errors import ParameterError, UnknownNameError, did_you_mean
from infodemic_sim.params import Part
from infodemic_sim.scenario import Scenario


class Value(NamedTuple):
    """What a parameter is to be set to: the end of a path."""

    value: Any


def changed(scenario: Scenario, values: Mapping[str, Any]) -> Scenario:
    """The scenario with the parameters at some paths set, all at once; checked like a new one.

    Raises
    ------
    UnknownNameError
        If a path leads nowhere; it names the nearest that does.
    ParameterError
        If a value cannot stand where it should, or two paths set the same, see ``distinct``.
    """
    distinct(scenario, values)
    return _part_with(scenario, _tree(scenario, values), "") if values else scenario


def distinct(scenario: Scenario, paths: Iterable[str]) -> None:
    """Refuse paths of which two lead to one parameter, by name and by place, or one into what another sets.

    Raises
    ------
    ParameterError
        It names both.
    """
    ends: dict[tuple[str | int, ...], str] = {}
    ways: dict[tuple[str | int, ...], str] = {}
    for path in paths:
        places = places_of(scenario, path)
        *before, whole = (places[: length + 1] for length in range(len(places)))
        above = next((ends[way] for way in (*before, whole) if way in ends), None)
        if other := above or ways.get(whole):
            raise ParameterError(
                f"{path}: {other} sets this too, or one of them holds the other: leave out one of them."
            )
        ends[whole] = path
        ways |= dict.fromkeys(before, path)


def places_of(scenario: Scenario, path: str) -> tuple[str | int, ...]:
    """The names that a path is made of, for what stands in a list its place; equal for equal parameters."""
    at: Any = scenario
    places: list[str | int] = []
    for step in steps_of(scenario, path):
        place = _place(at, step) if isinstance(at, tuple) else None
        places.append(step if place is None else place)
        at = _below(at, step)
    return tuple(places)


def value_at(scenario: Scenario, path: str) -> Any:
    """The value of the parameter at a path."""
    owner, name = _owner(scenario, path)
    return getattr(owner, name)


def field_at(scenario: Scenario, path: str) -> FieldInfo:
    """The declaration of the parameter at a path."""
    owner, name = _owner(scenario, path)
    return type(owner).model_fields[name]


def _owner(scenario: Scenario, path: str) -> tuple[Part, str]:
    """The part that has the parameter at a path, and the parameter's name."""
    *steps, name = steps_of(scenario, path)
    at: Any = scenario
    for step in steps:
        at = at[_demanded(at, step, path)] if isinstance(at, tuple) else getattr(at, _field(at, step, path))
    return at, _field(at, name, path)


def steps_of(scenario: Scenario, path: str) -> list[str]:
    """The names that a path is made of; those after one that leads nowhere hold no dots."""
    at: Any = scenario
    steps = []
    rest: str | None = path
    while rest is not None:
        step = _first(at, rest)
        steps.append(step)
        rest = rest[len(step) + 1 :] if len(rest) > len(step) else None
        at = _below(at, step)
    return steps


def holder_at(scenario: Scenario, steps: Iterable[str]) -> Any:
    """What some steps lead to, a part, a list of parts or a value; None if nowhere."""
    at: Any = scenario
    for step in steps:
        at = _below(at, step)
    return at


def _first(at: Any, rest: str) -> str:
    """The first step of what is left of a path: the longest name in a list that it begins with."""
    names = _names(at) if isinstance(at, tuple) else []
    fitting = [name for name in names if rest == name or rest.startswith(f"{name}.")]
    return max(fitting, key=len, default=rest.partition(".")[0])


def _below(at: Any, step: str) -> Any:
    """What a step leads to, None if nowhere."""
    if not isinstance(at, tuple):
        return getattr(at, step, None) if isinstance(at, Part) and step in type(at).model_fields else None
    place = _place(at, step)
    return None if place is None else at[place]


def _names(parts: tuple[Any, ...]) -> list[str]:
    """What the parts of a list are called."""
    return [str(getattr(part, "key", None) or getattr(part, "name", "")) for part in parts]


def _tree(scenario: Scenario, values: Mapping[str, Any]) -> dict[str, Any]:
    """What is set, by the steps of its path."""
    tree: dict[str, Any] = {}
    for path, value in values.items():
        *steps, last = steps_of(scenario, path)
        branch = tree
        for step in steps:
            branch = branch.setdefault(step, {})
        branch[last] = Value(value)
    return tree


def _part_with(part: Any, tree: dict[str, Any], path: str) -> Any:
    """A part with what the tree says."""
    changes = {}
    for step, below in tree.items():
        here = f"{path}.{step}".lstrip(".")
        name = _field(part, step, here)
        changes[name] = _with(getattr(part, name), below, here)
    return part.but(**changes)


def _with(inner: Any, below: Any, path: str) -> Any:
    """What takes the place of the value at a path."""
    if isinstance(below, Value):
        return below.value
    if not isinstance(inner, tuple):
        return _part_with(inner, below, path)
    parts = list(inner)
    for step, further in below.items():
        here = f"{path}.{step}"
        place = _demanded(inner, step, here)
        parts[place] = _with(parts[place], further, here)
    return tuple(parts)


def _field(part: Any, step: str, path: str) -> str:
    """The name of a parameter of a part."""
    if not isinstance(part, Part):
        what = "nothing" if part is None else f"{part!r}, which has no parameters"
        raise UnknownNameError(
            f"{path}: there is {what} that could have '{step}': set what holds it instead."
        )
    if step not in type(part).model_fields:
        known = did_you_mean(step, type(part).model_fields)
        raise UnknownNameError(f"{path}: {type(part).__name__} has no parameter '{step}'. {known}")
    return step


def _place(parts: tuple[Any, ...], step: str) -> int | None:
    """The place in a list of what is called so, or has that number; None if nothing does."""
    if step in (names := _names(parts)):
        return names.index(step)
    return int(step) if step.isdecimal() and int(step) < len(parts) else None


def _demanded(parts: tuple[Any, ...], step: str, path: str) -> int:
    """The place in a list, where there must be one."""
    if (place := _place(parts, step)) is None:
        known = did_you_mean(step, _names(parts))
        raise UnknownNameError(f"{path}: there is none called '{step}' in the list. {known}")
    return place
