"""One container as a slot: how it is made, hardened, and talked to.

The zygote is the container's only program; it hears us through the attached stream, which is all that leads in or out.
Invariant: no container is made with less than ``hardening`` says, and it ends by itself when the stream is closed.
"""

from __future__ import annotations

import json
import os
import select
import socket
import struct
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

import docker
from docker.types import DeviceRequest, LogConfig, Ulimit

from sandbox.inside.wall import MAX_THREADS
from sandbox.walls import profile
from sandbox.walls.outer import ROOT_CAPABILITIES

#: Marks a container as one of ours, and says which process owns it.
OWNER_LABEL: Final = "allclose.owner"

#: Where gVisor mounts a writable folder of its own if nothing else is there.
_TMP = "/tmp"  # noqa: S108 - so that nothing can be written there

#: Header of a chunk of the attached stream: which output, three zeros, length. Engine API, "Attach to a container".
_CHUNK = struct.Struct(">BxxxL")
_STDOUT = 1
_RECEIVE = 1 << 16
_ERRORS = 1 << 16


def hardening(
    *,
    memory: int,
    processors: float,
    runtime: str | None = None,
    own_users: bool = False,
    gpus: tuple[str, ...] | None = None,
) -> dict[str, Any]:
    """The outer wall of one slot, as arguments of ``create_host_config``.

    Args:
        memory: bytes for everything inside, without any swap.
        processors: share of the machine, in whole processors.
        runtime: OCI runtime; None for the daemon's default.
        own_users: let the zygote, root inside, make each child another user; only where that root is nobody outside.
        gpus: identifiers of the GPUs inside (all if empty), None for none. Only for slots that run vetted programs:
            its driver needs calls that our own profile refuses, so the engine's profile stands instead.
    """
    options: dict[str, Any] = {
        "network_mode": "none",
        "read_only": True,
        "cap_drop": ["ALL"],
        "security_opt": ["no-new-privileges:true"],
        "pids_limit": 2 * MAX_THREADS,
        "mem_limit": memory,
        "memswap_limit": memory,
        "nano_cpus": int(processors * 1e9),
        "tmpfs": {_TMP: "ro,noexec,nosuid,nodev,size=4k,nr_inodes=1,mode=0555"},
        "ipc_mode": "none",  # no /dev/shm, which would be writable
        "log_config": LogConfig(type="none"),
        # The engine mounts /dev/mqueue all the same; without room for a queue no file can be made there.
        "ulimits": [Ulimit(name=name, soft=0, hard=0) for name in ("core", "memlock", "msgqueue")],
        "restart_policy": {"Name": "no"},
        "auto_remove": True,
        "oom_score_adj": 500,
    }
    if runtime is not None:
        options["runtime"] = runtime
    if own_users:
        options["cap_add"] = [name.removeprefix("CAP_") for name in ROOT_CAPABILITIES]
    if gpus is None:
        options["security_opt"].append(f"seccomp={json.dumps(profile.build())}")
    else:
        ids = {"device_ids": list(gpus)} if gpus else {"count": -1}
        options["device_requests"] = [DeviceRequest(capabilities=[["gpu", "compute", "utility"]], **ids)]
    return options


@dataclass(frozen=True)
class Container:
    """What to make.

    Attributes:
        image: id of the sandbox's image.
        user: numeric user and group of everything inside.
        owner: who makes it, for the sweep.
        hardening: from ``hardening``.
        variables: its environment, on top of the image's.
        arguments: of its zygote.
    """

    image: str
    user: int
    owner: str
    hardening: Mapping[str, Any]
    variables: Mapping[str, str] = field(default_factory=dict)
    arguments: tuple[str, ...] = ()


class ContainerStream:
    """A zygote in a container, over its attached stream; implements ``sandbox.stream.Stream``."""

    def __init__(self, client: docker.DockerClient, container: Container, remove: Callable[[str], None]) -> None:
        """Create, attach and start.

        Args:
            client: connected through the daemon's Unix socket.
            container: what to make.
            remove: called once with the container's id when it is no longer needed.

        Raises:
            docker.errors.DockerException: the daemon refused.
            requests.RequestException: it did not answer.
        """
        made = client.api.create_container(
            container.image,
            command=list(container.arguments),
            environment=dict(container.variables),
            user=f"{container.user}:{container.user}",
            hostname="sandbox",
            stdin_open=True,  # and, as we are attached, closed for good with our end
            network_disabled=True,
            labels={OWNER_LABEL: container.owner},
            host_config=client.api.create_host_config(**container.hardening),
        )
        self.identifier: str = made["Id"]
        self._remove = remove
        self._socket: socket.socket | None = None
        self._header = b""
        self._left = 0
        self._to_output = False
        self._errors = bytearray()
        try:
            # Attached before it starts: nothing it says is missed, and nothing of it lies in the SDK's own buffers.
            attached = client.api.attach_socket(
                self.identifier, params={"stdin": 1, "stdout": 1, "stderr": 1, "stream": 1}
            )
            # The SDK hands out its own reader; the socket below it is what can be polled, and closed for good.
            self._socket = socket.socket(fileno=attached._sock.detach())  # noqa: SLF001 - as its documentation tells to
            os.set_blocking(self._socket.fileno(), False)
            client.api.start(self.identifier)
        except BaseException:
            self.close()
            raise
        self.reading = self.writing = self._socket.fileno()

    @property
    def alive(self) -> bool:
        """Whether the stream is still open; the daemon closes it when the container ends."""
        held = self._socket
        if held is None:
            return False
        # Asked of the connection, not of what it holds: a dead container's last words may lie unread in it.
        poll = select.poll()
        poll.register(held, select.POLLRDHUP)
        return not poll.poll(0)

    def write(self, data: bytes) -> int:
        """Send what the socket has room for."""
        try:
            return self._open().send(data)
        except BlockingIOError:
            return 0

    def read(self) -> bytes | None:
        """What the zygote sent; standard error is put aside."""
        try:
            arrived = self._open().recv(_RECEIVE)
        except BlockingIOError:
            return b""
        if not arrived:
            return None
        output = bytearray()
        while arrived:
            if not self._left:
                missing = _CHUNK.size - len(self._header)
                self._header, arrived = self._header + arrived[:missing], arrived[missing:]
                if len(self._header) < _CHUNK.size:
                    break
                stream, self._left = _CHUNK.unpack(self._header)
                self._header, self._to_output = b"", stream == _STDOUT
            part, arrived = arrived[: self._left], arrived[self._left :]
            self._left -= len(part)
            (output if self._to_output else self._errors).extend(part)
        del self._errors[:-_ERRORS]
        return bytes(output)

    def errors(self) -> str:
        """What the zygote and the container's runtime wrote to standard error."""
        return self._errors.decode(errors="replace").strip()

    def kill(self) -> None:
        """Hang up: the zygote ends with its input, and everything inside with the zygote."""
        if (held := self._socket) is not None:
            with suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Hang up and have the container removed, whatever it still does."""
        self.kill()
        held, self._socket = self._socket, None
        if held is not None:
            held.close()
        if self.identifier:
            self._remove(self.identifier)
            self.identifier = ""

    def _open(self) -> socket.socket:
        if self._socket is None:
            raise OSError("the stream is closed")
        return self._socket
