"""The hardenings of the inner wall: what every child gives up, whatever is around it."""

from __future__ import annotations

import resource
from typing import Any

from sandbox.inside import seccomp
from tests.hardening.registry import LOCAL, WALLED, Backend, Change, Hardening, Unprobed

#: What the wall of a probe asks for; the probes expect these very numbers.
MEMORY, THREADS, CPU_SECONDS = 1 << 30, 480, 20

_EVERYWHERE: tuple[Backend, ...] = (*WALLED, "alone")

_LIMITS = {
    "RLIMIT_DATA": MEMORY,
    "RLIMIT_AS": MEMORY + (8 << 30),
    "RLIMIT_NPROC": THREADS,
    "RLIMIT_NOFILE": 64,
    "RLIMIT_FSIZE": 0,
    "RLIMIT_CORE": 0,
    "RLIMIT_MEMLOCK": 0,
    "RLIMIT_MSGQUEUE": 0,
}
_ENGINE_LIMITS = ("RLIMIT_CORE", "RLIMIT_MEMLOCK", "RLIMIT_MSGQUEUE")

LIMITS = [
    Hardening(
        "inner: limits",
        name,
        f"limit({name!r})",
        [value, value],
        (f"limit:{name}",),
        backends=("bubblewrap", "unshare", "alone") if name in _ENGINE_LIMITS else _EVERYWHERE,
        unseen={"docker": "the container has the same limit"} if name in _ENGINE_LIMITS else {},
    )
    for name, value in _LIMITS.items()
] + [
    Hardening(
        "inner: limits",
        "RLIMIT_CPU",
        "limit('RLIMIT_CPU')",
        [CPU_SECONDS, CPU_SECONDS + 1],
        ("limit:RLIMIT_CPU",),
        backends=_EVERYWHERE,
    )
]

_LOCAL_OR_ALONE: tuple[Backend, ...] = (*LOCAL, "alone")

PROCESS = [
    Hardening(
        "inner: process",
        "own user",
        "set(os.getresuid() + os.getresgid()) == {HOST['user']}",
        held=True,
        remove=("user",),
        backends=_LOCAL_OR_ALONE,
        root=True,
    ),
    Hardening(
        "inner: process",
        "no supplementary groups",
        "os.getgroups()",
        [],
        ("groups",),
        without=("groups of the zygote",),
        backends=("alone",),
        unseen={"bubblewrap": "as alone", "unshare": "as alone", "docker": "a container's user has no groups"},
        root=True,
    ),
    Hardening(
        "inner: process",
        "no capabilities",
        "capabilities()",
        0,
        ("capabilities",),
        without=("user",),
        backends=_LOCAL_OR_ALONE,
        unseen={"docker": "the container has none"},
        root=True,
    ),
    Hardening(
        "inner: process",
        "no new privileges",
        "attribute(39)",
        1,
        ("nnp",),
        without=("landlock", "seccomp"),  # neither can be built without it
        backends=("alone",),
        unseen=dict.fromkeys(WALLED, "the outer wall sets it too"),
    ),
    Hardening(
        "inner: process",
        "not inspectable",
        "attribute(3)",
        0,
        ("dumpable",),
        without=("seccomp", "user"),  # becoming another user has the same effect
        backends=_EVERYWHERE,
    ),
    Hardening(
        "inner: process",
        "the zygote is not inspectable",
        "call('kcmp', os.getppid(), os.getppid(), 1, 0, 0)",
        "EPERM",
        ("zygote",),
        without=("seccomp", "landlock", "user", "capabilities"),
        backends=LOCAL,
        unseen={"docker": "the container's own profile refuses every call that could tell"},
    ),
    Hardening(
        "inner: process",
        "dies with the zygote",
        "signal_of_parents_death()",
        9,
        ("pdeathsig",),
        without=("seccomp",),
        backends=_EVERYWHERE,
    ),
    Hardening(
        "inner: process",
        "dies with the zygote, also as another user",
        "signal_of_parents_death()",
        9,
        ("pdeathsig:again",),
        without=("seccomp",),
        backends=_LOCAL_OR_ALONE,
        unseen={"docker": "no child changes its user"},
        root=True,
    ),
    Hardening("inner: process", "no descriptor but its own", "descriptors()", [0, 1, 2, 3, 4], ("descriptors",)),
]


