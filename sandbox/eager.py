"""Runs that execute Python on real values: a learner's eager run, and an author's ``cases.py``.

Invariant: what is sent into such a child is something its code's author may see.
"""

from __future__ import annotations

import time

from sandbox import arrays, replies
from sandbox import tree as trees
from sandbox.frames import Message, ProtocolError
from sandbox.grading import CPU_FACTOR, Stop, receive
from sandbox.jobs import CaseInputs, CasesJob, CasesResult, Failure, Limits, Returned, RunJob, RunResult
from sandbox.lane import Lane
from sandbox.slot import Child, Expired
from sandbox.tree import Node

_MAX_CASES = 1000


def run(lane: Lane, job: RunJob) -> RunResult:
    """Call the function on every value set; see ``sandbox.jobs.Sandbox.run``."""
    source = job.source.encode()
    entries, body = arrays.pack([value for _, values in job.inputs for value in values])
    header = {
        "source_size": len(source),
        "entry": job.entry,
        "parameters": job.parameters,
        "x64": job.x64,
        "calls": [trees.to_json(arguments) for arguments, _ in job.inputs],
        "arrays": entries,
    }
    deadline = time.monotonic() + job.limits.trace_seconds
    calls: list[Returned] = []
    printed = ""
    with lane.child(lane.hostile, "run", job.limits, cpu_seconds=_cpu(job.limits), max_body=job.limits.result) as child:
        try:
            _send(child, Message(header, source + body), deadline)
            while True:
                reply = receive(child, deadline, job.limits.trace_seconds, "the run", job.limits)
                text = child.take_printed().decode(errors="replace")
                kind = reply.header.get("type")
                if kind == "loaded":
                    printed = text
                elif kind == "failed":
                    return RunResult((), replies.failure(reply.header.get("failure")), text)
                elif kind == "done":
                    return RunResult(tuple(calls), None, printed)
                elif len(calls) == len(job.inputs):
                    raise ProtocolError("more results than calls")
                else:
                    calls.append(_returned(reply, text))
        except Stop as stop:
            rest, _ = replies.split_dump(child.take_printed()[: job.limits.output].decode(errors="replace"))
            return RunResult(tuple(calls), stop.failed.failure, printed + rest)
        except ProtocolError:
            return RunResult(tuple(calls), Failure("violation", "the run sent an unreadable result"), printed)


def cases(lane: Lane, job: CasesJob) -> CasesResult:
    """Run an author's ``cases.py``; see ``sandbox.jobs.Sandbox.cases``."""
    header = {"seed": job.seed, "draws": job.draws, "x64": job.x64}
    deadline = time.monotonic() + job.limits.trace_seconds
    made: list[CaseInputs] = []
    size = 0
    with lane.child(
        lane.hostile, "cases", job.limits, cpu_seconds=_cpu(job.limits), max_body=job.limits.result
    ) as child:
        try:
            _send(child, Message(header, job.source.encode()), deadline)
            while True:
                reply = receive(child, deadline, job.limits.trace_seconds, "making the cases", job.limits)
                kind = reply.header.get("type")
                if kind == "done":
                    return CasesResult(tuple(made))
                if kind == "failed":
                    return CasesResult((), replies.failure(reply.header.get("failure")))
                size += len(reply.body)
                if len(made) >= _MAX_CASES or size > job.limits.result:
                    allowed = f"{_MAX_CASES} cases and {job.limits.result >> 20} MB"
                    return CasesResult((), Failure("output", f"cases.py made more than {allowed}"))
                made.append(_case(reply, job.draws))
        except Stop as stop:
            return CasesResult((), stop.failed.failure)
        except ProtocolError:
            return CasesResult((), Failure("violation", "cases.py sent an unreadable case"))


def _returned(reply: Message, printed: str) -> Returned:
    milliseconds = replies.milliseconds(reply.header)
    if reply.header.get("type") == "raised":
        return Returned(printed, milliseconds, failure=replies.failure(reply.header.get("failure")))
    tree = replies.tree(reply.header, "returns")
    return Returned(printed, milliseconds, tree, tuple(replies.matching_values(reply, tree)))


def _case(reply: Message, draws: int) -> CaseInputs:
    arguments = replies.tree(reply.header, "arguments")
    if not isinstance(arguments, Node):
        raise ProtocolError("a case's arguments must be a tuple")
    return CaseInputs(
        name=replies.text(reply.header, "name"),
        public=reply.header.get("public") is True,
        draw=replies.integer(reply.header, "draw", draws),
        arguments=arguments,
        inputs=tuple(replies.matching_values(reply, arguments)),
    )


def _send(child: Child, message: Message, deadline: float) -> None:
    try:
        child.send(message, deadline)
    except Expired:
        return  # the first receive meets the same deadline and says so


def _cpu(limits: Limits) -> float:
    return CPU_FACTOR * limits.trace_seconds + 1
