"""The hardenings of the local outer walls: flags of bubblewrap and unshare, steps of ``sandbox/walls/enter.py``."""

from __future__ import annotations

import sysconfig
from typing import Any

import numpy as np

from tests.hardening.registry import LOCAL, Change, Flag, Group, Hardening, Inherited, Step, Unprobed, Visible

#: A folder that the walls of these tests cover.
COVERED = f"{sysconfig.get_paths()['stdlib']}/pydoc_data"
#: One that they show.
_SHOWN = np.__path__[0]

_PROC: tuple[Change, ...] = (Visible("/proc"), "landlock")
_KEPT = 1 << 5 | 1 << 6 | 1 << 7  # CAP_KILL, CAP_SETGID, CAP_SETUID: what a zygote needs as root
_INNER_CAPABILITIES: tuple[Change, ...] = ("user", "capabilities")
_TINY = Group(256 << 20, 40)


def _bubblewrap(name: str, probe: str, held: object, *remove: Flag, **more: Any) -> Hardening:
    return Hardening("bubblewrap", name, probe, held, remove, backends=("bubblewrap",), **more)


def _unshare(name: str, probe: str, held: object, *remove: Flag | Step, **more: Any) -> Hardening:
    return Hardening("unshare", name, probe, held, remove, backends=("unshare",), **more)


BUBBLEWRAP = [
    _bubblewrap(
        "--unshare-pid",
        "namespace('pid')",
        "its own",
        Flag(("--unshare-pid",)),
        without=(*_PROC, Flag(("--as-pid-1",))),  # which needs it
    ),
    _bubblewrap("--unshare-net", "namespace('net')", "its own", Flag(("--unshare-net",)), without=_PROC),
    _bubblewrap("--unshare-ipc", "namespace('ipc')", "its own", Flag(("--unshare-ipc",)), without=_PROC),
    _bubblewrap(
        "--unshare-uts",
        "namespace('uts')",
        "its own",
        Flag(("--unshare-uts",)),
        without=(*_PROC, Flag(("--hostname", "sandbox"))),  # which needs it
    ),
    _bubblewrap(
        "--unshare-cgroup-try", "namespace('cgroup')", "its own", Flag(("--unshare-cgroup-try",)), without=_PROC
    ),
    _bubblewrap("--hostname", "os.uname().nodename", "sandbox", Flag(("--hostname", "sandbox"))),
    _bubblewrap("--as-pid-1", "os.getppid()", 1, Flag(("--as-pid-1",))),
    _bubblewrap("--die-with-parent", "ZYGOTE['pdeathsig']", 9, Flag(("--die-with-parent",)), without=("zygote told",)),
    _bubblewrap("--new-session", "os.getsid(0)", 1, Flag(("--new-session",))),
    _bubblewrap("--clearenv", "'SECRET' in os.environ", False, Flag(("--clearenv",)), without=(Inherited("SECRET"),)),
    _bubblewrap(
        "--cap-drop ALL",
        "capabilities()",
        _KEPT,
        Flag(("--cap-drop", "ALL")),
        without=_INNER_CAPABILITIES,
        root=True,
    ),
    _bubblewrap(
        "--disable-userns",
        "call('unshare', 0x10000000)",
        "ENOSPC",
        Flag(("--disable-userns",)),
        without=("seccomp",),
        root=False,
    ),
    _bubblewrap("--ro-bind", f"flagged({_SHOWN!r}, 'rdonly')", True, Flag(("--ro-bind",), ("--bind",))),
    _bubblewrap("--remount-ro /", "flagged('/', 'rdonly')", True, Flag(("--remount-ro", "/"))),
    _bubblewrap(
        "--tmpfs over other packages",
        f"os.listdir({COVERED!r})",
        [],
        Flag(("--tmpfs", COVERED)),
        without=(Flag(("--remount-ro", COVERED)),),  # which needs it
    ),
    _bubblewrap(
        "--remount-ro of what covers them", f"flagged({COVERED!r}, 'rdonly')", True, Flag(("--remount-ro", COVERED))
    ),
]

_BIND = "_bind(root, path, _RDONLY | _NOSUID | _NODEV)"
_COVER = 'root + path, "tmpfs", _RDONLY | _NOSUID | _NODEV)'
_ROOT = "_REMOUNT | _BIND | _RDONLY | _NOSUID | _NODEV"
_DEVICE = "_bind(root, device, _RDONLY | _NOSUID | _NOEXEC)"


