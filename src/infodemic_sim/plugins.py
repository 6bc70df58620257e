"""Parts that stand for one another (rankings, interventions, targets …), found by name.

Built-ins are named in an explicit tuple; others come through an entry point group and are looked up
only when a file names one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.metadata import entry_points
from typing import Any

from infodemic_sim.errors import ParameterError, UnknownNameError, did_you_mean


def snake(name: str) -> str:
    """AccuracyPrompt → accuracy_prompt."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


class Plugin:
    """Mixin of parts that write their own name as ``type`` when they are stored."""

    def _type_tag(self) -> dict[str, str]:
        return {"type": type_name(type(self))}


def type_name(part: type) -> str:
    """The name under which a class stands in files; ``entry_name`` on the class overrides it."""
    return str(getattr(part, "entry_name", "") or snake(part.__name__))


def known(built_in: Iterable[type], group: str) -> list[str]:
    """All names of a kind: built-ins and what installed packages offer."""
    return [type_name(part) for part in built_in] + [point.name for point in entry_points(group=group)]


def find(name: str, built_in: Iterable[type], group: str, base: type) -> type:
    """The class of that name; an unknown one is answered with the nearest known."""
    for part in built_in:
        if type_name(part) == name:
            return part
    for point in entry_points(group=group, name=name):
        part = point.load()
        if isinstance(part, type) and issubclass(part, base):
            return part
        raise ParameterError(f"entry point '{name}' of {group} is not a {base.__name__} class.")
    raise UnknownNameError(f"'{name}' is not a known type. {did_you_mean(name, known(built_in, group))}")


def make(value: Any, built_in: Iterable[type], group: str, base: type) -> Any:
    """A part from plain data with a ``type``; parts pass through."""
    if isinstance(value, str):
        value = {"type": value}
    if isinstance(value, dict):
        if "type" not in value:
            raise ParameterError(f"'type' is missing: say which one, such as {known(built_in, group)[0]}.")
        fields = {key: item for key, item in value.items() if key != "type"}
        return find(str(value["type"]), built_in, group, base)(**fields)
    return value
