"""``allclose serve`` as a process: what it prints, how it refuses, and what survives its end."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from app.database import migrate
from app.database.db import FILE_NAME, Database
from app.http.listening import listen
from app.settings import Settings
from tests.service.nursery import Child
from tests.service.processes import Server, Start


def test_the_first_start_prints_the_address_and_a_token_that_opens_the_api(serve: Callable[..., Server]) -> None:
    """A newcomer would have a server and no way in."""
    server = serve()
    assert server.client.get("/api/v1/problems").status_code == 401
    server.use(server.token)
    assert len(server.client.get("/api/v1/problems").json()["items"]) == 2


def test_later_starts_print_no_token_but_how_to_make_one(serve: Callable[..., Server]) -> None:
    """Every restart would leave a further key to the API in somebody's log."""
    first = serve()
    token = first.token
    first.end(signal.SIGTERM)
    second = serve()
    assert "allc_" not in second.printed
    assert "--new-token" in second.printed
    second.end(signal.SIGTERM)
    third = serve(new_token="yes")
    assert third.token != token
    for known in (token, third.token):
        third.use(known)
        assert third.client.get("/api/v1/problems").status_code == 200


def test_nothing_is_lost_when_the_server_is_killed(serve: Callable[..., Server], gate: Path) -> None:
    """A power cut would cost learners their verdicts and their queued work."""
    server = serve(workers="2")
    token = server.token
    server.use(token)
    finished = [server.submit("right"), server.submit("wrong")]
    before = [server.wait(location, "done") for location in finished]
    flying = [server.submit("wait") for _ in range(2)]
    for location in flying:
        server.wait(location, "running")
    queued = server.submit("right")
    server.end(signal.SIGKILL)

    gate.touch()
    again = serve(workers="2")
    again.use(token)
    assert [again.client.get(location).json() for location in finished] == before
    assert [again.wait(location, "done")["tries"] for location in flying] == [2, 2]
    assert [again.wait(location, "done")["verdict"] for location in [*flying, queued]] == ["accepted"] * 3


def test_an_attempt_that_is_always_killed_ends_as_our_fault(serve: Callable[..., Server]) -> None:
    """One submission could keep the server going down for ever."""
    location, token = "", ""
    for _ in range(Settings().max_tries):
        server = serve()
        token = token or server.token
        server.use(token)
        location = location or server.submit("wait")
        server.wait(location, "running")
        server.end(signal.SIGKILL)
    last = serve()
    last.use(token)
    attempt = last.wait(location, "done")
    assert attempt["verdict"] == "internal_error"
    assert "not yours" in attempt["message"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_server_in_order(serve: Callable[..., Server], gate: Path, number: signal.Signals) -> None:
    """An upgrade would count as a failed try of whatever was running."""
    server = serve()
    token = server.token
    server.use(token)
    location = server.submit("wait")
    server.wait(location, "running")
    assert server.end(number) == 0
    gate.touch()
    again = serve()
    again.use(token)
    assert again.wait(location, "done")["tries"] == 1


def test_standard_output_is_for_people_and_standard_error_for_logs(serve: Callable[..., Server]) -> None:
    """The token would scroll away among events, or end in a log."""
    server = serve()
    token = server.token
    server.use(token)
    server.wait(server.submit("right"), "done")
    server.wait(server.submit("bug in my own work"), "done")
    server.client.close()
    server.process.terminate()
    output, errors = server.process.communicate(timeout=60)
    assert output == ""
    assert "attempt.finished" in errors
    assert token not in errors
    assert "a fault of the judge" in errors
    assert "my own work" not in errors


def refusal(process: Child) -> str:
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 5
    assert output == ""
    assert "Traceback" not in errors
    return errors


def test_a_second_server_on_the_same_data_is_refused(serve: Callable[..., Server], start: Start) -> None:
    """Two servers would judge the same attempts."""
    serve()
    assert "Another allclose server" in refusal(start())


def test_a_port_that_is_taken_is_told(start: Start, tmp_path: Path) -> None:
    """The likeliest mistake of a first start would end in a traceback, or in a token for a server that is not there."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = start(port=str(taken.getsockname()[1]))
        told = refusal(process)
    assert "something else does. Stop it" in told
    assert "--port" in told
    assert "attempting" not in told
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("host", "fault"),
    # An address for documentation (RFC 5737), a name that nobody has (RFC 6761), and one that is too long for DNS.
    [
        ("192.0.2.1", "no address of this machine"),
        ("no.invalid", "no address is known"),
        ("a" * 70, "no address is known"),
    ],
)
def test_a_host_that_is_not_here_is_told(start: Start, host: str, fault: str) -> None:
    """An operator would look for another program on an address that is not their machine's."""
    told = refusal(start(host=host))
    assert fault in told
    assert "--host" in told
    assert "Stop" not in told


def test_a_database_that_fails_later_is_told(start: Start, tmp_path: Path) -> None:
    """A disk that is full once the tables are made would end in a traceback."""
    (tmp_path / "data").mkdir()
    database = Database(tmp_path / "data" / FILE_NAME)
    migrate.upgrade(database)
    with database.engine.connect() as connection:
        # A statement that fails in SQLite itself, at the first thing that publishing stores.
        connection.exec_driver_sql("CREATE TRIGGER t BEFORE INSERT ON blobs BEGIN DELETE FROM nowhere; END")
        connection.commit()
    database.close()
    told = refusal(start())
    assert "The database cannot be used: no such table: main.nowhere." in told
    assert "INSERT" not in told


def test_without_a_wall_no_code_is_run(start: Start) -> None:
    """A server without a sandbox would run learners' code beside its database."""
    assert "install bubblewrap" in refusal(start(wall="none"))


def test_no_response_waits_for_an_acknowledgement(tmp_path: Path) -> None:
    """Each page and each verdict would come 40 ms later, between its headers and its body."""
    with listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        connection, _ = listener.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
