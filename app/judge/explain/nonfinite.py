"""Where a NaN or an infinity comes from, as far as the program and its arguments tell.

Invariant: a source is named only if the program has an operation that can make one, where its operations are known.
"""

from __future__ import annotations

import cmath

import numpy as np

from app.judge.comparison.compare import Worst, wide
from app.judge.explain.arguments import Known
from app.judge.explain.remedies.divisors import safe_division
from app.judge.explain.remedies.exponentials import overflow, place_of
from app.judge.explain.remedies.reductions import peak_over_everything, subtracts_a_maximum
from app.judge.explain.wording import listed
from sandbox.arrays import Array

#: Largest number whose exponential is finite, by dtype (the logarithm of the largest finite number).
_LARGEST_EXPONENT = {"float16": 11.0, "bfloat16": 88.7, "float32": 88.7, "float64": 709.7}
_EXPONENTIALS = frozenset({"exponential", "exponential_minus_one"})
_DIVISIONS = frozenset({"divide", "rsqrt", "remainder"})
_ROOTS = frozenset({"log", "log_plus_one", "sqrt", "rsqrt", "power"})


def nonfinite_pattern(expected: Array, got: Array, worst: Worst, known: Known) -> str | None:
    """Where a NaN or an infinity that should not be there commonly comes from, or None if there is none."""
    if cmath.isfinite(worst.got):
        return "Your result should not be finite there: look for a case that is cut off or replaced, as by `jnp.where`."
    operations = known.operations or _EXPONENTIALS | _DIVISIONS | _ROOTS
    if operations & _EXPONENTIALS and (overflow := _overflow(expected, known)):
        return overflow
    nan = cmath.isnan(worst.got)
    sources = [
        ("0/0" if nan else "a division by 0", _DIVISIONS),
        ("a root or logarithm of a negative number" if nan else "the logarithm of 0", _ROOTS),
        ("infinity minus infinity" if nan else "an exponential that is too large", _EXPONENTIALS),
    ]
    named = [source for source, makers in sources if operations & makers] or ["operations on infinities"]
    said = f"{'NaN' if nan else 'Infinity'} comes from {listed(named, 'or')} here."
    if operations & _DIVISIONS:
        return f"{said} {_safe_division(expected, got, known, sure=len(named) == 1)}"
    if operations & _ROOTS:
        said += " Keep its argument positive, as with `jnp.maximum(x, 0)` or a small epsilon."
    return said


def _safe_division(expected: Array, got: Array, known: Known, *, sure: bool) -> str:
    """A safe divisor first, which keeps NaN out of gradients too, and then the choice of what stands in its place."""
    bad = ~np.isfinite(wide(got))
    kept = [
        name
        for name, value in known.arguments.items()
        if value.shape == expected.shape and np.array_equal(value[bad], expected[bad]) and value[bad].any()
    ]
    only = kept[0] if len(kept) == 1 else ""
    if sure and (written := safe_division(known.clues, only)):
        return written
    said = "Where the divisor is 0, divide by 1 instead: `divisor = jnp.where(divisor == 0, 1, divisor)`"
    if only:
        return f"{said}; then keep `{only}` where the divisor was 0, as is expected, with `jnp.where`."
    return f"{said}; then choose with `jnp.where` what stands where the divisor was 0."


def _overflow(expected: Array, known: Known) -> str:
    """Whether an argument is so large that its exponential is infinite, and the way out; else nothing."""
    dtype, clues = expected.dtype.name, known.clues
    if peak := peak_over_everything(clues, expected.ndim):
        return peak
    if subtracts_a_maximum(clues):
        return ""
    most = _LARGEST_EXPONENT.get(dtype, np.inf)
    for name, value in known.arguments.items():
        if value.dtype.kind != "f" or not value.size:
            continue
        finite = value[np.isfinite(value)]
        if np.abs(finite).max(initial=0.0) <= most:
            continue
        place = place_of(clues, name) if finite.max(initial=0.0) > most else ""
        said = f"`{name}` holds numbers beyond {most}, whose exponential is infinite in {dtype}"
        said = f"{place} overflows: {said}" if place else f"The argument {said}"
        if written := overflow(clues, expected.ndim):
            return f"{said}. {written}"
        return (
            f"{said}, and infinity over infinity is NaN: before `jnp.exp`, subtract the maximum along the axis that is "
            "summed afterwards, or use `jax.nn.softmax`, `jax.nn.logsumexp` or `jnp.logaddexp`, which do."
        )
    return ""
