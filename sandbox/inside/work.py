"""How much a vetted program computes, by XLA's own cost analysis.

It is asked of the program as it is written, without what nothing uses and what is written twice. After compilation the
figure would say less: XLA turns ``scatter`` and ``cholesky`` into loops on a CPU, and counts the body of a loop once.
Invariant: an amount that XLA does not know is None, never a small number.
"""

from __future__ import annotations

import contextlib
from typing import Any

from jax._src.lib import xla_client
from jaxlib.mlir import ir
from jaxlib.mlir.dialects import stablehlo
from jaxlib.mlir.passmanager import PassManager

#: What XLA counts: one for each element that an arithmetic operation makes, two for each product of a contraction; and
#: one for each element of an exponential, a sine and their like, which it counts apart.
_COUNTED = ("flops", "transcendentals")


def work(backend: Any, program: bytes) -> int | None:
    """Operations on array elements in one execution of ``program``; None where XLA has no figure for a part of it."""
    context = ir.Context()
    stablehlo.register_dialect(context)
    with context, contextlib.suppress(Exception):  # XLA raises several unrelated classes
        module = stablehlo.deserialize_portable_artifact(context, program)
        PassManager.parse("builtin.module(cse)").run(module.operation)
        compiler = xla_client._xla  # noqa: SLF001 - the only place that has it
        computation = compiler.mlir.mlir_module_to_xla_computation(str(module))
        costs = compiler.hlo_module_cost_analysis(backend, computation.get_hlo_module())
        figures = [costs.get(name, 0.0) for name in _COUNTED]
        return int(sum(figures)) if min(figures) >= 0 else None
    return None
