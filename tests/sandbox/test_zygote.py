"""The relay loop, on pipes of the test's own."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from sandbox.frames import HEADER, FrameType
from sandbox.inside import zygote
from sandbox.inside.roles import Roles
from sandbox.inside.zygote import Zygote, _Child
from sandbox.walls import outer


def test_what_was_printed_before_a_result_is_sent_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A poll looks at one pipe after the other: prints that came meanwhile would be the next call's, or nobody's."""
    backend, to_backend = os.pipe()
    printed, prints = os.pipe()
    result, results = os.pipe()
    monkeypatch.setattr(zygote, "_BACKEND_OUT", to_backend)
    monkeypatch.setattr(zygote, "_wake_on_ended_children", lambda: -1)  # this process's signals are the test run's
    relay = Zygote(Roles({}, gpu=False), None)
    try:
        relay.children[7] = _Child(pid=0, stdin=-1, printed=printed, result=result)
        os.write(prints, b"one line")
        os.write(results, b"a result")
        relay._from_child(result)
        frames = os.read(backend, 1 << 10)
    finally:
        for descriptor in (backend, to_backend, printed, prints, result, results, relay.null):
            os.close(descriptor)
    first = HEADER.pack(FrameType.PRINTED, 7, 8) + b"one line"
    assert frames == first + HEADER.pack(FrameType.RESULT, 7, 8) + b"a result"


#: What a zygote is before it forks: how many threads it has, and whether a backend was started.
_PREPARED = """
import os
from jax._src import xla_bridge
from sandbox.inside import trace, zygote
from sandbox.inside.roles import roles_for
looked = xla_bridge._plugins_registered
zygote._prepare(roles_for(()))
print(len(os.listdir("/proc/self/task")), xla_bridge.backends_are_initialized())
print(looked, xla_bridge._plugins_registered, trace.prepare.cache_info().currsize)
"""


def test_what_is_prepared_for_the_children_starts_no_thread_and_no_backend() -> None:
    """A fork copies one thread only: whoever waits for another, with what it held, waits for ever."""
    settings = {**os.environ, **outer.ENVIRONMENT}
    done = subprocess.run([sys.executable, "-c", _PREPARED], env=settings, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["1 False", "False True 1"], "each child would look for plugins by itself"
