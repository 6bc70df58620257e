"""Plain data as YAML that the strict reader gives back unchanged, with comments where wanted."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from infodemic_sim.scenario_file.scalars import resolve
from infodemic_sim.scenario_file.strict_yaml import Path

WIDTH = 100
PLAIN = re.compile(r"((\.\.?)?/)*[A-Za-z_][A-Za-z0-9_./]*( [A-Za-z0-9_./]+)*")
ESCAPED = re.compile('[\x00-\x1f"\\\\\x7f-\x9f\xad\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]')
ELSEWHERE = {"y", "yes", "n", "no", "on", "off"}
"""Plain words here, but switches to older readers of YAML."""

Notes = Mapping[Path, str]
"""Comments by the path of what they stand above."""


def yaml_text(data: Mapping[str, Any], notes: Notes | None = None) -> str:
    """A document; data holds text, finite numbers, true, false, null, lists and mappings."""
    return "\n".join(_mapping(data, (), notes or {})) + "\n"


def scalar(value: Any) -> str:
    """One value in one word."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return _quoted(value) if isinstance(value, str) else repr(value)


def _quoted(text: str) -> str:
    """Text in quotes, unless it is plain words that can mean nothing else."""
    if PLAIN.fullmatch(text) and resolve(text) == text and text.lower() not in ELSEWHERE:
        return text
    return '"' + ESCAPED.sub(_escape, text) + '"'


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    return "\\" + character if character in '"\\' else f"\\u{ord(character):04x}"


def _mapping(data: Mapping[str, Any], path: Path, notes: Notes) -> Iterator[str]:
    for number, (name, value) in enumerate(data.items()):
        here = (*path, name)
        if notes and number and not path:
            yield ""
        yield from comment(notes.get(here, ""), path)
        yield from _named(_quoted(name), value, here, notes)


def _named(name: str, value: Any, path: Path, notes: Notes) -> Iterator[str]:
    """A name and its value, on one line if it fits."""
    short = one_line(value)
    if short is not None and (not isinstance(value, list) or not value or len(name) + len(short) < WIDTH):
        yield f"{name}: {short}"
        return
    yield f"{name}:"
    lines = _mapping(value, path, notes) if isinstance(value, Mapping) else _list(value, path, notes)
    yield from (f"  {line}" if line else "" for line in lines)


def _list(items: list[Any], path: Path, notes: Notes) -> Iterator[str]:
    for place, item in enumerate(items):
        here = (*path, place)
        yield from comment(notes.get(here, ""), path)
        short = one_line(item)
        if short is not None:
            yield f"- {short}"
            continue
        lines = list(_mapping(item, here, notes) if isinstance(item, Mapping) else _list(item, here, notes))
        first = next(k for k, line in enumerate(lines) if line and not line.startswith("#"))
        yield from lines[:first]
        yield f"- {lines[first]}"
        yield from (f"  {line}" if line else "" for line in lines[first + 1 :])


def one_line(value: Any) -> str | None:
    """A value that needs no lines of its own: a scalar, an empty mapping, a list of scalars."""
    if isinstance(value, Mapping):
        return None if value else "{}"
    if not isinstance(value, list):
        return scalar(value)
    if any(isinstance(item, list | Mapping) for item in value):
        return None
    return "[" + ", ".join(map(scalar, value)) + "]"


def comment(text: str, path: Path) -> Iterator[str]:
    """Comment lines; each paragraph is wrapped by itself."""
    for paragraph in text.split("\n") if text else ():
        room = WIDTH - 2 * len(path)
        yield from textwrap.wrap(paragraph, room, initial_indent="# ", subsequent_indent="# ") or [""]
