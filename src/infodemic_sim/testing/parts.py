"""What every part must be: frozen, writable, told apart by its digest, and declared."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from infodemic_sim.errors import InfodemicError, NotWritableError
from infodemic_sim.interventions import Capacity, Cost
from infodemic_sim.interventions.function import FunctionIntervention
from infodemic_sim.interventions.hours import WorkingHours
from infodemic_sim.interventions.when import Never
from infodemic_sim.interventions.who import Nobody
from infodemic_sim.params import Part, declarations, is_number
from infodemic_sim.plugins import type_name, without_type

Checked = TypeVar("Checked", bound=Part)

EXAMPLES: tuple[Any, ...] = (
    *(0.5, 0.25, 1.0, 2.0, 7.0, 1, 2, 7, True, False, None, "another", (3,)),
    *(Nobody(), Never(), WorkingHours(), Capacity(total=7), Cost(minutes=7.0, money=7.0)),
    *("fact_checker", "platform", "institution", "provider", "peer"),
)
"""Values of which at least one must suit any parameter of a plug-in, so that it can be varied."""


def frozen(part: Part) -> None:
    """Nothing can be set on it, equal parts are equal, and it can stand in a set."""
    name = next(iter(type(part).model_fields), "anything")
    try:
        setattr(part, name, getattr(part, name, 1))
    except (InfodemicError, ValueError, AttributeError):
        pass
    else:
        raise AssertionError(f"{title(part)} can be changed: keep the frozen configuration of its base.")
    require(part.but() == part, f"{title(part)} differs from a copy of itself.")
    require(hash(part.but()) == hash(part), f"{title(part)} and a copy of itself have different hashes.")


def written_and_read(part: Part) -> None:
    """What ``to_dict`` gives is plain data, names the type, and makes an equal part."""
    data = written(part)
    if data is None:
        return
    again = json.loads(json.dumps(data))
    require(again.get("type") == type_name(type(part)), f"{title(part)} does not write its type.")
    require(
        type(part)(**without_type(again)) == part,
        f"{title(part)} is another one once it was written and read.",
    )


def digest_tells(part: Part) -> None:
    """The digest changes with each parameter, and with nothing else."""
    if written(part) is None:
        return
    require(part.but().digest() == part.digest(), f"{title(part)} and a copy have different digests.")
    for name in type(part).model_fields:
        for other in varied(part, name):
            require(
                other.digest() != part.digest(),
                f"{title(part)}.{name} does not change the digest: let to_dict write it.",
            )


def declared(part: Part) -> None:
    """Class and parameters say what they mean, and each number where it comes from."""
    owner = type(part)
    require(bool((owner.__doc__ or "").strip()), f"{title(part)} has no docstring.")
    for row in declarations(owner):
        where = f"{title(part)}.{row.name}"
        require(bool(row.doc.strip()), f"{where} does not say what it means: declare it with param(doc=…).")
        number = is_number(owner.model_fields[row.name].annotation)
        require(
            bool(row.source) or not number,
            f"{where} has no source: name a reference, or ASSUMED, with param(source=…).",
        )


PART_CHECKS: tuple[Callable[[Any], None], ...] = (frozen, written_and_read, digest_tells, declared)


def require(condition: bool, sentence: str) -> None:
    """Raise AssertionError with one sentence, also where Python runs without its asserts."""
    if not condition:
        raise AssertionError(sentence)


def title(part: Part) -> str:
    """How a part is called in a sentence."""
    return part.key if isinstance(part, FunctionIntervention) else type(part).__name__


def written(part: Part) -> dict[str, Any] | None:
    """The part as plain data; None for a function, which cannot be written down."""
    try:
        return part.to_dict()
    except NotWritableError:
        return None


def varied(part: Checked, name: str) -> Iterator[Checked]:
    """The part with other values of one parameter, as far as examples suit it."""
    for value in EXAMPLES:
        try:
            other = part.but(**{name: value})
        except InfodemicError:
            continue
        if getattr(other, name) != getattr(part, name):
            yield other
