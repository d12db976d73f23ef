"""Becomes a zygote (``sandbox.inside.zygote``) that can fork children behind less than the whole inner wall.

Its text is passed to the interpreter inside an outer wall, so it needs nothing there but ``sandbox/inside``. A spawn
request's wall may name in ``without`` what is taken away, from that child only. Invariant: a child without that list is
walled in by the production code as it stands.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import struct
import sys
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sandbox.frames import read_message
from sandbox.inside import landlock as _landlock_module
from sandbox.inside import seccomp as _seccomp_module
from sandbox.inside import wall as _wall_module
from sandbox.inside.syscalls import NUMBERS

#: The modules whose pieces are taken out.
wall: Any = _wall_module
landlock: Any = _landlock_module
seccomp: Any = _seccomp_module

_OPTIONS: dict[str, Any] = json.loads(sys.argv[1]) if len(sys.argv) > 1 else {}

_PR_SET_PDEATHSIG, _PR_GET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 2, 4, 38
_JEQ, _RET, _ALLOW = 0x15, 0x06, 0x7FFF0000
_GO_ON = (0x05, 0, 0, 0)  # a jump to the next instruction

#: What the probes can see of the process that forked them.
ZYGOTE: dict[str, int] = {}


def main() -> None:
    """Serve like the production zygote."""
    if _OPTIONS.get("light"):
        _leave_jax_out()
    from sandbox.inside import becoming, zygote  # noqa: PLC0415 - only now: it would import JAX

    signal_of_death = ctypes.c_int()
    ctypes.CDLL(None).prctl(_PR_GET_PDEATHSIG, ctypes.byref(signal_of_death), 0, 0, 0)
    ZYGOTE["pdeathsig"] = signal_of_death.value
    become_child = becoming.become
    always = _OPTIONS.get("without", [])

    def become_less(request: dict[str, Any], *rest: Any) -> None:
        for name in [*always, *request["wall"].pop("without", [])]:
            remove(name)
        become_child(request, *rest)

    becoming.become = become_less  # type: ignore[assignment]
    if "groups" in _OPTIONS:
        os.setgroups([1])
    if "zygote" in _OPTIONS:
        forbid, wall.forbid_inspection = wall.forbid_inspection, lambda: None
        _restore_for_children(zygote, forbid)
    zygote.main()


def _restore_for_children(zygote: Any, forbid: Callable[[], None]) -> None:
    """Take the ban on inspection from the zygote alone: its children still call it."""
    serve = zygote.Zygote.serve

    def serve_restored(self: Any) -> None:
        wall.forbid_inspection = forbid
        serve(self)

    zygote.Zygote.serve = serve_restored


def _leave_jax_out() -> None:
    """Put one role that executes its job where the roles that need JAX would be, so that starting takes no time."""

    def execute() -> None:
        message = read_message(0, 1 << 20)
        assert message is not None
        os.dup(0)  # as a run keeps the pipe that its inputs come by
        exec(compile(message.body, "probe", "exec"), {"ZYGOTE": ZYGOTE})

    for name in ("sandbox.inside.cases", "sandbox.inside.evaluate", "sandbox.inside.run", "sandbox.inside.vet"):
        sys.modules[name] = types.ModuleType(name)
        sys.modules[name].main = sys.modules[name].main_on_gpu = execute  # type: ignore[attr-defined]
        sys.modules[name].main_on_gpu = execute  # type: ignore[attr-defined]
    trace = sys.modules["sandbox.inside.trace"] = types.ModuleType("sandbox.inside.trace")
    trace.main, trace.toolchain, trace.prepare = execute, dict, dict  # type: ignore[attr-defined]
    sys.modules["sandbox.inside.evaluate"].toolchain = lambda _platform: {}  # type: ignore[attr-defined]
    cpu = sys.modules["jaxlib.cpu"] = types.ModuleType("jaxlib.cpu")
    sys.modules["jaxlib"] = types.ModuleType("jaxlib")
    cpu._lapack = types.SimpleNamespace(initialize=lambda: None)  # type: ignore[attr-defined]


def remove(name: str) -> None:
    """Take one hardening from the calling process, which is about to be walled in."""
    kind, _, detail = name.partition(":")
    _REMOVALS[kind](detail)


def _whole_wall(_: str) -> None:
    """All of it but the user: as root in a local wall, a child would own the machine's devices."""
    for name in ("limits", "pdeathsig", "dumpable", "capabilities", "nnp", "landlock", "seccomp"):
        remove(name)


