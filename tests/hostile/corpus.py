r"""The hostile corpus as data: every file with the category it is filed under and the outcomes it may have.

A file says in its first comment lines what may become of it::

    # verdicts: time_limit, memory_limit     when it is graded (a submission)
    # run: output_limit                      when it is run eagerly, where that is not left open (a submission)
    # failures: time, findings               when it makes cases (an author's cases.py)
    # always                                 it belongs to the part that every test run has

Invariant: no file may be declared to be accepted or to end as our own fault, and a file that declares nothing is an
error. Bytes that no editor keeps are written as ``#! insert b"\x00" * 3`` on a line of their own.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from app.judge.verdict import Verdict
from sandbox.jobs import FailureKind

HERE = Path(__file__).resolve().parent
PROBLEM = HERE / "problem" / "solve"

#: The ways to attack; every one has a folder.
CATEGORIES = tuple(
    "cpu_time memory processes disk output network files others_processes harness exit_crash forging gaming values "
    "source jax".split()
)
#: Verdicts that no hostile file may be declared to get.
NEVER = frozenset({"accepted", "internal_error", "cancelled"})
VERDICTS = frozenset(get_args(Verdict)) - NEVER
#: ``findings`` is for cases that are made but that publishing refuses.
FAILURES = frozenset({*get_args(FailureKind), "findings"})

_HEADER = re.compile(r"^# (verdicts|run|failures|always)(?:: ?(.*))?$")
_INSERT = re.compile(rb"^#! insert (b.+) \* (\d+)\n", re.MULTILINE)


@dataclass(frozen=True)
class Hostile:
    """One file of the corpus.

    Attributes:
        outcomes: verdicts of a submission, or failure kinds of an author's ``cases.py``.
        run: verdicts of its eager run; None where any end will do.
        always: whether every test run has it.
    """

    category: str
    name: str
    path: Path
    outcomes: frozenset[str]
    run: frozenset[str] | None
    always: bool

    def source(self) -> bytes:
        """The bytes that are submitted."""

        def insert(found: re.Match[bytes]) -> bytes:
            piece = ast.literal_eval(found[1].decode())
            assert isinstance(piece, bytes)
            return piece * int(found[2])

        return _INSERT.sub(insert, self.path.read_bytes())


def submissions() -> list[Hostile]:
    """Every hostile submission."""
    return [_read(path, "verdicts", VERDICTS) for path in sorted((HERE / "submissions").glob("*/*.py"))]


def cases() -> list[Hostile]:
    """Every hostile ``cases.py``."""
    return [_read(path, "failures", FAILURES) for path in sorted((HERE / "cases").glob("*.py"))]


def _read(path: Path, key: str, known: frozenset[str]) -> Hostile:
    declared: dict[str, frozenset[str]] = {}
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("#! insert"):
            continue
        found = _HEADER.match(line)
        if found is None:
            break
        declared[found[1]] = frozenset(re.findall(r"\w+", found[2] or ""))
    outcomes, run = declared.get(key, frozenset()), declared.get("run")
    if not outcomes or not outcomes <= known or not (run or VERDICTS) <= VERDICTS:
        raise ValueError(f"{path} does not declare what may become of it")
    return Hostile(path.parent.name, path.stem, path, outcomes, run, "always" in declared)
