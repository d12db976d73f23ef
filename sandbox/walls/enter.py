"""Builds the mount namespace for the ``unshare`` wall, gives up its capabilities and becomes the zygote.

Started by ``unshare`` as the first process of fresh namespaces, before any untrusted code exists; standard library
only. Invariant: it becomes the zygote only after the old root is gone, or not at all.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import platform
import struct
import sys
from typing import Any

#: Where the new root may be mounted, in a namespace of our own: anywhere that hides nothing it needs.
_PLACES = ("/mnt", "/media", "/srv", "/opt", "/tmp", "/var", "/home")  # noqa: S108 - nothing is written there

# linux/mount.h
_RDONLY, _NOSUID, _NODEV, _NOEXEC, _REMOUNT, _BIND, _REC, _PRIVATE = 1, 2, 4, 8, 32, 4096, 16384, 1 << 18
_DETACH = 2
# linux/capability.h
_CAPABILITIES = {"CAP_KILL": 5, "CAP_SETGID": 6, "CAP_SETUID": 7}
_LAST_CAPABILITY = 63
_PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS = 24, 38
_CAPABILITY_VERSION_3 = 0x20080522
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}

_libc = ctypes.CDLL(None, use_errno=True)


def main(plan: dict[str, Any]) -> None:
    """Carry out ``plan`` (made by ``sandbox.walls.outer``) and exec its command."""
    root = _free_place(plan["readable"])
    _mount("none", "/", "", _REC | _PRIVATE)
    _mount("tmpfs", root, "tmpfs", _NOSUID | _NODEV)
    for path in plan["readable"]:
        if os.path.islink(path):
            _make_parent(root + path)
            os.symlink(os.readlink(path), root + path)
        else:
            _bind(root, path, _RDONLY | _NOSUID | _NODEV)
    for path in plan["hidden"]:
        _mount("tmpfs", root + path, "tmpfs", _RDONLY | _NOSUID | _NODEV)
    for device in plan["devices"]:
        _bind(root, device, _RDONLY | _NOSUID | _NOEXEC)  # writable all the same, but its owner cannot change it
    if plan["processes"]:
        os.makedirs(root + "/proc", mode=0o755, exist_ok=True)
        _mount("proc", root + "/proc", "proc", _RDONLY | _NOSUID | _NODEV | _NOEXEC)
    _pivot(root)
    _mount("none", "/", "", _REMOUNT | _BIND | _RDONLY | _NOSUID | _NODEV)
    _keep_capabilities([_CAPABILITIES[name] for name in plan["capabilities"]])
    _checked(_libc.prctl(_PR_SET_NO_NEW_PRIVS, ctypes.c_ulong(1), 0, 0, 0))
    os.execve(plan["command"][0], plan["command"], plan["environment"])


def _free_place(readable: list[str]) -> str:
    real = [os.path.realpath(path) for path in readable]
    for place in _PLACES:
        if os.path.isdir(place) and not any(f"{path}/".startswith(f"{place}/") for path in real):
            return place
    raise FileNotFoundError(f"none of {', '.join(_PLACES)} is free to mount the sandbox's root on")


def _bind(root: str, path: str, flags: int) -> None:
    target = root + path
    if os.path.isdir(path):
        os.makedirs(target, exist_ok=True)
    else:
        _make_parent(target)
        os.close(os.open(target, os.O_CREAT | os.O_WRONLY, 0o600))
    try:
        _mount(path, target, "", _BIND)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        # In a user namespace, what is mounted below comes along or nothing does: it could hide something.
        _mount(path, target, "", _BIND | _REC)
    # The flags a mount already has are locked in a user namespace and must be named again.
    held = os.statvfs(target).f_flag & (_RDONLY | _NOSUID | _NODEV | _NOEXEC)
    _mount("none", target, "", _REMOUNT | _BIND | flags | held)


def _make_parent(path: str) -> None:
    os.makedirs(os.path.dirname(path), mode=0o755, exist_ok=True)


def _pivot(root: str) -> None:
    os.chdir(root)
    _checked(_libc.syscall(_PIVOT_ROOT[platform.machine()], b".", b"."))
    _checked(_libc.umount2(b".", _DETACH))
    os.chdir("/")


def _keep_capabilities(kept: list[int]) -> None:
    for capability in range(_LAST_CAPABILITY + 1):
        if capability not in kept:
            _libc.prctl(_PR_CAPBSET_DROP, ctypes.c_ulong(capability), 0, 0, 0)  # numbers the kernel lacks fail: fine
    mask = sum(1 << capability for capability in kept)
    header = struct.pack("<Ii", _CAPABILITY_VERSION_3, 0)
    low, high = mask & 0xFFFFFFFF, mask >> 32
    _checked(_libc.capset(header, struct.pack("<IIIIII", low, low, 0, high, high, 0)))


def _mount(source: str, target: str, kind: str, flags: int) -> None:
    _checked(_libc.mount(source.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), None), target)


def _checked(result: int, what: str = "") -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), what)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
