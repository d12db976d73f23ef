"""One graded submission's way through a lane: trace, vet, evaluate.

The three stages overlap: while the tracer works on the next signature, the last program is vetted and the evaluator
already compiles it. What was traced before is vetted again in its place, and then there is no tracer. Invariant: what
goes to the evaluator came from the vetter, never from the tracer.
"""

from __future__ import annotations

import hashlib
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace

from sandbox import entries
from sandbox import limits as limiting
from sandbox import tree as trees
from sandbox.frames import Message, ProtocolError
from sandbox.jobs import Failed, Failure, Finished, GradeEvent, GradeJob, Limits, Platform, SandboxUnavailable, Vetted
from sandbox.lane import Clock, Lane
from sandbox.slot import START_SECONDS, Child, Exit, Expired, Flooded
from sandbox.stages import replies
from sandbox.stages.cache import OutputCache
from sandbox.stages.deaths import death
from sandbox.stages.evaluation import Evaluation
from sandbox.stages.racing import Race, races
from sandbox.tree import DTYPES, Tree

#: Reading one program of 100,000 operations, which takes about three seconds; more operations get more time. Damaged
#: bytes can make the parser run for ever.
VET_SECONDS = 10.0


class Stop(Exception):
    """Ends a job early; carries what the judge is told."""

    def __init__(self, failed: Failed) -> None:
        """Stop with ``failed``."""
        super().__init__(failed.failure.message)
        self.failed = failed


def grade(
    lane: Lane, job: GradeJob, enough: Callable[[], bool], cache: OutputCache | None = None
) -> Iterator[GradeEvent]:
    """Every event of ``job``, ending with ``Finished``; see ``sandbox.jobs.Sandbox.grade``."""
    clock = Clock()
    limits = job.limits
    cpu = limits.cpu_seconds
    assert len(job.traced) in (0, len(job.signatures))
    traced = limits.artifact * (len(job.platforms) + job.twice)
    evaluation = Evaluation(lane, job, clock, cache)
    with (
        _tracer(lane, job, traced) as tracer,
        lane.child(lane.hostile, "vet", limits, cpu_seconds=cpu, max_body=limits.artifact * 2) as vetter,
        evaluation,
    ):
        stopped: Failed | None = None
        failed = False
        try:
            messages = _traced_before(job) if tracer is None else _trace(job, tracer, clock)
            for event in _vet_all(job, messages, vetter, evaluation):
                failed = failed or isinstance(event, Failed)
                yield event
                if enough():
                    break
        except Stop as stop:
            stopped = stop.failed
        # Said first: whoever knows that it fails may not want to wait for what is still being evaluated.
        if stopped is not None:
            yield stopped
        for event in evaluation.results() if not enough() else ():
            failed = failed or isinstance(event, Failed)
            yield event
            if enough():
                break
        if stopped is None and job.rival is not None and not failed and not enough():
            race = Race(lane, job, job.rival, evaluation.programs[job.rival.signature])
            yield from races(race, enough, clock)
        # Prints and boundaries come through one pipe, so the count is that of the traces which printed this.
        traces = 0 if tracer is None else tracer.printed.count(tracer.boundary)
        printed = "" if tracer is None else last_printed(tracer)
    yield Finished(printed, clock.stages, traces)


def _tracer(lane: Lane, job: GradeJob, most: int) -> AbstractContextManager[Child | None]:
    """The child that traces, whose messages have at most so many bytes; None where that was done before."""
    if job.traced:
        return nullcontext()
    return lane.child(lane.hostile, "trace", job.limits, cpu_seconds=job.limits.cpu_seconds, max_body=most)


def _traced_before(job: GradeJob) -> Iterator[Message]:
    """What a tracer would send, of programs that were traced before."""
    for traced in job.traced:
        yield Message({"type": "traced", "returns": trees.to_json(traced.returns), "sizes": []}, traced.program)


def _vet_all(job: GradeJob, traced: Iterable[Message], vetter: Child, evaluation: Evaluation) -> Iterator[GradeEvent]:
    """Vet what was traced, one signature after the other, and have it evaluated meanwhile."""
    for signature, reply in enumerate(traced):
        with evaluation.clock.stage("vet"):
            vetted, program = _vet(job, signature, reply, vetter)
        yield vetted
        evaluation.submit(vetted, program)
        yield from evaluation.ready()


