"""Which files a problem folder holds, and their text.

Invariant: only regular files at known places are opened, never through a symbolic link, and never more than
``MAX_FILE`` bytes of one. Whatever else lies in the folder is a finding; the files that every problem has are looked
up by name, so that nothing beside them can hide them.
"""

from __future__ import annotations

import difflib
import itertools
import os
import re
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path

from app.problems.findings import Finding

#: Longest file of a problem, the same as for a submission: 256 KiB.
MAX_FILE = 256 * 1024
#: Most entries that are looked at in one folder.
MAX_ENTRIES = 500
#: Most findings about entries that do not belong; a number stands for the others.
MAX_STRAYS = 20

MANIFEST = "problem.toml"
STATEMENT = "statement.md"
HINTS = "hints.md"
STARTER = "starter.py"
REFERENCE = "reference.py"
SOLUTION = "solution.md"
CASES = "cases.py"
HARNESS = "harness.py"
COMPARE = "compare.py"
ACCEPTED = "submissions/accepted"
WRONG = "submissions/wrong"

#: Every problem has these, with what each is for.
REQUIRED: Mapping[str, str] = {
    MANIFEST: "names the problem and declares its signature",
    STATEMENT: "is what learners read",
    HINTS: "is the ladder of hints",
    STARTER: "is what the editor opens with",
    REFERENCE: "computes the expected outputs",
    SOLUTION: "explains the reference",
    CASES: "makes the public and hidden inputs",
}
#: What only some problems have.
OPTIONAL: Mapping[str, str] = {
    HARNESS: "calls the solution's functions where cases cannot call them directly",
    COMPARE: "measures how far a result is off where right answers are not unique",
}
#: folder -> the sub-folders it may have.
_FOLDERS: Mapping[str, tuple[str, ...]] = {
    "": ("submissions",),
    "submissions": ("accepted", "wrong"),
    ACCEPTED: (),
    WRONG: (),
}
_SUBMISSION = re.compile(r"[a-z0-9_]+\.py")


def read_files(folder: Path, findings: list[Finding]) -> dict[str, str]:
    """The text of every file that belongs there and can be read, by its path relative to ``folder``."""
    texts: dict[str, str] = {}
    strays: list[Finding] = []
    paths = [path for path in REQUIRED if _required(folder, path, findings)]
    paths += [path for below in _FOLDERS for path in _list_files(folder, below, findings, strays)]
    for path in paths:
        raw = _read_bytes(folder / path, path, findings)
        text = None if raw is None else _decode(raw, path, findings)
        if text is not None:
            texts[path] = text
    findings += fewer(strays)
    return texts


def known_files(folder: Path) -> list[str]:
    """The regular files that belong into a problem folder and are there, whatever is in them."""
    ignored: list[Finding] = []
    paths = [*REQUIRED, *(path for below in _FOLDERS for path in _list_files(folder, below, ignored, ignored))]
    return [path for path in paths if os.path.isfile(folder / path) and not os.path.islink(folder / path)]  # noqa: PTH113, PTH114


def belongs(path: str) -> bool:
    """Whether a file of a problem may have this path."""
    below, _, name = path.rpartition("/")
    return path in REQUIRED or path in OPTIONAL or _is_submission(below, name)


def is_folder(path: str) -> bool:
    """Whether a folder of a problem may have this path, which is empty for the problem's own."""
    return path in _FOLDERS


def stray(path: str) -> Finding:
    """What there is to say about a file or folder that does not belong: the first part of its path that does not."""
    parts = path.split("/")
    depth = next((count for count in range(1, len(parts)) if not is_folder("/".join(parts[:count]))), len(parts))
    first = "/".join(parts[:depth])
    below, _, name = first.rpartition("/")
    return _unexpected(name, first, below)


def fewer(strays: Sequence[Finding]) -> list[Finding]:
    """The first findings about entries that do not belong; a number stands for the others."""
    told = [*strays[:MAX_STRAYS]]
    if len(strays) > MAX_STRAYS:
        message = f"{len(strays) - MAX_STRAYS} more files and folders do not belong here."
        told.append(Finding("unexpected-file", ".", None, message, "Move what is no part of the problem."))
    return told


def no_manifest(folder: Path) -> bool:
    """Whether there is nothing at all where ``problem.toml`` belongs, so that this is hardly a problem folder."""
    return _missing(folder / MANIFEST)


def _missing(place: Path) -> bool:
    try:
        place.lstat()
    except FileNotFoundError:
        return True
    except OSError:
        return False  # reading it will say why
    return False


