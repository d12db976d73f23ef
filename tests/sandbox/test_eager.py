"""Eager jobs on every backend: what a process is given and when, and what becomes of those that do not play along."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
import pytest

from sandbox.arrays import Array
from sandbox.entries import Arrays
from sandbox.jobs import Called, Failed, Finished, GradeEvent, GradeJob, Limits, Sandbox, Signature
from sandbox.pool import PooledSandbox
from sandbox.tree import Leaf, Node, Static
from tests.conftest import first
from tests.sandbox.jobs import LIMITS, F

LARGE = np.arange(1 << 20, dtype=np.float32)


def _case(*values: Array) -> Signature:
    """``f(x)`` on each value in turn, in one process."""
    leaf = Leaf(values[0].dtype.name, values[0].shape)
    return Signature(F, Node("tuple", (leaf,)), tuple((value,) for value in values))


def _events(
    sandbox: Sandbox, source: str, cases: Sequence[Signature], limits: Limits = LIMITS, eager: Arrays = "numpy"
) -> list[GradeEvent]:
    return list(sandbox.grade(GradeJob(source, tuple(cases), limits=limits, eager=eager)))


def _values(events: Sequence[GradeEvent]) -> list[object]:
    """What every call returned: a string, or a scalar."""
    returned = [event.returned for event in events if isinstance(event, Called)]
    return [one.returns.value if isinstance(one.returns, Static) else one.outputs[0].item() for one in returned]


NUMBERS = [np.array(number, np.float32) for number in range(6)]


@pytest.mark.parametrize("library", ["numpy", "jax"])
def test_every_value_set_is_called_in_order(sandbox: PooledSandbox, library: Arrays) -> None:
    """A result would be compared with the expected output of other inputs."""
    events = _events(
        sandbox, "def f(x):\n    return 2 * x\n", [_case(*NUMBERS[:2]), _case(*NUMBERS[2:])], eager=library
    )
    assert [(event.signature, event.draw) for event in events if isinstance(event, Called)] == [
        (0, 0),
        (0, 1),
        *((1, draw) for draw in range(4)),
    ]
    assert _values(events) == [0, 2, 4, 6, 8, 10]
    assert isinstance(events[-1], Finished)


def test_a_case_has_a_process_of_its_own_and_its_value_sets_share_it(sandbox: PooledSandbox) -> None:
    """What one case leaves would reach the next; or a mutable default would pass, as no call would be a second one."""
    source = "def f(x, seen=[]):\n    seen.append(float(x))\n    return str(seen)\n"
    events = _events(sandbox, source, [_case(*NUMBERS[:2]), _case(*NUMBERS[2:4])])
    assert _values(events) == ["[0.0]", "[0.0, 1.0]", "[2.0]", "[2.0, 3.0]"]


def test_chance_differs_from_process_to_process(sandbox: PooledSandbox) -> None:
    """A result drawn at random would be the reference's own, as both come from one zygote."""
    source = "import random\nimport numpy as np\ndef f(x):\n    return str((np.random.rand(), random.random()))\n"
    events = _events(sandbox, source, [_case(*NUMBERS[:2]), _case(*NUMBERS[:2])])
    assert len(set(_values(events))) == 4


def test_large_inputs_and_results_go_through(sandbox: PooledSandbox) -> None:
    """An input larger than a pipe would wait for ever, or be taken for one that nobody reads."""
    events = _events(sandbox, "def f(x):\n    x[-1] = 7\n    return x[::-1]\n", [_case(LARGE, LARGE + 1)])
    returned = [event.returned for event in events if isinstance(event, Called)]
    assert [one.outputs[0].shape for one in returned] == [LARGE.shape] * 2
    assert [one.changed for one in returned] == [(0,), (0,)]
    assert returned[1].outputs[0][-1] == 1


CHANGING = {
    "numpy": {"x['w'][0] = 9": True, "x['w'][:] = x['w']": False, "x['w'].shape = (1, 2)": True},
    "jax": {
        "x['w'] = x['w'] + 1": True,
        "x['w'] = x['w'] + 0": False,
        "jax.jit(lambda a: a + 1, donate_argnums=0)(x['w'])": True,
    },
}
EITHER = {"x['v'] = 1": True, "del x['w']": True, "x.update(w=x)": True, "x = dict(x, v=1)": False, "pass": False}


