"""Jobs that execute Python on real values: a learner's run, the cases of an eager problem, an author's ``cases.py``.

Invariant: no expected output is ever sent into such a child; hidden inputs are, in an eager job alone, one at a time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from sandbox import limits as limiting
from sandbox.frames import Message, ProtocolError
from sandbox.jobs import (
    Called,
    CaseInputs,
    CasesJob,
    CasesResult,
    Failed,
    Failure,
    Finished,
    GradeEvent,
    GradeJob,
    Limits,
    Returned,
    RunJob,
    RunResult,
)
from sandbox.lane import Clock, Lane
from sandbox.stages import calling, replies
from sandbox.stages.grading import Allowance, Stop, receive, start
from sandbox.tree import Node

_MAX_CASES = 1000
#: Processes of an eager job that may die without ending it.
_RESTARTS = 3


def run(lane: Lane, job: RunJob) -> RunResult:
    """Call the function on every value set; see ``sandbox.jobs.Sandbox.run``."""
    calls: list[Returned] = []
    printed = ""
    with calling.process(lane, job, job.calls, Clock()) as process:
        try:
            printed = process.load()
            for number, call in enumerate(job.calls):
                calls.append(process.call(number, call.inputs))
            process.finish()
        except Stop as stop:
            return RunResult(tuple(calls), stop.failed.failure, printed + process.last_printed())
    return RunResult(tuple(calls), None, printed)


def grade(lane: Lane, job: GradeJob, enough: Callable[[], bool]) -> Iterator[GradeEvent]:
    """Every event of an eager job, ending with ``Finished``; see ``sandbox.jobs.Sandbox.grade``.

    A process of its own for each signature: what code remembers of one case does not reach the next, and a process
    that dies takes no other case with it. Time runs out for all of them together. So it does for code that does what
    is forbidden, or whose processes have died too often: what is left is then not reached.
    """
    clock = Clock()
    printed = ""
    deaths = 0
    for number, signature in enumerate(job.signatures):
        draw: int | None = None
        try:
            with calling.process(lane, job, (signature,), clock) as process:
                loaded = process.load()
                printed = loaded if number == 0 else printed
                for draw, inputs in enumerate(signature.inputs):
                    returned = process.call(0, inputs)
                    yield Called(number, draw, returned)
                    if enough() or returned.failure is not None:
                        break
                else:
                    process.finish()
        except Stop as stop:
            failure = stop.failed.failure
            before_inputs = number == 0 and draw is None
            printed = process.last_printed() if before_inputs else printed
            yield Failed(failure) if before_inputs else Failed(failure, number, draw or 0)
            deaths += 1
            if before_inputs or failure.kind in ("time", "violation") or deaths > _RESTARTS:
                break
        if enough():
            break
    yield Finished(printed, calling.timings(clock))


def cases(lane: Lane, job: CasesJob) -> CasesResult:
    """Run an author's ``cases.py``; see ``sandbox.jobs.Sandbox.cases``."""
    header = {
        "seed": job.seed,
        "draws": job.draws,
        "entries": job.entries,
        "x64": job.x64,
        **calling.sizes(job.limits),
    }
    made: list[CaseInputs] = []
    size = 0
    with lane.child(
        lane.hostile, "cases", job.limits, cpu_seconds=job.limits.cpu_seconds, max_body=job.limits.result
    ) as child:
        start(child, Message(header, job.source.encode()), "cases.py")
        begun = time.monotonic()
        try:
            while True:
                reply = receive(child, _allowance("making the cases", begun, job.limits), job.limits)
                kind = reply.header.get("type")
                if kind == "done":
                    return CasesResult(tuple(made))
                if kind == "failed":
                    return CasesResult((), replies.failure(reply.header.get("failure"), job.limits))
                size += len(reply.body)
                if size > job.limits.result:
                    return CasesResult((), limiting.failure(limiting.reached(job.limits, "result", size)))
                if len(made) >= _MAX_CASES:
                    return CasesResult((), Failure("output", f"cases.py made more than {_MAX_CASES} cases"))
                made.append(_case(reply, job))
        except Stop as stop:
            return CasesResult((), stop.failed.failure)
        except ProtocolError:
            return CasesResult((), Failure("violation", "cases.py sent an unreadable case"))


def _case(reply: Message, job: CasesJob) -> CaseInputs:
    arguments = replies.tree(reply.header, "arguments")
    entry = replies.text(reply.header, "entry")
    if entry not in (job.entries or ("",)):
        raise ProtocolError("a case of an entry point that was not asked for")
    if not isinstance(arguments, Node):
        raise ProtocolError("a case's arguments must be a tuple")
    return CaseInputs(
        entry=entry,
        name=replies.text(reply.header, "name"),
        public=reply.header.get("public") is True,
        draw=replies.integer(reply.header, "draw", job.draws),
        arguments=arguments,
        inputs=tuple(replies.matching_values(reply, arguments)),
    )


def _allowance(doing: str, begun: float, limits: Limits) -> Allowance:
    return Allowance(doing, limits.trace_seconds, time.monotonic() - begun)
