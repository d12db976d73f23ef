"""``allclose problem check``: JSON, exit status, ``--fix`` and ``--watch``."""

from __future__ import annotations

import json
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli.watch import changes, state
from tests import folders
from tests.cli.commands import COMMAND, Done, call

_UNREACHABLE = "## Think\n\nHard.\n\n## Slow\nafter: time_limit\n\nHurry.\n"


def _run(folder: Path, *arguments: str) -> Done:
    return call(folder.parent, "problem", "check", folder, *arguments)


def test_the_json_of_a_sound_folder_has_everything_that_was_measured(tmp_path: Path) -> None:
    """A course's own tools could not read how good its problems are."""
    done = _run(folders.double(tmp_path), "--format", "json")
    (line,) = done.stdout.splitlines()
    checked = json.loads(line)
    assert checked.keys() == {"problem", "findings", "cases", "submissions", "fixed", "known", "headroom", "mutation"}
    assert (checked["problem"], checked["findings"], checked["fixed"]) == ("double", [], [])
    assert (checked["cases"], checked["submissions"]) == (3, 6)
    assert checked["headroom"].keys() == {"float32"}
    assert checked["headroom"]["float32"].keys() == {"case", "error", "allowance", "times"}
    assert checked["headroom"]["float32"]["times"] is None  # doubling is exact
    assert checked["mutation"].keys() == {"killed", "survived", "argued", "equivalent", "survivors"}
    assert checked["mutation"]["killed"] >= 5
    assert checked["mutation"]["survivors"] == []
    assert done.returncode == 0


def test_a_second_check_says_what_it_did_not_judge_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An author would wait for everything each time, or take for judged what was not."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))  # other tests check the same folder
    folder = folders.double(tmp_path)
    said = "known from earlier checks; --anew judges everything"
    assert said not in _run(folder).stdout
    again = _run(folder)
    assert said in again.stdout
    assert "mutation score: 100 %" in again.stdout
    assert said not in _run(folder, "--anew").stdout
    assert said not in call(tmp_path, "problem", "check", folder, ALLCLOSE_CACHE_MB="0").stdout


def test_warnings_alone_fail_only_where_that_is_asked(tmp_path: Path) -> None:
    """A hint too many would keep a problem from being published, or a strict course would not hear of it."""
    folder = folders.double(tmp_path)
    (folder / "hints.md").write_text(_UNREACHABLE)
    lenient = _run(folder, "--format", "json")
    (finding,) = json.loads(lenient.stdout)["findings"]
    assert (finding["code"], finding["severity"]) == ("hint-unreachable", "warning")
    assert finding.keys() == {"code", "file", "line", "message", "mend", "severity"}
    assert lenient.returncode == 0
    strict = _run(folder, "--strict")
    assert "hints.md: warning: hint-unreachable:" in strict.stdout
    assert "double: 1 warning (3 cases" in strict.stdout
    assert "mutation score: 100 %" in strict.stdout
    assert "headroom of float32: the reference is exact" in strict.stdout
    assert strict.returncode == 3


def test_several_folders_are_told_of_in_the_order_given_and_each_once(tmp_path: Path) -> None:
    """What is checked at once would come mixed up, or one folder be mended by two at a time."""
    double, broken = folders.double(tmp_path / "one"), folders.double(tmp_path / "other")
    (broken / "reference.py").unlink()  # takes no time
    done = call(tmp_path, "problem", "check", double, broken, double / "../double", "--format", "json")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [[finding["code"] for finding in each["findings"]] for each in told] == [[], ["missing-file"]]
    assert done.returncode == 3
    words = call(tmp_path, "problem", "check", double, broken).stdout.splitlines()
    assert words[-1].startswith("2 folders in ")
    assert [line.split(":")[0] for line in words if line.startswith("double")] == ["double", "double"]