def _trace(job: GradeJob, tracer: Child, clock: Clock) -> Iterator[Message]:
    """What the tracer sends of each signature.

    Raises:
        Stop: it failed, or sends something else.
    """
    header = {
        "boundary": tracer.separate_prints(len(job.signatures)),
        "harness": job.harness,
        "x64": job.x64,
        "twice": job.twice,
        "platforms": job.platforms,
        "artifact": job.limits.artifact,
        "leaves": job.limits.leaves,
        "depth": job.limits.depth,
        "signatures": [
            {"call": entries.to_json(signature.call), "arguments": trees.to_json(signature.arguments)}
            for signature in job.signatures
        ],
    }
    with clock.stage("start"):
        start(tracer, Message(header, job.source.encode()), "tracing")
    for signature in range(len(job.signatures) + 1):
        # Only waiting for the tracer counts: what we do with its programs meanwhile is not the learner's time.
        tracing = Allowance("tracing", job.limits.trace_seconds, clock.stages.get("trace", 0.0) / 1000)
        with clock.stage("trace"):
            reply = receive(tracer, tracing, job.limits)
        kind = reply.header.get("type")
        if kind == "done" and signature == len(job.signatures):
            return
        if kind == "failed":
            failure = replies.failure(reply.header.get("failure"), job.limits)
            raise Stop(Failed(failure, signature if reply.header.get("signature") == signature else None))
        if kind != "traced" or signature == len(job.signatures):
            raise Stop(Failed(_unreadable(), None))
        yield reply


def start(child: Child, message: Message, purpose: str) -> None:
    """Wait for a walled-in child and hand it its job.

    Raises:
        SandboxUnavailable: there is none; no code of the learner's has run yet, so the fault is ours.
    """
    deadline = time.monotonic() + START_SECONDS
    try:
        reply = child.receive(deadline)
        if isinstance(reply, Exit) or reply.header.get("type") != "ready":
            raise SandboxUnavailable(f"a sandboxed process did not start: {reply}; {bytes(child.printed[-500:])!r}")
        child.send(message, deadline)
    except (Expired, Flooded, ProtocolError) as error:
        raise SandboxUnavailable(f"a sandboxed process for {purpose} did not start") from error


@dataclass(frozen=True)
class Allowance:
    """Wall clock for one thing: what it is, the seconds allowed, and those that were spent on it before."""

    doing: str
    seconds: float
    spent: float = 0.0


def receive(child: Child, allowance: Allowance, limits: Limits, *, learners: bool = True) -> Message:
    """The child's next message; ``learners`` says whether it runs a learner's or author's Python.

    Raises:
        Stop: there is none: time, output or memory ran out, or the child died or forged its messages.
        SandboxUnavailable: it was killed by somebody else, or its whole slot is silent.
    """
    begun = time.monotonic()
    try:
        reply = child.receive(begun + allowance.seconds - allowance.spent)
    except Expired as error:
        used = allowance.spent + time.monotonic() - begun
        if not child.waits:  # a slot that has died unnoticed does not answer, and then the silence was not the child's
            child.end()
        limit = limiting.reached(limits, "trace_seconds", used)
        raise Stop(Failed(limiting.failure(limit, doing=allowance.doing))) from error
    except Flooded as error:
        raise Stop(Failed(limiting.failure(limiting.reached(limits, "output")))) from error
    except ProtocolError as error:
        raise Stop(Failed(_unreadable())) from error
    if isinstance(reply, Exit):
        raise Stop(Failed(death(reply, bytes(child.printed).decode(errors="replace"), limits, learners=learners)))
    return reply


def last_printed(child: Child) -> str:
    """What a child printed that nobody has taken yet, without the dump of a fatal signal."""
    died = child.exit is not None and child.exit.code < 0 and child.exit.code != -signal.SIGKILL
    printed, _ = replies.split_dump(child.take_printed().decode(errors="replace"), died=died)
    return printed


