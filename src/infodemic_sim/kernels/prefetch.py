"""Ask for memory before it is needed: a hint to the processor that changes no result."""

from __future__ import annotations

from typing import Any

from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from infodemic_sim.kernels.compiled import COMPILING


@intrinsic
def _prefetch(typing_context: Any, array: Any, place: Any) -> Any:
    """llvm.prefetch of the address of array.ravel()[place], for reading, into all caches."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        from llvmlite import ir

        pointer = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        address = builder.gep(pointer, [arguments[1]])
        address = builder.bitcast(address, ir.IntType(8).as_pointer())
        kind = ir.FunctionType(ir.VoidType(), [ir.IntType(8).as_pointer(), *[ir.IntType(32)] * 3])
        hint = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        builder.call(hint, [address, *(ir.Constant(ir.IntType(32), k) for k in (0, 3, 1))])
        return context.get_dummy_value()

    return types.void(array, place), generate


def _nothing(array: Any, place: Any) -> None:
    """Without the compiler there is nothing to hint at."""


prefetch: Any = _prefetch if COMPILING else _nothing
