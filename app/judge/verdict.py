"""The vocabulary of verdicts, and the one JSON shape of a judged submission.

The API, ``--format json``, stored records and pages all use these models. Invariant: nothing in a ``CaseResult`` of a
hidden case tells more than its name, its shape, its verdict and its reason; of an eager problem, where it was raised.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from sandbox.jobs import LimitName, Unit

Verdict = Literal[
    "accepted",
    "wrong_answer",
    "not_traceable",
    "rule_broken",
    "compile_error",
    "runtime_error",
    "time_limit",
    "memory_limit",
    "output_limit",
    "sandbox_violation",
    "cancelled",
    "internal_error",
]

#: Why a case failed, in the order in which the comparison looks; then why a rule was broken.
Reason = Literal[
    "tree",
    "shape",
    "dtype",
    "nonfinite",
    "value",
    "distribution",
    "nondeterministic",
    "mutated_input",
    "unrolled",
    "required_import",
    "forbidden_import",
    "required_call",
    "forbidden_call",
    "required_operation",
    "forbidden_operation",
    "forbidden_dtype",
    "too_much_work",
    "too_much_memory",
    "too_slow",
    "required_statement",
    "forbidden_statement",
]


class Model(BaseModel):
    """Frozen, and strict about unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LimitReached(Model):
    """The limit that ended a case or a submission.

    Attributes:
        name: a field of ``sandbox.jobs.Limits``, or ``file_size``.
        used: how much was used or asked for; None for a hidden case, where it may depend on values.
        allowed: the limit as it applied.
        unit: of both.
        exact: False if more than ``used`` was used or needed, and how much more is not known.
    """

    name: LimitName
    used: float | None
    allowed: float
    unit: Unit
    exact: bool


class TracebackLine(Model):
    """One line of the learner's own in a traceback, outermost first; nothing of JAX's or ours is among them.

    Attributes:
        line: counted from 1.
        function: that it is in, ``<module>`` outside of all.
        text: the line without its indentation; empty if it is not known.
    """

    line: int
    function: str
    text: str


#: An element as JSON has it: NaN, infinities and complex numbers are text.
Element = bool | int | float | str


class Grid(Model):
    """An array laid out in rows, its last axis being the columns, and the part of it that is shown.

    Attributes:
        type: ``float32[5]``; of a result of other containers than expected, the whole result's.
        shape: of the whole array.
        top: the first row that is shown, of all its rows.
        left: the first column that is shown.
        rows: how many are shown; 0 where no values are.
        columns: likewise.
        values: what is shown, row by row.
    """

    type: str
    shape: tuple[int, ...] = ()
    top: int = 0
    left: int = 0
    rows: int = 0
    columns: int = 0
    values: tuple[Element, ...] = ()


class Compared(Model):
    """What a public case expects beside what came: the first array that is wrong, element by element.

    Attributes:
        path: where in the result it lies, ``[0]['w']``; empty for the whole result.
        errors: ``|got - expected|`` of what is shown, None where one of both is not finite; empty where shapes differ.
        off: places in ``values`` that are wrong.
        worst: index of the element that is off most.
        error: that element's, None if there is none.
        allowance: that element's.
        count: elements of the whole array that are wrong.
    """

    path: str
    expected: Grid
    got: Grid
    errors: tuple[float | None, ...] = ()
    off: tuple[int, ...] = ()
    worst: tuple[int, ...] | None = None
    error: float | None = None
    allowance: float | None = None
    count: int = 0


class CaseResult(Model):
    """One case's outcome.

    Attributes:
        name: the author's name for it.
        public: whether the learner may see its values.
        shape: the argument types, ``w: float32[], x_batch: float32[5]``.
        verdict: None if it was not reached.
        reason: the first failure's, where the verdict has one.
        message: the explanation; for a hidden case it never depends on values, but for the line of an eager exception.
        limit: the limit that was reached, if one was.
        call: how the function was called where that is not plain: ``jax.vmap(f)``, or the name of one of several.
        detail: what takes several lines, such as both results side by side; of public cases only.
        frames: the learner's lines of a traceback, where no hidden value could be seen.
        compared: both results, of a public case that is wrong.
    """

    name: str
    public: bool
    shape: str
    verdict: Verdict | None
    reason: Reason | None
    message: str
    limit: LimitReached | None = None  # stored records of earlier releases have none
    call: str = ""  # and no call
    detail: str = ""  # nor any of these
    frames: tuple[TracebackLine, ...] = ()
    compared: Compared | None = None


