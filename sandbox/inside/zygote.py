"""The process that every child is forked from: JAX imported, one thread, no backend, no secrets.

It relays bytes between the backend's pipe and its children without looking at them: payloads move from pipe to pipe by
``splice`` and never enter this process's memory, so a child forked later cannot find an earlier job in its own.
Invariant: no job's bytes are ever read here, and nothing a child sends can block the loop for good (the backend kills
the whole slot if it does).

A JAX backend must not exist before the fork: a child forked from a process with a running XLA client hangs on its first
compile.
"""

from __future__ import annotations

import gc
import json
import os
import platform
import resource
import select
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from jaxlib.cpu import _lapack

from sandbox.frames import HEADER, FrameType, write_all
from sandbox.inside import becoming, evaluate, landlock, pipes, trace, wall, watch
from sandbox.inside.roles import Roles, roles_for
from sandbox.inside.watch import MemoryWatch

_BACKEND_IN, _BACKEND_OUT = 0, 1
_MAX_SPAWN = 1 << 16


@dataclass
class _Child:
    """A forked child and our ends of its pipes; ``stdin`` is -1 once closed."""

    pid: int
    stdin: int
    printed: int
    result: int


class Zygote:
    """The relay loop."""

    def __init__(self, roles: Roles, memory: MemoryWatch | None) -> None:
        """Start without children.

        Args:
            roles: what they can be.
            memory: limits their memory where the kernel does not.
        """
        self.roles = roles
        self.memory = memory
        self.children: dict[int, _Child] = {}
        self.null = os.open("/dev/null", os.O_WRONLY | os.O_CLOEXEC)
        #: Payload of a DATA frame still to be moved: child id and byte count.
        self.pending: tuple[int, int] | None = None
        #: Whether the child's pipe had no room for it when last tried.
        self.full = False
        #: Whether the backend was told that the payload waits.
        self.waits = False
        #: Readable when a child has ended.
        self.ended = _wake_on_ended_children()

    def serve(self) -> None:
        """Relay until the backend hangs up or says QUIT."""
        while True:
            for descriptor in self._wait():
                if descriptor == _BACKEND_IN:
                    if not self._from_backend():
                        return
                elif descriptor == self.ended:
                    self._reap()
                else:
                    self._from_child(descriptor)
            self._move_pending()

    def _wait(self) -> list[int]:
        """Descriptors with something to do; a child's prints come before its results as far as seen, ends come last."""
        poll = select.poll()
        poll.register(self.ended, select.POLLIN)
        for child in self.children.values():
            for descriptor in (child.printed, child.result):
                poll.register(descriptor, select.POLLIN)
        if self.full and (target := self._target()) != self.null:
            poll.register(target, select.POLLOUT)
            poll.register(_BACKEND_IN, 0)  # only to hear that the backend is gone
        else:
            poll.register(_BACKEND_IN, select.POLLIN)
        events = dict(poll.poll(1000 * watch.SECONDS if self.memory and self.children else None))
        if self.memory:
            self.memory.look()
        if self.full and events.get(_BACKEND_IN, 0) & (select.POLLHUP | select.POLLERR):
            raise SystemExit("the backend hung up inside a message")
        ready = set(events)
        ordered = [_BACKEND_IN] if _BACKEND_IN in ready and self.pending is None else []
        for child in self.children.values():
            ordered += [fd for fd in (child.printed, child.result) if fd in ready]
        return ordered + [self.ended] * (self.ended in ready)

    def _from_backend(self) -> bool:
        header = _read(HEADER.size)
        if len(header) < HEADER.size:
            return False
        kind, number, length = HEADER.unpack(header)
        if kind == FrameType.QUIT:
            return False
        if kind == FrameType.SPAWN:
            if length > _MAX_SPAWN:
                raise SystemExit("oversized spawn request")
            self._spawn(number, json.loads(_read(length)))
        elif kind == FrameType.DATA:
            self.pending = (number, length)
        elif (child := self.children.get(number)) is not None:
            if kind == FrameType.CLOSE:
                _close_input(child)
            elif kind == FrameType.KILL:
                os.kill(child.pid, signal.SIGKILL)  # not reaped yet, so the number is still its own
        return True

    def _target(self) -> int:
        """Where the pending payload goes: the child's input, or nowhere if the child is gone."""
        child = self.children.get(self.pending[0]) if self.pending else None
        return self.null if child is None or child.stdin < 0 else child.stdin

    def _move_pending(self) -> None:
        if self.pending is None:
            return
        number, remaining = self.pending
        target = self._target()
        self.full = target != self.null and not select.select([], [target], [], 0)[1]
        if self.full:
            self._tell(number, waits=True)
            return
        if not select.select([_BACKEND_IN], [], [], 0)[0]:
            return
        try:
            moved = pipes.move(_BACKEND_IN, target, remaining, os.SPLICE_F_NONBLOCK)
        except BlockingIOError:  # the room left in the pipe is less than the kernel needs: gVisor's tells of any
            self.full = True
            self._tell(number, waits=True)
            return
        except BrokenPipeError:
            _close_input(self.children[number])
            return
        if moved == 0:
            raise SystemExit("the backend hung up inside a message")
        self.pending = (number, remaining - moved) if moved < remaining else None
        if self.pending is None:
            self._tell(number, waits=False)

    def _tell(self, number: int, *, waits: bool) -> None:
        """Say whether a payload waits for its child, behind which no frame for anybody is heard; once each time."""
        if waits == self.waits:
            return
        self.waits = waits
        write_all(_BACKEND_OUT, HEADER.pack(FrameType.WAITS, number, 1) + bytes([waits]))

    def _from_child(self, descriptor: int) -> None:
        for number, child in self.children.items():
            if descriptor == child.printed:
                _forward(descriptor, FrameType.PRINTED, number)
                return
            if descriptor == child.result:
                # What the child printed before these bytes goes first; the poll may have looked for it too early.
                count = pipes.waiting(descriptor)
                _forward(child.printed, FrameType.PRINTED, number)
                _forward(descriptor, FrameType.RESULT, number, count)
                return

    def _reap(self) -> None:
        os.read(self.ended, 4096)
        for number, child in list(self.children.items()):
            pid, status, usage = os.wait4(child.pid, os.WNOHANG)
            if pid:
                self._bury(number, child, status, usage)

    def _bury(self, number: int, child: _Child, status: int, usage: resource.struct_rusage) -> None:
        # No process but the child ever held the other ends, so what is in the pipes now is all there will be.
        while _forward(child.printed, FrameType.PRINTED, number):
            pass
        while _forward(child.result, FrameType.RESULT, number):
            pass
        peak = self.memory.forget(child.pid) if self.memory else None
        _send(
            FrameType.EXIT,
            number,
            {
                "code": os.waitstatus_to_exitcode(status),
                "cpu_seconds": usage.ru_utime + usage.ru_stime,
                "max_rss": usage.ru_maxrss * 1024 if peak is None else peak,
            },
        )
        _close_input(child)
        for descriptor in (child.printed, child.result):
            os.close(descriptor)
        del self.children[number]

    def _spawn(self, number: int, request: dict[str, object]) -> None:
        input_read, input_write = os.pipe2(os.O_CLOEXEC)
        printed_read, printed_write = os.pipe2(os.O_CLOEXEC)
        result_read, result_write = os.pipe2(os.O_CLOEXEC)
        pipes.reserve(input_read, printed_read, result_read)
        pid = os.fork()
        if pid == 0:
            becoming.become(request, (input_read, printed_write, result_write), self.roles)
        for descriptor in (input_read, printed_write, result_write):
            os.close(descriptor)
        self.children[number] = _Child(pid, input_write, printed_read, result_read)
        if self.memory:
            settings = request["wall"]
            assert isinstance(settings, dict)
            self.memory.add(pid, settings["memory"])


