"""Problems whose right answers are not unique, each with the comparison that its author would write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests import folders

_CASES = """\
import numpy as np


def _make(rng, size):
    {make}


def public():
    return {{"small": _make(np.random.default_rng(3), 3)}}


def hidden(rng):
    return {{"larger": _make(rng, 5)}}
"""


@dataclass(frozen=True)
class NotUnique:
    """One problem.

    Attributes:
        manifest: declarations of ``problem.toml``.
        make: the body of a function of ``rng`` and ``size`` that returns one case's arguments.
        compare: ``compare.py``.
        reference: the reference.
        right: other right answers, by what is special about them.
        wrong: wrong ones, each refused for its values.
    """

    manifest: str
    make: str
    compare: str
    reference: str
    right: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)


def write(root: Path, slug: str, problem: NotUnique, **changes: str) -> Path:
    """The folder of a problem; ``changes`` replace its parts by name."""
    parts = {name: getattr(problem, name) for name in ("manifest", "make", "compare", "reference")} | changes
    accepted = {f"submissions/accepted/right_{number}.py": text for number, text in enumerate(problem.right.values())}
    wrong = {
        f"submissions/wrong/wrong_{number}.py": folders.wrong(text, f"This is {what}.")
        for number, (what, text) in enumerate(problem.wrong.items())
    }
    files = {
        "starter.py": parts["reference"].replace("return", "return None and"),
        "reference.py": parts["reference"],
        "compare.py": parts["compare"],
        "cases.py": _CASES.format(make=parts["make"]),
        **accepted,
        **wrong,
    }
    return folders.write(root, slug, parts["manifest"], {name: text for name, text in files.items() if text})


_HEAD = "import jax\nimport jax.numpy as jnp\n\n\n"
_SYMMETRIC = "a = rng.normal(size=(size, size))\n    return ((a + a.T).astype(np.float32),)"


def _function(signature: str, *lines: str) -> str:
    return _HEAD + f"def {signature}:\n" + "".join(f"    {line}\n" for line in lines)


def _manifest(returns: str, arguments: str) -> str:
    return f"returns = {returns}\n\n[arguments]\n{arguments}\n\n[cases]\nseed = 11\n"


FACTORS = NotUnique(
    manifest=_manifest('["float32[M, N]", "float32[N]", "float32[N, N]"]', 'a = "float32[M, N]"'),
    make="return (rng.normal(size=(size + 2, size)).astype(np.float32),)",
    compare=_HEAD
    + """\
def compare(inputs, expected, got):
    left, values, right = got
    wanted = expected[1]
    rows, columns = inputs[0].shape
    identity = jnp.eye(columns)
    errors = [
        (left * values) @ right - inputs[0],
        left.T @ left - identity,
        right @ right.T - identity,
        values - wanted,
    ]
    error = jnp.concatenate([jnp.abs(each).ravel() for each in errors])
    return error, 20 * rows * jnp.finfo(jnp.float32).eps * wanted[0]
""",
    reference=_function("factors(a)", "return tuple(jnp.linalg.svd(a, full_matrices=False))"),
    right={
        "the other sign": _function(
            "factors(a)", "u, s, v = jnp.linalg.svd(a, full_matrices=False)", "return -u, s, -v"
        ),
        "signs by the first element": _function(
            "factors(a)",
            "u, s, v = jnp.linalg.svd(a, full_matrices=False)",
            "sign = jnp.sign(u[0])",
            "return u * sign, s, v * sign[:, None]",
        ),
        "from the eigenvectors of the product": _function(
            "factors(a)",
            "w, v = jnp.linalg.eigh(a.T @ a)",
            "s = jnp.sqrt(w[::-1])",
            "v = v[:, ::-1]",
            "return a @ v / s, s, v.T",
        ),
    },
    wrong={
        "one sign alone": _function(
            "factors(a)", "u, s, v = jnp.linalg.svd(a, full_matrices=False)", "return -u, s, v"
        ),
        "not transposed": _function(
            "factors(a)", "u, s, v = jnp.linalg.svd(a, full_matrices=False)", "return u, s, v.T"
        ),
        "ascending": _function(
            "factors(a)",
            "u, s, v = jnp.linalg.svd(a, full_matrices=False)",
            "return u[:, ::-1], s[::-1], v[::-1]",
        ),
        "columns of length two": _function(
            "factors(a)", "u, s, v = jnp.linalg.svd(a, full_matrices=False)", "return 2 * u, s, v / 2"
        ),
    },
)

AXES = NotUnique(
    manifest=_manifest('"float32[N, N]"', 'a = "float32[N, N]"')
    + '\n[[checks]]\ntransform = "vmap"\ncases = ["small", "larger"]\n',
    make=_SYMMETRIC,
    compare=_HEAD
    + """\
