"""What an author's ``compare.py`` becomes: stored programs that measure how far a result is off.

Like a submission it is only traced, once per type of case, and only what the vetter wrote of it is kept. Invariant: a
program is read back only if its bytes have the SHA-256 that they were stored with, and no Python of ``compare.py`` runs
after publication.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from app.problems.case import Values
from sandbox import tree as trees
from sandbox.arrays import Array
from sandbox.entries import BATCHING, DERIVATIVES, Call
from sandbox.jobs import Evaluated, EvaluateJob, Failed, Failure, Limits, Sandbox, StoredProgram
from sandbox.tree import MAX_LEAVES, Leaf, Node, Tree


@dataclass(frozen=True)
class Comparison:
    """The vetted program of a comparison, for results of one type.

    Attributes:
        program: takes the flat arrays of a call's inputs, of the expected result and of the one that came.
        returns: a pair: errors, and what is allowed of each.
        custom_calls: targets that the program calls.
    """

    program: bytes
    returns: Tree
    custom_calls: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The comparison as plain JSON data."""
        return {
            "program": base64.b64encode(self.program).decode(),
            "sha256": hashlib.sha256(self.program).hexdigest(),
            "returns": trees.to_json(self.returns),
            "custom_calls": self.custom_calls,
        }

    @staticmethod
    def from_json(entry: Mapping[str, Any]) -> Comparison:
        """The comparison that ``to_json`` wrote.

        Raises:
            ValueError: the program is another one.
        """
        program = base64.b64decode(entry["program"])
        if hashlib.sha256(program).hexdigest() != entry["sha256"]:
            raise ValueError("the stored program of a comparison is damaged")
        return Comparison(program, trees.from_json(entry["returns"]), tuple(entry["custom_calls"]))


@dataclass(frozen=True)
class Question:
    """The type of one comparison: what ``compare.py`` is traced with.

    Attributes:
        entry: the entry point.
        arguments: a tuple of the call's arguments, the expected result and the one that came, of one type.
    """

    entry: str
    arguments: Node

    @property
    def key(self) -> str:
        """The question as the key of a JSON object."""
        return json.dumps([self.entry, trees.to_json(self.arguments)], separators=(",", ":"))


def question(call: Call, arguments: Node, returned: Tree) -> Question | None:
    """What is asked of ``compare.py`` about results of a call; None if that cannot be asked.

    Of calls that are mapped over, it is asked about each by itself. A derivative of an answer that is not unique is no
    answer of its kind, and is compared as usual. Named tuples and other containers become plain tuples.
    """
    if any(step.apply in DERIVATIVES for step in call.steps):
        return None
    children: tuple[Tree, ...] = arguments.children
    for step in reversed(call.steps):
        if step.apply in BATCHING:
            children = tuple(_without(tree, axis) for tree, axis in zip(children, step.axes, strict=True))
            returned = _without(returned, 0)
    result = _plain(returned)
    return Question(call.entry, Node("tuple", (_plain(Node("tuple", children)), result, result)))


def _without(tree: Tree, axis: int | None) -> Tree:
    if axis is None:
        return tree
    return trees.map_leaves(tree, lambda leaf: Leaf(leaf.dtype, (*leaf.shape[:axis], *leaf.shape[axis + 1 :])))


def _plain(tree: Tree) -> Tree:
    if not isinstance(tree, Node):
        return tree
    kind = "tuple" if tree.kind in ("namedtuple", "custom") else tree.kind
    return Node(kind, tuple(map(_plain, tree.children)), tree.keys if kind == "dict" else ())


def calls_of(call: Call, arguments: Node, inputs: Values, *results: Values) -> Iterator[Values]:
    """The inputs and results of each call that was mapped over, as flat arrays; of a plain call, all that is given."""
    axes = [
        [axis for tree, axis in zip(arguments.children, step.axes, strict=True) for _ in trees.leaves(tree)]
        for step in reversed(call.steps)
        if step.apply in BATCHING
    ]
    flat = [array for result in results for array in result]
    return _slices([[*each, *[0] * len(flat)] for each in axes], (*inputs, *flat))


