"""A part of what is one proof repeated on much material, another part each time: for a CI that has to be quick.

``ALLCLOSE_ROTATION`` is a number: of a test with many variants, the first ``_ALWAYS`` run, and every ``_PARTS``-th of
the others, which ones the number decides. Invariant: every test function runs, whatever the number; without it,
everything does; and what is left out is deselected and counted by pytest, never skipped in silence. A test marked
``chosen`` has chosen its variants itself.
"""

from __future__ import annotations

import os
from collections import defaultdict
from zlib import crc32

import pytest

#: Variants of a test that always run; a test with one more runs whole.
_ALWAYS, _FEW = 1, 2
_PARTS = 24
#: … and of what is tested on both databases, every so many-th runs on the second.
_DATABASES = 4


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is not this time's part."""
    named = os.environ.get("ALLCLOSE_ROTATION")
    if not named:
        return
    variants: defaultdict[tuple[str, str], list[pytest.Item]] = defaultdict(list)
    for item in items:
        if item.get_closest_marker("chosen"):
            continue
        variants[str(item.path), item.nodeid.partition("[")[0]].append(item)
    rotation = int(named)
    left_out = {item for alike in variants.values() if len(alike) > _FEW for item in _others(alike, rotation)}
    left_out |= {item for alike in variants.values() if len(alike) > 1 for item in _second_time(alike, rotation)}
    if left_out:
        config.hook.pytest_deselected(items=[item for item in items if item in left_out])
        items[:] = [item for item in items if item not in left_out]


def _second_time(alike: list[pytest.Item], rotation: int) -> list[pytest.Item]:
    """What runs on SQLite too, and on PostgreSQL only now and then."""
    again = [item for item in alike if "postgresql" in item.name]
    return [item for item in again if (crc32(item.nodeid.encode()) - rotation) % _DATABASES] if again != alike else []


def _others(alike: list[pytest.Item], rotation: int) -> list[pytest.Item]:
    return [item for number, item in enumerate(alike) if number >= _ALWAYS and (number - rotation) % _PARTS]
