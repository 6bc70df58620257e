"""Mistakes in parameters, told in one sentence: owner.parameter, the rule with its unit, what was got."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

from infodemic_sim.errors import InfodemicError, ParameterError, did_you_mean

T = TypeVar("T", bound=BaseModel)

PLAIN_RULES = {
    "bool_type": "should be true or false",
    "dict_type": "should be a list of name: value",
    "float_type": "should be a number",
    "int_type": "should be a whole number",
    "list_type": "should be a list",
    "model_type": "should be a list of name: value",
    "string_type": "should be text",
    "tuple_type": "should be a list",
}
"""Rules in words that need no knowledge of pydantic, by its name of the mistake."""


def made(part: type[T], fields: Mapping[str, Any]) -> T:
    """A part from plain data, for use inside a validator: every mistake keeps its path and its sentence."""
    try:
        if part.__init__ is not BaseModel.__init__:  # which would tell of the first mistake alone
            part.__pydantic_validator__.validate_python(fields, self_instance=part.__new__(part))
        return part.model_validate(fields)
    except ValidationError as error:
        told = [_told(part, mistake) for mistake in error.errors()]
        raise ValidationError.from_exception_data(part.__name__, told) from None


def refused(path: tuple[str | int, ...], error: InfodemicError) -> ValidationError:
    """One of our errors about a value at a path, for use inside a validator."""
    context = {"rest": f": {error}", "kind": "value_error", "error": error}
    line = InitErrorDetails(type=PydanticCustomError("told", "{rest}", context), loc=path, input=None)
    return ValidationError.from_exception_data("", [line])


@contextmanager
def refused_at(*path: str | int) -> Iterator[None]:
    """Tell what the block refuses as a mistake at a path, for use inside a validator."""
    try:
        yield
    except InfodemicError as error:
        raise refused(path, error) from None


def under(field: str, error: ValidationError) -> ValidationError:
    """One of our errors that a part has told of itself, seen from what holds the part."""
    mistake = error.errors()[0]
    return refused((field, *mistake["loc"]), mistake["ctx"]["error"])


def sentence(part: type[BaseModel], error: ValidationError) -> str:
    """The first mistake as one sentence, and how many more there are."""
    mistakes = error.errors()
    more = f" ({len(mistakes) - 1} more mistake{'s' * (len(mistakes) > 2)})" if mistakes[1:] else ""
    return mistake_sentence(part, mistakes[0]) + more


def mistake_sentence(part: type[BaseModel], mistake: ErrorDetails) -> str:
    """owner.parameter, the rule with its unit, and what was got."""
    return ".".join([part.__name__, *map(str, mistake["loc"])]) + rest_of_sentence(part, mistake)


def rest_of_sentence(part: type[BaseModel], mistake: ErrorDetails) -> str:
    """The sentence after owner.parameter."""
    context = mistake.get("ctx", {})
    if mistake["type"] == "told":
        return str(context["rest"])
    if mistake["type"] == "extra_forbidden":
        names = owner_at(part, mistake["loc"]).model_fields
        return f" is not a parameter. {did_you_mean(str(mistake['loc'][-1]), names)}"
    if mistake["type"] == "missing":
        return " is required, but was not given."
    if mistake["type"] == "value_error":
        cause = context.get("error")
        return f": {cause}" if isinstance(cause, InfodemicError) else f" {cause}."
    rule = PLAIN_RULES.get(mistake["type"], mistake["msg"].removeprefix("Input "))
    return f" {rule}{_unit_of(part, mistake)}, but got {short(mistake.get('input'))}."


def short(value: Any) -> str:
    """A value as it may stand in an error, never a page of it."""
    if isinstance(value, int) and abs(value) >= 10**60:
        return f"a number of {value.bit_length() * 3 // 10} digits or more"
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def owner_at(part: type[BaseModel], path: Sequence[str | int]) -> type[BaseModel]:
    """The class of the part in which the last step of a path stands."""
    for step in path[:-1]:
        field = part.model_fields.get(step) if isinstance(step, str) else None
        part = next(parts_in(field.annotation), part) if field else part
    return part


def parts_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Classes of parts that an annotation speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from parts_in(inner)


def _unit_of(part: type[BaseModel], mistake: ErrorDetails) -> str:
    names = [step for step in mistake["loc"] if isinstance(step, str)]
    field = owner_at(part, names).model_fields.get(names[-1]) if names else None
    extra = field.json_schema_extra if field and isinstance(field.json_schema_extra, dict) else {}
    return f" ({extra['unit']})" if extra.get("unit") else ""


def _told(part: type[BaseModel], mistake: ErrorDetails) -> InitErrorDetails:
    """A mistake whose sentence is settled, so that whatever holds the part need not know its class."""
    context = mistake.get("ctx", {})
    kind = context.get("kind", mistake["type"])
    settled = {"rest": rest_of_sentence(part, mistake), "kind": kind, "error": context.get("error")}
    told = PydanticCustomError("told", "{rest}", settled)
    return InitErrorDetails(type=told, loc=mistake["loc"], input=mistake.get("input"))


def error_kind(error: ValidationError) -> type[InfodemicError]:
    """The kind of our error that a sole mistake was raised as; otherwise a parameter's."""
    first, *more = error.errors()
    cause = first.get("ctx", {}).get("error")
    return type(cause) if isinstance(cause, InfodemicError) and not more else ParameterError
