"""The LAPACK kernels of the CPU that a vetted program may call, with the types that JAX gives them.

They trust their shapes: ``lapack_sgetrf_ffi`` with a pivot output that is too short overwrites memory. Sources:
``jaxlib/lapack.py``, ``jax/_src/lax/linalg.py``. Invariant: a kernel that has no rule here is refused.
"""

from __future__ import annotations

from sandbox.inside import factor
from sandbox.inside.factor import COMPLEX, REAL, Call, Rule, Type

#: The letter with which a kernel's name begins, and the type of its matrices' elements.
_ELEMENT = {"s": "f32", "d": "f64", "c": "complex<f32>", "z": "complex<f64>"}


def rule(target: str) -> tuple[str, Rule] | None:
    """The element type and the rule of a kernel that JAX calls, or None."""
    element, kernel = _parts(target)
    return (element, _RULES[kernel]) if kernel in _RULES else None


def is_unchecked(target: str) -> bool:
    """Whether JAX itself calls this kernel, but there is no rule here to check it by."""
    return _parts(target)[1] in _UNCHECKED


def unwritten(target: str, call: Call) -> tuple[int, ...]:
    """Results that the kernel leaves unwritten: none that matter, for the evaluator overwrites freed memory."""
    del target, call
    return ()


def _parts(target: str) -> tuple[str, str]:
    """Element type and kernel of a target; empty if it is none."""
    name = target.removeprefix("lapack_").removesuffix("_ffi")
    if target != f"lapack_{name}_ffi" or name[:1] not in _ELEMENT:
        return "", ""
    return _ELEMENT[name[0]], name[1:]


def _triangular_solve(call: Call) -> tuple[Type, ...]:
    _, right = call.operands
    batch, size = call.square()
    other, rows, columns = call.matrix(1)
    if other != batch or size != {ord("L"): rows, ord("R"): columns}[call.configuration["side"]]:
        raise ValueError("the two sides do not fit")
    return (right,)


def _svd(call: Call) -> tuple[Type, ...]:
    (operand,) = call.operands
    batch, rows, columns = call.matrix()
    short = min(rows, columns)
    widths = {ord("A"): (rows, columns), ord("S"): (short, short), ord("N"): (rows, columns)}
    left, right = widths[call.configuration["mode"]]
    return (
        operand,
        ((*batch, short), REAL[call.element]),
        ((*batch, rows, left), call.element),
        ((*batch, right, columns), call.element),
        (batch, "i32"),
    )


def _eigen(call: Call) -> tuple[Type, ...]:
    (_,) = call.operands
    batch, size = call.square()
    values = [((*batch, size), call.element)] * (2 if call.element in ("f32", "f64") else 1)
    vectors = [((*batch, size, size), COMPLEX[call.element])] * 2
    return (*values, *vectors, (batch, "i32"))


def _tridiagonal_solve(call: Call) -> tuple[Type, ...]:
    _, batch, _ = factor.right_side(call)
    return (*call.operands, (batch, "i32"))


_UNCHECKED = frozenset("gees gehrd sytrd hetrd geqp3 gesvd".split())

_RULES: dict[str, Rule] = {
    "potrf": factor.cholesky,
    "getrf": factor.lu,
    "geqrf": factor.qr,
    "orgqr": factor.reflectors,
    "ungqr": factor.reflectors,
    "trsm": _triangular_solve,
    "gesdd": _svd,
    "syevd": factor.symmetric_eigen,
    "heevd": factor.symmetric_eigen,
    "geev": _eigen,
    "gtsv": _tridiagonal_solve,
}

#: Every kernel that a program may call.
TARGETS = tuple(f"lapack_{letter}{kernel}_ffi" for letter in _ELEMENT for kernel in _RULES)
