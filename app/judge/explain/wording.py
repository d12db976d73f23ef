"""How shapes, numbers and untrusted text are put into messages.

Dict keys, class names, source lines and exception texts come from a learner's process and may contain anything.
Invariant: what ``one_line`` returns is short, on one line, and has no control, format or private character in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from app.judge.comparison.compare import Scalar
from sandbox.tree import Tree

#: Longest quotation of text that somebody else wrote, in characters.
QUOTE = 400
#: Longest type of a result that is written out, in characters.
_TYPE = 200

#: ECMA-48 control sequences (colours, cursor) and operating-system commands (titles, links), closed by BEL or ST.
_ESCAPE = re.compile(r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[@-Z\\-_]?")


def one_line(text: str, limit: int = QUOTE) -> str:
    """``text`` without escape sequences and invisible characters, on one line of at most ``limit`` characters."""
    # Bounds the work, not the result: what is stripped may be longer than what stays.
    visible = _ESCAPE.sub("", text[: 16 * limit + 256])
    kept = "".join(" " if character.isspace() else character for character in visible if _is_visible(character))
    line = " ".join(kept.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def _is_visible(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) not in ("Cc", "Cf", "Cn", "Co", "Cs")


def shape_text(shape: tuple[int, ...], sizes: Mapping[str, int]) -> str:
    """A shape with the named sizes in it: ```(N, 3)` = `(5, 3)```, or ```(2, 3)``` where no size has a name.

    An axis is named where exactly one name has its size; an axis of size 1 never is.
    """
    names = [size_name(size, sizes) for size in shape]
    numbers = _tuple([str(size) for size in shape])
    if not any(names):
        return f"`{numbers}`"
    return f"`{_tuple([name or str(size) for name, size in zip(names, shape, strict=True)])}` = `{numbers}`"


def size_name(size: int, sizes: Mapping[str, int]) -> str | None:
    """The only name that has this size, if there is just one and the size is more than 1."""
    names = [name for name, value in sizes.items() if value == size > 1]
    return names[0] if len(names) == 1 else None


def _tuple(entries: list[str]) -> str:
    return f"({', '.join(entries)}{',' if len(entries) == 1 else ''})"


def type_text(tree: Tree) -> str:
    """A result's type, ``(float32[], float32[3])``, cut short if it is long."""
    return one_line(str(tree), _TYPE)


def listed(parts: Sequence[str], word: str = "and") -> str:
    """Parts of a sentence, the last two with ``word`` between them."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def lines_text(numbers: Iterable[int]) -> str:
    """Lines of a source: ``line 5``, or ``lines 5 and 6``; a number that occurs twice is told once."""
    texts = [str(number) for number in sorted({*numbers})]
    return f"line {texts[0]}" if len(texts) == 1 else f"lines {listed(texts)}"


def number_text(value: Scalar) -> str:
    """A number with the six digits that a person compares."""
    return f"{value:.6g}" if isinstance(value, float | complex) else str(value)


def numbers_apart(first: Scalar, second: Scalar) -> tuple[str, str]:
    """Two unequal numbers with as many digits as it takes to tell them apart, six at least."""
    if not isinstance(first, float | complex) or not isinstance(second, float | complex):
        return str(first), str(second)
    for digits in range(6, 18):
        texts = f"{first:.{digits}g}", f"{second:.{digits}g}"
        if texts[0] != texts[1]:
            return texts
    return repr(first), repr(second)
