"""Publishing and checking, through the real sandbox: an author's faults become findings, never exceptions."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.problems.checking.check import check
from sandbox.jobs import Sandbox
from tests import folders
from tests.conftest import first
from tests.folders import DOUBLE


def test_a_sound_folder_has_no_finding(tmp_path: Path, sandbox: Sandbox) -> None:
    """Every author would have to mend what is not broken."""
    checked = check(folders.double(tmp_path), sandbox)
    assert checked.findings == ()
    assert (checked.cases, checked.submissions) == (3, 6)


_NUMPY = "import numpy as np\n"
_PUBLIC = "def public():\n    return {'a': (np.ones(2, np.float32),)}\n"
_HIDDEN = "def hidden(rng):\n    return {'b': (rng.normal(size=3).astype(np.float32),)}\n"

FAULTS = {
    "cases that raise": ("cases-fail", {"cases_py": _NUMPY + _PUBLIC + "def hidden(rng):\n    return 1 / 0\n"}),
    "cases that never end": (
        "cases-fail",
        {"cases_py": _NUMPY + _PUBLIC + "def hidden(rng):\n    while True:\n        pass\n"},
    ),
    "cases that fork": ("cases-fail", {"cases_py": "import os\nos.fork()\n" + _NUMPY + _PUBLIC + _HIDDEN}),
    "cases that flood": (
        "cases-fail",
        {"cases_py": _NUMPY + _PUBLIC + "def hidden(rng):\n    while True:\n        print('x' * 1000)\n"},
    ),
    "cases that are no dict": ("cases-fail", {"cases_py": _NUMPY + _PUBLIC + "def hidden(rng):\n    return [1]\n"}),
    "a case that is no tuple": (
        "cases-fail",
        {"cases_py": _NUMPY + _PUBLIC + "def hidden(rng):\n    return {'b': 1}\n"},
    ),
    "objects as inputs": (
        "case-type",
        {"cases_py": _NUMPY + _PUBLIC + "def hidden(rng):\n    return {'b': (np.array([{}]),)}\n"},
    ),
    "another dtype": ("case-type", {"cases_py": _NUMPY + _PUBLIC.replace("np.float32", "np.int32") + _HIDDEN}),
    "too many arguments": ("case-type", {"cases_py": _NUMPY + _PUBLIC.replace(",)}", ", 1)}") + _HIDDEN}),
    "a shape drawn at random": (
        "case-unstable",
        {
            "cases_py": _NUMPY
            + _PUBLIC
            + "def hidden(rng):\n    return {'b': (rng.normal(size=rng.integers(3, 99)).astype(np.float32),)}\n"
        },
    ),
    "a name drawn at random": (
        "case-unstable",
        {"cases_py": _NUMPY + _PUBLIC + _HIDDEN.replace("'b'", "f'b{rng.integers(10**9)}'")},
    ),
    "one name twice": ("case-name", {"cases_py": _NUMPY + _PUBLIC.replace("'a'", "'b'") + _HIDDEN}),
    "no public case": ("no-cases", {"cases_py": _NUMPY + "def public():\n    return {}\n" + _HIDDEN}),
    "the same values in every draw": (
        "one-value-set",
        {"cases_py": _NUMPY + _PUBLIC + "def hidden(rng):\n    return {'b': (np.ones(3, np.float32),)}\n"},
    ),
    "values from another generator": (
        "case-varies",
        {"cases_py": _NUMPY + _PUBLIC + _HIDDEN.replace("rng.normal", "np.random.default_rng().normal")},
    ),
    "a name over two lines": (
        "cases-fail",
        {"cases_py": _NUMPY + _PUBLIC.replace("'a'", "'a\\naccepted'") + _HIDDEN},
    ),
    "a reference that raises": ("reference-fails", {"reference_py": "def double(x):\n    return y\n"}),
    "a reference that branches on values": (
        "reference-fails",
        {"reference_py": "def double(x):\n    return 2 * x if x[0] > 0 else x\n"},
    ),
    "a reference of another type": ("reference-type", {"reference_py": DOUBLE.format("2 * x.sum()")}),
    "a wrong submission that passes": (
        "wrong-outcome",
        {"submissions_wrong_same_py": folders.wrong(DOUBLE.format("x + x"), "Not wrong.")},
    ),
    "an accepted submission that fails": ("wrong-outcome", {"submissions_accepted_sum_py": DOUBLE.format("x")}),
    "a wrong submission with another reason": (
        "wrong-outcome",
        {"submissions_wrong_total_py": folders.wrong(DOUBLE.format("2 * x.sum()"), "One number.", reason="value")},
    ),
    "a starter that passes": ("starter-passes", {"starter_py": DOUBLE.format("2 * x")}),
}


def test_an_empty_array_is_a_fair_hidden_case(tmp_path: Path, sandbox: Sandbox) -> None:
    """An author could not ask what a function does with nothing: no two sets of no values differ."""
    hidden = _HIDDEN.replace("}", ", 'none': (np.ones(0, np.float32),)}")
    assert check(folders.double(tmp_path, cases_py=_NUMPY + _PUBLIC + hidden), sandbox).findings == ()


@pytest.mark.parametrize("name", first(12, FAULTS))
def test_a_planted_fault_is_found_by_its_own_code(tmp_path: Path, sandbox: Sandbox, name: str) -> None:
    """A broken problem would be published, or its author told something else."""
    code, changes = FAULTS[name]
    findings = check(folders.double(tmp_path, **changes), sandbox).findings
    assert {finding.code for finding in findings} == {code}
    assert all(finding.message and finding.mend for finding in findings)
