"""Commands that talk to a server, against a real one on this machine with fakes behind its wall."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest

from tests.cli.commands import Done, call
from tests.service.conftest import gate, problems, serve, start
from tests.service.processes import Server

__all__ = ["gate", "problems", "serve", "start"]

PASSWORD = "correct horse battery"

Command = Callable[..., Done]


@pytest.fixture
def server(serve: Callable[..., Server]) -> Server:
    """A server at its first start, with a client of its operator's."""
    made = serve(sign_up="open")
    made.use(made.token)
    return made


@pytest.fixture
def run(tmp_path: Path) -> Command:
    """Calls a command of somebody whose files are their own."""

    def command(*arguments: str, given: str = "") -> Done:
        return call(tmp_path, *arguments, given=given, XDG_CONFIG_HOME=str(tmp_path / "config"))

    return command


def _address(server: Server) -> str:
    return str(server.client.base_url).rstrip("/")


def _first_admin(server: Server, run: Command) -> None:
    [link] = [word for word in server.printed.split() if "/links/" in word]
    done = run("join", link, "--name", "Ada", given=f"{PASSWORD}\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Ada (admin) on 127.0.0.1:")


def test_the_first_admin_joins_with_the_link_that_the_start_prints(
    server: Server, run: Command, tmp_path: Path
) -> None:
    """An operator would have a service that nobody can sign in to."""
    _first_admin(server, run)
    kept = tmp_path / "config/allclose/server.json"
    assert kept.stat().st_mode & 0o777 == 0o600
    token = json.loads(kept.read_text())["token"]
    assert run("whoami").stdout.startswith("Ada (admin) on ")
    [link] = [word for word in server.printed.split() if "/links/" in word]
    again = run("join", link, "--name", "Eve", given=f"{PASSWORD}\n")
    assert again.returncode == 2
    assert "was used" in again.stderr
    assert run("logout").returncode == 0
    assert not kept.exists()
    answer = httpx2.get(f"{_address(server)}/api/v1/account", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401
    assert "not logged in" in run("whoami").stderr


def test_logging_in_takes_a_password_or_a_token(server: Server, run: Command) -> None:
    """Somebody could not use the command line with the account that they have."""
    _first_admin(server, run)
    run("logout")
    wrong = run("login", _address(server), "--name", "Ada", given="something else\n")
    assert wrong.returncode == 2
    assert "no account of that name with that password" in wrong.stderr
    done = run("login", _address(server), given=f"ada\n{PASSWORD}\n")
    assert (done.returncode, done.stdout[:11]) == (0, "Ada (admin)")
    sessions = server.client.get("/api/v1/users").json()["items"]
    assert {user["name"] for user in sessions} == {"Ada", "operator"}
    kept = run("login", _address(server), "--token", given=f"{server.token}\n")
    assert (kept.returncode, kept.stdout[:16]) == (0, "operator (admin)")
    assert run("login", _address(server), "--token", given="allc_wrong\n").returncode == 2


def test_an_admins_link_sets_a_forgotten_password(server: Server, run: Command) -> None:
    """Somebody who has forgotten a password would be out for good."""
    _first_admin(server, run)
    link = server.client.post("/api/v1/users/ada/password-reset").json()["link"]
    done = run("join", link, given="another good password\n")
    assert done.returncode == 0
    assert "A new password for Ada" in done.stderr
    assert run("login", _address(server), "--name", "Ada", given="another good password\n").returncode == 0


def test_whoever_has_no_password_is_told_how_to_log_in(serve: Callable[..., Server], run: Command) -> None:
    """People who come through their university would try passwords that they do not have here."""
    provider = {"oidc_issuer": "https://login.example.edu", "oidc_client_id": "us", "oidc_name": "Example University"}
    server = serve(public_url="https://jax.example.edu", **provider)
    told = run("login", _address(server), "--name", "Ada", given="theirs there\n").stderr
    assert "Whoever comes through Example University" in told
    assert f"'allclose login {_address(server)} --token'" in told


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["login", "http://example.org"], 2, "not encrypted"),
        (["login", "ftp://example.org"], 2, "no address of a server"),
        (["login", "https://"], 2, "no address of a server"),
        (["login", "http://127.0.0.1:9", "--name", "a"], 5, "does not answer"),
        (["join", "nonsense"], 2, "no link"),
        (["join", "https://example.org/links/"], 2, "no link"),
    ],
)
def test_a_server_that_is_none_is_told(run: Command, arguments: list[str], status: int, says: str) -> None:
    """A slip in an address would end in a traceback, or in a password sent to whoever listens."""
    done = run(*arguments, given="password password\n")
    assert (done.returncode, done.stdout) == (status, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_token_that_others_can_read_is_not_used(server: Server, run: Command, tmp_path: Path) -> None:
    """A copied file would open the account to everybody on the machine, without anybody noticing."""
    _first_admin(server, run)
    (tmp_path / "config/allclose/server.json").chmod(0o644)
    done = run("whoami")
    assert done.returncode == 2
    assert "others can read" in done.stderr
    (tmp_path / "config/allclose/server.json").chmod(0o600)
    (tmp_path / "config/allclose/server.json").write_text("[]")
    assert "cannot be read" in run("whoami").stderr


@pytest.fixture
def logged_in(server: Server, run: Command, tmp_path: Path) -> Server:
    """A server that somebody is logged in to, and submissions in their folder."""
    assert run("login", _address(server), "--token", given=f"{server.token}\n").returncode == 0
    for word in ("right", "wrong", "wait"):
        (tmp_path / f"{word}.py").write_text(word)
    return server


def test_a_solution_is_submitted_and_its_report_shown(logged_in: Server, run: Command) -> None:
    """A learner would need a browser, or could not use the verdict in a script."""
    right = run("submit", "add_one", "right.py")
    assert (right.returncode, right.stdout.splitlines()[-2:-1]) == (0, ["  All cases pass."])
    assert "traced x: float32[3]: 1 operations" in right.stderr
    wrong = run("submit", "add_one", "wrong.py", "--format", "json")
    report = json.loads(wrong.stdout)
    assert (wrong.returncode, report["verdict"], report["reason"]) == (1, "wrong_answer", "value")
    fault = run("submit", "add_one", "-", given="bug")
    assert fault.returncode == 5
    assert "internal_error" in fault.stdout
    [latest, *others] = run("results", "add_one", "--format", "json").stdout.splitlines()
    assert json.loads(latest)["verdict"] == "internal_error"
    assert [json.loads(line)["verdict"] for line in others] == ["wrong_answer", "accepted"]
    assert run("results", "add_two").stdout == ""
    assert len(run("results", "--limit", "2").stdout.splitlines()) == 2
    assert "wrong_answer (value)" in run("status", report["id"]).stdout
    del logged_in


def test_attempts_are_judged_again(logged_in: Server, run: Command) -> None:
    """An instructor would have to write requests by hand."""
    for word in ("right", "wrong"):
        run("submit", "add_one", f"{word}.py")
    seen = run("rejudge", "problem", "add_one")
    assert (seen.returncode, seen.stdout) == (0, "previewed: 2 attempts, 2 unchanged, 0 applied\n")
    applied = run("rejudge", "user", "operator", "--apply", "--format", "json")
    assert json.loads(applied.stdout)["state"] == "applied"
    [attempt] = [
        json.loads(line)["id"]
        for line in run("results", "--format", "json").stdout.splitlines()
        if json.loads(line)["verdict"] == "wrong_answer"
    ]
    assert "judged again" not in run("status", attempt).stdout
    nothing = run("rejudge", "problem", "add_two")
    assert (nothing.returncode, "No graded attempt" in nothing.stderr) == (2, True)
    del logged_in


def test_an_attempt_is_watched_and_cancelled(logged_in: Server, run: Command, gate: Path) -> None:
    """A learner who sees a slip could only wait, or would lose sight of an attempt with the terminal."""
    queued = [run("submit", "add_one", "wait.py", "--no-wait", "--format", "json").stdout for _ in range(2)]
    first, second = (json.loads(line)["id"] for line in queued)
    assert run("cancel", second).stdout.rstrip().endswith("add_one  cancelled")
    assert "already" in run("cancel", second).stderr
    assert run("status", first).returncode == 0
    gate.touch()
    assert run("watch", first).returncode == 0
    assert run("watch", second).returncode == 1
    del logged_in


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["submit", "ad_one", "right.py"], 2, "Did you mean add_one"),
        (["submit", "add_one", "nothing.py"], 2, "nothing.py"),
        (["submit", "add_one", "latin.py"], 2, "not UTF-8"),
        (["status", "nothing"], 2, "No attempt of yours"),
        (["watch", "nothing"], 2, "No attempt of yours"),
        (["cancel", "nothing"], 2, "No attempt of yours"),
    ],
)
def test_what_the_server_refuses_is_said_in_its_words(  # noqa: PLR0917
    logged_in: Server, run: Command, tmp_path: Path, arguments: list[str], status: int, says: str
) -> None:
    """A slip would end in a traceback, or look like a wrong answer."""
    (tmp_path / "latin.py").write_bytes(b"# \xe9\n")
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (status, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    logged_in.end(signal.SIGKILL)
    gone = run("status", "nothing")
    assert (gone.returncode, "does not answer" in gone.stderr) == (5, True)


def test_an_account_is_exported_and_erased(server: Server, run: Command, tmp_path: Path) -> None:
    """Somebody who uses the command line alone could not leave, or take their work along."""
    _first_admin(server, run)
    done = run("account", "export", "mine.json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads((tmp_path / "mine.json").read_text())["account"]["name"] == "Ada"
    assert (tmp_path / "mine.json").stat().st_mode & 0o777 == 0o600
    again = run("account", "export", "mine.json")
    assert (again.returncode, "nothing is overwritten" in again.stderr) == (2, True)
    assert run("account", "export", "no folder/mine.json").returncode == 5
    last = run("account", "erase", given=f"{PASSWORD}\n")
    assert (last.returncode, "last admin" in last.stderr) == (2, True)
    server.client.post("/api/v1/users", json={"name": "Eve", "password": PASSWORD})
    assert run("login", _address(server), "--name", "Eve", given=f"{PASSWORD}\n").returncode == 0
    wrong = run("account", "erase", given="something else\n")
    assert wrong.returncode == 2
    assert run("whoami").returncode == 0
    gone = run("account", "erase", given=f"{PASSWORD}\n")
    assert (gone.returncode, gone.stdout[:10]) == (0, "erased Eve")
    assert "not logged in" in run("whoami").stderr
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".part")]
