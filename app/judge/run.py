"""The eager run: the learner's function on public examples or on inputs of their own, with prints and values.

Nothing here counts, and nothing hidden is ever sent: only public cases and what the learner typed. Invariant: a run's
result is compared with the reference only for public cases, whose expected values the learner may see.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np

from app.judge.comparison.deferred import Judgement, compare_runs
from app.judge.eager import explain_changed
from app.judge.entry import find_functions
from app.judge.explain.clues import Clues
from app.judge.explain.declared import declared
from app.judge.explain.errors import explain_failure, failure_told, frames_of, limit_of
from app.judge.explain.hints import unlocked
from app.judge.explain.notes import notes_on
from app.judge.explain.prints import run_lesson
from app.judge.explain.shown import arguments_text, value_text
from app.judge.grading import MAX_PRINTED
from app.judge.outcome import VERDICTS, beside
from app.judge.pitfalls import Seen, recognise_calls
from app.judge.source import SourceProblem, check_source
from app.judge.verdict import Compared, LimitReached, Model, Pitfall, Reason, TracebackLine, UnlockedHint, Verdict
from app.problems.model import (
    ArraySpec,
    DictSpec,
    Entry,
    OptionalSpec,
    Problem,
    PytreeSpec,
    Spec,
    StaticSpec,
    TupleSpec,
)
from app.problems.plan import limits
from app.problems.published import Published, PublishedCase
from app.problems.signature import SpecError, bind, format_spec
from sandbox.arrays import Array
from sandbox.jobs import EagerCall, Returned, RunJob, Sandbox
from sandbox.tree import DTYPES, KEY, Leaf, Node, Static, Tree

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
        pitfall: the mistake of the author's list that it is; its message stands first in ``message`` as well.
        call: how it was called where that is not plain: ``jax.vmap(f)``, or the name of one of several functions.
        detail: what takes several lines, such as both results side by side.
        frames: the learner's lines of a traceback.
        compared: both results, of a public case that is wrong.
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
    call: str = ""  # and no call
    pitfall: Pitfall | None = None  # and no pitfall
    detail: str = ""  # nor any of these
    frames: tuple[TracebackLine, ...] = ()
    compared: Compared | None = None


class RunReport(Model):
    """A whole run.

    Attributes:
        message: what kept it from calling the function, or ended it early.
        limit: the limit that did, if one was.
        note: what is not as it is when graded.
        hints: rungs of the problem's ladder that what went wrong in its calls unlocks.
        notes: what the source and the prints show beside, a sentence or two each.
        frames: the learner's lines of the traceback that ``message`` is about.
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
    hints: tuple[UnlockedHint, ...] = ()  # and no hints
    notes: tuple[str, ...] = ()  # nor any of these
    frames: tuple[TracebackLine, ...] = ()


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
    trouble = checked if isinstance(checked, SourceProblem) else find_functions(checked, problem.functions)
    if isinstance(checked, SourceProblem) or trouble is not None:
        assert trouble is not None
        limit = trouble.limit
        return _report(published, trouble.verdict, trouble.message).model_copy(update={"limit": limit})
    cases: Sequence[PublishedCase] = [case for case in published.cases if case.public] if inputs is None else ()
    try:
        calls = [EagerCall(case.call, case.arguments, case.inputs[0]) for case in cases]
        calls = calls or [own_input(problem, inputs)]
    except InputError as error:
        return _report(published, None, str(error))
    job = RunJob(checked.text, tuple(calls), problem.harness, problem.x64, limits(problem), problem.arrays)
    result = sandbox.run(job)
    clues = Clues(checked, tuple(problem.functions), declared(problem.entries))
    judged = compare_runs(published, list(zip(cases, result.calls, strict=False)), sandbox, clues)
    outcomes = [
        _outcome(published, call, returned, (cases[index], judged[index]) if cases else None, clues)
        for index, (call, returned) in enumerate(zip(calls, result.calls, strict=False))
    ]
    names = [case.name for case in cases] or ["your input"]
    shown = [_call(published, *each) for each in zip(names, calls, result.calls, outcomes, strict=False)]
    if cases:
        seen = [Seen(each, call.verdict, call.reason) for each, call in zip(result.calls, shown, strict=False)]
        pitfalls = recognise_calls(published, source, seen)
        shown = [_recognised(*each) for each in zip(shown, pitfalls, outcomes, strict=True)]
    printed = result.printed + "".join(call.printed for call in shown)
    accepted = result.failure is None and _worst(shown) in (None, "accepted")
    notes = {"notes": notes_on(checked, printed, run_lesson(printed), accepted=accepted)}
    if result.failure is None:
        return _report(published, _worst(shown), "", result.printed, shown).model_copy(update=notes)
    message = explain_failure(result.failure, {}, public=True)
    report = _report(published, VERDICTS[result.failure.kind], message, result.printed, shown)
    told = {"limit": limit_of(result.failure, public=True), "frames": frames_of(result.failure, public=True)}
    return report.model_copy(update=told | notes)


