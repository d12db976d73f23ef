"""Watching problem folders: which one has changed since it was looked at last.

Invariant: a change during a check is not lost, since a folder is compared with what it was before that check.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

#: Seconds between two looks.
PERIOD = 0.25

#: Time of the last change and size, by path.
State = Mapping[str, tuple[int, int]]


def changes(before: Mapping[Path, State], period: float = PERIOD) -> Iterator[Path]:
    """A folder each time that a file in it was written, added or taken away; never ends.

    What is done with a folder may write to it: a folder that came out is next compared with what it was before that,
    and so comes out once more.

    Args:
        before: the folders, as they were when they were looked at last.
        period: seconds between two looks.
    """
    known = {**before}
    while True:
        for folder in before:
            now = state(folder)
            if now != known[folder]:
                known[folder] = now
                yield folder
        time.sleep(period)


def state(folder: Path) -> State:
    """What a folder looks like from outside; files that vanish while it is looked at are left out."""
    found = {}
    for parent, _, names in os.walk(folder):
        for name in names:
            path = Path(parent, name)
            try:
                seen = path.lstat()
            except OSError:
                continue
            found[str(path)] = (seen.st_mtime_ns, seen.st_size)
    return found
