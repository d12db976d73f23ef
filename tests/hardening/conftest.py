"""The table of hardenings: what each probe found with and without its hardening, on every backend.

Invariant: what could not be probed is in the table too, with its reason.
"""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest

from tests.hardening import container, inner, outer
from tests.hardening.registry import Hardening

#: Everything that has a probe, and everything that cannot have one.
HARDENINGS: tuple[Hardening, ...] = (*outer.OUTER, *container.CONTAINER, *inner.INNER)
UNPROBED = (*outer.UNPROBED, *container.UNPROBED, *inner.UNPROBED)


@dataclass(frozen=True)
class Pair:
    """What one probe found on one backend."""

    hardening: Hardening
    backend: str
    held: str
    removed: str


#: Characters of what a probe found that the table shows.
_WIDTH = 26

_PAIRS = pytest.StashKey[list[Pair]]()


def pytest_configure(config: pytest.Config) -> None:
    """Start with an empty table."""
    config.stash[_PAIRS] = []


@pytest.fixture(scope="session")
def pairs(pytestconfig: pytest.Config) -> list[Pair]:
    """The rows of the table; printed when the session ends."""
    return pytestconfig.stash[_PAIRS]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the table, and what is missing in it."""
    if found := config.stash[_PAIRS]:
        terminalreporter.section("hardenings: with -> without")
        for line in _table(found):
            terminalreporter.line(line)
        terminalreporter.section("hardenings that no probe can tell apart")
        for line in _missing():
            terminalreporter.line(line)


def _table(found: Sequence[Pair]) -> Iterator[str]:
    """Hardenings of a layer that behave alike share a row."""
    backends: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for pair in found:
        change = f"{_short(pair.held)} -> {_short(pair.removed)}"
        backends[pair.hardening.layer, pair.hardening.name, change].append(pair.backend)
    rows: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for (layer, name, change), where in backends.items():
        rows[layer, change, " ".join(where)].append(name)
    for (layer, change, held_by), names in rows.items():
        yield f"{layer:18} {change:36} {held_by}"
        yield from (f"    {line}" for line in textwrap.wrap(", ".join(names), 110))


def _missing() -> Iterator[str]:
    unseen: dict[tuple[str, str], list[str]] = defaultdict(list)
    for hardening in HARDENINGS:
        for backend, reason in hardening.unseen.items():
            unseen[f"{hardening.layer}, {backend}", reason].append(hardening.name)
    for (heading, reason), names in unseen.items():
        yield f"{heading}: {reason}: {', '.join(names)}"
    for unprobed in UNPROBED:
        yield f"{unprobed.layer}: {unprobed.reason}: {unprobed.name}"


def _short(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 3]}..."
