"""Declare a parameter once: default, bounds, unit, meaning and source.

A thin layer on pydantic. ``Part`` is the base of everything that is configured: frozen, hashable,
comparable, printed as code, and refused with one sentence when something is wrong.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from inspect import get_annotations
from typing import Annotated, Any, NamedTuple, Self, TypeVar, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from infodemic_sim.cards import card
from infodemic_sim.errors import ParameterError
from infodemic_sim.mistakes import error_kind, sentence, short

ASSUMED = "ASSUMED"
"""The source of a number for which no published one exists: it can be counted and swept."""

SYMBOLS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}

T = TypeVar("T")
Several = Annotated[tuple[T, ...], BeforeValidator(lambda v: tuple(v) if isinstance(v, list) else v)]
"""A tuple that may be written as a list, as YAML does."""


def param(
    default: Any = PydanticUndefined,
    *,
    doc: str,
    unit: str = "",
    source: str = ASSUMED,
    ge: float | None = None,
    gt: float | None = None,
    le: float | None = None,
    lt: float | None = None,
    plausible: tuple[float, float] | None = None,
) -> Any:
    """Declare one parameter of a ``Part``.

    Parameters
    ----------
    default : the default; left out, the parameter is required.
    doc : meaning, one sentence for a health officer.
    unit : unit in words, "" for a name or a switch.
    source : a key of ``references.bib``, several keys joined by "; ", or ``ASSUMED``.
    ge, gt, le, lt : bounds.
    plausible : low and high of what the source, or several that disagree, leave open; studies draw from it.
    """
    extra: dict[str, Any] = {"unit": unit, "source": source}
    if plausible is not None:
        extra["plausible"] = list(plausible)
    return Field(default, description=doc, ge=ge, gt=gt, le=le, lt=lt, json_schema_extra=extra)


class Declaration(NamedTuple):
    """One row of the parameter table; ``source`` is "" for what is no number and needs none."""

    owner: str
    name: str
    default: Any
    unit: str
    doc: str
    source: str
    bounds: str = ""
    plausible: tuple[float, float] | None = None


class _OneSentenceErrors(type(BaseModel)):  # type: ignore[misc]
    """Turns pydantic's report into ours, once, where a part is made by a user."""

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if args and cls.__init__ is BaseModel.__init__:  # type: ignore[misc]
            args, kwargs = (), {**_named(cls, args, kwargs), **kwargs}
        try:
            return super().__call__(*args, **kwargs)
        except ValidationError as error:
            raise error_kind(error)(sentence(cls, error)) from None


def _named(part: Any, values: tuple[Any, ...], given: Mapping[str, Any]) -> dict[str, Any]:
    """Values that were given without a name, by their names; refused where it is not plain what they mean."""
    names = _in_order(part)
    if len(values) > len(names):
        rule = f"takes {'only ' + ' and '.join(names) if names else 'nothing'} without a name"
        others = ", ".join(name for name in part.model_fields if name not in names)
        raise ParameterError(
            f"{part.__name__} {rule}, but got {short(values[len(names)])}: say which it is of {others}."
        )
    if twice := [name for name in names[: len(values)] if name in given]:
        raise ParameterError(f"{part.__name__}.{twice[0]} is given twice: leave out one of them.")
    return dict(zip(names, values, strict=False))


def _in_order(part: type[BaseModel]) -> list[str]:
    """The parameters that need no name: those that must be given, if all are the class's own; else its name.

    Others would have to be remembered in their order, which may change.
    """
    own = [name for name in get_annotations(part) if name in part.model_fields]
    required = [name for name, field in part.model_fields.items() if field.is_required()]
    if required:
        return required if set(required) <= set(own) else []
    return [name for name in own[:1] if name == "name" or len(part.model_fields) == 1]


class Part(BaseModel, metaclass=_OneSentenceErrors):
    """Base of everything that is configured: frozen, strict, hashable by content."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        allow_inf_nan=False,
        arbitrary_types_allowed=True,
        validate_default=False,
        defer_build=True,
    )

    def __setattr__(self, name: str, value: Any) -> None:
        try:
            super().__setattr__(name, value)
        except ValidationError:
            kind = type(self).__name__
            raise ParameterError(
                f"a {kind} cannot be changed: make another with {kind.lower()}.but({name}={short(value)})."
            ) from None

    def but(self, **changes: Any) -> Self:
        """A copy with some parameters changed, checked like a new one."""
        values = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self)(**{**values, **changes})

    def to_dict(self) -> dict[str, Any]:
        """Plain data (str, float, list, dict) from which an equal part can be made."""
        values = {name: plain(getattr(self, name)) for name in type(self).model_fields}
        return {**self._type_tag(), **values}

    def _type_tag(self) -> dict[str, str]:
        """Parts that stand for one another (rankings, interventions …) add their ``type``."""
        return {}

    def digest(self) -> str:
        """BLAKE2 digest of the content: equal parts have equal digests, in any process."""
        text = json.dumps(self.to_dict(), sort_keys=True, separators=(",", ":"))
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

    def __repr__(self) -> str:
        fields = type(self).model_fields
        given = (
            f"{name}={value!r}"
            for name in fields
            if (value := getattr(self, name)) != fields[name].get_default(call_default_factory=True)
        )
        return f"{type(self).__name__}({', '.join(given)})"

    __str__ = __repr__

    def _repr_html_(self) -> str:
        """What a notebook shows: every parameter with its value, unit and meaning."""
        told = (declaration(type(self), name) for name in type(self).model_fields)
        rows = [(row.name, short(getattr(self, row.name)), row.unit, row.doc) for row in told]
        return card(type(self).__name__, rows, ("parameter", "value", "unit", "meaning"))


def plain(value: Any) -> Any:
    """Parts, tuples and mappings as plain data; numbers and names as they are."""
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if hasattr(value, "digest"):
        return {"digest": value.digest()}
    if isinstance(value, tuple | list | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    return float(value) + 0.0 if isinstance(value, float) else value  # -0.0 equals 0.0, so it is written so


def declarations(part: type[Part]) -> Iterator[Declaration]:
    """The table of a part's parameters, from which manuals and ``infodemic list`` are printed."""
    for name in part.model_fields:
        yield declaration(part, name)


def declaration(part: type[Part], name: str) -> Declaration:
    """One parameter of a part."""
    field = part.model_fields[name]
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    source = str(extra.get("source", ""))
    return Declaration(
        owner=part.__name__,
        name=name,
        default=field.get_default(call_default_factory=True),
        unit=str(extra.get("unit", "")),
        doc=field.description or "",
        source="" if source == ASSUMED and not is_number(field.annotation) else source,
        plausible=plausible(field),
        bounds=" and ".join(f"{SYMBOLS[rule]} {limit:,}" for rule, limit in bounds(field).items()),
    )


def plausible(field: FieldInfo) -> tuple[float, float] | None:
    """Range that the sources of a default leave open; none: not declared."""
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    found = extra.get("plausible")
    return (float(found[0]), float(found[1])) if isinstance(found, list) else None  # type: ignore[arg-type]


def bounds(field: FieldInfo) -> dict[str, float]:
    """Bounds of a parameter by their names in ``param``."""
    rules = ((rule, item) for item in field.metadata for rule in SYMBOLS if hasattr(item, rule))
    return {rule: getattr(item, rule) for rule, item in rules}


def is_number(annotation: Any) -> bool:
    """Whether a parameter takes numbers, so that its value needs a source."""
    return annotation in (int, float) or any(is_number(inner) for inner in get_args(annotation))
