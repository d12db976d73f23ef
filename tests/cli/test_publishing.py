"""``problem publish``, against a real server on this machine with fakes behind its wall."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.problems.folder.files import MANIFEST
from tests.cli.test_remote import Command, logged_in, run, server
from tests.problems.sample import FILES
from tests.service.conftest import gate, problems, serve, start
from tests.service.processes import Server

__all__ = ["gate", "logged_in", "problems", "run", "serve", "server", "start"]


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[str], Path]:
    """Makes a folder that reads without a finding; the server's check finds what a word in its manifest says."""

    def make(word: str = "") -> Path:
        root = tmp_path / "scale"
        for path, text in FILES.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        (root / MANIFEST).write_text(f"# {word}\n{FILES[MANIFEST]}")
        return root

    return make


def test_a_sound_folder_is_published(logged_in: Server, run: Command, folder: Callable[[str], Path]) -> None:
    """An author would need the operator, or could not see what the check says of their problem."""
    done = run("problem", "publish", str(folder("")), "--visibility", "unlisted")
    assert (done.returncode, done.stderr) == (0, "")
    first, *_, last = done.stdout.splitlines()
    assert first.endswith("scale/reference.py:2: warning: mutant-survives: A slip passes: ? Add a case.")
    assert "scale: 1 warning (2 cases, 6 filed submissions judged" in done.stdout
    assert last == f"scale 1.0.0 is published on {str(logged_in.client.base_url).rstrip('/')}, unlisted"
    assert logged_in.client.get("/api/v1/problems/scale").json()["visibility"] == "unlisted"


def test_checking_alone_publishes_nothing(logged_in: Server, run: Command, folder: Callable[[str], Path]) -> None:
    """An author who only wants to know would change what learners get."""
    done = run("problem", "publish", str(folder("")), "--check-only", "--no-mutants", "--format", "json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["problem"], told["findings"]) == (0, "scale", [])
    assert logged_in.client.get(f"/api/v1/problem-uploads/{told['upload']}").json()["publishable"]
    assert logged_in.client.get("/api/v1/problems/scale").status_code == 404


def test_what_has_errors_is_not_published(
    logged_in: Server, run: Command, folder: Callable[[str], Path], tmp_path: Path
) -> None:
    """A build server would take a faulty problem for a published one."""
    faulty = run("problem", "publish", str(folder("faulty")))
    assert (faulty.returncode, faulty.stderr) == (3, "")
    assert "wrong-outcome" in faulty.stdout
    assert "1 error, 1 warning" in faulty.stdout
    (tmp_path / "scale/notes.txt").write_text("")
    uploads = logged_in.client.get("/api/v1/problem-uploads").json()["items"]
    stray = run("problem", "publish", str(tmp_path / "scale"))
    assert (stray.returncode, "unexpected-file" in stray.stdout) == (3, True)
    assert logged_in.client.get("/api/v1/problem-uploads").json()["items"] == uploads
    assert logged_in.client.get("/api/v1/problems/scale").status_code == 404


def test_a_fault_of_ours_is_told_as_one(logged_in: Server, run: Command, folder: Callable[[str], Path]) -> None:
    """A script would take our fault for the author's."""
    done = run("problem", "publish", str(folder("unavailable")))
    assert (done.returncode, done.stdout) == (5, "")
    assert "our fault" in done.stderr
    del logged_in


def test_what_the_server_refuses_is_said(
    logged_in: Server, run: Command, folder: Callable[[str], Path], tmp_path: Path
) -> None:
    """A slip would end in a traceback, or in a problem on another server than was meant."""
    root = folder("")
    other = run("problem", "publish", str(root), "--server", "https://allclose.example.edu")
    assert (other.returncode, "you are logged in to" in other.stderr) == (2, True)
    here = str(logged_in.client.base_url)
    assert run("problem", "publish", str(root), "--server", here, "--check-only").returncode == 0
    assert run("problem", "publish", str(tmp_path / "nothing")).returncode == 2
    taken = root.rename(tmp_path / "add_one")
    for path in taken.rglob("*.*"):
        path.write_text(path.read_text().replace("scale", "add_one"))
    clash = run("problem", "publish", str(taken))
    assert (clash.returncode, "folder of the operator's" in clash.stderr) == (2, True)
    assert run("problem", "publish", str(taken), "--check-only").returncode == 0
    token = logged_in.client.post("/api/v1/tokens", json={"label": "reads", "scopes": ["read"]}).json()["token"]
    assert run("login", here, "--token", given=f"{token}\n").returncode == 0
    refused = run("problem", "publish", str(taken), "--check-only")
    assert (refused.returncode, "scopes problems" in refused.stderr) == (2, True)
