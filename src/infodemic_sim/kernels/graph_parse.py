"""Read ties straight from the bytes of a text file, one pass, knowing every line's number."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.compiled import inlined, kernel, uncounted
from infodemic_sim.kernels.graph_fields import (
    ANY_SPACE,
    COMMA,
    DOT,
    MINUS,
    NEWLINE,
    NOT_WEIGHT,
    OK,
    PADDED,
    SEMICOLON,
    SPACE,
    TOO_LONG,
    TOO_MANY,
    WEIGHTS_BELOW,
    WIDE,
    ZERO,
    decimal,
    field_at,
    line_end,
    next_line,
    whole_number,
)

LONGEST_LABEL = 200
WIDEST = 10**18
NO_LABELS = (np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int64))
"""In place of a table, starts and ends, where names are whole numbers."""


@kernel
def plain_ties(text, at, line, delimiter, largest, sources, targets):
    """Parse lines as long as they are two bare numbers with one delimiter between: the usual case, fast.

    Returns ties read, and the place and number of the first line that is anything else, or is too
    near the end of the text to be read without looking where it ends.
    """
    ties, safe = 0, text.size - 40
    mark = np.uint8(SPACE if delimiter == ANY_SPACE else delimiter)
    while at < safe:
        source, target = np.int64(0), np.int64(0)
        place = np.uint64(at)
        digit = np.uint8(text[place] - np.uint8(ZERO))
        first = place
        while digit <= 9 and place - first < np.uint64(18):
            source = source * 10 + np.int64(digit)
            place += np.uint64(1)
            digit = np.uint8(text[place] - np.uint8(ZERO))
        if place == first or text[place] != mark or (text[first] == ZERO and place - first > np.uint64(1)):
            break
        place += np.uint64(1)
        first = place
        digit = np.uint8(text[place] - np.uint8(ZERO))
        while digit <= 9 and place - first < np.uint64(18):
            target = target * 10 + np.int64(digit)
            place += np.uint64(1)
            digit = np.uint8(text[place] - np.uint8(ZERO))
        if place == first or text[place] != NEWLINE or source > largest or target > largest:
            break
        if text[first] == ZERO and place - first > np.uint64(1):
            break
        sources[ties], targets[ties] = source, target
        at = np.int64(place) + 1
        line += 1
        ties += 1
    return ties, at, line


@kernel
def same_bytes(text, first, end, other, other_end):
    """Whether two stretches of the text are equal."""
    if end - first != other_end - other:
        return False
    for i in range(end - first):
        if text[first + i] != text[other + i]:
            return False
    return True


@kernel
def code_of(text, first, end, table, starts, ends):
    """Number of a label by first appearance, −1 if it is new, and its place (open addressing, FNV-1a)."""
    word = np.uint64(14695981039346656037)
    for i in range(first, end):
        word = (word ^ np.uint64(text[i])) * np.uint64(1099511628211)
    word ^= word >> np.uint64(32)
    slot = np.int64(word & np.uint64(table.size - 1))
    while table[slot] >= 0:
        code = table[slot]
        if same_bytes(text, first, end, starts[code], ends[code]):
            return code, slot
        slot = (slot + 1) & (table.size - 1)
    return -1, slot


@inlined
def number_at(text, first, end, largest, padded):
    """The whole number in a field, and OK or why it cannot be read; WIDE beyond ± ``largest``.

    PADDED, unless that is meant, with a zero in front, or as −0: another text may mean the same number.
    """
    value, code = whole_number(text, first, end)
    digits = first + (text[first] == MINUS)
    if code == OK and not padded and text[digits] == ZERO and end - first > 1:
        return value, PADDED
    return value, (WIDE if code == OK and (value > largest or value < -largest) else code)


@inlined
def label_at(text, first, end, table, starts, ends, known):
    """Number of the label in a field, which is noted if it is new, and OK or TOO_LONG."""
    if end - first > LONGEST_LABEL:
        return np.int64(0), TOO_LONG
    number, slot = code_of(text, first, end, table, starts, ends)
    if number < 0:
        number = known
        table[slot], starts[number], ends[number] = number, first, end
    return np.int64(number), OK


@uncounted
def read_ties(
    text, at, line, delimiter, columns, strict, padded, largest,
    sources, targets, weights, table, starts, ends,
):  # fmt: skip
    """Parse lines of two names of people and, in the third of so many ``columns``, a weight.

    Blank lines and those that start with # or % are passed over; in a ``strict`` line nothing may follow the
    columns. Names are whole numbers from -largest to largest, with zeros in front if ``padded``. If ``table``
    has room (−1 everywhere, a power of two long), they are labels of any kind, numbered by first appearance:
    ``starts`` and ``ends`` receive where each first stands.

    Returns ties read, how many labels there are, a code, the line of the mistake, and the first and last byte
    of the field at fault.
    """
    ties, known, labelled = 0, np.int64(0), table.size > 0
    point = COMMA if delimiter == SEMICOLON else DOT  # as spreadsheets write where the comma is decimal
    while at < text.size:
        if columns == 2 and not labelled:
            plain, at, line = plain_ties(text, at, line, delimiter, largest, sources[ties:], targets[ties:])
            ties += plain
        at, line = next_line(text, at, line, delimiter)
        if at >= text.size:
            break
        for number in range(columns):
            code, first, end, at = field_at(text, at, delimiter, number, columns)
            name, weight = np.int64(0), 0.0
            if code == OK and number == 2:
                weight = decimal(text, first, end, point)
                code = OK if 0.0 <= weight < WEIGHTS_BELOW else NOT_WEIGHT
            elif code == OK and labelled:
                name, code = label_at(text, first, end, table, starts, ends, known)
                known = max(known, name + 1)
            elif code == OK:
                name, code = number_at(text, first, end, largest, padded)
            if code != OK:
                return ties, known, code, line, first, end
            if number == 0:
                sources[ties] = name
            elif number == 1:
                targets[ties] = name
            else:
                weights[ties] = weight
        if strict and at < text.size and text[at] != NEWLINE:
            return ties, known, TOO_MANY, line, at, at
        at = line_end(text, at) + 1
        line += 1
        ties += 1
    return ties, known, OK, line, 0, 0
