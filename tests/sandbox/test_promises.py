"""Promises about limits that a machine cannot keep are told, each in a sentence."""

from __future__ import annotations

import resource

import pytest

from sandbox.promises import weaker

_NONE = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


def told(
    monkeypatch: pytest.MonkeyPatch, limits: dict[int, int], *, grouped: bool = True, own_users: bool = True
) -> str:
    """What is weaker where this process has hard limits of its own."""
    monkeypatch.setattr(
        resource, "getrlimit", lambda limit: (limits[limit], limits[limit]) if limit in limits else _NONE
    )
    return "\n".join(weaker(grouped=grouped, own_users=own_users, memory=2 << 30))


def test_where_all_is_kept_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """An operator would look for a fault that is none."""
    assert (
        told(monkeypatch, {resource.RLIMIT_DATA: 2 << 30, resource.RLIMIT_AS: 10 << 30, resource.RLIMIT_NPROC: 512})
        == ""
    )


@pytest.mark.parametrize(
    ("limits", "grouped", "own_users", "words"),
    [
        ({}, False, True, "No control group can be made: memory and threads are limited per process, not per slot"),
        ({}, True, False, "share one limit of threads"),
        ({resource.RLIMIT_DATA: 1 << 30}, True, True, "data segment (ulimit -d) is 1 GiB, and jobs may need 2 GiB"),
        ({resource.RLIMIT_AS: 4 << 30}, True, True, "address space (ulimit -v) is 4 GiB, and jobs may need 10 GiB"),
        (
            {resource.RLIMIT_NPROC: 100},
            True,
            True,
            "processes (ulimit -u) is 100: jobs run out of threads before the 512",
        ),
    ],
)
def test_a_weaker_promise_is_told(
    monkeypatch: pytest.MonkeyPatch,
    limits: dict[int, int],
    grouped: bool,
    own_users: bool,
    words: str,
) -> None:
    """Learners would be told of limits that are not the ones they meet, and the operator of nothing."""
    found = told(monkeypatch, limits, grouped=grouped, own_users=own_users)
    assert words in found
    assert found.count("\n") == 0
