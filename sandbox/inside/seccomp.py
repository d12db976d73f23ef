"""The seccomp filter of the inner wall: which system calls a child may make.

Three outcomes: calls on the allow-list run; calls that only an escape needs raise SIGSYS, which ends the process (and
lets ``faulthandler`` name the line); everything else fails with ENOSYS or EPERM, as on an old kernel. Invariant: the
filter is an allow-list, so a call that a future kernel adds is refused.

The filter applies to the calling thread and to threads it starts later; install it before JAX starts its pools.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import signal
import struct

from sandbox.inside.syscalls import NUMBERS

#: Values of ``struct seccomp_data.arch`` (AUDIT_ARCH_*), see linux/audit.h.
_ARCHITECTURES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}

_FILES = """
read pread64 readv preadv preadv2 write writev close close_range dup dup2 dup3 lseek fstat newfstatat stat
lstat statx access faccessat faccessat2 open openat readlink readlinkat getdents64 getcwd statfs fstatfs pipe
pipe2 poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2
eventfd2 fadvise64 umask
""".split()
_MEMORY = """
munmap mprotect madvise brk membarrier
""".split()
_THREADS = """
futex futex_waitv set_robust_list rseq set_tid_address exit exit_group sched_yield sched_getaffinity
sched_getparam sched_getscheduler sched_get_priority_max sched_get_priority_min getcpu arch_prctl
restart_syscall wait4 waitid
""".split()
_SIGNALS = """
rt_sigaction rt_sigprocmask rt_sigreturn rt_sigsuspend rt_sigpending rt_sigtimedwait sigaltstack pause alarm
getitimer setitimer
""".split()
_TIME = """
clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time times
""".split()
_SELF = """
getpid gettid getppid getuid geteuid getgid getegid getresuid getresgid getgroups getpgrp getpgid getsid
getrusage getrlimit sysinfo uname getrandom capget getpriority
""".split()
#: Calls that every child may make, whatever their arguments.
ALLOWED = [*_FILES, *_MEMORY, *_THREADS, *_SIGNALS, *_TIME, *_SELF]

#: Calls that no numerical program makes and every escape tries: they end the process.
_FORBIDDEN = """
fork vfork execve execveat socket socketpair connect bind listen accept accept4 sendto recvfrom sendmsg
recvmsg ptrace process_vm_readv process_vm_writev pidfd_open pidfd_getfd pidfd_send_signal process_madvise
kcmp unshare setns mount umount2 pivot_root chroot move_mount fsopen fsmount open_tree mount_setattr bpf
perf_event_open keyctl add_key request_key io_uring_setup io_uring_enter io_uring_register userfaultfd
memfd_create memfd_secret init_module finit_module delete_module kexec_load kexec_file_load reboot swapon
swapoff syslog acct quotactl personality ioperm iopl shmget shmat shmctl semget semop semctl msgget msgsnd
msgrcv msgctl mq_open mq_unlink setuid setgid setreuid setregid setresuid setresgid setgroups setfsuid
setfsgid capset seccomp open_by_handle_at name_to_handle_at fanotify_init landlock_create_ruleset mknod
mknodat clock_settime settimeofday adjtimex clock_adjtime sethostname setdomainname vhangup rt_sigqueueinfo
rt_tgsigqueueinfo
""".split()

# Classic BPF opcodes, linux/bpf_common.h.
_LOAD, _JEQ, _JSET, _JGE, _RET = 0x20, 0x15, 0x45, 0x35, 0x06
_RET_ALLOW, _RET_TRAP, _RET_ERRNO = 0x7FFF0000, 0x00030000, 0x00050000
_RET_KILL = 0x80000000
# Offsets in struct seccomp_data.
_NR, _ARCH, _ARG0 = 0, 4, 16

#: CLONE_THREAD and CLONE_FILES: a thread with descriptors of its own could fill pipes that no limit counts.
_CLONE_THREAD, _CLONE_FILES = 0x10000, 0x400
#: MAP_SHARED, MAP_GROWSDOWN and MAP_HUGETLB: memory that RLIMIT_DATA does not count.
_MAP_UNCOUNTED = 0x01 | 0x100 | 0x40000
_FCNTL_ALLOWED = (0, 1, 2, 3, 4, 1030)  # DUPFD, GETFD, SETFD, GETFL, SETFL, DUPFD_CLOEXEC: no locks, no seals
_IOCTL_ALLOWED = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)  # TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIO(N)CLEX
_PRCTL_ALLOWED = (15, 16, 0x53564D41)  # SET_NAME, GET_NAME, SET_VMA (names of anonymous memory)

_Instruction = tuple[int, int, int, int]


def supported() -> bool:
    """Whether the filter knows this machine's system call numbers."""
    return platform.machine() in _ARCHITECTURES


