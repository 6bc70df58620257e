"""Where in a JSON text a value stands: looked up only when something is wrong with it."""

from __future__ import annotations

import re
from json import JSONDecoder

SPACE = re.compile(r"[ \t\n\r]*")


def line_of(text: str, *steps: str | int) -> int:
    """The line on which the value at some steps (names, positions) begins; what lacks a step, stands for it.

    Of a name that an object has twice the last counts, as for every reader.

    Parameters
    ----------
    text : JSON that has been read without an error.
    """
    place = _past_space(text, 0)
    for step in steps:
        found = _member(text, place, step) if text[place] == "{" else _item(text, place, step)
        if found is None:
            break
        place = found
    return text.count("\n", 0, place) + 1


def _member(text: str, place: int, name: str | int) -> int | None:
    """Where the value of that name begins in the object that begins here."""
    found, place = None, _past_space(text, place + 1)
    while text[place] == '"':
        key, place = JSONDecoder().raw_decode(text, place)
        place = _past_space(text, _past_space(text, place) + 1)  # beyond the colon
        if key == name:
            found = place
        place = _next(text, place)
    return found


def _item(text: str, place: int, number: str | int) -> int | None:
    """Where the value of that number begins in the list that begins here; None in what is no list."""
    if text[place] != "[" or not isinstance(number, int):
        return None
    place = _past_space(text, place + 1)
    for _ in range(number):
        if text[place] == "]":
            return None
        place = _next(text, place)
    return place


def _next(text: str, place: int) -> int:
    """Where what follows the value here begins, beyond the comma; the closing bracket if nothing does."""
    _, end = JSONDecoder().raw_decode(text, place)
    end = _past_space(text, end)
    return _past_space(text, end + 1) if text[end] == "," else end


def _past_space(text: str, place: int) -> int:
    match = SPACE.match(text, place)
    return match.end() if match else place
