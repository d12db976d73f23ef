"""What a child that runs learner code could do to the vetter that lives beside it."""

from __future__ import annotations

from sandbox.jobs import Vetted
from sandbox.pool import PooledSandbox
from tests.sandbox.jobs import GOOD, grade, printed

_DESCRIPTORS = """
import os
try:
    others = {int(name) for name in os.listdir("/proc") if name.isdigit()}
except OSError:
    others = set(range(1, 2000))
for other in others - {os.getpid()}:
    for descriptor in range(64):
        for mode in (os.O_RDONLY, os.O_WRONLY):
            try:
                opened = os.open(f"/proc/{other}/fd/{descriptor}", mode | os.O_NONBLOCK)
            except OSError:
                continue
            if os.fstat(opened).st_rdev != os.stat("/dev/null").st_rdev:
                print("opened", other, descriptor, mode)
"""
_SIGNALS = """
import os, signal
for other in range(1, 200):
    for number in (signal.SIGSTOP, signal.SIGKILL, signal.SIGTERM, 0):
        try:
            if other != os.getpid():
                os.kill(other, number)
                print("sent", other, number)
        except OSError:
            pass
"""


def test_no_descriptor_of_another_process_can_be_opened(sandbox: PooledSandbox) -> None:
    """A learner would write the vetter's answer, or frames in the name of another child."""
    assert printed(sandbox, _DESCRIPTORS + GOOD) == ""


def test_no_signal_reaches_another_process(sandbox: PooledSandbox) -> None:
    """A learner would stop the vetter, and be told that the fault is ours."""
    events = grade(sandbox, _SIGNALS + GOOD)
    assert not any(isinstance(event, Vetted) for event in events), "the first signal ends the sender"
    assert getattr(events[-1], "printed", None) == ""
