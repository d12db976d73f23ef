"""Lanes that die while nobody uses them, before anybody could, or without a word."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from sandbox.jobs import Limits, Returned, RunJob, RunResult, SandboxUnavailable
from sandbox.lane import Lane, Purpose
from sandbox.local import LocalSandbox
from sandbox.slot import Slot
from sandbox.stream import ProcessStream
from tests.conftest import first, require
from tests.faults import victims
from tests.sandbox.jobs import assert_healthy, grade_job

#: Code that keeps a child of each kind busy for ever.
_ENDLESS = {
    "trace": "def f(x):\n    while True:\n        pass\n",
    "evaluate": "import jax\ndef f(x):\n    return jax.lax.while_loop(lambda c: True, lambda c: c + 1, x)\n",
}


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


@pytest.mark.parametrize("role", first(1, _ENDLESS))
def test_the_silence_of_a_whole_slot_is_no_time_limit(role: str) -> None:
    """A busy daemon tells the end of a container late: a learner would be blamed for the time until then."""
    require("bubblewrap")
    sandbox = LocalSandbox()
    stopped = []

    def stop_the_slot() -> None:
        [zygote] = [found for found in victims.of_kind("zygote", os.getpid()) if _has(found, role)]
        os.kill(zygote.number, signal.SIGSTOP)
        stopped.append(zygote)

    try:
        events = sandbox.grade(grade_job(_ENDLESS[role], limits=Limits(trace_seconds=3, evaluate_seconds=3)))
        killer = threading.Timer(2.0, stop_the_slot)
        killer.start()
        with pytest.raises(SandboxUnavailable):
            list(events)
        killer.join()
        assert stopped
    finally:
        sandbox.close()


def test_closing_does_not_wait_for_a_lane_that_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that is told to stop while a sandbox process hangs would keep its operator waiting for a minute."""
    require("bubblewrap")
    sandbox = LocalSandbox()
    started = threading.Event()

    def hang(purpose: Purpose) -> Slot:
        started.set()
        return Slot(ProcessStream(["sleep", "600"], {**os.environ, "SLOT": purpose}))

    try:
        monkeypatch.setattr(sandbox.walls, "start", hang)
        next(iter(sandbox._open)).hostile.end()
        assert sandbox.trouble() == ""
        assert started.wait(10)
        time.sleep(0.2)
    finally:
        begun = time.monotonic()
        sandbox.close()
    assert time.monotonic() - begun < 10


def _has(zygote: victims.Process, role: str) -> bool:
    return any(found.parent == zygote.number for found in victims.of_kind(role, os.getpid()))