def build(pid: int) -> bytes:
    """The filter for the process ``pid``, as an array of ``struct sock_filter``.

    Raises:
        OSError: this machine's architecture is not supported.
    """
    machine = platform.machine()
    if machine not in _ARCHITECTURES:
        raise OSError(errno.ENOTSUP, f"no system call table for {machine}")
    audit_arch, column = _ARCHITECTURES[machine]
    program: list[_Instruction] = [
        (_LOAD, 0, 0, _ARCH),
        (_JEQ, 1, 0, audit_arch),
        (_RET, 0, 0, _RET_KILL),
        (_LOAD, 0, 0, _NR),
        (_JGE, 0, 1, 0x40000000),  # the x32 interface would slip past the numbers below
        (_RET, 0, 0, _RET_KILL),
    ]

    def rule(name: str, body: list[_Instruction]) -> None:
        number = NUMBERS[name][column]
        if number is not None:
            program.extend([(_JEQ, 0, len(body), number), *body])

    for name in ALLOWED:
        rule(name, [(_RET, 0, 0, _RET_ALLOW)])
    for name in _FORBIDDEN:
        rule(name, [(_RET, 0, 0, _RET_TRAP)])
    rule("clone", [*_unless_bits(0, _CLONE_THREAD, _RET_TRAP), *_if_bits(0, _CLONE_FILES, _RET_ALLOW, _RET_TRAP)])
    rule("mmap", _if_bits(3, _MAP_UNCOUNTED, _RET_ERRNO | errno.EPERM, _RET_ALLOW))
    # Only the kernel and an outsider may send SIGKILL, so that what it means is known when a child dies of it.
    for name, argument in (("kill", 1), ("tgkill", 2)):
        rule(name, [*_unless_equal(argument, signal.SIGKILL, _RET_TRAP), *_if_equal(0, (pid,), _RET_TRAP)])
    rule("tkill", [(_RET, 0, 0, _RET_TRAP)])
    rule("fcntl", _if_equal(1, _FCNTL_ALLOWED, _RET_ERRNO | errno.EPERM))
    rule("ioctl", _if_equal(1, _IOCTL_ALLOWED, _RET_ERRNO | errno.ENOTTY))
    rule("prctl", _if_equal(0, _PRCTL_ALLOWED, _RET_ERRNO | errno.EPERM))
    rule("sched_setaffinity", _if_equal(0, (0, pid), _RET_ERRNO | errno.EPERM))
    # Reading limits only: a child that lowers its own would die of a limit that we did not set.
    rule("prlimit64", [*_if_null(2, _RET_ERRNO | errno.EPERM), *_if_equal(0, (0, pid), _RET_ERRNO | errno.EPERM)])
    program.append((_RET, 0, 0, _RET_ERRNO | errno.ENOSYS))
    return b"".join(struct.pack("<HBBI", *instruction) for instruction in program)


def _unless_bits(argument: int, bits: int, otherwise: int) -> list[_Instruction]:
    """Ends with ``otherwise`` unless one of ``bits`` is set; goes on behind it if one is."""
    return [(_LOAD, 0, 0, _ARG0 + 8 * argument), (_JSET, 1, 0, bits), (_RET, 0, 0, otherwise)]


def _if_bits(argument: int, bits: int, then: int, otherwise: int) -> list[_Instruction]:
    return [
        (_LOAD, 0, 0, _ARG0 + 8 * argument),
        (_JSET, 0, 1, bits),
        (_RET, 0, 0, then),
        (_RET, 0, 0, otherwise),
    ]


def _if_equal(argument: int, values: tuple[int, ...], otherwise: int) -> list[_Instruction]:
    # All these arguments are ints in the kernel's own signatures, so the low 32 bits decide.
    tests = [(_JEQ, len(values) - index, 0, value) for index, value in enumerate(values)]
    return [(_LOAD, 0, 0, _ARG0 + 8 * argument), *tests, (_RET, 0, 0, otherwise), (_RET, 0, 0, _RET_ALLOW)]


def _unless_equal(argument: int, value: int, otherwise: int) -> list[_Instruction]:
    """Goes on to the next instruction unless an int has this value."""
    return [(_LOAD, 0, 0, _ARG0 + 8 * argument), (_JEQ, 0, 1, value), (_RET, 0, 0, otherwise)]


def _if_null(argument: int, otherwise: int) -> list[_Instruction]:
    """Goes on to the next instruction if a pointer, both its halves, is zero."""
    low = _ARG0 + 8 * argument
    return [
        (_LOAD, 0, 0, low),
        (_JEQ, 0, 2, 0),
        (_LOAD, 0, 0, low + 4),
        (_JEQ, 1, 0, 0),
        (_RET, 0, 0, otherwise),
    ]


def install() -> None:
    """Filter the calling thread for good. ``no_new_privs`` must be set before.

    Raises:
        OSError: the kernel refused the filter.
    """
    code = build(os.getpid())
    buffer = ctypes.create_string_buffer(code, len(code))

    class Program(ctypes.Structure):
        _fields_ = (("len", ctypes.c_ushort), ("filter", ctypes.c_void_p))

    program = Program(len(code) // 8, ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    set_seccomp, mode_filter = 22, 2
    if libc.prctl(set_seccomp, mode_filter, ctypes.byref(program), 0, 0) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"seccomp filter refused: {os.strerror(number)}")
