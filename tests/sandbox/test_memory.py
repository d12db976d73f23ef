"""Memory that runs out is a memory failure, however the library at hand dies of it, and wherever the code runs."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sandbox.jobs import CasesJob, Evaluated, Failed, Failure, Limits, Sandbox, SandboxUnavailable
from sandbox.local import LocalSandbox
from sandbox.stream import ProcessStream
from sandbox.walls import cgroup
from tests.sandbox.jobs import assert_healthy, failure, grade, grade_job, run_job

_LIMITS = Limits(trace_seconds=20, cpu_seconds=40, evaluate_seconds=20, memory=1 << 30)

#: Takes all memory in objects, and gives back as many of the large ones as it is told.
_FILL = """
kept = []
def fill(left=0):
    for piece in (1 << 20, 1 << 12, 1 << 8):
        try:
            while True:
                kept.append(bytearray(piece))
        except MemoryError:
            pass
    del kept[:left]
"""
#: Takes all memory in pages that nobody touches, so that the process stays small to its end.
_RESERVE = """
import mmap
kept = []
def fill():
    for piece in (1 << 20, 1 << 16, 1 << 12):
        try:
            while True:
                kept.append(mmap.mmap(-1, piece, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS))
        except OSError:
            pass
"""
_CAUGHT = "def f(x):\n    try:\n        [0] * (1 << 37)\n    except MemoryError:\n        raise"
_SLEEPERS = "for _ in range(5000):\n        threading.Thread(target=time.sleep, args=(60,)).start()"
_JNP = "import jax.numpy as jnp\ndef f(x):\n    fill({})\n    return"
_LAST_WORDS = "OpenBLAS error: Memory allocation still failed after 10 attempts, giving up."

#: How libraries and code fail when memory runs out.
DEATHS = {
    "MemoryError of a list": "def f(x):\n    return [0] * (1 << 37)\n",
    "MemoryError of small pieces": "def f(x):\n    kept = []\n    while True:\n        kept.append(bytearray(99))\n",
    "MemoryError of a string": "def f(x):\n    text = 'x'\n    while True:\n        text += text\n",
    "NumPy's own MemoryError": "import numpy as np\ndef f(x):\n    return np.ones(1 << 34)\n",
    "MemoryError raised anew as another": f"{_CAUGHT} ValueError('no') from None\n",
    "MemoryError turned into an exit": f"{_CAUGHT} SystemExit(3)\n",
    "a mapping that the kernel refuses": "import mmap\ndef f(x):\n    mmap.mmap(-1, 1 << 40, flags=0x22)\n",
    "no room for a stack": (
        f"{_FILL}import threading\ndef f(x):\n    fill(5)\n    threading.Thread(target=print).start()\n"
    ),
    "five thousand stacks": f"import threading, time\ndef f(x):\n    {_SLEEPERS}\n",
    "std::bad_alloc as an exception": f"{_FILL}{_JNP.format(0)} jnp.sin(x)\n",
    "a C++ library that aborts": f"{_FILL}{_JNP.format(8)} jnp.linalg.inv(jnp.ones((300, 300)))\n",
    "a null pointer that is written to": (
        f"{_FILL}import ctypes\nlibc = ctypes.CDLL(None)\nlibc.malloc.restype = ctypes.c_void_p\n"
        "def f(x):\n    fill()\n    ctypes.memset(libc.malloc(1 << 28), 1, 1)\n"
    ),
    "last words and an exit": f"import os\ndef f(x):\n    os.write(2, b'{_LAST_WORDS}')\n    os._exit(1)\n",
    "another error for want of memory": f"{_RESERVE}def f(x):\n    fill()\n    raise KeyError('x')\n",
    "an import without room": f"{_RESERVE}def f(x):\n    fill()\n    import scipy.special\n",
}
#: What happens only where XLA starts behind the function.
TRACED_DEATHS = {
    "no room for XLA's threads": (
        f"{_RESERVE}import numpy as np\nimport scipy.linalg.blas as blas\na = np.ones((300, 300), order='F')\n"
        "def f(x):\n    fill()\n    del kept[:2]\n    blas.dgemm(1.0, a, a)\n    return x\n"
    ),
    "no room for XLA": f"{_RESERVE}def f(x):\n    fill()\n    return x\n",
}


def run_failure(sandbox: Sandbox, source: str) -> Failure | None:
    """What became of running ``f`` eagerly."""
    result = sandbox.run(run_job(source, np.ones(3, np.float32), limits=_LIMITS))
    return result.failure or result.calls[0].failure


def cases_failure(sandbox: Sandbox, source: str) -> Failure | None:
    """What became of an author's ``cases.py`` that does the same."""
    source += "import numpy as np\ndef public():\n    f(np.ones(3, np.float32))\n    return {}\n"
    return sandbox.cases(CasesJob(source, 1, 2, limits=_LIMITS)).failure


