"""What is told of one failure: the facts, and beside them what most likely made them.

Invariant: the facts stand alone. Below a message of the problem's author, who knows the mistake, general advice would
only say the same again; a cause that names a line of the learner's is told all the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: How a sentence names a line of the learner's own source.
_LINE = re.compile(r"\blines? \d+", re.IGNORECASE)


@dataclass(frozen=True)
class Told:
    """Facts and cause.

    Attributes:
        facts: which result differs where, or which line raised what.
        cause: what made it, and the way out; empty if that is not known.
        choice: a way out that leaves a choice: below a message of the author's, who has made it, it could say another.
    """

    facts: str
    cause: str = ""
    choice: str = ""

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(part for part in (self.facts, self.cause, self.choice) if part)

    @property
    def brief(self) -> str:
        """What to say below a message of the author's."""
        return f"{self.facts} {self.cause}" if _LINE.search(self.cause) else self.facts
