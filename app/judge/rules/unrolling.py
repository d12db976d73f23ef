"""The rules on a solution's programs: loops it may not unroll.

They are read from the vetted programs and cannot be argued with; the other rules on programs are in ``costs.py``, those
on the source in ``style.py``. Invariant: every check is a pure function of what it is given.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from app.judge.verdict import Reason

#: A program of at most this many times the reference's operations plus ``SLACK`` is never unrolled.
FACTOR = 3
SLACK = 64
#: One that has more at a small size is, if it also has more than this many times its own at some size that is not
#: small: ``scan(unroll=8)`` writes out fewer than twice eight turns, eight in its loop and what is left over behind it.
ABOVE_ITS_OWN = 2
#: One of more than this many times the reference's operations plus ``SLACK`` for each doubling of the size is, whatever
#: else it has: ``scan(unroll=16)`` has 31 turns at most, ``grad`` of ``cummax`` adds 66 operations a doubling.
MOST_COPIES = 16
LEAST_DOUBLINGS = 8
#: Growth counts between sizes of at least this: below it ``associative_scan``, ``polyval`` and others grow too.
GROWTH_FROM = 64
#: Operations that a loop over the rows adds with each at least: it takes the row out and does something with it.
A_ROW = 2


@dataclass(frozen=True)
class RuleBreak:
    """A rule that a submission breaks.

    Attributes:
        reason: which kind of rule.
        message: what was found and what to do about it.
        line: in the source, counted from 1; 0 if no line is to blame.
        subject: what it is about, by name: an operation, a dtype, a call; empty for costs, which have no one cause.
    """

    reason: Reason
    message: str
    line: int = 0
    subject: str = ""


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

    Three things show it, each measured on honest programs and on loops (JAX 0.10; the reference is 13 operations long):

    * More operations than ``_most`` at any size. ``scan`` of a gradient has 121 to 209 with ``unroll=8``, ``grad`` of
      ``cummax`` 462 at 128 rows and 1,046 at 100,000; a loop at 1,000 rows has 3,000 to 7,000.
    * More than ``FACTOR`` times the reference's plus ``SLACK`` at a size below ``GROWTH_FROM``, and more than
      ``ABOVE_ITS_OWN`` times the program's own at a size from there on: it is written out for some sizes only.
    * Growth of ``A_ROW`` operations or more a row between two sizes of at least ``GROWTH_FROM``, and more than the
      reference's own. A loop adds 3 to 9, ``grad`` of ``cummax`` 1.03 and ``associative_scan`` 0.3 or less. Unless both
      sizes are multiples of ``GROWTH_FROM``, it must be beyond what comes at once as well: with ``unroll=8``, ``scan``
      writes out up to seven turns more behind its loop, and none at a multiple of eight; ``cummax`` adds a level.
    """
    for count in counts:
        if count.operations > (most := _most(count)):
            return _unrolled(_too_long(count, f"at most {most} are allowed"), "step by step")
    for small, large in itertools.permutations(counts, 2):
        if small.call == large.call and _is_small(small) and _is_sized(large):
            broken = _check_small(small, large)
        elif small.call == large.call and _is_sized(small) and _is_sized(large):
            broken = _check_growth(small, large)
        else:
            continue
        if broken is not None:
            return broken
    return None


def _is_sized(count: OperationCount) -> bool:
    return count.size is not None and count.size >= GROWTH_FROM


def _is_small(count: OperationCount) -> bool:
    return count.size is not None and count.size < GROWTH_FROM


def _most(count: OperationCount) -> int:
    """The most operations that a program may have at one size, however they came about."""
    doublings = max(LEAST_DOUBLINGS, (count.size or 1).bit_length())
    return MOST_COPIES * count.reference_operations + SLACK * doublings


def _check_small(small: OperationCount, large: OperationCount) -> RuleBreak | None:
    allowed = FACTOR * small.reference_operations + SLACK
    if small.operations <= max(allowed, ABOVE_ITS_OWN * large.operations):
        return None
    figures = (
        f"at most {FACTOR} x {small.reference_operations} + {SLACK} = {allowed} are allowed to a program that has "
        f"{large.operations} at size {large.size}"
    )
    return _unrolled(_too_long(small, figures), "step by step")


def _check_growth(before: OperationCount, after: OperationCount) -> RuleBreak | None:
    assert before.size is not None
    assert after.size is not None
    rows, growth = after.size - before.size, after.operations - before.operations
    own = after.reference_operations - before.reference_operations
    even = before.size % GROWTH_FROM == after.size % GROWTH_FROM == 0
    if rows <= 0 or growth < A_ROW * rows or growth <= own:
        return None
    levels = 1 + after.size.bit_length() - before.size.bit_length()
    if not even and growth <= MOST_COPIES * after.reference_operations + SLACK * levels:
        return None
    return _unrolled(
        f"it grows from {before.operations} operations at size {before.size} to {after.operations} at size "
        f"{after.size}, the reference's from {before.reference_operations} to {after.reference_operations}",
        "row by row",
    )


def _too_long(count: OperationCount, allowed: str) -> str:
    return (
        f"{count.operations} operations for `{count.signature}`, where the reference needs "
        f"{count.reference_operations} ({allowed})"
    )


def _unrolled(figures: str, pace: str) -> RuleBreak:
    """The break; ``pace`` claims rows only where growth with them was measured."""
    return RuleBreak(
        "unrolled",
        f"The program repeats itself instead of looping: {figures}. A Python loop, or `unroll=`, writes it out {pace}; "
        "use `jax.vmap`, operations on whole arrays, or, where each step needs the one before, `jax.lax.scan` or "
        "`jax.lax.fori_loop` without `unroll=`.",
        subject="loop",
    )
