"""What a run prints belongs to the call that printed it."""

from __future__ import annotations

import numpy as np
import pytest

from sandbox.jobs import Limits, Sandbox
from tests.sandbox.jobs import run_job

_CALLS = 60
_SOURCE = """
print("loaded")
def f(x):
    print("call", float(x))
    return x
"""


@pytest.mark.parametrize("repeat", range(3))
def test_every_call_has_its_own_prints(sandbox: Sandbox, repeat: int) -> None:
    """A learner would look for a fault in the wrong case; and the self-test of the walls reads what it printed."""
    values = [np.array(number, np.float32) for number in range(_CALLS)]
    result = sandbox.run(run_job(_SOURCE, *values, limits=Limits()))
    assert result.failure is None
    assert result.printed == "loaded\n"
    assert [call.printed for call in result.calls] == [f"call {number}.0\n" for number in range(_CALLS)]
