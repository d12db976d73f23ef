"""Publishing and checking eager problems, through the real sandbox: what their authors are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.problems.checking.check import check
from sandbox.jobs import Sandbox
from tests import folders


def test_an_eager_folder_checks_clean(tmp_path: Path, sandbox: Sandbox) -> None:
    """An author could not publish a lesson on NumPy, on values that decide a shape, or on strings."""
    checked = check(folders.above(tmp_path), sandbox)
    assert checked.errors == ()
    # Values are drawn, so that none ever lies on the floor itself.
    assert checked.mutation is not None
    assert "above: value > floor -> value >= floor" in {each.change for each in checked.mutation.survivors}
    assert (checked.cases, checked.submissions) == (4, 6)


FAULTS = {
    "a reference that changes its input": (
        "reference-fails",
        {"reference": folders.ABOVE_RIGHT.replace("    return", "    x.sort()\n    return")},
    ),
    "a reference that raises": ("reference-fails", {"reference": "def above(x, floor):\n    return y\n"}),
    "a reference of another type": (
        "reference-type",
        {"reference": folders.ABOVE_RIGHT.replace("return kept", "return x > 0")},
    ),
    "a reference that draws numbers": (
        "reference-varies",
        {
            "reference": "import numpy as np\n"
            + folders.ABOVE_RIGHT.replace("return kept", "return kept + np.random.normal()")
        },
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_an_eager_reference_is_found(tmp_path: Path, sandbox: Sandbox, name: str) -> None:
    """A broken problem would be published, and every learner told that they are wrong."""
    code, changes = FAULTS[name]
    findings = check(folders.above(tmp_path, **changes), sandbox).findings
    assert code in {finding.code for finding in findings}, findings


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('device = "gpu"', "not-eager"),
        ('rules = { may_not_unroll = "N" }', "not-eager"),
        ('checks = [{ transform = "jit", cases = ["four"] }]', "not-eager"),
    ],
)
def test_what_needs_a_program_is_refused(tmp_path: Path, sandbox: Sandbox, line: str, code: str) -> None:
    """An author would rely on a rule, a check or a device that nothing looks at."""
    assert {finding.code for finding in check(folders.above(tmp_path, line), sandbox).findings} == {code}


def test_a_python_number_is_to_be_declared_as_an_array(tmp_path: Path, sandbox: Sandbox) -> None:
    """An author who declares what Python shows would find no submission accepted, the reference included."""
    folder = folders.above(tmp_path)
    manifest = (folder / "problem.toml").read_text()
    (folder / "problem.toml").write_text(manifest.replace("static str", "static int"))
    (finding,) = check(folder, sandbox).findings
    assert (finding.code, "int64[]" in finding.mend) == ("bad-type", True)
