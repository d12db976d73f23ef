"""What a filed mistake looked like when its problem was published: the fingerprint by which learners' are recognised.

Invariant: a fingerprint is data of bounded size that is kept with the hidden cases and nowhere else; of all that is in
it, only the author's message and the name of the file are ever told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from app.judge.verdict import Reason, Verdict
from app.problems.case import Values
from sandbox import arrays
from sandbox import tree as trees
from sandbox.jobs import FailureKind
from sandbox.tree import Tree

#: Index of a signature in the plan of the problem's cases, and of one of its value sets.
Place = tuple[int, int]


@dataclass(frozen=True)
class Program:
    """A traced program.

    Attributes:
        returns: what it returns.
        counts: its operations by name.
    """

    returns: Tree
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Result:
    """What came out for one value set: a tree and its flat arrays."""

    returns: Tree
    outputs: Values


@dataclass(frozen=True)
class Cause:
    """What ended a submission, without what differs between people who make the same mistake.

    Attributes:
        error: the exception's class, empty if there was none.
        text: what it said, without numbers, tracers and places.
        limit: the limit that was reached, empty if none was; never one on time, since which comes first depends on it.
    """

    kind: FailureKind
    error: str
    text: str
    limit: str


@dataclass(frozen=True)
class Fingerprint:
    """One filed mistake.

    Attributes:
        path: of the file in the problem's folder.
        message: what its author says to whoever makes it.
        verdict: what it gets.
        reason: likewise.
        subject: what a broken rule is about, or which arguments were changed in place; empty if that has no name.
        cause: of a failure.
        programs: by index of the signature in the plan, those that were seen before the mistake showed.
        results: likewise, as far as they are kept.
        words: what its source is made of, without the names it chose, see ``app.judge.likeness``.
        names: the names that it chose.
    """

    path: str
    message: str
    verdict: Verdict
    reason: Reason | None
    subject: str = ""
    cause: Cause | None = None
    programs: Mapping[int, Program] = field(default_factory=dict)
    results: Mapping[Place, Result] = field(default_factory=dict)
    words: Mapping[str, int] = field(default_factory=dict)
    names: frozenset[str] = frozenset()

    def dumps(self) -> tuple[dict[str, Any], bytes]:
        """The fingerprint as the value of a JSON object, and the record of its arrays."""
        entry = {
            "path": self.path,
            "message": self.message,
            "verdict": self.verdict,
            "reason": self.reason,
            "subject": self.subject,
            "cause": self.cause and asdict(self.cause),
            "programs": [
                [number, trees.to_json(program.returns), dict(program.counts)]
                for number, program in self.programs.items()
            ],
            "results": [[*place, trees.to_json(result.returns)] for place, result in self.results.items()],
            "words": dict(self.words),
            "names": sorted(self.names),
        }
        return entry, arrays.dumps([output for result in self.results.values() for output in result.outputs])

    @classmethod
    def loads(cls, entry: dict[str, Any], record: bytes) -> Self:
        """What ``dumps`` gave.

        Raises:
            ValueError: the record is damaged.
        """
        stored = iter(arrays.loads(record))
        results = {}
        for number, draw, shape in entry["results"]:
            returns = trees.from_json(shape)
            results[number, draw] = Result(returns, tuple(next(stored) for _ in trees.leaves(returns)))
        programs = {number: Program(trees.from_json(shape), counts) for number, shape, counts in entry["programs"]}
        cause = entry["cause"] and Cause(**entry["cause"])
        names = frozenset(entry["names"])
        return cls(**{**entry, "programs": programs, "results": results, "cause": cause, "names": names})
