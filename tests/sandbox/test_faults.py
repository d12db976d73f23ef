"""Faults of our own and greedy children: no lane is lost, nothing of ours fills up, one kind of error comes out."""

from __future__ import annotations

import resource
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from sandbox.jobs import Evaluated, Failed, Lanes, Limits, SandboxUnavailable, Vetted
from sandbox.lane import Lane, Purpose
from sandbox.local import LocalSandbox
from sandbox.slot import Slot
from tests.sandbox.jobs import GOOD, assert_healthy, failure, grade, grade_job, printed, run_job


def lane_of(sandbox: LocalSandbox) -> Lane:
    """The lane of a sandbox that has one."""
    (lane,) = sandbox._open
    return lane


def eventually(attempt: Callable[[], None], seconds: float = 15.0) -> None:
    """Try again while the sandbox heals."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            attempt()
        except SandboxUnavailable:
            assert time.monotonic() < deadline, "the sandbox did not heal"
            time.sleep(0.1)
        else:
            return


@pytest.mark.parametrize("which", ["hostile", "evaluators"])
def test_a_slot_that_dies_between_jobs_is_replaced(which: str) -> None:
    """A killed zygote would make every later submission fail."""
    sandbox = LocalSandbox()
    try:
        getattr(lane_of(sandbox), which).end()
        eventually(lambda: assert_healthy(sandbox))
    finally:
        sandbox.close()


def test_a_slot_that_dies_during_a_job_is_our_fault_and_nothing_else(default_sandbox: LocalSandbox) -> None:
    """A learner would be blamed, or an error that nobody expects would come out."""
    events = default_sandbox.grade(grade_job("def f(x):\n    while True:\n        pass\n"))
    lane = lane_of(default_sandbox)
    killer = threading.Timer(0.5, lane.hostile.end)
    killer.start()
    with pytest.raises(SandboxUnavailable):
        list(events)
    killer.join()
    eventually(lambda: assert_healthy(default_sandbox))


def test_a_relaunch_that_fails_does_not_lose_the_lane(monkeypatch: pytest.MonkeyPatch) -> None:
    """After one bad moment of the machine, jobs would wait for a lane for ever."""
    sandbox = LocalSandbox()
    real, failures = sandbox.walls.start, iter([True, True, False])

    def sometimes(purpose: Purpose) -> Slot:
        if next(failures, False):
            raise SandboxUnavailable("the machine has a bad moment")
        return real(purpose)

    try:
        monkeypatch.setattr(sandbox.walls, "start", sometimes)
        lane_of(sandbox).hostile.end()
        eventually(lambda: assert_healthy(sandbox))
        assert sandbox.lanes() == Lanes(wanted=1, warm=1, busy=0, started=2, failed=2)
    finally:
        sandbox.close()


def test_a_lane_that_works_is_told_as_busy(default_sandbox: LocalSandbox) -> None:
    """An operator could not see that every lane is taken, and make more."""
    events = default_sandbox.grade(grade_job(GOOD))
    next(events)
    assert (default_sandbox.lanes().warm, default_sandbox.lanes().busy) == (0, 1)
    assert [*events]
    assert (default_sandbox.lanes().warm, default_sandbox.lanes().busy) == (1, 0)


def test_closing_ends_running_and_waiting_jobs() -> None:
    """A server that stops would hang on its own sandbox."""
    sandbox = LocalSandbox()
    ends: list[type[BaseException] | None] = []

    def job() -> None:
        try:
            grade(sandbox, "def f(x):\n    while True:\n        pass\n", limits=Limits(trace_seconds=60))
        except BaseException as error:  # noqa: BLE001 - the kind of error is what is asked
            ends.append(type(error))
        else:
            ends.append(None)

    threads = [threading.Thread(target=job) for _ in range(3)]
    for thread in threads:
        thread.start()
    time.sleep(0.7)
    sandbox.close()
    for thread in threads:
        thread.join(timeout=15)
    assert ends == [SandboxUnavailable] * 3
    sandbox.close()


def test_a_closed_slot_touches_no_descriptor(default_sandbox: LocalSandbox) -> None:
    """A frame would be written into whatever file got the slot's old descriptor number."""
    lane = lane_of(default_sandbox)
    child = lane.hostile.spawn("vet", lane._wall(lane.hostile, 1 << 30, 10), output_limit=10, max_body=10)
    lane.hostile.close()
    with pytest.raises(SandboxUnavailable):
        child.end()
    with pytest.raises(SandboxUnavailable):
        lane.hostile.spawn("vet", {}, output_limit=10, max_body=10)
    eventually(lambda: assert_healthy(default_sandbox))


def test_more_results_than_calls_are_a_violation(default_sandbox: LocalSandbox) -> None:
    """A run could pile up forged results in the service's memory, and have them shown."""
    source = """
import json, os
from sandbox.frames import Message
def f(x):
    header = {"type": "returned", "returns": {"kind": "none"}, "arrays": [], "milliseconds": 1}
    for _ in range(50):
        os.write(3, Message(header, b"").encode())
    return x
"""
    result = default_sandbox.run(run_job(source))
    assert result.failure is not None
    assert result.failure.kind == "violation"
    assert len(result.calls) <= 1


def test_what_is_sent_ahead_is_bounded(default_sandbox: LocalSandbox) -> None:
    """A child that floods its result pipe would fill the service's memory before anybody reads."""
    source = """
import os
from sandbox.frames import Message
def f(x):
    chunk = Message({"type": "x", "pad": ["a"] * 400_000}, b"").encode()
    while True:
        os.write(3, chunk)
"""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert failure(default_sandbox, source).kind == "violation"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300 << 10
    eventually(lambda: assert_healthy(default_sandbox))


