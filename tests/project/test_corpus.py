"""Inputs that fuzzing begins with, opened as it opens them: each is read, or refused in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from verification.fuzz.corpora import FOUND, MADE, inputs, keep
from verification.fuzz.doors import doors
from verification.fuzz.text_doors import DOORS

ODD = {
    "nothing": b"",
    "a byte-order mark": b"\xef\xbb\xbf",
    "UTF-16": "a,b\n1,2\n".encode("utf-16"),
    "zero bytes": b"\0" * 100,
    "half a character": b"a,b\n\xed\xa0\x80,1\n",
    "lone CR": b"a,b\r1,2\r",
    "an open quote": b'a,b\n"',
    "markup": b"<script>,</script>\n1,2\n",
    "a large number": b"9" * 5_000,
}


@pytest.mark.parametrize("name", sorted(DOORS))
def test_inputs_of_the_corpus_and_odd_ones(name: str, tmp_path: Path) -> None:
    door = DOORS[name].open(tmp_path)
    kept = list(inputs(name))
    assert kept
    for content in (*kept, *ODD.values()):
        door(content)


def test_every_folder_of_the_corpus_belongs_to_a_door() -> None:
    assert {folder.name for folder in MADE.iterdir()} == set(DOORS)
    assert {archive.stem for archive in FOUND.iterdir()} <= set(doors())


def test_what_is_found_is_kept_once_beside_what_there_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verification.fuzz.corpora.FOUND", tmp_path)
    before = set(inputs("gml"))
    new = tmp_path / "new"
    new.mkdir()
    for content in (b"graph [", b"graph [ ]", min(before)):
        (new / str(len(content))).write_bytes(content)
    keep("gml", new)
    once = (tmp_path / "gml.zip").read_bytes()
    assert set(inputs("gml")) == before | {b"graph [", b"graph [ ]"}
    keep("gml", new)
    assert (tmp_path / "gml.zip").read_bytes() == once