def _file_right(
    bit: int, name: str, probe: str, *, held: str = "EACCES", without: tuple[Change, ...] = (), since: int = 1
) -> Hardening:
    return Hardening(
        "inner: Landlock",
        name,
        probe,
        held,
        (f"landlock:files:{bit}",),
        without=without,
        backends=("alone",),
        unseen=dict.fromkeys(WALLED, "nothing that it could be tried on exists behind the outer wall"),
        landlock=since,
    )


def _network_right(kind: str, bit: int, name: str, probe: str, held: str) -> Hardening:
    without = ("seccomp", "user", "capabilities") if kind == "scope" and bit else ("seccomp",)
    return Hardening(
        "inner: Landlock",
        name,
        probe,
        held,
        (f"landlock:{kind}:{bit}",),
        without=without,
        backends=("alone",),
        unseen=dict.fromkeys(WALLED, "a namespace of its own has nobody to talk to"),
        landlock=6 if kind == "scope" else 4,
    )


_FILTER = ("seccomp",)
_SOCKET = "(lambda s: answer(lambda: s.{}))(__import__('socket').socket({}))"

LANDLOCK = [
    _file_right(
        0,
        "execute",
        "answer(lambda: os.execv(HOST['folder'] + '/program', ['program']))",
        without=(*_FILTER, "landlock:files:2"),  # executing is reading too
    ),
    _file_right(1, "write a file", "opened(HOST['folder'] + '/file', os.O_WRONLY)"),
    _file_right(2, "read a file", "opened(HOST['folder'] + '/file')"),
    _file_right(3, "read a folder", "answer(lambda: os.listdir(HOST['folder']))"),
    _file_right(4, "remove a folder", "answer(lambda: os.rmdir(HOST['folder'] + '/empty'))", without=_FILTER),
    _file_right(5, "remove a file", "answer(lambda: os.unlink(HOST['folder'] + '/file'))", without=_FILTER),
    _file_right(6, "make a character device", "made('device')", without=_FILTER),
    _file_right(7, "make a folder", "answer(lambda: os.mkdir(HOST['folder'] + '/new'))", without=_FILTER),
    _file_right(8, "make a file", "made('file')", without=_FILTER),
    _file_right(9, "make a socket", "made('socket')", without=_FILTER),
    _file_right(10, "make a fifo", "made('fifo')", without=_FILTER),
    _file_right(11, "make a block device", "made('disk')", without=_FILTER),
    _file_right(
        12, "make a symbolic link", "answer(lambda: os.symlink('x', HOST['folder'] + '/new'))", without=_FILTER
    ),
    _file_right(
        14, "truncate a file", "answer(lambda: os.truncate(HOST['folder'] + '/file', 0))", without=_FILTER, since=3
    ),
    _file_right(
        15,
        "control a device",
        "call('ioctl', os.open('/dev/urandom', os.O_RDONLY), 0x80045200, ctypes.byref(ctypes.c_int()))",
        without=_FILTER,
        since=5,
    ),
    _network_right("network", 0, "bind a TCP port", _SOCKET.format("bind(('127.0.0.1', 0))", "2, 1"), "EACCES"),
    _network_right(
        "network", 1, "connect to a TCP port", _SOCKET.format("connect(('127.0.0.1', 1))", "2, 1"), "EACCES"
    ),
    _network_right(
        "scope",
        0,
        "reach an abstract socket",
        _SOCKET.format("connect('\\0' + HOST['socket'])", "1, 1"),
        "EPERM",
    ),
    _network_right("scope", 1, "signal a process outside", "call('kill', os.getppid(), 0)", "EPERM"),
]


def _rule(name: str, probe: str, held: object, remove: str, **more: Any) -> Hardening:
    return Hardening("inner: seccomp", name, probe, held, (f"seccomp:{remove}",), **{"backends": _EVERYWHERE, **more})


