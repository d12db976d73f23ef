"""Problems with random results: any honest way to use the key is accepted, and wrong distributions are refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.judge.run import run_public
from app.problems.checking.check import check
from app.problems.folder import read
from app.problems.model import Problem
from app.problems.published import Published, loads
from app.problems.publishing.publish import PublishFailed, publish
from app.problems.sampling import MAX_SAMPLES, value_sets
from sandbox.jobs import Sandbox
from tests import folders
from tests.conftest import first
from tests.judge.conftest import Grade, Publish

MANIFEST = """\
returns = "float32[B, N]"

[arguments]
key = "key"
x = "float32[B, N]"
rate = "float32[]"

[statistics]
keys = {keys}

[cases]
seed = 21
"""
CASES = """\
import jax
import numpy as np


def public():
    x = np.arange(1, 13, dtype=np.float32).reshape(3, 4)
    return {"half": (jax.random.key(1), x, np.float32(0.5))}


def hidden(rng):
    x = rng.normal(size=(6, 5)).astype(np.float32) + np.float32(3)
    return {"some": (jax.random.key(int(rng.integers(99))), x, np.float32(0.3))}
"""
HEAD = "import jax\nimport jax.numpy as jnp\n\n\ndef dropout(key, x, rate):\n"
REFERENCE = (
    HEAD + "    kept = jax.random.bernoulli(key, 1 - rate, x.shape)\n    return jnp.where(kept, x / (1 - rate), 0)\n"
)

RIGHT = {
    "the reference": REFERENCE,
    "uniform draws": HEAD + "    return jnp.where(jax.random.uniform(key, x.shape) < rate, 0, x / (1 - rate))\n",
    "a key of its own for every row": HEAD
    + "    rows = jax.vmap(lambda k: jax.random.bernoulli(k, 1 - rate, x.shape[1:]))(jax.random.split(key, len(x)))\n"
    "    return x * rows / (1 - rate)\n",
    "a folded key and draws from the other end": HEAD
    + "    kept = jax.random.uniform(jax.random.fold_in(key, 7), x.shape) > rate\n"
    "    return jnp.where(kept, x / (1 - rate), 0)\n",
}
WRONG = {
    "not rescaled": HEAD + "    return jnp.where(jax.random.bernoulli(key, 1 - rate, x.shape), x, 0)\n",
    "another rate": REFERENCE.replace("bernoulli(key, 1 - rate", "bernoulli(key, 0.85 - rate"),
    "the same mask for every row": REFERENCE.replace("x.shape)", "x.shape[1:])"),
    "the same mask for every column": REFERENCE.replace("x.shape)", "(len(x), 1))"),
    "the key ignored": REFERENCE.replace("bernoulli(key", "bernoulli(jax.random.key(0)"),
    "one key used for every row": HEAD
    + "    rows = jax.vmap(lambda row: jax.random.bernoulli(key, 1 - rate, row.shape))(x)\n"
    "    return x * rows / (1 - rate)\n",
    "no dropout": HEAD + "    return x\n",
    "the expected value of the mask": HEAD + "    return x * (1 - rate)\n",
    "zeros": HEAD + "    return 0 * x\n",
    "kept and dropped exchanged": REFERENCE.replace("where(kept, x / (1 - rate), 0)", "where(kept, 0, x / (1 - rate))"),
    "noise for a mask": HEAD + "    return x * (1 + jax.random.normal(key, x.shape) * rate)\n",
    "NaN now and then": REFERENCE.replace(", 0)", ", 0) / (1 - (jax.random.uniform(key, ()) < 0.2))"),
}


def folder(root: Path, **changes: str) -> Path:
    """A folder for dropout; ``changes`` replace manifest, reference or cases."""
    parts = {"manifest": MANIFEST.format(keys=256), "reference": REFERENCE, "cases": CASES} | changes
    filed = [
        folders.wrong(WRONG[what], f"Mistake {number}.", reason="distribution")
        for number, what in enumerate(list(WRONG)[:4])
    ]
    files = {
        "starter.py": parts["reference"].partition(":\n")[0] + ":\n    return None\n",
        "reference.py": parts["reference"],
        "cases.py": parts["cases"],
        **{f"submissions/accepted/right_{number}.py": RIGHT["uniform draws"] for number in range(2)},
        **{f"submissions/wrong/wrong_{number}.py": text for number, text in enumerate(filed)},
    }
    extra = {"compare.py": parts["compare"]} if "compare" in parts else {}
    return folders.write(root, "dropout", parts["manifest"], files | extra)


@pytest.fixture(scope="module")
def dropout(tmp_path_factory: pytest.TempPathFactory, published: Publish) -> Published:
    """Dropout, published."""
    return published(folder(tmp_path_factory.mktemp("problems")))


@pytest.mark.parametrize("what", first(2, RIGHT))
def test_an_honest_answer_is_accepted_whatever_it_draws(dropout: Published, grade: Grade, what: str) -> None:
    """Learners would have to use the key just as the reference does."""
    report = grade(dropout, RIGHT[what])
    assert report.verdict == "accepted", report.message


@pytest.mark.parametrize("what", first(6, WRONG))
def test_a_wrong_distribution_is_refused(dropout: Published, grade: Grade, what: str) -> None:
    """Whatever is random would be right."""
    report = grade(dropout, WRONG[what])
    assert (report.verdict, report.reason) == ("wrong_answer", "distribution"), report.message
    # With a rate of one half, what is kept and what is dropped have one distribution.
    assert {case.reason for case in report.cases if not case.public} == {"distribution"}


def test_a_public_case_tells_what_is_wrong_and_how_sure_that_is(dropout: Published, grade: Grade) -> None:
    """A learner would not know what to look for, or not that chance has a part in it."""
    report = grade(dropout, WRONG["the key ignored"])
    assert "Is the key used?" in report.message
    assert "at most one right answer in 1,000" in report.message
    hidden = {case.message for case in report.cases if not case.public}
    assert hidden == {"The random results are not distributed as they should be."}


def test_the_verdict_is_the_same_every_time(dropout: Published, grade: Grade) -> None:
    """A learner could submit the same until it passes, and no verdict could be reproduced."""
    reports = [grade(dropout, WRONG["another rate"]) for _ in range(2)]
    assert reports[0].message == reports[1].message
    assert [artifact.sha256 for artifact in reports[0].artifacts] == [art.sha256 for art in reports[1].artifacts]


@pytest.mark.parametrize(
    ("body", "reason"),
    [("(x,)", "tree"), ("x[0]", "shape"), ("x.astype(jnp.float16)", "dtype"), ("x[:, None] * x[..., None]", "shape")],
)
def test_types_are_as_strict_as_elsewhere(dropout: Published, grade: Grade, body: str, reason: str) -> None:
    """The test would be given results of unequal types, or a wrong shape be called a wrong distribution."""
    report = grade(dropout, f"{HEAD}    return {body}\n")
    assert (report.verdict, report.reason) == ("wrong_answer", reason)


def test_a_program_that_fails_gets_its_failure(dropout: Published, grade: Grade) -> None:
    """Results that never came would be tested, or be taken for right."""
    assert grade(dropout, HEAD + "    return x + y\n").verdict == "runtime_error"
    assert grade(dropout, HEAD + "    return jnp.zeros((1 << 20, 64))\n").verdict == "output_limit"


def test_reference_and_submission_get_keys_of_their_own(dropout: Published) -> None:
    """A reference's results would be held against themselves, or keys that are related spoil the stated rate."""
    seen: set[bytes] = set()
    for case in dropout.cases:
        for draw, values in enumerate(case.inputs):
            for side in ("reference", "submission"):
                made = value_sets(dropout.problem, case, draw, side)
                assert len(made) == 256
                assert all(each[1] is values[1] and each[2] is values[2] for each in made)
                keys = {each[0].tobytes() for each in made}
                assert len(keys) == 256
                assert not keys & seen
                seen |= keys
    bits = np.unpackbits(np.frombuffer(b"".join(sorted(seen)), np.uint8).reshape(-1, 8), axis=1)
    assert np.all(np.abs(bits.mean(axis=0) - 0.5) < 5 / np.sqrt(4 * len(bits)))


