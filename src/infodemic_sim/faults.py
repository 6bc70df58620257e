"""Errors that nobody raised on purpose: which plug-in they came from, and where in its code."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from functools import wraps
from traceback import walk_tb
from types import FrameType
from typing import Any, Concatenate, ParamSpec, TypeVar

from infodemic_sim.errors import BrokenRunError, readable
from infodemic_sim.params import Part
from infodemic_sim.plugins import KINDS, snake, type_name

P = ParamSpec("P")
R = TypeVar("R")
MINE = __name__.partition(".")[0]
STOPPED_IN = "stopped in the "
"""How a note begins that tells of an error where it came from."""
WORDS = {"Who": "choice of people", "When": "schedule"}
"""What a kind of parts is called, where that is not the name of its base."""


def origin(error: BaseException) -> str:
    """Where an error came from, "stopped in the ranking 'mine' on day 2, at mine.py, line 12"; "": from us.

    An error that has travelled from another process has lost its traceback, but not its note.
    """
    notes = (note for note in getattr(error, "__notes__", ()) if note.startswith(STOPPED_IN))
    cause = error.__cause__  # such as a StopIteration, which Python makes another error of
    return next(notes, "") or _found(error) or (origin(cause) if cause is not None else "")


def sentence(error: BaseException, where: str) -> str:
    """Where an error came from, and what it says."""
    return f"the run {where} ({said(error)})"


def said(error: BaseException) -> str:
    """The kind of an error and its words, if any, in a line, whatever it holds."""
    try:
        words = str(error)
    except Exception:
        words = "its words cannot be shown"
    return readable(f"{type(error).__name__}: {words}").rstrip(".: ")


def able_to_travel(error: Exception) -> Exception:
    """An error that reaches another process: itself, or what it says, where its class cannot be sent."""
    try:
        same = type(pickle.loads(pickle.dumps(error))) is type(error)  # of this process: no file is read
    except Exception:
        same = False
    where = origin(error) or "stopped"
    return error if same else BrokenRunError(f"{sentence(error, where)}: mend it there, or leave it out.")


def noted(method: Callable[Concatenate[Any, P], R]) -> Callable[Concatenate[Any, P], R]:
    """A method of a run, whose errors carry a note where they came from to every process they come to."""

    @wraps(method)
    def told(run: Any, /, *words: P.args, **named: P.kwargs) -> R:
        try:
            return method(run, *words, **named)
        except (SystemExit, GeneratorExit) as error:  # of a plug-in, which has no say in that
            asked = RuntimeError(f"it raised {said(error)}, which ends what is not its own")
            note(asked, day=_day(run), seen=error)
            raise asked from error
        except Exception as error:
            note(error, day=_day(run))
            raise

    return told


def _day(run: Any) -> str:
    world = getattr(run, "world", None)  # none while it is made
    return "" if world is None else f" on day {world.day:g}"


def note(
    error: Exception, part: Part | None = None, day: str = "", seen: BaseException | None = None
) -> None:
    """Tell of an error where it came from, once: the plug-in that is to be seen, or else ``part``.

    Parameters
    ----------
    seen : the error whose traceback shows it; none: that one.
    """
    told = any(line.startswith(STOPPED_IN) for line in getattr(error, "__notes__", ()))
    if not told and (where := _found(seen or error, part, day)):
        error.add_note(where)


def _found(error: BaseException, part: Part | None = None, day: str = "") -> str:
    """The innermost plug-in of a traceback, and the innermost line of the code that it stands in."""
    frames = list(walk_tb(error.__traceback__))[::-1]
    owner = next((found for frame, _ in frames for found in _owners(frame)), part)
    homes = {_package(kind.__module__) for kind in _kinds_of_others(Part)}
    if function := getattr(owner, "function", None):
        homes.add(_package(getattr(function, "__module__", None) or ""))
    places = [(frame, line) for frame, line in frames if _package(_module(frame)) in homes]
    if owner is None and not places:
        return ""
    called = _called(owner) if owner is not None else f"plug-in of the module '{_module(places[0][0])}'"
    place = f", at {places[0][0].f_code.co_filename}, line {places[0][1]}" if places else ""
    return f"{STOPPED_IN}{called}{day}{place}"


def _owners(frame: FrameType) -> Iterator[Part | type[Part]]:
    """The part of somebody else, or its class, whose method a frame is."""
    for name in ("self", "cls"):
        found = frame.f_locals.get(name)
        kind = found if isinstance(found, type) else type(found)
        if found is not None and issubclass(kind, Part) and _package(kind.__module__) != MINE:
            yield found


def _called(owner: Part | type[Part]) -> str:
    """What kind of part it is, and its name: ranking 'mine'."""
    kind: type = owner if isinstance(owner, type) else type(owner)
    own = (base for base in kind.__mro__ if base in KINDS)
    known = next(own, None) or next(base for base in kind.__mro__ if _package(base.__module__) == MINE)
    key = None if isinstance(owner, type) else getattr(owner, "key", None)
    word = WORDS.get(known.__name__, snake(known.__name__).replace("_", " "))
    return f"{word} '{key if isinstance(key, str) else type_name(kind)}'"


def _kinds_of_others(base: type) -> Iterator[type]:
    kind: type
    for kind in base.__subclasses__():
        yield from _kinds_of_others(kind)
        if _package(kind.__module__) != MINE:
            yield kind


def _module(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", ""))


def _package(module: str) -> str:
    return module.partition(".")[0]
