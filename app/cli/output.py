"""What commands print. Text that a submission wrote cannot move the cursor, change colours or imitate our lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Literal

from rich.console import Console
from rich.text import Text

from app.judge.verdict import Reason, UnlockedHint, Verdict

Format = Literal["text", "json"]

STYLES = {"accepted": "bold green", None: "dim"}


def console() -> Console:
    """Standard output: colours on a terminal, plain text in a pipe, ``NO_COLOR`` respected."""
    return Console(highlight=False, markup=False, emoji=False, soft_wrap=True)


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
    words = "not reached" if verdict is None else verdict
    return Text(f"{words} ({reason})" if reason else words, STYLES.get(verdict, "bold red"))


def indented(text: str, by: str = "    ") -> str:
    """Every line of ``text`` with ``by`` before it."""
    return "\n".join(by + line for line in plain(text).splitlines())


def print_hints(out: Console, hints: Sequence[UnlockedHint]) -> None:
    """The rungs of the ladder that a failure has unlocked."""
    for hint in hints:
        out.print(Text(f"hint: {plain(hint.title)}", "bold"))
        out.print(Text(indented(hint.body, "  ")))
