"""``--fix``: mends what is mechanical, so that an author's time goes into the problem.

Invariant: a file is rewritten only where its meaning stays the same or was missing, and what was done is told. No
author's Python is touched but for its encoding and line ends, and the headers of wrong submissions.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.problems.checking.filed import Outcome
from app.problems.folder import entries
from app.problems.folder.files import MANIFEST, STARTER, WRONG, known_files
from app.problems.folder.manifest import Manifest

_MARK = b"\xef\xbb\xbf"
#: Keys before the first table, in the order in which problems give them.
_KEYS = tuple(Manifest.model_fields)
_KEY = re.compile(r"([A-Za-z0-9_-]+)\s*=")
_HEADER_LINE = re.compile(r"# (verdict|reason) *=.*")


def repair(folder: Path) -> list[str]:
    """Mend the files of a folder as far as that can be done without running anything; one sentence for each change."""
    told: list[str] = []
    for path in known_files(folder):
        place = folder / path
        before = place.read_bytes()
        after, done = _as_text(before)
        if path == MANIFEST:
            after = _manifest(after, done)
        if after != before and done:
            place.write_bytes(after)
            told += [f"{path}: {each}" for each in done]
    return told + list(_starter(folder))


def _as_text(raw: bytes) -> tuple[bytes, list[str]]:
    """A file without a byte order mark and carriage returns, with a newline at its end."""
    done = []
    if raw.startswith(_MARK):
        raw = raw.removeprefix(_MARK)
        done.append("took the byte order mark away")
    if b"\r" in raw:
        raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        done.append("made every line end in a newline alone")
    if raw.strip() and not raw.endswith(b"\n"):
        raw += b"\n"
        done.append("ended the last line")
    return raw, done


def _manifest(raw: bytes, done: list[str]) -> bytes:
    """``problem.toml`` with its format, and its first keys in the usual order; as it is if it cannot be read."""
    loaded = _loaded(raw)
    if loaded is None:
        return raw
    if "format" not in loaded:
        raw = b"format = 1\n" + raw
        done.append("added format = 1")
    ordered = _in_order(raw.decode()).encode()
    if ordered != raw and _loaded(ordered) == _loaded(raw):
        done.append(f"put the keys in the usual order, {', '.join(_KEYS[:5])} first")
        return ordered
    return raw


def _loaded(raw: bytes) -> dict[str, object] | None:
    try:
        return tomllib.loads(raw.decode())
    except (ValueError, RecursionError):
        return None


def _in_order(text: str) -> str:
    """The keys before the first table in order, each with the comments above it and the lines that it goes on over."""
    lines = text.splitlines(keepends=True)
    first_table = next((number for number, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
    while first_table and not lines[first_table - 1].strip():
        first_table -= 1
    pieces: list[tuple[str, str]] = []
    above = ""
    for line in lines[:first_table]:
        found = _KEY.match(line)
        if found and found[1] in _KEYS:
            pieces.append((found[1], above + line))
            above = ""
        elif not pieces or line.startswith("#") or not line.strip():
            above += line
        else:  # a value that goes on over several lines
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + above + line)
            above = ""
    pieces.sort(key=lambda piece: _KEYS.index(piece[0]))
    return "".join(text for _, text in pieces) + above + "".join(lines[first_table:])


def _starter(folder: Path) -> Iterator[str]:
    """A starter for a folder without one, made of what a solution defines."""
    place, manifest = folder / STARTER, folder / MANIFEST
    if place.exists() or place.is_symlink() or not manifest.is_file():
        return
    loaded = _loaded(manifest.read_bytes())
    functions = None if loaded is None else entries.parameters(folder.resolve().name, loaded)
    if functions:
        defined = [f"def {name}({', '.join(names)}):\n    return None\n" for name, names in functions.items()]
        place.write_text("\n\n".join(defined), encoding="utf-8")
        yield f"{STARTER}: wrote it, with nothing in it but {', '.join(functions)}"


def repair_headers(folder: Path, outcomes: Sequence[Outcome]) -> list[str]:
    """Rewrite the headers of wrong submissions that declare another failure than they get; a sentence for each.

    What passes is no failure, and ours are none of the submission's: those are left for their author.
    """
    told = []
    for outcome in outcomes:
        filed = outcome.filed
        ours = outcome.verdict in {"accepted", "internal_error", "cancelled"}
        if outcome.as_declared or ours or not filed.path.startswith(WRONG):
            continue
        place = folder / filed.path
        lines = place.read_text(encoding="utf-8").split("\n")
        close = next(number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "# ///")
        kept = [line for line in lines[1:close] if not _HEADER_LINE.fullmatch(line.rstrip())]
        declared = [f'# verdict = "{outcome.verdict}"']
        declared += [f'# reason = "{outcome.reason}"'] if outcome.reason else []
        place.write_text("\n".join([lines[0], *declared, *kept, *lines[close:]]), encoding="utf-8")
        told.append(f"{filed.path}: declared {' '.join(declared).replace('# ', '')}, as it is judged")
    return told