def compare(inputs, expected, got):
    sign = jnp.where((expected * got).sum(axis=0) < 0, -1.0, 1.0)
    return jnp.abs(got * sign - expected), 1e-4
""",
    reference=_function("axes(a)", "return jnp.linalg.eigh(a)[1]"),
    right={
        "the other sign": _function("axes(a)", "return -jnp.linalg.eigh(a)[1]"),
        "every other sign": _function(
            "axes(a)", "v = jnp.linalg.eigh(a)[1]", "return v * (-1.0) ** jnp.arange(a.shape[0])"
        ),
        "first element positive": _function("axes(a)", "v = jnp.linalg.eigh(a)[1]", "return v * jnp.sign(v[0])"),
    },
    wrong={
        "rows": _function("axes(a)", "return jnp.linalg.eigh(a)[1].T"),
        "descending": _function("axes(a)", "return jnp.linalg.eigh(a)[1][:, ::-1]"),
        "the sign of one element": _function("axes(a)", "return jnp.linalg.eigh(a)[1].at[0, 0].multiply(-1)"),
        "absolute values": _function("axes(a)", "return jnp.abs(jnp.linalg.eigh(a)[1])"),
        "longer": _function("axes(a)", "return 1.01 * jnp.linalg.eigh(a)[1]"),
    },
)

LARGEST = NotUnique(
    manifest=_manifest('"int32[2]"', 'x = "int32[N]"'),
    make="return (rng.permutation(10 * size)[:size].astype(np.int32),)",
    compare=_HEAD
    + """\
def compare(inputs, expected, got):
    return jnp.abs(jnp.sort(got) - jnp.sort(expected)), 0
""",
    reference=_function("largest(x)", "return jax.lax.top_k(x, 2)[0]"),
    right={
        "ascending": _function("largest(x)", "return jnp.sort(x)[-2:]"),
        "in the order of the array": _function("largest(x)", "return x[jnp.sort(jnp.argsort(x)[-2:])]"),
    },
    wrong={
        "one of them twice": _function("largest(x)", "return jnp.stack([x.max(), x.max()])"),
        "the smallest": _function("largest(x)", "return jnp.sort(x)[:2]"),
        "off by one": _function("largest(x)", "return jax.lax.top_k(x, 2)[0] + jnp.array([0, 1], jnp.int32)"),
        "where they are": _function("largest(x)", "return jax.lax.top_k(x, 2)[1]"),
    },
)

SOLUTION = NotUnique(
    manifest=_manifest('"float32[N]"', 'a = "float32[N, N]"\nb = "float32[N]"'),
    # Nearly singular: solutions differ in the second digit, and their residuals are all those of float32.
    make=(
        "u, _ = np.linalg.qr(rng.normal(size=(size, size)))\n"
        "    v, _ = np.linalg.qr(rng.normal(size=(size, size)))\n"
        "    a = (u * np.logspace(0, -5, size)) @ v\n"
        "    return a.astype(np.float32), rng.normal(size=size).astype(np.float32)"
    ),
    compare=_HEAD
    + """\
def compare(inputs, expected, got):
    a, b, x = (each.astype(jnp.float64) for each in (*inputs, got))
    size = b.size
    scale = jnp.linalg.norm(a) * jnp.linalg.norm(x) + jnp.linalg.norm(b)
    return jnp.linalg.norm(a @ x - b), 8 * size * jnp.finfo(jnp.float32).eps * scale
""",
    reference=_function("solution(a, b)", "return jnp.linalg.solve(a, b)"),
    right={
        "a perturbed matrix": _function("solution(a, b)", "return jnp.linalg.solve(a * (1 + 1e-7 * jnp.cos(b)), b)"),
        "rows in another order": _function("solution(a, b)", "return jnp.linalg.solve(a[::-1], b[::-1])"),
    },
    wrong={
        "transposed": _function("solution(a, b)", "return jnp.linalg.solve(a.T, b)"),
        "multiplied": _function("solution(a, b)", "return a @ b"),
        "half": _function("solution(a, b)", "return 0.5 * jnp.linalg.solve(a, b)"),
        "ridge": _function("solution(a, b)", "return jnp.linalg.solve(a.T @ a + jnp.eye(b.size), a.T @ b)"),
        "zeros": _function("solution(a, b)", "return jnp.zeros_like(b)"),
    },
)

PROBLEMS = {"factors": FACTORS, "axes": AXES, "largest": LARGEST, "solution": SOLUTION}
