"""Which limit an exception tells of: found in the child, while the evidence is still there.

Memory that runs out is seldom a ``MemoryError``: libraries turn it into errors of linking, of threads or of their own,
and code catches it and raises something else. Invariant: what is found here is shown and never trusted; the backend
checks the name of the limit and fills in its amount.
"""

from __future__ import annotations

import errno
import mmap
import os
import re
import threading
from collections.abc import Iterator
from typing import Any

from sandbox.tree import TreeTooLarge

#: Exceptions that led to the one at hand which are looked at.
_MAX_CHAIN = 10
#: Memory set aside for telling a failure when none is left otherwise.
_RESERVE = 16 << 20
#: Memory without which nothing works: an error that comes while so little is left comes of that.
_LEAST = 1 << 20
#: What XLA needs to start its threads and compile; with less it can abort without a word.
_TO_COMPILE = 64 << 20
#: Stack of a thread whose size nobody set.
_STACK = 8 << 20
_MAX_TEXT = 4000

#: What the dynamic linker says of a failed allocation (glibc, elf/dl-load.c and its neighbours).
LINKER = (
    "failed to map segment|cannot map zero-fill pages|cannot change memory protections|cannot make segment writable"
    "|cannot allocate (?!memory in static TLS)|cannot create (?:shared object descriptor|scope list|search path)"
)
#: Texts of failed allocations in errors of other classes than MemoryError; the first group is the size, if it is told.
_NO_MEMORY = re.compile(
    r"RESOURCE_EXHAUSTED(?:: Out of memory (?:while trying to allocate|allocating) (\d+) bytes)?|std::bad_alloc"
    rf"|Cannot allocate memory|{LINKER}"
)
_NO_THREAD = re.compile(r"can't start new thread|pthread_create")

#: What is told where there is no memory to say it with.
_NONE_LEFT: dict[str, Any] = {"name": "memory", "used": None}

_reserve: list[mmap.mmap] = []


class Exceeded(Exception):
    """A limit that the sandbox's own code found to be exceeded: ``name`` is a field of ``sandbox.jobs.Limits``."""

    def __init__(self, name: str, used: float | None) -> None:
        """Tell by how much, in the limit's unit; None where that is not known."""
        super().__init__(f"{name}: {used}")
        self.name = name
        self.used = used


def keep_reserve() -> None:
    """Set memory aside; untouched, it costs address space only."""
    _reserve.append(mmap.mmap(-1, _RESERVE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS))


def release_reserve() -> None:
    """Give the memory that was set aside back, to whoever tells of the failure."""
    while _reserve:
        _reserve.pop().close()


def require_room_to_compile() -> None:
    """Find out while there is still an exception to raise.

    Raises:
        Exceeded: the code has left too little memory to make a program of it.
    """
    if not _has_room(_TO_COMPILE):
        raise Exceeded("memory", None)


def limit_of(error: BaseException) -> dict[str, Any] | None:
    """The limit that ``error`` tells of, JSON-ready, or None: ``name``, and ``used`` where the amount is known."""
    try:
        return _find(error)
    except MemoryError:
        return _NONE_LEFT
    except BaseException:  # noqa: BLE001 - attributes of a hostile exception may raise anything
        return None


def _find(error: BaseException) -> dict[str, Any] | None:
    for one in _chain(error):
        if isinstance(one, Exceeded):
            return {"name": one.name, "used": one.used}
        if isinstance(one, TreeTooLarge):
            return {"name": one.name, "used": None}
        if isinstance(one, MemoryError):
            return {"name": "memory", "used": _wanted(one)}
        if isinstance(one, OSError) and (found := _refused_by_system(one)) is not None:
            return found
        if isinstance(one, Exception) and (found := _told_in_text(text_of(one))) is not None:
            return found
    return None if _has_room(_LEAST) else {"name": "memory", "used": None}


def text_of(error: BaseException) -> str:
    """``str(error)``, cut; whatever a hostile ``__str__`` does."""
    try:
        return str(error)[:_MAX_TEXT]
    except BaseException:  # noqa: BLE001 - a hostile __str__ may raise anything
        return "(an error whose text cannot be shown)"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what it was raised from or during, innermost last."""
    current: BaseException | None = error
    for _ in range(_MAX_CHAIN):
        if current is None:
            return
        yield current
        current = current.__cause__ or current.__context__


def _wanted(error: MemoryError) -> int | None:
    """Bytes that NumPy tried to allocate (``numpy._core._exceptions._ArrayMemoryError``)."""
    size = getattr(error, "_total_size", None)
    return size if type(size) is int else None


def _refused_by_system(error: OSError) -> dict[str, Any] | None:
    if error.errno == errno.ENOMEM:
        return {"name": "memory", "used": None}
    refused = error.errno in (errno.EROFS, errno.EFBIG) or (error.errno == errno.EACCES and _was_for_writing(error))
    return {"name": "file_size", "used": None} if refused else None


def _was_for_writing(error: OSError) -> bool:
    """Whether a file that could not be opened could be read, or is not there: then it was to be written."""
    if not isinstance(error.filename, str | bytes):
        return False
    try:
        os.close(os.open(error.filename, os.O_RDONLY))
    except FileNotFoundError:
        return True
    except (OSError, ValueError):
        return False
    return True


def _told_in_text(text: str) -> dict[str, Any] | None:
    if found := _NO_MEMORY.search(text):
        return {"name": "memory", "used": int(found[1]) if found[1] else None}
    if _NO_THREAD.search(text):
        # With room for a stack, it was the number of threads that kept another from starting.
        room = _has_room(max(_STACK, threading.stack_size()))
        return {"name": "threads" if room else "memory", "used": None}
    return None


def _has_room(size: int) -> bool:
    """Whether so much memory can still be had."""
    try:
        mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS).close()
    except (OSError, MemoryError):
        return False
    return True
