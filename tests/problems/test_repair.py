"""``--fix``: what is mended, what is left alone, and that a second time finds nothing to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.problems.checking.filed import Outcome
from app.problems.checking.repair import repair, repair_headers
from app.problems.findings import Finding
from app.problems.folder import read
from app.problems.model import FiledSubmission, Problem
from tests.problems.sample import FILES

MISTAKE = "submissions/wrong/mistake_2.py"


def _repaired(folder: Path) -> list[str]:
    """What is told; a second time, nothing is."""
    told = [each for each in repair(folder) if isinstance(each, str)]
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert repair(folder) == []
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == after
    return told


def test_a_sound_folder_is_left_as_it_is(folder: Path) -> None:
    """An author would find changes that nobody asked for in every commit."""
    assert _repaired(folder) == []
    assert all((folder / path).read_text() == text for path, text in FILES.items())


@pytest.mark.parametrize("path", ["problem.toml", "cases.py", "reference.py", "hints.md", MISTAKE])
def test_marks_and_line_ends_of_other_systems_are_mended(folder: Path, path: str) -> None:
    """An editor on another system would keep a problem from being read."""
    text = FILES[path]
    (folder / path).write_bytes(b"\xef\xbb\xbf" + text.rstrip("\n").replace("\n", "\r\n").encode())
    told = _repaired(folder)
    assert (folder / path).read_text() == text
    assert [line.partition(":")[0] for line in told] == [path] * 3
    assert isinstance(read(folder), Problem)


def test_a_missing_format_is_added_and_keys_are_put_in_order(folder: Path) -> None:
    """An author would have to look up the number of a format there is only one of."""
    lines = FILES["problem.toml"].splitlines(keepends=True)
    shuffled = [lines[4], "# The title says it all.\n", lines[1], lines[5], lines[2], lines[3], *lines[6:]]
    (folder / "problem.toml").write_text("".join(shuffled))
    told = _repaired(folder)
    assert (folder / "problem.toml").read_text() == "".join([lines[0], "# The title says it all.\n", *lines[1:]])
    assert len(told) == 2
    assert isinstance(read(folder), Problem)


@pytest.mark.parametrize(
    "value", ['tags = [\n  "arrays",\n]\n', 'tags = """\ntitle = 1\n"""\n', "tags = [[\n[1],\n]]\n"]
)
def test_values_over_several_lines_keep_their_meaning(folder: Path, value: str) -> None:
    """A line of a longer value that looks like a key would be moved away from it."""
    lines = [line for line in FILES["problem.toml"].splitlines(keepends=True) if not line.startswith("tags")]
    (folder / "problem.toml").write_text(value + "".join(lines))
    import tomllib  # noqa: PLC0415 - only this test needs it

    before = tomllib.loads((folder / "problem.toml").read_text())
    _repaired(folder)
    assert tomllib.loads((folder / "problem.toml").read_text()) == before


def test_a_missing_starter_is_written_from_the_signature(folder: Path) -> None:
    """An author would type the names of the parameters a third time."""
    (folder / "starter.py").unlink()
    assert len(_repaired(folder)) == 1
    assert (folder / "starter.py").read_text() == "def scale(x, factor):\n    return None\n"
    assert isinstance(read(folder), Problem)


def test_what_cannot_be_read_is_left_to_its_author(folder: Path) -> None:
    """A broken manifest would be made worse, or end the command with an exception."""
    (folder / "problem.toml").write_text("titel = \n")
    (folder / "starter.py").unlink()
    (folder / "solution.md").unlink()
    (folder / "solution.md").symlink_to("statement.md")
    assert _repaired(folder) == []
    assert (folder / "problem.toml").read_text() == "titel = \n"
    assert (folder / "solution.md").is_symlink()


@pytest.mark.parametrize(
    "raw", ["Ein Käse\r\n".encode("utf-16"), b"\xff\xfe\r\n", "cheese\r\n".encode("utf-16-le"), b"x\r\n" * (1 << 17)]
)
def test_what_is_no_text_or_too_long_is_not_touched(folder: Path, raw: bytes) -> None:
    """A page that an editor saved as UTF-16 would be broken for good, or gigabytes be rewritten."""
    (folder / "statement.md").write_bytes(raw)
    assert _repaired(folder) == []
    assert (folder / "statement.md").read_bytes() == raw


def test_a_file_that_cannot_be_written_is_told_and_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk would end the command with a traceback, and leave half of a page."""

    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device", str(self))

    (folder / "hints.md").write_text(FILES["hints.md"].rstrip("\n"))
    monkeypatch.setattr(Path, "write_bytes", full)
    (finding,) = repair(folder)
    assert isinstance(finding, Finding)
    assert (finding.code, finding.file) == ("not-mended", "hints.md")
    assert "No space left on device" in finding.message
    assert (folder / "hints.md").read_text() == FILES["hints.md"].rstrip("\n")


