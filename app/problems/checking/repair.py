"""``--fix``: mends what is mechanical, so that an author's time goes into the problem.

Invariant: a file is rewritten, whole or not at all, only where its meaning stays the same or was missing, and what was
done is told. No author's Python is touched but for its line ends, and the headers of wrong submissions. What the reader
refuses to read is left as it is.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from app.problems.checking.filed import Outcome
from app.problems.findings import Finding
from app.problems.folder import entries
from app.problems.folder.files import MANIFEST, MAX_FILE, STARTER, WRONG, known_files
from app.problems.folder.manifest import Manifest

_MARK = "\ufeff"
#: Keys before the first table, in the order in which problems give them.
_KEYS = tuple(Manifest.model_fields)
_KEY = re.compile(r"([A-Za-z0-9_-]+)\s*=")
_CLOSE = "# ///"
_HEADER_LINE = re.compile(r"""# (?P<key>verdict|reason) *= *(?:"[^"]*"|'[^']*')?[^#]*?(?P<comment> *#.*)?""")


def repair(folder: Path) -> list[str | Finding]:
    """Mend the files of a folder as far as that can be done without running anything.

    Returns:
        A sentence for each change, a finding for each file that could not be written.
    """
    told: list[str | Finding] = []
    for path in known_files(folder):
        place = folder / path
        before = _text(place)
        if before is None:
            continue
        after, done = _as_text(before)
        if path == MANIFEST:
            after = _manifest(after, done)
        if after != before and done:
            told += _put(folder, path, after, done)
    return told + _starter(folder)


def _text(place: Path) -> str | None:
    """A file's text; None for what is no text of a size that the reader takes, which it has findings for."""
    try:
        if not place.is_file() or place.stat().st_size > MAX_FILE:
            return None
        text = place.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return None
    return None if "\0" in text else text  # ASCII in UTF-16 is UTF-8 with NUL bytes


def _put(folder: Path, path: str, text: str, done: Sequence[str]) -> list[str | Finding]:
    """Put ``text`` into a file at one stroke, its mode kept; says what that has ``done``, or why not if it fails."""
    place = folder / path
    part = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        try:
            part.write_bytes(text.encode())
            if place.exists():
                part.chmod(place.stat().st_mode & 0o7777)
            part.replace(place)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        mend = "Make room, or let the file be written, and run --fix again; it is as it was."
        return [Finding("not-mended", path, None, f"It could not be written: {error.strerror}.", mend)]
    return [f"{path}: {each}" for each in done]


def _as_text(text: str) -> tuple[str, list[str]]:
    """A file's text without a byte order mark and carriage returns, with a newline at its end."""
    done = []
    if text.startswith(_MARK):
        text = text.removeprefix(_MARK)
        done.append("took the byte order mark away")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        done.append("made every line end in a newline alone")
    if text.strip() and not text.endswith("\n"):
        text += "\n"
        done.append("ended the last line")
    return text, done


def _manifest(text: str, done: list[str]) -> str:
    """``problem.toml`` with its format, and its first keys in the usual order; as it is if it cannot be read."""
    loaded = _loaded(text)
    if loaded is None:
        return text
    if "format" not in loaded:
        text = f"format = 1\n{text}"
        done.append("added format = 1")
    ordered = _in_order(text)
    if ordered != text and _loaded(ordered) == _loaded(text):
        done.append(f"put the keys in the usual order, {', '.join(_KEYS[:5])} first")
        return ordered
    return text


def _loaded(text: str) -> dict[str, object] | None:
    try:
        return tomllib.loads(text)
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


def _starter(folder: Path) -> list[str | Finding]:
    """A starter for a folder without one, made of what a solution defines."""
    place, manifest = folder / STARTER, folder / MANIFEST
    text = None if place.exists() or place.is_symlink() else _text(manifest)
    loaded = None if text is None else _loaded(text)
    functions = None if loaded is None else entries.parameters(folder.resolve().name, loaded)
    if not functions:
        return []
    defined = [f"def {name}({', '.join(names)}):\n    return None\n" for name, names in functions.items()]
    done = f"wrote it, with nothing in it but {', '.join(functions)}"
    return _put(folder, STARTER, "\n\n".join(defined), [done])


def repair_headers(folder: Path, outcomes: Sequence[Outcome]) -> list[str | Finding]:
    """Rewrite the headers of wrong submissions that declare another failure than they get; returns as ``repair``.

    What passes is no failure, and ours are none of the submission's: those are left for their author.
    """
    told: list[str | Finding] = []
    for outcome in outcomes:
        filed = outcome.filed
        ours = outcome.verdict in {"accepted", "internal_error", "cancelled"}
        if outcome.as_declared or ours or not filed.path.startswith(WRONG):
            continue
        declared = {"verdict": outcome.verdict} | ({"reason": outcome.reason} if outcome.reason else {})
        text = _redeclared(filed.source, declared)
        if text is None or _text(folder / filed.path) != filed.source:
            continue
        pairs = " ".join(f'{key} = "{value}"' for key, value in declared.items())
        told += _put(folder, filed.path, text, [f"declared {pairs}, as it is judged"])
    return told


def _redeclared(source: str, declared: Mapping[str, str]) -> str | None:
    """A submission whose header declares something else; None where that would change more than these two keys."""
    lines = source.split("\n")
    close = next(number for number, line in enumerate(lines[1:], 1) if line.rstrip() == _CLOSE)
    kept, said = list(lines[1:close]), dict[str, str]()
    for line in lines[1:close]:
        found = _HEADER_LINE.fullmatch(line.rstrip())
        if found and found["key"] not in said:  # a line like it further down may be part of the message
            said[found["key"]] = found["comment"] or ""
            kept.remove(line)
    changed = [f'# {key} = "{value}"{said.get(key, "")}' for key, value in declared.items()]
    before, after = (_loaded("\n".join(line[2:] for line in each)) for each in (lines[1:close], [*changed, *kept]))
    if before is None or after is None or _beside(before) != _beside(after):
        return None
    return "\n".join([lines[0], *changed, *kept, *lines[close:]])


def _beside(header: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in header.items() if key not in {"verdict", "reason"}}
