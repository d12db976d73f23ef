"""The inner wall: what a freshly forked child gives up before it reads its job.

Applied in this order: resource limits, own user, capabilities, no new privileges, Landlock, seccomp. Invariant: a child
that cannot build a layer it was told to build dies before it runs anything; it never goes on with less. Only evaluators
in a GPU's slot (``sandbox.inside.roles``) are told to build fewer: their driver needs calls, files and address space
that no filter could tell from an escape. What they get is vetted programs and arrays, never Python.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import struct
from dataclasses import dataclass

from sandbox.inside import landlock, seccomp

_PR_SET_NAME = 15
_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38

#: Most threads that any child may have; XLA starts about a dozen and two a core.
MAX_THREADS = 512
_MAX_DESCRIPTORS = 64
#: A GPU's driver opens dozens of device files, and more with every GPU.
_MAX_GPU_DESCRIPTORS = 1024
#: Address space beside private memory: libraries, XLA's reservations, thread stacks. Bounds what RLIMIT_DATA does not
#: count (read-only pages, page tables); honest compiles need more than 4 GB.
ADDRESS_SPACE = 8 << 30

#: What a zygote is started with to be that of a GPU's slot, see ``sandbox.inside.roles``.
GPU_ARGUMENT = "gpu"
#: Resource limits that a GPU's driver cannot work within.
_NO_GPU_LIMITS = ("RLIMIT_DATA", "RLIMIT_AS", "RLIMIT_MEMLOCK")

#: Files a child may open for reading and writing.
_DEVICES = ("/dev/null",)
_RANDOM = ("/dev/urandom", "/dev/random")


@dataclass(frozen=True)
class Wall:
    """What to build.

    Attributes:
        memory: bytes of private writable memory (RLIMIT_DATA).
        cpu_seconds: RLIMIT_CPU, None for a process that lives long. SIGXCPU comes then, SIGKILL a second later.
        user: the numeric user and group to become, None where the launcher is not root.
        readable: paths that stay readable.
        use_landlock: False only where the kernel has none; the sandbox then reports a weaker promise.
        threads: RLIMIT_NPROC: counted by user, so all children of a slot share it where they share one.
        unlimited: resource limits that this kernel does not set at all, from ``unsettable``.
        gpu: for an evaluator on a GPU, and for nobody else: no system call filter, no Landlock, no limit of memory but
            its slot's; the rest stands.
    """

    memory: int
    cpu_seconds: int | None
    user: int | None
    readable: tuple[str, ...]
    use_landlock: bool = True
    threads: int = MAX_THREADS
    unlimited: tuple[str, ...] = ()
    gpu: bool = False


def name_process(name: str) -> None:
    """Call this process ``name`` in listings of processes, where all children of a zygote look alike otherwise."""
    ctypes.CDLL(None).prctl(_PR_SET_NAME, name.encode(), 0, 0, 0)


def forbid_inspection() -> None:
    """Make this process unreadable for others of the same user: no ptrace, no ``/proc`` files, no core dump."""
    _prctl(_PR_SET_DUMPABLE, 0)


def build(wall: Wall) -> None:
    """Wall in the calling, single-threaded process for good.

    Raises:
        OSError: a layer could not be built.
    """
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    _limit_resources(wall)
    if wall.user is not None:
        os.setgroups([])
        os.setresgid(wall.user, wall.user, wall.user)
        os.setresuid(wall.user, wall.user, wall.user)
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)  # changing user cleared it
    forbid_inspection()
    _drop_capabilities()
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    if wall.gpu:
        return
    if wall.use_landlock:
        landlock.restrict((*wall.readable, *_RANDOM), _DEVICES)
    seccomp.install()


def _limit_resources(wall: Wall) -> None:
    limits = {
        "RLIMIT_DATA": wall.memory,
        "RLIMIT_AS": wall.memory + ADDRESS_SPACE,
        "RLIMIT_NPROC": wall.threads,
        "RLIMIT_NOFILE": _MAX_DESCRIPTORS,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_CORE": 0,
        "RLIMIT_MEMLOCK": 0,
        "RLIMIT_MSGQUEUE": 0,
    }
    if wall.gpu:
        # The driver reserves more address space than the machine has memory, and counts on pinned pages.
        limits = {name: value for name, value in limits.items() if name not in _NO_GPU_LIMITS}
        limits["RLIMIT_NOFILE"] = _MAX_GPU_DESCRIPTORS
    for name, value in limits.items():
        if name not in wall.unlimited:
            _set_limit(getattr(resource, name), value, value)
    if wall.cpu_seconds is not None:
        # The kernel looks at the hard limit first: were both the same, a SIGKILL would come that tells nothing.
        _set_limit(resource.RLIMIT_CPU, wall.cpu_seconds, wall.cpu_seconds + 1)


def unsettable() -> tuple[str, ...]:
    """Resource limits that this kernel knows and does not let anybody set (gVisor); empty on Linux."""
    names = ("RLIMIT_NPROC", "RLIMIT_MSGQUEUE", "RLIMIT_MEMLOCK", "RLIMIT_CORE")
    return tuple(name for name in names if not _can_set(getattr(resource, name)))


def _can_set(limit: int) -> bool:
    try:
        resource.setrlimit(limit, resource.getrlimit(limit))
    except (OSError, ValueError):
        return False
    return True


def _set_limit(limit: int, soft: int, hard: int) -> None:
    _, host = resource.getrlimit(limit)
    if host != resource.RLIM_INFINITY:
        soft, hard = min(soft, host), min(hard, host)  # a stricter limit of the host stands
    resource.setrlimit(limit, (soft, hard))


def _drop_capabilities() -> None:
    """Empty the effective, permitted and inheritable sets (linux/capability.h, version 3)."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.capset(struct.pack("<Ii", 0x20080522, 0), bytes(24)) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"capset: {os.strerror(number)}")


def _prctl(option: int, value: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, ctypes.c_ulong(value), 0, 0, 0) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"prctl({option}): {os.strerror(number)}")
