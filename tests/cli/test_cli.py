"""The command line: what it prints where, and its exit status."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import textwrap
import time
from dataclasses import fields
from pathlib import Path

import pytest

from sandbox.jobs import Limits
from tests import folders
from tests.cli.commands import COMMAND, call
from tests.conftest import zygotes
from tests.judge import small

RIGHT, WRONG = folders.DOUBLE.format("x + x"), folders.DOUBLE.format("x")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a problem, and submissions beside it."""
    root = tmp_path_factory.mktemp("cli")
    folders.double(root / "problems")
    folders.double(root / "problems" / "broken", reference_py="def double(x):\n    return y\n")
    (root / "problems" / "README.md").write_text("not a problem\n")
    (root / "right.py").write_text(RIGHT)
    (root / "wrong.py").write_text(WRONG)
    return root


def test_several_files_are_graded_one_json_line_each(home: Path) -> None:
    """A script could not tell which file got which verdict."""
    done = call(home, "grade", "double", "right.py", "wrong.py", "-", "--format", "json", given=RIGHT)
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(report["file"], report["verdict"], report["reason"]) for report in reports] == [
        ("right.py", "accepted", None),
        ("wrong.py", "wrong_answer", "value"),
        ("-", "accepted", None),
    ]
    assert [report["cached"] > 0 for report in reports] == [False, False, True]
    assert {"problem", "verdict", "reason", "message", "cases", "timings_ms"} <= set(reports[0])
    assert {"name", "verdict", "reason", "message"} <= set(reports[0]["cases"][0])
    assert done.returncode == 1


def test_text_is_plain_in_a_pipe_and_the_status_is_zero(home: Path) -> None:
    """A pipe would be full of colour codes, or an accepted answer would fail a script."""
    command = [*COMMAND, "grade", "problems/double", "right.py"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=home, check=False)
    assert done.returncode == 0, done.stderr
    assert "accepted" in done.stdout
    assert "\x1b" not in done.stdout
    assert done.stderr == ""


def test_what_a_submission_prints_cannot_imitate_us(home: Path) -> None:
    """A submission could colour the terminal, or print a verdict of its own at the start of a line."""
    done = call(home, "grade", "double", "-", given="print('\\x1b[2J\\naccepted')\n" + WRONG)
    assert "\x1b" not in done.stdout
    assert not any(line == "accepted" for line in done.stdout.splitlines())


def test_run_shows_real_values_and_grade_shows_no_hidden_one(home: Path) -> None:
    """A learner could not debug, or could read the hidden inputs."""
    source = "def double(x):\n    print('got', x)\n    return x\n"
    ran = call(home, "run", "double", "-", given=source)
    assert "got [ 1.5 -2.5]" in ran.stdout
    assert ran.returncode == 1
    graded = call(home, "grade", "double", "-", given=source)
    assert "got" in graded.stdout
    assert "76543" not in graded.stdout + ran.stdout


def test_a_failing_grade_comes_with_a_hint_and_an_example_to_repeat(home: Path) -> None:
    """A learner would know that it is wrong, and have nothing to go on with."""
    folder = folders.double(home / "hinted")
    (folder / "hints.md").write_text(
        "## Think\n\nHard.\n\n## Off\nafter: value\n\nCount *twice*.\n\n## Other\nafter: shape\n\nNo.\n"
    )
    graded = call(home, "grade", str(folder), "wrong.py").stdout
    told = ["for example, case 'two':", "  call       double(x=[ 1.5, -2.5])", "  expected   [ 3., -5.]"]
    assert "\n".join([*told, "  got        [ 1.5, -2.5]", ""]) in graded
    assert "hint: Off\n  Count *twice*.\n" in graded
    assert not {"hint: Think", "hint: Other"} & set(graded.splitlines())
    code = graded.partition("beside your file as submission.py:\n")[2].partition("hint: ")[0]
    (home / "submission.py").write_text(WRONG)
    (home / "again.py").write_text(textwrap.dedent(code))
    again = subprocess.run([sys.executable, "again.py"], capture_output=True, text=True, cwd=home, check=True)
    assert again.stdout == "got: [ 1.5 -2.5]\nexpected: [ 3. -5.]\n"
    assert "hint: Off" in call(home, "run", str(folder), "wrong.py").stdout


def test_run_takes_own_input(home: Path) -> None:
    """A learner could only ever try the author's examples."""
    done = call(home, "run", "double", "right.py", "--input", '{"x": [1, 2, 3]}')
    assert "[2., 4., 6.]" in done.stdout
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["grade", "duoble", "right.py"], 2, "double"),
        (["grade", "double", "nothing.py"], 2, "nothing.py"),
        (["grade", "double", "problems"], 2, "problems"),
        (["grade", "double"], 2, "FILE"),
        (["grade", "double", "right.py", "--format", "xml"], 2, "xml"),
        (["run", "double", "right.py", "--input", "{"], 2, "JSON"),
        (["run", "double", "right.py", "--input", '{"y": 1}'], 2, "float32[N]"),
        (["problem", "check", "nowhere"], 2, "nowhere"),
        (["problem", "check", "right.py"], 2, "folder"),
        (["nonsense"], 2, "nonsense"),
        (["grade", "problems/broken/double", "right.py"], 3, "reference-fails"),
    ],
)
def test_bad_usage_says_what_is_wrong(home: Path, arguments: list[str], status: int, words: str) -> None:
    """A slip on the command line would end in a traceback or in silence."""
    done = call(home, *arguments)
    assert done.returncode == status
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ('"$@" grade double right.py right.py --format json > /dev/full', 5),
        ('"$@" grade double - <&-', 2),
        ('"$@" grade double right.py right.py --format json | true; exit "${PIPESTATUS[0]}"', 141),
    ],
)
def test_a_fault_of_ours_is_no_verdict(home: Path, line: str, status: int) -> None:
    """A script would take a full disk or a closed pipe for a wrong answer."""
    environment = {**os.environ, "ALLCLOSE_PROBLEMS_DIR": str(home / "problems")}
    command = ["bash", "-c", line, "bash", *COMMAND]
    done = subprocess.run(command, capture_output=True, text=True, cwd=home, env=environment, check=False)
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr


