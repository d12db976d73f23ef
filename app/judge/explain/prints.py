"""What prints teach about tracing: how often a function was traced, and why no values are in what it printed.

Invariant: nothing here repeats what was printed; the text and the count are the learner's process's word, and are shown
as such.
"""

from __future__ import annotations

import re

#: How JAX writes an array that is traced: ``JitTracer(float32[3])``, ``Traced<float32[3]>with<...>``.
_TRACED = re.compile(r"\b[A-Z]\w*Tracer\(|\bTraced<")


def trace_lesson(printed: str, traced: int) -> str:
    """What to say beside the prints of a function that was traced ``traced`` times; empty if there is nothing."""
    if not printed.strip() or traced < 1:
        return ""
    times = "once" if traced == 1 else f"{traced} times"
    each = "" if traced == 1 else ", once for each new shape of its arguments"
    return (
        f"The function was traced {times}{each}, and what it printed was printed then: a `print` runs once for each "
        "trace, not once for each row, iteration or value, and arrays have no values yet. To see values, run it on an "
        "example and print with `jax.debug.print`."
    )


def run_lesson(printed: str) -> str:
    """What to say beside the prints of an eager run; empty if no traced array is among them."""
    if not _TRACED.search(printed):
        return ""
    return (
        "Inside `jax.vmap`, `jax.jit`, `jax.grad` or a loop of `jax.lax` a `print` runs once for each trace, not once "
        'for each row or iteration, and shows a traced array. `jax.debug.print("{x}", x=x)` prints every value.'
    )