def _slices(axes: Sequence[Sequence[int | None]], values: Values) -> Iterator[Values]:
    if not axes:
        yield values
        return
    first, *others = axes
    size = next(value.shape[axis] for value, axis in zip(values, first, strict=True) if axis is not None)
    for number in range(size):
        pairs = zip(values, first, strict=True)
        chosen = (value if axis is None else np.asarray(value.take(number, axis)) for value, axis in pairs)
        yield from _slices(others, tuple(chosen))


@dataclass(frozen=True)
class Measured:
    """What a comparison says of one result.

    Attributes:
        error: of the element that is off by the largest multiple of what is allowed.
        allowed: of it.
        passed: whether no element's error exceeds what is allowed; NaN does, and nothing keeps within infinity: a
            result so large that what is allowed of it overflows would be right whatever it is.
    """

    error: float
    allowed: float
    passed: bool


@np.errstate(all="ignore")
def measured(errors: Array, allowed: Array) -> Measured:
    """The verdict on arrays that a comparison returned: of one shape, or with one allowance for all errors."""
    wide, limit = np.broadcast_arrays(errors.astype(np.float64), allowed.astype(np.float64))
    wide, limit = wide.reshape(-1), limit.reshape(-1)
    if not wide.size:
        return Measured(0.0, 0.0, passed=True)
    off = ~((wide <= limit) & np.isfinite(limit))
    ratio = np.where(off, np.where((limit > 0) & np.isfinite(limit), wide / limit, np.inf), -1.0)
    place = int(np.argmax(np.where(np.isnan(ratio), np.inf, ratio)))
    return Measured(float(wide[place]), float(limit[place]), passed=not off.any())


def ask(
    comparisons: Mapping[str, Comparison], asked: Sequence[tuple[str, Values]], limits: Limits, sandbox: Sandbox
) -> list[Measured | Failure]:
    """What comparisons say, in order.

    Args:
        comparisons: by key.
        asked: key and flat arrays of each question.
        limits: of the questions of one type, which is a program of its own. All are asked at once, and have as long as
            those of every type would one after the other, however few are asked: what is answered at publication is
            answered later. Nothing that a submission has used counts.
        sandbox: where the programs are evaluated.

    Raises:
        SandboxUnavailable: the fault is ours.
    """
    answers: list[Measured | Failure] = [Failure("time", "the comparison did not end in time")] * len(asked)
    by_key: dict[str, list[int]] = {}
    for number, (key, _) in enumerate(asked):
        by_key.setdefault(key, []).append(number)
    places = [some for numbers in by_key.values() for some in _sendable(numbers, len(asked[numbers[0]][1]))]
    programs = tuple(_stored(comparisons[asked[some[0]][0]], [asked[number][1] for number in some]) for some in places)
    whole = replace(limits, evaluate_seconds=len(comparisons) * limits.evaluate_seconds)
    for event in sandbox.evaluate(EvaluateJob(programs, limits=whole)) if programs else ():
        match event:
            case Evaluated():
                answers[places[event.signature][event.draw]] = measured(*event.outputs)
            case Failed():
                assert event.signature is not None
                some = places[event.signature]
                for number in some if event.draw is None else [some[event.draw]]:
                    answers[number] = event.failure
    return answers


def _sendable(numbers: Sequence[int], leaves: int) -> Iterator[Sequence[int]]:
    """Questions of so many arrays each, in groups that can be sent together."""
    together = max(1, MAX_LEAVES // max(1, leaves))
    return (numbers[start : start + together] for start in range(0, len(numbers), together))


def _stored(comparison: Comparison, asked: Sequence[Values]) -> StoredProgram:
    return StoredProgram(comparison.program, comparison.returns, comparison.custom_calls, tuple(asked))