@pytest.mark.parametrize("library", ["numpy", "jax"])
def test_what_is_changed_in_place_is_found(sandbox: PooledSandbox, library: Arrays) -> None:
    """An update of parameters in place would pass, and spoil what its caller holds; or a copy would be refused."""
    values = np.array([1, np.nan], np.float32)
    arguments = Node("tuple", (Node("dict", (Leaf("float32", (2,)),), ("w",)),))
    for line, changed in {**CHANGING[library], **EITHER}.items():
        source = f"import jax\ndef f(x):\n    {line}\n    return 0\n"
        events = _events(sandbox, source, [Signature(F, arguments, ((values,),))], eager=library)
        (returned,) = [event.returned for event in events if isinstance(event, Called)]
        assert returned.changed == ((0,) if changed else ()), line


def test_an_input_that_jax_shortens_is_not_changed(sandbox: PooledSandbox) -> None:
    """A float64 that x64 would be needed for would be charged to the learner."""
    (first, *_) = _events(sandbox, "def f(x):\n    return x\n", [_case(np.array([0.1]))], eager="jax")
    assert isinstance(first, Called)
    assert first.returned.changed == ()


def test_enough_ends_the_job_between_two_calls(sandbox: PooledSandbox) -> None:
    """Cases would be run that nobody waits for."""
    heard: list[GradeEvent] = []
    job = GradeJob(
        "def f(x):\n    return x\n", (_case(*NUMBERS[:4]), _case(*NUMBERS[4:])), eager="numpy", limits=LIMITS
    )
    for event in sandbox.grade(job, enough=lambda: len(heard) >= 2):
        heard.append(event)  # noqa: PERF402 - `enough` looks at it meanwhile
    assert [type(event) for event in heard] == [Called, Called, Finished]


#: Sends a result of its own making, with the ticket that the backend waits for.
LYING = """
import os, sys, time
from sandbox.inside import child
def f(x):
    frame = sys._getframe()
    while "ticket" not in frame.f_locals:
        frame = frame.f_back
    told = {"type": "returned", "returns": {"kind": "none"}, "kept": [False], "arrays": [], "left": []}
    if x[0] == 1:
        child.reply({**told, **frame.f_locals["ticket"]})
        THEN
    return x
"""


@pytest.mark.parametrize(
    ("then", "kind"),
    [
        ("time.sleep(60)", "time"),  # and reads no more: the next input does not fit into the pipe
        ("pass", "violation"),
        ("child.reply({'type': 'done'})", "violation"),
        ("os.closerange(4, 64)", "violation"),
        ("os.close(3)", "crash"),
        ("os._exit(0)", "crash"),
    ],
)
def test_a_process_that_does_not_play_along_is_charged_for_it(
    healthy_after: PooledSandbox, then: str, kind: str
) -> None:
    """Code could stop the service, or have what it broke counted as our fault."""
    begun = time.monotonic()
    limits = Limits(trace_seconds=2, memory=1 << 30)
    events = _events(healthy_after, LYING.replace("THEN", then), [_case(LARGE, LARGE + 1, LARGE + 2)], limits)
    failed = [event for event in events if isinstance(event, Failed)]
    assert [event.failure.kind for event in failed] == [kind]
    assert time.monotonic() - begun < 20


#: Takes the ticket of the next input from its header, answers, and leaves the rest of the input in the pipe.
CLOGGING = """
import json, os, struct, time
from sandbox.inside import child
def f(x):
    import sys
    frame = sys._getframe()
    while "ticket" not in frame.f_locals:
        frame = frame.f_back
    told = {"type": "returned", "returns": {"kind": "none"}, "kept": [False], "arrays": [], "left": []}
    child.reply({**told, **frame.f_locals["ticket"]})
    start = b""
    while len(start) < 16:
        start += os.read(4, 16 - len(start))
    length = struct.unpack("<4sIQ", start)[1]
    header = json.loads(os.read(4, length))
    child.reply({**told, "ticket": header["ticket"]})
    time.sleep(60)
"""


@pytest.mark.parametrize("size", first(1, [28_000, 20_000, 100_000]))
def test_an_input_that_is_not_taken_whole_is_the_learners_fault(healthy_after: PooledSandbox, size: int) -> None:
    """The zygote, which cannot move it on, would seem dead, and code could have its own fault counted as ours."""
    values = np.zeros(size, np.float32)
    limits = Limits(trace_seconds=2, memory=1 << 30)
    events = _events(healthy_after, CLOGGING, [_case(values, values + 1)], limits)
    assert [event.failure.kind for event in events if isinstance(event, Failed)] == ["time"]
