"""JAX's own errors, and a few of Python's, in plain words, each with the way out.

The texts matched here are those of JAX 0.10; the tests make JAX raise them. Invariant: the table is only about wording:
an error it does not know is shown as it is, and no verdict depends on it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Advice:
    """What to tell about one kind of error.

    Attributes:
        error: the exception's class name; empty for any.
        pattern: is searched in the exception's text.
        says: what happened, in plain words; empty to quote the text.
        way_out: what to do.
        shapes: whether the shapes of the arrays on the line help.
        placeless: whether this is about errors below no line of the learner's only: below one, the text means something
            else.
    """

    error: str
    pattern: str
    says: str
    way_out: str
    shapes: bool = False
    placeless: bool = False

    def fits(self, error: str, text: str, *, placed: bool) -> bool:
        """Whether this is about the error, which came up below a line of the learner's if ``placed``."""
        if self.error not in ("", error) or (placed and self.placeless):
            return False
        return re.search(self.pattern, text) is not None


_NO_VALUE = "while JAX traces the function, arrays have shapes but no values"
_FIXED_SHAPES = "shapes must be known before any value is"

#: In order: the first that fits counts.
ADVICE = (
    Advice(
        "TracerBoolConversionError",
        "",
        f"Python needs to know whether an array is true, but {_NO_VALUE}.",
        "Choose between results with `jnp.where(condition, a, b)`, or between computations with `jax.lax.cond`; loop "
        "with `jax.lax.while_loop`.",
    ),
    Advice(
        "TracerIntegerConversionError",
        "",
        f"Python needs an array as an integer, for `range`, an index of a list or a size, but {_NO_VALUE}.",
        "Take sizes from `.shape`, loop with `jax.lax.fori_loop`, and index arrays instead of lists; or make the "
        "number a static argument.",
    ),
    Advice(
        "TracerArrayConversionError",
        "",
        f"A NumPy function was given a traced array, but {_NO_VALUE}.",
        "Call the function of the same name in `jnp` instead of `np`.",
        shapes=True,
    ),
    Advice(
        "NonConcreteBooleanIndexError",
        "",
        f"How many elements a boolean mask picks depends on values, but {_FIXED_SHAPES}.",
        "Keep every element and use `jnp.where(mask, x, 0)`, or pass `where=mask` to the reduction.",
    ),
    Advice(
        "ConcretizationTypeError",
        r"size argument|specify a concrete value for the size|jnp\.(unique|nonzero)",
        f"How long this result is depends on values, but {_FIXED_SHAPES}.",
        "Pass `size=`, or use `jnp.where` with three arguments.",
    ),
    Advice(
        "ConcretizationTypeError",
        r"jnp\.arange|jnp\.linspace",
        f"How long this array is depends on a value, but {_FIXED_SHAPES}.",
        "Take its length from the `.shape` of an argument.",
    ),
    Advice(
        "ConcretizationTypeError",
        r"`(int|float|complex)` function|item\(\)|tolist\(\)",
        f"Python needs an array as a plain number (`float(x)`, `int(x)`, `x.item()`, `math.sin(x)`), but {_NO_VALUE}.",
        "Leave it an array: use the functions of `jnp`, and `.astype` to convert.",
    ),
    Advice(
        "ConcretizationTypeError",
        "",
        f"A value is needed here, but {_NO_VALUE}.",
        "Use the functions of `jnp` and `jax.lax`, and take sizes from `.shape`.",
    ),
    Advice(
        "UnexpectedTracerError",
        "",
        "An array outlived the function that JAX was transforming: it was kept in a list, a global or an attribute.",
        "Return it from that function instead, and compute it anew in every call.",
    ),
    # What the first conversion of a program says of values in it that belong to another trace.
    Advice(
        "ValueError",
        r"^Too many leaves for PyTreeDef; expected \d+",
        "A value of an earlier call, or from inside a function that JAX transformed, was kept (in a global variable, a "
        "cache, a list) and then returned or used where it means nothing.",
        "Compute it anew in every call, and let inner functions return what is needed of them.",
        placeless=True,
    ),
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
        "TypeError",
        "JAX arrays are immutable",
        "JAX arrays cannot be changed in place.",
        "Instead of `x[i] = y` write `x = x.at[i].set(y)`; instead of `x[i] += y`, `x = x.at[i].add(y)`.",
    ),
    Advice(
        "TypeError",
        r"Gradient only defined for scalar-output functions\. Output had shape",
        "",
        "Reduce it inside, as with `.sum()` or `.mean()`; or take a gradient per example, `jax.vmap(jax.grad(f))`.",
    ),
    Advice(
        "TypeError",
        r"Gradient only defined for scalar-output functions",
        "`jax.grad` differentiates functions that return one number, and this one returns something else.",
        "Return the number alone, or `(number, more)` with `has_aux=True`.",
    ),
    Advice(
        "TypeError",
        "grad requires real-",
        "",
        "Differentiate floats: write `3.0` instead of `3`, or convert with `.astype(jnp.float32)`.",
    ),
    Advice(
        "ValueError",
        "vmap was requested to map its argument along axis",
        "",
        "Give an argument that has no batch axis `None` in `in_axes`: `in_axes=(None, 0)` maps only the second one.",
        shapes=True,
    ),
    Advice(
        "ValueError",
        "vmap got inconsistent sizes",
        "",
        "Map only the axes that belong to the batch, with `in_axes`; `None` is for arguments that all examples share.",
        shapes=True,
    ),
    Advice(
        "ValueError",
        "at least one non-None value in in_axes",
        "`jax.vmap` was told to map no argument at all: every entry of `in_axes` is None.",
        "Put the axis of the batch, mostly 0, for the arguments that have one.",
        shapes=True,
    ),
    Advice(
        "ValueError",
        r"vmap in_axes|vmap out_axes",
        "",
        "Give `in_axes` one entry per argument: None, an axis, or, for a tuple or dict of arrays, the same container "
        "of axes.",
        shapes=True,
    ),
    Advice(
        "",
        r"Cannot (concatenate|stack) arrays with (different|shapes that differ)|All input arrays must have the same",
        "Arrays of unequal shapes cannot become one array (`jnp.array([a, b])`, `jnp.stack`).",
        "Give them the same shape first; one of them may lack a reduction such as `.sum()`.",
        shapes=True,
    ),
    Advice(
        "",
        r"[Ii]ncompatible (shapes|types) for broadcasting",
        "",
        "Shapes are matched from the right, and only axes of size 1 stretch: look at the shapes on both sides, and add "
        "an axis with `[:, None]` or remove one with a reduction.",
        shapes=True,
    ),
    Advice(
        "",
        r"dot_general requires|matmul input operand|Size of label",
        "",
        "The axes that a product sums over must have one size: look at both shapes, and transpose (`.T`) or swap them.",
        shapes=True,
    ),
    Advice(
        "",
        r"Shapes must be 1D sequences of concrete values|Slice entries must be static",
        f"A size or the end of a slice depends on a value, but {_FIXED_SHAPES}.",
        "Take sizes from `.shape`; cut with `jax.lax.dynamic_slice`, or keep everything and use `jnp.where`.",
    ),
    Advice(
        "TypeError",
        r"returned a value of type .* which is not a valid JAX type|Output from batched function",
        "",
        "Return arrays or numbers, or tuples, lists and dicts of them.",
    ),
    Advice(
        "TypeError",
        "unhashable type: '?(DynamicJaxprTracer|JitTracer|ArrayImpl)",
        "An array cannot be a key of a dict or a member of a set.",
        "Look numbers up in an array.",
    ),
    Advice(
        "ValueError",
        "Non-hashable static arguments",
        "A static argument must be a plain Python value, such as a size, a flag or a string; an array, a list or a "
        "dict cannot be one.",
        "Mark only Python values as static: leave arrays out of `static_argnums` and `static_argnames`, and give a "
        "tuple instead of a list.",
    ),
    Advice(
        "TypeError",
        r"must have equal types, but they differ|branches must have equal output types",
        "",
        "Start with the shape and dtype that comes back, for example `jnp.zeros(...)` instead of `0.0`, or convert "
        "with `.astype`.",
    ),
    Advice(
        "TypeError",
        r"unsupported format string passed to .*Tracer",
        f"An array cannot be formatted as a number, since {_NO_VALUE}.",
        'Print with `jax.debug.print("{x}", x=x)`, or print the array itself.',
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
        "ModuleNotFoundError",
        "",
        "",
        "Only the standard library, JAX, NumPy and what the operator installed beside them can be imported.",
    ),
)


def advice_for(error: str, text: str, *, placed: bool) -> Advice | None:
    """What to tell about an exception, or None if it is none of the known ones.

    Args:
        error: its class name.
        text: its own text.
        placed: whether it came up below a line of the learner's.
    """
    return next((advice for advice in ADVICE if advice.fits(error, text, placed=placed)), None)
