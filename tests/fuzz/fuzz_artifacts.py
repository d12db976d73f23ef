"""Mutants of artifacts through the vetter, and what it lets through, vetted again and evaluated.

Invariant held: the vetter's output is vetted into itself, and its evaluation ends in a clear failure or in arrays of
the declared types, never in a dead evaluator.
"""

from __future__ import annotations

import collections
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np

from sandbox import arrays
from sandbox import tree as trees
from sandbox.frames import Message, MessageReader, ProtocolError, read_message
from sandbox.jobs import Limits
from sandbox.lane import Lane, WallSettings
from sandbox.slot import Exit, Expired, Slot
from sandbox.stages import replies
from sandbox.stream import ProcessStream
from sandbox.tree import Leaf, Node
from sandbox.walls import outer
from tests.fuzz.mutants import header
from tests.fuzz.programs import NAMES, program

#: Some damage makes the parser run for ever; an honest program of the largest size takes three seconds.
_VET_SECONDS = 1.0
_EVALUATE_SECONDS = 20.0
_OPERATIONS = 1000
_LIMITS = Limits(memory=1 << 30)
_MAX_BODY = 1 << 24
#: Mutants made by one process; making one may end it.
_BATCH = 500


class Finding(AssertionError):
    """A mutant got further than a mutant may."""


def open_lane() -> Lane:
    """A lane of its own, behind this machine's first wall."""
    view = outer.host_view()
    command = outer.command(outer.available()[0], view)
    settings = WallSettings(view.readable, own_users=outer.is_root())
    return Lane(78, lambda _: Slot(ProcessStream(command, outer.environment(view))), settings)


def mutants(first: int, count: int | None = None) -> Iterator[Message]:
    """Mutants from number ``first`` on; a number whose making ends the process that makes them is left out."""
    following = first
    while count is None or following < first + count:
        size = _BATCH if count is None else first + count - following
        command = [sys.executable, "-m", "tests.fuzz.mutants", str(following), str(size)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as maker:
            assert maker.stdout is not None
            try:
                with suppress(ProtocolError):  # it died in the middle of one
                    while (made := read_message(maker.stdout.fileno(), _MAX_BODY)) is not None:
                        following = made.header["number"] + 1
                        yield made
            finally:
                maker.kill()
        if maker.returncode:
            following += 1


def vet(lane: Lane, mutant: Message, artifact: bytes) -> Message | Exit:
    """What a vetter of its own says to ``artifact``, declared as ``mutant`` is."""
    types = {"inputs": mutant.header["inputs"], "returns": mutant.header["returns"]}
    job = {"platform": "cpu", "operations": _OPERATIONS, **types}
    deadline = time.monotonic() + _VET_SECONDS
    with lane.child(lane.hostile, "vet", _LIMITS, cpu_seconds=20, max_body=_MAX_BODY) as child:
        try:
            child.send(Message(job, artifact), deadline)
            return child.receive(deadline)
        except Expired:
            return child.end()


def examine(lane: Lane, mutant: Message) -> str:
    """How far a mutant got: ``refused``, ``died`` (the vetter), ``failed: KIND`` or ``evaluated``.

    Raises:
        Finding: further than it may.
    """
    reply = vet(lane, mutant, mutant.body)
    if isinstance(reply, Exit):
        return "died"
    if reply.header.get("type") != "vetted":
        failure = replies.failure(reply.header, _LIMITS)
        if not failure.message:
            raise Finding("refused without a reason")
        return f"refused: {failure.kind}"
    again = vet(lane, mutant, reply.body)
    if isinstance(again, Exit) or again.header.get("type") != "vetted":
        raise Finding(f"what was vetted is refused: {again}")
    if again.body != reply.body:
        raise Finding("what was vetted is vetted into something else")
    return _evaluate(lane, mutant, reply)


def _evaluate(lane: Lane, mutant: Message, vetted: Message) -> str:
    inputs = [leaf for leaf in map(trees.from_json, mutant.header["inputs"]) if isinstance(leaf, Leaf)]
    returns = Node("tuple", tuple(map(trees.from_json, mutant.header["returns"])))
    entries, body = arrays.pack([_values(leaf) for leaf in inputs])
    job = {
        "program_size": len(vetted.body),
        "memory": _LIMITS.memory,
        "measure": True,
        "optimised": False,
        "inputs": [list(range(len(inputs)))],
        "arrays": entries,
    }
    deadline = time.monotonic() + _EVALUATE_SECONDS
    outcome = ""
    with lane.child(lane.evaluators, "evaluate", _LIMITS, cpu_seconds=None, max_body=_MAX_BODY) as child:
        try:
            child.send(Message(job, vetted.body + body), deadline)
            while not outcome.endswith("."):
                reply = child.receive(deadline)
                if isinstance(reply, Exit):
                    printed = bytes(child.printed).decode(errors="replace")
                    raise Finding(f"the evaluator died: {reply}; {printed[-2000:]}")
                outcome = _outcome(reply, returns, outcome)
        except Expired:
            return "failed: time"
        except ProtocolError as error:
            raise Finding(f"the evaluator replied out of turn: {error}") from error
    return outcome.removesuffix(".")


def _outcome(reply: Message, returns: Node, before: str) -> str:
    match reply.header.get("type"):
        case "compiled":
            return before
        case "done":
            if not before:
                raise Finding("the evaluator ended without a result")
            return f"{before}."
        case "failed":
            failure = replies.failure(reply.header.get("failure"), _LIMITS)
            if not failure.message:
                raise Finding("a failure without a reason")
            return f"failed: {failure.kind}"
    replies.matching_values(reply, returns)
    return "evaluated"


def _values(leaf: Leaf) -> arrays.Array:
    values: arrays.Array = np.arange(1, 1 + int(np.prod(leaf.shape))).astype(trees.DTYPES[leaf.dtype])
    return values.reshape(leaf.shape)


def fuzz(seconds: int, findings: Path) -> int:
    """Examine mutants for a while, from a random number on; 1 if there was a finding, which is kept as a file."""
    deadline = time.monotonic() + seconds
    first = int.from_bytes(os.urandom(4), "little")
    ends: collections.Counter[str] = collections.Counter()
    found = 0
    lane = open_lane()
    made = mutants(first)
    try:
        for mutant in made:
            if not lane.healthy:
                lane.close()
                lane = open_lane()
            try:
                ends[examine(lane, mutant)] += 1
            except Finding as finding:
                found += 1
                path = findings / f"mutant-{mutant.header['number']}"
                path.write_bytes(mutant.encode())
                print(f"{path}: {finding}\n  {mutant.header['program']}: {mutant.header['how']}", flush=True)  # noqa: T201
            if time.monotonic() > deadline:
                break
    finally:
        made.close()  # type: ignore[attr-defined]
        lane.close()
    print(f"from mutant {first}: {dict(ends.most_common())}, {found} findings")  # noqa: T201
    print(f"number_of_executed_units: {ends.total() + found}")  # noqa: T201
    return int(found > 0)


def again(path: Path) -> int:
    """Examine one finding again."""
    reader = MessageReader(_MAX_BODY)
    reader.feed(path.read_bytes())
    mutant = reader.take()
    assert mutant is not None
    lane = open_lane()
    try:
        print(examine(lane, mutant))  # noqa: T201
    finally:
        lane.close()
    return 0


def honest() -> Iterator[Message]:
    """The programs without any mutation."""
    for name in NAMES:
        origin = program(name)
        yield Message(header(origin), origin.artifact)
