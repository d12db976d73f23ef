"""Every backend the tests run against, and what each of them cannot do. A new one is one more entry in ``BACKENDS``.

Invariant: a backend that this machine lacks is a named skip, and a failure where ``ALLCLOSE_REQUIRE`` names it; a known
difference that is none any more fails.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import pytest
from _pytest.mark import ParameterSet

from sandbox.docker import DockerSandbox, connect
from sandbox.local import LocalSandbox
from sandbox.pool import PooledSandbox
from sandbox.walls.container import OWNER_LABEL
from tests import images
from tests.conftest import require


@dataclass(frozen=True)
class Backend:
    """One sandbox to test.

    Attributes:
        name: in tables and in test names.
        needs: what ``tests.conftest.require`` asks this machine for.
        start: makes a sandbox; takes ``lanes``.
        lacks: tests that must fail here, by name, with the reason.
        differs: files of the hostile corpus that get another verdict here, with it and the reason.
        leftovers: what it could leave beside processes, mounts, control groups and files, by kind.
        costly: run only by ``make test-hostile``: every job starts containers of its own, or a kernel that is slow.
        brief: of the hostile corpus, one file of each category is run always, the others by ``make test-hostile``: its
            inner wall is that of the backend that runs more.
    """

    name: str
    needs: tuple[str, ...]
    start: Callable[..., PooledSandbox]
    lacks: Mapping[str, str] = field(default_factory=dict)
    differs: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    leftovers: Callable[[], Mapping[str, object]] = dict
    costly: bool = False
    brief: bool = False

    def open(self, request: pytest.FixtureRequest | None = None, **options: Any) -> PooledSandbox:
        """Start it for a test, or skip or fail the test if this machine cannot."""
        for need in self.needs:
            require(need)
        if request is not None:
            self.mark(request)
        return self.start(**options)

    def mark(self, request: pytest.FixtureRequest) -> None:
        """Expect the running test to fail if it is about something that this backend lacks."""
        name = request.node.name.replace(f"{self.name}-", "").replace(f"[{self.name}]", "")
        if name in self.lacks:
            request.applymarker(pytest.mark.xfail(reason=self.lacks[name], strict=True))


def parameters(*, brief: bool = False) -> list[ParameterSet]:
    """Every backend as a parameter of a fixture or test.

    ``ALLCLOSE_BACKENDS`` names those whose contract is tested, where two runs share the work; else it is all of them.

    Args:
        brief: leave those that are brief to ``make test-hostile``.
    """
    marks = {True: (pytest.mark.exhaustive,), False: ()}
    chosen = os.environ.get("ALLCLOSE_BACKENDS", ",".join(one.name for one in BACKENDS)).split(",")
    if unknown := {*chosen} - {one.name for one in BACKENDS}:
        raise pytest.UsageError(f"ALLCLOSE_BACKENDS names {', '.join(sorted(unknown))}, which is no backend")
    left = {one.name: one.costly or (brief and one.brief) or one.name not in chosen for one in BACKENDS}
    return [pytest.param(backend, id=backend.name, marks=marks[left[backend.name]]) for backend in BACKENDS]


def _containers() -> Mapping[str, object]:
    """How many containers of this process there are."""
    with closing(connect()) as client:
        found = client.api.containers(all=True, filters={"label": OWNER_LABEL})
    return {"containers": sum(f"/{os.getpid()}/" in one["Labels"][OWNER_LABEL] for one in found)}


def _docker(**fixed: Any) -> Callable[..., PooledSandbox]:
    return lambda **options: DockerSandbox(images.sandbox_image(), **fixed, **options)


def _local(**fixed: Any) -> Callable[..., PooledSandbox]:
    return lambda **options: LocalSandbox(**fixed, **options)


#: What gVisor's kernel does not do.
_GVISOR = {
    "test_a_probe_inside_finds_the_wall[processes]": "no Landlock: /proc of the container can be listed, not read",
}

_GVISOR_FILES = {
    "files/devices": ("wrong_answer", "its own /dev has a terminal, which is connected to nothing"),
    "files/shadow": ("wrong_answer", "the container's own /etc/hostname can be read: it says sandbox"),
    "others_processes/proc_of_others": (
        "wrong_answer",
        "environment and mappings of others can be read, which are its own",
    ),
}

BACKENDS = (
    Backend("bubblewrap", ("bubblewrap",), _local(wall="bubblewrap")),
    Backend("unshare", ("unshare",), _local(wall="unshare"), brief=True),
    Backend("docker-runc", ("docker",), _docker(runtime="runc"), leftovers=_containers, brief=True),
    Backend(
        "docker-single-use",
        ("docker",),
        _docker(runtime="runc", slots="single-use"),
        leftovers=_containers,
        costly=True,
    ),
    Backend(
        "docker-runsc",
        ("docker", "runsc"),
        _docker(runtime="runsc"),
        _GVISOR,
        _GVISOR_FILES,
        _containers,
        costly=True,
    ),
)
