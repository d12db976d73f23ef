"""Broken folders: every fault that an author can plant is found by its own code, through the real check."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from app.problems.checking.check import check
from app.problems.findings import CODES
from sandbox.jobs import Sandbox
from tests import folders
from tests.conftest import first_of_each
from tests.folders import DOUBLE

Plant = Callable[[Path], object]

MANIFEST, STATEMENT, HINTS, REFERENCE, CASES = (
    *("problem.toml", "statement.md", "hints.md", "reference.py", "cases.py"),
)
ACCEPTED, WRONG = "submissions/accepted/sum.py", "submissions/wrong/same.py"
_NUMPY = "import numpy as np\n"
_PUBLIC = "def public():\n    return {'a': (np.ones(2, np.float32),)}\n"
_HIDDEN = "def hidden(rng):\n    return {'b': (rng.normal(size=3).astype(np.float32),)}\n"
_POSITIVE = _HIDDEN.replace("rng.normal(", "rng.uniform(1, 2, ")
_THRICE = "submissions/wrong/thrice_again.py"
_JAX = "import jax\nimport jax.numpy as jnp\n\n\n"


def _write(path: str, text: str | bytes) -> Plant:
    return lambda folder: (folder / path).write_bytes(text.encode() if isinstance(text, str) else text)


def _edit(path: str, old: str, new: str) -> Plant:
    def plant(folder: Path) -> None:
        text = (folder / path).read_text()
        assert old in text
        (folder / path).write_text(text.replace(old, new, 1))

    return plant


def _append(path: str, text: str) -> Plant:
    return lambda folder: (folder / path).write_text((folder / path).read_text() + text)


def _before(path: str, text: str) -> Plant:
    return lambda folder: (folder / path).write_text(text + (folder / path).read_text())


def _remove(path: str) -> Plant:
    return lambda folder: (folder / path).unlink()


def _both(*plants: Plant) -> Plant:
    return lambda folder: [plant(folder) for plant in plants]


def _link(folder: Path) -> None:
    (folder / "solution.md").unlink()
    (folder / "solution.md").symlink_to("statement.md")


def _pipe(folder: Path) -> None:
    (folder / "solution.md").unlink()
    os.mkfifo(folder / "solution.md")


def _compare(body: str) -> Plant:
    return _write(
        "compare.py", f"import jax.numpy as jnp\n\n\ndef compare(inputs, expected, got):\n    return {body}\n"
    )


_CUSTOM_RULE = (
    _JAX + "@jax.custom_jvp\ndef double(x):\n    return 2 * x\n\n\n"
    "double.defjvp(lambda primals, tangents: (double(*primals), 3 * tangents[0]))\n"
)
_PAIRS = _both(
    _edit(MANIFEST, 'returns = "float32[N]"', 'returns = ["float32[N]", "float32[N]"]'),
    _write(REFERENCE, DOUBLE.format("2 * x, 0 * x")),
)

#: code -> how to plant a fault that has it, and the file that is to be named.
FAULTS: dict[str, tuple[Plant, str]] = {
    # What reading finds.
    "missing-file": (_remove("solution.md"), "solution.md"),
    "unexpected-file": (_write("notes.txt", "?"), "notes.txt"),
    "symlink": (_link, "solution.md"),
    "unreadable-file": (_pipe, "solution.md"),
    "too-large": (_write("solution.md", "x" * (1 << 19)), "solution.md"),
    "not-utf8": (_write("solution.md", b"\xff\n"), "solution.md"),
    "byte-order-mark": (_before(CASES, "\ufeff"), CASES),
    "nul-byte": (_write("solution.md", b"a\0b\n"), "solution.md"),
    "toml-syntax": (_append(MANIFEST, "rules = [\n"), MANIFEST),
    "unknown-key": (_before(MANIFEST, "titel = 1\n"), MANIFEST),
    "missing-key": (_edit(MANIFEST, 'title = "A test"\n', ""), MANIFEST),
    "bad-value": (_edit(MANIFEST, "difficulty = 1", "difficulty = 9"), MANIFEST),
    "not-eager": (_append(MANIFEST, '\n[eager]\narrays = "numpy"\n'), MANIFEST),
    "bad-type": (_edit(MANIFEST, 'x = "float32[N]"', 'x = "float31[N]"'), MANIFEST),
    "needs-x64": (_edit(MANIFEST, 'x = "float32[N]"', 'x = "float64[N]"'), MANIFEST),
    "unknown-size": (_edit(MANIFEST, 'returns = "float32[N]"', 'returns = "float32[M]"'), MANIFEST),
    "unknown-name": (_append(MANIFEST, '\n[[checks]]\ntransform = "grad"\nwrt = ["y"]\ncases = ["two"]\n'), MANIFEST),
    "own-prerequisite": (_before(MANIFEST, 'prerequisites = ["double"]\n'), MANIFEST),
    "python-syntax": (_write(REFERENCE, "def double(x)\n"), REFERENCE),
    "missing-function": (_write(REFERENCE, "def triple(x):\n    return x\n"), REFERENCE),
    "wrong-parameters": (_write(REFERENCE, "def double(y):\n    return y\n"), REFERENCE),
    "missing-section": (_edit(STATEMENT, "## Returns", "### Returns"), STATEMENT),
    "missing-example": (_edit(STATEMENT, "```python", "```text"), STATEMENT),
    "bad-example": (_edit(STATEMENT, "print(1)", "print(1"), STATEMENT),
    "empty-text": (_write("solution.md", "\n"), "solution.md"),
    "bad-hint": (_write(HINTS, "No rung.\n"), HINTS),
    "bad-header": (_write(WRONG, DOUBLE.format("x")), WRONG),
    "bad-verdict": (_edit(WRONG, '"value"', '"unrolled"'), WRONG),
    "duplicate-message": (
        _edit("submissions/wrong/thrice.py", "That is thrice.", "That is once."),
        "submissions/wrong",
    ),
    "too-few-submissions": (_remove(ACCEPTED), "submissions/accepted"),
    # What running the folder's code finds.
    "cases-fail": (_write(CASES, _NUMPY + _PUBLIC + "def hidden(rng):\n    return 1 / 0\n"), CASES),
    "case-type": (_write(CASES, _NUMPY + _PUBLIC.replace("np.float32", "np.int32") + _HIDDEN), CASES),
    "case-unstable": (_write(CASES, _NUMPY + _PUBLIC + _HIDDEN.replace("size=3", "size=rng.integers(3, 99)")), CASES),
    "case-varies": (
        _write(CASES, _NUMPY + _PUBLIC + _HIDDEN.replace("rng.normal", "np.random.default_rng().normal")),
        CASES,
    ),
    "case-name": (_write(CASES, _NUMPY + _PUBLIC.replace("'a'", "'b'") + _HIDDEN), CASES),
    "no-cases": (_write(CASES, _NUMPY + _PUBLIC + "def hidden(rng):\n    return {}\n"), CASES),
    "unknown-case": (_append(MANIFEST, '\n[[checks]]\ntransform = "jit"\ncases = ["five"]\n'), MANIFEST),
    "one-value-set": (
        _write(CASES, _NUMPY + _PUBLIC + "def hidden(rng):\n    return {'b': (np.ones(3, np.float32),)}\n"),
        CASES,
    ),
    "reference-fails": (_write(REFERENCE, DOUBLE.format("y")), REFERENCE),
    "reference-breaks-rule": (_append(MANIFEST, '\n[rules]\nforbidden_operations = ["multiply"]\n'), REFERENCE),
    "rule-says-nothing": (_append(MANIFEST, "\n[rules]\nmost_work = 2\n"), MANIFEST),
    "reference-type": (_write(REFERENCE, DOUBLE.format("2 * x.sum()")), REFERENCE),
    "compare-fails": (_compare("y"), "compare.py"),
    "compare-type": (_compare("got"), "compare.py"),
    "compare-refuses": (_compare("abs(got - expected) + 1, 0.5"), "compare.py"),
    "compare-accepts": (_compare("0 * got, 1.0"), "compare.py"),
    "derivative-differs": (
        _both(
            _write(REFERENCE, _CUSTOM_RULE),
            _append(MANIFEST, '\n[[checks]]\ntransform = "jacfwd"\ncases = ["four"]\n'),
        ),
        REFERENCE,
    ),
    "wrong-outcome": (_edit(WRONG, "return x", "return x + x"), WRONG),
    "pitfall-twice": (_write(_THRICE, folders.wrong(DOUBLE.format("3 * x"), "That is three times.")), _THRICE),
    "starter-passes": (_write("starter.py", DOUBLE.format("2 * x")), "starter.py"),
    # What is right only by chance, or hardly.
    "zeros-pass": (_write(REFERENCE, DOUBLE.format("0 * x")), CASES),
    "constant-passes": (_write(REFERENCE, DOUBLE.format("0 * x + 1")), CASES),
    "nan-passes": (_write(REFERENCE, DOUBLE.format("x * float('nan')")), CASES),
    "shape-constant-passes": (_write(REFERENCE, _JAX + DOUBLE.format("jnp.arange(x.size) + 0 * x")), CASES),
    "constant-result": (_write(REFERENCE, DOUBLE.format("2 * x if x.size != 4 else 0 * x + 1")), CASES),
    "zero-leaf": (_PAIRS, CASES),
    "atol-swallows": (
        _write(CASES, _NUMPY + _PUBLIC + _HIDDEN.replace("rng.normal(size=3)", "(1e-7 * rng.normal(size=3))")),
        CASES,
    ),
    "small-headroom": (_write(REFERENCE, DOUBLE.format("(x + x * x) - x * x + x")), MANIFEST),
    "example-fails": (_edit(STATEMENT, "print(1)", "print(1 / 0)"), STATEMENT),
    "example-differs": (_edit(STATEMENT, "print(1)", "print(1)  # 2"), STATEMENT),
    "hint-order": (_write(HINTS, "## The shape\nafter: shape\n\nOne each.\n\n## Think\n\nHard.\n"), HINTS),
    "hint-unreachable": (_append(HINTS, "\n## It takes too long\nafter: time_limit\n\nHurry.\n"), HINTS),
    # What the cases would not notice.
    "mutant-survives": (
        _both(
            _write(REFERENCE, _JAX + DOUBLE.format("2 * jnp.abs(x)")),
            _write(CASES, _NUMPY + _PUBLIC + _POSITIVE),
        ),
        REFERENCE,
    ),
    "survivor-unknown": (_append(MANIFEST, '\n[[survivors]]\nchange = "double: x -> y"\nwhy = "It is."\n'), MANIFEST),
}
#: Faults that keep nothing from being published.
WARNINGS = {
    *("constant-result", "zero-leaf", "atol-swallows", "small-headroom", "example-differs"),
    *("pitfall-twice", "hint-order", "hint-unreachable", "mutant-survives", "survivor-unknown"),
}
#: Codes whose faults are planted elsewhere: other folders, other problems, or a judge that is itself at fault.
ELSEWHERE = {
    *("not-a-folder", "bad-slug"),  # test_folder
    "no-gpu",  # tests/sandbox/test_gpu
    *("reference-varies", "reference-refused"),  # test_eager, tests/judge/test_statistical_problems
    "dtype-passes",  # test_trivial
    "pitfall-unseen",  # test_memory
    "not-mended",  # test_repair
    "check-unfinished",  # tests/service/test_upload_checks
}


@pytest.mark.parametrize("code", first_of_each(2, FAULTS, lambda code: FAULTS[code][1]))
def test_a_planted_fault_is_found(tmp_path: Path, sandbox: Sandbox, code: str) -> None:
    """A broken problem would be published, or its author would be told something else."""
    plant, file = FAULTS[code]
    folder = folders.double(tmp_path)
    plant(folder)
    found = [finding for finding in check(folder, sandbox).findings if finding.code == code]
    assert found
    assert {finding.severity for finding in found} == {"warning" if code in WARNINGS else "error"}
    assert all(finding.file.startswith(file) and finding.message and finding.mend for finding in found)


def test_every_code_has_a_planted_fault() -> None:
    """A code could lose its check without any test noticing."""
    assert len(FAULTS) >= 40
    assert FAULTS.keys() | ELSEWHERE == CODES.keys()
    assert not FAULTS.keys() & ELSEWHERE
