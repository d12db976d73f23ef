"""Every limit: its default, another value, the failure it makes, and the sentence that names both amounts."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox import limits as limiting
from sandbox.inside.wall import MAX_THREADS
from sandbox.jobs import CasesJob, Evaluated, Failure, FailureKind, GradeJob, LimitName, Limits
from sandbox.local import LocalSandbox
from sandbox.tree import MAX_DEPTH, MAX_LEAVES
from tests.sandbox.jobs import GOOD, LIMITS, failure, grade, run_job

_THREADS = """
import threading, time
threading.stack_size(65536)
def f(x):
    for _ in range(1000):
        threading.Thread(target=time.sleep, args=(60,)).start()
"""
_NESTED = "def f(x):\n    for _ in range(10):\n        x = (x,)\n    return x\n"
_SPIN = "def f(x):\n    while True:\n        pass\n"
_LOOP = "import jax\ndef f(x):\n    return jax.lax.while_loop(lambda c: True, lambda c: c + 1, x)\n"
_BIG = "import jax.numpy as jnp\ndef f(x):\n    return jnp.zeros((1 << 20,), jnp.float32) + x.sum()\n"

_CONSTANT = "import jax.numpy as jnp, numpy as np\nrandom = np.random.default_rng(0).random\n"

#: name of the limit: a lower value of it, a source that goes beyond that, what the failure is and says.
BEYOND: dict[LimitName, tuple[float, str, FailureKind, str]] = {
    "trace_seconds": (1.5, _SPIN, "time", r"(tracing|the run) took \d+\.\d s, 1\.5 s allowed"),
    "evaluate_seconds": (1.5, _LOOP, "time", r"compiling and running the programs took \d+\.\d s, 1\.5 s allowed"),
    "cpu_seconds": (2, _SPIN, "time", r"\d+\.\d s of processor time used, 2 s allowed"),
    "memory": (
        600 << 20,
        "import numpy as np\ndef f(x):\n    return np.ones(1 << 27)\n",
        "memory",
        r"1 GiB of memory needed, 600 MiB allowed \(Unable to allocate 1\.00 GiB for an array .*\)",
    ),
    "output": (
        2048,
        "def f(x):\n    print('x' * 5000)\n    return x\n",
        "output",
        "more than 2 KiB printed, 2 KiB allowed",
    ),
    "threads": (100, _THREADS, "violation", "more than 100 threads started, 100 allowed"),
    "file_size": (
        0,
        "def f(x):\n    open('x', 'w').write('x')\n",
        "violation",
        r"a file was to be written, 0 bytes allowed \(\[Errno \d+\] .*: 'x'\)",
    ),
    "artifact": (
        16 << 10,
        f"{_CONSTANT}def f(x):\n    return x + jnp.asarray(random(8192, np.float32)).sum()\n",
        "memory",
        r"a traced program of 3\d\.\d KiB, 16 KiB allowed",
    ),
    "operations": (
        100,
        "def f(x):\n    for _ in range(200):\n        x = x * 2\n    return x\n",
        "compile",
        "a traced program of more than 100 operations, 100 allowed",
    ),
    "leaves": (
        10,
        "def f(x):\n    return [None] * 11\n",
        "output",
        "a value made of more than 10 arrays and containers, 10 allowed",
    ),
    "depth": (5, _NESTED, "output", "a value nested more than 5 levels deep, 5 allowed"),
    "result": (1 << 20, _BIG, "output", "a result of 4 MiB, 1 MiB allowed"),
}
#: What an eager run has no part in: it traces, exports and evaluates nothing.
_GRADE_ONLY = {"evaluate_seconds", "artifact", "operations"}


def beyond(name: LimitName) -> tuple[str, Limits]:
    """The source that goes beyond a limit, and the limits of its job."""
    value, source, _, _ = BEYOND[name]
    changed: dict[str, Any] = {} if name == "file_size" else {name: value}
    # On a busy machine, seconds of processor time take many of wall clock.
    return source, replace(LIMITS, **{"trace_seconds": 60, **changed})


def check(found: Failure | None, name: LimitName) -> None:
    """The failure is of this limit, and says so in fields and in words."""
    value, _, kind, words = BEYOND[name]
    assert found is not None
    assert found.limit is not None, found
    assert (found.kind, found.limit.name, found.limit.allowed) == (kind, name, value)
    assert found.limit.unit == limiting.UNITS[name]
    assert found.limit.used >= value
    assert found.limit.used > value or found.limit.unit == "seconds" or not found.limit.exact
    assert re.fullmatch(words, found.message), found.message


def test_every_limit_is_tested() -> None:
    """A new limit could be told wrongly, or not be kept."""
    # The source is the judge's to check, before there is a job.
    assert {field.name for field in fields(Limits)} | {"file_size"} == {*BEYOND, "source"} == {*limiting.UNITS}


def test_the_defaults_are_within_what_the_sandbox_can_keep() -> None:
    """A default could be promised that a wall or a reader cuts short."""
    assert Limits.threads == MAX_THREADS
    assert (Limits.leaves, Limits.depth) == (MAX_LEAVES, MAX_DEPTH)


@pytest.mark.parametrize("name", BEYOND)
def test_a_limit_ends_a_grading(default_sandbox: LocalSandbox, name: LimitName) -> None:
    """A submission would use more than it may, or its learner would not be told what of."""
    source, limits = beyond(name)
    check(failure(default_sandbox, source, limits=limits), name)


@pytest.mark.parametrize("name", [name for name in BEYOND if name not in _GRADE_ONLY])
def test_a_limit_ends_a_run(default_sandbox: LocalSandbox, name: LimitName) -> None:
    """A run would use more than it may, or its learner would not be told what of."""
    source, limits = beyond(name)
    result = default_sandbox.run(run_job(source, np.ones(3, np.float32), limits=limits))
    check(result.failure or result.calls[0].failure, name)


@pytest.mark.parametrize("name", [name for name in BEYOND if name not in _GRADE_ONLY])
def test_a_limit_ends_the_making_of_cases(default_sandbox: LocalSandbox, name: LimitName) -> None:
    """An author's ``cases.py`` would use more than it may, or its author would not be told what of."""
    source, limits = beyond(name)
    source += "import jax.numpy as jnp\ndef public():\n    return {'a case': (f(jnp.ones(3)),)}\n"
    found = default_sandbox.cases(CasesJob(source, 1, 2, limits=limits)).failure
    assert found is not None
    check(replace(found, message=found.message.replace("making the cases took", "the run took")), name)


