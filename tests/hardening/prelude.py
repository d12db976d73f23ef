"""What the probes are written in: small questions to the kernel, answered in JSON.

Its text runs in a child before each probe. Invariant: an answer is what the kernel said, never an exception.
"""

from __future__ import annotations

import ctypes
import errno
import json
import mmap
import os
import resource
import stat
import struct
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sandbox.inside.syscalls import NUMBERS

#: Facts of the host that probes compare with.
HOST: dict[str, Any] = {}

_COLUMN = {"x86_64": 0, "aarch64": 1}[os.uname().machine]
_libc: Any = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


def answer(action: Callable[[], Any]) -> Any:
    """What ``action`` returns ("done" for nothing), or the name of its error."""
    try:
        found = action()
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, str(error))
    return "done" if found is None else found


def call(name: str | int, *arguments: Any) -> str:
    """The kernel's answer to a system call: an error's name, or "done"."""
    number = NUMBERS[name][_COLUMN] if isinstance(name, str) else name
    words = [ctypes.c_long(word) if isinstance(word, int) else word for word in arguments]
    if _libc.syscall(ctypes.c_long(number or -1), *words) >= 0:
        return "done"
    return errno.errorcode[ctypes.get_errno()]


def limit(name: str) -> list[int]:
    """A resource limit of this process, soft and hard."""
    return list(resource.getrlimit(getattr(resource, name)))


def namespace(kind: str) -> str:
    """Whose namespace this process is in."""
    found = str(Path(f"/proc/self/ns/{kind}").readlink())
    return "the host's" if found == HOST["namespaces"][kind] else "its own"


def status(field: str) -> str:
    """A line of this process's ``/proc`` status."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(line.split(":")[1].strip() for line in lines if line.startswith(f"{field}:"))


def capabilities() -> int:
    """Every capability in this process's effective, permitted or inheritable set."""
    held = ctypes.create_string_buffer(24)
    call("capget", ctypes.create_string_buffer(struct.pack("<Ii", 0x20080522, 0)), held)
    words: tuple[int, ...] = struct.unpack("<IIIIII", held.raw)
    low, high = words[:3], words[3:]
    return (low[0] | low[1] | low[2]) | (high[0] | high[1] | high[2]) << 32


def bounding() -> int:
    """Every capability that this process could ever get."""
    return sum(1 << number for number in range(64) if _libc.prctl(24 - 1, ctypes.c_ulong(number), 0, 0, 0) == 1)


def attribute(option: int) -> int:
    """What ``prctl`` returns for an option, -1 for an error."""
    found: int = _libc.prctl(option, 0, 0, 0, 0)
    return found


def signal_of_parents_death() -> int:
    """The signal this process gets when its parent dies."""
    found = ctypes.c_int(-1)
    _libc.prctl(2, ctypes.byref(found), 0, 0, 0)
    return found.value


def opened(path: str, flags: int = os.O_RDONLY) -> str:
    """Whether a file can be opened."""

    def attempt() -> str:
        os.close(os.open(path, flags, 0o666))
        return "opened"

    return str(answer(attempt))


def flagged(path: str, flag: str) -> bool:
    """Whether the mount that ``path`` lies on has a flag."""
    return bool(os.statvfs(path).f_flag & {"rdonly": 1, "nosuid": 2, "nodev": 4, "noexec": 8}[flag])


def descriptors() -> list[int]:
    """Numbers of open descriptors."""
    return [number for number in range(64) if call("fcntl", number, 1) == "done"]


def threads(count: int) -> int:
    """How many of so many threads can be started."""
    done = threading.Event()
    started = 0
    try:
        for _ in range(count):
            threading.Thread(target=done.wait, daemon=True).start()
            started += 1
    except RuntimeError:
        pass
    done.set()
    return started


def touched(size: int) -> str:
    """Fill so many bytes of memory."""
    memory = mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    for page in range(0, size, mmap.PAGESIZE):
        memory[page] = 1
    return "touched"


def other_instruction_set() -> str:
    """Make a system call as a 32-bit program would (getpid)."""
    code = bytes.fromhex("b814000000 cd80 c3".replace(" ", ""))
    page = mmap.mmap(-1, mmap.PAGESIZE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=7)
    page.write(code)
    address = ctypes.addressof(ctypes.c_char.from_buffer(page))
    return "done" if ctypes.CFUNCTYPE(ctypes.c_int)(address)() > 0 else "failed"


def group(controller: str, first: str, second: str) -> str:
    """A limit of this container's control group, by its names in version 1 and 2."""
    old, new = Path(f"/sys/fs/cgroup/{controller}/{first}"), Path(f"/sys/fs/cgroup/{second}")
    return (old if old.exists() else new).read_text(encoding="ascii").strip()


def spinning(seconds: float) -> str:
    """Use so much processor time."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return "spun"


def made(kind: str) -> str:
    """Create an object of a kind in the shared folder."""
    types = {
        "device": stat.S_IFCHR,
        "disk": stat.S_IFBLK,
        "socket": stat.S_IFSOCK,
        "fifo": stat.S_IFIFO,
        "file": stat.S_IFREG,
    }
    return str(answer(lambda: os.mknod(f"{HOST['folder']}/new", types[kind] | 0o666, 0)))


def tell(found: Any) -> None:
    """Send what a probe has found."""
    print(json.dumps(found))  # noqa: T201 - this is the way out
