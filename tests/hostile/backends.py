"""The sandboxes the hostile corpus is run against. A new backend is one more entry in ``BACKENDS``.

Invariant: a backend that this machine lacks is a named skip, and a failure where ``ALLCLOSE_REQUIRE`` names it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sandbox.jobs import Sandbox
from sandbox.local import LocalSandbox


def _nothing() -> Mapping[str, object]:
    return {}


@dataclass(frozen=True)
class Backend:
    """One sandbox to test.

    Attributes:
        name: in the table and in test names.
        needs: what ``tests.conftest.require`` asks this machine for.
        start: makes a warm sandbox with one lane.
        leftovers: what it could leave beside processes, mounts, control groups and files (its containers), by kind.
    """

    name: str
    needs: str
    start: Callable[[], Sandbox]
    leftovers: Callable[[], Mapping[str, object]] = _nothing


BACKENDS = (
    Backend("bubblewrap", "bubblewrap", lambda: LocalSandbox(wall="bubblewrap")),
    Backend("unshare", "unshare", lambda: LocalSandbox(wall="unshare")),
)