def test_surviving_slips_are_shown_as_diffs(tmp_path: Path) -> None:
    """An author would have to guess what a slip looks like from its name."""
    cases = "import numpy as np\n\ndef public():\n    return {'two': (np.array([1.5, 2.5], np.float32),)}\n\n"
    cases += "def hidden(rng):\n    return {'four': (rng.uniform(1, 2, size=4).astype(np.float32),)}\n"
    reference = "import jax.numpy as jnp\n\n\ndef double(x):\n    return 2 * jnp.abs(x)\n"
    done = _run(folders.double(tmp_path, reference_py=reference, cases_py=cases))
    assert 'change = "double: jnp.abs(x) -> x"\n' in done.stdout
    assert "    -    return 2 * jnp.abs(x)\n    +    return 2 * x\n" in done.stdout
    assert done.returncode == 0


def test_fix_mends_tells_and_leaves_a_sound_folder(tmp_path: Path) -> None:
    """An author would be told of marks and headers that a program can mend, or not of what it did to the files."""
    folder = folders.double(tmp_path)
    (folder / "starter.py").unlink()
    (folder / "solution.md").write_bytes(b"\xef\xbb\xbfIt is.\r\n")
    wrong = folder / "submissions/wrong/total.py"
    wrong.write_text(wrong.read_text().replace('"shape"', '"value"'))
    manifest = folder / "problem.toml"
    manifest.write_text(manifest.read_text().replace("format = 1\n", ""))
    fixed = _run(folder, "--fix", "--format", "json")
    told = json.loads(fixed.stdout)
    assert (fixed.returncode, told["findings"]) == (0, [])
    assert {line.partition(":")[0] for line in told["fixed"]} == {
        *("starter.py", "solution.md", "submissions/wrong/total.py", "problem.toml"),
    }
    assert '# reason = "shape"' in wrong.read_text()
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    again = _run(folder, "--fix", "--format", "json")
    assert json.loads(again.stdout)["fixed"] == []
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[tuple[Path, subprocess.Popen[str], queue.Queue[str]]]:
    """A folder, the command that watches it, and the lines that it prints as they come."""
    folder = folders.double(tmp_path)
    process = subprocess.Popen(
        [*COMMAND, "problem", "check", str(folder), "--watch", "--format", "json"], stdout=subprocess.PIPE, text=True
    )
    lines: queue.Queue[str] = queue.Queue()
    assert process.stdout is not None
    output = process.stdout

    def read() -> None:
        for line in output:
            lines.put(line)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    yield folder, process, lines
    if process.poll() is None:
        process.kill()
    process.wait()
    reader.join(10)
    process.stdout.close()


def test_watching_checks_again_after_a_change_and_ends_when_interrupted(
    watching: tuple[Path, subprocess.Popen[str], queue.Queue[str]],
) -> None:
    """An author would start the command again after every line, or could not end it."""
    folder, process, lines = watching
    assert json.loads(lines.get(timeout=200))["findings"] == []
    (folder / "solution.md").write_text("")
    (finding,) = json.loads(lines.get(timeout=60))["findings"]
    assert finding["code"] == "empty-text"
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 130


def test_every_change_of_a_folder_comes_out_once(tmp_path: Path) -> None:
    """A file that is added, changed or taken away would go unnoticed, or be checked for ever."""
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        (folder / "a").write_text("a")
    before = {folder: state(folder) for folder in (one, other)}
    (other / "b").write_text("b")  # while the first check runs
    found = changes(before, period=0.01)
    assert next(found) == other
    (one / "a").unlink()
    assert next(found) == one
    (other / "b").write_text("longer")
    assert next(found) == other
    seen: list[Path] = []
    threading.Thread(target=lambda: seen.append(next(found)), daemon=True).start()
    time.sleep(0.2)
    assert seen == []
    (one / "sub").mkdir()
    (one / "sub" / "c").write_text("c")
    deadline = time.monotonic() + 10
    while not seen and time.monotonic() < deadline:
        time.sleep(0.01)
    assert seen == [one]
