"""Read ties straight from the bytes of a text file, one pass, knowing every line's number."""

from __future__ import annotations

import math

import numpy as np

from infodemic_sim.kernels.compiled import kernel

NEWLINE, RETURN, TAB, SPACE, QUOTE, MINUS, PLUS, DOT, ZERO = 10, 13, 9, 32, 34, 45, 43, 46, 48
HASH, PERCENT = 35, 37
ANY_SPACE = 0
"""The delimiter code that stands for any run of spaces and tabs."""

OK, TOO_FEW, TOO_MANY, EMPTY_FIELD, NOT_WHOLE, NOT_WEIGHT, TOO_LARGE, OPEN_QUOTE, TOO_LONG, WIDE = range(10)
LONGEST_LABEL = 200
WIDEST = 10**18


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
def decimal(text, first, end):
    """The number between two places as float64 (within 2 units in the last place); NaN if none."""
    at = first
    negative = at < end and text[at] == MINUS
    at += at < end and (text[at] == MINUS or text[at] == PLUS)
    mantissa, scale, digits, dotted = np.float64(0.0), 0, 0, False
    while at < end:
        byte = text[at]
        if byte == DOT and not dotted:
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
        if place == first or text[place] != mark:
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
        sources[ties], targets[ties] = source, target
        at = np.int64(place) + 1
        line += 1
        ties += 1
    return ties, at, line


@kernel
def integer_ties(text, at, line, delimiter, columns, most, largest, sources, targets, weights):
    """Parse lines of two whole numbers and, if `weights` has room, a weight.

    `columns` is how many fields are read; a line may hold `most` (0: any number); a number
    beyond `largest` ends the reading with WIDE. Blank lines and those
    that start with # or % are passed over. Returns ties read, a code, the line of the mistake, and
    the first and last byte of the field at fault.
    """
    ties = 0
    while at < text.size:
        if columns == 2:
            plain, at, line = plain_ties(text, at, line, delimiter, largest, sources[ties:], targets[ties:])
            ties += plain
        at = skip_blanks(text, at, delimiter)
        if at >= text.size:
            break
        byte = text[at]
        if byte == NEWLINE or byte == HASH or byte == PERCENT:
            at = line_end(text, at) + 1
            line += 1
            continue
        fields = 0
        while fields < columns:
            if at >= text.size or text[at] == NEWLINE:
                return ties, TOO_FEW, line, fields, columns
            first, end, at = next_field(text, at, delimiter)
            if end < first:
                return ties, OPEN_QUOTE, line, first, first
            if end == first:
                return ties, EMPTY_FIELD, line, first, end
            if fields < 2:
                value, code = whole_number(text, first, end)
                if code != OK:
                    return ties, code, line, first, end
                if value > largest or value < -largest:
                    return ties, WIDE, line, first, end
                if fields == 0:
                    sources[ties] = value
                else:
                    targets[ties] = value
            else:
                weight = decimal(text, first, end)
                if not 0.0 <= weight < 3.4e38:
                    return ties, NOT_WEIGHT, line, first, end
                weights[ties] = weight
            fields += 1
        if at < text.size and text[at] != NEWLINE and most:
            return ties, TOO_MANY, line, at, at
        at = line_end(text, at) + 1
        line += 1
        ties += 1
    return ties, OK, line, 0, 0


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
def code_of(text, first, end, table, starts, ends, known):
    """Number of a label by order of first appearance (open addressing, FNV-1a); −1 if it is new."""
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


@kernel
def text_ties(text, at, line, delimiter, columns, most, sources, targets, weights, starts, ends, table):
    """As ``integer_ties``, with labels of any kind: they are numbered by first appearance.

    `starts` and `ends` receive where each label first stands; `table` (−1, a power of two long) is
    scratch. Returns also how many labels there are.
    """
    ties, known = 0, 0
    while at < text.size:
        at = skip_blanks(text, at, delimiter)
        if at >= text.size:
            break
        byte = text[at]
        if byte == NEWLINE or byte == HASH or byte == PERCENT:
            at = line_end(text, at) + 1
            line += 1
            continue
        fields = 0
        while fields < columns:
            if at >= text.size or text[at] == NEWLINE:
                return ties, TOO_FEW, line, fields, columns, known
            first, end, at = next_field(text, at, delimiter)
            if end < first:
                return ties, OPEN_QUOTE, line, first, first, known
            if end == first:
                return ties, EMPTY_FIELD, line, first, end, known
            if fields < 2:
                if end - first > LONGEST_LABEL:
                    return ties, TOO_LONG, line, first, end, known
                code, slot = code_of(text, first, end, table, starts, ends, known)
                if code < 0:
                    code = known
                    table[slot], starts[code], ends[code] = code, first, end
                    known += 1
                if fields == 0:
                    sources[ties] = code
                else:
                    targets[ties] = code
            else:
                weight = decimal(text, first, end)
                if not 0.0 <= weight < 3.4e38:
                    return ties, NOT_WEIGHT, line, first, end, known
                weights[ties] = weight
            fields += 1
        if at < text.size and text[at] != NEWLINE and most:
            return ties, TOO_MANY, line, at, at, known
        at = line_end(text, at) + 1
        line += 1
        ties += 1
    return ties, OK, line, 0, 0, known
