"""The start-up self-test: a job that must work, and one that tries to get out and must not.

Invariant: a lane that fails any probe is never used.
"""

from __future__ import annotations

import os

import numpy as np

from sandbox.entries import Call
from sandbox.jobs import (
    Device,
    EagerCall,
    Evaluated,
    Failed,
    GradeJob,
    Limits,
    RunJob,
    SandboxUnavailable,
    Signature,
    never,
)
from sandbox.lane import Lane
from sandbox.stages import eager, grading
from sandbox.tree import Leaf, Node
from sandbox.walls import outer

_CALL = Call("canary", ("x",))

_HONEST = """
import jax.numpy as jnp
def canary(x):
    exact = (jnp.eye(64) * (x[1] + 2**-13)) @ (jnp.eye(64) * x[1])
    return jnp.sin(x) + 1, (jnp.ones((4096, 8)) * x[0]).sum(axis=1).sum(), exact.max()
"""

#: Each probe must come back with the outcome beside it; what they print is compared literally.
_PROBES = """
import os
def attempt(action):
    try:
        action()
    except BaseException as error:
        return type(error).__name__
    return "done"
def canary(x):
    print(attempt(lambda: open("/etc/passwd").read()))
    print(attempt(lambda: open("/canary", "w")))
    print(attempt(lambda: open("/proc/1/mem", "rb")))
    print(attempt(lambda: os.open("/proc/1/fd/1", os.O_WRONLY | os.O_NONBLOCK)))
    print(attempt(lambda: os.listdir("/home")))
    print(attempt(lambda: os.link("/dev/null", "/null")))
    print(*os.environ)
    return x
"""
_ESCAPES = {
    "a socket": "import socket\ndef canary(x):\n    socket.socket()\n    return x\n",
    "a new process": "import os\ndef canary(x):\n    os.fork()\n    return x\n",
}

#: Variables that a zygote's own tools set.
_NAMES_EVERYWHERE = ("PYTHONPATH", "LD_LIBRARY_PATH", "PATH", "PWD", "HOSTNAME", "LC_CTYPE", "TPU_SKIP_MDS_QUERY")

_LIMITS = Limits(trace_seconds=30, evaluate_seconds=30)


def prove(lane: Lane) -> None:
    """Try the walls of a fresh lane.

    Raises:
        SandboxUnavailable: an honest job failed, or something got out.
    """
    try:
        _honest_job(lane, "cpu")
        if lane.gpu is not None:
            _honest_job(lane, "gpu")
        _file_probes(lane)
        for what, source in _ESCAPES.items():
            result = eager.run(lane, _job(source))
            if result.failure is None or result.failure.kind != "violation":
                raise SandboxUnavailable(f"the self-test opened {what} inside the sandbox: {result.failure or result}")
    except BaseException:  # an interrupt too
        lane.close()
        raise


def _honest_job(lane: Lane, device: Device) -> None:
    value = np.array([0.5, 1.0], np.float32)
    signature = Signature(_CALL, Node("tuple", (Leaf("float32", (2,)),)), ((value,),))
    job = GradeJob(_HONEST, (signature,), device=device, limits=_LIMITS)
    events = list(grading.grade(lane, job, never))
    for event in events:
        if isinstance(event, Failed):
            raise SandboxUnavailable(f"the self-test failed: {event.failure.kind}: {event.failure.message}")
        if isinstance(event, Evaluated):
            # The second goes through XLA's kernels for many threads, the third needs all of float32's precision.
            small, large, exact = event.outputs
            right = np.allclose(small, np.sin(value) + 1, atol=1e-6) and np.allclose(large, 4096 * 8 * value[0])
            if right and exact == np.float32(1 + 2**-13):
                return
    raise SandboxUnavailable("the self-test computed a wrong result")


def _file_probes(lane: Lane) -> None:
    result = eager.run(lane, _job(_PROBES))
    if result.failure is not None or len(result.calls) != 1:
        raise SandboxUnavailable(f"the self-test of the walls did not finish: {result.failure}")
    lines = result.calls[0].printed.splitlines()
    if not lines:
        raise SandboxUnavailable("the self-test of the walls said nothing")
    *outcomes, names = lines
    if "done" in outcomes:
        raise SandboxUnavailable(f"the self-test reached files outside the sandbox: {' '.join(outcomes)}")
    ours = set(names.split()) & set(os.environ) - {*outer.ENVIRONMENT, *_NAMES_EVERYWHERE}
    if ours:
        raise SandboxUnavailable(f"the self-test found our environment inside the sandbox: {' '.join(sorted(ours))}")


def _job(source: str) -> RunJob:
    arguments = Node("tuple", (Leaf("float32", ()),))
    return RunJob(source, (EagerCall(_CALL, arguments, (np.array(1.0, np.float32),)),), limits=_LIMITS)
