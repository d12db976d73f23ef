"""The rules on a solution's programs: loops it may not unroll.

They are read from the vetted programs and cannot be argued with; rules on the source are in ``style.py``. Invariant:
every check is a pure function of what it is given.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from app.judge.verdict import Reason

#: A program is unrolled if it has more operations than this many times the reference's, plus ``SLACK``.
FACTOR = 3
SLACK = 64
#: Growth counts between sizes of at least this: below it ``associative_scan``, ``polyval`` and others grow too.
GROWTH_FROM = 64


@dataclass(frozen=True)
class RuleBreak:
    """A rule that a submission breaks.

    Attributes:
        reason: which kind of rule.
        message: what was found and what to do about it.
        line: in the source, counted from 1; 0 if no line is to blame.
    """

    reason: Reason
    message: str
    line: int = 0


@dataclass(frozen=True)
class OperationCount:
    """How large one vetted program is.

    Attributes:
        call: what was traced; only programs of one call are compared for growth.
        size: the value of the named size that may not be unrolled; None if this signature does not have it.
        signature: the argument types, for messages.
        operations: the submission's, nested ones included.
        reference_operations: the reference's at the same signature.
    """

    call: str
    size: int | None
    signature: str
    operations: int
    reference_operations: int


def check_unrolled(counts: Sequence[OperationCount]) -> RuleBreak | None:
    """Whether a loop was unrolled into the programs counted so far; to be asked again with each new one.

    Unrolled means more than ``FACTOR`` times the reference's operations plus ``SLACK`` at any signature, or, between
    two sizes of at least ``GROWTH_FROM``, growth of one operation or more a row and of more than the reference's own.
    The figures come from measuring honest programs: a Python loop adds 4 to 9 operations a row, ``associative_scan``,
    ``grad`` of ``cummax``, ``polyval`` and ``scan(unroll=8)`` less than 0.7 a row from 64 rows on.
    """
    for count in counts:
        if count.operations > FACTOR * count.reference_operations + SLACK:
            allowed = FACTOR * count.reference_operations + SLACK
            return _unrolled(
                f"{count.operations} operations for `{count.signature}`, where the reference needs "
                f"{count.reference_operations} (at most {FACTOR} x {count.reference_operations} + {SLACK} = {allowed} "
                "are allowed)",
                "step by step",
            )
    sized = [(count.size, count) for count in counts if count.size is not None and count.size >= GROWTH_FROM]
    for (small, before), (large, after) in itertools.combinations(sorted(sized, key=lambda pair: pair[0]), 2):
        growth = after.operations - before.operations
        if (
            before.call == after.call
            and large > small
            and growth >= large - small
            and growth > after.reference_operations - before.reference_operations
        ):
            return _unrolled(
                f"it grows from {before.operations} operations at size {small} to {after.operations} at size {large}, "
                f"the reference's from {before.reference_operations} to {after.reference_operations}",
                "row by row",
            )
    return None


def _unrolled(figures: str, pace: str) -> RuleBreak:
    """The break; ``pace`` claims rows only where growth with them was measured."""
    return RuleBreak(
        "unrolled",
        f"The program repeats itself instead of looping: {figures}. A Python loop, or `unroll=`, writes it out {pace}; "
        "use `jax.vmap`, operations on whole arrays, or, where each step needs the one before, `jax.lax.scan` or "
        "`jax.lax.fori_loop` without `unroll=`.",
    )