class ArtifactRecord(Model):
    """One vetted program of a verdict record, by entry, transformation and signature.

    Attributes:
        sha256: of the program as it is evaluated.
        platforms: SHA-256 for each platform that it was lowered for, the evaluated one among them.
    """

    entry: str
    transformation: str
    signature: str
    sha256: str
    operations: int
    custom_calls: tuple[str, ...]
    platforms: dict[str, str] = Field(default_factory=dict)  # stored records of earlier releases have none


class Pitfall(Model):
    """A mistake that the problem's author knows, recognised in a submission.

    Attributes:
        submission: the file in the problem's folder that makes it.
        message: what the author says to whoever makes it.
    """

    submission: str
    message: str


class UnlockedHint(Model):
    """A rung of the problem's ladder of hints that waits for this verdict or reason. ``body`` is Markdown."""

    title: str
    body: str


class Counterexample(Model):
    """A call on values that the learner may see, on which the submission is wrong: the simplest one there is.

    Attributes:
        case: the author's name for it; if ``fresh``, of the hidden case that its values were drawn like.
        fresh: whether its values were drawn anew, like those of a hidden case, because every public case passed.
        call: what is called, transformations included: ``jax.vmap(f)``.
        arguments: as Python would write them; of many values only their types.
        expected: what the reference returns for them, likewise.
        got: what the submission returned, likewise; empty if it failed.
        verdict: on this call.
        reason: of a wrong answer.
        message: what is wrong with it, or how it failed.
        code: Python that repeats the call on the learner's own machine, beside a file ``submission.py``.
    """

    case: str
    fresh: bool
    call: str
    arguments: str
    expected: str
    got: str
    verdict: Verdict
    reason: Reason | None
    message: str
    code: str


class Report(Model):
    """A judged submission, whole. ``record`` fields make the verdict reproducible.

    Attributes:
        problem: slug.
        problem_version: the author's label of the version it was judged against.
        problem_sha256: that version's identity, over the problem folder.
        verdict: the whole submission's.
        reason: the first failure's, or None.
        message: what to tell the learner first: the author's message on a known mistake, then what was found.
        limit: the limit that was reached first, if one was.
        cases: in the author's order, public ones first.
        printed: what the source printed while it was traced, capped.
        timings_ms: by stage: ``start``, ``trace``, ``vet``, ``compile``, those that took place; and ``total``, rounded
            up to a tenth of a second. Stages that hidden values may lengthen are not told by themselves.
        source_sha256: of the submitted source.
        artifacts: every program that was vetted.
        toolchain: versions of JAX, jaxlib, XLA and NumPy, flags, ``x64`` of the trace, device, processor, walls.
        seed: of the hidden cases.
        cached: value sets whose outputs an earlier job had computed with the same program; they took no time here.
        pitfall: the mistake of the author's list that it makes, if it does; nothing in it depends on a case.
        hints: rungs of the problem's ladder that the verdict or its reason unlocks.
        example: a public or fresh call on which it is wrong, where there is one that says something.
        detail: of the case that ``message`` is about.
        frames: likewise.
        traced: how often the function had been traced when ``printed`` was there; its process's word, 0 for eager ones.
        notes: what the source and the prints show beside, a sentence or two each.
    """

    problem: str
    problem_version: str
    problem_sha256: str
    verdict: Verdict
    reason: Reason | None
    message: str
    cases: tuple[CaseResult, ...]
    printed: str
    timings_ms: dict[str, float]
    source_sha256: str
    artifacts: tuple[ArtifactRecord, ...]
    toolchain: dict[str, str]
    seed: int
    limit: LimitReached | None = None  # stored records of earlier releases have none
    cached: int = 0  # nor a cache
    pitfall: Pitfall | None = None  # nor pitfalls
    hints: tuple[UnlockedHint, ...] = ()  # nor hints
    example: Counterexample | None = None  # nor an example
    detail: str = ""  # nor any of these
    frames: tuple[TracebackLine, ...] = ()
    traced: int = 0
    notes: tuple[str, ...] = ()
