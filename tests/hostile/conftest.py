"""Options and the table of the hostile corpus.

Invariant: what is not run is deselected by its mark ``exhaustive`` and counted by pytest, never skipped in silence.
"""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from tests.hostile.corpus import CATEGORIES

Table = defaultdict[tuple[str, str], Counter[str]]

_TABLE = pytest.StashKey[Table]()


def pytest_configure(config: pytest.Config) -> None:
    """Start with an empty table."""
    config.stash[_TABLE] = Table(Counter)


@pytest.fixture(scope="session")
def table(pytestconfig: pytest.Config) -> Table:
    """Verdicts counted by backend and category; printed when the session ends."""
    return pytestconfig.stash[_TABLE]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print what became of the corpus: backend, category, verdicts."""
    rows = config.stash[_TABLE]
    if not rows:
        return
    terminalreporter.section("hostile corpus")
    order = {category: number for number, category in enumerate(CATEGORIES)}
    for backend, category in sorted(rows, key=lambda row: (row[0], order.get(row[1], len(order)))):
        counts = rows[backend, category]
        verdicts = ", ".join(f"{verdict} {count}" for verdict, count in counts.most_common())
        terminalreporter.line(f"{backend:18} {category:17} {counts.total():4}  {verdicts}")
