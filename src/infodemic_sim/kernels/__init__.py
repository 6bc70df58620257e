"""Inner loops: arrays in, arrays out. They check nothing and know nothing of scenarios.

``kernels.draws`` and its kin are imported, and with them the compiler, when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType


def __getattr__(name: str) -> ModuleType:
    if name.startswith("_"):
        raise AttributeError(f"module 'infodemic_sim.kernels' has no attribute '{name}'")
    return import_module(f"infodemic_sim.kernels.{name}")