def test_check_passes_over_plain_files_and_prints_findings(home: Path) -> None:
    """``problems/*`` would fail on a README, or a finding would not be printed with its place."""
    sound = call(home, "problem", "check", "problems/double", "problems/README.md")
    assert (sound.returncode, "nothing found" in sound.stdout) == (0, True)
    broken = call(home, "problem", "check", "problems/broken/double", "--format", "json")
    (line,) = broken.stdout.splitlines()
    assert json.loads(line)["findings"][0]["code"] == "reference-fails"
    assert broken.returncode == 3


def test_doctor_says_what_there_is(home: Path) -> None:
    """An operator would not learn which sandbox is used and which limits hold."""
    done = call(home, "doctor", "--format", "json")
    report = json.loads(done.stdout)
    assert report["ready"] is True
    assert "seccomp" in report["facts"]["sandbox"]
    limits = {line["name"]: line for line in report["limits"]}
    assert limits.keys() > {field.name for field in fields(Limits)}
    assert (limits["memory"]["default"], limits["memory"]["bound"], limits["memory"]["unit"]) == (2**31, 2**32, "bytes")
    assert (limits["file_size"]["bound"], limits["new_processes"]["bound"]) == (0, 0)
    shown = call(home, "doctor").stdout
    assert re.search(r"memory +2 GiB +at most 4 GiB, ALLCLOSE_MAX_MEMORY_MB", shown)
    assert all(name in shown for name in limits)
    assert done.returncode == 0


def test_an_interrupt_ends_everything(home: Path) -> None:
    """Ctrl-C would leave sandbox processes behind."""
    environment = {**os.environ, "ALLCLOSE_PROBLEMS_DIR": str(home / "problems")}
    source = "def double(x):\n    while True:\n        pass\n"
    (home / "endless.py").write_text(source)
    before = zygotes()
    process = subprocess.Popen([*COMMAND, "grade", "double", "endless.py"], cwd=home, env=environment)
    deadline = time.monotonic() + 30
    while not zygotes() - before and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 130
    deadline = time.monotonic() + 10
    while zygotes() - before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not zygotes() - before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--wheels", "problems"], "--wheels: there is no wheel in problems"),
        (["--libraries", "missing.txt"], "--libraries: there is no file missing.txt"),
    ],
)
def test_building_an_image_from_nothing_is_a_usage_error(home: Path, arguments: list[str], says: str) -> None:
    """The daemon would build for a minute before it says the same in its own words."""
    done = call(home, "sandbox", "build", *arguments)
    assert done.returncode == 2
    assert says in done.stderr


def test_building_an_image_without_a_daemon_says_so(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An operator would read a traceback of the library that talks to Docker."""
    monkeypatch.setenv("DOCKER_HOST", f"unix://{home}/nobody")
    done = call(home, "sandbox", "build")
    assert done.returncode == 5
    assert "No Docker daemon answers" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_eager_problem_works_with_every_command(tmp_path: Path) -> None:
    """An author of a lesson on NumPy, or a learner of it, would have to use the service to try anything."""
    folder = str(folders.above(tmp_path))
    checked = call(tmp_path, "problem", "check", folder)
    assert (checked.returncode, "mutation score" in checked.stdout) == (0, True), checked.stdout
    printing = folders.ABOVE_RIGHT.replace("    return", "    print('given', len(x))\n    return")
    graded = call(tmp_path, "grade", folder, "-", given=printing)
    assert graded.returncode == 0, graded.stdout
    assert "called, not traced" in graded.stdout
    assert "printed on public cases:\n    given 3\n" in graded.stdout
    ran = call(tmp_path, "run", folder, "-", "--input", '{"x": [1, 2, 3], "floor": 1.5}', given=folders.ABOVE_RIGHT)
    assert "returned ([2., 3.], 'many')" in ran.stdout


def test_a_case_of_a_transformed_function_says_so(tmp_path: Path) -> None:
    """A learner whose gradient is wrong and whose values are right would see one case twice, once right, once wrong."""
    slug = "under_vmap_of_grad"
    small.problem(slug, tmp_path / "problems")
    graded = call(tmp_path, "grade", slug, str(small.ROOT / slug / "wrong_half_the_gradient.py"))
    assert "wrong_answer (value)  small of jax.vmap(jax.grad(under_vmap_of_grad)," in graded.stdout
    ran = call(tmp_path, "run", slug, str(small.ROOT / slug / "right_expanded.py"))
    assert "small: jax.vmap(jax.grad(under_vmap_of_grad), in_axes=(None, 0))(w=2.0, x=[3.," in ran.stdout
