"""Fingerprints of filed mistakes: what is kept of them, within which bounds, and what has none."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from app.problems.folder import read
from app.problems.model import Problem
from app.problems.pitfalls import Cause, Fingerprint, Program, Result
from app.problems.published import Published, loads
from app.problems.publishing.pitfalls import MOST_BYTES, _Recorder
from app.problems.publishing.publish import publish
from sandbox.local import LocalSandbox
from sandbox.tree import Leaf, Node, Static
from tests import folders
from tests.folders import DOUBLE
from tests.service import fakes

LEAF = Leaf("float32", (3,))
PAIR = Node("tuple", (LEAF, Node("dict", (Leaf("bfloat16", ()), Static("word")), ("a", "b"))))


def _whole() -> Fingerprint:
    """One with something in every field."""
    outputs = np.arange(3, dtype=np.float32), np.zeros((), Leaf("bfloat16", ()).dtype)
    return Fingerprint(
        path="submissions/wrong/one.py",
        message="That is one.",
        verdict="wrong_answer",
        reason="value",
        subject="print",
        cause=Cause("exception", "ValueError", "no", "memory"),
        programs={0: Program(LEAF, {"add": 2}), 3: Program(PAIR, {})},
        results={(0, 0): Result(LEAF, outputs[:1]), (3, 1): Result(PAIR, outputs)},
        words={"jax": 2},
        names=frozenset({"x", "y"}),
    )


def test_a_fingerprint_survives_storage() -> None:
    """Mistakes would be recognised until the service starts again, and then no more, or others."""
    plain = Fingerprint("submissions/wrong/two.py", "Two.", "time_limit", None)
    published = fakes.publish(fakes.problem("add_one"))
    stored = Published(published.problem, published.cases, (), {}, pitfalls=(_whole(), plain)).dumps()
    first, second = loads(stored).pitfalls
    assert second == plain
    assert first.dumps() == _whole().dumps()
    assert (first.programs, first.cause, first.names) == (_whole().programs, _whole().cause, _whole().names)
    assert first.results[3, 1].returns == PAIR
    assert first.results[3, 1].outputs[1].dtype.name == "bfloat16"
    with pytest.raises(ValueError, match="not a record of arrays"):
        loads(stored[:-5])


def test_publications_of_the_format_before_can_be_read() -> None:
    """Attempts that wait while the service is upgraded could not be judged any more."""
    published = fakes.publish(fakes.problem("add_one"))
    head, _, rest = published.dumps().partition(b"\n")
    size = int.from_bytes(rest[:8], "little")
    header = json.loads(rest[8 : 8 + size])
    del header["pitfalls"], header["size"]
    encoded = json.dumps(header).encode()
    old = head.replace(b"5", b"4") + b"\n" + len(encoded).to_bytes(8, "little") + encoded + rest[8 + size :]
    assert loads(old).dumps() == published.dumps()


def test_what_is_kept_is_bounded_and_wrong_results_come_first() -> None:
    """A mistake with large results would make a problem too large to load, or lose what it is known by."""
    published = fakes.publish(fakes.problem("add_one"))
    recorder = _Recorder(published)
    large = Leaf("float32", (MOST_BYTES // 4 * 2 // 3,))
    for draw in range(3):
        recorder.see_result((0, draw), (draw // 2, draw % 2), Result(large, (np.zeros(large.shape, np.float32),)))
    recorder.see_wrong((1, 0))
    recorder.see_result((0, 3), (1, 1), Result(LEAF, (np.zeros(3, np.float32),)))
    assert list(recorder.kept()) == [(0, 2), (0, 3)]


def test_what_does_not_fail_as_it_declares_has_no_fingerprint(tmp_path: Path) -> None:
    """A right answer would be recognised as a mistake, or one mistake as another."""
    folder = folders.double(
        tmp_path,
        submissions_wrong_same_py=folders.wrong(DOUBLE.format("x + x"), "Right."),
        submissions_wrong_thrice_py=folders.wrong(DOUBLE.format("3 * x"), "Other.", reason="nonfinite"),
        submissions_wrong_pair_py=folders.wrong("def double(x, y):\n    return x\n", "One.", "compile_error", None),
    )
    problem = read(folder)
    assert isinstance(problem, Problem)
    sandbox = LocalSandbox()
    try:
        published = publish(problem, sandbox)
    finally:
        sandbox.close()
    assert [Path(each.path).stem for each in published.pitfalls] == ["pair", "total"]
    pair, total = published.pitfalls
    assert pair.cause is not None
    assert (pair.cause.kind, pair.programs, pair.results) == ("source", {}, {})
    # It shows on the public example, so that nothing else was traced.
    assert (list(total.programs), list(total.results)) == ([0], [(0, 0)])