_ENOSYS = "[call(n, 0, 0) for n in ('mincore', 'pwrite64', 'set_mempolicy', 435, 162, 99999)]"

SECCOMP = [
    _rule("what is not listed does not exist", _ENOSYS, ["ENOSYS"] * 6, "default"),
    _rule(
        "no 32-bit calls",
        "other_instruction_set()",
        "SIGSYS",
        "arch",
        backends=(*LOCAL, "alone"),
        unseen={"docker": "the container's profile refuses them too"},
    ),
    _rule(
        "no x32 calls",
        "call(0x40000000 | 39)",
        "SIGSYS",
        "x32",
        backends=(*LOCAL, "alone"),
        unseen={"docker": "the container's profile refuses them too"},
    ),
    _rule("clone makes threads only", "call('clone', 0xC00, 0, 0, 0, 0)", "SIGSYS", "clone:0:pass"),
    _rule("clone: threads share descriptors", "call('clone', 0x10000, 0, 0, 0, 0)", "SIGSYS", "clone:2:allow"),
    _rule("no stack that moves", "call('mremap', 0, 0, 0, 0, 0)", "ENOSYS", "default"),
    _rule("no shared mapping", "call('mmap', 0, 4096, 3, 0x21, -1, 0)", "EPERM", f"mmap:{0x01}"),
    _rule("no mapping that grows down", "call('mmap', 0, 4096, 3, 0x122, -1, 0)", "EPERM", f"mmap:{0x100}"),
    _rule("no huge pages", "call('mmap', 0, 1 << 21, 3, 0x40022, -1, 0)", "EPERM", f"mmap:{0x40000}"),
    _rule("kill: nobody else", "call('kill', 1 << 30, 0)", "SIGSYS", "kill:1:allow"),
    _rule("kill: not SIGKILL", "call('kill', os.getpid(), 9)", "SIGSYS", "kill:0:pass"),
    _rule("tgkill: nobody else", "call('tgkill', 1 << 30, 1 << 30, 0)", "SIGSYS", "tgkill:1:allow"),
    _rule("tgkill: not SIGKILL", "call('tgkill', os.getpid(), os.getpid(), 9)", "SIGSYS", "tgkill:0:pass"),
    _rule("no tkill", "call('tkill', os.getpid(), 0)", "SIGSYS", "tkill:0:allow"),
    _rule("fcntl: no sizes, locks or owners", "call('fcntl', 1, 1031, 8192)", "EPERM", "fcntl:0:allow"),
    _rule(
        "ioctl: nothing of devices", "call('ioctl', 1, 0x5452, ctypes.byref(ctypes.c_int()))", "ENOTTY", "ioctl:0:allow"
    ),
    _rule("prctl: names only", "call('prctl', 3, 0, 0, 0, 0)", "EPERM", "prctl:0:allow"),
    _rule(
        "sched_setaffinity: nobody else",
        "call('sched_setaffinity', 1 << 30, 8, ctypes.byref(ctypes.c_long(1)))",
        "EPERM",
        "sched_setaffinity:0:allow",
    ),
    _rule(
        "prlimit64: sets nothing",
        "call('prlimit64', 0, 4, ctypes.byref((ctypes.c_long * 2)(0, 0)), 0)",
        "EPERM",
        "prlimit64:0:pass",
    ),
    _rule(
        "prlimit64: nobody else",
        "call('prlimit64', 1 << 30, 4, 0, ctypes.byref((ctypes.c_long * 2)(0, 0)))",
        "EPERM",
        "prlimit64:1:allow",
    ),
    *(
        _rule(f"no {name}", f"call({name!r}, 0, 0, 0, 0, 0, 0)", "SIGSYS", f"trap:{name}", alike=True)
        for name in seccomp._FORBIDDEN
    ),
]

INNER = [*LIMITS, *PROCESS, *LANDLOCK, *SECCOMP]

UNPROBED = [
    Unprobed("inner: Landlock", "move or link a file elsewhere", "the kernel refuses it in every domain, asked or not"),
]

assert resource.RLIMIT_CORE == 4  # what the probe of prlimit64 names
