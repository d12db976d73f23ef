"""The hardenings of a container: the options of ``walls.container.hardening``, the rules of its seccomp profile."""

from __future__ import annotations

from typing import Any

from sandbox.inside import seccomp
from sandbox.walls import profile
from tests.hardening.registry import Change, Hardening, Option, Rule, Unprobed

MEMORY, PROCESSORS = 2 << 30, 1.0


def _option(name: str, probe: str, held: object, *remove: Change, **more: Any) -> Hardening:
    return Hardening("container", name, probe, held, remove, backends=("docker",), **more)


_UNCONFINED = Option("security_opt", "seccomp=unconfined", of="seccomp")
_STATUS: tuple[Change, ...] = ("landlock",)

OPTIONS = [
    _option(
        "network_mode",
        "namespace('net')",
        "its own",
        Option("network_mode", "host"),
        without=(*_STATUS, Option("network_disabled")),
    ),
    _option(
        "network_disabled",
        "namespace('net')",
        "its own",
        Option("network_disabled"),
        without=(*_STATUS, Option("network_mode", "host")),
    ),
    _option("read_only", "flagged('/', 'rdonly')", True, Option("read_only")),
    _option("cap_drop", "status('CapBnd')", "0" * 16, Option("cap_drop"), without=_STATUS),
    _option(
        "no-new-privileges",
        "status('NoNewPrivs')",
        "1",
        Option("security_opt", of="no-new-privileges"),
        without=("nnp", "landlock", "seccomp", _UNCONFINED),  # a filter needs it, or rights of its own
    ),
    _option(
        "seccomp",
        "status('Seccomp')",
        "2",
        Option("security_opt", "seccomp=unconfined", of="seccomp"),
        without=("landlock", "seccomp"),
    ),
    _option("pids_limit", "group('pids', 'pids.max', 'pids.max')", "1024", Option("pids_limit"), without=_STATUS),
    _option("pids_limit works", "threads(60) < 40", True, Option("pids_limit"), without=(Option("pids_limit", 40),)),
    _option(
        "mem_limit",
        "group('memory', 'memory.limit_in_bytes', 'memory.max')",
        str(MEMORY),
        Option("mem_limit"),
        Option("memswap_limit"),
        without=_STATUS,
    ),
    _option(
        "memswap_limit",
        "group('memory', 'memory.memsw.limit_in_bytes', 'memory.swap.max') in ('2147483648', '0')",
        True,
        Option("memswap_limit"),
        without=_STATUS,
    ),
    _option(
        "nano_cpus",
        "group('cpu', 'cpu.cfs_quota_us', 'cpu.max').split()[0]",
        "100000",
        Option("nano_cpus"),
        without=_STATUS,
    ),
    _option("ipc_mode", "os.path.ismount('/dev/shm')", False, Option("ipc_mode")),
    _option(
        "ipc_mode: a namespace of its own", "namespace('ipc')", "its own", Option("ipc_mode", "host"), without=_STATUS
    ),
    _option(
        "ulimit core", "limit('RLIMIT_CORE')", [0, 0], Option("ulimits", of="core"), without=("limit:RLIMIT_CORE",)
    ),
    _option(
        "ulimit memlock",
        "limit('RLIMIT_MEMLOCK')",
        [0, 0],
        Option("ulimits", of="memlock"),
        without=("limit:RLIMIT_MEMLOCK",),
    ),
    _option(
        "ulimit msgqueue",
        "limit('RLIMIT_MSGQUEUE')",
        [0, 0],
        Option("ulimits", of="msgqueue"),
        without=("limit:RLIMIT_MSGQUEUE",),
    ),
    _option(
        "oom_score_adj",
        "open('/proc/self/oom_score_adj').read().strip()",
        "500",
        Option("oom_score_adj"),
        without=_STATUS,
    ),
    _option("log_config", "HOST['log']", "", Option("log_config")),
    _option("user", "set(os.getresuid() + os.getresgid()) == {HOST['user']}", True, Option("user")),
]

#: Calls that the inner filter ends the process for, and that the profile does not let through either.
REFUSED = sorted({*seccomp._FORBIDDEN} - {name for rule in profile.build()["syscalls"] for name in rule["names"]})

PROFILE = [
    Hardening(
        "profile",
        "what is not listed is refused",
        f"[n for n in {REFUSED!r} if call(n, -1, -1, -1, -1, -1, -1) != 'EPERM']",
        [],
        (Rule(all=True),),
        without=("seccomp",),
        backends=("docker",),
    ),
    Hardening(
        "profile",
        "clone makes no namespace",
        "call('clone', 0x10000000, 0, 0, 0, 0)",
        "EPERM",
        (Rule(allow=("clone",)),),
        without=("seccomp",),
        backends=("docker",),
    ),
    Hardening(
        "profile",
        "clone3 does not exist",
        "call(435, 0, 0)",
        "ENOSYS",
        (Rule(allow=("clone3",)),),
        without=("seccomp",),
        backends=("docker",),
    ),
]

CONTAINER = [*OPTIONS, *PROFILE]

UNPROBED = [
    Unprobed("container", "tmpfs", "the image has no /tmp: it is for gVisor, which mounts a writable one otherwise"),
    Unprobed(
        "container", "restart_policy, auto_remove", "they bound what stays, not what gets in: tests of the backend"
    ),
    Unprobed(
        "container", "no shell, no setuid program, no writable folder", "what the image is made of: its own tests"
    ),
]