def test_all_results_are_stored_leaf_by_leaf(dropout: Published) -> None:
    """A publication could not be read back, or would lack results that verdicts rest on."""
    again = loads(dropout.dumps())
    assert [[leaf.shape for leaf in values] for case in again.cases for values in case.outputs] == [
        [(256, 3, 4)],
        [(256, 6, 5)],
        [(256, 6, 5)],
    ]
    assert again.problem.statistics == dropout.problem.statistics


def test_a_run_calls_no_random_result_right_or_wrong(dropout: Published, sandbox: Sandbox) -> None:
    """A run would compare one random result with another."""
    report = run_public(dropout, REFERENCE.encode(), sandbox, None)
    assert report.verdict is None
    assert "distribution" in report.calls[0].message
    assert run_public(dropout, f"{HEAD}    return x[0]\n".encode(), sandbox, None).verdict == "wrong_answer"


NOISE = """\
returns = "float32[N]"

[arguments]
scale = "static float"
w = {{ a = "float32[N]", b = "float32[N]" }}
key = "{key}"

[statistics]
keys = 128
key = "key"

[cases]
seed = 4
"""
NOISE_CASES = """\
import jax
import numpy as np


def _case(rng, size, seed):
    w = {{"a": rng.normal(size=size).astype(np.float32), "b": np.ones(size, np.float32)}}
    return 0.5, w, jax.random.{make}(seed)


def public():
    return {{"four": _case(np.random.default_rng(1), 4, 1)}}


def hidden(rng):
    return {{"nine": _case(rng, 9, 2)}}
"""
NOISE_HEAD = "import jax\nimport jax.numpy as jnp\n\n\ndef dropout(scale, w, key):\n"
NOISE_REFERENCE = NOISE_HEAD + '    return w["a"] + scale * w["b"] * jax.random.normal(key, w["a"].shape)\n'


