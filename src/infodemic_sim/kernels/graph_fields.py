"""Fields of a line of text, straight from its bytes: where they stand, and the numbers in them."""

from __future__ import annotations

import math

import numpy as np

from infodemic_sim.kernels.compiled import inlined, kernel

NEWLINE, RETURN, TAB, SPACE, QUOTE, MINUS, PLUS, DOT, ZERO = 10, 13, 9, 32, 34, 45, 43, 46, 48
HASH, PERCENT, COMMA, SEMICOLON = 35, 37, 44, 59
ANY_SPACE = 0
"""The delimiter code that stands for any run of spaces and tabs."""

OK, TOO_FEW, TOO_MANY, EMPTY_FIELD, NOT_WHOLE, NOT_WEIGHT, TOO_LARGE, OPEN_QUOTE, TOO_LONG = range(9)
WIDE, PADDED = 9, 10
"""What may be wrong with a line or a field."""
WEIGHTS_BELOW = 3.4e38
"""What 32 bits can hold."""


@kernel
def skip_blanks(text, at, delimiter):
    """The next byte that is no space, tab or carriage return (a tab that delimits stays)."""
    while at < text.size:
        byte = text[at]
        if byte == SPACE or byte == RETURN or (byte == TAB and delimiter != TAB):
            at += 1
        else:
            break
    return at


@kernel
def line_end(text, at):
    """Where the line that holds `at` ends (its newline or the end of the text)."""
    while at < text.size and text[at] != NEWLINE:
        at += 1
    return at


@kernel
def next_field(text, at, delimiter):
    """First byte, end, and place after a field that begins at or after `at`; quotes are taken off.

    The place after is past the delimiter; end < first tells of a quote that does not close.
    """
    at = skip_blanks(text, at, delimiter)
    first = at
    if at < text.size and text[at] == QUOTE:
        first = at + 1
        at = first
        while at < text.size and text[at] != QUOTE and text[at] != NEWLINE:
            at += 1
        if at == text.size or text[at] == NEWLINE:
            return first, first - 2, at
        end = at
        at += 1
        after = skip_blanks(text, at, delimiter)
        if after < text.size and text[after] != NEWLINE and text[after] != delimiter:
            if delimiter != ANY_SPACE or after == at:
                return first, first - 2, at
    else:
        while at < text.size and text[at] != NEWLINE and text[at] != delimiter:
            if delimiter == ANY_SPACE and (text[at] == SPACE or text[at] == TAB or text[at] == RETURN):
                break
            at += 1
        end = at
        while end > first and (text[end - 1] == SPACE or text[end - 1] == RETURN or text[end - 1] == TAB):
            end -= 1
    at = skip_blanks(text, at, delimiter)
    if delimiter != ANY_SPACE and at < text.size and text[at] == delimiter:
        at += 1
    return first, end, at


@kernel
def whole_number(text, first, end):
    """The whole number between two places, and OK, NOT_WHOLE or TOO_LARGE (19 digits or more)."""
    at = first
    negative = at < end and text[at] == MINUS
    at += negative
    if at >= end:
        return np.int64(0), NOT_WHOLE
    value = np.int64(0)
    digits = end - at
    while at < end:
        digit = np.int64(text[at]) - ZERO
        if digit < 0 or digit > 9:
            return np.int64(0), NOT_WHOLE
        if digits <= 18:
            value = value * 10 + digit
        at += 1
    if digits > 18:
        return np.int64(0), TOO_LARGE
    return (-value if negative else value), OK


@kernel
def decimal(text, first, end, point=DOT):
    """The number between two places as float64 (within 2 units in the last place); NaN if none.

    A dot is always a decimal point, and so may be one other byte, ``point``.
    """
    at = first
    negative = at < end and text[at] == MINUS
    at += at < end and (text[at] == MINUS or text[at] == PLUS)
    mantissa, scale, digits, dotted = np.float64(0.0), 0, 0, False
    while at < end:
        byte = text[at]
        if (byte == DOT or byte == point) and not dotted:
            dotted = True
        elif ZERO <= byte <= ZERO + 9:
            digits += 1
            if mantissa < 1e17:
                mantissa = mantissa * 10.0 + (np.int64(byte) - ZERO)
                scale -= dotted
            else:
                scale += not dotted
        else:
            break
        at += 1
    if digits == 0:
        return math.nan
    if at < end:
        if text[at] | 32 != 101 or at + 1 == end:
            return math.nan
        start = at + 1 + (text[at + 1] == PLUS)
        power, code = whole_number(text, start, end)
        if code != OK or (start > at + 1 and text[start] == MINUS):
            return math.nan
        scale += max(-5000, min(5000, power))
    if mantissa == 0.0:
        return 0.0
    if scale < -300:
        mantissa *= 1e-290
        scale += 290
    value = (
        mantissa / math.pow(10.0, min(-scale, 300))
        if scale < 0
        else mantissa * math.pow(10.0, min(scale, 308))
    )
    return -value if negative else value


@inlined
def next_line(text, at, line, delimiter):
    """Place and number of the next line that is neither blank nor a comment (# or %); or the text's end."""
    at = skip_blanks(text, at, delimiter)
    while at < text.size and (text[at] == NEWLINE or text[at] == HASH or text[at] == PERCENT):
        at = skip_blanks(text, line_end(text, at) + 1, delimiter)
        line += 1
    return at, line


@inlined
def field_at(text, at, delimiter, number, columns):
    """As ``next_field``, after a code: OK, or why field ``number`` of so many columns cannot be read."""
    if at >= text.size or text[at] == NEWLINE:
        return TOO_FEW, number, columns, at
    first, end, at = next_field(text, at, delimiter)
    if end < first:
        return OPEN_QUOTE, first, first, at
    return (EMPTY_FIELD if end == first else OK), first, end, at