def trace_failure(sandbox: Sandbox, source: str) -> Failure | None:
    """What became of grading it."""
    return failure(sandbox, source, limits=_LIMITS)


def check(found: Failure | None) -> None:
    """It is a memory failure, and names the limit."""
    assert found is not None
    assert found.kind == "memory", found
    assert found.limit is not None
    assert (found.limit.name, found.limit.allowed) == ("memory", 1 << 30)
    assert "1 GiB" in found.message


@pytest.mark.parametrize("stage", [trace_failure, run_failure])
@pytest.mark.parametrize("name", DEATHS)
def test_memory_that_runs_out_is_told_as_that(
    default_sandbox: LocalSandbox, stage: Callable[[Sandbox, str], Failure | None], name: str
) -> None:
    """A learner would be shown a library's cryptic end, and look for a fault that is not there."""
    check(stage(default_sandbox, DEATHS[name]))


@pytest.mark.parametrize("name", TRACED_DEATHS)
def test_memory_that_is_missing_for_xla_is_told_as_that(default_sandbox: LocalSandbox, name: str) -> None:
    """A learner whose code took all memory would be told of a fault of XLA's."""
    check(trace_failure(default_sandbox, TRACED_DEATHS[name]))


@pytest.mark.parametrize("name", ["MemoryError of small pieces", "a C++ library that aborts", "no room for a stack"])
def test_memory_that_an_authors_code_lacks_is_told_as_that(default_sandbox: LocalSandbox, name: str) -> None:
    """An author would be told of a crash of ``cases.py``."""
    check(cases_failure(default_sandbox, DEATHS[name]))


def test_xla_says_how_much_it_wanted(default_sandbox: LocalSandbox) -> None:
    """The one amount that is known would not be told."""
    source = "import jax.numpy as jnp\ndef f(x):\n    return jnp.ones(10**12)\n"
    found = run_failure(default_sandbox, source)
    assert found is not None
    assert found.limit is not None
    assert (found.limit.used, found.limit.exact) == (4 * 10**12, True)
    assert found.message.startswith("3,725.3 GiB of memory needed, 1 GiB allowed")


def test_a_program_evaluated_alone_has_as_much_memory_as_one_in_company(default_sandbox: LocalSandbox) -> None:
    """A program with a LAPACK call would be told that it needs more than another with the same arrays."""
    body = "y = jnp.sort(jnp.outer(x, x), axis=0)\n    return y.sum() + jnp.linalg.cholesky(jnp.eye(2))[0, 0]"
    source = f"import jax.numpy as jnp\ndef f(x):\n    {body}\n"
    events = grade(default_sandbox, source, sizes=(5_000,), limits=replace(_LIMITS, memory=320 << 20))
    assert any(isinstance(event, Evaluated) for event in events), events


def test_nothing_of_a_dump_is_shown_as_printed(default_sandbox: LocalSandbox) -> None:
    """The learner would see our dump of a library's stack, with the names of our files."""
    source = (
        "import ctypes\nimport jax\n\ndef f(x):\n    print('hello')\n"
        "    return jax.tree.map(lambda _: ctypes.CDLL(None).abort(), x)\n"
    )
    result = default_sandbox.run(run_job(source, np.ones(3, np.float32), limits=_LIMITS))
    assert result.failure is not None
    assert result.failure.frames[-1].line == 6
    assert "hello" in result.printed
    assert "Fatal Python error" not in result.printed
    assert "site-packages" not in result.printed


