"""Errors about values that do not exist while a function is traced.

Invariant: see ``app.judge.explain.advice``.
"""

from __future__ import annotations

from app.judge.explain.advice.entry import Advice

_NO_VALUE = "while JAX traces the function, arrays have shapes but no values"
_FIXED_SHAPES = "shapes must be known before any value is"
_CHOOSE = "Choose between results with `jnp.where(condition, a, b)`, or between computations with `jax.lax.cond`"
_BOOL = "TracerBoolConversionError"
_SIZE = "ConcretizationTypeError"

TRACING = (
    Advice(
        _BOOL,
        "",
        f"Python's `while` needs True or False before each turn, but {_NO_VALUE}.",
        "Loop with `jax.lax.while_loop(condition, body, start)`, or, a fixed number of times, with "
        "`jax.lax.fori_loop`.",
        line=r"^while\b",
    ),
    Advice(
        _BOOL,
        "",
        f"Python's `assert` needs True or False, but {_NO_VALUE}.",
        "Leave it out, or check shapes and dtypes, which are known: `assert x.ndim == 1`.",
        line=r"^assert\b",
    ),
    Advice(
        _BOOL,
        "",
        f"Python's own `max` and `min` compare their arguments one by one, but {_NO_VALUE}.",
        "Write `jnp.maximum(a, b)` or `jnp.minimum(a, b)` for two arrays, and `jnp.max(x)` or `jnp.min(x)` for one.",
        line=r"(?<![\w.])(max|min)\(",
    ),
    Advice(
        _BOOL,
        "",
        f"Python's `if`, `and` and `or` need True or False, but {_NO_VALUE}.",
        f"{_CHOOSE}; combine conditions with `&`, `|` and `~`, each in brackets: `(a > 0) & (b > 0)`.",
        line=r"^(el)?if\b.*\b(and|or)\b",
    ),
    Advice(
        _BOOL,
        "",
        f"Python's `if` needs True or False, but {_NO_VALUE}.",
        f"{_CHOOSE}.",
        line=r"^(el)?if\b",
    ),
    Advice(
        _BOOL,
        "",
        f"Python's `and`, `or` and `not` need True or False, but {_NO_VALUE}.",
        "Combine conditions element by element, `(a > 0) & (b > 0)`, `|` and `~`, or with `jnp.logical_and`.",
        line=r"\b(and|or|not)\b",
    ),
    Advice(
        _BOOL,
        "",
        f"Python's `bool` needs True or False, but {_NO_VALUE}.",
        "Leave it out where it is given a comparison, and convert other arrays with `.astype(bool)`.",
        line=r"(?<![\w.])bool\(",
    ),
    Advice(
        _BOOL,
        "",
        f"Python needs True or False here, but {_NO_VALUE}.",
        f"{_CHOOSE}; loop with `jax.lax.while_loop`.",
    ),
    Advice(
        "ValueError",
        "truth value of an array with more than one element is ambiguous",
        "Python needs one truth value, and this array has one for each element.",
        "Choose element by element with `jnp.where(condition, a, b)`; combine conditions with `&`, `|` and `~` in "
        "brackets, `(0 < x) & (x < 1)`; or reduce with `.any()` or `.all()`.",
        shapes=True,
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
        _SIZE,
        r"size argument|specify a concrete value for the size|jnp\.(unique|nonzero)",
        f"How long this result is depends on values, but {_FIXED_SHAPES}.",
        "Pass `size=`, or use `jnp.where` with three arguments.",
    ),
    Advice(
        _SIZE,
        r"jnp\.arange|jnp\.linspace",
        f"How long this array is depends on a value, but {_FIXED_SHAPES}.",
        "Take its length from the `.shape` of an argument.",
    ),
    Advice(
        _SIZE,
        r"\b(num_classes|num_segments|total_repeat_length|length)\b",
        f"How long this result is depends on a value, but {_FIXED_SHAPES}.",
        r"Give its size as a Python number, such as `x.shape[0]` (`\1`).",
    ),
    Advice(
        _SIZE,
        r"`(int|float|complex)` function|item\(\)|tolist\(\)",
        f"Python needs an array as a plain number (`float(x)`, `int(x)`, `x.item()`, `math.sin(x)`), but {_NO_VALUE}.",
        "Leave it an array: use the functions of `jnp`, and `.astype` to convert.",
    ),
    Advice(
        _SIZE,
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
        "TypeError",
        r"Shapes must be 1D sequences of concrete values of integer type, got \([\d., ]*\.",
        "A size is a float, and sizes must be whole numbers.",
        "Divide sizes with `//`, which keeps them whole.",
    ),
    Advice(
        "",
        r"Shapes must be 1D sequences of concrete values|Slice entries must be static",
        f"A size or the end of a slice depends on a value, but {_FIXED_SHAPES}.",
        "Take sizes from `.shape`; cut with `jax.lax.dynamic_slice`, or keep everything and use `jnp.where`.",
    ),
    Advice(
        "ValueError",
        "Non-hashable static arguments",
        "A static argument must be a plain Python value, such as a size, a flag or a string; an array, a list or a "
        "dict cannot be one.",
        "Mark only Python values as static: leave arrays, and tuples of arrays, out of `static_argnums` and "
        "`static_argnames`, and give a tuple of numbers instead of a list.",
    ),
    Advice(
        "TypeError",
        r"unsupported format string passed to .*Tracer",
        f"An array cannot be formatted as a number, since {_NO_VALUE}.",
        'Print with `jax.debug.print("{x}", x=x)`, or print the array itself.',
    ),
    Advice(
        "TypeError",
        "unhashable type: '?(DynamicJaxprTracer|JitTracer|ArrayImpl)",
        "An array cannot be a key of a dict or a member of a set.",
        "Look numbers up in an array.",
    ),
)
