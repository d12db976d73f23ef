"""Evaluating the vetted programs of one submission: in the shared evaluator, or alone.

Programs with custom calls run alone in a disposable evaluator. A program that kills the shared evaluator is tried once
more, alone; the second death is its verdict. Invariant: the shared evaluator is never left with work of a finished job.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from types import TracebackType
from typing import Self

import numpy as np

from sandbox import arrays, replies
from sandbox.frames import Message, ProtocolError
from sandbox.jobs import Evaluated, Failed, Failure, GradeEvent, GradeJob
from sandbox.lane import Clock, Lane
from sandbox.slot import Child, Exit, Expired, Flooded

_Program = tuple[int, bytes]


class Evaluation:
    """The programs of one job on their way through the lane's evaluators."""

    def __init__(self, lane: Lane, job: GradeJob, clock: Clock) -> None:
        """Start with nothing to do."""
        self._lane = lane
        self._job = job
        self._clock = clock
        self._shared: Child | None = None
        self._waiting: deque[_Program] = deque()
        self._alone: list[_Program] = []
        self._deadline = 0.0

    def __enter__(self) -> Self:
        """Nothing is started before the first program."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Throw the shared evaluator away if it still has work of this job."""
        if self._waiting:
            self._lane.drop_evaluator()

    def submit(self, signature: int, program: bytes, *, alone: bool) -> None:
        """Hand over a vetted program; a signature without inputs needs no evaluation."""
        if not self._job.signatures[signature].inputs:
            return
        if alone:
            self._alone.append((signature, program))
            return
        with self._clock.stage("evaluate"):
            if self._shared is None:
                self._shared = self._lane.shared_evaluator(self._job.limits, self._job.limits.result)
                self._deadline = time.monotonic() + self._job.limits.evaluate_seconds
            self._waiting.append((signature, program))
            try:
                self._shared.send(self._message(signature, program), self._deadline)
            except Expired:
                return  # results() meets the same deadline and says so

    def results(self) -> Iterator[GradeEvent]:
        """Every result, in the order of submission; waits for the shared evaluator first."""
        while self._waiting:
            assert self._shared is not None
            signature, program = self._waiting[0]
            events, outcome = self._collect(self._shared, signature, self._deadline)
            if outcome == "died":
                # Its state is unknown now: every program it still had is tried alone.
                self._alone = [*self._waiting, *self._alone]
                self._waiting.clear()
                self._lane.drop_evaluator()
                break
            yield from events
            if outcome == "stuck":
                return  # __exit__ replaces the evaluator
            self._waiting.popleft()
        for signature, program in self._alone:
            yield from self._evaluate_alone(signature, program)

    def _evaluate_alone(self, signature: int, program: bytes) -> Iterator[GradeEvent]:
        limits = self._job.limits
        deadline = time.monotonic() + limits.evaluate_seconds
        with self._lane.child(
            self._lane.evaluators, "evaluate", limits, cpu_seconds=None, max_body=limits.result
        ) as child:
            try:
                child.send(self._message(signature, program), deadline)
            except Expired:
                yield Failed(self._late(), signature)
                return
            events, outcome = self._collect(child, signature, deadline)
            yield from events
            if outcome == "died":
                yield Failed(self._death(child), signature)

    def _collect(self, child: Child, signature: int, deadline: float) -> tuple[list[GradeEvent], str]:
        """Events of one program, and ``done``, ``stuck`` (with its failure among the events) or ``died``."""
        events: list[GradeEvent] = []
        compile_ms = 0.0
        while True:
            try:
                with self._clock.stage("evaluate"):
                    reply = child.receive(deadline)
            except Expired:
                return [*events, Failed(self._late(), signature)], "stuck"
            except (Flooded, ProtocolError):
                return events, "died"
            if isinstance(reply, Exit):
                return events, "died"
            kind = reply.header.get("type")
            if kind == "done":
                self._lane.evaluator_served(1, replies.integer(reply.header, "max_rss", 1 << 50))
                return events, "done"
            if kind == "compiled":
                compile_ms = replies.milliseconds(reply.header)
                self._clock.add("compile", compile_ms)
            elif kind == "failed":
                draw = reply.header.get("draw")
                failure = replies.failure(reply.header.get("failure"))
                events.append(Failed(failure, signature, draw if type(draw) is int else None))
            else:
                events.append(self._evaluated(signature, reply, compile_ms))
                self._clock.add("run", replies.milliseconds(reply.header))

    def _evaluated(self, signature: int, reply: Message, compile_ms: float) -> Evaluated:
        draw = replies.integer(reply.header, "draw", len(self._job.signatures[signature].inputs))
        outputs = tuple(np.array(value) for value in replies.values(reply))
        return Evaluated(signature, draw, outputs, compile_ms, replies.milliseconds(reply.header))

    def _message(self, signature: int, program: bytes) -> Message:
        inputs = self._job.signatures[signature].inputs
        entries, body = arrays.pack([value for values in inputs for value in values])
        header = {
            "program_size": len(program),
            "memory": self._job.limits.memory,
            "draws": len(inputs),
            "inputs": len(inputs[0]),
            "arrays": entries,
        }
        return Message(header, program + body)

    def _late(self) -> Failure:
        return Failure("time", f"running the program took longer than {self._job.limits.evaluate_seconds:g} s")

    def _death(self, child: Child) -> Failure:
        if child.exit is None:
            return Failure("crash", "the program made the process that ran it fail")
        failure = replies.death(child.exit, bytes(child.printed).decode(errors="replace"), self._job.limits)
        return failure if failure.kind == "memory" else Failure("crash", "the program crashed the process that ran it")