def test_the_kernel_killing_for_memory_is_a_memory_failure() -> None:
    """A job that fills its slot's control group would be called a crash, or a fault of ours."""
    group = cgroup.make(1 << 30, 100)
    if group is None:
        sandbox = LocalSandbox()
        sandbox.close()
        assert any("control group" in sentence for sentence in sandbox.promises())
        return
    group.remove()
    sandbox = LocalSandbox(max_memory=256 << 20)  # so the slot has 1.5 GiB
    try:
        # Written, then made read-only: memory that no limit of a process counts.
        source = (
            "import ctypes, mmap\nSIZE = 1 << 26\ndef f(x):\n    kept = []\n    while True:\n"
            "        held = mmap.mmap(-1, SIZE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)\n"
            "        held.write(b'x' * SIZE)\n"
            "        place = ctypes.addressof(ctypes.c_char.from_buffer(held))\n"
            "        ctypes.CDLL(None).mprotect(ctypes.c_void_p(place), ctypes.c_size_t(SIZE), 1)\n"
            "        kept.append(held)\n"
        )
        found = failure(sandbox, source, limits=Limits(trace_seconds=30, memory=1 << 30))
        assert found.kind == "memory"
        assert found.limit is not None
        assert_healthy(sandbox)
    finally:
        sandbox.close()


@contextmanager
def killing(sandbox: LocalSandbox, which: str) -> Iterator[None]:
    """Kills the busiest child of a slot from outside, in a moment."""
    (lane,) = [lane for lane in sandbox._open if lane.healthy]
    stream = getattr(lane, which).stream
    assert isinstance(stream, ProcessStream)
    top = stream._process.pid

    def kill() -> None:
        time.sleep(0.7)
        os.kill(max(_leaves(top), key=_ticks), signal.SIGKILL)

    thread = threading.Thread(target=kill)
    thread.start()
    yield
    thread.join()


def _leaves(pid: int) -> list[int]:
    """Process ids below a process that have none below them: the children of its zygote."""
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [leaf for child in map(int, below) for leaf in _leaves(child)] or [pid]


def _ticks(pid: int) -> int:
    """Processor time of a process in clock ticks."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def test_a_child_that_somebody_kills_is_our_fault(default_sandbox: LocalSandbox) -> None:
    """A learner would be told of a crash when the machine's own killer took the process."""
    source = "def f(x):\n    while True:\n        pass\n"
    with killing(default_sandbox, "hostile"), pytest.raises(SandboxUnavailable, match="killed by something else"):
        list(default_sandbox.grade(grade_job(source)))
    assert_healthy(default_sandbox)


def test_an_evaluator_that_somebody_kills_is_replaced(default_sandbox: LocalSandbox) -> None:
    """A learner would be told of a crash, or nothing would be told."""
    source = "import jax\ndef f(x):\n    return jax.lax.while_loop(lambda c: (c < 1e8).any(), lambda c: c + 1, x)\n"
    limits = Limits(trace_seconds=20, evaluate_seconds=2.5, memory=1 << 30)
    with killing(default_sandbox, "evaluators"):
        events = grade(default_sandbox, source, limits=limits)
    ends = [event for event in events if isinstance(event, Failed | Evaluated)]
    assert len(ends) == 1
    assert isinstance(ends[0], Evaluated) or ends[0].failure.kind == "time"
    assert_healthy(default_sandbox)


@pytest.mark.parametrize(
    "source",
    [
        "import os\ndef f(x):\n    os.kill(os.getpid(), 9)\n",
        "import signal\ndef f(x):\n    signal.raise_signal(9)\n",
        "import resource\ndef f(x):\n    resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\n    sum(range(10**10))\n",
    ],
)
def test_nobody_can_pass_their_own_death_for_our_fault(default_sandbox: LocalSandbox, source: str) -> None:
    """A submission that is tried again and again would end without a verdict."""
    assert failure(default_sandbox, source).kind in ("violation", "exception")
