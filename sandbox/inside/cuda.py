"""The kernels of NVIDIA's libraries that a vetted program may call on a GPU, with the types that JAX gives them.

Sources: ``jax/_src/lax/linalg.py``, ``jaxlib/gpu/solver_kernels_ffi.cc``, ``jaxlib/gpu/linalg_kernels.cc``. Invariant:
a kernel that has no rule here is refused, and what a kernel leaves unwritten is read by nobody: it would show what lay
in the GPU's memory before.
"""

from __future__ import annotations

from sandbox.inside import factor
from sandbox.inside.factor import REAL, Call, Rule, Type

#: cuSPARSE's own least size of a tridiagonal system; JAX solves smaller ones without it.
_LEAST_TRIDIAGONAL = 3
#: Results of a singular value decomposition that hold vectors.
_VECTORS = (2, 3)
#: ``SyevdAlgorithm``: automatic, QR, Jacobi.
_ALGORITHMS = (0, 1, 2)


def rule(target: str) -> tuple[str, Rule] | None:
    """The rule of a kernel that JAX calls, or None; its element type is its first operand's, hence empty."""
    return ("", _RULES[target]) if target in _RULES else None


def is_unchecked(target: str) -> bool:
    """Whether JAX itself calls this kernel, but there is no rule here to check it by."""
    return target in _UNCHECKED


def unwritten(target: str, call: Call) -> tuple[int, ...]:
    """Results that the kernel leaves unwritten: the vectors that nobody asked for."""
    return _VECTORS if target in _DECOMPOSITIONS and not call.configuration["compute_uv"] else ()


def _symmetric_eigen(call: Call) -> tuple[Type, ...]:
    if call.configuration["algorithm"] not in _ALGORITHMS:
        raise ValueError("no such algorithm")
    return factor.symmetric_eigen(call)


def _svd_jacobi(call: Call) -> tuple[Type, ...]:
    """Both matrices of vectors are always there, and the second is not transposed."""
    (operand,) = call.operands
    batch, rows, columns = call.matrix()
    short = min(rows, columns)
    left, right = (rows, columns) if call.configuration["full_matrices"] else (short, short)
    return (
        operand,
        ((*batch, short), REAL[call.element]),
        ((*batch, rows, left), call.element),
        ((*batch, columns, right), call.element),
        (batch, "i32"),
    )


def _svd_qr(call: Call) -> tuple[Type, ...]:
    """Wants at least as many rows as columns: of a wide matrix, the transpose is decomposed and both sides swap."""
    (operand,) = call.operands
    batch, rows, columns = call.matrix()
    short, wide = min(rows, columns), rows < columns
    if bool(call.configuration["transposed"]) != wide:
        raise ValueError("transposed without need, or not although it must be")
    left, right = (rows, columns) if call.configuration["full_matrices"] else (short, short)
    vectors = [((*batch, rows, left), call.element), ((*batch, right, columns), call.element)]
    if not call.configuration["compute_uv"]:
        vectors = [((), call.element)] * 2
    return (
        operand,
        ((*batch, short), REAL[call.element]),
        *(reversed(vectors) if wide else vectors),
        (batch, "i32"),
    )


def _tridiagonal_solve(call: Call) -> tuple[Type, ...]:
    right, _, size = factor.right_side(call)
    if size < _LEAST_TRIDIAGONAL:
        raise ValueError("too small for the kernel")
    return (right,)


def _pivots_to_permutation(call: Call) -> tuple[Type, ...]:
    """As long as the program says, but no shorter than the pivots."""
    ((*batch, pivots), element) = call.operands[0]
    ((*_, length), _) = call.results[0]
    if len(call.operands) != 1 or element != "i32" or length < pivots:
        raise ValueError("more pivots than rows")
    return (((*batch, length), "i32"),)


_DECOMPOSITIONS = frozenset({"cusolver_gesvd_ffi", "cusolver_gesvdj_ffi"})

#: Kernels that JAX calls and that have no rule, or that ``jax.export`` does not guarantee.
_UNCHECKED = frozenset(
    """cu_cholesky_update_ffi cu_threefry2x32_ffi cu_tridiagonal_solve_perturbed cuhybrid_eig_comp cuhybrid_eig_real
cuhybrid_geqp3 cusolver_geev_ffi cusolver_gesvdp_ffi cusolver_ormqr_ffi cusolver_sytrd_ffi""".split()
)

_RULES: dict[str, Rule] = {
    "cu_lu_pivots_to_permutation": _pivots_to_permutation,
    "cusolver_potrf_ffi": factor.cholesky,
    "cusolver_getrf_ffi": factor.lu,
    "cusolver_geqrf_ffi": factor.qr,
    "cusolver_orgqr_ffi": factor.reflectors,
    "cusolver_syevd_ffi": _symmetric_eigen,
    "cusolver_gesvd_ffi": _svd_qr,
    "cusolver_gesvdj_ffi": _svd_jacobi,
    "cusparse_gtsv2_ffi": _tridiagonal_solve,
}

#: Every kernel that a program may call.
TARGETS = tuple(_RULES)
