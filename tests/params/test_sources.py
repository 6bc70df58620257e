"""Every number has a source that can be looked up, or the word ASSUMED."""

import re
import unicodedata
from pathlib import Path

import infodemic_sim
from infodemic_sim.cli.listing import source_rows
from infodemic_sim.codebook import CODEBOOK, OURS
from infodemic_sim.params import ASSUMED, declarations, is_number
from infodemic_sim.platforms.presets import PRESETS, declarations_of
from infodemic_sim.scenario_file import bundled_scenarios
from infodemic_sim.scenario_file.kinds import all_parts
from infodemic_sim.sources import keys_of, sources

PACKAGE = Path(infodemic_sim.__file__).parent
KEY = re.compile(r"\[([A-Z][A-Za-z]+[0-9]{4})\]")
WITHOUT_DOI = {"Auxier2021", "ErdosRenyi1959", "HegselmannKrause2002", "Holm1979", "WhatsApp2020"}
DECLARED = [row for part in all_parts() for row in declarations(part)]
DECLARED += [row for name in PRESETS for row in declarations_of(name)]


def test_every_source_of_a_parameter_is_in_the_references():
    named = {key for row in DECLARED for key in keys_of(row.source)}
    assert named - {ASSUMED} <= set(sources())


def test_every_source_of_a_measure_is_in_the_references():
    assert {key for measure in CODEBOOK for key in keys_of(measure.source)} - {OURS} <= set(sources())


def test_every_key_in_the_text_is_in_the_references():
    files = [*PACKAGE.rglob("*.py"), *bundled_scenarios().values()]
    named = {key for file in files for key in KEY.findall(file.read_text("utf-8"))}
    assert named <= set(sources())


def test_assumptions_are_counted():
    assumed = [row for row in DECLARED if row.source == ASSUMED]
    told = {row["key"]: row["used by"] for row in source_rows()}
    assert told[ASSUMED] == len(assumed) > 50
    assert all(count > 0 or key in IN_TEXT_ONLY for key, count in told.items())


IN_TEXT_ONLY = {
    key for file in PACKAGE.rglob("*") if file.suffix in (".py", ".yaml")
    for key in KEY.findall(file.read_text("utf-8"))
} | {"Chinn2000"}  # fmt: skip


def test_every_number_has_a_source_or_is_assumed():
    for part in all_parts():
        for row in declarations(part):
            assert bool(row.source) >= is_number(part.model_fields[row.name].annotation)


def test_references_are_whole():
    text = (PACKAGE / "references.bib").read_text("utf-8")
    assert len(sources()) == text.count("\n@")
    assert list(sources()) == sorted(sources())
    for key, source in sources().items():
        assert source.authors, key
        assert source.title, key
        assert source.year == key[-4:]
        assert key.startswith(in_ascii(source.authors.split(",")[0])[:4])
        assert re.fullmatch(r"10\.\d{4,}/\S+", source.doi) or key in WITHOUT_DOI


def in_ascii(name: str) -> str:
    letters = unicodedata.normalize("NFD", name.replace("-", "").replace(" ", ""))
    return letters.encode("ascii", "ignore").decode()
