"""Compiled kernels are kept in one place a user, for every installation whose kernels read alike.

By itself numba keeps them beside their sources, where each environment compiles anew, and lets two processes
compile the same at once, where one may write over what the other has stored.
"""

from __future__ import annotations

import functools
import hashlib
import logging
import os
import pickle
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numba
import platformdirs
from filelock import FileLock, Timeout
from numba.core.caching import _Cache
from numba.core.compiler import CompileResult
from numba.core.compiler_lock import global_compiler_lock
from numba.core.runtime.nrt import rtsys
from numba.core.serialize import dumps

from infodemic_sim.errors import UnwritableError
from infodemic_sim.writing import replacing

LOG = logging.getLogger(__name__)
PATIENCE = 600.0  # s: longer than any kernel takes; who has waited for so long compiles it too
FORGOTTEN = 30.0  # days after which what other versions have left is removed


def keep(dispatcher: Any, stamp: str) -> None:
    """Let a kernel be loaded from where it is kept, and be stored there by the one who compiles it."""
    if place := folder(stamp):
        kept = dispatcher._cache = Kept(dispatcher.py_func, place)
        dispatcher.compile = _by_one(dispatcher.compile, kept.lock)


@functools.cache
def folder(stamp: str) -> Path | None:
    """For kernels of this stamp, Python and numba, made if need be; None where nothing can be written."""
    name = f"kernels-{stamp}-{sys.implementation.cache_tag}-numba-{numba.__version__}"
    for place in _places():
        with suppress(OSError):
            if not (place / name).exists():
                (place / name).mkdir(parents=True, exist_ok=True)
                _forget(place.glob("kernels-*-numba-*"))
            tempfile.TemporaryFile(dir=place / name).close()
            return place / name
    return None


def _places() -> Iterator[Path]:
    if asked := os.environ.get("NUMBA_CACHE_DIR"):
        yield Path(asked).absolute()
    yield platformdirs.user_cache_path("infodemic-sim")
    yield Path(__file__).parent / "__pycache__"


def _forget(folders: Iterator[Path]) -> None:
    for other in folders:
        with suppress(OSError):
            if time.time() - other.stat().st_mtime > FORGOTTEN * 86_400.0:
                shutil.rmtree(other, ignore_errors=True)


class Kept(_Cache):
    """What numba asks of a cache: a file for each kernel, kinds of its arguments, and processor.

    What cannot be read is compiled again, and what cannot be stored is used all the same: a full disk or a
    torn file costs time, no more, and is logged.
    """

    def __init__(self, function: Any, place: Path) -> None:
        self._place = place
        self._name = f"{function.__module__.rpartition('.')[2]}.{function.__qualname__}"

    @property
    def cache_path(self) -> str:
        return str(self._place)

    def lock(self) -> FileLock:
        """The lock of this process; that of the process it is a copy of would be refused."""
        return _lock(self._place / f"{self._name}.lock", os.getpid())

    def any(self) -> bool:
        """Whether the kernel has been compiled for any arguments."""
        return next(self._place.glob(f"{self._name}-*.kernel"), None) is not None

    def load_overload(self, sig: Any, target_context: Any) -> CompileResult | None:
        # all that running asks for; what compiling does is loaded when anything is compiled, and takes long
        rtsys.initialize(target_context)
        path = self._path(sig, target_context.codegen())
        try:
            return CompileResult._rebuild(target_context, *pickle.loads(path.read_bytes()))
        except FileNotFoundError:
            return None
        except Exception as error:  # whatever a torn file brings about
            LOG.warning("%s is compiled again, as %s cannot be read: %s", self._name, path, error)
            return None

    def save_overload(self, sig: Any, data: Any) -> None:
        if data.library.has_dynamic_globals:  # addresses of this process
            return
        try:
            with replacing(self._path(sig, data.codegen)) as scratch:
                scratch.write_bytes(dumps(data._reduce()))
        except UnwritableError as error:
            LOG.warning("%s is not kept: %s", self._name, error)

    def enable(self) -> None:
        """numba's switches, which nobody turns here."""
        raise NotImplementedError

    disable = flush = enable

    def _path(self, signature: Any, codegen: Any) -> Path:
        key = repr((signature, codegen.magic_tuple())).encode()
        return self._place / f"{self._name}-{hashlib.blake2b(key, digest_size=12).hexdigest()}.kernel"


def _by_one(compile_: Any, lock: Any) -> Any:
    """Of all processes one compiles; those that wait for it find what it has stored.

    numba's own lock, of threads, is taken first: the other way round two threads could wait for each other.
    """

    def compile_or_load(signature: Any) -> Any:
        with global_compiler_lock, _held(lock()):
            return compile_(signature)

    return compile_or_load


@functools.cache
def _lock(path: Path, process: int) -> FileLock:
    return FileLock(path)


@contextmanager
def _held(lock: FileLock) -> Iterator[None]:
    """The lock; not waited for without end, and left out where the file system has none."""
    held = False
    with suppress(Timeout, OSError, NotImplementedError):
        lock.acquire(timeout=PATIENCE)
        held = True
    try:
        yield
    finally:
        if held:
            lock.release()