def _vet(job: GradeJob, signature: int, traced: Message, vetter: Child) -> tuple[Vetted, bytes]:
    """What the vetter says of one signature's programs, and the one that is to be evaluated, as it wrote it."""
    try:
        returns = replies.tree(traced.header, "returns")
        differs = job.twice and "repeated" in traced.header
        programs = replies.programs(traced, len(job.platforms) + differs, job.limits.artifact)
        repeated = replies.tree(traced.header, "repeated") if differs else returns
    except ProtocolError as error:
        raise Stop(Failed(_unreadable(), signature)) from error
    passed = {
        platform: _pass(job, signature, returns, Traced(platform, program), vetter)
        for platform, program in zip(job.platforms, programs, strict=False)
    }
    evaluated = job.platforms[-1]
    vetted = _vetted(signature, returns, passed, evaluated)
    if differs:
        # Their bytes differ; without names and locations they may be the same all the same.
        same = repeated == returns
        same = same and _pass(job, signature, returns, Traced(evaluated, programs[-1]), vetter).body == vetted.program
        vetted = replace(vetted, repeated=same)
    return vetted, vetted.program


@dataclass(frozen=True)
class Traced:
    """A program as the tracer sent it, and what it is for."""

    platform: Platform
    program: bytes


def _pass(job: GradeJob, signature: int, returns: Tree, traced: Traced, vetter: Child) -> Message:
    """The vetter's reply to a program that it lets through."""
    request = {
        "platform": traced.platform,
        "operations": job.limits.operations,
        "inputs": _leaf_types(job.signatures[signature].arguments),
        "returns": _leaf_types(returns),
    }
    seconds = VET_SECONDS * max(1.0, job.limits.operations / Limits.operations)
    try:
        vetter.send(Message(request, traced.program), time.monotonic() + seconds)
    except Expired as error:
        raise Stop(Failed(_unvettable(), signature)) from error
    try:
        reply = receive(vetter, Allowance("checking the traced program", seconds), job.limits, learners=False)
    except Stop as stop:
        # The vetter runs none of the learner's Python: if it dies or hangs, the bytes it was given did that.
        failure = stop.failed.failure if stop.failed.failure.kind == "memory" else _unvettable()
        raise Stop(Failed(failure, signature)) from stop
    if reply.header.get("type") != "vetted":
        raise Stop(Failed(_refusal(reply, job.limits), signature))
    return reply


def _refusal(reply: Message, limits: Limits) -> Failure:
    """What the vetter refused: a program over one of the limits, or one that breaks a rule."""
    failure = replies.failure(reply.header, limits)
    if failure.kind == "memory":
        return limiting.failure(limiting.reached(limits, "memory"), failure.message)
    if failure.kind == "compile" and f"more than {limits.operations} operations" in failure.message:
        return limiting.failure(limiting.reached(limits, "operations"))
    return failure


def _vetted(signature: int, returns: Tree, passed: Mapping[Platform, Message], evaluated: Platform) -> Vetted:
    reply = passed[evaluated]
    targets, dtypes = reply.header.get("custom_calls"), reply.header.get("dtypes")
    try:
        operations = replies.integer(reply.header, "operations", 1 << 40)
        counts, live = (replies.integers(reply.header, name, 1 << 40) for name in ("counts", "live"))
        if not replies.is_texts(targets) or not replies.is_texts(dtypes) or not {*dtypes} <= DTYPES.keys():
            raise ProtocolError("malformed lists")
    except ProtocolError as error:
        raise Stop(Failed(_unvettable(), signature)) from error
    artifacts = {platform: hashlib.sha256(other.body).hexdigest() for platform, other in passed.items()}
    return Vetted(
        signature=signature,
        returns=returns,
        artifact=artifacts[evaluated],
        operations=operations,
        counts=counts,
        custom_calls=tuple(str(target)[:200] for target in targets),
        artifacts=artifacts,
        live=live,
        dtypes=tuple(dtypes),
        program=passed[evaluated].body,
    )


def _leaf_types(tree: Tree) -> list[dict[str, object]]:
    return [trees.to_json(leaf.storage) for _, leaf in trees.leaves(tree)]


def _unreadable() -> Failure:
    return Failure("violation", "the process that traced the code sent something else than traced programs")


def _unvettable() -> Failure:
    return Failure("violation", "the traced program could not be read safely")
