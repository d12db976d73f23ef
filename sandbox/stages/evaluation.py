"""Evaluating the vetted programs of one submission, on its device: in the shared evaluator, or in one of its own.

Programs with custom calls run in a disposable evaluator, which serves nobody else. A program that kills an evaluator in
which others have run is tried once more, in a fresh one; the second death is its verdict. So is one that fails in a
GPU's: its memory may be full of others' arrays, and after some faults nothing runs there again. What the cache knows is
not evaluated, and told in its turn as if it had been. Invariant: the shared evaluator is never left with work of a
finished job.
"""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from types import TracebackType
from typing import Self

import numpy as np

from sandbox import arrays
from sandbox import limits as limiting
from sandbox import tree as trees
from sandbox.frames import Message, ProtocolError
from sandbox.jobs import Compiled, Evaluated, Failed, Failure, GradeEvent, GradeJob, Vetted
from sandbox.lane import Clock, Lane
from sandbox.slot import Child, Exit, Expired, Flooded
from sandbox.stages import replies
from sandbox.stages.cache import JobMemory, OutputCache, Values
from sandbox.stages.deaths import death
from sandbox.tree import DTYPES, Tree


class _Died(Exception):
    """The evaluator ended, or said something that makes no sense."""


class _Program:
    """A vetted program and what has been heard of it; its events are told once it is done."""

    def __init__(self, vetted: Vetted, program: bytes, known: Mapping[int, Values], count: int) -> None:
        self.signature = vetted.signature
        self.returns = vetted.returns
        self.program = program
        self.known = known
        #: The value sets that have to be evaluated, out of ``count``.
        self.draws = [draw for draw in range(count) if draw not in known]
        self.forget()

    def forget(self) -> None:
        """Start again: the evaluator that told this is gone."""
        self.events: list[GradeEvent] = [
            Evaluated(self.signature, draw, outputs, 0.0, 0.0, cached=True) for draw, outputs in self.known.items()
        ]
        self.compile_ms = 0.0
        #: How many results the evaluator told.
        self.told = 0
        self.done = not self.draws

    @property
    def heard(self) -> list[GradeEvent]:
        """What the evaluator told, without what was known before."""
        return self.events[len(self.known) :]

    @property
    def in_turn(self) -> list[GradeEvent]:
        """What is told: what was known before among what the evaluator told, as it would have come from there."""
        return sorted(self.events, key=_place)

    def hear(self, event: GradeEvent) -> None:
        """Take in what the evaluator told; a program may have a thousand results."""
        self.events.append(event)
        self.told += not isinstance(event, Compiled)


