"""The eager run: the learner's function on public examples or on inputs of their own, with prints and values.

Nothing here counts, and nothing hidden is ever sent: only public cases and what the learner typed. Invariant: a run's
result is compared with the reference only for public cases, whose expected values the learner may see.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence

import numpy as np

from app.judge.compare import compare
from app.judge.entry import find_entry
from app.judge.errors import explain_failure, limit_of
from app.judge.explain import explain
from app.judge.grading import MAX_PRINTED, VERDICTS
from app.judge.source import SourceProblem, check_source
from app.judge.verdict import LimitReached, Model, Reason, Verdict
from app.judge.wording import one_line
from app.problems.model import ArraySpec, DictSpec, Problem, Spec, StaticSpec, TupleSpec
from app.problems.published import Published, PublishedCase, limits
from app.problems.signature import SpecError, bind, describe, format_spec
from sandbox.arrays import Array
from sandbox.jobs import Returned, RunJob, Sandbox
from sandbox.tree import DTYPES, KEY, Leaf, Node, Static, Tree

#: Most elements of an array that a run spells out; of longer ones it shows the ends.
_SHOWN = 60
#: What is said of a run of a problem that is evaluated on a GPU: no learner's Python gets near one.
_ON_CPU = "This ran on the CPU; when it is graded, the traced program is evaluated on a GPU."


class RunCall(Model):
    """One call of the function.

    Attributes:
        name: the public case's name, or "your input".
        arguments: what it was called with, as Python would write it.
        printed: what it printed during this call.
        value: what it returned, as text; empty if it raised.
        verdict: ``accepted`` or ``wrong_answer`` for a public case, a failure's verdict, None for own input.
        reason: of a wrong answer.
        message: the explanation of a failure or mismatch.
        milliseconds: the call took, compilation of every operation included.
        limit: the limit that was reached, if one was.
    """

    name: str
    arguments: str
    printed: str
    value: str
    verdict: Verdict | None
    reason: Reason | None
    message: str
    milliseconds: float
    limit: LimitReached | None = None  # stored records of earlier releases have none


class RunReport(Model):
    """A whole run.

    Attributes:
        message: what kept it from calling the function, or ended it early.
        limit: the limit that did, if one was.
        note: what is not as it is when graded.
    """

    problem: str
    problem_version: str
    problem_sha256: str
    verdict: Verdict | None
    message: str
    printed: str
    calls: tuple[RunCall, ...]
    limit: LimitReached | None = None  # stored records of earlier releases have none
    note: str = ""  # and no note


class InputError(ValueError):
    """The learner's own input does not fit the declared arguments; the text says what does."""


def run_public(published: Published, source: bytes, sandbox: Sandbox, inputs: object) -> RunReport:
    """Call the function eagerly on every public case, or on ``inputs`` if they are not None.

    Args:
        published: the problem.
        source: what the learner wrote.
        sandbox: where it runs.
        inputs: a JSON object, parameter name -> value: nested lists for arrays and tuples, an object for a dict, plain
            values for scalars and static values, an integer seed for a PRNG key.

    Raises:
        SandboxUnavailable: the fault is ours.
    """
    problem = published.problem
    checked = check_source(source, limits(problem).source)
    trouble = (
        checked if isinstance(checked, SourceProblem) else find_entry(checked, problem.entry, list(problem.arguments))
    )
    if isinstance(checked, SourceProblem) or trouble is not None:
        assert trouble is not None
        limit = trouble.limit
        return _report(published, trouble.verdict, trouble.message).model_copy(update={"limit": limit})
    cases: Sequence[PublishedCase] = [case for case in published.cases if case.public] if inputs is None else ()
    try:
        calls = [(case.arguments, case.inputs[0]) for case in cases] or [own_input(problem, inputs)]
    except InputError as error:
        return _report(published, None, str(error))
    job = RunJob(checked.text, problem.entry, tuple(problem.arguments), tuple(calls), problem.x64, limits(problem))
    result = sandbox.run(job)
    shown = [
        _call(published, arguments, values, returned, cases[index] if cases else None)
        for index, ((arguments, values), returned) in enumerate(zip(calls, result.calls, strict=False))
    ]
    if result.failure is None:
        return _report(published, _worst(shown), "", result.printed, shown)
    message = explain_failure(result.failure, {}, public=True)
    report = _report(published, VERDICTS[result.failure.kind], message, result.printed, shown)
    return report.model_copy(update={"limit": limit_of(result.failure, public=True)})


def own_input(problem: Problem, inputs: object) -> tuple[Node, tuple[Array, ...]]:
    """The learner's JSON as arguments.

    Raises:
        InputError: it does not fit the declared arguments.
    """
    wanted = ", ".join(f"{name}: {format_spec(spec)}" for name, spec in problem.arguments.items())
    if not isinstance(inputs, dict) or set(inputs) != set(problem.arguments):
        raise InputError(f"Give the input as one JSON object with a value for each of: {wanted}.")
    leaves: list[Array] = []
    children = tuple(_convert(spec, inputs[name], name, leaves) for name, spec in problem.arguments.items())
    arguments = Node("tuple", children)
    try:
        bind(problem.arguments, arguments)
    except SpecError as error:
        raise InputError(f"The input does not fit: {error}. The arguments are {wanted}.") from error
    return arguments, tuple(leaves)


