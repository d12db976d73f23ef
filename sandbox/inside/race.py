"""Runs two vetted programs in turns and tells how long each took, for a rule on run time.

Invariant: both programs get the same inputs, lying ready on the device; in each turn each runs once, and who is first
alternates, so that what disturbs the machine disturbs both alike.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any

from sandbox.arrays import Array

#: Turns that are made however long they take.
_LEAST = 3


def race(pair: Sequence[Any], inputs: Sequence[Array], put: Any, turns: int, seconds: float) -> Iterator[list[int]]:
    """Nanoseconds of each program in each turn, as it is done; fewer than ``turns`` once ``seconds`` are over.

    Args:
        pair: the two executables.
        inputs: of both.
        put: puts a value on the device.
        turns: how many.
        seconds: after which no turn begins, but for the first few.
    """
    buffers = [put(value) for value in inputs]
    for buffer in buffers:
        buffer.block_until_ready()
    for executable in pair:
        _once(executable, buffers)  # what happens only the first time is nobody's run time
    end = time.perf_counter() + seconds
    for turn in range(turns):
        if turn >= _LEAST and time.perf_counter() > end:
            return
        times = [0, 0]
        for which in (0, 1) if turn % 2 == 0 else (1, 0):
            times[which] = _once(pair[which], buffers)
        yield times


def _once(executable: Any, buffers: Sequence[Any]) -> int:
    start = time.perf_counter_ns()
    results = executable.execute_sharded(buffers).disassemble_into_single_device_arrays()
    for result in results:
        result[0].block_until_ready()
    return time.perf_counter_ns() - start
