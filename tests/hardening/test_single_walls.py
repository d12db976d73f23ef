"""The hostile corpus against each wall with the other switched off.

Each wall is to hold on its own as far as it promises to; what only the other one can hold is listed here by name.
Invariant: a name that is listed and held, or held no longer and not listed, fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

import pytest

from app.judge.run import run_public
from app.problems.publishing.publish import publish
from sandbox import canary
from sandbox.jobs import SandboxUnavailable
from sandbox.lane import Lane
from sandbox.pool import PooledSandbox
from sandbox.walls import outer
from sandbox.walls.outer import WallName
from tests import images
from tests.backends import Backend
from tests.conftest import require
from tests.hardening import walls
from tests.hostile import corpus, leftovers
from tests.hostile.corpus import NEVER, Hostile
from tests.hostile.test_corpus import CANARY, Walled, _problem

#: How long what a submission has left may take to go.
_SETTLE_SECONDS = 3.0

#: Items of the corpus that only the other wall holds, with the reason, by the wall that is alone.
ONLY_OUTER: dict[str, str] = {}
_NO_FORK = "only the filter refuses new processes; an outer wall bounds their number, and ends them with the slot"
_SAME_USER = "only the filter keeps a child from its zygote, which is the same user to an outer wall"
ONLY_INNER: dict[str, str] = {
    "exit_crash/kill_oneself": "only the filter refuses SIGKILL, so that what a child dies of is known",
    "processes/fork_bomb": _NO_FORK,
    "processes/fork_bomb_that_catches": _NO_FORK,
    "processes/zombie_flood": _NO_FORK,
}
#: What the local walls alone leave behind or cannot tell apart, and a container's own profile and user do not.
_ONLY_INNER_LOCALLY = ONLY_INNER | {
    "harness/forbidden_calls_handled": _NO_FORK,
    "processes/clone3": _NO_FORK,
    "processes/double_fork": _NO_FORK,
    "processes/fork_by_the_32_bit_gate": _NO_FORK,
    "processes/raw_clone": _NO_FORK,
    "processes/raw_vfork": _NO_FORK,
    "others_processes/own_filter_by_prctl": "only the filter refuses a filter that kills, which looks like an outsider",
}
_ONLY_INNER_IN_CONTAINERS = ONLY_INNER | {
    "files/mark_on_the_parent": _SAME_USER,
    "others_processes/kill_everything": _SAME_USER,
}
_LISTED = {
    "inner": ONLY_OUTER,
    "bubblewrap": _ONLY_INNER_LOCALLY,
    "unshare": _ONLY_INNER_LOCALLY,
    "docker": _ONLY_INNER_IN_CONTAINERS,
}


def _honest(lane: Lane) -> None:
    """What of the self-test does not ask for both walls."""
    canary._honest_job(lane, "cpu")


def _start(wall: str) -> PooledSandbox:
    """A sandbox of one wall."""
    if wall == "inner":
        if not outer.is_root():
            pytest.skip(
                "the children of an ordinary user are that user: nothing but one wall would protect their files"
            )
        return PooledSandbox([walls.InnerOnly()], 1)
    require(wall)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(canary, "prove", _honest)
        if wall == "docker":
            return PooledSandbox([walls.ContainerOnly(images.sandbox_image())], 1)
        return PooledSandbox([walls.LocalOnly(cast("WallName", wall))], 1)


@dataclass
class Alone:
    """One wall; started anew after whatever it did not hold."""

    wall: str
    warm: list[Walled] = field(default_factory=list)

    def faults(self, hostile: Hostile) -> list[str]:
        """What a submission did that this wall did not hold."""
        if not self.warm:
            sandbox = _start(self.wall)
            backend = Backend(self.wall, (), lambda **_: sandbox)
            walled = Walled(backend, sandbox, publish(_problem(), sandbox), {})
            assert walled.grade(CANARY).verdict == "accepted"
            assert _walls_that_stand(walled) == {"inner" if self.wall == "inner" else "outer"}
            self.warm.append(Walled(backend, sandbox, walled.published, leftovers.look(backend.leftovers)))
        found = list(_faults(self.warm[0], hostile))
        if found:
            self.close()
        return found

    def close(self) -> None:
        """End it."""
        while self.warm:
            sandbox = self.warm.pop().sandbox
            assert isinstance(sandbox, PooledSandbox)
            sandbox.close()


#: Run eagerly, it tells which walls there are: the inner one limits descriptors, an outer one hides files.
_WHICH = b"""
import os, resource
def solve(x, y):
    print("there" if os.path.exists("/usr/bin/env") else "hidden")
    print("limited" if resource.getrlimit(resource.RLIMIT_NOFILE)[0] == 64 else "free")
    return x
"""


def _walls_that_stand(walled: Walled) -> set[str]:
    told = run_public(walled.published, _WHICH, walled.sandbox, None)
    printed = told.printed + "".join(call.printed for call in told.calls)
    assert "hidden" in printed or "there" in printed, told
    found = {"outer": "hidden" in printed, "inner": "limited" in printed}
    return {wall for wall, stands in found.items() if stands}


def _faults(walled: Walled, hostile: Hostile) -> Iterator[str]:
    source = hostile.source()
    try:
        run_public(walled.published, source, walled.sandbox, None)
        report = walled.grade(source)
        if report.verdict in NEVER:
            yield f"{report.verdict}: {report.message}"
        after = walled.grade(CANARY)
        if after.verdict != "accepted":
            yield f"the canary after it: {after.verdict}: {after.message}"
    except SandboxUnavailable as error:
        yield f"our fault: {error}"
    else:
        left = leftovers.settle(walled.before, walled.backend.leftovers, _SETTLE_SECONDS)
        if left and walled.grade(CANARY).verdict == "accepted":
            left = leftovers.settle(walled.before, walled.backend.leftovers, _SETTLE_SECONDS)
        if left:
            yield f"it has left (before, after): {left}"


@pytest.fixture(scope="module", params=_LISTED)
def alone(request: pytest.FixtureRequest) -> Iterator[Alone]:
    """Each wall without the other."""
    wall = Alone(request.param)
    yield wall
    wall.close()


@pytest.mark.exhaustive
@pytest.mark.parametrize("hostile", corpus.submissions(), ids=lambda hostile: f"{hostile.category}-{hostile.name}")
def test_one_wall_holds_what_it_promises(alone: Alone, hostile: Hostile) -> None:
    """A wall would be worth nothing on the day the other one breaks."""
    found = alone.faults(hostile)
    reason = _LISTED[alone.wall].get(f"{hostile.category}/{hostile.name}")
    if reason is None:
        assert not found
    else:
        assert found, f"held by this wall alone, which is said to be impossible: {reason}"
