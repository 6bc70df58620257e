"""What an unquoted word of a scenario file means: the core rules of YAML 1.2, finite numbers only."""

from __future__ import annotations

import math
import re

INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
LONGEST_NUMBER = 400
"""Characters; more than any number between the smallest and the largest needs."""

Scalar = str | int | float | bool | None


def resolve(text: str) -> Scalar:
    """The value of an unquoted word; ``yes``, ``no`` and ``on`` are text.

    Raises
    ------
    ValueError
        If it is a number, but not a finite one of reasonable length; the message is the rule.
    """
    if text in WORDS:
        return WORDS[text]
    if NOT_FINITE.fullmatch(text):
        raise ValueError("numbers must be finite")
    if INTEGER.fullmatch(text) or NUMBER.fullmatch(text):
        return _number(text)
    return text


def _number(text: str) -> int | float:
    if len(text) > LONGEST_NUMBER:
        raise ValueError(f"numbers must have {LONGEST_NUMBER} characters at most")
    if INTEGER.fullmatch(text):
        return int(text, 10 if text.lstrip("+-").isdigit() else 0)
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("numbers must be finite, and this one is too large")
    return number
