"""What is given to others: licences, citation, what archives must hold. `dev.py package` runs it all."""

from __future__ import annotations

import tomllib
import zipfile

import pytest
import yaml

import dev
from release import building, legal
from release.__main__ import arguments, asked_for
from release.extras import USES

PROJECT = tomllib.loads((dev.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
ABOUT = ("LICENSE", "NOTICE.md")
OURS = [f"infodemic_sim/{path.relative_to(building.PACKAGE).as_posix()}" for path in
        building.files_of(building.PACKAGE)]  # fmt: skip


def archives(folder, names):
    """A wheel and a source archive that hold these names, and the licences."""
    wheel, archive = folder / "made.whl", folder / "source.whl"
    with zipfile.ZipFile(wheel, "w") as made, zipfile.ZipFile(archive, "w") as sources:
        for name in names:
            made.writestr(name, "")
            sources.writestr(f"src/{name}", "")
        for name in ABOUT:
            made.writestr(f"made.dist-info/licenses/{name}", "")
    return archive, wheel


def test_what_is_complete_is_let_through(tmp_path):
    told = building.looked_into(*archives(tmp_path, OURS))
    assert told.startswith(f"made.whl: {len(OURS) + 2} files")


@pytest.mark.parametrize(
    ("names", "why"),
    [
        ([*OURS, "tests/test_more.py"], "should not hold tests/test_more.py"),
        ([name for name in OURS if not name.endswith("py.typed")], "lacks infodemic_sim/py.typed"),
        (
            [name for name in OURS if not name.endswith("page.js")],
            "lacks infodemic_sim/dashboard/page/page.js",
        ),
    ],
    ids=["more", "no types", "no page"],
)
def test_what_is_not_is_refused(names, why, tmp_path):
    with pytest.raises(SystemExit, match=why):
        building.looked_into(*archives(tmp_path, names))


def test_a_wheel_without_licence_or_too_large_is_refused(tmp_path, monkeypatch):
    archive, wheel = archives(tmp_path, OURS)
    monkeypatch.setattr(building, "LARGEST", 100)
    with pytest.raises(SystemExit, match="bytes; 100 are the most"):
        building.looked_into(archive, wheel)
    monkeypatch.setattr(building, "LEGAL", {"LICENSE", "PATENTS"})
    with pytest.raises(SystemExit, match="lacks the licence PATENTS"):
        building.looked_into(archive, wheel)


def test_the_copy_that_is_built_again_is_the_project(tmp_path):
    copy = building.copied(tmp_path / "copy")
    for name in ("pyproject.toml", "src/infodemic_sim/py.typed"):
        assert (copy / name).read_bytes() == (dev.ROOT / name).read_bytes()
    assert not (copy / ".venv").exists()


def test_each_extra_has_a_use():
    assert set(USES) == set(PROJECT["optional-dependencies"])
    for use in USES.values():
        compile(use, "use", "exec")


def test_third_parties_are_those_of_the_lock(monkeypatch, tmp_path):
    legal.check()
    rows = legal.NOTICE.read_text("utf-8").splitlines()
    (tmp_path / "NOTICE.md").write_text("\n".join(row for row in rows if "| numpy |" not in row), "utf-8")
    monkeypatch.setattr(legal, "NOTICE", tmp_path / "NOTICE.md")
    with pytest.raises(SystemExit, match="differ in numpy: run"):
        legal.check()


def test_what_is_asked_for_is_always_needed():
    names = {line.split(">")[0].lower() for line in asked_for()}
    assert {name for name, use in legal.needed().items() if use == "always"} >= names


def test_quick_is_said_so():
    assert arguments(["--quick"]).quick
    assert arguments(["--extras", "pdf"]).extras == ["pdf"]
    with pytest.raises(SystemExit):
        arguments(["--extras", "nonsense"])


def test_citation_holds_what_its_format_asks_for():
    """Citation File Format 1.2.0; `dev.py package` validates it in full where the validator can be had."""
    said = yaml.safe_load((dev.ROOT / "CITATION.cff").read_text("utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(said)
    assert (said["cff-version"], said["type"], said["version"]) == ("1.2.0", "software", PROJECT["version"])
    assert all(set(author) & {"name", "family-names"} for author in said["authors"])


def test_an_audit_that_cannot_ask_is_told_from_a_weakness(monkeypatch):
    def ended(code, out="", err=""):
        done = type("Done", (), {"returncode": code, "stdout": out, "stderr": err})
        monkeypatch.setattr(legal.subprocess, "run", lambda *words, **named: done)

    ended(0)
    assert legal.audited() == "no known weakness in the locked versions"
    ended(2, err="warning: new\nerror: Request failed\n")
    assert legal.audited() == "known weaknesses were not looked up (Request failed)"
    ended(1, out="Found 1 known vulnerability\n")
    with pytest.raises(SystemExit, match="known weaknesses"):
        legal.audited()
