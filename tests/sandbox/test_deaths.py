"""Why a child died, from its exit status, what it used and its last words."""

from __future__ import annotations

import signal

import pytest

from sandbox.jobs import FailureKind, LimitName, Limits, SandboxUnavailable
from sandbox.slot import Exit
from sandbox.stages.deaths import death

_LIMITS = Limits(cpu_seconds=10, memory=1 << 30)
_SMALL, _LARGE = 200 << 20, 900 << 20


@pytest.mark.parametrize(
    ("ended", "printed", "kind", "limit"),
    [
        (Exit(-signal.SIGSYS, 1.0, _SMALL), "", "violation", None),
        (Exit(-signal.SIGXCPU, 10.0, _SMALL), "", "time", "cpu_seconds"),
        (Exit(-signal.SIGKILL, 11.0, _SMALL), "", "time", "cpu_seconds"),
        (Exit(-signal.SIGKILL, 1.0, 1100 << 20), "", "memory", "memory"),
        (Exit(-signal.SIGTERM, 1.0, _SMALL), "", "crash", None),
        (Exit(-signal.SIGSEGV, 1.0, _LARGE), "", "memory", "memory"),
        (Exit(-signal.SIGBUS, 1.0, _LARGE), "", "memory", "memory"),
        (Exit(-signal.SIGSEGV, 1.0, _SMALL), "", "crash", None),
        (Exit(-signal.SIGABRT, 1.0, _SMALL), "terminate called after throwing 'std::bad_alloc'", "memory", "memory"),
        (Exit(-signal.SIGABRT, 1.0, _SMALL), "LLVM ERROR: out of memory\nAllocation failed", "memory", "memory"),
        (Exit(-signal.SIGABRT, 1.0, _SMALL), "Check failed: pthread_create", "memory", "memory"),
        (Exit(1, 1.0, _SMALL), "OpenBLAS error: Memory allocation still failed after 10 attempts", "memory", "memory"),
        (Exit(127, 1.0, _SMALL), "libz.so: cannot map zero-fill pages", "memory", "memory"),
        (Exit(70, 1.0, _SMALL), "MemoryError", "memory", "memory"),
        (Exit(-signal.SIGABRT, 1.0, _SMALL), "", "crash", None),
        (Exit(3, 1.0, _LARGE), "", "crash", None),
        (Exit(0, 1.0, _LARGE), "MemoryError", "crash", None),
        (Exit(-signal.SIGSEGV, 1.0, _SMALL), "out of memory" + "." * 5000, "crash", None),
    ],
)
def test_a_death_is_told_by_its_evidence(ended: Exit, printed: str, kind: FailureKind, limit: LimitName | None) -> None:
    """A learner would be told of a crash where a limit was reached, or of a limit where none was."""
    found = death(ended, printed, _LIMITS)
    assert (found.kind, found.limit and found.limit.name) == (kind, limit)
    if limit is not None:
        assert found.message.endswith("allowed") or "are allowed" in found.message


@pytest.mark.parametrize(("cpu", "limited"), [(1.0, True), (30.0, False)])
def test_a_kill_without_a_limit_reached_is_our_fault(cpu: float, limited: bool) -> None:
    """A learner would be blamed for what the machine's administrator or its kernel did."""
    with pytest.raises(SandboxUnavailable, match="killed by something else than its limits"):
        death(Exit(-signal.SIGKILL, cpu, _SMALL), "", _LIMITS, cpu_limited=limited)


def test_a_kill_below_the_memory_limit_is_our_fault() -> None:
    """A learner whose job was large would be blamed for what an administrator did."""
    with pytest.raises(SandboxUnavailable):
        death(Exit(-signal.SIGKILL, 1.0, _LARGE), "", _LIMITS)


def test_a_signal_to_what_runs_no_learner_code_is_our_fault() -> None:
    """A vetter that an administrator ends would make an honest program an attack."""
    with pytest.raises(SandboxUnavailable):
        death(Exit(-signal.SIGTERM, 1.0, _SMALL), "", _LIMITS, learners=False)


def test_what_was_used_is_told_where_it_is_known() -> None:
    """A message would tell less than the kernel's own account."""
    over = death(Exit(-signal.SIGSEGV, 1.0, 1200 << 20), "", _LIMITS)
    assert over.message == "1.2 GiB of memory needed, 1 GiB allowed"
    assert over.limit is not None
    assert over.limit.exact
    spent = death(Exit(-signal.SIGXCPU, 12.34, _SMALL), "", _LIMITS)
    assert spent.message == "12.3 s of processor time used, 10 s allowed"
