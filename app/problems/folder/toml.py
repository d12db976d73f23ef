"""TOML with findings instead of exceptions, used for ``problem.toml`` and for the headers of filed submissions.

Invariant: any text gives a value or at least one finding, and never an exception.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from app.problems.findings import Finding

M = TypeVar("M", bound=BaseModel)

#: Most dots in a line: tomllib's memory grows with the square of a dotted key's parts, to gigabytes for a long one.
_MAX_DOTS = 100
#: How deep inside tables a place is told; deeper keys get the line of what is around them.
_MAX_DEPTH = 8
_PART = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_KEYS = rf"{_PART}(?:\s*\.\s*{_PART})*"
_TABLE = re.compile(rf"\s*\[\[?\s*({_KEYS})\s*\]\]?\s*(?:#.*)?")
_PAIR = re.compile(rf"\s*({_KEYS})\s*=")
_PLACE = re.compile(r"(?P<message>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)", re.DOTALL)


@dataclass(frozen=True)
class Source:
    """A TOML text and where it stands.

    Attributes:
        file: within the folder.
        first_line: the line of ``file``, counted from 1, on which ``text`` begins.
        around: the line to name for a key that is nowhere, if there is a good one.
    """

    file: str
    text: str
    first_line: int = 1
    around: int | None = None

    def finding(self, code: str, keys: tuple[str | int, ...], message: str, mend: str) -> Finding:
        """A finding at the line where ``keys`` are set, or at the nearest table around them."""
        named = tuple(key for key in keys if isinstance(key, str))
        lines = (self._places.get(named[:depth]) for depth in range(min(len(named), _MAX_DEPTH), 0, -1))
        line = next((line + self.first_line - 1 for line in lines if line is not None), self.around)
        return Finding(code, self.file, line, message, mend)

    @cached_property
    def _places(self) -> dict[tuple[str, ...], int]:
        return _index(self.text)


def load(source: Source, findings: list[Finding]) -> dict[str, Any] | None:
    """The data of a TOML text, its arrays as tuples; None, and a finding, if it cannot be read."""
    dotted = next((n for n, line in enumerate(source.text.split("\n"), 1) if line.count(".") > _MAX_DOTS), None)
    if dotted is not None:
        message = f"More than {_MAX_DOTS} dots in one line, so that it is not read."
        findings.append(Finding("toml-syntax", source.file, dotted + source.first_line - 1, message, "Split the line."))
        return None
    last = source.text.rstrip().count("\n") + 1
    try:
        loaded: dict[str, Any] = _with_tuples(tomllib.loads(source.text))
    except RecursionError:
        line, message = None, "Nested too deeply to be read."
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.fullmatch(str(error))
        line = int(found["line"] or last) if found else None
        column = f" at column {found['column']}" if found and found["column"] else ""
        message = f"{found['message'] if found else error}{column}."
    except ValueError:  # Python converts no decimal number of more than 4300 digits
        line, message = None, "A number is too long to be read."
    else:
        return loaded
    place = None if line is None else line + source.first_line - 1
    mend = "Correct the TOML; strings need quotes, and every key may be set once."
    findings.append(Finding("toml-syntax", source.file, place, message, mend))
    return None


def _with_tuples(value: Any) -> Any:
    """Lists become tuples: strict validation wants the exact type, and the models are frozen."""
    if isinstance(value, dict):
        return {key: _with_tuples(item) for key, item in value.items()}
    if isinstance(value, list):
        return tuple(_with_tuples(item) for item in value)
    return value


def _index(text: str) -> dict[tuple[str, ...], int]:
    """The first line (from 1) of every table and key, by its path.

    tomllib keeps no places, so this looks for table headers and ``key =`` at the start of lines. It does not see keys
    inside inline tables (their line is that of the outer key), and text in a multi-line string may mislead it.
    """
    places: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), start=1):
        if header := _TABLE.fullmatch(line.rstrip("\r")):
            place = table = _split(header[1])
        elif pair := _PAIR.match(line):
            place = (*table, *_split(pair[1]))
        else:
            continue
        for depth in range(1, min(len(place), _MAX_DEPTH) + 1):
            places.setdefault(place[:depth], number)
    return places


def _split(keys: str) -> tuple[str, ...]:
    return tuple(part[1:-1] if part[0] in "\"'" else part for part in re.findall(_PART, keys))


def validate(
    model: type[M], loaded: dict[str, Any], source: Source, mends: Mapping[str, str], findings: list[Finding]
) -> M | None:
    """``loaded`` as a model; None, and one finding for every fault, if it does not fit.

    Args:
        model: which keys there are and what they may be.
        loaded: the data of ``source``.
        source: where it was written.
        mends: dotted key -> what a right value looks like.
        findings: where faults are added.
    """
    try:
        return model.model_validate(loaded, strict=True)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False)
        findings.extend(_finding(model, fault, source, mends) for fault in faults)
    return None


def _finding(model: type[BaseModel], fault: ErrorDetails, source: Source, mends: Mapping[str, str]) -> Finding:
    kind, keys, message = fault["type"], fault["loc"], fault["msg"]
    dotted = ".".join(map(str, keys))
    if kind == "extra_forbidden":
        known = _fields(model, keys[:-1])
        close = difflib.get_close_matches(str(keys[-1]), known, n=1)
        mend = f"Write {close[0]}." if close else f"Delete it; the keys here are {', '.join(known)}."
        return source.finding("unknown-key", keys, f"{dotted} is not a key that anything uses.", mend)
    if kind == "string_pattern_mismatch":
        message = "not of the right form"
    mend = _mend(keys, mends)
    if kind == "missing":
        return source.finding("missing-key", keys, f"{dotted} is not given.", mend)
    return source.finding("bad-value", keys, f"{dotted}: {message[:1].lower()}{message[1:]}.", mend)


def _fields(model: type[BaseModel], keys: tuple[str | int, ...]) -> list[str]:
    """The keys of the table at ``keys``, found by following the models' annotations; empty where any key may stand."""
    current: Any = model
    for key in keys:
        if isinstance(current, type) and issubclass(current, BaseModel):
            current = current.model_fields[str(key)].annotation
        else:
            current = (*get_args(current), None)[1]
    return list(current.model_fields) if isinstance(current, type) and issubclass(current, BaseModel) else []


def _mend(keys: tuple[str | int, ...], mends: Mapping[str, str]) -> str:
    named = [str(key) for key in keys if isinstance(key, str)]
    for count in range(len(named), 0, -1):
        if ".".join(named[:count]) in mends:
            return mends[".".join(named[:count])]
    return "Correct the value."
