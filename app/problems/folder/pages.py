"""The Markdown pages of a problem: the parts of a statement, its worked example, and the rungs of the hint ladder.

Invariant: a line inside a fenced code block is never taken for a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from app.judge.verdict import Reason, Verdict
from app.problems.findings import Finding
from app.problems.folder.files import HINTS, STATEMENT
from app.problems.folder.sources import parse_python
from app.problems.model import Hint

EXAMPLE = "Worked example"
#: The parts every statement has, with what each is for.
PARTS = {
    "Why this matters": "where one meets this in real work",
    EXAMPLE: "a small case in Python code that runs as printed",
    "Common pitfalls": "the mistakes people make",
    "Problem": "what to write, with names and shapes",
    "Returns": "what comes back, with shape and dtype",
}
#: What a hint may be unlocked by.
UNLOCKS = frozenset((*get_args(Verdict), *get_args(Reason))) - {"accepted", "cancelled", "internal_error"}

_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})\s*(?P<language>[^\s`{]*)")
_HEADING = re.compile(r" {0,3}##[ \t](?P<title>.*)")
_AFTER = re.compile(r"after:(?P<after>.*)", re.IGNORECASE)


@dataclass(frozen=True)
class _Line:
    """A line with its number, from 1.

    Attributes:
        code: whether it belongs to a code block, fences included.
        language: of the code block it lies in; None outside and for the fences themselves.
    """

    number: int
    text: str
    code: bool
    language: str | None


@dataclass(frozen=True)
class Section:
    """The text below one level-2 heading. ``line`` is the heading's; the text before the first has line 0."""

    title: str
    line: int
    lines: tuple[_Line, ...]

    @property
    def body(self) -> str:
        """Its text without the heading."""
        return "\n".join(line.text for line in self.lines).strip()


@dataclass(frozen=True)
class Example:
    """Python code of a page; its first line stands on ``line`` (from 1) of the page."""

    line: int
    source: str


def _lines(text: str) -> Iterator[_Line]:
    fence, language = "", None
    for number, line in enumerate(text.split("\n"), start=1):
        found = _FENCE.match(line)
        if not fence and found:
            fence, language = found["fence"], found["language"].lower()
            yield _Line(number, line, code=True, language=None)
        elif fence and re.fullmatch(rf" {{0,3}}{fence[0]}{{{len(fence)},}}\s*", line):
            fence, language = "", None
            yield _Line(number, line, code=True, language=None)
        else:
            yield _Line(number, line, code=bool(fence), language=language)


def split_sections(text: str) -> list[Section]:
    """The page cut at its level-2 headings; the first section is what stands before any of them."""
    sections: list[tuple[str, int, list[_Line]]] = [("", 0, [])]
    for line in _lines(text):
        heading = None if line.code else _HEADING.fullmatch(line.text.rstrip("\r"))
        if heading:
            sections.append((_title(heading["title"]), line.number, []))
        else:
            sections[-1][2].append(line)
    return [Section(title, number, tuple(lines)) for title, number, lines in sections]


def _title(text: str) -> str:
    """A heading's text without the hashes that may close it, ``Returns ##``."""
    text = text.strip()
    open_end = text.rstrip("#")
    return open_end.rstrip() if not open_end or open_end[-1] in " \t" else text


def _example(section: Section) -> Example | None:
    # Everything that is not code becomes an empty line, so that tracebacks name the page's own lines.
    code = [line.text if line.language in ("python", "py") else "" for line in section.lines]
    return (
        Example(section.line + 1, "\n".join(code) + "\n")
        if any(line.strip()[:1] not in ("", "#") for line in code)
        else None
    )


def worked_example(statement: str) -> Example | None:
    """All Python code of the statement's worked example as one program; None if it has none."""
    examples = (_example(section) for section in split_sections(statement) if section.title == EXAMPLE)
    return next((example for example in examples if example), None)


def check_statement(text: str, findings: list[Finding]) -> None:
    """Every part must be there, once, with text; the worked example needs Python code that can be parsed."""
    sections = split_sections(text)
    for title, purpose in PARTS.items():
        same = [section for section in sections if section.title == title]
        if not same:
            mend = f"Add a heading ## {title} with {purpose}."
            findings.append(Finding("missing-section", STATEMENT, None, f"There is no part ## {title}.", mend))
        for section in same[1:]:
            message = f"There is a second part ## {title}."
            findings.append(Finding("missing-section", STATEMENT, section.line, message, "Join the two."))
        if same and not same[0].body:
            message = f"The part ## {title} is empty."
            findings.append(Finding("missing-section", STATEMENT, same[0].line, message, f"Write {purpose}."))
        elif same and title == EXAMPLE:
            _check_example(same[0], findings)


def _check_example(section: Section, findings: list[Finding]) -> None:
    example = _example(section)
    if example is None:
        mend = "Add a code block that opens with ```python."
        message = "The worked example shows no Python code."
        findings.append(Finding("missing-example", STATEMENT, section.line, message, mend))
    else:
        # Blank lines for all that stands before it: a fault is told with the page's own line numbers.
        parse_python("\n" * (example.line - 1) + example.source, STATEMENT, findings, code="bad-example")


def check_text(text: str, file: str, findings: list[Finding]) -> None:
    """A page must say something."""
    if not text.strip():
        findings.append(Finding("empty-text", file, None, "The page is empty.", "Write it."))


def read_hints(text: str, findings: list[Finding]) -> tuple[Hint, ...]:
    """The rungs of ``hints.md`` in order; malformed ones are findings and left out."""
    before, *rungs = split_sections(text)
    if before.body:
        line = next(line.number for line in before.lines if line.text.strip())
        mend = "Put it below a heading ## Title; each such heading opens a rung."
        findings.append(Finding("bad-hint", HINTS, line, "There is text before the first rung.", mend))
    if not rungs:
        mend = "Write three to five rungs, each with a heading ## Title."
        findings.append(Finding("bad-hint", HINTS, None, "There are no hints.", mend))
    titles: set[str] = set()
    hints = [_hint(rung, titles, findings) for rung in rungs]
    return tuple(hint for hint in hints if hint is not None)


def _hint(rung: Section, titles: set[str], findings: list[Finding]) -> Hint | None:
    first, _, rest = rung.body.partition("\n")
    found = _AFTER.fullmatch(first.rstrip("\r"))
    after, body = (found["after"].strip(), rest.strip()) if found else (None, rung.body)
    fault = mend = ""
    if not rung.title:
        fault, mend = "A rung has no title.", "Write one after ##."
    elif rung.title in titles:
        fault, mend = f"There are two rungs named {rung.title!r}.", "Give each its own title."
    elif after is not None and after not in UNLOCKS:
        fault = f"after: {after!r} is neither a verdict nor a reason."
        mend = f"Write one of {', '.join(sorted(UNLOCKS))}."
    elif not body:
        fault, mend = "The rung has no text.", "Write the hint below its heading."
    titles.add(rung.title)
    if fault:
        findings.append(Finding("bad-hint", HINTS, rung.line, fault, mend))
        return None
    return Hint(title=rung.title, body=body, after=after)
