"""Parts that stand for one another (rankings, interventions, targets …), found by name.

Built-ins are named in an explicit tuple; others come through an entry point group and are looked up
only when a file names one.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import EntryPoint, EntryPoints, entry_points
from typing import Any

from infodemic_sim.errors import ParameterError, UnknownNameError, did_you_mean
from infodemic_sim.mistakes import made, refused, short


@lru_cache(maxsize=1024)
def snake(name: str) -> str:
    """AccuracyPrompt → accuracy_prompt."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


class Plugin:
    """Mixin of parts that write their own name as ``type`` when they are stored."""

    def _type_tag(self) -> dict[str, str]:
        return {"type": type_name(type(self))}


def type_name(part: type) -> str:
    """The name under which a class stands in files: its ``entry_name`` or ``type_name``, else its own."""
    return _type_name(part)


@lru_cache(maxsize=1024)
def _type_name(part: Any) -> str:
    named = getattr(part, "entry_name", "") or getattr(part, "type_name", "")
    return str(named or snake(part.__name__))


def known(built_in: Iterable[type], group: str) -> list[str]:
    """All names of a kind: built-ins and what installed packages offer."""
    return [type_name(part) for part in built_in] + [point.name for point in offered(group)]


def offered(group: str) -> EntryPoints:
    """What installed packages offer; they are looked through again only when one may have come or gone."""
    return _offered(group, tuple((folder, _changed(folder)) for folder in sys.path))


@lru_cache(maxsize=64)
def _offered(group: str, _folders: tuple[tuple[str, int], ...]) -> EntryPoints:
    return entry_points(group=group)


def _changed(folder: str) -> int:
    """When something was last put into a folder, or taken out of it; 0 where there is none."""
    try:
        return os.stat(folder or os.curdir).st_mtime_ns
    except OSError:
        return 0


def find(name: Any, built_in: Iterable[type], group: str, base: type) -> type:
    """The class of that name; an unknown one is answered with the nearest known."""
    name = name if isinstance(name, str) else short(name)
    for part in built_in:
        if type_name(part) == name:
            return part
    for point in offered(group).select(name=name):
        return _loaded(point, base)
    raise UnknownNameError(f"'{name}' is not a known type. {did_you_mean(name, known(built_in, group))}")


def _loaded(point: EntryPoint, base: type) -> type:
    """The class that an installed package offers."""
    try:
        part = point.load()
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        raise ParameterError(f"'{point.name}' ({point.value}) cannot be imported: {reason}.") from error
    if isinstance(part, type) and issubclass(part, base):
        return part
    raise ParameterError(f"entry point '{point.name}' of {point.group} is not a {base.__name__} class.")


def make(value: Any, built_in: Iterable[type], group: str, base: type) -> Any:
    """A part from its name, or from plain data with a ``type``; parts pass through.

    For use inside a validator: mistakes keep their path, as pydantic's own do.
    """
    if isinstance(value, base):
        return value
    if not isinstance(value, str | dict):
        example = type_name(next(iter(built_in)))
        raise ParameterError(f"should be the name of a type, such as {example}, but got {short(value)}.")
    fields = {"type": value} if isinstance(value, str) else value
    if "type" not in fields:
        raise ParameterError(f"'type' is missing: say which one, such as {type_name(next(iter(built_in)))}.")
    try:
        part = find(fields["type"], built_in, group, base)
    except ParameterError as error:
        raise refused(() if isinstance(value, str) else ("type",), error) from error
    return made(part, without_type(fields))


def without_type(fields: dict[Any, Any]) -> dict[str, Any]:
    """The parameters that stand beside ``type``."""
    if odd := [key for key in fields if not isinstance(key, str)]:
        raise ParameterError(f"names of parameters should be text, but got {short(odd[0])}.")
    return {key: item for key, item in fields.items() if key != "type"}
