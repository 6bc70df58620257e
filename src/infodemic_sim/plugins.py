"""Parts that stand for one another (rankings, interventions, targets …), found by name.

Built-ins are named in an explicit tuple; others come through an entry point group and are looked up
only when a file names one.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import EntryPoint, EntryPoints, entry_points
from typing import Any, TypeVar

from infodemic_sim.errors import NotWritableError, ParameterError, UnknownNameError, did_you_mean
from infodemic_sim.mistakes import made, parts_in, refused, short
from infodemic_sim.params import Part

Offered = TypeVar("Offered")

KINDS: dict[type, tuple[Callable[[], Iterable[type]], str]] = {}
"""Built-in classes, and the entry point group, of each kind by its base: where a name is looked up."""


@lru_cache(maxsize=1024)
def snake(name: str) -> str:
    """AccuracyPrompt → accuracy_prompt."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def kind(base: type, built_in: Callable[[], Iterable[type]], group: str) -> None:
    """Declare a kind of parts: its base, what gives the built-in ones, and the group of those of others."""
    KINDS[base] = (built_in, group)


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


def of_others(built_in: Iterable[type], group: str, base: type[Offered]) -> dict[str, type[Offered]]:
    """Classes that installed packages offer, by their names in files; what is broken is left out."""
    found: dict[str, type[Offered]] = {}
    for point in offered(group):
        with suppress(ParameterError):
            found[point.name] = _loaded(point, base)
    mine = {type_name(part) for part in built_in}
    return {name: found[name] for name in sorted(found) if name not in mine}


def _loaded(point: EntryPoint, base: type[Offered]) -> type[Offered]:
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


def nameless(value: Any, annotation: Any = None) -> Iterator[tuple[type, str]]:
    """Classes in a part or several that cannot be written down, each with a sentence why.

    A class of a script runs, but a file names it by its type alone, which there is nobody's, or another's.

    Parameters
    ----------
    annotation : what the parameter takes that holds the value.
    """
    for part in _parts_of(value):
        for sentence in _why_nameless(type(part), annotation):
            yield type(part), sentence
        for name, field in type(part).model_fields.items():
            yield from nameless(getattr(part, name), field.annotation)


def packages_of(value: Any) -> dict[str, str]:
    """Versions of the installed packages, by name, that offer classes in a part or several."""
    found: dict[str, str] = {}
    for part in _parts_of(value):
        base = next((base for base in KINDS if isinstance(part, base)), None)
        points = offered(KINDS[base][1]).select(name=type_name(type(part))) if base else ()
        found |= {point.dist.name: point.dist.version for point in points if point.dist and _is(point, part)}
        for name in type(part).model_fields:
            found |= packages_of(getattr(part, name))
    return found


def _is(point: EntryPoint, part: Part) -> bool:
    """Whether an entry point offers the class of a part."""
    try:
        return point.load() is type(part)
    except Exception:  # a package of that name that is broken is not the one that the class came from
        return False


def refuse_nameless(value: Any, annotation: Any = None) -> None:
    """Refuse to write down what holds a class of a script.

    Raises
    ------
    NotWritableError
        If it does.
    """
    for _, sentence in nameless(value, annotation):
        raise NotWritableError(sentence)


def _parts_of(value: Any) -> Iterator[Part]:
    if isinstance(value, Part):
        yield value
    elif isinstance(value, tuple | list | Mapping):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _parts_of(item)


def _why_nameless(part: type, annotation: Any) -> Iterator[str]:
    """A sentence, if a file in which a parameter has this part would not give back this very class."""
    runs = f"the class {part.__name__} of {part.__module__} runs, but cannot be written down"
    base = next((base for base in KINDS if issubclass(part, base)), None)
    if base is None:
        allowed = [known for known in parts_in(annotation) if issubclass(part, known)]
        if allowed and part not in allowed:
            yield f"{runs}: a file would mean {allowed[0].__name__}; use that class there."
        return
    (built_in, group), name = KINDS[base], type_name(part)
    try:
        found = find(name, built_in(), group, base)
    except ParameterError:  # nobody offers it, or nothing that can be imported
        yield f"{runs}: offer it as '{name}' through the entry point group {group}."
        return
    if found is not part:
        taken = f"'{name}' is {found.__name__} of {found.__module__}"
        yield f"{runs}: {taken}; give it another name, and offer it through the entry point group {group}."
