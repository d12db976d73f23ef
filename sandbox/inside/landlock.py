"""Landlock rules of the inner wall: which files a child may open.

Read-only access to the interpreter and its libraries, nothing else; no TCP, no signals or abstract sockets out of the
child. Landlock is per thread, so it is applied before any pool starts. Constants: linux/landlock.h.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same numbers on every architecture
_RULE_PATH_BENEATH = 1
_GET_VERSION = 1

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
#: Rights on files known to ABI 1; later versions added REFER, TRUNCATE and IOCTL_DEV, one bit each.
_ABI1_RIGHTS = (1 << 13) - 1
_LATER_RIGHTS = {2: 1 << 13, 3: 1 << 14, 5: 1 << 15}


def abi() -> int:
    """The kernel's Landlock version, 0 where there is none."""
    libc = ctypes.CDLL(None, use_errno=True)
    version: int = libc.syscall(_CREATE_RULESET, None, 0, _GET_VERSION)
    return max(version, 0)


def restrict(readable: Iterable[str], writable: Iterable[str] = ()) -> None:
    """Confine the calling thread for good to reading beneath ``readable`` and reading and writing ``writable`` files.

    Paths that do not exist are passed over. ``no_new_privs`` must be set before.

    Raises:
        OSError: Landlock is missing or refused the rules.
    """
    version = abi()
    files = _ABI1_RIGHTS | sum(right for since, right in _LATER_RIGHTS.items() if version >= since)
    network = 0b11 if version >= 4 else 0  # noqa: PLR2004 - bind and connect came with ABI 4
    scoped = 0b11 if version >= 6 else 0  # noqa: PLR2004 - abstract sockets and signals came with ABI 6
    attributes = struct.pack("<QQQ", files, network, scoped)
    size = 24 if scoped else 16 if network else 8
    libc = ctypes.CDLL(None, use_errno=True)
    ruleset = _checked(libc.syscall(_CREATE_RULESET, attributes[:size], size, 0))
    try:
        for path in readable:
            _allow(libc, ruleset, path, _READ_FILE | _READ_DIR)
        for path in writable:
            _allow(libc, ruleset, path, _READ_FILE | _WRITE_FILE)
        _checked(libc.syscall(_RESTRICT_SELF, ruleset, 0))
    finally:
        os.close(ruleset)


def _allow(libc: ctypes.CDLL, ruleset: int, path: str, rights: int) -> None:
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not os.path.isdir(path):
            rights &= ~_READ_DIR
        rule = struct.pack("<Qi", rights, parent)
        _checked(libc.syscall(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, rule, 0))
    finally:
        os.close(parent)


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"Landlock: {os.strerror(number)}")
    return result