def test_a_limit_that_is_not_reached_changes_nothing(default_sandbox: LocalSandbox) -> None:
    """Limits just above what honest code needs would fail it."""
    tight = Limits(leaves=3, depth=1, result=24, operations=100, artifact=4096, output=6, threads=128)
    source = "def f(x):\n    print('hello')\n    return x * 2, x\n"
    events = grade(default_sandbox, source, limits=tight)
    assert [type(event) for event in events if isinstance(event, Evaluated)] == [Evaluated], events


def test_a_greater_limit_lets_more_through(default_sandbox: LocalSandbox) -> None:
    """A problem that needs more than the default could not have it."""
    source = f"{_CONSTANT}def f(x):\n    return x + jnp.asarray(random(3_000_000, np.float32)).sum()\n"
    assert failure(default_sandbox, source).limit is not None
    roomy = replace(LIMITS, artifact=16 << 20)
    assert any(isinstance(event, Evaluated) for event in grade(default_sandbox, source, limits=roomy))


def test_the_evaluator_says_what_a_program_needs(default_sandbox: LocalSandbox) -> None:
    """A program that fits no memory would crash the evaluator, or be told of without amounts."""
    sorts = "jnp.sort(y, axis=0) @ jnp.sort(y)"
    source = f"import jax.numpy as jnp\ndef f(x):\n    y = jnp.outer(x, x)\n    return ({sorts}).sum()\n"
    found = failure(default_sandbox, source, sizes=(12_000,), limits=replace(LIMITS, memory=1 << 30))
    assert found.limit is not None
    assert (found.kind, found.limit.name, found.limit.exact) == ("memory", "memory", True)
    assert re.match(r"\d\.\d GiB of memory needed, 1 GiB allowed", found.message)


