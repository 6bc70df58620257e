"""How kernels are compiled: once, and kept until any of them changes.

A kernel holds the code of those it calls: so the stamp of every kernel is the digest of all of them.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
import numpy as np

from infodemic_sim.kernels.kept import Kept, keep


def _stamp() -> str:
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


STAMP = _stamp()
COMPILING: bool = not getattr(numba.config, "DISABLE_JIT")  # noqa: B009 (numba adds its settings late)


def kernel(function: Callable[..., Any]) -> Any:
    """Compile on first use, kept, without holding Python's lock."""
    return _kept(numba.njit(nogil=True)(function))


def uncounted(function: Callable[..., Any]) -> Any:
    """As ``kernel``, for the innermost loops: arrays come from the caller and no references are counted.

    Counting is an atomic operation for each array that a name is bound to, as every inlined function binds
    its arguments: it holds up all memory that has been asked for. The price: no array can be made inside.
    """
    return _kept(numba.njit(nogil=True, _nrt=False)(function))  # type: ignore[call-overload]


def inlined(function: Callable[..., Any]) -> Any:
    """As ``kernel``, and become part of the caller: saves handing many arrays on."""
    return _kept(numba.njit(nogil=True, inline="always")(function))


def unwritable(array: np.ndarray) -> np.ndarray:
    """A view closed to writing: kernels are compiled once, whether or not the array itself is."""
    view = array.view()
    view.flags.writeable = False
    return view


def ready(dispatcher: Any) -> bool:
    """Whether a kernel has been compiled on this machine before, as it stands now, or never is."""
    return not COMPILING or (isinstance(dispatcher._cache, Kept) and dispatcher._cache.any())


def _kept(dispatcher: Any) -> Any:
    if not COMPILING:
        return _interpreted(dispatcher)
    keep(dispatcher, STAMP)
    return dispatcher


def _interpreted(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function as it stands, for those who look for a mistake: with what the compiler lets pass.

    Unsigned numbers begin again at 0, as draws rely on; rows of tables have their fields as attributes.
    """

    @functools.wraps(function)
    def quiet(*given: Any) -> Any:
        with np.errstate(over="ignore"):
            return function(*map(_with_attributes, given))

    return quiet


def _with_attributes(given: Any) -> Any:
    is_table = isinstance(given, np.ndarray) and given.dtype.names is not None
    return given.view(np.recarray) if is_table else given
