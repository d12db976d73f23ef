"""Turns the fuzzer's bytes into the values that hostile processes send.

Invariant: every string of bytes gives a value and the same bytes give the same value, so a finding is its input file.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from typing import Any, TypeVar

_Choice = TypeVar("_Choice")
#: Numbers at the edges of what is compared with them, the first of them the usual ones.
_NUMBERS = (0, 1, 2, 3, 4, -1, 32, 33, 64, 65, 2**16, 2**31, 2**32 - 1, 2**47, 2**48, 2**63, 2**64, -(2**63), 10**4000)
_MAX_DEPTH = 80


class Source:
    """Bytes that are used up from the front; zeros follow after the last."""

    def __init__(self, fuzzed: bytes) -> None:
        """Start at the first byte."""
        self._fuzzed, self._at = fuzzed, 0

    @property
    def empty(self) -> bool:
        """Whether every byte has been used."""
        return self._at >= len(self._fuzzed)

    def byte(self) -> int:
        """The next byte."""
        self._at += 1
        return self._fuzzed[self._at - 1] if self._at <= len(self._fuzzed) else 0

    def choose(self, among: Sequence[_Choice]) -> _Choice:
        """One of at most 256."""
        return among[self.byte() % len(among)]

    def take(self, count: int) -> bytes:
        """The next bytes, fewer at the end."""
        self._at += count
        return self._fuzzed[self._at - count : self._at]

    def rest(self) -> bytes:
        """All that are left."""
        return self.take(max(0, len(self._fuzzed) - self._at))

    def text(self) -> str:
        """Up to 255 characters, halves of surrogate pairs among them."""
        return self.take(self.byte()).decode("utf-8", "surrogateescape")

    def number(self) -> int | float:
        """An edge, or any integer or float of eight bytes."""
        match self.byte() % 4:
            case 0 | 1:
                return self.choose(_NUMBERS)
            case 2:
                return int.from_bytes(self.take(8), "little", signed=True)
        return float(struct.unpack("<d", self.take(8).ljust(8, b"\0"))[0])

    def value(self, names: Sequence[str], words: Sequence[str], depth: int = 0) -> Any:
        """A value as JSON can spell it; ``names`` are likely keys and ``words`` likely strings."""
        kind = self.byte() % 8
        if self.empty or depth > _MAX_DEPTH or kind == 0:
            return self.choose([None, True, False, "", 0])
        match kind:
            case 1:
                return self.number()
            case 2:
                return self.text()
            case 3:
                return self.choose(words)
            case 4 | 5:
                return [self.value(names, words, depth + 1) for _ in range(self.byte() % 9)]
        keys = [self.choose(names) if self.byte() % 8 else self.text() for _ in range(self.byte() % 7)]
        return {key: self.value(names, words, depth + 1) for key in keys}


def read_json(fuzzed: bytes) -> Any:
    """What a message's header would be, None if it would not be read at all."""
    try:
        return json.loads(fuzzed)
    except (ValueError, RecursionError):
        return None