def test_a_line_is_named_where_processor_time_ran_out(default_sandbox: LocalSandbox) -> None:
    """A learner would have to look for the endless loop."""
    found = failure(default_sandbox, _SPIN, limits=replace(LIMITS, cpu_seconds=1, trace_seconds=60))
    assert [frame.function for frame in found.frames] == ["f"]
    assert found.frames[0].line in (2, 3)


def test_processor_time_counts_all_threads(default_sandbox: LocalSandbox) -> None:
    """Many busy threads would use many times what one may."""
    source = """
import hashlib, threading
def spin():
    while True:
        hashlib.sha256(bytes(1 << 22))
def f(x):
    for _ in range(4):
        threading.Thread(target=spin, daemon=True).start()
    spin()
"""
    found = failure(default_sandbox, source, limits=replace(LIMITS, cpu_seconds=2, trace_seconds=60))
    assert found.limit is not None
    assert found.limit.name == "cpu_seconds"


@pytest.mark.parametrize(
    "source",
    [
        "import numpy\ndef f(x):\n    open(numpy.__file__, 'a')\n",
        "import numpy as np\ndef f(x):\n    np.save('y', np.ones(3))\n",
    ],
)
def test_a_file_that_cannot_be_written_is_told_as_that(default_sandbox: LocalSandbox, source: str) -> None:
    """Whoever saves an array would be told of permissions, and look for them."""
    found = failure(default_sandbox, source)
    assert (found.kind, found.limit and found.limit.name) == ("violation", "file_size")


def test_a_file_that_cannot_be_read_is_not_told_as_written(default_sandbox: LocalSandbox) -> None:
    """Whoever reads a file would be told that they wrote one."""
    assert failure(default_sandbox, "def f(x):\n    open('/etc/passwd').read()\n").limit is None


def test_a_hostile_amount_is_not_believed(default_sandbox: LocalSandbox) -> None:
    """A child could have any number shown, or a limit that is none."""
    forge = """
import os
from sandbox.frames import Message
def f(x):
    failure = {"kind": "time", "message": "m", "limit": {"name": %s, "used": %s, "allowed": 1}}
    os.write(3, Message({"type": "failed", "signature": 0, "failure": failure}, b"").encode())
    os._exit(0)
"""
    assert failure(default_sandbox, forge % ('"nothing"', 5)).limit is None
    for used in ("-1", "1e400", "'x'", "None", "10**30"):
        found = failure(default_sandbox, forge % ('"memory"', used)).limit
        assert found is not None
        assert (found.allowed, found.used, found.exact) == (LIMITS.memory, LIMITS.memory, False)


@given(used=st.integers(1, 1 << 50), bound=st.integers(0, 1 << 50))
def test_unequal_sizes_never_look_equal(used: int, bound: int) -> None:
    """A message would say that 8 MiB were used where 8 MiB are allowed."""
    limit = limiting.reached(Limits(artifact=bound), "artifact", used)
    first, second = re.fullmatch(r"a traced program of (.*), (.*) allowed", limiting.sentence(limit)).groups()  # type: ignore[union-attr]
    assert (first == second) == (used == bound)


def test_the_thread_limit_leaves_jax_room(default_sandbox: LocalSandbox) -> None:
    """The lowest value that a problem may set would fail honest code."""
    job = GradeJob(GOOD, (), limits=replace(LIMITS, threads=64))
    assert list(default_sandbox.grade(job))
    assert any(isinstance(event, Evaluated) for event in grade(default_sandbox, GOOD, limits=job.limits))
