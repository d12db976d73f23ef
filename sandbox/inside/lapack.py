"""Which custom calls a vetted program may still make, and with which shapes.

LAPACK kernels trust the shapes they are called with: ``lapack_sgetrf_ffi`` with a pivot output that is too short
overwrites memory. A target is allowed only if its operands and results have exactly the types that JAX itself gives
them (``jaxlib/lapack.py``, ``jax/_src/lax/linalg.py``). Invariant: a target that has no rule here is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jaxlib.mlir import ir
from jaxlib.mlir.dialects import stablehlo

_Type = tuple[tuple[int, ...], str]

_ELEMENT = {"s": "f32", "d": "f64", "c": "complex<f32>", "z": "complex<f64>"}
_REAL = {"s": "f32", "d": "f64", "c": "f32", "z": "f64"}
_COMPLEX = {"s": "complex<f32>", "d": "complex<f64>", "c": "complex<f32>", "z": "complex<f64>"}


def is_known(target: str) -> bool:
    """Whether JAX itself makes such calls, but there is no rule here to check them by."""
    name = target.removeprefix("lapack_").removesuffix("_ffi")
    if target == f"lapack_{name}_ffi" and name[:1] in _ELEMENT:
        return name[1:] not in _RULES and name[1:] in _UNCHECKED
    return target in ("ApproxTopK", "Sharding")


def check_call(operation: ir.Operation) -> str:
    """Why this custom call is refused, or an empty string."""
    target = str(ir.StringAttr(operation.attributes["call_target_name"]).value)
    name = target.removeprefix("lapack_").removesuffix("_ffi")
    refusal = f"the program calls {target!r}, which is not allowed in a submission"
    if target != f"lapack_{name}_ffi" or name[:1] not in _ELEMENT:
        return refusal
    letter, kernel = name[0], name[1:]
    if kernel not in _RULES:
        return refusal
    if not _plain_call(operation):
        return f"the program calls {target!r} in another way than JAX does"
    operands = [_type(value) for value in operation.operands]
    results = [_type(value) for value in operation.results]
    try:
        fits = _RULES[kernel](letter, operands, _configuration(operation)) == results
        fits = fits and all(operands[operand] == results[result] for operand, result in _aliases(operation))
    except (IndexError, ValueError, KeyError):
        fits = False
    return "" if fits else f"the program calls {target!r} with shapes that do not belong together"


#: What a LAPACK call of JAX's own carries. Its configuration stands in ``mhlo.backend_config`` and nowhere else: with
#: some API versions XLA reads ``backend_config``, so a call with both could show the vetter one and the kernel another.
_ATTRIBUTES = frozenset(
    {"call_target_name", "mhlo.backend_config", "operand_layouts", "result_layouts", "output_operand_aliases"}
)


def _plain_call(operation: ir.Operation) -> bool:
    own = {name for name in operation.attributes if "." not in name or name.startswith("mhlo.backend")}
    if not own <= _ATTRIBUTES or "mhlo.backend_config" not in own:
        return False
    return isinstance(operation.attributes["mhlo.backend_config"], ir.DictAttr)


def _type(value: Any) -> _Type:
    tensor = ir.RankedTensorType(value.type)
    return tuple(tensor.shape), str(tensor.element_type)


def _configuration(operation: ir.Operation) -> dict[str, int]:
    entries = ir.DictAttr(operation.attributes["mhlo.backend_config"])
    return {entry.name: int(ir.IntegerAttr(entry.attr).value) for entry in entries}


def _aliases(operation: ir.Operation) -> list[tuple[int, int]]:
    """Operand and result that share a buffer, by index."""
    if "output_operand_aliases" not in operation.attributes:
        return []
    aliases = map(stablehlo.OutputOperandAlias, ir.ArrayAttr(operation.attributes["output_operand_aliases"]))
    return [(alias.operand_index, (*alias.output_tuple_indices, 0)[0]) for alias in aliases]


def _square(operand: _Type, element: str) -> tuple[tuple[int, ...], int]:
    (*batch, rows, columns), kind = operand
    if rows != columns or kind != element:
        raise ValueError("not a square matrix of the kernel's type")
    return tuple(batch), rows


def _matrix(operand: _Type, element: str) -> tuple[tuple[int, ...], int, int]:
    (*batch, rows, columns), kind = operand
    if kind != element:
        raise ValueError("not of the kernel's type")
    return tuple(batch), rows, columns


def _cholesky(letter: str, operands: list[_Type], _config: dict[str, int]) -> list[_Type]:
    (operand,) = operands
    batch, _ = _square(operand, _ELEMENT[letter])
    return [operand, (batch, "i32")]


def _lu(letter: str, operands: list[_Type], _config: dict[str, int]) -> list[_Type]:
    (operand,) = operands
    batch, rows, columns = _matrix(operand, _ELEMENT[letter])
    return [operand, ((*batch, min(rows, columns)), "i32"), (batch, "i32")]


def _qr(letter: str, operands: list[_Type], _config: dict[str, int]) -> list[_Type]:
    (operand,) = operands
    batch, rows, columns = _matrix(operand, _ELEMENT[letter])
    return [operand, ((*batch, min(rows, columns)), _ELEMENT[letter])]


def _q(letter: str, operands: list[_Type], _config: dict[str, int]) -> list[_Type]:
    operand, (shape, kind) = operands
    batch, rows, columns = _matrix(operand, _ELEMENT[letter])
    if shape[:-1] != batch or kind != _ELEMENT[letter] or not shape[-1] <= columns <= rows:
        raise ValueError("more reflectors than columns")
    return [operand]


def _triangular_solve(letter: str, operands: list[_Type], config: dict[str, int]) -> list[_Type]:
    matrix, right = operands
    batch, size = _square(matrix, _ELEMENT[letter])
    other, rows, columns = _matrix(right, _ELEMENT[letter])
    if other != batch or size != {ord("L"): rows, ord("R"): columns}[config["side"]]:
        raise ValueError("the two sides do not fit")
    return [right]


def _svd(letter: str, operands: list[_Type], config: dict[str, int]) -> list[_Type]:
    (operand,) = operands
    batch, rows, columns = _matrix(operand, _ELEMENT[letter])
    short = min(rows, columns)
    left, right = {ord("A"): (rows, columns), ord("S"): (short, short), ord("N"): (rows, columns)}[config["mode"]]
    return [
        operand,
        ((*batch, short), _REAL[letter]),
        ((*batch, rows, left), _ELEMENT[letter]),
        ((*batch, right, columns), _ELEMENT[letter]),
        (batch, "i32"),
    ]


def _symmetric_eigen(letter: str, operands: list[_Type], _config: dict[str, int]) -> list[_Type]:
    (operand,) = operands
    batch, size = _square(operand, _ELEMENT[letter])
    return [operand, ((*batch, size), _REAL[letter]), (batch, "i32")]


def _eigen(letter: str, operands: list[_Type], _config: dict[str, int]) -> list[_Type]:
    (operand,) = operands
    batch, size = _square(operand, _ELEMENT[letter])
    values = [((*batch, size), _ELEMENT[letter])] * (2 if letter in "sd" else 1)
    vectors = [((*batch, size, size), _COMPLEX[letter])] * 2
    return [*values, *vectors, (batch, "i32")]


def _tridiagonal_solve(letter: str, operands: list[_Type], _config: dict[str, int]) -> list[_Type]:
    lower, middle, upper, right = operands
    batch, size, _ = _matrix(right, _ELEMENT[letter])
    if {lower, middle, upper} != {((*batch, size), _ELEMENT[letter])}:
        raise ValueError("the diagonals do not fit")
    return [lower, middle, upper, right, (batch, "i32")]


#: Kernels that JAX calls and that have no rule yet.
_UNCHECKED = frozenset("gees gehrd sytrd hetrd geqp3 gesvd".split())

_RULES: dict[str, Callable[[str, list[_Type], dict[str, int]], list[_Type]]] = {
    "potrf": _cholesky,
    "getrf": _lu,
    "geqrf": _qr,
    "orgqr": _q,
    "ungqr": _q,
    "trsm": _triangular_solve,
    "gesdd": _svd,
    "syevd": _symmetric_eigen,
    "heevd": _symmetric_eigen,
    "geev": _eigen,
    "gtsv": _tridiagonal_solve,
}