def _forward(descriptor: int, kind: FrameType, number: int, count: int | None = None) -> int:
    """Move what a child's pipe holds, or ``count`` bytes of it, to the backend in one frame; how many that was."""
    count = pipes.waiting(descriptor) if count is None else count
    if count == 0:
        return 0
    write_all(_BACKEND_OUT, HEADER.pack(kind, number, count))
    remaining = count
    while remaining:
        moved = pipes.move(descriptor, _BACKEND_OUT, remaining)
        if moved == 0:
            raise SystemExit("a child's pipe holds less than it did")
        remaining -= moved
    return count


def _wake_on_ended_children() -> int:
    """A descriptor that becomes readable whenever a child ends."""
    readable, writable = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(writable)
    return readable


def _send(kind: FrameType, number: int, payload: dict[str, object]) -> None:
    encoded = json.dumps(payload).encode()
    write_all(_BACKEND_OUT, HEADER.pack(kind, number, len(encoded)) + encoded)


def _read(count: int) -> bytes:
    chunks = b""
    while len(chunks) < count:
        chunk = os.read(_BACKEND_IN, count - len(chunks))
        if not chunk:
            break
        chunks += chunk
    return chunks


def _close_input(child: _Child) -> None:
    if child.stdin >= 0:
        os.close(child.stdin)
        child.stdin = -1


def _prepare(own: Roles) -> None:
    """Do what every child would do again, as far as it starts neither a backend nor a thread."""
    _lapack.initialize()  # binds SciPy's LAPACK; without it the first matrix factorisation is a segmentation fault
    if not own.gpu:
        trace.prepare()
    gc.collect()
    gc.freeze()


def main(arguments: Sequence[str] = ()) -> None:
    """Announce the toolchain, then serve; ``arguments`` say what kind of slot this is."""
    wall.forbid_inspection()
    pipes.reserve(_BACKEND_IN, _BACKEND_OUT)
    own = roles_for(arguments)
    _prepare(own)
    facts = {
        **evaluate.toolchain("cuda" if own.gpu else "cpu"),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "landlock": str(landlock.abi() or "none"),
        "unlimited": " ".join(wall.unsettable()),
    }
    enforced = watch.kernel_enforces()
    _send(FrameType.READY, 0, {**trace.toolchain(), **facts, "memory": "enforced" if enforced else "watched"})
    Zygote(own, None if enforced or own.gpu else MemoryWatch()).serve()


if __name__ == "__main__":
    main(sys.argv[1:])
