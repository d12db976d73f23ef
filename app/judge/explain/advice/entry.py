"""One piece of advice about one kind of error.

Invariant: it is only about wording; what of an error's own text gets into it is a short word or number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Self

#: A group in a pattern that may be quoted, as ``\\1``.
WORD = r"([\w.]{1,60})"


@dataclass(frozen=True)
class Advice:
    r"""What to tell about one kind of error.

    Attributes:
        error: the exception's class name; empty for any.
        pattern: is searched in the exception's text.
        says: what happened, in plain words; empty to quote the text. ``\1`` is the first group of the pattern.
        way_out: what to do; likewise.
        shapes: whether the shapes of the arrays on the line help.
        placeless: whether this is about errors below no line of the learner's only: below one, the text means something
            else.
        line: is searched in the learner's line; where the way out depends on how it is written.
    """

    error: str
    pattern: str
    says: str
    way_out: str
    shapes: bool = False
    placeless: bool = False
    line: str = ""

    def on(self, error: str, text: str, line: str | None) -> Self | None:
        """This with the words of the error in it, or None if it is about another one.

        Args:
            error: the exception's class name.
            text: its own text.
            line: the learner's line that it came up below, None if there is none.
        """
        if self.error not in ("", error) or (line is not None and self.placeless):
            return None
        if self.line and not re.search(self.line, line or ""):
            return None
        found = re.search(self.pattern, text)
        if found is None:
            return None
        return replace(self, says=_filled(found, self.says), way_out=_filled(found, self.way_out))


def _filled(found: re.Match[str], sentence: str) -> str:
    for number, group in enumerate(found.groups(), 1):
        sentence = sentence.replace(f"\\{number}", group or "")
    return sentence
