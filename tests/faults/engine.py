"""A Docker daemon of our own, which tests may kill, starve and start again.

Invariant: it shares nothing with the machine's daemon but the program: data, sockets, containerd and its namespaces are
its own, and it has no network. What it started is gone after ``close``.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import docker
import docker.errors
import pytest
import requests

from sandbox.docker import connect

_START_SECONDS = 60.0


def require_engine() -> None:
    """Skip the running test by name where no daemon can be started; fail it where ``ALLCLOSE_REQUIRE`` names one."""
    if os.geteuid() == 0 and shutil.which("dockerd"):
        return
    if "dockerd" in os.environ.get("ALLCLOSE_REQUIRE", "").split(","):
        pytest.fail("dockerd is required here, as root, and missing")
    pytest.skip("needs dockerd, as root")


class Engine:
    """A private daemon."""

    def __init__(self, folder: Path, data: Path | None = None) -> None:
        """Start nothing yet.

        Args:
            folder: a new folder with a short path; sockets go there.
            data: where images and containers go; below ``folder`` by default.
        """
        self._folder = folder
        self._pid_file = folder / "pid"
        self._data = data or folder / "docker"
        self.address = f"unix://{folder}/socket"
        name = f"allclose-{secrets.token_hex(8)}"
        settings = {
            "hosts": [self.address],
            "data-root": str(self._data),
            "exec-root": str(folder / "run/docker"),
            "pidfile": str(self._pid_file),
            "containerd-namespace": name,
            "containerd-plugins-namespace": f"{name}-plugins",
            "bridge": "none",
            **dict.fromkeys(("iptables", "ip6tables", "ip-forward", "ip-masq"), False),
        }
        self._settings = folder / "daemon.json"
        self._settings.write_text(json.dumps(settings), encoding="utf-8")
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What makes a service use it."""
        return {"DOCKER_HOST": self.address}

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._pid_file.unlink(missing_ok=True)
        # A containerd whose daemon was killed dies with it, but its number may stand for a zombie, taken for alive.
        self._end_containerd()
        (self._folder / "run/docker/containerd/containerd.pid").unlink(missing_ok=True)
        with (self._folder / "log").open("ab") as log:
            command = ["dockerd", "--config-file", str(self._settings)]
            self._process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        deadline = time.monotonic() + _START_SECONDS
        while True:
            if self._answers():
                return
            assert self._process.poll() is None, self._log()
            assert time.monotonic() < deadline, self._log()
            time.sleep(0.1)

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:  # the SDK would leak a socket that cannot be connected
            if probe.connect_ex(self.address.removeprefix("unix://")) != 0:
                return False
        with contextlib.closing(self.client()) as client:
            try:
                return bool(client.ping())
            except (docker.errors.DockerException, requests.RequestException):
                return False

    def client(self) -> docker.DockerClient:
        """A new client of it."""
        return docker.DockerClient(self.address, timeout=60)

    def load(self, tag: str) -> None:
        """Give it the machine's own image of that tag."""
        with contextlib.closing(connect()) as host, contextlib.closing(self.client()) as own:
            own.api.load_image(host.images.get(tag).save(named=True))  # type: ignore[no-untyped-call]

    def kill(self) -> None:
        """SIGKILL the daemon alone; containers and what holds them stay behind."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """SIGTERM; containers end with it."""
        assert self._process is not None
        self._process.terminate()
        try:
            self._process.wait(60)
        finally:
            self.kill()

    def close(self) -> None:
        """End it, its containers and its containerd, and unmount what it leaves."""
        if self._process is None:
            return
        if self._process.poll() is not None:
            self.start()  # whoever was killed cannot clean up
        with contextlib.closing(self.client()) as client:
            for found in client.api.containers(all=True):
                with contextlib.suppress(docker.errors.DockerException):
                    client.api.remove_container(found["Id"], force=True)
        self.stop()
        self._end_containerd()
        inside = (line.split()[4] for line in Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines())
        for place in sorted((place for place in inside if place.startswith(f"{self._folder}/")), reverse=True):
            subprocess.run(["umount", "--lazy", place], check=True)
        shutil.rmtree(self._folder)

    def _end_containerd(self) -> None:
        """End the containerd of a daemon that was killed before, which its successor used but did not start."""
        marks = (str(self._folder / "run/docker/containerd/containerd.toml"), str(self._folder))
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            with contextlib.suppress(OSError):
                words = (entry / "cmdline").read_bytes().decode(errors="replace").split("\0")
                if "containerd" in Path(words[0]).name and any(word.startswith(marks) for word in words[1:]):
                    os.kill(int(entry.name), signal.SIGKILL)

    def _log(self) -> str:
        return (self._folder / "log").read_text(encoding="utf-8", errors="replace")[-3000:]
