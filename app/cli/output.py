"""What commands print. Text that a submission wrote cannot move the cursor, change colours or imitate our lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Literal, TextIO

from rich.console import Console
from rich.text import Text

from app.judge.verdict import Reason, TracebackLine, UnlockedHint, Verdict

Format = Literal["text", "json"]
#: What ``grade`` can write beside.
ReportFormat = Literal["text", "json", "junit", "gradescope", "prairielearn"]

STYLES = {"accepted": "bold green", None: "dim"}


def console(file: TextIO | None = None) -> Console:
    """Standard output or ``file``: colours on a terminal, plain text elsewhere, ``NO_COLOR`` respected."""
    return Console(file=file, highlight=False, markup=False, emoji=False, soft_wrap=True)


def plain(text: str) -> str:
    """``text`` with every control and format character but newlines and tabs made visible as an escape."""
    return "".join(
        character
        if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
        else _escape(character)
        for character in text
    )


def _escape(character: str) -> str:
    return character.encode("unicode_escape", errors="replace").decode("ascii")


def verdict_text(verdict: Verdict | None, reason: Reason | None = None) -> Text:
    """A verdict in its colour, its reason in brackets."""
    return Text(verdict_words(verdict, reason), STYLES.get(verdict, "bold red"))


def verdict_words(verdict: Verdict | None, reason: Reason | None = None) -> str:
    """A verdict, its reason in brackets."""
    words = "not reached" if verdict is None else verdict
    return f"{words} ({reason})" if reason else words


def indented(text: str, by: str = "    ") -> str:
    """Every line of ``text`` with ``by`` before it."""
    return "\n".join(by + line for line in plain(text).splitlines())


def print_hints(out: Console, hints: Sequence[UnlockedHint]) -> None:
    """The rungs of the ladder that a failure has unlocked."""
    for hint in hints:
        out.print(Text(f"hint: {plain(hint.title)}", "bold"))
        out.print(Text(indented(hint.body, "  ")))


def traceback_text(frames: Sequence[TracebackLine]) -> str:
    """The learner's way to the line at fault, outermost first; empty where that line is all there is."""
    if len(frames) < 2:  # noqa: PLR2004 - the message names the only line
        return ""
    return "\n".join(f"line {frame.line}, in {frame.function}: {frame.text}" for frame in frames)


def print_more(out: Console, detail: str, frames: Sequence[TracebackLine]) -> None:
    """What follows an explanation: both results side by side, and how the code came to the line at fault."""
    for text in (detail, traceback_text(frames)):
        if text:
            out.print(Text(indented(text), "dim"))


def print_notes(out: Console, notes: Sequence[str]) -> None:
    """What the source and the prints show beside the verdict."""
    for note in notes:
        out.print(Text(f"note: {plain(note)}"))
