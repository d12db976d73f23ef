"""Which rungs of a problem's ladder a failure unlocks.

Invariant: a rung without ``after`` is never pushed: whoever wants it opens it. A rung with one is told to those alone
who failed in that way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.judge.verdict import Reason, UnlockedHint, Verdict
from app.problems.model import Hint


def unlocked(hints: Sequence[Hint], failed: Iterable[Verdict | Reason | None]) -> tuple[UnlockedHint, ...]:
    """The rungs that wait for one of the verdicts or reasons ``failed``, in the ladder's order."""
    names = frozenset(failed)
    waiting = (hint for hint in hints if hint.after is not None and hint.after in names)
    return tuple(UnlockedHint(title=hint.title, body=hint.body) for hint in waiting)
