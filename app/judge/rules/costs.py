"""The rules on programs: what they must and must not be made of, and what they may cost beside the reference's.

All of it is read from vetted programs and from figures that the evaluator reports. Work, memory and operations depend
on shapes alone, so they may be told of hidden cases; of run times, which may depend on values, only a ratio is told.
Invariant: every function here is a pure function of what it is given.
"""

from __future__ import annotations

import statistics
from collections.abc import Collection, Sequence

from app.judge.rules.unrolling import RuleBreak
from app.problems.model import Rules
from app.problems.published import ReferenceProgram
from sandbox.jobs import Compiled, Vetted
from sandbox.operations import CUSTOM_CALL

#: Operations on elements that are always allowed beside the multiple of the reference's: a core does them in about a
#: microsecond, less than it takes to start a program, and right programs differ by so much in masks and indices. A
#: reference on a scalar does three.
WORK_SLACK = 4096
#: Bytes that are always allowed likewise: a core's fastest cache, and far below what an allocator rounds by.
MEMORY_SLACK = 64 << 10

#: What makes an operation, for those whose names say it to compiler writers only.
_MADE_BY = {
    "while": "`jax.lax.scan`, `fori_loop` and `while_loop` make it",
    "case": "`jax.lax.cond` and `switch` make it",
    "dot_general": "`@`, `jnp.dot` and `jnp.einsum` make it",
    "scatter": "`x.at[...].set` and `x.at[...].add` make it",
    "gather": "`x[indices]` and `jnp.take` make it",
    "custom_call": "`jnp.linalg.solve`, `svd`, `eigh` and their like make it",
    "convolution": "`jax.lax.conv` and `jnp.convolve` make it",
    "reduce_window": "`jnp.cumsum` and `jax.lax.reduce_window` make it",
    "sort": "`jnp.sort` and `jnp.argsort` make it",
}
_LOOP, _COMPOSITE = "stablehlo.while", "stablehlo.composite"


def operation_names(vetted: Vetted) -> frozenset[str]:
    """What a program has, by the names that rules use."""
    plain = {name.partition(".")[2] for name in vetted.counts}
    return frozenset(plain | {CUSTOM_CALL + target for target in vetted.custom_calls})


def check_operations(rules: Rules, vetted: Vetted, signature: str, needed: Collection[str]) -> RuleBreak | None:
    """The first rule on operations and dtypes that a program breaks.

    Args:
        rules: the problem's.
        vetted: the program.
        signature: its argument types, for messages.
        needed: operations of ``rules.required_operations`` that the reference's program has live.
    """
    names = operation_names(vetted)
    for name in rules.forbidden_operations:
        if name in names:
            return RuleBreak(
                "forbidden_operation",
                f"The program for `{signature}` has the operation `{name}`, which this exercise rules out"
                f"{_made_by(name)}. Solve it without.",
                subject=name,
            )
    for dtype in rules.forbidden_dtypes:
        if dtype in vetted.dtypes:
            return RuleBreak(
                "forbidden_dtype",
                f"The program for `{signature}` has values of dtype {dtype}, which this exercise rules out. Look for "
                "`dtype=`, `astype` and constants that bring it in, and convert them, or leave them out.",
                subject=dtype,
            )
    for name in rules.required_operations:
        if name in needed and name not in vetted.live:
            unused = " It has one, but nothing that is returned depends on it." if name in names else ""
            return RuleBreak(
                "required_operation",
                f"This exercise is to be solved with the operation `{name}`{_made_by(name)}, and no result of the "
                f"program for `{signature}` depends on one.{unused}",
                subject=name,
            )
    return None


def _made_by(name: str) -> str:
    return f" ({_MADE_BY[name]})" if name in _MADE_BY else ""


def uncountable(vetted: Vetted) -> str:
    """Why XLA's count of a program's work would mean nothing; empty if it means something."""
    if _LOOP in vetted.counts:
        return "it has a loop (`while`), whose turns are counted as one"
    if _COMPOSITE in vetted.counts:
        return "it has a `composite` operation, such as `jax.lax.top_k` makes, which is not counted"
    if vetted.custom_calls:
        return f"it calls `{vetted.custom_calls[0]}`, which is not counted"
    return ""


def check_countable(rules: Rules, vetted: Vetted, signature: str) -> RuleBreak | None:
    """Whether the work of a program can be counted, where a rule limits it."""
    why = uncountable(vetted) if rules.most_work is not None else ""
    return _uncountable(signature, why) if why else None


def _uncountable(signature: str, why: str) -> RuleBreak:
    return RuleBreak(
        "too_much_work",
        f"This exercise limits the work of a program, and that of yours for `{signature}` cannot be counted: {why}. "
        "Solve it with operations on whole arrays, without `jax.lax.scan`, `fori_loop` and `while_loop`, and without "
        "factorisations and `top_k`.",
    )


def check_cost(rules: Rules, compiled: Compiled, reference: ReferenceProgram, signature: str) -> RuleBreak | None:
    """Whether a program does too much, or needs too much memory, beside the reference's at the same signature."""
    if rules.most_work is not None and reference.work is not None:
        if compiled.work is None:
            return _uncountable(signature, "XLA has no figure for one of its operations")
        if compiled.work > rules.most_work * reference.work + WORK_SLACK:
            figures = _figures(rules.most_work, reference.work, WORK_SLACK, "")
            return RuleBreak(
                "too_much_work",
                f"The program does {compiled.work:,} operations on array elements for `{signature}`; the reference "
                f"does {figures}. Look for what is computed more than once, for larger arrays than needed, and for a "
                "cheaper order of products.",
            )
    if rules.most_memory is not None and compiled.memory > rules.most_memory * reference.memory + MEMORY_SLACK:
        figures = _figures(rules.most_memory, reference.memory, MEMORY_SLACK, " bytes")
        return RuleBreak(
            "too_much_memory",
            f"The program needs {compiled.memory:,} bytes for its results and intermediate values at `{signature}`; "
            f"the reference needs {figures}. Look for large intermediate arrays, such as a product over two axes that "
            "is summed at once.",
        )
    return None


def _figures(most: float, reference: int, slack: int, unit: str) -> str:
    allowed = int(most * reference + slack)
    return f"{reference:,}{unit} (at most {most:g} x {reference:,} + {slack:,} = {allowed:,}{unit} are allowed)"


def check_race(rules: Rules, turns: Sequence[tuple[int, int]], signature: str) -> RuleBreak | None:
    """Whether a program is slower than allowed: by the median over the turns of its time over the reference's.

    How much slower is not told: the race is run on hidden values, which a loop could have written into its time.
    """
    if rules.most_time is None or statistics.median(mine / rival for mine, rival in turns) <= rules.most_time:
        return None
    return RuleBreak(
        "too_slow",
        f"The program takes more than {rules.most_time:g} times as long as the reference for `{signature}`, by the "
        f"median of {len(turns)} turns in which both ran, and no more is allowed. Look for work that is done more than "
        "once and for loops that operations on whole arrays can replace.",
    )
