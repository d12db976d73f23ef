"""Errors about programs that cannot be judged, and about what a sandbox does not have.

Invariant: see ``app.judge.explain.advice``.
"""

from __future__ import annotations

from app.judge.explain.advice.entry import Advice

PROGRAMS = (
    Advice(
        "",
        "serialization of host_callbacks",
        "The program calls back into Python (`jax.pure_callback` or `io_callback`), which cannot be judged.",
        "Compute it with `jnp` instead; `jax.debug.print` may stay.",
    ),
    Advice(
        "",
        r"MLIR translation rule for primitive '\w+' not found for platform cuda"
        r"|no compatibility guarantees[\s\S]*stablehlo\.custom_call @cu",
        "The program uses a function that JAX has for the CPU only, such as `eig`, `schur` or `sqrtm`, and programs of "
        "this problem are evaluated on a GPU.",
        "Use another function: for symmetric matrices, `jnp.linalg.eigh`.",
    ),
    Advice(
        "",
        "custom calls whose targets have no compatibility guarantees",
        "The program calls a foreign kernel, which cannot be judged.",
        "Compute it with `jnp` and `jax.lax` instead.",
    ),
    *(
        Advice(
            error,
            r"^\[Errno",
            "",
            "There are no files but those of Python's own libraries where this runs, and none can be written. Take "
            "values from the arguments, and write constants into the source.",
        )
        for error in ("FileNotFoundError", "PermissionError")
    ),
    Advice(
        "EOFError",
        "EOF when reading a line",
        "Nothing can be typed here.",
        "Take every value from the arguments.",
    ),
    Advice(
        "SystemExit",
        "",
        "The code ended the process with `sys.exit`, `exit`, `quit` or `SystemExit`.",
        "Return the result instead.",
    ),
    Advice(
        "RuntimeError",
        "Array has been deleted",
        "This array was given away: a function under `jax.jit` with `donate_argnums` may reuse the memory of what it "
        "is given, so it is gone after the call.",
        "Use what the function returns instead of its old argument, or leave `donate_argnums` out.",
    ),
)