def _user(_: str) -> None:
    os.setresuid = os.setresgid = lambda *_: None


def _groups(_: str) -> None:
    os.setgroups = lambda _: None


def _descriptors(_: str) -> None:
    os.closerange = lambda *_: None


def _limits(_: str) -> None:
    wall._limit_resources = lambda _: None


def _capabilities(_: str) -> None:
    wall._drop_capabilities = lambda: None


def _parents_death(which: str) -> None:
    """Both times it is asked for, or only after the change of user."""
    prctl, left = wall._prctl, [1 if which == "again" else 0]

    def skipping(option: int, value: int) -> None:
        if option == _PR_SET_PDEATHSIG:
            left[0] -= 1
            if left[0] < 0:
                return
        prctl(option, value)

    wall._prctl = skipping


def _dumpable(_: str) -> None:
    """Undo also what the zygote handed down."""
    wall._prctl(_PR_SET_DUMPABLE, 1)
    wall.forbid_inspection = lambda: None


def _new_privileges(_: str) -> None:
    prctl = wall._prctl
    wall._prctl = lambda option, value: None if option == _PR_SET_NO_NEW_PRIVS else prctl(option, value)


def _landlock(right: str) -> None:
    """All rules, or one bit: of rights on files, on the network, of scopes."""
    if not right:
        landlock.restrict = lambda *_: None
        return
    kind, bit = right.split(":")
    field, mask = ("files", "network", "scope").index(kind), ~(1 << int(bit))
    pack, allow = landlock.struct.pack, landlock._allow

    def masked(layout: str, *values: int) -> bytes:
        if layout == "<QQQ":
            values = tuple(value & mask if number == field else value for number, value in enumerate(values))
        packed: bytes = pack(layout, *values)
        return packed

    landlock.struct = types.SimpleNamespace(pack=masked)
    if kind == "files":

        def allow_less(libc: ctypes.CDLL, ruleset: int, path: str, rights: int) -> None:
            with _no_rights_no_rule():
                allow(libc, ruleset, path, rights & mask)

        landlock._allow = allow_less


@contextmanager
def _no_rights_no_rule() -> Iterator[None]:
    """A rule that is left without any right is none."""
    try:
        yield
    except OSError as error:
        if error.errno != errno.ENOMSG:
            raise


def _seccomp(rule: str) -> None:
    """The whole filter, or one rule of it.

    ``trap:NAME`` is one call of the forbidden list, ``mmap:BITS`` one kind of mapping, ``default``, ``arch`` and
    ``x32`` are the filter's own; ``NAME:N:allow`` makes the Nth verdict on a call "allowed", ``NAME:N:pass`` skips it.
    """
    what, _, detail = rule.partition(":")
    if not rule:
        seccomp.install = lambda: None
    elif what == "trap":
        seccomp._FORBIDDEN.remove(detail)
    elif what == "mmap":
        seccomp._MAP_UNCOUNTED &= ~int(detail)
    else:
        build = seccomp.build
        seccomp.build = lambda pid: _edited(build(pid), what, detail)


def _edited(code: bytes, what: str, detail: str) -> bytes:
    program = list(struct.iter_unpack("<HBBI", code))
    if what in ("arch", "x32"):
        place = 1 if what == "arch" else 4
        operation, _, _, value = program[place]
        program[place] = (operation, 1, 1, value)  # over the verdict, whatever was found
    elif what == "default":
        program[-1] = (_RET, 0, 0, _ALLOW)
    else:
        number = NUMBERS[what][seccomp._ARCHITECTURES[os.uname().machine][1]]
        start = 6
        while program[start][0] != _JEQ or program[start][3] != number:
            start += 1 + program[start][2]
        body = range(start + 1, start + 1 + program[start][2])
        count, how = detail.split(":")
        verdict = [place for place in body if program[place][0] == _RET][int(count)]
        program[verdict] = (_RET, 0, 0, _ALLOW) if how == "allow" else _GO_ON
    return b"".join(struct.pack("<HBBI", *instruction) for instruction in program)


_REMOVALS: dict[str, Callable[[str], None]] = {
    "wall": _whole_wall,
    "user": _user,
    "groups": _groups,
    "descriptors": _descriptors,
    "limits": _limits,
    "capabilities": _capabilities,
    "pdeathsig": _parents_death,
    "dumpable": _dumpable,
    "nnp": _new_privileges,
    "landlock": _landlock,
    "seccomp": _seccomp,
}

if __name__ == "__main__":
    main()
