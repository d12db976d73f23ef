"""What hostile code gets: its own failure kind within its limit, and nothing left for the next submission."""

from __future__ import annotations

import textwrap

import numpy as np
import pytest

from sandbox.jobs import Failed, GradeJob, Limits, Signature
from sandbox.local import LocalSandbox
from sandbox.tree import Leaf, Node
from tests.sandbox.jobs import LIMITS, F, failure, outputs, printed

_SHORT = Limits(trace_seconds=1, evaluate_seconds=2, memory=1 << 30)

HOSTILE = {
    "endless loop at import": ("time", "while True:\n    pass\ndef f(x):\n    return x\n"),
    "endless loop while tracing": ("time", "def f(x):\n    while True:\n        pass\n"),
    "sleep for ever": ("time", "import time\ndef f(x):\n    time.sleep(10_000)\n"),
    "every signal caught": (
        "time",
        (
            "import signal\nfor number in range(1, 65):\n    try:\n        signal.signal(number, lambda *_: None)\n"
            "    except (OSError, ValueError):\n        pass\ndef f(x):\n    while True:\n        try:\n"
            "            pass\n        except BaseException:\n            pass\n"
        ),
    ),
    "endless program": (
        "time",
        "import jax\ndef f(x):\n    return jax.lax.while_loop(lambda c: True, lambda c: c + 1, x)\n",
    ),
    "100 GB list": ("memory", "def f(x):\n    return [0] * (100 * 2**30 // 8)\n"),
    "100 GB in pieces": (
        "memory",
        "def f(x):\n    kept = []\n    while True:\n        kept.append(bytearray(1 << 24))\n",
    ),
    "100 GB NumPy array": ("memory", "import numpy as np\ndef f(x):\n    return np.ones(100 * 2**30 // 8)\n"),
    "10**12 elements": ("memory", "import jax.numpy as jnp\ndef f(x):\n    return jnp.ones(10**12).sum() + x\n"),
    "1 GB exception text": ("memory", "def f(x):\n    raise ValueError('x' * (2 << 30))\n"),
    "endless output": ("output", "def f(x):\n    while True:\n        print('x' * 1000)\n"),
    "endless output on standard error": (
        "output",
        "import os\ndef f(x):\n    while True:\n        os.write(2, b'x' * 1000)\n",
    ),
    "os._exit(0)": ("crash", "import os\ndef f(x):\n    os._exit(0)\n"),
    "os._exit(0) at import": ("crash", "import os\nos._exit(0)\ndef f(x):\n    return x\n"),
    "segmentation fault": ("crash", "import ctypes\ndef f(x):\n    ctypes.string_at(0)\n"),
    "abort": ("crash", "import os\ndef f(x):\n    os.abort()\n"),
    "fork bomb": ("violation", "import os\ndef f(x):\n    while True:\n        os.fork()\n"),
    "fork bomb that catches": (
        "violation",
        (
            "import os\ndef f(x):\n    while True:\n        try:\n            os.fork()\n"
            "        except BaseException:\n            pass\n"
        ),
    ),
    "subprocess": ("violation", "import subprocess\ndef f(x):\n    subprocess.run(['/bin/ls'])\n"),
    "multiprocessing": (
        "violation",
        "import multiprocessing\ndef f(x):\n    multiprocessing.Process(target=print).start()\n",
    ),
    "socket": ("violation", "import socket\ndef f(x):\n    socket.socket()\n"),
    "abstract Unix socket": ("violation", "import socket\ndef f(x):\n    socket.socket(socket.AF_UNIX)\n"),
    "kill the parent": ("violation", "import os\ndef f(x):\n    os.kill(os.getppid(), 9)\n"),
    "kill everything": ("violation", "import os\ndef f(x):\n    os.kill(-1, 9)\n"),
    "anonymous file": ("violation", "import os\ndef f(x):\n    os.memfd_create('x')\n"),
    "another user": ("violation", "import os\ndef f(x):\n    os.setuid(0)\n"),
    "a forged result": ("violation", "import os\ndef f(x):\n    os.write(3, b'acl1' + bytes(1000))\n    return x\n"),
    "a result of 2**63 bytes": (
        "violation",
        "import os\ndef f(x):\n    os.write(3, b'acl1' + (8).to_bytes(4, 'little') + (2**63).to_bytes(8, 'little'))\n",
    ),
    "an early end": (
        "violation",
        (
            "import json, os\ndef f(x):\n    head = json.dumps({'type': 'done'}).encode()\n"
            "    os.write(3, b'acl1' + len(head).to_bytes(4, 'little') + bytes(8) + head)\n    return x\n"
        ),
    ),
    "a hostile exception": (
        "exception",
        "class E(Exception):\n    def __str__(self):\n        raise SystemExit\ndef f(x):\n    raise E\n",
    ),
    "sys.exit(0) at import": ("exception", "import sys\nsys.exit(0)\ndef f(x):\n    return x\n"),
    "endless recursion": ("exception", "def f(x):\n    return f(x)\n"),
    "5,000 threads": (
        "memory",
        (
            "import threading, time\ndef f(x):\n"
            "    for _ in range(5000):\n        threading.Thread(target=time.sleep, args=(60,)).start()\n"
        ),
    ),
    "shared memory": ("exception", "import mmap\ndef f(x):\n    mmap.mmap(-1, 1 << 30)\n"),
    "a file in /tmp": ("exception violation", "def f(x):\n    open('/tmp/x', 'w').write('x')\n"),
    "a cyclic result": ("output", "def f(x):\n    a = []\n    a.append(a)\n    return a\n"),
    "a million leaves": ("output", "def f(x):\n    return [x] * 1_000_000\n"),
    "host callback": ("not_traceable", "import jax\ndef f(x):\n    return jax.pure_callback(lambda y: y, x, x)\n"),
    "foreign kernel": (
        "not_traceable",
        "import jax\ndef f(x):\n    return jax.ffi.ffi_call('xla_ffi_python_cpu_callback', x)(x)\n",
    ),
    "pivot output of one element": (
        "violation",
        (
            "import jax, jax.numpy as jnp\ndef f(x):\n    types = [jax.ShapeDtypeStruct(s, d) for s, d in\n"
            "             (((64, 64), 'float32'), ((1,), 'int32'), ((), 'int32'))]\n"
            "    return jax.ffi.ffi_call('lapack_sgetrf_ffi', types)(jnp.ones((64, 64)) * x[0])[0]\n"
        ),
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_code_gets_its_own_failure(healthy_after: LocalSandbox, name: str) -> None:
    """A hostile submission would pass, hang, be blamed on something else, or spoil the next one."""
    kind, source = HOSTILE[name]
    limits = _SHORT if kind == "time" else LIMITS
    # There is no /tmp in some walls, and an unwritable one in others.
    assert failure(healthy_after, source, limits=limits).kind in kind.split()


UNSUPPORTED = {
    "a Schur decomposition": "import jax\ndef f(x):\n    return jax.scipy.linalg.schur(x * jax.numpy.eye(3))[0]\n",
    "an approximate maximum": "import jax\ndef f(x):\n    return jax.lax.approx_max_k(x, 2)[0]\n",
    "a random number of XLA's own": "import jax\ndef f(x):\n    return jax.lax.rng_uniform(0.0, 1.0, (3,)) + x\n",
    "four-bit integers": "def f(x):\n    return x.astype('int4').astype('float32')\n",
}


@pytest.mark.parametrize("name", UNSUPPORTED)
def test_what_cannot_be_judged_is_not_called_an_attack(sandbox: LocalSandbox, name: str) -> None:
    """An honest learner would be told of files, networks and processes."""
    found = failure(sandbox, UNSUPPORTED[name])
    assert (found.kind, found.error) == ("not_traceable", "Unsupported")
    assert "cannot be judged here" in found.message


def test_typed_input_ends_at_once(sandbox: LocalSandbox) -> None:
    """A call of ``input()`` would wait for the time limit and be told of a loop."""
    assert failure(sandbox, "def f(x):\n    return x * float(input())\n").error == "EOFError"


def test_a_fatal_signal_names_the_line(sandbox: LocalSandbox) -> None:
    """A learner would be told that something is forbidden, but not where."""
    for source in (HOSTILE["socket"][1], HOSTILE["segmentation fault"][1]):
        assert failure(sandbox, source).frames[-1].line == 3


def test_printed_text_does_not_contain_the_dump(sandbox: LocalSandbox) -> None:
    """The page would show our own dump of the stack as if the learner had printed it."""
    text = printed(sandbox, "import socket\ndef f(x):\n    print('hello')\n    socket.socket()\n")
    assert text == "hello\n"


def test_what_runs_after_the_answer_does_not_matter(healthy_after: LocalSandbox) -> None:
    """A thread or an exit hook that never ends would hold up the verdict or the next submission."""
    source = """
        import atexit, threading
        def spin(*_):
            while True:
                pass
        atexit.register(spin)
        threading.Thread(target=spin, daemon=True).start()
        def f(x):
            return x
    """
    assert outputs(healthy_after, textwrap.dedent(source))


PROBES = {
    "files of the host": "import os\nassert not os.path.exists('/etc/passwd')",
    "home folders": "import glob\nassert not glob.glob('/*/.bash*') + glob.glob('/home/*/.*')",
    "processes": (
        "import os\ntry:\n    os.listdir('/proc/1')\nexcept OSError:\n    pass\nelse:\n    raise AssertionError"
    ),
    "temporary files": "import os\nassert not os.access('/tmp', os.W_OK)",
    "descriptors": "import os\nfound = []\nfor fd in range(64):\n    try:\n        os.fstat(fd)\n"
    "        found.append(fd)\n"
    "    except OSError:\n        pass\nassert found == [0, 1, 2, 3], found",
    "the grader's code": "try:\n    import app\nexcept ImportError:\n    pass\nelse:\n    raise AssertionError",
    "root": "import os\ntry:\n    os.listdir('/root')\nexcept OSError:\n    pass\nelse:\n    assert os.geteuid() != 0",
    "capabilities": "import ctypes, struct\nlibc = ctypes.CDLL(None)\ndata = ctypes.create_string_buffer(24)\n"
    "libc.capget(struct.pack('<Ii', 0x20080522, 0), data)\nassert not any(data.raw), data.raw",
    "core size": "import resource\nassert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)",
    "file size": "import resource\nassert resource.getrlimit(resource.RLIMIT_FSIZE) == (0, 0)",
    "raising limits": "import resource\ntry:\n    resource.setrlimit(resource.RLIMIT_DATA, (1 << 40, 1 << 40))\n"
    "except (ValueError, PermissionError):\n    pass\nelse:\n    raise AssertionError",
    "read-only libraries": "import numpy\ntry:\n    open(numpy.__file__, 'a')\nexcept OSError:\n    pass\n"
    "else:\n    raise AssertionError",
    "locks": "import fcntl, numpy\ntry:\n    fcntl.flock(open(numpy.__file__), fcntl.LOCK_EX)\nexcept OSError:\n"
    "    pass\nelse:\n    raise AssertionError",
    "the stack of others": "import ctypes\nassert ctypes.CDLL(None, use_errno=True).prctl(4, 1, 0, 0, 0) == -1",
}


@pytest.mark.parametrize("name", PROBES)
def test_a_probe_inside_finds_the_wall(sandbox: LocalSandbox, name: str) -> None:
    """The child could see or do what the wall is there to take away."""
    source = f"{PROBES[name]}\nprint('the wall holds')\ndef f(x):\n    return x\n"
    assert printed(sandbox, source) == "the wall holds\n"


def test_a_switched_precision_is_named(sandbox: LocalSandbox) -> None:
    """A learner who turns x64 off in a problem that needs it would be called an attacker."""
    values = np.arange(3, dtype=np.float64)
    signature = Signature(F, Node("tuple", (Leaf("float64", (3,)),)), ((values,),))
    source = "import jax\njax.config.update('jax_enable_x64', False)\ndef f(x):\n    return x * 2\n"
    job = GradeJob(source, (signature,), x64=True, limits=LIMITS)
    (found,) = [event.failure for event in sandbox.grade(job) if isinstance(event, Failed)]
    assert found.kind == "not_traceable"
    assert "jax_enable_x64" in found.message
