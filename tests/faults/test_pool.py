"""Lanes that die while nobody uses them, before anybody could, or without a word."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from sandbox.jobs import Limits, Returned, RunJob, RunResult, SandboxUnavailable
from sandbox.lane import Lane
from sandbox.local import LocalSandbox
from tests.conftest import require
from tests.faults import victims
from tests.sandbox.jobs import assert_healthy, grade_job


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


def test_the_silence_of_a_whole_slot_is_no_time_limit() -> None:
    """A busy daemon tells the end of a container late: a learner would be blamed for the time until then."""
    require("bubblewrap")
    sandbox = LocalSandbox()
    stopped = []

    def stop_the_slot() -> None:
        [zygote] = [found for found in victims.of_kind("zygote", os.getpid()) if _traces(found)]
        os.kill(zygote.number, signal.SIGSTOP)
        stopped.append(zygote)

    try:
        events = sandbox.grade(grade_job("def f(x):\n    while True:\n        pass\n", limits=Limits(trace_seconds=2)))
        killer = threading.Timer(1.0, stop_the_slot)
        killer.start()
        with pytest.raises(SandboxUnavailable):
            list(events)
        killer.join()
        assert stopped
    finally:
        sandbox.close()


def _traces(zygote: victims.Process) -> bool:
    return any(found.parent == zygote.number for found in victims.of_kind("trace", os.getpid()))
