"""Files that commands write.

Invariant: under the name that was asked for stands what was there before, or the whole of the new text; never a part.
"""

from __future__ import annotations

import os
from pathlib import Path

from app.cli.inputs import FAULT, stop
from app.cli.settings import USAGE


def destination(name: str) -> Path:
    """The regular file to write, links followed; ends the command if there can be none, before any work is done."""
    path = Path(os.path.realpath(name))
    if not name or path.is_dir():
        stop(f"--output: {name or 'an empty name'} is no file", USAGE)
    if path.exists() and not path.is_file():
        stop(f"--output: {name} is no regular file; leave --output out to write to standard output", USAGE)
    if not os.access(path.parent, os.W_OK | os.X_OK):
        why = "may not be written in" if path.parent.is_dir() else "does not exist"
        stop(f"--output: the folder of {name} {why}", USAGE)
    return path


def write_whole(path: Path, text: str) -> None:
    """Put ``text`` into ``path`` at one stroke, as UTF-8; ends the command with our status if that fails."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        try:
            with part.open("x", encoding="utf-8", errors="backslashreplace") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        stop(f"cannot write {path}: {error.strerror}", FAULT)
