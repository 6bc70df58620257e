"""JSON Schema of files, so that editors complete names and show meaning, unit and source."""

from __future__ import annotations

from collections.abc import Iterable
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from infodemic_sim import plugins
from infodemic_sim.mistakes import parts_in
from infodemic_sim.params import Part, bounds, declaration, plain
from infodemic_sim.platforms import Platform
from infodemic_sim.platforms.presets import PRESETS
from infodemic_sim.plugins import type_name
from infodemic_sim.scenario import Scenario
from infodemic_sim.scenario_file.kinds import KINDS, Kind, all_parts, kind_in

DIALECT = "https://json-schema.org/draft/2020-12/schema"
BASIC = {float: "number", int: "integer", bool: "boolean", str: "string", type(None): "null"}
RULES = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}
PLANS = {
    "description": "Plans that are compared, by name: the keys of the interventions in each.",
    "type": ["object", "null"],
    "additionalProperties": {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
}
NAMED = {"description": "Name of a bundled scenario, or path of a scenario file.", "type": "string"}
PRESET = {"description": "Preset that it starts from; other parameters change it.", "enum": list(PRESETS)}


def schema(root: type[Part] = Scenario, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """JSON Schema (2020-12) of scenario files; the parts of each kind are told apart by ``type``.

    Parts that installed packages offer are in it, as far as they are installed now.

    Parameters
    ----------
    root : what the file describes: a scenario, or what asks something of one, such as a study.
    optional : parameters that a file may leave out although they are required, since a command gives them.
    """
    kinds = (*KINDS, *_further_kinds(root))
    others = {(kind, name): part for kind in kinds for name, part in kind.of_others().items()}
    own = [part for part in all_parts(root, *others.values()) if part not in others.values()]
    parts = {part.__name__: _part(part, optional=optional if part is root else ()) for part in own}
    parts |= {_key(kind, name): _part(part, name) for (kind, name), part in others.items()}
    top = parts.pop(root.__name__)
    if root is Scenario:
        top["properties"]["plans"] = PLANS
    title = f"{root.__name__} of infodemic-sim"
    return {"$schema": DIALECT, "title": title, **top, "$defs": {**parts, **_choices(kinds)}}


def _further_kinds(root: type[Part]) -> list[Kind]:
    """Kinds of parts that no scenario holds."""
    found = (kind_in(field.annotation) for field in root.model_fields.values())
    return [kind for kind in found if kind and kind not in KINDS]


def _choices(kinds: Iterable[Kind]) -> dict[str, Any]:
    return {kind.name: _kind(kind) for kind in kinds}


def _key(kind: Kind, name: str) -> str:
    """Where a part of others stands, whose class may be called like one of ours."""
    return f"{kind.name}.{name}"


def _part(part: type[Part], of_others: str = "", optional: tuple[str, ...] = ()) -> dict[str, Any]:
    properties = {name: _parameter(part, name) for name in part.model_fields}
    required = [name for name in _needed(part) if name not in optional]
    if part is Platform:
        properties = {"preset": PRESET, **properties}
    if of_others or tagged(part):
        properties = {"type": {"const": of_others or type_name(part)}, **properties}
        required = ["type", *required]
    doc = (part.__doc__ or "").strip().split("\n")[0]
    found = {"description": doc, "type": "object", "properties": properties, "additionalProperties": False}
    return {**found, "required": required} if required else found


def tagged(part: type[Part]) -> bool:
    """Whether parts of this class are told apart by ``type``."""
    return any(part in built_in() for built_in, _ in plugins.KINDS.values())


def _kind(kind: Kind) -> dict[str, Any]:
    """One of the parts, or the name of one that needs no parameters."""
    others = kind.of_others()
    bare = [name for name, part in (kind.by_type() | others).items() if not _needed(part)]
    choices: list[dict[str, Any]] = [_reference(part) for part in kind.built_in]
    choices += [{"$ref": f"#/$defs/{_key(kind, name)}"} for name in others]
    if kind.name == "graphs":
        choices.append({"type": "string", "description": "Path of a graph file."})
    return {"oneOf": [*choices, {"enum": bare}] if bare else choices}


def _needed(part: type[Part]) -> list[str]:
    return [name for name, field in part.model_fields.items() if field.is_required()]


def _reference(part: type[Part]) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{part.__name__}"}


def _parameter(part: type[Part], name: str) -> dict[str, Any]:
    field, row = part.model_fields[name], declaration(part, name)
    facts = {"description": row.doc, "unit": row.unit, "source": row.source}
    found = {**_type(field.annotation, field), **{key: fact for key, fact in facts.items() if fact}}
    return found if field.is_required() else {**found, "default": plain(row.default)}


def _type(annotation: Any, field: FieldInfo) -> dict[str, Any]:
    """What a value of this annotation looks like."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _type(inner[0], field)
    if origin in (Union, UnionType):
        choices = _unique([_type(choice, field) for choice in inner])
        return {"anyOf": choices} if choices[1:] else choices[0]
    if origin is tuple:
        return {"type": "array", "items": _type(inner[0], field)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _type(inner[1], field)}
    if origin is Literal:
        return {"enum": list(inner)}
    if annotation in BASIC:
        return {"type": BASIC[annotation], **_bounds(annotation, field)}
    return _held(annotation)


def _held(annotation: Any) -> dict[str, Any]:
    """A part, one of a kind, a platform by the name of its preset, or a scenario by name or file."""
    if Scenario in parts_in(annotation):
        return {"anyOf": [_reference(Scenario), NAMED]}
    if kind := kind_in(annotation):
        return {"$ref": f"#/$defs/{kind.name}"}
    if Platform in parts_in(annotation):
        return {"anyOf": [_reference(Platform), {"enum": list(PRESETS)}]}
    return next((_reference(part) for part in parts_in(annotation) if issubclass(part, Part)), {})


def _bounds(annotation: type, field: FieldInfo) -> dict[str, float]:
    if annotation not in (int, float):
        return {}
    return {RULES[rule]: limit for rule, limit in bounds(field).items()}


def _unique(choices: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """SocialGraph | GraphSource, each of which is the same choice in a file."""
    return [choice for place, choice in enumerate(choices) if choice and choice not in choices[:place]]
