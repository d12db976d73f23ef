"""Lanes that die while nobody uses them."""

from __future__ import annotations

import time

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