class Evaluation:
    """The programs of one job on their way through the lane's evaluators."""

    def __init__(self, lane: Lane, job: GradeJob, clock: Clock, cache: OutputCache | None = None) -> None:
        """Start with nothing to do; ``cache`` is asked first, if there is one."""
        self._lane = lane
        self._job = job
        self.clock = clock
        self._memory = JobMemory(cache, job, partial(lane.computing, job.device))
        self._shared: Child | None = None
        #: A disposable evaluator, while there is one; what ends it; whether it has evaluated others before.
        self._own: Child | None = None
        self._owned = ExitStack()
        self._used = False
        self._waiting: deque[_Program] = deque()
        self._alone: list[_Program] = []
        self._refused: deque[GradeEvent] = deque()
        #: Vetted programs by signature.
        self.programs: dict[int, bytes] = {}

    def __enter__(self) -> Self:
        """Nothing is started before the first program."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End the job's own evaluator, and the shared one if it has work of the job; keep what a sound job computed."""
        self._drop_own()
        if any(not work.done for work in self._waiting):
            self._lane.drop_evaluator(self._job.device)
        if kind is None:
            self._memory.keep()

    def submit(self, vetted: Vetted, program: bytes) -> None:
        """Hand over a vetted program; a signature without inputs needs no evaluation."""
        count = len(self._job.signatures[vetted.signature].inputs)
        if not count:
            return
        self.programs[vetted.signature] = program
        limits = self._job.limits
        if (own := self._job.signatures[vetted.signature].result) is not None:
            limits = replace(limits, result=min(own, limits.result))
        if (size := _result_size(vetted.returns)) > limits.result:
            failure = limiting.failure(limiting.reached(limits, "result", size))
            self._refused.append(Failed(failure, vetted.signature))
            return
        work = _Program(vetted, program, self._memory.known(vetted), count)
        if vetted.custom_calls:
            self._alone.append(work)
            return
        if work.done:
            self._waiting.append(work)
            return
        if self._shared is None:
            with self.clock.stage("start"):
                most = self._job.limits.result
                self._shared = self._lane.shared_evaluator(self._job.limits, most, self._job.device)
        with self.clock.stage("evaluate"):
            self._waiting.append(work)
            try:
                self._shared.send(self._message(work), self._deadline())
            except Expired:
                return  # nothing is left of the time, and results() says so

    def ready(self) -> Iterator[GradeEvent]:
        """What the shared evaluator has finished by now, and what it is not asked; does not wait."""
        return self._noted(self._ready())

    def results(self) -> Iterator[GradeEvent]:
        """Every remaining result, in the order of submission; waits for the shared evaluator first."""
        return self._noted(self._results())

    def _noted(self, events: Iterable[GradeEvent]) -> Iterator[GradeEvent]:
        """``events``, which the memory sees first."""
        for event in events:
            self._memory.note(event)
            yield event

    def _ready(self) -> Iterator[GradeEvent]:
        while self._refused:
            yield self._refused.popleft()
        yield from self._shared_results(wait=False)

    def _results(self) -> Iterator[GradeEvent]:
        yield from self._shared_results(wait=True)
        if self._waiting:
            assert self._shared is not None
            yield Failed(self._late(self._shared), self._waiting[0].signature)
            return  # __exit__ replaces the evaluator
        for work in self._alone:
            if not work.done:
                self._evaluate_alone(work)
            yield from work.in_turn
            if self._left() <= 0:
                break
        self._drop_own()  # a race has the device for itself

    def _left(self) -> float:
        """Seconds of the job's time that are left; only waiting for an evaluator uses it up."""
        return self._job.limits.evaluate_seconds - self.clock.stages.get("evaluate", 0.0) / 1000

    def _deadline(self) -> float:
        return time.monotonic() + self._left()

    def _shared_results(self, *, wait: bool) -> Iterator[GradeEvent]:
        while self._waiting:
            work = self._waiting[0]
            try:
                if not work.done:
                    assert self._shared is not None
                    self._listen(self._shared, work, self._deadline() if wait else 0.0)
            except Expired:
                return
            except _Died:
                # Its state is unknown now: every program it still had is tried alone.
                for unfinished in self._waiting:
                    unfinished.forget()
                self._alone = [*self._waiting, *self._alone]
                self._waiting.clear()
                self._shared = None
                self._lane.drop_evaluator(self._job.device)
                return
            if work.done:
                self._waiting.popleft()
                yield from work.in_turn

    def _evaluate_alone(self, work: _Program) -> None:
        """Have a program evaluated where none but this job's are; anew if it may have died of those before it."""
        for used in (self._own is not None, False):
            self._used = used
            if self._own is None:
                self._own = self._owned.enter_context(self._lane.evaluator(self._job.device, self._job.limits))
            child = self._own
            try:
                with self.clock.stage("evaluate"):
                    child.send(self._message(work), self._deadline())
                while not work.done:
                    self._listen(child, work, self._deadline())
                return
            except Expired:
                work.events.append(Failed(self._late(child), work.signature))
                self._drop_own()
                return
            except _Died:
                if not used:
                    work.events.append(Failed(self._death(child), work.signature))
                    self._drop_own()
                    return
                self._drop_own()
                work.forget()

    def _drop_own(self) -> None:
        """End the disposable evaluator; the next program gets a fresh one."""
        self._own = None
        self._owned.close()

    def _listen(self, child: Child, work: _Program, deadline: float) -> None:
        """Take in one reply about ``work``.

        Raises:
            Expired: none came in time.
            _Died: none will come.
        """
        try:
            with self.clock.stage("evaluate"):
                reply = child.receive(deadline)
            if isinstance(reply, Exit):
                raise _Died
            self._note(reply, work)
            if work.done and child is self._shared:
                self._lane.evaluator_served(1, replies.integer(reply.header, "max_rss", 1 << 50), self._job.device)
            used = child is self._shared or self._used
            if used and self._job.device == "gpu" and any(map(self._may_be_innocent, work.events)):
                raise _Died
        except (Flooded, ProtocolError) as error:
            raise _Died from error

    def _note(self, reply: Message, work: _Program) -> None:
        milliseconds = replies.milliseconds(reply.header)
        match reply.header.get("type"):
            case "done":
                self._check_whole(work)
                work.done = True
            case "compiled":
                work.compile_ms = milliseconds
                self.clock.add("compile", milliseconds)
                if self._job.measure:
                    work.hear(_figures(reply, work.signature))
            case "failed":
                whole = reply.header.get("draw") is None
                failure = replies.failure(reply.header.get("failure"), self._job.limits)
                work.hear(Failed(failure, work.signature, None if whole else self._draw(reply, work)))
            case _ if work.told >= len(work.draws):
                raise ProtocolError("more results than value sets")
            case _:
                draw = self._draw(reply, work)
                outputs = tuple(np.array(value) for value in replies.matching_values(reply, work.returns))
                work.hear(Evaluated(work.signature, draw, outputs, work.compile_ms, milliseconds))
                self.clock.add("run", milliseconds)

    def _may_be_innocent(self, event: GradeEvent) -> bool:
        """Whether a failure can come from what ran on the GPU before: all but that of a program too large by itself."""
        return isinstance(event, Failed) and (event.failure.limit is None or not event.failure.limit.exact)

    def _draw(self, reply: Message, work: _Program) -> int:
        """The value set that a reply is about; the evaluator counts those it was given."""
        return work.draws[replies.integer(reply.header, "draw", len(work.draws))]

    def _check_whole(self, work: _Program) -> None:
        """Refuse an end that leaves value sets without a result: the judge relies on every one."""
        told = [event.draw for event in work.heard if isinstance(event, Evaluated | Failed)]
        if None not in told and sorted(map(str, told)) != sorted(map(str, work.draws)):
            raise ProtocolError("results are missing")

    def _message(self, work: _Program) -> Message:
        inputs = [self._job.signatures[work.signature].inputs[draw] for draw in work.draws]
        # What many value sets share travels once.
        distinct = {id(value): value for values in inputs for value in values}
        places = {key: place for place, key in enumerate(distinct)}
        entries, body = arrays.pack([*distinct.values()])
        header = {
            "program_size": len(work.program),
            "memory": self._job.limits.memory,
            "measure": self._job.measure,
            "optimised": self._job.rival is not None,
            "inputs": [[places[id(value)] for value in values] for values in inputs],
            "arrays": entries,
        }
        return Message(header, work.program + body)

    def _late(self, child: Child) -> Failure:
        """The verdict on a program that did not answer in time.

        Raises:
            SandboxUnavailable: its slot does not answer either, so the silence was not the program's.
        """
        if not child.slot.sending:  # else a busy program has not taken the next one yet
            child.end()
        used = self.clock.stages.get("evaluate", 0.0) / 1000
        return limiting.failure(limiting.reached(self._job.limits, "evaluate_seconds", used))

    def _death(self, child: Child) -> Failure:
        crash = Failure("crash", "the program crashed the process that ran it")
        if child.exit is None:
            return crash
        printed = bytes(child.printed).decode(errors="replace")
        failure = death(child.exit, printed, self._job.limits, cpu_limited=False, learners=False)
        return failure if failure.kind == "memory" else crash


def _place(event: GradeEvent) -> float:
    """Where in its turn an event belongs: figures first, what is about the whole program last."""
    if isinstance(event, Evaluated | Failed):
        return math.inf if event.draw is None else event.draw
    return -1.0


def _figures(reply: Message, signature: int) -> Compiled:
    """XLA's own figures of a program.

    Raises:
        ProtocolError: they are none.
    """
    unknown = reply.header.get("work") is None
    work = None if unknown else replies.integer(reply.header, "work", 1 << 80)
    return Compiled(signature, work, replies.integer(reply.header, "memory", 1 << 60))


def _result_size(returns: Tree) -> int:
    """Bytes of the arrays of one result; the vetter has checked that the program returns just these."""
    stored = (leaf.storage for _, leaf in trees.leaves(returns))
    return sum(math.prod(leaf.shape) * DTYPES[leaf.dtype].itemsize for leaf in stored)
