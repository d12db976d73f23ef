"""``allclose replay``: what it takes for a record, what it says, and its exit status."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.attempts import delivery, schemas, service
from app.attempts.delivery import RetryPolicy
from app.database import migrate
from app.database.db import FILE_NAME, Database
from app.judge.verdict import Report
from app.problems import store
from app.problems.folder import read
from app.problems.model import Problem
from app.problems.publishing.publish import publish
from sandbox.local import LocalSandbox
from tests import folders
from tests.cli.commands import Done, call
from tests.cli.test_cli import RIGHT, WRONG


def run(home: Path, *arguments: str, given: str | None = None) -> Done:
    """The command with its data directory set."""
    return call(home, *arguments, given=given, ALLCLOSE_DATA_DIR=str(home / "data"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A problem, the same after a correction, submissions, and a record of each."""
    root = tmp_path_factory.mktemp("replay")
    folders.double(root / "problems")
    folders.double(root / "corrected", reference_py=folders.DOUBLE.format("3 * x"))
    for name, source in (("right", RIGHT), ("wrong", WRONG)):
        (root / f"{name}.py").write_text(source)
        (root / f"{name}.json").write_text(run(root, "grade", "double", f"{name}.py", "--format", "json").stdout)
    return root


def _record(home: Path, **changes: Any) -> str:
    """The record of the right answer with other fields, on standard input."""
    return json.dumps({**json.loads((home / "right.json").read_text()), **changes})


@pytest.mark.parametrize(("name", "verdict"), [("right", "accepted"), ("wrong", "wrong_answer")])
def test_a_record_of_grade_is_reproduced(home: Path, name: str, verdict: str) -> None:
    """Whoever doubts a verdict could not have it made again."""
    done = run(home, "replay", f"{name}.json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"the same verdict: {verdict}" in done.stdout


def test_a_changed_problem_is_told_first(home: Path) -> None:
    """An instructor would see another verdict and not why."""
    done = run(home, "replay", "right.json", "--problem", "corrected/double")
    assert done.returncode == 1, done.stderr
    lines = done.stdout.splitlines()
    assert "accepted, and now wrong_answer" in lines[1]
    assert lines[3].startswith("  problem problem_sha256: ")
    assert any(line.startswith("  case nine: accepted → wrong_answer") for line in lines)
    told = run(home, "replay", "right.json", "--problem", "corrected/double", "--format", "json")
    outcome = json.loads(told.stdout)
    assert (outcome["same"], outcome["before"], outcome["after"]) == (False, "accepted", "wrong_answer")
    assert outcome["differences"][0]["kind"] == "problem"
    assert told.returncode == 1


def test_another_version_is_told_though_the_verdict_is_the_same(home: Path) -> None:
    """A record would seem to be of this machine, and the next difference come as a surprise."""
    record = json.loads((home / "right.json").read_text())
    given = _record(home, toolchain={**record["toolchain"], "jax": "0.9.0"})
    done = run(home, "replay", "-", "--source", "right.py", given=given)
    assert done.returncode == 0, done.stderr
    assert "toolchain jax: 0.9.0 → " in done.stdout


@pytest.mark.parametrize(
    ("arguments", "changes", "status", "words"),
    [
        (["--source", "wrong.py"], {}, 4, "SHA-256"),
        (["--source", "right.py"], {"verdict": "internal_error"}, 4, "fault of ours"),
        (["--source", "right.py"], {"verdict": "splendid"}, 2, "verdict"),
        (["--source", "nothing.py"], {}, 2, "nothing.py"),
        ([], {"file": "elsewhere.py"}, 2, "--source"),
        (["--source", "right.py", "--problem", "triple"], {}, 2, "triple"),
        ([], {"report": None, "verdict": "internal_error"}, 4, "fault of ours"),
        ([], {"report": None, "verdict": None}, 4, "not judged yet"),
        ([], {"report": {"calls": []}}, 2, "no verdict record"),
    ],
)
def test_what_cannot_be_replayed_says_why(
    home: Path, arguments: list[str], changes: dict[str, Any], status: int, words: str
) -> None:
    """A slip would look like a verdict that is not the same."""
    done = run(home, "replay", "-", *arguments, given=_record(home, **changes))
    assert done.returncode == status, done.stdout + done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("record", "words"), [("nowhere", "ALLCLOSE_DATA_DIR"), ("right.py", "JSON"), ("both.jsonl", "one by one")]
)
def test_what_is_no_record_says_so(home: Path, record: str, words: str) -> None:
    """A mistyped name would be a fault of ours."""
    both = (home / "right.json").read_text() + (home / "wrong.json").read_text()
    (home / "both.jsonl").write_text(both)
    done = run(home, "replay", record)
    assert done.returncode == 2, done.stdout + done.stderr
    assert words in done.stderr


def test_an_attempt_is_replayed_by_its_id_and_from_the_api(home: Path) -> None:
    """An instructor would have to find source, problem and version of a contested attempt by hand."""
    problem = read(home / "problems/double")
    assert isinstance(problem, Problem)
    report = json.loads((home / "right.json").read_text())
    del report["file"]
    with closing(LocalSandbox()) as sandbox:
        published = publish(problem, sandbox)
    (home / "data").mkdir()
    with closing(Database(home / "data" / FILE_NAME)) as database:
        migrate.upgrade(database)
        with database.write() as session:
            store.serve(session, store.add(session, published, "toolchain"))
            judged, lost = (
                service.submit(session, None, service.Submitted("grade", "double", RIGHT.encode())).id for _ in range(2)
            )
            assert delivery.claim_next(session, "one") == judged
            assert delivery.finish(session, judged, "one", Report.model_validate(report))
            assert delivery.claim_next(session, "two") == lost
            assert delivery.fail_try(session, lost, "two", RetryPolicy(1, 0))
        with database.read() as session:
            shown = schemas.attempt_detail(service.find(session, "grade", judged)).model_dump_json()
    # The folder has changed since; the attempt goes by the version that it was judged against.
    (home / "problems/double/reference.py").write_text(folders.DOUBLE.format("3 * x"))
    try:
        by_id, by_json = run(home, "replay", judged), run(home, "replay", "-", given=shown)
    finally:
        (home / "problems/double/reference.py").write_text(folders.DOUBLE.format("2 * x"))
    assert by_id.returncode == 0, by_id.stdout + by_id.stderr
    assert "the same verdict: accepted" in by_id.stdout
    assert by_json.returncode == 1, by_json.stderr
    assert "problem problem_sha256" in by_json.stdout
    fault = run(home, "replay", lost)
    assert fault.returncode == 4, fault.stderr
    assert "fault of ours" in fault.stderr
    unknown = run(home, "replay", "0190-unknown")
    assert unknown.returncode == 2
    assert "no attempt of that id" in unknown.stderr
