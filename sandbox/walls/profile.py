"""The seccomp profile of a container: what the zygote and its children may ask of the kernel, in Docker's own format.

It is the outer wall's copy of the inner filter (``sandbox.inside.seccomp``), widened by what a zygote needs: forking,
relaying, and building the inner wall. Invariant: an allow-list; nothing on it makes namespaces, sockets, keys, traces
or kernel objects.
"""

from __future__ import annotations

import errno
from typing import Any

from sandbox.inside import seccomp

#: What only the zygote does, and the runtime in its name while it becomes the zygote.
_ZYGOTE = """
fork vfork execve splice fchmod mremap kill tgkill tkill fcntl ioctl prctl prlimit64 setrlimit seccomp capset
landlock_create_ruleset landlock_add_rule landlock_restrict_self sched_setaffinity mmap chdir fchdir setpgid setsid
openat2 fstatfs statfs
""".split()

#: CLONE_NEW* (linux/sched.h): a clone with any of them would make a namespace.
_NEW_NAMESPACES = 0x7E020000 | 0x80


def build() -> dict[str, Any]:
    """The profile as Docker's JSON, for the security option ``seccomp=``."""
    return {
        "defaultAction": "SCMP_ACT_ERRNO",
        "archMap": [
            {"architecture": "SCMP_ARCH_X86_64", "subArchitectures": []},
            {"architecture": "SCMP_ARCH_AARCH64", "subArchitectures": []},
        ],
        "syscalls": [
            {"names": sorted({*seccomp.ALLOWED, *_ZYGOTE}), "action": "SCMP_ACT_ALLOW"},
            {
                "names": ["clone"],
                "action": "SCMP_ACT_ALLOW",
                "args": [{"index": 0, "value": _NEW_NAMESPACES, "valueTwo": 0, "op": "SCMP_CMP_MASKED_EQ"}],
            },
            # The C library falls back to clone, whose flags a filter can read.
            {"names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": errno.ENOSYS},
        ],
    }
