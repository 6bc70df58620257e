"""Every error raised on purpose, on one page.

Each is one of ours (catch ``InfodemicError``) and also the built-in kind that Python users expect.
A message is one sentence: what owns the value, the rule with its unit, what was got, and the remedy.
"""

from __future__ import annotations

import difflib
import numbers
import os
from collections.abc import Iterable
from typing import Any

HEAD, TAIL = 900, 400
"""Characters of a long message that are kept, of its beginning and of the remedy at its end."""


class InfodemicError(Exception):
    """Anything this package raises on purpose; its message stays one line, whatever names it repeats."""

    def __init__(self, *words: object) -> None:
        super().__init__(*(readable(word) if isinstance(word, str) else word for word in words))


def readable(text: str) -> str:
    """One line that any terminal and file can hold, and nobody gives up on."""
    line = " ".join(text.splitlines()).encode("utf-8", "backslashreplace").decode()
    return line if len(line) <= HEAD + TAIL else f"{line[:HEAD]} … {line[-TAIL:]}"


class ParameterError(InfodemicError, ValueError):
    """A parameter is unknown, of the wrong type, or outside its bounds."""


class ScenarioFileError(ParameterError):
    """A scenario file cannot be read; the message tells of each mistake in a line, with line and column."""

    def __init__(self, *words: object) -> None:
        Exception.__init__(self, *words)


class UnknownNameError(ParameterError, LookupError):
    """A name (of an intervention, ranking, measure, role …) is not known."""


class GraphError(InfodemicError, ValueError):
    """Arrays or parameters do not describe a social graph."""


class GraphFileError(GraphError):
    """A graph or attribute file is malformed; the message names file, line and reason."""


class NotWritableError(InfodemicError, TypeError):
    """A part (a lambda, a graph without a file) runs, but cannot be written down."""


class MissingLeverError(InfodemicError, TypeError):
    """An intervention needs a lever that the spread rule does not offer."""


class DuplicateKeyError(InfodemicError, RuntimeError):
    """Two messages or posts claim the same address, so their draws would coincide."""


class CheckpointError(InfodemicError, ValueError):
    """A saved run cannot be continued: it is damaged or belongs to another scenario."""


class OutputExistsError(InfodemicError, FileExistsError):
    """The output is there already and nothing was said about overwriting it."""


class ResultFileError(InfodemicError, ValueError):
    """A folder or file does not hold results that this version can read."""


class UnwritableError(InfodemicError, OSError):
    """Results cannot be written, for want of room, permission or a program; those written before are safe."""


class OfflineError(InfodemicError, ConnectionError):
    """Something had to be downloaded and the network does not answer."""


class BrokenRunError(InfodemicError, RuntimeError):
    """A run was stopped by an error that nobody raised on purpose, such as one in a plug-in."""


class WorkerError(InfodemicError, RuntimeError):
    """A worker process ended without giving its result back."""


def of_kind(name: str, value: object, *kinds: type) -> None:
    """Refuse an argument that is of none of some kinds."""
    if not isinstance(value, kinds):
        alike = type(value).__name__ in {kind.__name__ for kind in kinds}
        wanted = " or ".join(f"a {_called(kind, whole=alike)}" for kind in kinds)
        raise ParameterError(f"{name} must be {wanted}, but got a {_called(type(value), whole=alike)}.")


def _called(kind: type, *, whole: bool) -> str:
    """Its name; the whole of it, with the package that it is from, where the name alone says too little."""
    return f"{kind.__module__.partition('.')[0]}.{kind.__name__}" if whole else kind.__name__


def of_path(name: str, value: object) -> None:
    """Refuse what is neither the name of a file nor its path."""
    of_kind(name, value, str, os.PathLike)


def of_executor(value: object) -> None:
    """Refuse what takes no work; None is nobody."""
    if value is not None and not callable(getattr(value, "submit", None)):
        known = "a concurrent.futures executor, or anything else with submit"
        raise ParameterError(f"executor must be {known}, but got a {type(value).__name__}.")


def is_whole(value: object) -> bool:
    """Whether a value is one whole number, of Python or NumPy; True and False are none."""
    return isinstance(value, numbers.Integral) and not isinstance(value, bool)


def is_number(value: object) -> bool:
    """Whether a value is one number, of Python or NumPy; True and False are none."""
    return isinstance(value, numbers.Real) and not isinstance(value, bool)


def whole(name: str, value: Any, *, least: int = 0) -> int:
    """The whole number, such as a seed, if it lies from ``least`` to 2^64 - 1."""
    if not is_whole(value):
        raise ParameterError(f"{name} must be a whole number, but got {value!r}.")
    if not least <= value < 1 << 64:
        raise ParameterError(f"{name} must be a whole number from {least} to 2^64 - 1, but got {value!r}.")
    return int(value)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The tail of an error about an unknown name: the nearest known one, else those known, 30 at most."""
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if close:
        return f"Did you mean '{close[0]}'?"
    more = f" and {len(names) - 30} more" if len(names) > 30 else ""
    return f"Known: {', '.join(names[:30])}{more}." if names else "None are known."
