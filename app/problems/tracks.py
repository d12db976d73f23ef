"""The tracks of a course: problems in the order in which they are best taken, from ``tracks.toml`` beside the folders.

Invariant: a fault in the file is a finding, and whatever else is in it holds; problems that no track names are served
all the same, after the others.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog

from app.problems.findings import Finding

log = structlog.get_logger()

FILE = "tracks.toml"

_TEXTS = ("name", "title", "summary")
_PROBLEMS = "problems"


@dataclass(frozen=True)
class Track:
    """One of them.

    Attributes:
        problems: by name, in order; not all of them need be served.
    """

    name: str
    title: str
    summary: str
    problems: tuple[str, ...]


@dataclass
class _Reading:
    """What has been read so far."""

    tracks: list[Track] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    placed: dict[str, str] = field(default_factory=dict)

    def find(self, code: str, message: str, mend: str) -> None:
        self.findings.append(Finding(code, FILE, None, message, mend))


def load(folder: Path) -> Sequence[Track]:
    """The tracks of a folder of problems; what is wrong with them is logged."""
    tracks, findings = read(folder)
    for finding in findings:
        log.warning("tracks.finding", finding=str(finding))
    return tracks


def read(folder: Path) -> tuple[Sequence[Track], Sequence[Finding]]:
    """The tracks of a folder of problems, none where it has no such file; and what is wrong with the file."""
    reading = _Reading()
    try:
        text = (folder / FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return (), ()
    except UnicodeDecodeError as error:
        reading.find("not-utf8", f"Byte {error.start} is no UTF-8.", "Save the file as UTF-8.")
        return (), reading.findings
    except OSError as error:
        reading.find("unreadable-file", f"It cannot be read: {error.strerror}.", "Let the service read it.")
        return (), reading.findings
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        reading.find("toml-syntax", f"It cannot be read as TOML: {error}.", "Mend the syntax.")
        return (), reading.findings
    _refuse_unknown(reading, "The file", document, {"tracks"})
    entries = document.get("tracks", [])
    if not isinstance(entries, list):
        reading.find("bad-value", "tracks is no list of tables.", "Begin each track with [[tracks]].")
        return (), reading.findings
    for number, entry in enumerate(entries, 1):
        _read_track(reading, number, entry)
    return reading.tracks, reading.findings


def _read_track(reading: _Reading, number: int, entry: Any) -> None:
    """Add one track, unless something is wrong with what it cannot do without."""
    if not isinstance(entry, dict):
        reading.find("bad-value", f"Track {number} is no table.", "Begin each track with [[tracks]].")
        return
    here = f"Track {number}"
    _refuse_unknown(reading, here, entry, {*_TEXTS, _PROBLEMS})
    texts = {key: entry.get(key) for key in _TEXTS}
    for key, value in texts.items():
        if value is None:
            reading.find("missing-key", f"{here} has no {key}.", f"Write its {key}.")
        elif not isinstance(value, str) or not value.strip():
            reading.find("bad-value", f"{here}: {key} is no text.", "Write a text in quotes.")
    if not all(isinstance(value, str) and value.strip() for value in texts.values()):
        return
    if any(texts["name"] == track.name for track in reading.tracks):
        reading.find("bad-value", f"{here} is named {texts['name']!r} like an earlier one.", "Name it otherwise.")
        return
    problems = tuple(_problems(reading, here, str(texts["name"]), entry.get(_PROBLEMS)))
    reading.tracks.append(Track(**{key: str(value) for key, value in texts.items()}, problems=problems))


def _problems(reading: _Reading, here: str, name: str, listed: Any) -> Iterator[str]:
    """The problems of a track, each of them in one track only."""
    if not isinstance(listed, list):
        code = "missing-key" if listed is None else "bad-value"
        reading.find(code, f"{here} has no list of problems.", "Write the names of their folders in brackets.")
        return
    for slug in listed:
        if not isinstance(slug, str):
            reading.find("bad-value", f"{here}: {slug!r} is no name.", "Write the name of a folder in quotes.")
        elif slug in reading.placed:
            before = reading.placed[slug]
            reading.find("bad-value", f"{here}: {slug} is in the track {before!r} already.", "Name it once.")
        else:
            reading.placed[slug] = name
            yield slug


def _refuse_unknown(reading: _Reading, here: str, table: dict[str, Any], known: set[str]) -> None:
    for key in sorted(table.keys() - known):
        reading.find("unknown-key", f"{here} has the key {key!r}, which nothing uses.", "Correct or delete it.")
