"""Text of somebody else's on a page: names, statements, output, errors.

Invariant: what cannot be seen is shown as what it is, so that a name cannot turn the text beside it around and output
cannot hide what it does (Unicode Technical Report 36, section 2.5).
"""

from __future__ import annotations

from datetime import UTC, datetime

from markupsafe import Markup

#: The Unicode block of pictures for control characters begins here.
_PICTURES = 0x2400
_CONTROLS = {code: chr(_PICTURES + code) for code in range(0x20) if chr(code) not in "\t\n"} | {0x7F: "\u2421"}
_NAMED = (*range(0x80, 0xA0), 0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF)
_VISIBLE = _CONTROLS | {code: f"[U+{code:04X}]" for code in _NAMED}


def visible(text: str) -> str:
    """The same text with its control and direction characters as something that can be seen; lines and tabs stay."""
    return text.replace("\r\n", "\n").translate(_VISIBLE)


def isolated(text: str) -> str:
    """Text of somebody else's in the middle of a sentence, whose direction it leaves alone; also in an attribute."""
    return f"\N{FIRST STRONG ISOLATE}{visible(text)}\N{POP DIRECTIONAL ISOLATE}"


def bdi(text: str) -> Markup:
    """Text of somebody else's as an element."""
    return Markup("<bdi>{}</bdi>").format(visible(text))


def moment(when: datetime) -> Markup:
    """A moment in UTC, which a script rewrites in the reader's zone."""
    utc = when.astimezone(UTC)
    return Markup('<time datetime="{}">{}</time>').format(f"{utc:%Y-%m-%dT%H:%M:%SZ}", f"{utc:%Y-%m-%d %H:%M} UTC")
