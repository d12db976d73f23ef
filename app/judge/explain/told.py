"""What is told of one failure: the facts, what most likely made them, and the figures.

Invariant: facts and figures stand alone. Beside a message of the problem's author, who knows the mistake, general
advice would only say the same again. A cause that names a line of the learner's is told all the same, and before it:
the author wrote for everybody who makes the mistake, in whatever lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: How a sentence names a line of the learner's own source.
_LINE = re.compile(r"\blines? \d+", re.IGNORECASE)


@dataclass(frozen=True)
class Told:
    """Facts, cause and figures.

    Attributes:
        facts: which result differs where, or which line raised what.
        cause: what made it, and the way out; empty if that is not known.
        choice: a way out that leaves a choice: beside a message of the author's, who has made it, it could say another.
        figures: the numbers that differ, where a cause is worth more than they are; else they are among the facts.
    """

    facts: str
    cause: str = ""
    choice: str = ""
    figures: str = ""

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(filter(None, (self.facts, self.cause, self.choice, self.figures)))

    @property
    def located(self) -> bool:
        """Whether the cause names a line of the learner's own."""
        return _LINE.search(self.cause) is not None

    @property
    def brief(self) -> str:
        """What to say beside a message of the author's: before it if ``located``, else below it."""
        return " ".join(filter(None, (self.facts, self.cause if self.located else "", self.figures)))
