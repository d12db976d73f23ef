"""A process that has loaded a source and is called again and again, its inputs going in one at a time.

Invariant: inputs are sent only after the result of the last call is there, and a result counts only with the ticket
that went in with its inputs. So code gives one answer before it sees the next inputs, and can forge none ahead.
"""

from __future__ import annotations

import math
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sandbox import arrays, entries
from sandbox import limits as limiting
from sandbox import tree as trees
from sandbox.arrays import Array
from sandbox.entries import Arrays
from sandbox.frames import Message, ProtocolError
from sandbox.jobs import EagerCall, Failed, Failure, GradeJob, Limits, Returned, RunJob, Signature
from sandbox.lane import Clock, Lane
from sandbox.slot import Child, Expired
from sandbox.stages import replies
from sandbox.stages.grading import Allowance, Stop, last_printed, receive, start
from sandbox.tree import DTYPES, Node, Tree

#: Stages of a job's clock: waiting for calls, and processor time of processes that have ended.
_CALLS, _PROCESSOR = "call", "processor"


class Process:
    """One child on its way through the calls of a job. Every method but ``last_printed`` raises ``Stop``."""

    def __init__(self, child: Child, limits: Limits, arguments: Sequence[Node], clock: Clock) -> None:
        """Take over a child that has been given its job.

        Args:
            child: it.
            limits: of the job; its wall clock runs while a reply is waited for, whichever process gives it.
            arguments: for each call that can be made, the types it is made with.
            clock: of the job.
        """
        self.child = child
        self._limits = limits
        self._arguments = arguments
        self._clock = clock

    def load(self) -> str:
        """Wait until the source has been executed; what it printed."""
        reply = self._receive()
        if reply.header.get("type") == "failed":
            raise Stop(Failed(replies.failure(reply.header.get("failure"), self._limits)))
        self._expect(reply, "loaded")
        return self._printed()

    def call(self, number: int, inputs: Sequence[Array]) -> Returned:
        """Make the call ``number`` on one value set."""
        ticket = secrets.token_hex(16)
        packed, body = arrays.pack(inputs)
        self._send(Message({"call": number, "ticket": ticket, "arrays": packed}, body))
        reply = self._receive()
        # What the code has printed meanwhile belongs to the next call.
        printed = self._printed()
        if reply.header.get("ticket") != ticket:
            raise Stop(Failed(_forged()))
        milliseconds = replies.milliseconds(reply.header)
        if reply.header.get("type") == "raised":
            failure = replies.failure(reply.header.get("failure"), self._limits)
            return Returned(printed, milliseconds, failure=failure)
        self._expect(reply, "returned")
        try:
            returns, outputs, changed = _result(reply, self._arguments[number], inputs)
        except ProtocolError as error:
            raise Stop(Failed(_forged())) from error
        return Returned(printed, milliseconds, returns, outputs, changed=changed)

    def finish(self) -> None:
        """Wait for the end of a process that is called no more; it must have nothing else to say."""
        try:
            self.child.close_input()
        except Expired as error:
            raise Stop(Failed(_forged())) from error
        self._expect(self._receive(), "done")

    def last_printed(self) -> str:
        """What was printed and belongs to no call that returned."""
        return last_printed(self.child)

    def _send(self, message: Message) -> None:
        with self._clock.stage(_CALLS):
            try:
                self.child.send(message, time.monotonic() + self._left())
            except Expired as error:  # it has sent a result of its own making, and does not read
                reached = limiting.reached(self._limits, "trace_seconds")
                raise Stop(Failed(limiting.failure(reached, doing="the run"))) from error

    def _receive(self) -> Message:
        seconds = self._limits.trace_seconds
        allowance = Allowance("the run", seconds, seconds - self._left())
        with self._clock.stage(_CALLS):
            return receive(self.child, allowance, self._limits)

    def _left(self) -> float:
        return self._limits.trace_seconds - self._clock.stages.get(_CALLS, 0.0) / 1000

    def _printed(self) -> str:
        return self.child.take_printed_before_boundary().decode(errors="replace")

    def _expect(self, reply: Message, kind: str) -> None:
        if reply.header.get("type") != kind:
            raise Stop(Failed(_forged()))


