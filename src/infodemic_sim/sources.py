"""The sources that parameters and measures name: ``references.bib``, by key."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

ENTRY = re.compile(r"^@(\w+)\{(\w+),\n(.*?)^\}", re.MULTILINE | re.DOTALL)
FIELD = re.compile(r"^  (\w+)\s*= \{(.*)\},$", re.MULTILINE)


class Source(NamedTuple):
    """One publication."""

    key: str
    authors: str
    year: str
    title: str
    where: str
    doi: str

    def __str__(self) -> str:
        doi = f" https://doi.org/{self.doi}" if self.doi else ""
        where = f" {self.where}." if self.where else ""
        end = "" if self.title.endswith("?") else "."
        return f"{self.authors} ({self.year}). {self.title}{end}{where}{doi}"


@cache
def sources() -> dict[str, Source]:
    """All entries of ``references.bib``, in its order."""
    text = (files("infodemic_sim") / "references.bib").read_text("utf-8")
    return {key: _source(key, dict(FIELD.findall(body))) for _, key, body in ENTRY.findall(text)}


def keys_of(source: str) -> list[str]:
    """The keys that a declared source names: several are joined by "; "."""
    return [key for key in source.split("; ") if key]


def _source(key: str, fields: dict[str, str]) -> Source:
    volume = fields.get("volume", "") + (f"({fields['number']})" if "number" in fields else "")
    parts = [fields.get("journal", ""), volume, fields.get("pages", "").replace("--", "–")]
    where = ", ".join(_clean(part) for part in parts if part)
    authors = _clean(fields["author"]).replace(" and others", " et al.").replace(" and ", "; ")
    return Source(key, authors, fields["year"], _clean(fields["title"]), where, fields.get("doi", ""))


def _clean(text: str) -> str:
    return text.replace("{", "").replace("}", "").replace("\\&", "&")
