"""The learner's own lines that explain an exception: what a loop starts with, what a loss returns, how operands lie.

Invariant: as of ``app.judge.explain.clues``, of whose source these are; nothing is said where two lines could have
done it. Whoever asks has made sure that the failure saw no hidden value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from app.judge.explain.clues import Clues
from app.judge.explain.failing.branches import truth
from app.judge.explain.failing.broadcasting import broadcast
from app.judge.explain.failing.changes import in_place, near_name, unequal
from app.judge.explain.failing.kept import kept
from app.judge.explain.failing.loops import body, start
from app.judge.explain.failing.losses import loss
from app.judge.explain.failing.numpy_calls import numpy
from app.judge.explain.failing.operands import axis, product
from app.judge.explain.failing.seen import NOTHING, Because, Seen, seen_of
from app.judge.explain.failing.sizes import size
from sandbox.jobs import Failure

__all__ = ["Because", "failing_told"]

#: An exception's class, empty for any, what its text has in it, and who looks for what made it.
_CLUES: tuple[tuple[str, str, Callable[[Seen], Because]], ...] = (
    ("TracerBoolConversionError", "", truth),
    ("ConcretizationTypeError", "", size),
    ("TracerArrayConversionError", "", numpy),
    ("", r"dot_general requires contracting|matmul input operand 1 has a mismatch", product),
    ("", r"must have ndim at least 1", start),
    ("", r"scan body output must be a pair", body),
    ("", r"Gradient only defined for scalar-output functions\. Output had shape", loss),
    ("", r"[Ii]ncompatible (shapes|types) for broadcasting", broadcast),
    ("TypeError", "JAX arrays are immutable", in_place),
    ("", r"Cannot (concatenate|stack) arrays with", unequal),
    ("AttributeError", r"^module '", near_name),
    ("IndexError", r"^tuple index out of range\s*$", axis),
)


def failing_told(failure: Failure, text: str, sizes: Mapping[str, int], clues: Clues) -> Because:
    """What on the learner's lines made an exception, and the way out; nothing where that is not plain.

    Args:
        failure: an exception.
        text: what it said, as far as that is read.
        sizes: the named sizes of the signature.
        clues: what the source has.
    """
    try:
        return _told(failure, text, sizes, clues)
    except RecursionError:  # an expression may nest more deeply than can be walked
        return NOTHING


def _told(failure: Failure, text: str, sizes: Mapping[str, int], clues: Clues) -> Because:
    if failure.error == "UnexpectedTracerError" or (not failure.frames and re.match("Too many leaves", text)):
        return kept(clues)
    if not failure.frames:
        return NOTHING
    seen = seen_of(failure, text, sizes, clues)
    for error, pattern, clue in _CLUES:
        if error in ("", failure.error) and re.search(pattern, text):
            return clue(seen)
    return NOTHING
