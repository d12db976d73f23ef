"""The reader: a right folder becomes a problem, and every planted fault becomes its finding."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.judge.verdict import Reason
from app.problems.findings import READING, Finding
from app.problems.folder import read, worked_example
from app.problems.model import Problem, Rules
from app.problems.signature import format_spec
from tests.problems.sample import CODE, FILES, wrong

Plant = Callable[[Path], object]


def _replace(path: str, old: str, new: str) -> Plant:
    def plant(folder: Path) -> None:
        text = (folder / path).read_text()
        assert old in text, f"nothing to plant a fault in: {old!r}"
        (folder / path).write_text(text.replace(old, new, 1))

    return plant


def _write(path: str, content: str | bytes) -> Plant:
    raw = content.encode() if isinstance(content, str) else content
    return lambda folder: (folder / path).write_bytes(raw)


def _remove(path: str) -> Plant:
    return lambda folder: (folder / path).unlink()


def _manifest(old: str, new: str) -> Plant:
    return _replace("problem.toml", old, new)


def _rule(lines: str) -> Plant:
    """More lines below line 17, the last of the table of rules."""
    return _manifest('["jax.vmap"]\n', f'["jax.vmap"]\n{lines}\n')


def _compiled(folder: Path) -> None:
    (folder / "__pycache__").mkdir()


def _link(folder: Path) -> None:
    (folder / "solution.md").unlink()
    (folder / "solution.md").symlink_to(folder / "statement.md")


def _linked_folder(folder: Path) -> None:
    (folder / "submissions/wrong").rename(folder.parent / "wrong")
    (folder / "submissions/wrong").symlink_to(folder.parent / "wrong")


def _pipe(folder: Path) -> None:
    (folder / "solution.md").unlink()
    os.mkfifo(folder / "solution.md")


def _folder_for_file(folder: Path) -> None:
    (folder / "cases.py").unlink()
    (folder / "cases.py").mkdir()


def _file_for_folder(folder: Path) -> None:
    for path in (folder / "submissions/accepted").iterdir():
        path.unlink()
    (folder / "submissions/accepted").rmdir()
    (folder / "submissions/accepted").write_text("")


DEEP = "(" * 100_000
MISTAKE = "submissions/wrong/mistake_2.py"
OTHER = "submissions/accepted/other_order.py"

#: name -> how to plant it, and the code, file and line that must be found.
FAULTS: dict[str, tuple[Plant, str, str, int | None]] = {
    # Files
    "no manifest": (_remove("problem.toml"), "missing-file", "problem.toml", None),
    "no statement": (_remove("statement.md"), "missing-file", "statement.md", None),
    "no cases": (_remove("cases.py"), "missing-file", "cases.py", None),
    "misnamed page": (_write("notes.md", "?"), "unexpected-file", "notes.md", None),
    "compiled code": (_compiled, "unexpected-file", "__pycache__", None),
    "odd submission": (
        _write("submissions/wrong/No sum.py", "?"),
        "unexpected-file",
        "submissions/wrong/No sum.py",
        None,
    ),
    "file name with a line break": (_write("a\nb", ""), "unexpected-file", "a\\nb", None),
    "symbolic link": (_link, "symlink", "solution.md", None),
    "linked folder": (_linked_folder, "symlink", "submissions/wrong", None),
    "named pipe": (_pipe, "unreadable-file", "solution.md", None),
    "folder for a file": (
        _folder_for_file,
        "unreadable-file",
        "cases.py",
        None,
    ),
    "file for a folder": (_file_for_folder, "unexpected-file", "submissions/accepted", None),
    "too large": (_write("solution.md", "x" * (256 * 1024 + 1)), "too-large", "solution.md", None),
    "not UTF-8": (_write("solution.md", b"one\ntwo \xff\n"), "not-utf8", "solution.md", 2),
    "NUL byte": (_write("solution.md", b"one\n\ntwo\0"), "nul-byte", "solution.md", 3),
    "byte order mark": (
        _write("cases.py", b"\xef\xbb\xbf" + FILES["cases.py"].encode()),
        "byte-order-mark",
        "cases.py",
        1,
    ),
    # problem.toml
    "broken TOML": (_manifest('"Twice each number"', "Twice"), "toml-syntax", "problem.toml", 2),
    "TOML that ends early": (_manifest("rtol = 1e-5", "rtol ="), "toml-syntax", "problem.toml", 21),
    "key set twice": (_manifest("seed = 7", "seed = 7\nseed = 8"), "toml-syntax", "problem.toml", 14),
    "deeply nested TOML": (_manifest("seed = 7", f"seed = {'[' * 5000}"), "toml-syntax", "problem.toml", None),
    "number too long to convert": (_manifest("seed = 7", f"seed = {'9' * 5000}"), "toml-syntax", "problem.toml", None),
    "unknown key": (_manifest("difficulty", "dificulty = 1\ndifficulty"), "unknown-key", "problem.toml", 4),
    "unknown key in a table": (_manifest("seed = 7", "seed = 7\nseeds = 8"), "unknown-key", "problem.toml", 14),
    "unknown key of a tolerance": (_manifest("rtol", "tol = 1\nrtol"), "unknown-key", "problem.toml", 21),
    **{
        f"rule {line}": (_manifest("[rules]", f"[rules]\n{line}"), "bad-value", "problem.toml", 16)
        for line in (
            'required_operations = ["whlie"]',
            'required_operations = ["stablehlo.while"]',
            'required_operations = ["while", "while"]',
            'required_operations = ["cusolver_getrf_ffi"]',
            'forbidden_operations = ["custom_call:lapack_sgetrf"]',
            'forbidden_operations = ["infeed"]',
            'forbidden_operations = "while"',
            'forbidden_dtypes = ["double"]',
            "most_work = 0.5",
            "most_memory = -1",
            "most_time = 1.1",
            "most_time = inf",
            "deterministic = 1",
        )
    },
    "operation that is required and forbidden": (
        _manifest("[rules]", '[rules]\nrequired_operations = ["sort"]\nforbidden_operations = ["sort"]'),
        "bad-value",
        "problem.toml",
        17,
    ),
    "unknown table": (_manifest("[rules]", "[check]\n[rules]"), "unknown-key", "problem.toml", 15),
    "no title": (_manifest('title = "Twice each number"\n', ""), "missing-key", "problem.toml", None),
    "no seed": (_manifest("seed = 7", ""), "missing-key", "problem.toml", 12),
    "no returns": (_manifest('returns = "float32[N]"', ""), "missing-key", "problem.toml", None),
    "check of no parameter": (
        _manifest("[rules]", '[[checks]]\ntransform = "grad"\nwrt = ["y"]\ncases = ["small"]\n[rules]'),
        "unknown-name",
        "problem.toml",
        15,
    ),
    "another format": (_manifest("format = 1", "format = 2"), "bad-value", "problem.toml", 1),
    "a boolean format": (_manifest("format = 1", "format = true"), "bad-value", "problem.toml", 1),
    "title of two lines": (_manifest('"Twice each number"', '"Twice\\neach"'), "bad-value", "problem.toml", 2),
    "title that is a date": (_manifest('"Twice each number"', "2024-06-07"), "bad-value", "problem.toml", 2),
    "version": (_manifest("1.0.0", "1.0"), "bad-value", "problem.toml", 3),
    "version in other digits": (_manifest("1.0.0", "1.0.\u0661"), "bad-value", "problem.toml", 3),
    "version with a line break": (_manifest('"1.0.0"', '"1.0.0\\n"'), "bad-value", "problem.toml", 3),
    "difficulty": (_manifest("difficulty = 1", "difficulty = 6"), "bad-value", "problem.toml", 4),
    "boolean difficulty": (_manifest("difficulty = 1", "difficulty = true"), "bad-value", "problem.toml", 4),
    "huge difficulty": (_manifest("difficulty = 1", f"difficulty = 0x{'F' * 5000}"), "bad-value", "problem.toml", 4),
    "tag in capitals": (_manifest('["arrays"]', '["Arrays"]'), "bad-value", "problem.toml", 5),
    "tag of two words": (_manifest('["arrays"]', '["two words"]'), "bad-value", "problem.toml", 5),
    "tag that starts with a hyphen": (_manifest('["arrays"]', '["-arrays"]'), "bad-value", "problem.toml", 5),
    "tag with a line break": (_manifest('["arrays"]', '["arrays\\n"]'), "bad-value", "problem.toml", 5),
    "tag twice": (_manifest('["arrays"]', '["arrays", "arrays"]'), "bad-value", "problem.toml", 5),
    "one draw": (_manifest("seed = 7", "seed = 7\ndraws = 1"), "bad-value", "problem.toml", 14),
    "negative seed": (_manifest("seed = 7", "seed = -7"), "bad-value", "problem.toml", 13),
    "infinite tolerance": (_manifest("1e-6", "inf"), "bad-value", "problem.toml", 20),
    "tolerance that is no number": (_manifest("1e-6", "nan"), "bad-value", "problem.toml", 20),
    "tolerance for integers": (_manifest("tolerances.float32", "tolerances.int32"), "bad-value", "problem.toml", 19),
    "tolerance for what is not returned": (
        _manifest("tolerances.float32", "tolerances.float16"),
        "bad-value",
        "problem.toml",
        19,
    ),
    "parameter that is a keyword": (_manifest("x = ", "lambda = "), "bad-value", "problem.toml", 9),
    "program rule of an eager problem": (
        _manifest("difficulty", 'mode = "eager"\ndifficulty'),
        "not-eager",
        "problem.toml",
        17,
    ),
    "arrays of a traced problem": (
        _manifest("[rules]", '[eager]\narrays = "numpy"\n[rules]'),
        "not-eager",
        "problem.toml",
        15,
    ),
    "unknown mode": (_manifest("difficulty", 'mode = "fast"\ndifficulty'), "bad-value", "problem.toml", 4),
    "unknown dtype": (_manifest('x = "float32[N]"', 'x = "float31[N]"'), "bad-type", "problem.toml", 9),
    "number for a type": (_manifest('factor = "float32[]"', "factor = 2"), "bad-type", "problem.toml", 10),
    "nothing returned": (_manifest('returns = "float32[N]"', "returns = []"), "bad-type", "problem.toml", 6),
    "static returned": (_manifest('returns = "float32[N]"', 'returns = "static int"'), "bad-type", "problem.toml", 6),
    "wide dtype": (_manifest('factor = "float32[]"', 'factor = "float64[]"'), "needs-x64", "problem.toml", 10),
    "size of nothing": (
        _manifest('returns = "float32[N]"', 'returns = "float32[M]"'),
        "unknown-size",
        "problem.toml",
        6,
    ),
    "loop over nothing": (_manifest('unroll = "N"', 'unroll = "B"'), "unknown-size", "problem.toml", 16),
    "required and forbidden": (
        _manifest("[tol", 'forbidden_calls = ["jax.vmap"]\n[tol'),
        "bad-value",
        "problem.toml",
        19,
    ),
    "call that is no name": (_manifest("jax.vmap", "jax.vmap()"), "bad-value", "problem.toml", 17),
    "call that is a keyword": (_manifest("jax.vmap", "jax.lambda"), "bad-value", "problem.toml", 17),
    "star in a required call": (_manifest("jax.vmap", "jax.*"), "bad-value", "problem.toml", 17),
    "call twice": (_manifest('["jax.vmap"]', '["jax.vmap", "jax.vmap"]'), "bad-value", "problem.toml", 17),
    "calls that are no list": (_manifest('["jax.vmap"]', '"jax.vmap"'), "bad-value", "problem.toml", 17),
    "required and forbidden by a star": (_rule('forbidden_calls = ["jax.*"]'), "bad-value", "problem.toml", 18),
    "import that is no name": (_rule('forbidden_imports = ["numpy as np"]'), "bad-value", "problem.toml", 18),
    "import of nothing": (_rule('forbidden_imports = ["*"]'), "bad-value", "problem.toml", 18),
    "star in a required import": (_rule('required_imports = ["jax.*"]'), "bad-value", "problem.toml", 18),
    "star within a forbidden import": (_rule('forbidden_imports = ["jax.*.lax"]'), "bad-value", "problem.toml", 18),
    "import twice": (_rule('forbidden_imports = ["numpy", "numpy"]'), "bad-value", "problem.toml", 18),
    "imports that are no list": (_rule("required_imports = true"), "bad-value", "problem.toml", 18),
    "import required below a forbidden one": (
        _rule('required_imports = ["jax.numpy"]\nforbidden_imports = ["jax"]'),
        "bad-value",
        "problem.toml",
        19,
    ),
    "import required below a star": (
        _rule('required_imports = ["jax.numpy"]\nforbidden_imports = ["jax.*"]'),
        "bad-value",
        "problem.toml",
        19,
    ),
    "unknown statement": (_rule('required_statements = ["For"]'), "bad-value", "problem.toml", 18),
    "statement that every solution has": (_rule('forbidden_statements = ["def"]'), "bad-value", "problem.toml", 18),
    "statement twice": (_rule('forbidden_statements = ["for", "for"]'), "bad-value", "problem.toml", 18),
    "statements that are no list": (_rule('forbidden_statements = "for"'), "bad-value", "problem.toml", 18),
    "statement required and forbidden": (
        _rule('required_statements = ["for"]\nforbidden_statements = ["for"]'),
        "bad-value",
        "problem.toml",
        19,
    ),
    "requires itself": (
        _manifest("difficulty", 'prerequisites = ["scale"]\ndifficulty'),
        "own-prerequisite",
        "problem.toml",
        4,
    ),
    "prerequisite that is no slug": (
        _manifest("difficulty", 'prerequisites = ["A b"]\ndifficulty'),
        "bad-value",
        "problem.toml",
        4,
    ),
    # Python
    "syntax": (_write("reference.py", "x = 1\ndef scale(x, factor)\n"), "python-syntax", "reference.py", 2),
    "too deep to parse": (_write("starter.py", f"x = {DEEP}"), "python-syntax", "starter.py", 1),
    "another coding": (_write("starter.py", "# -*- coding: latin-1 -*-\n"), "python-syntax", "starter.py", 1),
    "comments alone": (_write("starter.py", "# To do.\n"), "python-syntax", "starter.py", None),
    "empty cases": (_write("cases.py", ""), "python-syntax", "cases.py", None),
    "parameter too few": (_write("starter.py", "scale = lambda x: x\n"), "missing-function", "starter.py", 1),
    "no function": (_write("starter.py", "def scael(x, factor): ...\n"), "missing-function", "starter.py", 1),
    "class for a function": (_write("starter.py", "\nclass scale: ...\n"), "missing-function", "starter.py", 2),
    "constant for a function": (_write("reference.py", "scale = 3\n"), "missing-function", "reference.py", 1),
    "coroutine": (_write("starter.py", f"async {CODE.format(0)}"), "missing-function", "starter.py", 1),
    "other parameters": (_write("starter.py", "\ndef scale(factor, x): ...\n"), "wrong-parameters", "starter.py", 2),
    "closed heading": (
        _replace("statement.md", "## Returns", "## Returnz ##"),
        "missing-section",
        "statement.md",
        None,
    ),
    "keyword parameters": (_write("starter.py", "def scale(x, *, factor): ...\n"), "wrong-parameters", "starter.py", 1),
    "no hidden cases": (_write("cases.py", "def public(): ...\n"), "missing-function", "cases.py", None),
    "hidden without generator": (_replace("cases.py", "hidden(rng)", "hidden()"), "wrong-parameters", "cases.py", 5),
    # Pages
    "no section": (_replace("statement.md", "## Returns", "### Returns"), "missing-section", "statement.md", None),
    "heading in code": (
        _replace("statement.md", "## Returns", "```\n## Returns\n```"),
        "missing-section",
        "statement.md",
        None,
    ),
    "section twice": (
        _replace("statement.md", "An array", "An array\n\n## Problem\n\nMore"),
        "missing-section",
        "statement.md",
        25,
    ),
    "empty section": (_replace("statement.md", "Scaling twice.", ""), "missing-section", "statement.md", 13),
    "example without code": (_replace("statement.md", "```python", "```text"), "missing-example", "statement.md", 7),
    "example of comments": (_replace("statement.md", "x = [1", "# x = [1"), "missing-example", "statement.md", 7),
    "example that is no Python": (_replace("statement.md", "[1.0,", "(1.0,"), "bad-example", "statement.md", 10),
    "empty solution": (_write("solution.md", " \n"), "empty-text", "solution.md", None),
    "no hints": (_write("hints.md", ""), "bad-hint", "hints.md", None),
    "text before the hints": (_replace("hints.md", "## Think", "\nFirst,\n## Think"), "bad-hint", "hints.md", 2),
    "hint for no reason": (_replace("hints.md", "after: shape", "after: shapes"), "bad-hint", "hints.md", 5),
    "hint without text": (_replace("hints.md", "Keep the axis.", ""), "bad-hint", "hints.md", 5),
    "hint without title": (_replace("hints.md", "## Think", "## "), "bad-hint", "hints.md", 1),
    "two hints of one title": (_replace("hints.md", "## The shape is off", "## Think"), "bad-hint", "hints.md", 5),
    # Submissions
    "too few accepted": (_remove(OTHER), "too-few-submissions", "submissions/accepted", None),
    "too few wrong": (_remove(MISTAKE), "too-few-submissions", "submissions/wrong", None),
    "no header": (_write(MISTAKE, CODE.format(0)), "bad-header", MISTAKE, 1),
    "late header": (_write(MISTAKE, "\n" + wrong("Late.")), "bad-header", MISTAKE, 2),
    "open header": (_replace(MISTAKE, "# ///\ndef", "def"), "bad-header", MISTAKE, 5),
    "broken header": (_replace(MISTAKE, '"value"', "value"), "toml-syntax", MISTAKE, 3),
    "unknown key of a header": (_replace(MISTAKE, "# reason", "# raeson"), "unknown-key", MISTAKE, 3),
    "unknown verdict": (_replace(MISTAKE, "wrong_answer", "wrong"), "bad-value", MISTAKE, 2),
    "unknown reason": (_replace(MISTAKE, '"value"', '"values"'), "bad-value", MISTAKE, 3),
    "verdict without its reason": (_replace(MISTAKE, '# reason = "value"\n', ""), "bad-verdict", MISTAKE, 1),
    "reason of another verdict": (_replace(MISTAKE, '"value"', '"unrolled"'), "bad-verdict", MISTAKE, 3),
    "verdict without reasons": (_replace(MISTAKE, "wrong_answer", "runtime_error"), "bad-verdict", MISTAKE, 3),
    "wrong and accepted": (_replace(MISTAKE, "wrong_answer", "accepted"), "bad-verdict", MISTAKE, 2),
    "accepted and wrong": (_write(OTHER, wrong("Why?")), "bad-verdict", OTHER, 2),
    "no message": (_replace(MISTAKE, "Mistake 2.", " "), "missing-key", MISTAKE, 4),
    "same message": (_replace(MISTAKE, "Mistake 2.", "Mistake 1."), "duplicate-message", MISTAKE, 4),
}


def _findings(folder: Path) -> list[Finding]:
    result = read(folder)
    assert isinstance(result, list), "the fault was not found"
    return result


def test_a_right_folder_becomes_a_problem(folder: Path) -> None:
    """No problem could be read, or something of it would be lost."""
    problem = read(folder)
    assert isinstance(problem, Problem), problem
    assert problem.slug == next(iter(problem.entries)) == "scale"
    assert {name: format_spec(spec) for name, spec in problem.entries["scale"].arguments.items()} == {
        "x": "float32[N]",
        "factor": "float32[]",
    }
    assert (problem.mode, problem.device, problem.x64, problem.cases.draws) == ("traced", "cpu", False, 2)
    assert problem.tolerances["float32"].rtol == 1e-5
    assert [(hint.title, hint.body, hint.after) for hint in problem.hints] == [
        ("Think", "What is one element?", None),
        ("The shape is off", "Keep the axis.", "shape"),
    ]
    assert [submission.verdict for submission in problem.submissions] == ["accepted"] * 2 + ["wrong_answer"] * 4
    assert problem.submissions[-1].message == "Mistake 3."
    assert problem.submissions[-1].source == FILES["submissions/wrong/mistake_3.py"]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(folder: Path, fault: str) -> None:
    """An author would not learn of this fault, or not where it is, or would be told of faults that are none."""
    plant, code, file, line = FAULTS[fault]
    plant(folder)
    found = _findings(folder)
    assert (code, file, line) in [(finding.code, finding.file, finding.line) for finding in found]
    # A file that is out of the way may leave too few of its kind; anything else would be a false alarm.
    consequences = {"too-few-submissions"} if "submissions" in file else set()
    assert {finding.code for finding in found} <= {code} | consequences


def test_every_code_of_the_reader_has_a_planted_fault() -> None:
    """A code could lose its check without any test noticing."""
    elsewhere = {"not-a-folder", "bad-slug"}
    planted = {code for _, code, _, _ in FAULTS.values()}
    assert not planted & elsewhere
    assert planted | elsewhere == set(READING)


@pytest.mark.parametrize("name", ["Scale", "2scale", "lambda", "a-b", "scale.old", "größe"])
def test_a_folder_that_cannot_name_a_function_is_found(folder: Path, name: str) -> None:
    """A problem would be published whose function nobody can write."""
    moved = folder.rename(folder.with_name(name))
    assert "bad-slug" in [finding.code for finding in _findings(moved)]


def test_what_is_no_folder_is_found(tmp_path: Path) -> None:
    """A mistyped path would end in a traceback."""
    (tmp_path / "file").write_text("")
    for name in ("nothing", "file"):
        (finding,) = _findings(tmp_path / name)
        assert finding.code == "not-a-folder"


def test_another_folder_is_told_in_one_finding(folder: Path) -> None:
    """Somebody in a wrong directory would read dozens of faults of files that are none of a problem's."""
    (folder / "problem.toml").unlink()
    moved = folder.rename(folder.with_name("My files"))
    for number in range(30):
        (moved / f"{number}.txt").write_text("")
    (finding,) = _findings(moved)
    assert (finding.code, finding.file) == ("missing-file", "problem.toml")
    assert "no problem folder" in finding.message


