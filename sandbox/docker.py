"""The Docker backend: lanes of zygotes in hardened containers.

Two containers a lane, one for hostile code and one for evaluating vetted programs (and a third for evaluating on a
GPU, where the operator gave it any), started once and kept warm. Nothing is executed in, copied into or mounted into a
running one: jobs and results travel over its attached stream. Invariant: every fault of the daemon is
``SandboxUnavailable``, and what a killed service left behind is removed by the next.
"""

from __future__ import annotations

import itertools
import os
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, Literal

import docker
import docker.errors
import requests
from docker.transport import UnixHTTPAdapter

from sandbox.inside.wall import GPU_ARGUMENT
from sandbox.jobs import Limits, SandboxUnavailable
from sandbox.lane import EVALUATOR_BASE, Purpose, WallSettings
from sandbox.pool import PooledSandbox
from sandbox.slot import Slot
from sandbox.stages.cache import OutputCache
from sandbox.walls import gpus, versions
from sandbox.walls import image as images
from sandbox.walls.container import OWNER_LABEL, Container, ContainerStream, hardening
from sandbox.walls.gpus import Gpus, Sharing

Slots = Literal["warm", "single-use"]

#: How long the daemon may take to answer one request.
_ANSWER_SECONDS = 30
_FAULTS = (docker.errors.DockerException, requests.RequestException, OSError)
#: How gVisor's runtime is named.
_GVISOR = "runsc"
#: Processors one container may use, so that busy threads of one submission leave room for the others.
_PROCESSORS = 2.0


class DockerWalls:
    """Slots in containers of one image; implements ``sandbox.pool.OuterWalls``."""

    def __init__(
        self, image: str, runtime: str | None, slots: Slots, max_memory: int, shared: Sharing | None = None
    ) -> None:
        """Find the daemon and the image, and remove what a killed service left behind.

        Raises:
            SandboxUnavailable: one of them is not there.
        """
        self._client = connect()
        with ExitStack() as undo:
            undo.callback(self._client.close)
            with _our_fault("look for the image"):
                images.check(self._client, image, gpu=shared is not None)
                self._image = str(self._client.images.get(image).id)
                self._facts = self._client.info()
                told = self._client.version()
            self._runtime = _runtime(runtime, self._facts)
            self._tidy = connect()  # for the janitor: the SDK's connections are not made for two threads
            undo.pop_all()
        self._version = str(told["Version"])
        self._components = {part["Name"]: part["Version"] for part in told.get("Components", ())}
        self._slots = slots
        # gVisor lets processes of one user open each other's descriptors, undumpable or not. Its root is nobody
        # outside, so there, and only there, the zygote is root and makes every child another user.
        own_users = self._runtime.startswith(_GVISOR)
        self._harden = partial(
            hardening,
            processors=min(_PROCESSORS, float(self._facts.get("NCPU", 1))),
            runtime=runtime,
            own_users=own_users,
        )
        self._memory = 2 * max_memory + EVALUATOR_BASE
        self._hardening = self._harden(memory=self._memory)
        self._gpus = shared
        self._numbers = itertools.count()
        self._owner = _owner()
        # Removing takes a fifth of a second, which no learner should wait for.
        self._janitor = ThreadPoolExecutor(1, thread_name_prefix="sandbox-janitor")
        self._janitor.submit(sweep, self._tidy)
        self.settings = WallSettings(
            images.READABLE, own_users=own_users, gpu=shared is not None, jobs=1 if slots == "single-use" else None
        )

    def start(self, purpose: Purpose) -> Slot:
        """Start a container with a user of its own; a GPU's is hardened less than the others."""
        user = 0 if self.settings.own_users else self.settings.first_user + next(self._numbers)
        if purpose != "gpu":
            return self._start(Container(self._image, user, self._owner, self._hardening), lambda: None)
        assert self._gpus is not None
        name = self._gpus.take()
        done = partial(self._gpus.give_back, name)
        options = self._harden(memory=self._memory + gpus.HOST_MEMORY, gpus=() if name == gpus.ALL else (name,))
        variables = self._gpus.variables
        try:
            return self._start(Container(self._image, user, self._owner, options, variables, (GPU_ARGUMENT,)), done)
        except SandboxUnavailable as error:
            done()
            if "could not select device driver" in str(error):
                raise SandboxUnavailable(f"{error}. Install the NVIDIA Container Toolkit for this daemon.") from error
            raise

    def _start(self, container: Container, on_close: Callable[[], None]) -> Slot:
        with _our_fault("start a container"):
            return Slot(ContainerStream(self._client, container, self._remove), on_close)

    def describe(self) -> str:
        """Engine, runtime and image."""
        return f"docker ({self._slots}, {self._runtime}, engine {self._version}, image {self._image[7:19]})"

    def promises(self) -> Sequence[str]:
        """What this daemon or its kernel does not enforce."""
        lacking = {
            "MemoryLimit": "memory is limited per process, not per container",
            "SwapLimit": "a container may use swap beside its memory",
            "PidsLimit": "processes and threads are limited per user, not per container",
            "CpuCfsQuota": "a container may use every processor",
        }
        weaker = [
            f"The Docker daemon cannot limit this ({name} is off): {what}."
            for name, what in lacking.items()
            if not self._facts.get(name)
        ]
        if not any("name=seccomp" in option for option in self._facts.get("SecurityOptions") or ()):
            weaker.append("The Docker daemon has no seccomp: only the inner filter limits system calls.")
        if self._runtime == "runc":
            weaker += versions.runc(self._components.get("runc", ""))
        return weaker

    def close(self) -> None:
        """Remove the last containers and hang up."""
        self._janitor.shutdown()
        self._tidy.close()
        self._client.close()

    def _remove(self, identifier: str) -> None:
        with suppress(RuntimeError):  # closed: the container has ended with its stream, and removes itself
            self._janitor.submit(remove, self._tidy, identifier)


