"""Pages of the public names, one for each part of the package, from its own lists of them."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from importlib import import_module
from types import ModuleType

import infodemic_sim as ids

HEAD = """# Public names

All names that `import infodemic_sim as ids` offers, by the part of the package they come from. The parameters
of parts stand in [parts and parameters](../parts.md) and in [rules of spread](../rules.md).

| part | names |
|---|---|
"""
MODULES = ("plots", "theory", "testing", "report", "graphs", "calibration")
"""Modules that are public by themselves, with the names that each lists."""
Entries = list[tuple[str, object]]
"""Names with their paths, such as ``infodemic_sim.plots.forest``, and what they stand for."""


def pages() -> dict[str, str]:
    """Texts of the pages by name; "index" leads to the others."""
    found = parts()
    rows = [f"| [{part}]({part}.md) | {named(entries)} |\n" for part, entries in sorted(found.items())]
    texts = {part: page(part, entries) for part, entries in found.items()}
    return {"index": HEAD + "".join(rows), **texts}


def parts() -> dict[str, Entries]:
    """Public names by the first step of where they are, then those that only modules offer."""
    found: dict[str, Entries] = {}
    for path, thing in listed(ids, ids.__all__):
        if not isinstance(thing, ModuleType):
            home = getattr(thing, "__module__", "infodemic_sim.params").split(".")[1]
            found.setdefault(home, []).append((path, thing))
    for name in MODULES:
        module = import_module(f"infodemic_sim.{name}")
        found.setdefault(name, []).extend(listed(module, set(module.__all__) - set(ids.__all__)))
    return found


def listed(module: ModuleType, names: Iterable[str]) -> Entries:
    return [(f"{module.__name__}.{name}", getattr(module, name)) for name in sorted(names)]


def named(entries: Entries) -> str:
    return ", ".join(f"`{path.removeprefix('infodemic_sim.')}`" for path, _ in entries)


def page(part: str, entries: Entries) -> str:
    """One page."""
    return "\n".join([f"# {part}\n", *(block(path, thing) for path, thing in entries)])


def block(path: str, thing: object) -> str:
    """What Sphinx makes an entry from."""
    kind = "class" if inspect.isclass(thing) else "function" if callable(thing) else "data"
    members = "   :members:\n   :exclude-members: model_config\n" if kind == "class" else ""
    return f"```{{eval-rst}}\n.. auto{kind}:: {path}\n{members}```\n"
