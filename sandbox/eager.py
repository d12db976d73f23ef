"""Runs that execute Python on real values: a learner's eager run, and an author's ``cases.py``.

Invariant: what is sent into such a child is something its code's author may see.
"""

from __future__ import annotations

import secrets
import time

from sandbox import arrays, entries, replies
from sandbox import limits as limiting
from sandbox import tree as trees
from sandbox.frames import Message, ProtocolError
from sandbox.grading import Allowance, Stop, last_printed, receive, start
from sandbox.jobs import CaseInputs, CasesJob, CasesResult, Failure, Limits, Returned, RunJob, RunResult
from sandbox.lane import Lane
from sandbox.tree import Node

_MAX_CASES = 1000


def run(lane: Lane, job: RunJob) -> RunResult:
    """Call the function on every value set; see ``sandbox.jobs.Sandbox.run``."""
    source = job.source.encode()
    packed, body = arrays.pack([value for call in job.calls for value in call.inputs])
    header = {
        "source_size": len(source),
        "harness": job.harness,
        "x64": job.x64,
        "calls": [
            {"call": entries.to_json(each.call), "arguments": trees.to_json(each.arguments)} for each in job.calls
        ],
        "arrays": packed,
        "boundary": (boundary := f"\0{secrets.token_hex(8)}\0"),
        **_sizes(job.limits),
    }
    mark = boundary.encode()
    calls: list[Returned] = []
    printed = ""
    with lane.child(
        lane.hostile, "run", job.limits, cpu_seconds=job.limits.cpu_seconds, max_body=job.limits.result
    ) as child:
        start(child, Message(header, source + body), "a run")
        begun = time.monotonic()
        try:
            while True:
                reply = receive(child, _allowance("the run", begun, job.limits), job.limits)
                # What the next call has printed meanwhile is the next call's.
                text = child.take_printed(mark).decode(errors="replace")
                kind = reply.header.get("type")
                if kind == "loaded":
                    printed = text
                elif kind == "failed":
                    return RunResult((), replies.failure(reply.header.get("failure"), job.limits), text)
                elif kind == "done":
                    return RunResult(tuple(calls), None, printed)
                elif len(calls) == len(job.calls):
                    raise ProtocolError("more results than calls")
                else:
                    calls.append(_returned(reply, text, job.limits))
        except Stop as stop:
            return RunResult(
                tuple(calls), stop.failed.failure, printed + last_printed(child, job.limits).replace(boundary, "")
            )
        except ProtocolError:
            return RunResult(tuple(calls), Failure("violation", "the run sent an unreadable result"), printed)


def cases(lane: Lane, job: CasesJob) -> CasesResult:
    """Run an author's ``cases.py``; see ``sandbox.jobs.Sandbox.cases``."""
    header = {
        "seed": job.seed,
        "draws": job.draws,
        "entries": job.entries,
        "x64": job.x64,
        **_sizes(job.limits),
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


def _returned(reply: Message, printed: str, limits: Limits) -> Returned:
    milliseconds = replies.milliseconds(reply.header)
    if reply.header.get("type") == "raised":
        return Returned(printed, milliseconds, failure=replies.failure(reply.header.get("failure"), limits))
    tree = replies.tree(reply.header, "returns")
    return Returned(printed, milliseconds, tree, tuple(replies.matching_values(reply, tree)))


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


def _sizes(limits: Limits) -> dict[str, int]:
    """The limits that the child itself can keep an eye on, so that its message is about the line at fault."""
    return {"leaves": limits.leaves, "depth": limits.depth, "result": limits.result}