def test_lines_of_a_message_that_look_like_keys_are_kept(folder: Path) -> None:
    """An author's words would be deleted, and the header broken."""
    lines = ['# message = """Look at', "# reason = the axis, and", '# verdict = the shape."""']
    source = "\n".join(
        ["# /// allclose", '# verdict = "wrong_answer"', '# reason = "value"', *lines, "# ///", "x = 1\n"]
    )
    (folder / MISTAKE).write_text(source)
    assert len(repair_headers(folder, [_outcome("wrong_answer", "shape", source=source)])) == 1
    assert (folder / MISTAKE).read_text() == source.replace('"value"', '"shape"')


def test_a_comment_behind_a_declared_verdict_is_kept(folder: Path) -> None:
    """An author's note on why the mistake fails as it does would be lost."""
    header = [
        "# /// allclose",
        "# verdict = 'wrong_answer'  # NaN # 1",
        '# reason = "value" # by far',
        "# ///",
        "x = 1\n",
    ]
    source = "\n".join(header)
    (folder / MISTAKE).write_text(source)
    assert len(repair_headers(folder, [_outcome("wrong_answer", "shape", source=source)])) == 1
    wanted = source.replace("'", '"').replace('"value"', '"shape"')
    assert (folder / MISTAKE).read_text() == wanted


def _outcome(verdict: str, reason: str | None, declared: str = "wrong_answer", source: str = FILES[MISTAKE]) -> Outcome:
    filed = FiledSubmission.model_validate(
        {
            "path": MISTAKE,
            "source": source,
            "verdict": declared,
            "reason": "value" if declared == "wrong_answer" else None,
            "message": "Mistake 2.",
        }
    )
    return Outcome(filed, verdict, reason, "")  # type: ignore[arg-type]  # the test names real verdicts


@pytest.mark.parametrize(("verdict", "reason"), [("wrong_answer", "shape"), ("runtime_error", None)])
def test_a_header_is_rewritten_as_the_submission_is_judged(folder: Path, verdict: str, reason: str | None) -> None:
    """An author would copy verdicts from the findings into the headers by hand."""
    (told,) = repair_headers(folder, [_outcome(verdict, reason)])
    assert str(told).startswith(MISTAKE)
    problem = read(folder)
    assert isinstance(problem, Problem), problem
    (filed,) = [each for each in problem.submissions if each.path == MISTAKE]
    assert (filed.verdict, filed.reason, filed.message) == (verdict, reason, "Mistake 2.")
    assert filed.source.partition("# ///\n")[2] == FILES[MISTAKE].partition("# ///\n")[2]


@pytest.mark.parametrize(
    ("verdict", "reason"), [("wrong_answer", "value"), ("accepted", None), ("internal_error", None)]
)
def test_a_header_that_is_right_or_cannot_be_is_kept(folder: Path, verdict: str, reason: str | None) -> None:
    """A wrong submission that passes would be declared accepted, and the hole in the cases forgotten."""
    assert repair_headers(folder, [_outcome(verdict, reason)]) == []
    assert (folder / MISTAKE).read_text() == FILES[MISTAKE]
