"""A memory limit for children on kernels that do not enforce RLIMIT_DATA (gVisor): the zygote looks and kills.

It sees resident memory every few hundredths of a second, so a child can exceed its limit for that long; the slot as a
whole stays within the outer wall's bound. Invariant: on Linux, which enforces the limit itself, nothing is watched.
"""

from __future__ import annotations

import mmap
import os
import resource
import signal

#: Pause between two looks.
SECONDS = 0.02
_PAGE = resource.getpagesize()
_TRIAL = 64 << 20


def kernel_enforces() -> bool:
    """Whether private memory beyond RLIMIT_DATA is refused; tried in a child, before anything hostile exists."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            # Less than the process has already, so that not a page more may be had.
            resource.setrlimit(resource.RLIMIT_DATA, (_TRIAL // 2, _TRIAL // 2))
            mmap.mmap(-1, _TRIAL, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
            code = 2
        except (OSError, ValueError):
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status) == 0


class MemoryWatch:
    """Children under watch, by process id, and the most each was seen to use."""

    def __init__(self) -> None:
        """Watch nobody."""
        self._limits: dict[int, int] = {}
        self._peaks: dict[int, int] = {}

    def add(self, pid: int, limit: int) -> None:
        """Kill ``pid`` once it uses more than ``limit`` bytes."""
        self._limits[pid] = limit
        self._peaks[pid] = 0

    def look(self) -> None:
        """Measure every child, and kill those beyond their limit."""
        for pid, limit in self._limits.items():
            used = _resident(pid)
            self._peaks[pid] = max(self._peaks[pid], used)
            if used > limit:
                os.kill(pid, signal.SIGKILL)  # not reaped yet, so the number is still its own

    def forget(self, pid: int) -> int | None:
        """The most that ``pid``, which has ended, was seen to use; None if it was not watched."""
        self._limits.pop(pid, None)
        return self._peaks.pop(pid, None)


def _resident(pid: int) -> int:
    """Resident bytes of a process; 0 if it has just ended."""
    try:
        with open(f"/proc/{pid}/statm", "rb") as file:
            return int(file.read().split()[1]) * _PAGE
    except (OSError, IndexError, ValueError):
        return 0