def _mount_flags(what: str, path: str, piece: str, flags: tuple[str, ...]) -> list[Hardening]:
    """One entry for each flag of a mount."""
    return [
        _unshare(
            f"{what}: {flag}",
            f"flagged({path!r}, {flag!r})",
            True,
            Step(piece, piece.replace(f"_{flag.upper()}", "0")),
        )
        for flag in flags
    ]


UNSHARE = [
    *(
        _unshare(f"--{flag}", f"namespace({kind!r})", "its own", Flag((f"--{flag}",)), without=_PROC)
        for flag, kind in (("pid", "pid"), ("net", "net"), ("ipc", "ipc"), ("uts", "uts"))
    ),
    _unshare("--kill-child", "ZYGOTE['pdeathsig']", 9, Flag(("--kill-child",)), without=("zygote told",)),
    *_mount_flags("what is bound", _SHOWN, _BIND, ("rdonly", "nosuid", "nodev")),
    *_mount_flags("what covers other packages", COVERED, _COVER, ("rdonly", "nosuid", "nodev")),
    *_mount_flags("the root", "/", _ROOT, ("rdonly", "nosuid", "nodev")),
    *_mount_flags("devices", "/dev/null", _DEVICE, ("rdonly", "nosuid", "noexec")),
    _unshare(
        "other packages are covered",
        f"os.listdir({COVERED!r})",
        [],
        Step('for path in plan["hidden"]:', "for path in ():"),
    ),
    _unshare(
        "the old root is gone",
        "os.path.exists('/etc/passwd')",
        False,
        Step("    _pivot(root)\n", ""),
        without=("landlock", "user"),  # this machine's folders may be root's own
    ),
    _unshare(
        "the old root is not beneath the new",
        "sum(line.split()[4] == '/' for line in open('/proc/self/mountinfo'))",
        1,
        Step('_checked(_libc.umount2(b".", _DETACH))', "pass"),
        without=_PROC,
    ),
    _unshare(
        "capabilities are dropped",
        "capabilities()",
        _KEPT,
        Step("_checked(_libc.capset(header,", "((header,"),
        without=(*_INNER_CAPABILITIES, Step("if capability not in kept:", "if False:")),
        root=True,
    ),
    _unshare(
        "capabilities cannot come back",
        "bounding()",
        _KEPT,
        Step("if capability not in kept:", "if False:"),
        without=("seccomp",),
        root=True,
    ),
    _unshare(
        "no new privileges",
        "attribute(39)",
        1,
        Step("_checked(_libc.prctl(_PR_SET_NO_NEW_PRIVS, ctypes.c_ulong(1), 0, 0, 0))", "pass"),
        without=("nnp", "landlock", "seccomp"),
    ),
    _unshare(
        "its environment alone",
        "'SECRET' in os.environ",
        False,
        Step('plan["environment"])', '{**os.environ, **plan["environment"]})'),
        without=(Inherited("SECRET"),),
    ),
]

BOTH = [
    Hardening(
        "local walls",
        "nothing but the view",
        "opened('/etc/passwd')",
        "ENOENT",
        (Visible("/etc/passwd"),),
        without=("landlock",),
        backends=LOCAL,
    ),
    Hardening(
        "local walls",
        "no /proc",
        "os.path.exists('/proc/self')",
        False,
        (Visible("/proc"),),
        backends=LOCAL,
    ),
    Hardening("control group", "tasks", f"threads({_TINY.tasks + 20}) < {_TINY.tasks}", True, (_TINY,), backends=LOCAL),
    Hardening("control group", "memory", f"touched({2 * _TINY.memory})", "SIGKILL", (_TINY,), backends=LOCAL),
]

OUTER = [*BUBBLEWRAP, *UNSHARE, *BOTH]

UNPROBED = [
    Unprobed("bubblewrap", "mount namespace", "it makes one unasked, and nothing stops it"),
    Unprobed("bubblewrap", "nosuid, nodev, no new privileges", "it sets them unasked, and nothing stops it"),
    Unprobed("bubblewrap", "--unshare-user", "an ordinary user gets one unasked; root needs none"),
    Unprobed("unshare", "--mount, and private mounts", "without them the plan would be carried out on this machine"),
    Unprobed("unshare", "--user, --map-root-user", "an ordinary user can make no other namespace without them"),
    Unprobed("unshare", "--fork", "without it the zygote is in no new process namespace, which --pid's probe shows"),
]
