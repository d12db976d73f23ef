"""A published problem: its cases with expected outputs, and what the reference's programs look like.

Hidden inputs and expected outputs live in here and nowhere else. Invariant: ``loads(published.dumps())`` is the same
publication, bit for bit, and nothing in it was computed by code that ran outside a sandbox.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from app.problems.case import Values
from app.problems.comparison import Comparison
from app.problems.model import Problem
from app.problems.pitfalls import Fingerprint
from sandbox import arrays, entries
from sandbox import tree as trees
from sandbox.entries import Call
from sandbox.jobs import Device
from sandbox.tree import Node, Tree

#: The number is that of the format; publications of the one before have no pitfalls.
FORMAT = "allclose-published-5"
_MAGIC = f"{FORMAT}\n".encode()
_BEFORE = b"allclose-published-4\n"


@dataclass(frozen=True)
class PublishedCase:
    """One named case.

    Attributes:
        public: whether learners may see its values.
        call: the function that is called, with its transformations.
        arguments: the types it is called with; one child per parameter.
        sizes: the named sizes that these stand for, without axes that a transformation has added.
        inputs: for each value set, the flat leaves of ``arguments``.
        expected: the tree the reference returned, for the first value set if they differ.
        outputs: for each value set, the flat leaves of what the reference returned; of random results all of them, each
            leaf with one more axis in front.
        others: what it returned for other value sets, where that is not ``expected``; only in eager problems.
    """

    name: str
    public: bool
    call: Call
    arguments: Node
    sizes: Mapping[str, int]
    inputs: tuple[Values, ...]
    expected: Tree
    outputs: tuple[Values, ...]
    others: Mapping[int, Tree] = field(default_factory=dict)

    def expected_of(self, draw: int) -> Tree:
        """The tree the reference returned for one value set."""
        return self.others.get(draw, self.expected)


@dataclass(frozen=True)
class Probe:
    """A signature that is traced but never run, to see how a program grows with a named size."""

    size: int
    call: Call
    arguments: Node


@dataclass(frozen=True)
class ReferenceProgram:
    """What rules need to know of the reference's program for one signature.

    Attributes:
        operations: how many it has.
        live: those its results depend on, of the problem's required ones.
        work: operations on array elements, by XLA's count; None if no rule asks for it.
        memory: bytes beside its arguments; 0 if no rule asks for them.
        program: itself, where submissions are raced against it; else empty.
    """

    operations: int
    live: tuple[str, ...] = ()
    work: int | None = None
    memory: int = 0
    program: bytes = b""

    def to_json(self) -> dict[str, Any]:
        """As the value of a JSON object."""
        return {**asdict(self), "program": base64.b64encode(self.program).decode()}

    @classmethod
    def from_json(cls, entry: dict[str, Any]) -> Self:
        """What ``to_json`` gave."""
        return cls(**{**entry, "live": tuple(entry["live"]), "program": base64.b64decode(entry["program"])})


@dataclass(frozen=True)
class Published:
    """One version of a problem, ready to judge.

    Attributes:
        cases: in the author's order, public ones first.
        probes: empty unless a rule needs them.
        references: the reference's programs by ``signature_key``.
        comparisons: the vetted programs of ``compare.py``, by ``comparison.Question.key``.
        pitfalls: what the filed mistakes look like, in order of path.
        fresh: public examples of the hidden cases' types, one value set each, shown when only hidden cases fail.
    """

    problem: Problem
    cases: tuple[PublishedCase, ...]
    probes: tuple[Probe, ...]
    references: Mapping[str, ReferenceProgram]
    comparisons: Mapping[str, Comparison] = field(default_factory=dict)
    pitfalls: tuple[Fingerprint, ...] = ()
    fresh: tuple[PublishedCase, ...] = ()

    def dumps(self) -> bytes:
        """The publication as one blob."""
        every = (*self.cases, *self.fresh)
        packed, body = arrays.pack(
            [value for case in every for draw in (*case.inputs, *case.outputs) for value in draw]
        )
        pitfalls = [pitfall.dumps() for pitfall in self.pitfalls]
        header = {
            "problem": self.problem.model_dump(mode="json"),
            "cases": [_case_to_json(case) for case in self.cases],
            "fresh": [_case_to_json(case) for case in self.fresh],
            "probes": [
                {
                    "size": probe.size,
                    "call": entries.to_json(probe.call),
                    "arguments": trees.to_json(probe.arguments),
                }
                for probe in self.probes
            ],
            "references": {key: program.to_json() for key, program in self.references.items()},
            "comparisons": {key: comparison.to_json() for key, comparison in self.comparisons.items()},
            "arrays": packed,
            "size": len(body),
            "pitfalls": [[entry, len(record)] for entry, record in pitfalls],
        }
        encoded = json.dumps(header, separators=(",", ":")).encode()
        records = b"".join(record for _, record in pitfalls)
        return _MAGIC + len(encoded).to_bytes(8, "little") + encoded + body + records


def loads(blob: bytes) -> Published:
    """The publication that ``dumps`` wrote.

    Raises:
        ValueError: the blob is none.
    """
    start = len(_MAGIC) + 8
    if not blob.startswith((_MAGIC, _BEFORE)):
        raise ValueError("not a published problem")
    end = start + int.from_bytes(blob[len(_MAGIC) : start], "little")
    header = json.loads(blob[start:end])
    records = end + header.get("size", len(blob) - end)
    values = iter(arrays.unpack(header["arrays"], blob[end:records]))
    return Published(
        problem=Problem.model_validate(header["problem"]),
        cases=tuple(_case_from_json(entry, values) for entry in header["cases"]),
        probes=tuple(
            Probe(entry["size"], entries.from_json(entry["call"]), _node(entry["arguments"]))
            for entry in header["probes"]
        ),
        references={key: ReferenceProgram.from_json(entry) for key, entry in header["references"].items()},
        comparisons={key: Comparison.from_json(entry) for key, entry in header["comparisons"].items()},
        pitfalls=tuple(_pitfalls(header.get("pitfalls", ()), blob, records)),
        # Their arrays follow those of the cases; arguments of a call are evaluated in order.
        fresh=tuple(_case_from_json(entry, values) for entry in header.get("fresh", ())),
    )


def toolchain_digest(toolchain: Mapping[str, str], device: Device = "cpu") -> str:
    """The identity of what computes expected outputs: SHA-256 of what ``Sandbox.describe()`` says about it.

    Args:
        toolchain: what it says.
        device: that the problem is evaluated on. A GPU beside counts for what is evaluated there alone, so that workers
            with one and workers without agree on everything else.

    The walls are left out: another sandbox around the same toolchain computes the same. So is the processor, whose last
    digits every tolerance allows for. The format is not, for what another release has made lacks something.
    """
    left_out = {"sandbox", "processor"} | (set() if device == "gpu" else {"gpu", "gpu_flags"})
    computing = {name: text for name, text in toolchain.items() if name not in left_out}
    return hashlib.sha256(json.dumps({**computing, "format": FORMAT}, sort_keys=True).encode()).hexdigest()


def _pitfalls(entries: Sequence[tuple[dict[str, Any], int]], blob: bytes, start: int) -> Iterator[Fingerprint]:
    for entry, size in entries:
        yield Fingerprint.loads(entry, blob[start : start + size])
        start += size


def _case_to_json(case: PublishedCase) -> dict[str, Any]:
    return {
        "name": case.name,
        "public": case.public,
        "draws": len(case.inputs),
        "call": entries.to_json(case.call),
        "sizes": dict(case.sizes),
        "arguments": trees.to_json(case.arguments),
        "expected": trees.to_json(case.expected),
        "others": {draw: trees.to_json(tree) for draw, tree in case.others.items()},
    }


def _case_from_json(entry: dict[str, Any], values: Any) -> PublishedCase:
    arguments, expected = _node(entry["arguments"]), trees.from_json(entry["expected"])
    others = {int(draw): trees.from_json(tree) for draw, tree in entry.get("others", {}).items()}
    sets = [
        [tuple(next(values) for _ in trees.leaves(tree)) for tree in each]
        for each in ([arguments] * entry["draws"], [others.get(draw, expected) for draw in range(entry["draws"])])
    ]
    return PublishedCase(
        name=entry["name"],
        public=entry["public"],
        call=entries.from_json(entry["call"]),
        arguments=arguments,
        sizes=entry["sizes"],
        inputs=tuple(sets[0]),
        expected=expected,
        outputs=tuple(sets[1]),
        others=others,
    )


def _node(data: object) -> Node:
    tree = trees.from_json(data)
    if not isinstance(tree, Node):
        raise ValueError("arguments must be a tuple node")  # noqa: TRY004 - it is the blob that is wrong
    return tree
