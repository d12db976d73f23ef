"""Where a NaN or an infinity comes from, as far as the program and its arguments tell.

Invariant: a source is named only if the program has an operation that can make one, where its operations are known.
"""

from __future__ import annotations

import cmath
from collections.abc import Mapping

import numpy as np

from app.judge.comparison.compare import Worst
from app.judge.explain.arguments import Known
from sandbox.arrays import Array

#: Largest number whose exponential is finite, by dtype (the logarithm of the largest finite number).
_LARGEST_EXPONENT = {"float16": 11.0, "bfloat16": 88.7, "float32": 88.7, "float64": 709.7}
_EXPONENTIALS = frozenset({"exponential", "exponential_minus_one"})
_DIVISIONS = frozenset({"divide", "rsqrt", "remainder"})
_ROOTS = frozenset({"log", "log_plus_one", "sqrt", "rsqrt", "power"})


def nonfinite_pattern(expected: Array, got: Array, worst: Worst, known: Known) -> str | None:
    """Where a NaN or an infinity that should not be there commonly comes from, or None if there is none."""
    if cmath.isfinite(worst.got):
        return "It should not be finite there: look for a case that is cut off or replaced, as by `jnp.where`."
    operations = known.operations or _EXPONENTIALS | _DIVISIONS | _ROOTS
    if operations & _EXPONENTIALS and (overflow := _overflow(known.arguments, expected.dtype.name)):
        return overflow
    nan = cmath.isnan(worst.got)
    sources = [
        ("0/0" if nan else "a division by 0", _DIVISIONS),
        ("a root or logarithm of a negative number" if nan else "the logarithm of 0", _ROOTS),
        ("infinity minus infinity" if nan else "an exponential that is too large", _EXPONENTIALS),
    ]
    named = [source for source, makers in sources if operations & makers] or ["operations on infinities"]
    said = f"{'NaN' if nan else 'Infinity'} comes from {_either(named)} here."
    if operations & _DIVISIONS:
        return f"{said} {_safe_division(expected, got, known)}"
    if operations & _ROOTS:
        said += " Keep its argument positive, as with `jnp.maximum(x, 0)` or a small epsilon."
    return said


def _safe_division(expected: Array, got: Array, known: Known) -> str:
    """A safe divisor first, which keeps NaN out of gradients too, and then the choice of what stands in its place."""
    where = f" {quotient}" if (quotient := known.clues.quotient()) else ""
    said = f"First make the divisor{where} safe, as with `jnp.maximum(count, 1)` or a small epsilon"
    bad = ~np.isfinite(got)
    kept = [
        name
        for name, value in known.arguments.items()
        if value.shape == expected.shape and np.array_equal(value[bad], expected[bad]) and value[bad].any()
    ]
    if len(kept) == 1:
        rows = "[:, None]" if expected.ndim == 2 else ""  # noqa: PLR2004 - one count for each row
        return (
            f"{said}; then keep `{kept[0]}` where there is nothing to divide by, as is expected: "
            f"`jnp.where(count{rows} > 0, quotient, {kept[0]})`."
        )
    return f"{said}; then choose with `jnp.where` what stands where there is nothing to divide by."


def _either(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _overflow(arguments: Mapping[str, Array], dtype: str) -> str:
    """Whether an argument is so large that its exponential is infinite in ``dtype``, and the way out; else nothing."""
    most = _LARGEST_EXPONENT.get(dtype, np.inf)
    for name, value in arguments.items():
        if value.dtype.kind == "f" and value.size and np.abs(value[np.isfinite(value)]).max(initial=0.0) > most:
            return (
                f"The argument `{name}` holds numbers beyond {most}, whose exponential is infinite in {dtype}, and "
                "infinity over infinity is NaN: subtract the maximum before `jnp.exp`, or use `jax.nn.softmax`, "
                "`jax.nn.logsumexp` or `jnp.logaddexp`, which do."
            )
    return ""
