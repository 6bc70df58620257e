"""Declare a parameter once: default, bounds, unit, meaning and source.

A thin layer on pydantic. ``Part`` is the base of everything that is configured: frozen, hashable,
comparable, printed as code, and refused with one sentence when something is wrong.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, NamedTuple, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticUndefined

from infodemic_sim.errors import InfodemicError, ParameterError, did_you_mean

ASSUMED = "ASSUMED"
"""The source of a number for which no published one exists: it can be counted and swept."""

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
) -> Any:
    """Declare one parameter of a ``Part``.

    Parameters
    ----------
    default : the default; left out, the parameter is required.
    doc : meaning, one sentence for a health officer.
    unit : unit in words, "" for a name or a switch.
    source : a key of ``references.bib``, several keys joined by "; ", or ``ASSUMED``.
    ge, gt, le, lt : bounds.
    """
    extra: dict[str, Any] = {"unit": unit, "source": source}
    return Field(default, description=doc, ge=ge, gt=gt, le=le, lt=lt, json_schema_extra=extra)


class Declaration(NamedTuple):
    """One row of the parameter table."""

    owner: str
    name: str
    default: Any
    unit: str
    doc: str
    source: str


class _OneSentenceErrors(type(BaseModel)):  # type: ignore[misc]
    """Turns pydantic's report into ours, once, where a part is made by a user."""

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().__call__(*args, **kwargs)
        except ValidationError as error:
            raise ParameterError(sentence(cls, error)) from None


class Part(BaseModel, metaclass=_OneSentenceErrors):
    """Base of everything that is configured: frozen, strict, hashable by content."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        allow_inf_nan=False,
        arbitrary_types_allowed=True,
        validate_default=False,
    )

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
    return value


def declarations(part: type[Part]) -> Iterator[Declaration]:
    """The table of a part's parameters, from which manuals and ``infodemic list`` are printed."""
    for name, field in part.model_fields.items():
        extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        default = field.get_default(call_default_factory=True)
        unit, source = str(extra.get("unit", "")), str(extra.get("source", ""))
        yield Declaration(part.__name__, name, default, unit, field.description or "", source)


def sentence(part: type[BaseModel], error: ValidationError) -> str:
    """The first mistake as one sentence, and how many more there are."""
    mistakes = error.errors()
    more = f" ({len(mistakes) - 1} more mistake{'s' * (len(mistakes) > 2)})" if mistakes[1:] else ""
    return mistake_sentence(part, mistakes[0]) + more


def mistake_sentence(part: type[BaseModel], mistake: ErrorDetails) -> str:
    """owner.parameter, the rule with its unit, and what was got."""
    path = ".".join(str(step) for step in mistake["loc"])
    where = f"{part.__name__}.{path}" if path else part.__name__
    got = mistake.get("input")
    if mistake["type"] == "extra_forbidden":
        return f"{where} is not a parameter. {did_you_mean(str(mistake['loc'][-1]), _known(part, mistake))}"
    if mistake["type"] == "missing":
        return f"{where} is required, but was not given."
    if isinstance(cause := mistake.get("ctx", {}).get("error"), InfodemicError):
        return f"{where}: {cause}"
    rule = mistake["msg"].removeprefix("Value error, ").removeprefix("Input ")
    return f"{where} {rule}{_unit_of(part, mistake)}, but got {short(got)}."


def short(value: Any) -> str:
    """A value as it may stand in an error, never a page of it."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _known(part: type[BaseModel], mistake: ErrorDetails) -> list[str]:
    """Names of the parameters of the part in which an unknown one was given."""
    owner: Any = part
    for step in mistake["loc"][:-1]:
        field = getattr(owner, "model_fields", {}).get(step)
        owner = field.annotation if field else owner
    return list(getattr(owner, "model_fields", part.model_fields))


def _unit_of(part: type[BaseModel], mistake: ErrorDetails) -> str:
    field = part.model_fields.get(str(mistake["loc"][0])) if len(mistake["loc"]) == 1 else None
    extra = field.json_schema_extra if field and isinstance(field.json_schema_extra, dict) else {}
    return f" ({extra['unit']})" if extra.get("unit") else ""