@contextmanager
def process(
    lane: Lane, job: RunJob | GradeJob, calls: Sequence[EagerCall | Signature], clock: Clock
) -> Iterator[Process]:
    """A process for some calls of a job, ended on the way out; its processor time counts with that of earlier ones.

    Raises:
        Stop: earlier ones have left no processor time.
        SandboxUnavailable: none can be started.
    """
    limits = job.limits
    used = clock.stages.get(_PROCESSOR, 0.0) / 1000
    if used >= limits.cpu_seconds:
        raise Stop(Failed(limiting.failure(limiting.reached(limits, "cpu_seconds", used))))
    library = job.arrays if isinstance(job, RunJob) else job.eager or "jax"
    # Beside its result, a call sends back its arguments.
    most = limits.result + max((_size(call.arguments) for call in calls), default=0)
    left = limits.cpu_seconds - used
    child: Child | None = None
    try:
        with lane.child(lane.hostile, "run", limits, cpu_seconds=left, max_body=most) as child:
            yield _started(child, job, calls, library, clock)
    finally:
        if child is not None and child.exit is not None:
            clock.add(_PROCESSOR, child.exit.cpu_seconds * 1000)


def _started(
    child: Child, job: RunJob | GradeJob, calls: Sequence[EagerCall | Signature], library: Arrays, clock: Clock
) -> Process:
    made = Process(child, job.limits, [call.arguments for call in calls], clock)
    header = {
        "harness": job.harness,
        "x64": job.x64,
        "arrays": library,
        "calls": [{"call": entries.to_json(each.call), "arguments": trees.to_json(each.arguments)} for each in calls],
        "boundary": child.separate_prints(1 + len(calls)),
        **sizes(job.limits),
    }
    with clock.stage("start"):
        start(child, Message(header, job.source.encode()), "a call")
    return made


def timings(clock: Clock) -> dict[str, float]:
    """The stages of a job's clock that add up to its time, in milliseconds."""
    return {stage: milliseconds for stage, milliseconds in clock.stages.items() if stage != _PROCESSOR}


def sizes(limits: Limits) -> dict[str, int]:
    """The limits that a child itself can keep an eye on, so that its message is about the line at fault."""
    return {"leaves": limits.leaves, "depth": limits.depth, "result": limits.result}


def _size(tree: Tree) -> int:
    """Bytes of the arrays of a value."""
    stored = [leaf.storage for _, leaf in trees.leaves(tree)]
    return sum(math.prod(leaf.shape) * DTYPES[leaf.dtype].itemsize for leaf in stored)


def _result(
    reply: Message, arguments: Node, inputs: Sequence[Array]
) -> tuple[Tree, tuple[Array, ...], tuple[int, ...]]:
    """What a call returned, and the positions of the arguments that it changed.

    Raises:
        ProtocolError: the reply is not of the form it must have.
    """
    returns = replies.tree(reply.header, "returns")
    kept = reply.header.get("kept")
    if not isinstance(kept, list) or len(kept) != len(arguments.children):
        raise ProtocolError("the arguments are not told of one by one")
    split = _size(returns)
    outputs = replies.matching_values(Message({"arrays": reply.header.get("arrays")}, reply.body[:split]), returns)
    sent_back = Node("tuple", tuple(tree for tree, same in zip(arguments.children, kept, strict=True) if same is True))
    left = Message({"arrays": reply.header.get("left")}, reply.body[split:])
    after = iter(replies.matching_values(left, sent_back))
    before = iter(inputs)
    changed = []
    for position, (tree, same) in enumerate(zip(arguments.children, kept, strict=True)):
        given = [next(before) for _ in trees.leaves(tree)]
        found = [next(after) for _ in given] if same is True else given
        if same is False or any(mine.tobytes() != yours.tobytes() for mine, yours in zip(given, found, strict=True)):
            changed.append(position)
    return returns, tuple(outputs), tuple(changed)


def _forged() -> Failure:
    return Failure("violation", "the run sent an unreadable result")
