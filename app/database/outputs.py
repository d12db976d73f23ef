"""Outputs of evaluated programs on disk, in the data directory: an ``OutputCache`` that outlives its process.

One file an entry, in the project's own array format, under its key; the time of a file says when it was used last.
Invariant: an entry is whole and its own or it is a miss: it is written beside its place and moved there, carries its
key and its SHA-256, and is deleted when they do not fit. Any number of threads and processes may share the folder, and
emptying it loses nothing but time.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import structlog

from app.settings import Settings
from sandbox import arrays
from sandbox.arrays import Array, ArrayFormatError

log = structlog.get_logger()

FOLDER = "outputs"

_MAGIC = b"allclose-outputs-1\n"
_KEY = 64
_HEAD = len(_MAGIC) + _KEY + hashlib.sha256().digest_size
#: A file takes whole blocks of its disk.
_BLOCK = 4096
#: Part of the capacity that one process writes before it looks at the folder again; no entry is larger.
_PART = 16
_TEMPORARY = ".new-"
#: Seconds after which a file that was never moved to its place is nobody's any more.
_ABANDONED = 60.0


def opened(settings: Settings) -> DiskCache | None:
    """The service's cache, or None if the operator wants none."""
    return DiskCache(settings.data_dir / FOLDER, settings.cache_mb << 20) if settings.cache_mb else None


class DiskCache:
    """Outputs by key, within ``capacity`` bytes; what was used longest ago goes first.

    With several processes there may be a sixteenth of the capacity more for each further one.
    """

    def __init__(self, folder: Path, capacity: int) -> None:
        """Use ``folder``, made if it is missing, and bring it within its bounds."""
        self.hits = self.misses = 0
        self._folder = folder
        self._part = capacity // _PART
        self._most = capacity - self._part
        self._written = 0
        self._complained = False
        self._lock = threading.Lock()
        with suppress(OSError):  # writing will say so
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._sweep()

    def get(self, key: str) -> Sequence[Array] | None:
        """The outputs under ``key``, read-only, or None; a damaged entry is deleted."""
        path = self._folder / key
        content = _read(path, self._part)
        found = None if content is None else _parse(key, content)
        if content is not None and found is None:
            log.warning("outputs.damaged", key=key)
            with suppress(OSError):
                path.unlink()
        if found is not None:
            with suppress(OSError):
                os.utime(path)
        with self._lock:
            self.hits += found is not None
            self.misses += found is None
        return found

    def put(self, key: str, outputs: Sequence[Array]) -> None:
        """Keep ``outputs``; what is larger than a sixteenth of the capacity is not kept."""
        blob = arrays.dumps(outputs)
        taken = _taken(_HEAD + len(blob))
        if taken > self._part:
            return
        content = _MAGIC + key.encode() + hashlib.sha256(blob).digest() + blob
        with self._lock:
            self._written += taken
            if self._written > self._part:
                self._sweep()
                self._written = taken
            self._write(key, content)

    def _write(self, key: str, content: bytes) -> None:
        temporary = self._folder / f"{_TEMPORARY}{secrets.token_hex(16)}"
        try:
            temporary.touch(mode=0o600, exist_ok=False)
            temporary.write_bytes(content)
            temporary.replace(self._folder / key)
        except OSError as error:
            with suppress(OSError):
                temporary.unlink()
            if not self._complained:
                self._complained = True
                log.warning("outputs.unwritable", folder=str(self._folder), why=error.strerror)

    def _sweep(self) -> None:
        """Delete what was used longest ago until there is room for what this process writes next."""
        size = 0
        for used, taken, path in sorted(self._entries(), reverse=True):
            size += taken
            if size > self._most or (path.name.startswith(_TEMPORARY) and used < time.time() - _ABANDONED):
                with suppress(OSError):
                    path.unlink()

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        """When each file was used last, the bytes it takes, and where it is."""
        with suppress(OSError), os.scandir(self._folder) as files:
            for entry in files:
                with suppress(OSError):  # another process was faster
                    found = entry.stat(follow_symlinks=False)
                    yield found.st_mtime, _taken(found.st_size), Path(entry.path)


def _taken(size: int) -> int:
    """Bytes on disk of a file of so many bytes."""
    return -(-size // _BLOCK) * _BLOCK


def _read(path: Path, longest: int) -> bytes | None:
    """The content of a plain file of at most ``longest`` bytes, empty of anything else; None if there is none."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    except OSError:
        return b""
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or found.st_size > longest:
            return b""
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read()
    except OSError:
        return b""
    finally:
        os.close(descriptor)


def _parse(key: str, content: bytes) -> list[Array] | None:
    """The outputs in an entry's content; None if it is damaged, or another's."""
    blob = content[_HEAD:]
    if content[:_HEAD] != _MAGIC + key.encode() + hashlib.sha256(blob).digest():
        return None
    try:
        return arrays.loads(blob)
    except ArrayFormatError:
        return None
