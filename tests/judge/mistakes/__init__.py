"""Typical mistakes of learners, and the exact text that each is told: ``golden.md``.

A file ``SLUG/MISTAKE.py`` is what a learner submits to a problem that is shipped or one of ``tests/judge/problems``.
Invariant: the text is what the command line prints below the cases; ``python -m tests.judge.mistakes --write`` makes it
anew, for somebody to read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.cli.output import traceback_text
from app.judge.events import Judged
from app.judge.judge import judge
from app.judge.verdict import Report
from app.problems.folder import read
from app.problems.model import Problem
from app.problems.published import Published
from app.problems.publishing.publish import publish
from sandbox.jobs import Sandbox
from tests.judge import small

ROOT = Path(__file__).parent
GOLDEN = ROOT / "golden.md"
SHIPPED = ROOT.parents[2] / "problems"
_HEAD = (
    "# What learners are told\n\n"
    "Typical mistakes, and below each the exact text. `python -m tests.judge.mistakes --write` writes this file.\n"
)


@dataclass(frozen=True)
class Mistake:
    """One wrong submission."""

    slug: str
    name: str

    @property
    def source(self) -> str:
        """Its text."""
        return (ROOT / self.slug / f"{self.name}.py").read_text()

    def __str__(self) -> str:
        """Its heading in the golden file, and its name in tests."""
        return f"{self.slug}/{self.name}"


def mistakes() -> list[Mistake]:
    """Every mistake, in the order of the golden file."""
    return [Mistake(path.parent.name, path.stem) for path in sorted(ROOT.glob("*/*.py"))]


def publish_for(slug: str, folder: Path, sandbox: Sandbox) -> Published:
    """The problem of this name, shipped or small; ``folder`` is where a small one is put together."""
    if slug in small.SLUGS:
        return publish(small.problem(slug, folder), sandbox)
    problem = read(SHIPPED / slug)
    assert isinstance(problem, Problem), problem
    return publish(problem, sandbox)


def told(mistake: Mistake, published: Published, sandbox: Sandbox) -> str:
    """The text that its learner reads."""
    *_, last = judge(published, mistake.source.encode(), sandbox)
    assert isinstance(last, Judged)
    return text_of(last.report)


def text_of(report: Report) -> str:
    """Verdict, message, detail, the way through the learner's code, and notes, as text."""
    verdict = f"{report.verdict} ({report.reason})" if report.reason else report.verdict
    parts = [verdict, report.message, report.detail, traceback_text(report.frames)]
    return "\n".join([part for part in parts if part] + [f"note: {note}" for note in report.notes])


def golden(texts: Mapping[str, str]) -> str:
    """The golden file of these texts by heading."""
    sections = (f"\n## {heading}\n\n```text\n{text}\n```\n" for heading, text in texts.items())
    return _HEAD + "".join(sections)


def read_golden() -> dict[str, str]:
    """The texts of the golden file by heading."""
    return dict(_sections(GOLDEN.read_text())) if GOLDEN.exists() else {}


def _sections(text: str) -> Iterator[tuple[str, str]]:
    for section in text.split("\n## ")[1:]:
        heading, _, rest = section.partition("\n\n```text\n")
        yield heading, rest.rpartition("\n```")[0]
