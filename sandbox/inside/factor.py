"""What a kernel of linear algebra is called with, and the shapes that factorisations have in every library.

Such kernels trust the shapes of their results: a rule here says which ones belong to given operands. Invariant: a rule
either names the types of all results or raises ``ValueError``, ``LookupError`` or ``TypeError``; it never guesses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

#: Shape and MLIR element type of an array.
Type = tuple[tuple[int, ...], str]

#: Element types of matrices, with that of their norms and that of their eigenvalues.
REAL = {"f32": "f32", "f64": "f64", "complex<f32>": "f32", "complex<f64>": "f64"}
COMPLEX = {"f32": "complex<f32>", "f64": "complex<f64>", "complex<f32>": "complex<f32>", "complex<f64>": "complex<f64>"}


@dataclass(frozen=True)
class Call:
    """One call of a kernel.

    Attributes:
        element: MLIR type of its matrices' elements, a key of ``REAL``.
        operands: what it is given.
        results: what the program says it returns.
        configuration: its attributes; truth values as 0 and 1.
    """

    element: str
    operands: tuple[Type, ...]
    results: tuple[Type, ...]
    configuration: Mapping[str, int]

    def matrix(self, operand: int = 0) -> tuple[tuple[int, ...], int, int]:
        """Batch, rows and columns of an operand.

        Raises:
            ValueError: it is no matrix of the kernel's type.
        """
        (*batch, rows, columns), element = self.operands[operand]
        if element != self.element:
            raise ValueError("not of the kernel's type")
        return tuple(batch), rows, columns

    def square(self, operand: int = 0) -> tuple[tuple[int, ...], int]:
        """Batch and size of an operand.

        Raises:
            ValueError: it is no square matrix of the kernel's type.
        """
        batch, rows, columns = self.matrix(operand)
        if rows != columns:
            raise ValueError("not a square matrix")
        return batch, rows


#: The types that a call's results must have.
Rule = Callable[[Call], tuple[Type, ...]]


def cholesky(call: Call) -> tuple[Type, ...]:
    """The factor and a status."""
    (operand,) = call.operands
    batch, _ = call.square()
    return operand, (batch, "i32")


def lu(call: Call) -> tuple[Type, ...]:
    """Both factors in one matrix, pivots and a status."""
    (operand,) = call.operands
    batch, rows, columns = call.matrix()
    return operand, ((*batch, min(rows, columns)), "i32"), (batch, "i32")


def qr(call: Call) -> tuple[Type, ...]:
    """Reflectors and the triangle in one matrix, and the reflectors' scales."""
    (operand,) = call.operands
    batch, rows, columns = call.matrix()
    return operand, ((*batch, min(rows, columns)), call.element)


def reflectors(call: Call) -> tuple[Type, ...]:
    """The orthogonal matrix of a QR factorisation."""
    operand, (shape, element) = call.operands
    batch, rows, columns = call.matrix()
    if shape[:-1] != batch or element != call.element or not shape[-1] <= columns <= rows:
        raise ValueError("more reflectors than columns")
    return (operand,)


def symmetric_eigen(call: Call) -> tuple[Type, ...]:
    """Eigenvectors, real eigenvalues and a status."""
    (operand,) = call.operands
    batch, size = call.square()
    return operand, ((*batch, size), REAL[call.element]), (batch, "i32")


def right_side(call: Call) -> tuple[Type, tuple[int, ...], int]:
    """The right side of a tridiagonal system with three diagonals before it, its batch and its size.

    Raises:
        ValueError: the diagonals do not fit.
    """
    lower, middle, upper, right = call.operands
    batch, size, _ = call.matrix(3)
    if {lower, middle, upper} != {((*batch, size), call.element)}:
        raise ValueError("the diagonals do not fit")
    return right, batch, size