def _convert(spec: Spec, value: object, path: str, leaves: list[Array]) -> Tree:
    match spec:
        case ArraySpec(dtype=dtype):
            array = _key(value, path) if dtype == KEY else _array(value, dtype, path)
            leaves.append(array)
            return Leaf(dtype, array.shape[:-1] if dtype == KEY else array.shape)
        case StaticSpec(type=kind):
            if type(value).__name__ != kind:
                raise InputError(f"`{path}` must be a plain {kind}, not {json.dumps(value)[:60]}.")
            assert isinstance(value, bool | int | float | str)
            return Static(value)
        case TupleSpec(items=items):
            if not isinstance(value, list) or len(value) != len(items):
                raise InputError(f"`{path}` is a tuple of {len(items)}: give a list of {len(items)} values.")
            pairs = enumerate(zip(items, value, strict=True))
            return Node("tuple", tuple(_convert(item, part, f"{path}[{i}]", leaves) for i, (item, part) in pairs))
        case DictSpec(items=named):
            if not isinstance(value, dict) or set(value) != set(named):
                raise InputError(f"`{path}` is a dict: give an object with the keys {', '.join(named)}.")
            parts = tuple(_convert(item, value[key], f"{path}.{key}", leaves) for key, item in named.items())
            return Node("dict", parts, tuple(named))


def _array(value: object, dtype: str, path: str) -> Array:
    try:
        wide = np.asarray(value, dtype=np.complex128 if dtype.startswith("complex") else None)
        with np.errstate(over="ignore"):
            array = np.asarray(wide, dtype=DTYPES[dtype])
    except (ValueError, TypeError, OverflowError) as error:
        raise InputError(f"`{path}` must be numbers that make an array of {dtype}: {error}.") from error
    if wide.size and (wide.dtype.kind not in "biufc" or (wide.dtype.kind == "f" and DTYPES[dtype].kind in "iub")):
        raise InputError(f"`{path}` must be numbers that make an array of {dtype}.")
    if wide.dtype.kind in "iufc" and not np.array_equal(np.isfinite(wide), np.isfinite(array.astype(wide.dtype))):
        raise InputError(f"`{path}` holds a number that is too large for {dtype}.")
    return array


def _key(value: object, path: str) -> Array:
    if type(value) is not int or not 0 <= value < 1 << 64:
        raise InputError(f"`{path}` is a PRNG key: give the seed, a non-negative integer.")
    return np.array([value >> 32, value & 0xFFFFFFFF], np.uint32)  # jax.random.key(seed) under threefry2x32


def _call(
    published: Published, arguments: Node, values: Sequence[Array], returned: Returned, case: PublishedCase | None
) -> RunCall:
    problem = published.problem
    verdict: Verdict | None = None
    reason: Reason | None = None
    message = ""
    sizes = bind(problem.arguments, arguments)
    if returned.failure is not None:
        verdict, message = VERDICTS[returned.failure.kind], explain_failure(returned.failure, sizes, public=True)
    elif case is not None and returned.returns is not None:
        mismatch = compare(case.expected, case.outputs[0], returned.returns, returned.outputs, problem.tolerances)
        verdict = "accepted"
        if mismatch is not None:
            verdict, reason = "wrong_answer", mismatch.reason
            message = explain(mismatch, case.outputs[0], returned.outputs, sizes)
    return RunCall(
        name=case.name if case else "your input",
        arguments=", ".join(_named(problem, arguments, values)) or describe(problem.arguments, arguments),
        printed=returned.printed[:MAX_PRINTED],
        value=value_text(returned.returns, iter(returned.outputs)) if returned.returns is not None else "",
        verdict=verdict,
        reason=reason,
        message=message,
        milliseconds=round(returned.milliseconds, 3),
        limit=limit_of(returned.failure, public=True) if returned.failure is not None else None,
    )


def _named(problem: Problem, arguments: Node, values: Sequence[Array]) -> Iterator[str]:
    remaining = iter(values)
    for name, tree in zip(problem.arguments, arguments.children, strict=True):
        yield f"{name}={value_text(tree, remaining)}"


def value_text(tree: Tree, values: Iterator[Array]) -> str:
    """A value as Python would write it, long arrays cut in the middle; takes its leaves from ``values``."""
    match tree:
        case Leaf():
            array = next(values)
            if math.prod(array.shape) == 1 and array.ndim == 0:
                return str(array[()])
            return np.array2string(array, threshold=_SHOWN, separator=", ", prefix="  ")
        case Static(value):
            return repr(value)
    inner = [value_text(child, values) for child in tree.children]
    keyed = ", ".join(f"{key!r}: {text}" for key, text in zip(tree.keys, inner, strict=False))
    plain = ", ".join(inner)
    texts = {"tuple": f"({plain}{',' if len(inner) == 1 else ''})", "list": f"[{plain}]", "none": "None"}
    return texts.get(tree.kind, f"{one_line(tree.name)}{{{keyed or plain}}}")


def _worst(calls: Sequence[RunCall]) -> Verdict | None:
    """The first call's verdict that is not accepted; accepted if all are; None for the learner's own input."""
    verdicts = [call.verdict for call in calls]
    return next(
        (verdict for verdict in verdicts if verdict not in (None, "accepted")), verdicts[0] if verdicts else None
    )


def _report(
    published: Published, verdict: Verdict | None, message: str, printed: str = "", calls: Sequence[RunCall] = ()
) -> RunReport:
    problem = published.problem
    return RunReport(
        problem=problem.slug,
        problem_version=problem.version,
        problem_sha256=problem.sha256,
        verdict=verdict,
        message=message,
        printed=printed[:MAX_PRINTED],
        calls=tuple(calls),
        note=_ON_CPU if problem.device == "gpu" else "",
    )
