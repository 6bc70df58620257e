"""Pages of the public names, one for each part of the package, from its own lists of them."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from importlib import import_module
from types import ModuleType

import infodemic_sim as ids

HEAD = """# Public names

All names that `import infodemic_sim as ids` offers, by the part of the package they come from. The parameters of parts
stand in [parts and parameters](../parts.md) and in [rules of spread](../rules.md).
"""
MODULES = ("plots", "theory", "testing", "report", "graphs", "calibration")
"""Modules that are public by themselves, with the names that each lists."""


def pages() -> dict[str, str]:
    """Texts of the pages by name; "index" leads to the others."""
    found = {home: page(home, ids, names) for home, names in homes().items()}
    for name in MODULES:
        module = import_module(f"infodemic_sim.{name}")
        own = [each for each in module.__all__ if each not in ids.__all__]
        found[name] = found.get(name, "") + "\n" + page(f"ids.{name}", module, own)
    listed = "\n".join(sorted(found))
    return {"index": f"{HEAD}\n```{{toctree}}\n:maxdepth: 1\n\n{listed}\n```\n", **found}


def homes() -> dict[str, list[str]]:
    """The names of the package by the first step of where they are."""
    found: dict[str, list[str]] = {}
    for name in ids.__all__:
        thing = getattr(ids, name)
        if not isinstance(thing, ModuleType):
            home = getattr(thing, "__module__", "infodemic_sim.params").split(".")[1]
            found.setdefault(home, []).append(name)
    return found


def page(title: str, module: ModuleType, names: Iterable[str]) -> str:
    """One page."""
    blocks = [block(module, name) for name in sorted(names)]
    return "\n".join([f"# {title}\n", *(text for text in blocks if text)])


def block(module: ModuleType, name: str) -> str:
    """What Sphinx makes the entry of a name from; a part shows no signature, as its parameters are a table."""
    thing = getattr(module, name)
    kind = "class" if inspect.isclass(thing) else "function" if callable(thing) else "data"
    options = "   :members:\n" if kind == "class" else ""
    return f"```{{eval-rst}}\n.. auto{kind}:: {module.__name__}.{name}\n{options}```\n"