def test_a_program_that_is_not_taken_does_not_stall_the_lane(default_sandbox: LocalSandbox) -> None:
    """An endless program with a long one behind it would hold the lane for seconds after its verdict."""
    source = """
import jax, jax.numpy as jnp, numpy as np
TABLE = np.random.default_rng(0).normal(size=1_500_000).astype("float32")
def f(x):
    if x.shape[0] == 3:
        return jax.lax.while_loop(lambda c: True, lambda c: c + 1, x)
    return x + jnp.asarray(TABLE).sum()
"""
    limits = Limits(trace_seconds=20, evaluate_seconds=2, memory=1 << 30)
    start = time.monotonic()
    events = grade(default_sandbox, source, sizes=(3, 4), limits=limits)
    assert [event.failure.kind for event in events if isinstance(event, Failed)] == ["time"]
    assert time.monotonic() - start < 9
    eventually(lambda: assert_healthy(default_sandbox))


def test_tracing_is_not_charged_as_running(default_sandbox: LocalSandbox) -> None:
    """A learner whose function is slow to trace would be told that its program is slow to run."""
    source = "import time\ndef f(x):\n    time.sleep(0.5)\n    return x\n"
    limits = Limits(trace_seconds=20, evaluate_seconds=1.5, memory=1 << 30)
    events = grade(default_sandbox, source, sizes=(2, 3, 4, 5, 6), limits=limits)
    assert len([event for event in events if isinstance(event, Evaluated)]) == 5


def test_all_programs_of_a_submission_share_one_limit(default_sandbox: LocalSandbox) -> None:
    """Many endless programs would hold a lane many times as long."""
    body = "jax.lax.while_loop(lambda c: True, lambda c: c + 1, x) + jnp.linalg.inv(jnp.eye(2))[0, 0]"
    source = f"import jax, jax.numpy as jnp\ndef f(x):\n    return {body}\n"
    limits = Limits(trace_seconds=20, evaluate_seconds=2, memory=1 << 30)
    start = time.monotonic()
    events = grade(default_sandbox, source, sizes=(2, 3, 4, 5), limits=limits)
    assert time.monotonic() - start < 7
    assert [event.failure.kind for event in events if isinstance(event, Failed)] == ["time"]


def test_a_submission_cannot_slow_down_the_next(sandbox: LocalSandbox) -> None:
    """Binding the zygote to one processor would slow down every later submission in the slot."""
    source = f"import os\ntry:\n    os.sched_setaffinity(1, {{0}})\nexcept OSError:\n    pass\n{GOOD}"
    before = printed(sandbox, f"import os\nprint(os.sched_getaffinity(0))\n{GOOD}")
    grade(sandbox, source)
    assert printed(sandbox, f"import os\nprint(os.sched_getaffinity(0))\n{GOOD}") == before


def test_memory_that_grows_down_or_is_shared_is_refused(sandbox: LocalSandbox) -> None:
    """Memory of a kind that no limit counts would fill the machine."""
    source = """
import mmap
for flags in (mmap.MAP_SHARED, mmap.MAP_PRIVATE | 0x100, mmap.MAP_PRIVATE | 0x40000):
    try:
        mmap.mmap(-1, 1 << 20, flags=flags | mmap.MAP_ANONYMOUS)
    except OSError:
        print("refused")
"""
    assert printed(sandbox, source + GOOD) == "refused\n" * 3


def test_enough_ends_a_job_and_still_tells_where_the_time_went(default_sandbox: LocalSandbox) -> None:
    """A verdict that is decided early would wait for the rest, or lose what was printed."""
    seen: list[Any] = []

    def enough() -> bool:
        return any(isinstance(event, Vetted) for event in seen)

    seen.extend(default_sandbox.grade(grade_job(f"print('hello')\n{GOOD}", sizes=(3, 4, 5)), enough))
    assert len([event for event in seen if isinstance(event, Vetted)]) == 1
    assert seen[-1].printed == "hello\n"
    assert seen[-1].timings["trace"] > 0
    assert_healthy(default_sandbox)


def test_whatever_keeps_a_lane_from_starting_it_is_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lane would be lost for good to an error that nobody thought of, such as a library's own."""
    sandbox = LocalSandbox()
    real, failures = sandbox.walls.start, iter([AttributeError("no attribute 'raw'"), OSError("no descriptor")])

    def sometimes(purpose: Purpose) -> Slot:
        if (error := next(failures, None)) is not None:
            raise error
        return real(purpose)

    try:
        monkeypatch.setattr(sandbox.walls, "start", sometimes)
        lane_of(sandbox).hostile.end()
        eventually(lambda: assert_healthy(sandbox))
        assert sandbox.trouble() == ""
    finally:
        sandbox.close()


def test_one_lane_that_cannot_be_replaced_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """A service with four lanes would stand still because it has three."""
    sandbox = LocalSandbox(lanes=2)

    def never_again(purpose: Purpose) -> Slot:
        raise SandboxUnavailable(f"no descriptor is left for {purpose}")

    try:
        for _ in range(200):
            if len(sandbox._open) == 2:
                break
            time.sleep(0.05)
        monkeypatch.setattr(sandbox.walls, "start", never_again)
        next(iter(sandbox._open)).hostile.end()
        eventually(lambda: assert_healthy(sandbox))
        assert sandbox.trouble() == ""
        for lane in list(sandbox._open):
            lane.hostile.end()
        eventually_troubled = time.monotonic() + 10
        while not sandbox.trouble() and time.monotonic() < eventually_troubled:
            time.sleep(0.05)
        assert "no descriptor is left" in sandbox.trouble()
    finally:
        sandbox.close()
