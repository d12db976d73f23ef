"""Which operations and types a vetted program may have.

An allow-list: what a later StableHLO adds is refused until somebody has looked at it. Invariant: nothing on it reaches
outside the program, and what JAX can make but nobody can judge here is refused without calling it an attack.
"""

from __future__ import annotations

import math

from jaxlib.mlir import ir

from sandbox.inside import calls
from sandbox.operations import NAMES

#: Operations that a program may have, by their whole names.
ALLOWED = frozenset(f"stablehlo.{name}" for name in NAMES) | {"builtin.module", "func.func", "func.call", "func.return"}

#: Operations that talk to something outside the program.
FORBIDDEN = frozenset(f"stablehlo.{name}" for name in "send recv infeed outfeed create_token after_all".split())

#: dtype name -> MLIR element type.
ELEMENTS = {
    "bool": "i1",
    "bfloat16": "bf16",
    "float8_e4m3fn": "f8E4M3FN",
    "float8_e5m2": "f8E5M2",
    "complex64": "complex<f32>",
    "complex128": "complex<f64>",
    **{f"float{bits}": f"f{bits}" for bits in (16, 32, 64)},
    **{f"int{bits}": f"i{bits}" for bits in (8, 16, 32, 64)},
    **{f"uint{bits}": f"ui{bits}" for bits in (8, 16, 32, 64)},
}

#: Deepest nesting of control flow, and longest chain of calls.
MAX_NESTING = 64
#: Largest intermediate array by element count: 16 GB of bytes, far beyond every memory limit.
_MAX_ELEMENTS = 1 << 34


class Refused(Exception):
    """The program may not go on; the text says why.

    ``kind`` is a ``sandbox.jobs.FailureKind``: a program that is merely too big, or uses a part of JAX that cannot be
    judged here, is no attack.
    """

    def __init__(self, message: str, kind: str = "violation") -> None:
        """Refuse with a reason."""
        super().__init__(message)
        self.kind = kind


def _unsupported(message: str) -> Refused:
    return Refused(f"{message}, which cannot be judged here", "not_traceable")


def check_operation(operation: ir.Operation, platform: str) -> None:
    """Look at one operation of a program for ``platform``.

    Raises:
        Refused: it may not stay.
    """
    name = operation.name
    if name in FORBIDDEN:
        raise Refused(f"the operation {name} is not allowed in a submission")
    if name not in ALLOWED:
        raise _unsupported(f"the program uses the operation {name}")
    for result in operation.results:
        _check_type(name, result.type)
    if _depth(operation) > MAX_NESTING:
        raise Refused(f"the traced program nests control flow deeper than {MAX_NESTING} levels", "compile")
    if name == "stablehlo.composite" and not text_of(operation.attributes["name"]).startswith("chlo."):
        raise Refused(f"the composite operation {text_of(operation.attributes['name'])} is not known")
    if name == "stablehlo.custom_call":
        target = text_of(operation.attributes["call_target_name"])
        if calls.is_unchecked(target, platform):
            raise _unsupported(f"the program calls {target!r}")
        if refusal := calls.check(operation, platform):
            raise Refused(refusal)


def _check_type(name: str, kind: ir.Type) -> None:
    if not isinstance(kind, ir.RankedTensorType) or not kind.has_static_shape:
        raise Refused(f"{name} has a result of type {kind}, which is not an array of fixed shape")
    if str(kind.element_type) not in ELEMENTS.values():
        raise _unsupported(f"the program uses the dtype {kind.element_type}")
    if math.prod(kind.shape) > _MAX_ELEMENTS:
        raise Refused(f"the program makes an array of shape {tuple(kind.shape)}, which fits no memory", "memory")


def _depth(operation: ir.Operation) -> int:
    depth, parent = 0, operation.parent
    while parent is not None and depth <= MAX_NESTING:
        depth, parent = depth + 1, parent.operation.parent
    return depth


def text_of(attribute: ir.Attribute) -> str:
    """The string in a string attribute."""
    return str(ir.StringAttr(attribute).value)
