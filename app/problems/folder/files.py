"""Which files a problem folder holds, and their text.

Invariant: only regular files at known places are opened, never through a symbolic link, and never more than
``MAX_FILE`` bytes of one; whatever else lies in the folder is a finding.
"""

from __future__ import annotations

import difflib
import itertools
import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path

from app.problems.findings import Finding

#: Longest file of a problem, the same as for a submission: 256 KiB.
MAX_FILE = 256 * 1024
#: Most entries that are looked at in one folder.
MAX_ENTRIES = 500

MANIFEST = "problem.toml"
STATEMENT = "statement.md"
HINTS = "hints.md"
STARTER = "starter.py"
REFERENCE = "reference.py"
SOLUTION = "solution.md"
CASES = "cases.py"
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
    for below in _FOLDERS:
        for path in _list_files(folder, below, findings):
            raw = _read_bytes(folder / path, path, findings)
            text = None if raw is None else _decode(raw, path, findings)
            if text is not None:
                texts[path] = text
    present = {path.split("/")[0] for path in texts} | {finding.file for finding in findings}
    for path, purpose in REQUIRED.items():
        if path not in present:
            findings.append(Finding("missing-file", path, None, f"{path} is missing; it {purpose}.", "Write it."))
    return texts


def _list_files(folder: Path, below: str, findings: list[Finding]) -> list[str]:
    where = folder / below
    if below and (where.is_symlink() or not where.is_dir() or any(p.is_symlink() for p in _parents(folder, below))):
        return []
    try:
        with os.scandir(where) as entries:
            found = sorted(itertools.islice(entries, MAX_ENTRIES + 1), key=lambda entry: entry.name)
    except OSError as error:
        mend = "Give a folder that you may read."
        findings.append(Finding("not-a-folder", below or ".", None, f"Cannot be listed: {error.strerror}.", mend))
        return []
    if len(found) > MAX_ENTRIES:
        message = f"More than {MAX_ENTRIES} files and folders lie here; the rest were not read."
        findings.append(Finding("unexpected-file", below or ".", None, message, "Move what is no part of the problem."))
    files = []
    for entry in found[:MAX_ENTRIES]:
        path = f"{below}/{entry.name}" if below else entry.name
        if entry.is_symlink():
            mend = "Replace the link by the file itself."
            findings.append(Finding("symlink", _printable(path), None, "A symbolic link is not followed.", mend))
        elif entry.is_dir(follow_symlinks=False) and entry.name in _FOLDERS[below]:
            continue
        elif _belongs(entry.name, below):
            files.append(path)
        else:
            findings.append(_unexpected(entry.name, path, below))
    return files


def _parents(folder: Path, below: str) -> list[Path]:
    parts = below.split("/")
    return [folder.joinpath(*parts[:count]) for count in range(1, len(parts))]


def _belongs(name: str, below: str) -> bool:
    if not below:
        return name in REQUIRED
    return below in (ACCEPTED, WRONG) and _SUBMISSION.fullmatch(name) is not None


def _unexpected(name: str, path: str, below: str) -> Finding:
    known = [*(() if below else REQUIRED), *_FOLDERS[below]]
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.75)
    if name in _FOLDERS[below]:
        mend = "Make it a folder."
    elif close:
        mend = f"Rename it to {close[0]}."
    elif below in (ACCEPTED, WRONG):
        mend = "Name submissions in lower case, such as no_sum.py, and move everything else out of the folder."
    else:
        mend = "Move it out of the folder."
    return Finding("unexpected-file", _printable(path), None, "Nothing in a problem folder looks like this.", mend)


def _printable(path: str) -> str:
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
