"""Check what a file says against the declared parameters; mistakes are added to the document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import ValidationError

from infodemic_sim.errors import InfodemicError, did_you_mean
from infodemic_sim.mistakes import rest_of_sentence, short
from infodemic_sim.params import Part
from infodemic_sim.scenario import Scenario
from infodemic_sim.scenario_file.strict_yaml import Document, Mistake, Path

Plans = dict[str, tuple[str, ...]]
P = TypeVar("P", bound=Part)


def checked_scenario(document: Document, fields: dict[str, Any]) -> Scenario | None:
    """The scenario; None, and every mistake noted, if it is none."""
    mine = {name: value for name, value in fields.items() if name != "plans"}
    return checked(document, Scenario, mine, beside=("plans",))


def checked(
    document: Document, part: type[P], fields: dict[str, Any], beside: tuple[str, ...] = ()
) -> P | None:
    """The part that a document describes; None, and every mistake noted, if it is none.

    Parameters
    ----------
    beside : names that may stand beside the part's own.
    """
    try:
        return part.model_validate(fields)
    except ValidationError as error:
        document.mistakes += _told(document, error, part, beside)
    except InfodemicError as error:  # a rule without a lever that an intervention needs
        document.mistakes.append(Mistake(document.place(("interventions",), name=True), str(error)))
    return None


def checked_plans(document: Document, scenario: Scenario | None) -> Plans | None:
    """Named plans, if there are any; the keys in each are checked if the scenario is known."""
    plans = document.data.get("plans")
    keys = [part.key for part in scenario.interventions] if scenario else None
    if plans is None:
        return None
    if not isinstance(plans, dict):
        _blame(document, ("plans",), f" should be a list of name: [interventions], but got {short(plans)}.")
        return None
    if not plans:
        _blame(document, ("plans",), " must hold at least one plan, the baseline.")
    return {name: _plan(document, name, names, keys) for name, names in plans.items()}


def _told(
    document: Document, error: ValidationError, part: type[Part], beside: tuple[str, ...]
) -> Iterator[Mistake]:
    for mistake in error.errors():
        kind = mistake.get("ctx", {}).get("kind", mistake["type"])
        path = _real(document.data, mistake["loc"], kind)
        rest = rest_of_sentence(part, {**mistake, "loc": path})
        if kind == "extra_forbidden" and len(path) == 1:
            rest = f" is not a parameter. {did_you_mean(str(path[0]), [*part.model_fields, *beside])}"
        if not document.is_spoilt(path):
            owner = ".".join(map(str, path)) or part.__name__
            known = _said_first(document.data, path, rest)
            at_name = bool(known) or kind == "extra_forbidden"
            yield Mistake(document.place(known or path, name=at_name), owner + rest)


def _said_first(data: Any, path: Path, rest: str) -> Path:
    """Where the file gives the parameter that a mistake about all of a part begins with; (): nowhere."""
    for step in path:
        data = data.get(step) if isinstance(data, dict) else data[step]
    word = rest.removeprefix(":").split(maxsplit=1)[0]
    return (*path, word) if isinstance(data, dict) and word in data else ()


def _real(data: Any, steps: tuple[str | int, ...], kind: str) -> Path:
    """The steps that lead through the data, without pydantic's names of the members of a union."""
    path: list[str | int] = []
    for place, step in enumerate(steps):
        if (isinstance(data, dict) and step in data) or (isinstance(data, list) and isinstance(step, int)):
            data = data[step]  # type: ignore[index]
            path.append(step)
        elif kind == "missing" and place == len(steps) - 1:
            path.append(step)
    return tuple(path)


def _plan(document: Document, plan: str, names: Any, known: list[str] | None) -> tuple[str, ...]:
    if not isinstance(names, list):
        _blame(document, ("plans", plan), f" should be a list of interventions, but got {short(names)}.")
        return ()
    for place, name in enumerate(names):
        path = ("plans", plan, place)
        if not isinstance(name, str):
            _blame(document, path, f" should be the name of an intervention, but got {short(name)}.")
        elif known is not None and name not in known:
            _blame(document, path, f": '{name}' is not an intervention here. {did_you_mean(name, known)}")
        elif name in names[:place]:
            _blame(document, path, f": '{name}' is in this plan twice.")
    return tuple(names)


def _blame(document: Document, path: Path, rest: str) -> None:
    if not document.is_spoilt(path):
        document.mistakes.append(Mistake(document.place(path), ".".join(map(str, path)) + rest))
