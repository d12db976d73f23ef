"""How far a result may be from the reference, by dtype, where a problem says nothing else.

Invariant: integers, booleans and PRNG keys are exact unless an author says otherwise, and keys always.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.problems.model import Tolerance
from sandbox.tree import KEY

_EXACT = Tolerance(atol=0.0, rtol=0.0)
_SINGLE = Tolerance(atol=1e-5, rtol=1.3e-6)
_DOUBLE = Tolerance(atol=1e-7, rtol=1e-7)

#: float16, bfloat16, float32, float64 and complex: the table in the documentation of ``torch.testing.assert_close``.
#: float8: one unit in the last place, relatively (its machine epsilon), with the ``atol`` of the other short floats.
DEFAULTS: Mapping[str, Tolerance] = {
    "float8_e4m3fn": Tolerance(atol=1e-5, rtol=0.125),
    "float8_e5m2": Tolerance(atol=1e-5, rtol=0.25),
    "float16": Tolerance(atol=1e-5, rtol=1e-3),
    "bfloat16": Tolerance(atol=1e-5, rtol=1.6e-2),
    "float32": _SINGLE,
    "float64": _DOUBLE,
    "complex64": _SINGLE,
    "complex128": _DOUBLE,
}


def tolerance_for(dtype: str, overrides: Mapping[str, Tolerance]) -> Tolerance:
    """The tolerance of one leaf.

    Args:
        dtype: a name of ``sandbox.tree.DTYPES`` or ``key``.
        overrides: the problem's own tolerances by dtype name; an override replaces both numbers.
    """
    if dtype == KEY:
        return _EXACT
    return overrides.get(dtype, DEFAULTS.get(dtype, _EXACT))