@pytest.mark.parametrize(("key", "make"), [("key", "key"), ("uint32[2]", "PRNGKey")])
def test_keys_of_both_styles_are_drawn_wherever_they_stand(
    tmp_path: Path, published: Publish, grade: Grade, key: str, make: str
) -> None:
    """Another argument would be replaced by keys, or an old-style key be the same throughout."""
    changes = {"manifest": NOISE.format(key=key), "cases": NOISE_CASES.format(make=make)}
    problem = published(folder(tmp_path, reference=NOISE_REFERENCE, **changes))
    sums = NOISE_HEAD + (
        "    first, second = jax.random.split(key)\n"
        '    noise = jax.random.normal(first, w["b"].shape) + jax.random.normal(second, w["b"].shape)\n'
        '    return w["a"] + w["b"] * noise * (scale / jnp.sqrt(2))\n'
    )
    assert grade(problem, sums).verdict == "accepted"
    assert grade(problem, NOISE_REFERENCE.replace("scale *", "1.5 * scale *")).reason == "distribution"
    assert grade(problem, NOISE_REFERENCE.replace('w["a"] +', '1.5 * w["a"] +')).reason == "distribution"


@pytest.mark.exhaustive
def test_a_sound_folder_has_no_finding(tmp_path: Path, sandbox: Sandbox) -> None:
    """Nobody could file a problem with random results."""
    assert check(folder(tmp_path), sandbox).errors == ()


def test_a_reference_with_unusual_results_is_a_finding(
    dropout: Published, tmp_path: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Right answers to this problem would be refused far more often than is promised."""
    unusual = [
        replace(case, outputs=tuple((values[0] * np.float32(1.25),) for values in case.outputs))
        for case in dropout.cases
    ]
    monkeypatch.setattr("app.problems.checking.check.publish_cases", lambda *_: replace(dropout, cases=tuple(unusual)))
    codes = {finding.code for finding in check(folder(tmp_path), sandbox).errors}
    assert codes == {"reference-refused", "wrong-outcome"}


COMPARE = "def compare(inputs, expected, got):\n    return abs(got - expected), 1\n"
_MANIFEST = MANIFEST.format(keys=64)
FAULTS = {
    "too few keys": ("bad-value", {"manifest": MANIFEST.format(keys=63)}),
    "an unknown key": ("unknown-key", {"manifest": _MANIFEST.replace("keys =", "number =")}),
    "no parameter that is a key": (
        "missing-key",
        {"manifest": _MANIFEST.replace('"key"', '"uint32[2]"')},
    ),
    "a parameter that is no key": (
        "unknown-name",
        {"manifest": _MANIFEST.replace("[statistics]", '[statistics]\nkey = "x"')},
    ),
    "an unknown function": (
        "unknown-name",
        {"manifest": _MANIFEST.replace("[statistics]", '[statistics]\nentry = "drop"')},
    ),
    "a check of random results": (
        "bad-value",
        {"manifest": _MANIFEST + '\n[[checks]]\ntransform = "jit"\ncases = ["half", "some"]\n'},
    ),
    "a comparison of random results": ("unexpected-file", {"compare": COMPARE}),
    "results that are too large": (
        "reference-fails",
        {"cases": CASES.replace("size=(6, 5)", f"size=(1, {MAX_SAMPLES // (3 * 256 * 4) + 1})")},
    ),
}


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_of_the_declaration_is_a_finding(tmp_path: Path, sandbox: Sandbox, what: str) -> None:
    """An author would learn of it from learners, or fill the disk with random numbers."""
    code, changes = FAULTS[what]
    found = read(folder(tmp_path, **changes))
    if isinstance(found, Problem):
        with pytest.raises(PublishFailed) as failed:
            publish(found, sandbox)
        assert [finding.code for finding in failed.value.findings] == [code]
    else:
        assert [finding.code for finding in found] == [code]
