"""How XLA is to compile a vetted program: in which precision, with which emitter, and whether optimised.

Invariant: what is chosen depends on the program, on the machine's architecture and on whether run times are compared,
so that a problem's programs are compiled alike whoever sends them, and whenever. On x86 processors, a value that is
computed in two places of a program is the same in both.
"""

from __future__ import annotations

import math
import os
import platform as machines
from collections.abc import Callable
from functools import cache
from typing import Any

from jax._src import xla_bridge
from jaxlib.mlir import ir
from jaxlib.mlir.dialects import stablehlo

from sandbox.inside.emission import emissions
from sandbox.inside.extent import extent
from sandbox.inside.live import CALLS, callee

#: Operations that a GPU may do in less than the precision of their operands, and the types it does so for.
_INEXACT = ("stablehlo.dot_general", "stablehlo.convolution")
_SINGLE = frozenset({"f32", "complex<f32>"})

#: A product and a sum that are rounded once instead of twice are not the same value, and LLVM writes them so in one
#: place and not in another, most of all where it optimises nothing: then no element equals the maximum that it is
#: compared with, and a gradient is infinite. AVX has no such instruction: with it, 382 of 385 programs of the course
#: return the same bits optimised and not.
_ISA, _ARCHITECTURES = "xla_cpu_max_isa", {"x86_64": "AVX", "AMD64": "AVX"}
#: LLVM optimises what XLA writes for more than half of the time that compiling takes. What computes as few elements
#: (19 of 20 programs of the course) is compiled without, where the above is seen to: it runs for a few milliseconds.
_LEVEL, _ELEMENTS = "xla_backend_optimization_level", 300_000
#: XLA has LLVM compile parts of a program side by side, up to 32. One part makes the same code in a sixth less time of
#: the processor, all of which is in use when there is a lane for each.
_PARTS = "xla_cpu_parallel_codegen_split_count"
#: XLA's newer emitters of fused loops take 1.7 times as long for the programs of exercises, three times as long where
#: nothing is optimised, and those run for microseconds. The older ones write some operations again and again, with all
#: that is fused between: for as many as these they take a quarter of a second, or half, and twice as many take three
#: times as long. 9 of 1,000 programs of the course have more.
_EMITTERS, _EMISSIONS = "xla_cpu_use_fusion_emitters", 500
#: The older ones write a chain of operations by a recursion, whose stack ends after 2,700 sums of products. So they are
#: not for programs of more operations than this, of which the course has none.
_OPERATIONS = 4_000
#: A pass that makes a loop over little data one function, which the older emitters write whatever is chosen: hours for
#: ten norms joined by ``hypot`` in a ``lax.map``, and a tenth of a second without it.
_HOISTING = "small-while-loop-hoisting"


def begin(platform: str) -> None:
    """Choose what holds for the whole process.

    Raises:
        RuntimeError: it has a backend already, and has read its flags.
    """
    if xla_bridge.backends_are_initialized():
        raise RuntimeError("an evaluator needs a process of its own: flags are read once")
    if platform == "cpu" and (isa := instructions()):
        os.environ["XLA_FLAGS"] = f"{os.environ.get('XLA_FLAGS', '')} --{_ISA}={isa}".strip()


def instructions() -> str:
    """The newest instructions that are used; empty where all are, for want of an older set without the fused ones."""
    return _ARCHITECTURES.get(machines.machine(), "")


def described(platform: str) -> str:
    """What is chosen, in one line, for verdict records."""
    if platform == "cuda":
        return "precision_config=HIGHEST"
    newer = f"{_PARTS}=1 {_EMITTERS},no-{_HOISTING}=emissions>{_EMISSIONS}|operations>{_OPERATIONS}"
    return f"{_ISA}={isa} {newer} {_LEVEL}=0:elements<={_ELEMENTS}" if (isa := instructions()) else newer


def prepare(module: ir.Module, platform: str, *, optimised: bool) -> dict[str, str | bool | int]:
    """Make ``module`` ready for compiling, and say with which flags that is done beside JAX's own.

    Args:
        module: a vetted program; changed in place.
        platform: that it is compiled for.
        optimised: whether it has to be optimised, however short it is: its run time will be looked at.
    """
    if platform == "cuda":
        use_full_precision(module)
        return {}
    flags: dict[str, str | bool | int] = {_PARTS: 1, _EMITTERS: False}
    if not optimised and instructions() and _counted(extent, module) <= _ELEMENTS:
        flags[_LEVEL] = 0
    if _operations(module) > _OPERATIONS or _counted(emissions, module) > _EMISSIONS:
        flags |= {_EMITTERS: True, "xla_disable_hlo_passes": _HOISTING}
    return flags


def _counted(count: Callable[[ir.Module], float], module: ir.Module) -> float:
    """What is counted, or infinity for a program that is nested too deeply."""
    try:
        return count(module)
    except RecursionError:
        return math.inf


def _operations(module: ir.Module) -> int:
    """Operations, each as often as its function is called: XLA writes them all into one."""
    functions = {ir.StringAttr(each.attributes["sym_name"]).value: each for each in module.body.operations}

    @cache
    def inside(name: str) -> int:
        found: list[ir.Operation] = []

        def visit(op: Any) -> ir.WalkResult:
            found.append(op.operation)
            return ir.WalkResult.ADVANCE

        functions[name].operation.walk(visit)
        return sum(inside(callee(each)) if each.name in CALLS else 1 for each in found)

    return inside("main")


def use_full_precision(module: ir.Module) -> None:
    """Have every product of float32 matrices computed in float32, but where the program names an algorithm."""

    def visit(op: Any) -> ir.WalkResult:
        operation = op.operation
        if operation.name in _INEXACT and "algorithm" not in operation.attributes:
            elements = {str(ir.RankedTensorType(value.type).element_type) for value in operation.operands}
            if elements & _SINGLE:
                highest = stablehlo.PrecisionAttr.get("HIGHEST")
                operation.attributes["precision_config"] = ir.ArrayAttr.get([highest, highest])
        return ir.WalkResult.ADVANCE

    module.operation.walk(visit)
