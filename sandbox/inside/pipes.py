"""Moving bytes between pipes without reading them.

They travel by ``splice`` and never enter this process's memory. Where the kernel has no ``splice`` for these pipes
(gVisor), they pass through one buffer. Invariant: that buffer is wiped after every move.
"""

from __future__ import annotations

import errno
import fcntl
import os
import select
import sys
import termios
from contextlib import suppress

from sandbox.frames import write_all

_splices = True
_BUFFER = bytearray(select.PIPE_BUF)


def move(source: int, target: int, count: int, flags: int = 0) -> int:
    """Move up to ``count`` bytes, at least one; how many that was, 0 at the end of ``source``.

    Raises:
        BlockingIOError: with ``os.SPLICE_F_NONBLOCK``, ``target`` has too little room.
        BrokenPipeError: nobody reads ``target`` any more.
    """
    global _splices  # noqa: PLW0603 - a property of this kernel, found out once
    if _splices:
        try:
            return os.splice(source, target, count, flags=flags)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.ENOSYS):
                raise
            _splices = False
    # A pipe that poll calls writable takes this much without blocking (PIPE_BUF, pipe(7)).
    moved = os.readv(source, [memoryview(_BUFFER)[: min(count, len(_BUFFER))]])
    try:
        write_all(target, memoryview(_BUFFER)[:moved])
    finally:
        _BUFFER[:moved] = bytes(moved)
    return moved


def reserve(*descriptors: int) -> None:
    """Let nobody open these pipes anew, by ``/proc`` and whoever they belong to: one could drain or forge them.

    gVisor refuses this on pipes; there each child is another user.
    """
    for descriptor in descriptors:
        with suppress(OSError):
            os.fchmod(descriptor, 0)


def waiting(descriptor: int) -> int:
    """Bytes a pipe holds."""
    return int.from_bytes(fcntl.ioctl(descriptor, termios.FIONREAD, b"\0" * 4), sys.byteorder)