def _required(folder: Path, path: str, findings: list[Finding]) -> bool:
    """Whether a file that every problem has can be opened."""
    if _missing(folder / path):
        findings.append(Finding("missing-file", path, None, f"{path} is missing; it {REQUIRED[path]}.", "Write it."))
        return False
    if os.path.islink(folder / path):  # noqa: PTH114
        findings.append(_symlink(path))
        return False
    return True


def _symlink(path: str) -> Finding:
    mend = "Replace the link by the file itself."
    return Finding("symlink", printable(path), None, "A symbolic link is not followed.", mend)


def _list_files(folder: Path, below: str, findings: list[Finding], strays: list[Finding]) -> list[str]:
    """The submissions directly in ``below``; what does not belong there is added to ``strays``."""
    where = folder / below
    # os.path instead of Path: the latter's questions raise where permissions are missing.
    if below and (not os.path.isdir(where) or any(map(os.path.islink, (where, *_parents(folder, below))))):  # noqa: PTH112
        return []
    try:
        with os.scandir(where) as entries:
            found = sorted(itertools.islice(entries, MAX_ENTRIES + 1), key=lambda entry: entry.name)
    except OSError as error:
        mend = "Give a folder that you may read."
        findings.append(Finding("not-a-folder", below or ".", None, f"Cannot be listed: {error.strerror}.", mend))
        return []
    if len(found) > MAX_ENTRIES:
        message = f"More than {MAX_ENTRIES} files and folders lie here; not all were looked at."
        findings.append(Finding("unexpected-file", below or ".", None, message, "Move what is no part of the problem."))
    files = []
    for entry in found[:MAX_ENTRIES]:
        path = f"{below}/{entry.name}" if below else entry.name
        if not below and entry.name in REQUIRED:
            continue
        if entry.is_symlink():
            strays.append(_symlink(path))
        elif entry.is_dir(follow_symlinks=False) and entry.name in _FOLDERS[below]:
            continue
        elif path in OPTIONAL or _is_submission(below, entry.name):
            files.append(path)
        else:
            strays.append(_unexpected(entry.name, path, below))
    return files


def _is_submission(below: str, name: str) -> bool:
    return below in (ACCEPTED, WRONG) and _SUBMISSION.fullmatch(name) is not None


def _parents(folder: Path, below: str) -> list[Path]:
    parts = below.split("/")
    return [folder.joinpath(*parts[:count]) for count in range(1, len(parts))]


def _unexpected(name: str, path: str, below: str) -> Finding:
    known = [*(() if below else (*REQUIRED, *OPTIONAL)), *_FOLDERS[below]]
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.75)
    if name in _FOLDERS[below]:
        mend = "Make it a folder."
    elif close:
        mend = f"Rename it to {close[0]}."
    elif below in (ACCEPTED, WRONG):
        mend = "Name submissions in lower case, such as no_sum.py, and move everything else out of the folder."
    else:
        mend = "Move it out of the folder."
    return Finding("unexpected-file", printable(path), None, "Nothing in a problem folder looks like this.", mend)


def printable(path: str) -> str:
    """A file name may hold line breaks and bytes that are no UTF-8; findings are printed and sent as JSON."""
    text = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def _read_bytes(place: Path, path: str, findings: list[Finding]) -> bytes | None:
    try:
        with open(place, "rb", opener=_open) as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise OSError(0, "it is not a regular file")  # noqa: TRY301 - one handler for every such reason
            raw = stream.read(MAX_FILE + 1)
    except OSError as error:
        mend = "Replace it by a plain file with read permission."
        findings.append(Finding("unreadable-file", path, None, f"Cannot be read: {error.strerror}.", mend))
        return None
    if len(raw) > MAX_FILE:
        message = f"Longer than {MAX_FILE // 1024} KiB."
        findings.append(Finding("too-large", path, None, message, "Shorten it; large inputs are made in cases.py."))
        return None
    return raw


def _open(place: str, flags: int) -> int:
    # Not blocking: opening a named pipe would otherwise wait for ever for somebody to write.
    return os.open(place, flags | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)


def _decode(raw: bytes, path: str, findings: list[Finding]) -> str | None:
    before = len(findings)
    if raw.startswith(b"\xef\xbb\xbf"):
        mend = "Save it as UTF-8 without a byte order mark."
        findings.append(Finding("byte-order-mark", path, 1, "The file starts with a byte order mark.", mend))
    if b"\0" in raw:
        line = raw.count(b"\n", 0, raw.index(b"\0")) + 1
        findings.append(Finding("nul-byte", path, line, "There is a NUL byte in this line.", "Delete it."))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"Byte 0x{raw[error.start]:02x} in this line is not UTF-8."
        findings.append(Finding("not-utf8", path, line, message, "Save the file as UTF-8."))
        return None
    return text if len(findings) == before else None
