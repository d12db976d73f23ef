"""One try over HTTP: to whom it goes, and that no receiver can hold it or lead it elsewhere."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler

import pytest

from app.webhooks.sending import Sender
from tests.service.receiver import CERTIFICATE, HERE, Receiver, receiving

HEADERS = {"webhook-id": "msg_1"}


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


def test_a_message_arrives_as_it_was_made(receiver: Receiver) -> None:
    """A byte that is added on the way would break its signature."""
    body = b'{"type": "test", "data": "\xc3\xa9"}'
    outcome = Sender(HERE).send(f"{receiver.url}?a=1", HEADERS, body)
    assert (outcome.status, outcome.error) == (200, None)
    [message] = receiver.messages
    assert (message.path, message.body) == ("/hook?a=1", body)
    assert message.headers["webhook-id"] == "msg_1"
    assert message.headers["content-type"] == "application/json"
    assert message.headers["user-agent"].startswith("allclose/")


@pytest.mark.parametrize("status", [204, 299])
def test_every_status_of_success_is_one(receiver: Receiver, status: int) -> None:
    """A receiver that answers 204 would be told ten times."""
    receiver.status = status
    assert Sender(HERE).send(receiver.url, HEADERS, b"{}").delivered


@pytest.mark.parametrize("status", [301, 307, 400, 404, 410, 429, 500, 503])
def test_every_other_status_is_none(receiver: Receiver, status: int) -> None:
    """A message that was refused would be forgotten."""
    receiver.status = status
    outcome = Sender(HERE).send(receiver.url, HEADERS, b"{}")
    assert (outcome.status, outcome.delivered) == (status, False)
    assert str(status) in (outcome.error or "")


def test_redirects_are_not_followed(receiver: Receiver) -> None:
    """A receiver could lead a message, and us, to where nobody may send it."""

    def elsewhere(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(307)
        handler.send_header("Location", f"http://127.0.0.1:{receiver.port}/elsewhere")
        handler.end_headers()

    receiver.answer = elsewhere
    assert "not followed" in (Sender(HERE).send(receiver.url, HEADERS, b"{}").error or "")
    assert [message.path for message in receiver.messages] == ["/hook"]


def test_loopback_is_refused_unless_it_is_allowed(receiver: Receiver) -> None:
    """Whoever may make webhooks could talk to every service on this machine."""
    for url in (receiver.url, f"http://localhost:{receiver.port}/hook", f"http://127.1:{receiver.port}/hook"):
        outcome = Sender().send(url, HEADERS, b"{}")
        assert "loopback" in (outcome.error or "")
    assert not receiver.messages


def test_the_address_that_was_checked_is_the_one_that_is_connected_to(receiver: Receiver) -> None:
    """A name that changes its address between check and connection would lead anywhere (DNS rebinding)."""
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    # No resolver but ours knows this name: a second look-up would fail.
    url = f"http://hooks.example.test:{receiver.port}/hook"
    assert Sender(HERE, resolve=resolve).send(url, HEADERS, b"{}").delivered
    assert asked == ["hooks.example.test"]
    assert receiver.messages[0].headers["host"] == f"hooks.example.test:{receiver.port}"


def test_the_next_address_is_tried_where_one_does_not_answer(receiver: Receiver) -> None:
    """A receiver whose first address is down would get nothing."""
    url = f"http://hooks.example.test:{receiver.port}/hook"
    sender = Sender(HERE, resolve=lambda _host, _port: ["127.255.0.9", "127.0.0.1"])
    assert sender.send(url, HEADERS, b"{}").delivered


def test_certificates_are_checked_against_the_name() -> None:
    """Connecting by address could turn off whom a certificate is for, or leave out the name that it is chosen by."""
    trust = ssl.create_default_context(cafile=CERTIFICATE)
    with receiving(tls=True) as receiver:
        right = Sender(HERE, lambda _host, _port: ["127.0.0.1"], trust)
        assert right.send(f"https://hooks.example.test:{receiver.port}/hook", HEADERS, b"{}").delivered
        assert receiver.names == ["hooks.example.test"]
        wrong = right.send(f"https://other.example.test:{receiver.port}/hook", HEADERS, b"{}")
        assert "certificate" in (wrong.error or "").lower()
        stranger = Sender(HERE, lambda _host, _port: ["127.0.0.1"])
        unknown = stranger.send(f"https://hooks.example.test:{receiver.port}/hook", HEADERS, b"{}")
        assert "certificate" in (unknown.error or "").lower()
        assert len(receiver.messages) == 1


def test_proxies_of_the_environment_are_not_used(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy would connect to what it resolves itself, past every check here."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert Sender(HERE).send(receiver.url, HEADERS, b"{}").delivered


def test_a_receiver_that_does_not_answer_is_given_up(receiver: Receiver) -> None:
    """One receiver could hold a sender for ever."""
    gate = threading.Event()

    def silent(handler: BaseHTTPRequestHandler) -> None:
        gate.wait(30)

    receiver.answer = silent
    outcome = Sender(HERE, seconds=0.3).send(receiver.url, HEADERS, b"{}")
    gate.set()
    assert "did not answer within 0.3 s" in (outcome.error or "")


def test_a_receiver_that_answers_byte_by_byte_is_given_up(receiver: Receiver) -> None:
    """Each byte would begin the wait anew."""
    gate = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        for byte in b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 2000:
            handler.wfile.write(bytes([byte]))
            if gate.wait(0.05):
                return

    receiver.answer = drip
    outcome = Sender(HERE, seconds=0.5).send(receiver.url, HEADERS, b"{}")
    gate.set()
    assert "did not answer within 0.5 s" in (outcome.error or "")


def test_no_more_of_an_answer_is_read_than_an_ordinary_one_has(receiver: Receiver) -> None:
    """A receiver could fill our memory, or never come to an end."""
    written = 0

    def endless(handler: BaseHTTPRequestHandler) -> None:
        nonlocal written
        handler.send_response(200)
        handler.end_headers()
        while written < 1 << 30:
            written += handler.wfile.write(b"x" * 65536)

    receiver.answer = endless
    assert Sender(HERE).send(receiver.url, HEADERS, b"{}").delivered
    deadline = time.monotonic() + 10
    while receiver._there["/hook"] and time.monotonic() < deadline:
        time.sleep(0.01)
    assert written < 1 << 26


def test_a_head_without_end_is_refused(receiver: Receiver) -> None:
    """A receiver could fill our memory with headers."""

    def headers(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"x" * (1 << 20) + b"\r\n\r\n")

    receiver.answer = headers
    outcome = Sender(HERE).send(receiver.url, HEADERS, b"{}")
    assert "cannot be talked to" in (outcome.error or "")
    assert len(outcome.error or "") <= 300


@pytest.mark.parametrize("answer", [b"", b"SSH-2.0-OpenSSH_9.9\r\n", b"HTTP/1.1 999999 What\r\n\r\n"])
def test_what_speaks_no_http_is_an_outcome(receiver: Receiver, answer: bytes) -> None:
    """A wrong port would look like a fault of ours."""

    def speaks(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(answer)

    receiver.answer = speaks
    outcome = Sender(HERE).send(receiver.url, HEADERS, b"{}")
    assert outcome.status is None
    assert "cannot be talked to" in (outcome.error or "")


def test_a_port_where_nobody_listens_is_an_outcome() -> None:
    """A receiver that is down would look like a fault of ours."""
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        outcome = Sender(HERE).send(f"http://127.0.0.1:{taken.getsockname()[1]}/", HEADERS, b"{}")
    assert "refused" in (outcome.error or "").lower()