class DockerSandbox(PooledSandbox):
    """A pool of warm lanes in containers."""

    def __init__(  # noqa: PLR0913 - every option is a parameter
        self,
        image: str | None = None,
        lanes: int = 1,
        *,
        runtime: str | None = None,
        slots: Slots = "warm",
        max_memory: int = 2 * Limits.memory,
        chosen_gpus: Gpus = None,
        cache: OutputCache | None = None,
    ) -> None:
        """Start one lane, prove its walls, then warm the others.

        Args:
            image: the sandbox's image; this version's own by default.
            lanes: jobs that can run at the same time.
            runtime: OCI runtime, ``runsc`` for gVisor; None for the daemon's default.
            slots: ``single-use`` gives every submission containers of its own, at about a second each.
            max_memory: bytes that the most demanding job will ask for, which bounds each container.
            chosen_gpus: GPUs to evaluate on; without names, the first one.
            cache: where outputs of programs are kept, if anywhere.

        Raises:
            SandboxUnavailable: the daemon or the image is missing, or the walls do not hold; the text says what to do.
        """
        shared = None if chosen_gpus is None else Sharing(chosen_gpus or (gpus.ALL,), lanes)
        walls = DockerWalls(image or images.default_tag(), runtime, slots, max_memory, shared)
        super().__init__([walls], lanes, cache)


