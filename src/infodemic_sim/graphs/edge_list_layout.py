"""How the lines of an edge list are laid out, guessed from the first two of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from infodemic_sim.errors import GraphFileError
from infodemic_sim.graphs.raw import refused

LabelKind = Literal["auto", "integer", "text"]
NAMED = {"tab": "\t", "comma": ",", "semicolon": ";", "space": " "}


@dataclass(frozen=True)
class Layout:
    """Where data begins (byte, line), delimiter, columns read and whether nothing may follow them, labels.

    padded : whether whole numbers may have zeros in front.
    """

    start: int
    line: int
    delimiter: str
    columns: int
    strict: bool
    integers: bool
    header: str = ""
    padded: bool = False


def header_notes(layout: Layout, header: bool | None) -> tuple[str, ...]:
    """What was assumed about the first line; between names, a header can look like a tie."""
    if layout.header:
        return (f"Line {layout.line - 1} was taken for a header.",)
    if header is None and not layout.integers:
        return (f"Line {layout.line} was taken for a tie: say header=True if it names columns.",)
    return ()


def laid_out(
    path: Path,
    content: bytes,
    delimiter: str | None,
    header: bool | None,
    weights: bool | None,
    labels: LabelKind,
) -> Layout:
    """Find delimiter, header, weights and kind of labels from the first two lines of data."""
    lines = first_lines(path, content)
    if not lines:
        raise refused(path, "the file holds no ties, only blank lines or comments.")
    between = NAMED.get(delimiter or "", delimiter) or _found_delimiter(path, *lines[-1][1:])
    if len(between) != 1 or not between.isascii() or between in '\n\r"#%0123456789':
        raise GraphFileError(f"read_graph: delimiter must be one character, but got {delimiter!r}.")
    rows = [decimal_points(fields_of(text, between), between) for _, _, text in lines]
    headed = is_header(rows, labels) if header is None else header
    if headed and len(lines) == 1:
        raise refused(path, "the file holds a header, but no ties.", lines[0][1])
    start, line, _ = lines[int(headed)]
    first = rows[int(headed)]
    integers = labels == "integer" or (labels == "auto" and all(map(is_whole, first[:2])))
    columns, strict = columns_read(path, line, len(first), weights)
    title = lines[0][2] if headed else ""
    return Layout(start, line, between, columns, strict, integers, title, padded=labels == "integer")


def first_lines(path: Path, content: bytes) -> list[tuple[int, int, str]]:
    """Start, number and text of the first two lines that are neither blank nor comments."""
    found: list[tuple[int, int, str]] = []
    start, number = 0, 1
    while start < len(content) and len(found) < 2:
        end = content.find(b"\n", start)
        end = len(content) if end < 0 else end
        line = content[start : min(end, start + 10_000)].strip(b" \t\r")
        if line and line[:1] not in b"#%":
            found.append((start, number, line.decode("utf-8", "replace")))
        start, number = end + 1, number + 1
    return found


def guessed_delimiter(line: str) -> str:
    """A tab, or the more frequent of semicolon and comma, if one stands in the line; else any white space."""
    bare = unquoted(line)
    if "\t" in bare or not any(mark in bare for mark in ";,"):
        return "\t" if "\t" in bare else " "
    return max(";,", key=bare.count)


def unquoted(line: str) -> str:
    """The line without what stands between quotes."""
    return re.sub(r'"[^"]*"', '""', line)


def _found_delimiter(path: Path, number: int, line: str) -> str:
    """The delimiter of a line of ties, if it can be told."""
    mark, bare = guessed_delimiter(line), unquoted(line)
    fields = fields_of(line, mark)
    decimal = all(is_number(field.replace(",", ".")) for field in fields if "," in field)
    if ";" in bare and "," in bare and not (mark == ";" and decimal):
        raise refused(path, "semicolons and commas stand in it: say which is the delimiter.", number)
    if mark == "," and re.fullmatch(r"\S+ +\S+ +[+-]?\d*,\d+", bare):
        raise refused(path, "the comma may be a decimal one: write a point, or say delimiter=','.", number)
    if mark == " " and "|" in bare and (len(fields) == 1 or "|" in fields):
        raise refused(path, "a bar stands between its columns: say delimiter='|'.", number)
    if mark == " " and len(fields) > 2 and re.fullmatch(r"[-=]+>?", fields[1]):
        raise refused(path, f"{fields[1][:30]!r} stands between two people: take it out.", number)
    if any(sign in line for sign in ",;") and re.fullmatch(r"[\[(][^\[\]()]*[\])],?", line):
        raise refused(path, "brackets stand around the tie: take them out.", number)
    return mark


def decimal_points(row: list[str], delimiter: str) -> list[str]:
    """Fields with points in the numbers after the labels: between semicolons, commas are decimal ones."""
    return [*row[:2], *(text.replace(",", ".") for text in row[2:])] if delimiter == ";" else row


def fields_of(line: str, delimiter: str) -> list[str]:
    """The fields of a line, for looking at; the kernels read the file itself."""
    quoted = (
        r'"[^"]*"|[^ \t\r]+'
        if delimiter == " "
        else rf'\s*"[^"]*"\s*(?={re.escape(delimiter)}|$)|[^{re.escape(delimiter)}]+'
    )
    return [part.strip().strip('"') for part in re.findall(quoted, line)]


def is_header(rows: list[list[str]], labels: LabelKind) -> bool:
    """Whether the first line names columns: words above whole numbers, or a word above a weight."""
    if any(map(is_number, [*rows[0][:3], *re.split(r"[\s,;]+", rows[0][0])[:2]] if rows[0] else [])):
        return False  # also where the numbers stand apart in another way than on the next line
    if len(rows) == 1:
        return is_title(rows[0])
    if all(map(is_whole, rows[1][:2])) and labels != "text":
        return True
    return (len(rows[0]) > 2 and len(rows[1]) > 2 and is_number(rows[1][2])) or is_title(rows[0])


def is_title(row: list[str]) -> bool:
    """Whether the first two words are usual names of columns."""
    pairs = [
        "source target",
        "from to",
        "follower followee",
        "src dst",
        "node1 node2",
        "id1 id2",
        "node_1 node_2",
    ]
    return " ".join(row[:2]).lower() in [*pairs, "id_1 id_2", "source_id target_id", "follower followed"]


def is_whole(text: str) -> bool:
    """A whole number, as the kernel reads it."""
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit()


def is_number(text: str) -> bool:
    """Anything that Python takes for a number, written without underscores."""
    try:
        float(text)
    except ValueError:
        return False
    return "_" not in text


def columns_read(path: Path, line: int, found: int, weights: bool | None) -> tuple[int, bool]:
    """How many columns to read, and whether a line may hold no more."""
    if weights is not None:
        return (3, False) if weights else (2, False)
    if found > 3:
        remedy = (
            "say weights=True to read the third as weight or weights=False to leave it, and ignore the rest."
        )
        raise refused(path, f"{found} columns where 2 or 3 were expected; {remedy}", line)
    return max(found, 2), True
