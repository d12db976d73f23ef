"""Writes the golden file: ``python -m tests.judge.mistakes --write``; without ``--write``, says what would change."""

from __future__ import annotations

import sys
import tempfile
from itertools import groupby
from pathlib import Path

from sandbox.local import LocalSandbox
from tests.judge.mistakes import GOLDEN, golden, mistakes, publish_for, read_golden, told


def main(arguments: list[str]) -> int:
    """Judge every mistake; returns 1 if texts differ and are not written."""
    sandbox = LocalSandbox()
    texts: dict[str, str] = {}
    try:
        with tempfile.TemporaryDirectory() as folder:
            for slug, group in groupby(mistakes(), lambda mistake: mistake.slug):
                published = publish_for(slug, Path(folder), sandbox)
                texts |= {str(mistake): told(mistake, published, sandbox) for mistake in group}
    finally:
        sandbox.close()
    before = read_golden()
    changed = [name for name in {**before, **texts} if before.get(name) != texts.get(name)]
    for name in changed:
        sys.stdout.write(f"{name}\n{texts.get(name, '(gone)')}\n\n")
    if "--write" in arguments:
        GOLDEN.write_text(golden(texts))
        return 0
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