def connect() -> docker.DockerClient:
    """The daemon that ``DOCKER_HOST`` names, else the one on this machine.

    Raises:
        SandboxUnavailable: it does not answer, or cannot be attached to; the text says what to do.
    """
    address = os.environ.get("DOCKER_HOST", "unix:///var/run/docker.sock")
    if not address.startswith("unix://"):
        raise SandboxUnavailable(
            f"The sandbox talks to a Docker daemon through its Unix socket, and DOCKER_HOST is {address}: unset it, "
            "and run a worker on the machine of the daemon."
        )
    try:
        with socket.socket(socket.AF_UNIX) as trial:  # the SDK leaves its socket open when nobody listens
            trial.connect(address.removeprefix("unix://"))
        with ExitStack() as undo:
            client = docker.DockerClient(address, timeout=_ANSWER_SECONDS)
            undo.callback(client.close)
            # The SDK keeps a connection to each of the last 25 addresses, and every container has its own.
            client.api.get_adapter("http+docker://").close()
            adapter = UnixHTTPAdapter(address.replace("unix://", "http+unix://"), _ANSWER_SECONDS, pool_connections=1)
            client.api.mount("http+docker://", adapter)
            client.ping()
            undo.pop_all()
    except _FAULTS as error:
        raise SandboxUnavailable(
            f"No Docker daemon answers at {address}: {error}. Start it (`systemctl start docker`), and let this user "
            "use its socket (group docker)."
        ) from error
    return client


def survey(image: str | None = None) -> str:
    """The daemon, its runtimes and the state of our image in one line, for ``doctor``."""
    tag = image or images.default_tag()
    try:
        client = connect()
    except SandboxUnavailable:
        return "no daemon answers"
    try:
        version, runtimes = client.version()["Version"], ", ".join(sorted(client.info().get("Runtimes", {})))
        images.check(client, tag)
    except SandboxUnavailable as error:
        state = str(error)
    except _FAULTS as error:
        return f"a daemon that fails: {error}"
    else:
        state = f"image {tag} is there and this code's own"
    finally:
        client.close()
    return f"engine {version}, runtimes {runtimes}; {state}"


def sweep(client: docker.DockerClient) -> int:
    """Remove containers of services that are gone; how many they were.

    Those of a service that lives, or whose process cannot be seen from here, are left alone.
    """
    gone = 0
    with suppress(*_FAULTS):
        for found in client.api.containers(all=True, filters={"label": OWNER_LABEL}):
            if _is_gone(found["Labels"][OWNER_LABEL]):
                remove(client, found["Id"])
                gone += 1
    return gone


def remove(client: docker.DockerClient, identifier: str) -> None:
    """Remove a container, running or not; one that is gone is fine, and a dead daemon's is left to the sweep."""
    with suppress(*_FAULTS):
        client.api.remove_container(identifier, force=True, v=True)


def _runtime(wanted: str | None, facts: Mapping[str, Any]) -> str:
    """The OCI runtime to use.

    Raises:
        SandboxUnavailable: the daemon does not know it.
    """
    known = sorted(facts.get("Runtimes", {}))
    if wanted is not None and wanted not in known:
        raise SandboxUnavailable(
            f"The Docker daemon has no runtime {wanted!r} (it has {', '.join(known)}): register it in the daemon's "
            "configuration, under `runtimes`, and restart the daemon."
        )
    return wanted or str(facts.get("DefaultRuntime", "runc"))


@contextmanager
def _our_fault(doing: str) -> Iterator[None]:
    try:
        yield
    except SandboxUnavailable:
        raise
    except Exception as error:  # beside its own errors the SDK lets through whatever a cut answer makes of its parsers
        raise SandboxUnavailable(f"The Docker daemon could not {doing}: {error}") from error


def _owner() -> str:
    """This process, so that nobody takes another for it: boot, process namespace, number, start."""
    return f"{_here()}/{os.getpid()}/{_started(os.getpid())}"


def _here() -> str:
    boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return f"{boot}/{os.stat('/proc/self/ns/pid').st_ino}"


def _started(process: int) -> str:
    """When a process started, in clock ticks; empty if there is none of that number."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def _is_gone(owner: str) -> bool:
    """Whether no process can be ``owner``; a process in a namespace that cannot be seen from here may live."""
    try:
        boot, namespace, process, started = owner.split("/")
        number = int(process)
    except ValueError:
        return False  # not written by us
    own_boot, own_namespace = _here().split("/")
    if boot != own_boot:
        return True
    return namespace == own_namespace and _started(number) != started