def test_many_strays_are_counted(folder: Path) -> None:
    """The faults that matter would be lost among hundreds of equal ones."""
    for number in range(25):
        (folder / f"{number}.txt").write_text("")
        (folder / "submissions/wrong" / f"{number}.txt").write_text("")
    found = _findings(folder)
    assert {finding.code for finding in found} == {"unexpected-file"}
    assert len(found) == 21
    assert [finding.message for finding in found if finding.file == "."] == [
        "30 more files and folders do not belong here."
    ]


def test_no_number_of_files_hides_the_known_ones(folder: Path) -> None:
    """An author would be told that a file is missing which is there."""
    for number in range(600):
        (folder / f"a{number}").write_text("")
    found = _findings(folder)
    assert {finding.code for finding in found} == {"unexpected-file"}
    assert any("More than 500" in finding.message for finding in found)


def test_the_folder_may_be_named_relatively(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Checking the current folder would find a problem without a name."""
    monkeypatch.chdir(folder)
    assert isinstance(read(Path()), Problem)


def test_a_header_that_never_closes_is_found(folder: Path) -> None:
    """A file of comments alone would be searched past its end."""
    _write(MISTAKE, "# /// allclose\n# message = 1\n#")(folder)
    assert {(finding.code, finding.line) for finding in _findings(folder)} == {("bad-header", 1)}


@pytest.mark.parametrize(
    "code",
    [
        "def scale(x, factor=2): ...",
        "def scale(x): ...",
        "def scael(x, factor): ...",
        "def scale(x, factor)",
        "0 +",
        "",
    ],
)
def test_what_is_filed_is_left_to_the_judge(folder: Path, code: str) -> None:
    """A mistake that learners make could not be filed, or a right way that the judge accepts."""
    header = '# /// allclose\n# verdict = "compile_error"\n# message = "Read the name."\n# ///\n'
    _write(MISTAKE, header + code)(folder)
    _write(OTHER, code)(folder)
    assert isinstance(read(folder), Problem)


def test_an_empty_file_is_told_to_its_author(folder: Path) -> None:
    """An author would be told to submit the cases."""
    for text in ("", "# To do.\n"):
        _write("cases.py", text)(folder)
        (finding,) = _findings(folder)
        assert finding.message == "There is no code in this file."


def test_rules_that_can_be_kept_are_read(folder: Path) -> None:
    """An author could not combine rules that do not contradict each other, or one of them would be lost."""
    _rule(
        'required_imports = ["jax", "jax.numpy"]\n'
        'forbidden_imports = ["numpy", "jax.numpy.linalg", "jax.experimental.*", "scipy.*"]\n'
        'forbidden_calls = ["jax.vmap.*", "jax.vmapped", "print"]\n'
        'required_statements = ["for"]\n'
        'forbidden_statements = ["while", "in_place_assignment"]'
    )(folder)
    problem = read(folder)
    assert isinstance(problem, Problem), problem
    assert problem.rules == Rules(
        may_not_unroll="N",
        required_imports=("jax", "jax.numpy"),
        forbidden_imports=("numpy", "jax.numpy.linalg", "jax.experimental.*", "scipy.*"),
        required_calls=("jax.vmap",),
        forbidden_calls=("jax.vmap.*", "jax.vmapped", "print"),
        required_statements=("for",),
        forbidden_statements=("while", "in_place_assignment"),
    )


@pytest.mark.parametrize(
    "reason",
    [f"{what}_{of}" for what in ("required", "forbidden") for of in ("import", "call", "statement")],
)
def test_a_break_of_a_style_rule_can_be_filed(folder: Path, reason: str) -> None:
    """An author could not prove that a rule on the source is broken by the mistake that it is meant for."""
    header = f'# /// allclose\n# verdict = "rule_broken"\n# reason = "{reason}"\n# message = "Read the rule."\n# ///\n'
    _write(MISTAKE, header + CODE.format("x"))(folder)
    problem = read(folder)
    assert isinstance(problem, Problem), problem
    assert reason in {filed.reason for filed in problem.submissions}


def test_all_faults_come_in_one_go(folder: Path) -> None:
    """An author would mend one fault only to be told of the next."""
    for fault in (
        "difficulty",
        "unknown dtype",
        "no section",
        "no hints",
        "other parameters",
        "no message",
        "no cases",
    ):
        FAULTS[fault][0](folder)
    codes = [finding.code for finding in _findings(folder)]
    assert codes == [
        "missing-file",
        "bad-hint",
        "bad-value",
        "bad-type",
        "wrong-parameters",
        "missing-section",
        "missing-key",
    ]


def test_a_bad_value_hides_no_wrong_parameters(folder: Path) -> None:
    """A fault in one key of problem.toml would keep all Python files from being checked."""
    FAULTS["difficulty"][0](folder)
    FAULTS["other parameters"][0](folder)
    assert [finding.code for finding in _findings(folder)] == ["bad-value", "wrong-parameters"]


@pytest.mark.parametrize(
    ("fault", "mend"),
    [
        ("unknown key", "Write difficulty."),
        ("unknown key in a table", "Write seed."),
        ("unknown key of a tolerance", "Write rtol."),
        ("difficulty", "Write a whole number from 1 (first steps) to 5 (hard)."),
        ("other parameters", "Write def scale(x, factor): or change [arguments] in problem.toml."),
        ("loop over nothing", "Use a size of the arguments (N)."),
        ("calls that are no list", 'Write a list of dotted names, such as ["jax.vmap"].'),
        ("imports that are no list", 'Write a list of dotted names of modules, such as ["jax.numpy"].'),
        ("import that is no name", 'Write a list of dotted names of modules, such as ["jax.numpy"].'),
        ("unknown statement", "Write for."),
        ("statements that are no list", 'Write a list of constructs, such as ["for", "while"].'),
        ("import required below a forbidden one", "Take it out of one list."),
    ],
)
def test_a_finding_says_how_to_mend_it(folder: Path, fault: str, mend: str) -> None:
    """An author would be told that something is wrong and be left to guess what is right."""
    FAULTS[fault][0](folder)
    (finding,) = _findings(folder)
    assert finding.mend == mend


def test_the_hash_covers_names_and_contents(folder: Path) -> None:
    """Two different folders would count as one version, or one folder as two."""

    def digest() -> str:
        problem = read(folder)
        assert isinstance(problem, Problem)
        return problem.sha256

    first = digest()
    assert digest() == first
    (folder / OTHER).rename(folder / "submissions/accepted/moved.py")
    second = digest()
    assert second != first
    (folder / "solution.md").write_text("Multiply!\n")
    assert digest() not in (first, second)


def test_the_worked_example_keeps_its_lines() -> None:
    """An error in a worked example would be reported at a line that is not the author's."""
    example = worked_example(
        "## Worked example\nSay\n```python\na = 1\n```\nand\n~~~py\nassert a == 2\n~~~\n## Problem\n"
    )
    assert example is not None
    assert example.line == 2
    assert [(number, line) for number, line in enumerate(example.source.split("\n"), example.line) if line] == [
        (4, "a = 1"),
        (8, "assert a == 2"),
    ]


def test_findings_refuse_a_code_that_nobody_could_look_up() -> None:
    """A checker could invent codes that no table explains."""
    with pytest.raises(ValueError, match="not a code"):
        Finding("no-such-code", ".", None, "", "")


@pytest.mark.parametrize("place", ["..", ".", "submissions", "submissions/wrong", "cases.py"])
@pytest.mark.parametrize("mode", [0o000, 0o444, 0o111])
def test_missing_permissions_are_findings(place: str, mode: int) -> None:
    """A folder that another user copied would crash the reader instead of being told of."""
    with tempfile.TemporaryDirectory() as parent:
        Path(parent).chmod(0o755)
        root = _write_sample(Path(parent) / "problems")
        target = (root / place).resolve()  # a path through a closed folder could not be opened again
        target.chmod(mode)
        with _unprivileged():
            result = read(root)
        target.chmod(0o755)
    searched, read_alone = (place, mode) == ("..", 0o111), (place, mode) == ("cases.py", 0o444)
    assert isinstance(result, Problem) is (searched or read_alone)


@contextmanager
def _unprivileged() -> Iterator[None]:
    """As a user whom permissions bind; root is bound by none."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


def _write_sample(parent: Path) -> Path:
    root = parent / "scale"
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


WIDE = 256 * 1024
HOSTILE = {
    "many unknown keys": ("problem.toml", "".join(f"a{number} = 1\n" for number in range(20_000))),
    "a key of many parts": ("problem.toml", ".".join("a" * (WIDE // 2 - 8)) + " = 1\n"),
    "one tag again and again": ("problem.toml", "tags = [" + "'a'," * 60_000 + "]\n"),
    "a type of many axes": ("problem.toml", f'returns = "float32[{"N," * 100_000}]"\n'),
    "a number in hexadecimal": ("problem.toml", f"x64 = 0x{'F' * 200_000}\n"),
    "many rungs": ("hints.md", "## \n" * (WIDE // 4)),
    "a long blank heading": ("hints.md", "## " + " " * (WIDE - 8) + "x\n"),
    "a long blank key to a hint": ("hints.md", "## A\nafter:" + " " * (WIDE - 20) + "x\n"),
    "many fences": ("statement.md", "```\n" * (WIDE // 4)),
    "a long fence": ("statement.md", "`" * (WIDE // 2) + "\n" + "`" * (WIDE // 2 - 1)),
    "a chain of attributes": ("reference.py", f"def scale(x, y, z=x{'.a' * 2_500}): ...\n"),
    "a chain of signs": ("starter.py", "x = " + "-" * 100_000 + "1\n"),
    "a header of one word": ("submissions/wrong/mistake_0.py", "# /// allclose\n" + "# a\n" * 60_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_file_makes_the_reader_raise_or_hang(name: str) -> None:
    """One folder could keep the service from starting, or a checker busy for hours."""
    path, text = HOSTILE[name]
    assert len(text) <= WIDE
    _read_with(path, text.encode())


MUTATIONS = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.integers(0, 40),
        st.sampled_from(["", "[", '"', "\n", "=", "#", "\\", "\x85", "é", "0", "`"]),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(FILES)), MUTATIONS)
def test_no_mutation_makes_the_reader_raise(path: str, mutations: list[tuple[float, int, str]]) -> None:
    """A slip of an author's keyboard would crash the checker or the service that reads problems."""
    text = FILES[path]
    for place, length, inserted in mutations:
        start = int(place * len(text))
        text = text[:start] + inserted + text[start + length :]
    _read_with(path, text.encode())


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(FILES)), st.binary(max_size=200))
def test_no_bytes_make_the_reader_raise(path: str, raw: bytes) -> None:
    """A file of another kind under a known name would crash the reader."""
    _read_with(path, raw)


def _read_with(path: str, raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as parent:
        folder = _write_sample(Path(parent))
        (folder / path).write_bytes(raw)
        result = read(folder)
        assert isinstance(result, Problem) or result


def test_close_operations_are_proposed(folder: Path) -> None:
    """An author would have to guess what StableHLO calls an operation."""
    _manifest("[rules]", '[rules]\nrequired_operations = ["dot"]\nforbidden_operations = ["stablehlo.whille"]')(folder)
    mends = [finding.mend for finding in _findings(folder)]
    assert "dot_general" in mends[0]
    assert "while" in mends[1]


@pytest.mark.parametrize("reason", get_args(Reason)[get_args(Reason).index("unrolled") :])
def test_every_reason_of_a_broken_rule_can_be_filed(folder: Path, reason: str) -> None:
    """An author could not file a submission that breaks a rule, and so not prove that the rule works."""
    header = f'verdict = "rule_broken"\n# reason = "{reason}"'
    _replace(MISTAKE, 'verdict = "wrong_answer"\n# reason = "value"', header)(folder)
    problem = read(folder)
    assert isinstance(problem, Problem), problem
    assert ("rule_broken", reason) in [(filed.verdict, filed.reason) for filed in problem.submissions]
