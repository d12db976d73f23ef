"""What is wrong with a submitted source before anything of it runs.

Invariant: the bytes are parsed, never compiled (``compile`` folds constants, and ``10**10**8`` would never end) and
never imported. CPython's parser bounds its own depth: the deepest sources it reads were measured to need less than
1 MiB of stack on 3.11, so a thread that parses must have that much.
"""

from __future__ import annotations

import ast
import re
import threading
import unicodedata
import warnings
from dataclasses import dataclass

from app.judge.explain.wording import one_line
from app.judge.verdict import LimitReached, Verdict
from sandbox.jobs import Limits

#: Largest source of any problem, in bytes.
MAX_BYTES = Limits.source
#: Longest quotation of a line of the source, in characters.
_LINE = 120

#: Unicode's property Bidi_Control: text is shown in another order than it is read ("Trojan Source", CVE-2021-42574).
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
#: The coding line of PEP 263, in one of the first two lines.
_CODING = re.compile(r"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_NEWLINE = re.compile(r"\r\n|\r|\n")

#: Warnings filters are global, so changing them takes turns.
_PARSING = threading.Lock()


@dataclass(frozen=True)
class SourceProblem:
    """Why a source cannot be judged at all.

    Attributes:
        message: what is wrong and what to do about it.
        line: counted from 1; 0 if no line is to blame.
        column: likewise.
        verdict: what the submission gets.
        limit: set if it is too large.
    """

    message: str
    line: int = 0
    column: int = 0
    verdict: Verdict = "compile_error"
    limit: LimitReached | None = None


@dataclass(frozen=True)
class Source:
    """A source that Python can read.

    Attributes:
        text: without a byte order mark; newlines as submitted.
        tree: its syntax tree.
    """

    text: str
    tree: ast.Module

    def line(self, number: int) -> str:
        """Line ``number``, counted from 1 as Python counts them, fit for a message; empty if there is none."""
        return _line(self.text, number)


def check_source(raw: bytes, allowed: int = MAX_BYTES) -> Source | SourceProblem:
    """Read submitted bytes, at most ``allowed``, as Python source, or say what keeps them from being read."""
    text = _decode(raw, allowed)
    if isinstance(text, SourceProblem):
        return text
    return _check_characters(text) or _check_coding(text) or _parse(text)


def _decode(raw: bytes, allowed: int) -> str | SourceProblem:
    if len(raw) > allowed:
        return SourceProblem(
            f"The source has {len(raw):,} bytes; at most {allowed:,} are accepted. "
            "Remove data and output that was pasted into it.",
            limit=LimitReached(name="source", used=len(raw), allowed=allowed, unit="bytes", exact=True),
        )
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        line, column = _position(before, len(before))
        return SourceProblem(
            f"The source is not UTF-8: byte {error.start} (0x{raw[error.start]:02x}), on line {line}, fits no "
            "character. Save the file as UTF-8 and submit it again.",
            line,
            column,
        )
    return text.removeprefix("\ufeff")


def _check_characters(text: str) -> SourceProblem | None:
    if not text.strip():
        return SourceProblem("The source is empty. Submit the file with your function in it.")
    if "\0" in text:
        line, column = _position(text, text.index("\0"))
        return SourceProblem(
            f"Line {line}, column {column}: a NUL byte, which Python source cannot contain. "
            "Save the file as plain UTF-8 text and submit it again.",
            line,
            column,
        )
    if found := _BIDI.search(text):
        line, column = _position(text, found.start())
        code = ord(found[0])
        return SourceProblem(
            f"Line {line}, column {column}: the invisible character U+{code:04X} ({unicodedata.name(found[0])}) makes "
            f"code read otherwise than it runs. Delete it, or write \\u{code:04x} if a string needs it.",
            line,
            column,
        )
    return None


def _check_coding(text: str) -> SourceProblem | None:
    for number, line in enumerate(_NEWLINE.split(text, maxsplit=2)[:2], start=1):
        if found := _CODING.match(line):
            name = found[1].lower().replace("_", "-")
            if name in ("utf-8", "utf8", "utf-8-sig"):
                return None
            return SourceProblem(
                f"Line {number}: the source says that its encoding is {one_line(found[1], 40)}, but only UTF-8 is "
                "accepted. Delete that line, and save the file as UTF-8.",
                number,
            )
        if line.strip(" \t\f") and not line.lstrip(" \t\f").startswith("#"):
            return None
    return None


def _parse(text: str) -> Source | SourceProblem:
    try:
        # An invalid escape such as "\d" warns while parsing; where warnings are errors it would become a syntax error.
        with _PARSING, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except SyntaxError as error:
        return _syntax_problem(text, error)
    except (RecursionError, MemoryError, ValueError):
        return SourceProblem(
            "The source is nested too deeply for Python to read. Split its long expressions and else-if chains into "
            "several statements or a loop."
        )
    if not tree.body:
        return SourceProblem("The source has only comments in it. Submit the file with your function in it.")
    return Source(text, tree)


def _syntax_problem(text: str, error: SyntaxError) -> SourceProblem:
    line, column = max(error.lineno or 0, 0), max(error.offset or 0, 0)
    what = one_line(error.msg or "invalid syntax")
    place = f"Line {line}, column {column}" if column else f"Line {line}"
    code = _line(text, line)
    quoted = f", in `{code}`" if code else ""
    if not line:
        return SourceProblem(f"Python cannot read the source: {what}.")
    return SourceProblem(
        f"{place}: Python cannot read this: {what}{quoted}. Correct it and submit again.", line, column
    )


def _position(text: str, offset: int) -> tuple[int, int]:
    """Line and column of a character, both counted from 1."""
    lines = _NEWLINE.split(text[:offset])
    return len(lines), len(lines[-1]) + 1


def _line(text: str, number: int) -> str:
    lines = _NEWLINE.split(text, maxsplit=number)
    return one_line(lines[number - 1], _LINE) if 0 < number <= len(lines) else ""