def own_input(problem: Problem, inputs: object) -> EagerCall:
    """The learner's JSON as a call: of the first function that has just these parameters.

    Raises:
        InputError: it does not fit the declared arguments.
    """
    wanted = "; or ".join(_parameters(entry) for entry in problem.entries.values())
    given = set(inputs) if isinstance(inputs, dict) else None
    name = next((name for name, entry in problem.entries.items() if set(entry.arguments) == given), None)
    if not isinstance(inputs, dict) or name is None:
        raise InputError(f"Give the input as one JSON object with a value for each of: {wanted}.")
    entry = problem.entries[name]
    leaves: list[Array] = []
    arguments = Node("tuple", tuple(_convert(spec, inputs[key], key, leaves) for key, spec in entry.arguments.items()))
    try:
        bind(entry.arguments, arguments)
    except SpecError as error:
        raise InputError(f"The input does not fit: {error}. The arguments are {_parameters(entry)}.") from error
    return EagerCall(problem.call(name), arguments, tuple(leaves))


def _parameters(entry: Entry) -> str:
    return ", ".join(f"{name}: {format_spec(spec)}" for name, spec in entry.arguments.items())


def _convert(spec: Spec, value: object, path: str, leaves: list[Array]) -> Tree:
    match spec:
        case ArraySpec(dtype=dtype):
            array = _key(value, path) if dtype == KEY else _array(value, dtype, path)
            leaves.append(array)
            return Leaf(dtype, array.shape[:-1] if dtype == KEY else array.shape)
        case OptionalSpec(item=item):
            return Node("none") if value is None else _convert(item, value, path, leaves)
        case PytreeSpec():
            return _any(value, path, leaves)
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


def _any(value: object, path: str, leaves: list[Array]) -> Tree:
    """A value of undeclared structure: objects are dicts, numbers and nested lists of them arrays of JAX's dtypes."""
    if isinstance(value, dict):
        keys = tuple(sorted(value))
        return Node("dict", tuple(_any(value[key], f"{path}.{key}", leaves) for key in keys), keys)
    kind = np.asarray(value).dtype.kind if isinstance(value, list | int | float) else "O"
    if kind not in "biuf":
        raise InputError(f"`{path}` must be an object, or numbers that make an array.")
    array = _array(value, {"b": "bool", "f": "float32"}.get(kind, "int32"), path)
    leaves.append(array)
    return Leaf(array.dtype.name, array.shape)


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


def _outcome(
    published: Published,
    call: EagerCall,
    returned: Returned,
    judged: tuple[PublishedCase, Judgement] | None,
    clues: Clues,
) -> Judgement:
    """What is to be said of a call: of how it failed, or of what it returned for a public case."""
    problem, (case, judgement) = published.problem, judged or (None, Judgement())
    sizes = case.sizes if case else bind(problem.entries[call.call.entry].arguments, call.arguments)
    if returned.failure is not None:
        told = failure_told(returned.failure, sizes, public=True, clues=clues)
        return Judgement(VERDICTS[returned.failure.kind], None, told.text, "", told.brief, told.located)
    if case is None or returned.returns is None:
        return Judgement()
    if judgement.verdict == "accepted" and problem.mode == "eager" and returned.changed:
        message = explain_changed(call.call.parameters, returned.changed)
        return Judgement("wrong_answer", "mutated_input", message)
    return judgement


def _call(published: Published, name: str, call: EagerCall, returned: Returned, outcome: Judgement) -> RunCall:
    return RunCall(
        name=name,
        call=call.call.transformation or (call.call.entry if len(published.problem.entries) > 1 else ""),
        arguments=arguments_text(call.call, call.arguments, call.inputs),
        printed=returned.printed[:MAX_PRINTED],
        value=value_text(returned.returns, iter(returned.outputs)) if returned.returns is not None else "",
        verdict=outcome.verdict,
        reason=outcome.reason,
        message=outcome.message,
        milliseconds=round(returned.milliseconds, 3),
        limit=limit_of(returned.failure, public=True) if returned.failure is not None else None,
        detail=outcome.detail,
        frames=frames_of(returned.failure, public=True) if returned.failure is not None else (),
        compared=outcome.compared,
    )


def _recognised(call: RunCall, pitfall: Pitfall | None, outcome: Judgement) -> RunCall:
    """The call with the author's message beside what was found."""
    if pitfall is None:
        return call
    message = beside(pitfall.message, outcome.brief or outcome.message, located=outcome.located)
    return call.model_copy(update={"pitfall": pitfall, "message": message})


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
        hints=unlocked(problem.hints, [verdict, *(name for call in calls for name in (call.verdict, call.reason))]),
    )
