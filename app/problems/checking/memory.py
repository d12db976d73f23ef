"""What earlier checks have found out about sources, so that only what a change touches is judged again.

The key of an entry is everything that its verdict depends on: this project's code, the libraries, the toolchain, what
the judge reads of the publication, and the source. What only people read (statement, hints, starter, title) is not part
of it, and the judge is not given it either. Invariant: what is remembered is what judging again would say. So nothing
is where a busy machine may have decided, nothing of problems that compare run times, and of what is filed only what is
as it should be: a finding is found each time, or not at all.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np
from pydantic import TypeAdapter, ValidationError

from app.judge.verdict import Report, Verdict
from app.problems.model import AttemptPolicy
from app.problems.published import Published
from sandbox.stages.cache import OutputCache

Told = TypeVar("Told")

#: Packages that have a part in verdicts.
_CODE = ("app/judge", "app/problems", "sandbox")
#: Verdicts that another machine, or another moment, may not give: who is short of memory may not start a thread either.
_OF_THE_MACHINE: frozenset[Verdict] = frozenset({"time_limit", "memory_limit", "sandbox_violation"})
#: What of a problem its judge does not read.
_FOR_PEOPLE: Mapping[str, Any] = {
    "sha256": "",
    "title": "",
    "version": "",
    "difficulty": 1,
    "tags": (),
    "prerequisites": (),
    "attempts": AttemptPolicy(),
    "statement": "",
    "hints": (),
    "starter": "",
    "solution": "",
    "cases_source": "",
    "survivors": (),
}


def as_judged(published: Published) -> Published:
    """The publication with nothing in it that cannot change a verdict."""
    return replace(published, problem=published.problem.model_copy(update=_FOR_PEOPLE))


def lasts(report: Report) -> bool:
    """Whether a submission would be judged like that at any time, and on any machine of the kind."""
    verdicts = {report.verdict, *(case.verdict for case in report.cases)}
    # A process that dies leaves no frame, whatever it dies of.
    died = report.verdict == "runtime_error" and not report.frames
    return not (verdicts & _OF_THE_MACHINE) and not died and report.limit is None


class Memory:
    """What is kept between checks."""

    def __init__(self, kept: OutputCache | None = None, *, blank: bool = False) -> None:
        """Keep it there, or nothing; a ``blank`` one begins as if nothing were."""
        self._kept = kept
        self._blank = blank
        self._code = "" if kept is None else _code()

    def of(self, published: Published, described: Mapping[str, str], what: str, told: TypeAdapter[Told]) -> Known[Told]:
        """What is known of sources.

        Args:
            published: the problem that they are judged by, as ``as_judged`` makes it.
            described: the toolchain.
            what: names what is known of each.
            told: its type.
        """
        kept = None if published.problem.rules.most_time is not None else self._kept
        if kept is None:
            return Known(None, "", told, blank=True)
        parts = "\0".join([self._code, json.dumps(described, sort_keys=True), what, ""])
        # Fingerprints are made of the filed submissions, as far as these were evaluated before enough was known.
        content = replace(published, pitfalls=()).dumps()
        return Known(kept, hashlib.sha256(parts.encode() + content).hexdigest(), told, blank=self._blank)


class Known(Generic[Told]):
    """What is known of sources, by source. Safe to use from several threads."""

    def __init__(self, kept: OutputCache | None, about: str, told: TypeAdapter[Told], *, blank: bool) -> None:
        """Keep it there, under keys that begin with what it is about."""
        self._found: set[str] = set()
        self._kept = kept
        self._about = about
        self._told = told
        self._blank = blank

    @property
    def found(self) -> int:
        """How many sources were asked for and known."""
        return len(self._found)

    def get(self, source: str) -> Told | None:
        """What is known of a source, or None."""
        arrays = None if self._kept is None or self._blank else self._kept.get(self._key(source))
        if arrays is None:
            return None
        with suppress(ValidationError, IndexError):  # of another release, in spite of its key
            told = self._told.validate_json(arrays[0].tobytes())
            self._found.add(source)
            return told
        return None

    def put(self, source: str, told: Told) -> None:
        """Remember what was found out about a source."""
        if self._kept is not None:
            self._kept.put(self._key(source), [np.frombuffer(self._told.dump_json(told), np.uint8)])

    def _key(self, source: str) -> str:
        return hashlib.sha256(f"{self._about}\0{source}".encode()).hexdigest()


def _code() -> str:
    """A digest of every module and library that may have a part in a verdict: nothing outlives what found it out."""
    root = Path(__file__).parents[3]
    digest = hashlib.sha256()
    for path in sorted(path for part in _CODE for path in (root / part).rglob("*.py")):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root)}\0{len(content)}\0".encode() + content)
    libraries = {f"{each.name} {each.version}" for each in importlib.metadata.distributions()}
    digest.update("\0".join(sorted(libraries)).encode())
    return digest.hexdigest()
