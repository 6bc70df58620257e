"""From a scenario file to a scenario; every mistake is told with file, line and column."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from infodemic_sim.errors import ScenarioFileError, did_you_mean, of_path
from infodemic_sim.mistakes import short
from infodemic_sim.scenario import Scenario
from infodemic_sim.scenario_file.checking import Plans, checked_plans, checked_scenario
from infodemic_sim.scenario_file.paths import with_paths
from infodemic_sim.scenario_file.strict_yaml import Document, Mistake, on_one_line, place_in, read_yaml

LARGEST = 4_000_000
"""Bytes; larger networks belong in a graph file."""
MOST_TOLD = 200
"""Mistakes that are listed one by one."""


@dataclass(frozen=True)
class ScenarioFile:
    """What a scenario file holds.

    Parameters
    ----------
    scenario : with all its interventions.
    plans : names of plans and the keys of the interventions in each; None if the file names none.
    """

    scenario: Scenario
    plans: Plans | None = None


def read_scenario(path: str | os.PathLike[str]) -> ScenarioFile:
    """Read a scenario file, or a bundled scenario by its name, such as ``demo``.

    Paths of graph files are taken from the folder of the scenario file.

    Raises
    ------
    ScenarioFileError
        If the file cannot be read or anything in it is wrong; it tells every mistake with its place.
    """
    of_path("path", path)
    file = bundled(path) or Path(path)
    shown = os.fspath(path)
    document = read_document(file, shown)
    fields = with_paths(document.data, lambda path: os.path.normpath(file.parent / path))
    scenario = checked_scenario(document, fields)
    plans = checked_plans(document, scenario)
    if document.mistakes or scenario is None:
        raise refusal(shown, document.mistakes)
    return ScenarioFile(scenario, plans)


def read_document(file: Path, shown: str, what: str = "a scenario") -> Document:
    """A list of name: value from a file, with the place of each.

    Parameters
    ----------
    shown : the name of the file in errors. what : that it should hold.

    Raises
    ------
    ScenarioFileError
        If there is no such file, or it holds something else.
    """
    document = read_yaml(_text(file, shown))
    if document.mistakes and document.data is None:
        raise refusal(shown, document.mistakes)
    if not isinstance(document.data, dict):
        found = "is empty" if document.data is None else f"holds {short(document.data)}"
        raise ScenarioFileError(f"{shown}: {what} is a list of name: value, but this file {found}.")
    return document


def bundled(name: str | os.PathLike[str]) -> Path | None:
    """The file of a bundled scenario; None if there is none of that name."""
    return bundled_scenarios().get(os.fspath(name))


def bundled_scenarios() -> dict[str, Path]:
    """Scenarios that come with the package, by name."""
    folder = Path(str(files("infodemic_sim"))) / "catalog"
    return {file.stem: file for file in sorted(folder.glob("*.yaml"))}


def _text(file: Path, shown: str) -> str:
    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise ScenarioFileError(f"{shown}: there is no such file. {_near(file)}") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ScenarioFileError(f"{shown}: the file cannot be read ({reason}).") from None
    if len(content) > LARGEST:
        rule = f"may have {LARGEST:,} bytes at most: keep a large network in a graph file"
        raise ScenarioFileError(f"{shown}: a scenario file {rule}.")
    return _decoded(content, shown)


def _near(file: Path) -> str:
    names = [entry.name for entry in file.parent.glob("*.y*ml")] if file.parent.is_dir() else []
    return did_you_mean(file.name, [*names[:200], *bundled_scenarios()])


def _decoded(content: bytes, shown: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "replace")
        place = place_in(before, len(before))
        sentence = "this is not UTF-8: save the file as UTF-8."
        raise refusal(shown, [Mistake(place, sentence)]) from None


def refusal(shown: str, mistakes: list[Mistake]) -> ScenarioFileError:
    """All mistakes, one per line; if there are several, after a summary."""
    places = sorted({(place, on_one_line(said)) for place, said in mistakes})
    lines = [f"{shown}:{place.line}:{place.column}: {said}" for place, said in places]
    told = lines[:MOST_TOLD] + [f"… and {len(lines) - MOST_TOLD} more."] * (len(lines) > MOST_TOLD)
    summary = [f"{shown}: {len(lines)} mistakes."] * (len(lines) > 1)
    return ScenarioFileError("\n".join(summary + told))
