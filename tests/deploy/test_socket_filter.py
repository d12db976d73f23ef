"""The filter between workers and Docker's socket: it lets through what the sandbox asks for, and nothing else."""

from __future__ import annotations

import json
import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from sandbox.docker import DockerWalls, remove
from sandbox.walls import image
from sandbox.walls.container import OWNER_LABEL, Container, ContainerStream

CONFIGURATION = Path(__file__).resolve().parents[2] / "deploy/docker/haproxy.cfg"
IMAGE = "registry.example.edu/allclose-sandbox:0.1.0"
CONTAINER = "0123456789abcdef" * 4

#: How the sandbox asks for its own containers.
LISTING = (
    "/v1.44/containers/json?limit=-1&all=1&size=0&trunc_cmd=0&filters=%7B%22label%22%3A+%5B%22allclose.owner%22%5D%7D"
)

#: Requests with which a worker could look into, change or stop what is not its own.
DANGEROUS = [
    ("POST", f"/v1.44/containers/{CONTAINER}/exec"),
    ("POST", "/v1.44/exec/0123/start"),
    ("GET", f"/v1.44/containers/{CONTAINER}/archive"),
    ("PUT", f"/v1.44/containers/{CONTAINER}/archive"),
    ("GET", f"/v1.44/containers/{CONTAINER}/json"),
    ("GET", f"/v1.44/containers/{CONTAINER}/logs"),
    ("GET", f"/v1.44/containers/{CONTAINER}/export"),
    ("POST", f"/v1.44/containers/{CONTAINER}/update"),
    ("POST", f"/v1.44/containers/{CONTAINER}/stop"),
    ("POST", "/v1.44/containers/postgres/start"),
    ("DELETE", "/v1.44/containers/postgres"),
    ("POST", "/v1.44/containers/prune"),
    ("POST", "/v1.44/build"),
    ("POST", "/v1.44/images/create"),
    ("DELETE", "/v1.44/images/allclose"),
    ("GET", "/v1.44/images/json"),
    ("GET", "/v1.44/containers/json"),
    ("GET", "/v1.44/containers/json?all=1"),
    ("GET", f"{LISTING}&filters=%7B%7D"),
    ("GET", LISTING.replace("?", "?filters=%7B%7D&")),
    ("GET", LISTING.replace("allclose.owner", "x")),
    ("GET", "/v1.44/images/a/json/../../../containers/postgres/json"),
    ("GET", "/v1.44/images/a%2f..%2f/json"),
    ("POST", "/v1.44/volumes/create"),
    ("GET", "/v1.44/secrets"),
    ("POST", "/v1.44/swarm/init"),
    ("POST", "/v1.44/plugins/pull"),
    ("GET", "/v1.44/events"),
    ("POST", "/v1.44/session"),
    ("POST", "/grpc"),
    ("POST", "/v1.44/info"),
]


class _Daemon(BaseHTTPRequestHandler):
    """Answers like a daemon, as far as the sandbox asks; ``asked`` has the requests."""

    asked: list[tuple[str, str]]

    def do_GET(self) -> None:
        path = self._note()
        told: object = "OK"
        if path.endswith("/version"):
            told = {"ApiVersion": "1.44", "MinAPIVersion": "1.24", "Version": "27.0.0"}
        elif path.endswith("/info"):
            told = {"Runtimes": {"runc": {}}, "DefaultRuntime": "runc", "NCPU": 2}
        elif "/images/" in path:
            told = {"Id": "sha256:" + "0" * 64, "Config": {"Labels": {image.CODE_LABEL: image.code_hash()}}}
        elif path.endswith("/containers/json"):
            told = [{"Id": CONTAINER, "Labels": {OWNER_LABEL: "another boot/1/1/1"}}]
        self._answer(200, "OK" if told == "OK" else json.dumps(told))

    def do_POST(self) -> None:
        path = self._note()
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if path.endswith("/attach"):
            self.send_response(101, "UPGRADED")
            self.send_header("Connection", "Upgrade")
            self.send_header("Upgrade", "tcp")
            self.end_headers()
            self.connection.recv(1)  # until the other end hangs up
            self.close_connection = True
        elif path.endswith("/create"):
            self._answer(201, json.dumps({"Id": CONTAINER, "Warnings": []}))
        else:
            self._answer(204, "")

    def do_DELETE(self) -> None:
        self._note()
        self._answer(204, "")

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""

    def _note(self) -> str:
        self.asked.append((self.command, self.path))
        return urlsplit(self.path).path

    def _answer(self, status: int, text: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json" if text != "OK" else "text/plain")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        if text:
            self.wfile.write(text.encode())


class _Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, str]]]:
    """What a daemon is asked for, which ``DOCKER_HOST`` names."""
    requests: list[tuple[str, str]] = []
    kind = type("Daemon", (_Daemon,), {"asked": requests})
    path = tmp_path / "d.sock"
    monkeypatch.setenv("DOCKER_HOST", f"unix://{path}")
    with _Server(str(path), kind) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield requests
        server.shutdown()
        thread.join()


def _rules() -> tuple[dict[str, tuple[str, str]], list[tuple[str, list[str]]]]:
    """The conditions by name, as what they look at and a pattern; and the rules in order, allow or deny."""
    conditions, rules = {}, []
    for line in CONFIGURATION.read_text(encoding="utf-8").splitlines():
        match line.split():
            case ["acl", name, *what, pattern]:
                conditions[name] = (" ".join(what), pattern)
            case ["http-request", "allow", "if", *names]:
                rules.append(("allow", names))
            case ["http-request", "deny", "deny_status", "403", *names]:
                rules.append(("deny", names[1:]))
    return conditions, rules


def _holds(condition: tuple[str, str], method: str, address: str) -> bool:
    path, _, query = address.partition("?")
    match condition:
        case ("method", wanted):
            return method == wanted
        case ("path -m reg", pattern):
            return re.search(pattern, path) is not None
        case ("query -m reg", pattern):
            return re.search(pattern, query) is not None
        case ("path -m sub", part):
            return part in path
    raise AssertionError(condition)


def _allowed(method: str, path: str) -> list[str] | None:
    """The conditions by which a request is let through; None if it is not."""
    conditions, rules = _rules()
    for what, names in rules:
        groups = " ".join(names).split(" or ")
        held = [
            all(_holds(conditions[n.lstrip("!")], method, path) != n.startswith("!") for n in group.split())
            for group in groups
        ]
        if any(held):
            return names if what == "allow" else None
    raise AssertionError("the last rule refuses everything")


def test_everything_the_sandbox_asks_for_is_let_through_and_every_rule_is_for_it(asked: list[tuple[str, str]]) -> None:
    """Workers could judge nothing behind the filter, or it would let through what nobody needs."""
    walls = DockerWalls(IMAGE, None, "warm", 1 << 30)
    with closing(walls):
        made = Container("sha256:" + "0" * 64, 65000, "us", walls._hardening)
        stream = ContainerStream(walls._client, made, lambda identifier: remove(walls._client, identifier))
        stream.close()
    assert {method for method, _ in asked} == {"GET", "POST", "DELETE"}
    used: set[str] = set()
    for method, path in asked:
        names = _allowed(method, path)
        assert names is not None, (method, path)
        used.update(names)
    conditions, _ = _rules()
    assert used == conditions.keys() - {"plain", "dots"}


@pytest.mark.parametrize(("method", "path"), DANGEROUS, ids=[f"{method} {path}" for method, path in DANGEROUS])
def test_nothing_else_is_let_through(method: str, path: str) -> None:
    """A worker could look into, change or start what is not its own."""
    assert _allowed(method, path) is None
