"""Lanes that die while nobody uses them, or before anybody could."""

from __future__ import annotations

import time

import pytest

from sandbox.jobs import Returned, RunJob, RunResult, SandboxUnavailable
from sandbox.lane import Lane
from sandbox.local import LocalSandbox
from tests.conftest import require
from tests.sandbox.jobs import assert_healthy


def test_asking_for_trouble_replaces_a_lane_that_died_waiting() -> None:
    """The next learner would wait for a lane that could have been warm, and nobody would hear that none can be had."""
    require("bubblewrap")
    sandbox = LocalSandbox()
    try:
        (lane,) = sandbox._open
        lane.hostile.end()
        assert sandbox.trouble() == ""
        assert lane not in sandbox._open
        deadline = time.monotonic() + 30
        while not sandbox._warm.qsize():
            assert time.monotonic() < deadline, "no lane replaced it"
            time.sleep(0.05)
        assert_healthy(sandbox)
    finally:
        sandbox.close()
    assert sandbox.trouble() == ""


def test_a_self_test_that_says_nothing_is_no_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slot that dies while the walls are proved would end the start with an error that nobody expects."""

    def silent(lane: Lane, job: RunJob) -> RunResult:
        return RunResult((Returned("", 1.0),), None, "")

    monkeypatch.setattr("sandbox.canary.eager.run", silent)
    with pytest.raises(SandboxUnavailable, match="said nothing"):
        LocalSandbox()
