"""What the learner's own source explains of a result or of an error: the line is named, or nothing is."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from app.judge.comparison.compare import compare
from app.judge.explain.arguments import Known
from app.judge.explain.clues import NO_CLUES, Clues
from app.judge.explain.errors import failure_told
from app.judge.explain.mismatch import explain
from app.judge.explain.remedies.reductions import exchanged
from app.judge.explain.told import Told
from app.judge.source import Source, check_source
from sandbox.arrays import Array
from sandbox.jobs import Failure, Frame
from sandbox.tree import Leaf

HEAD = "import jax\nimport jax.numpy as jnp\nimport numpy as np\n\n\n"
X = np.array([0.5, -1.25, 2.0, 0.75, -3.0], np.float32)
M = np.array([[1, 2, 5], [7, 3, 11], [13, 17, 4], [2, 9, 6]], np.float32) / 3
BOX = np.arange(24, dtype=np.float32).reshape(2, 3, 4)


def clues_of(body: str) -> Clues:
    """The clues of a function ``f``, whose body begins on line 7."""
    source = check_source(f"{HEAD}def f(x, w, m):\n{body}".encode())
    assert isinstance(source, Source)
    return Clues(source, ("f",))


def say(expected: Array, got: Array, clues: Clues, arguments: Mapping[str, Array] | None = None) -> Told:
    """What is told of one array against another, beside a source."""
    expected, got = (array.astype(np.float32) if array.dtype == np.float64 else array for array in (expected, got))
    trees = [Leaf(array.dtype.name, array.shape) for array in (expected, got)]
    mismatch = compare(trees[0], [expected], trees[1], [got], {})
    assert mismatch is not None
    known = Known(arguments or {}, ("",), operations=frozenset({"divide"}), clues=clues)
    return explain(mismatch, [expected], [got], {"B": 4, "D": 3}, known)


NAN = np.where(np.arange(5) == 2, np.nan, X).astype(np.float32)


@pytest.mark.parametrize(
    ("expected", "got", "body", "words"),
    [
        (X, X.astype(np.int32), "    return x.astype(int)\n", "`.astype(int)` in line 7 cuts off the fractions"),
        (X, X.astype(np.float16), "    return jnp.array(x, dtype=jnp.float16)\n", "in line 7 makes it float16"),
        (X.astype(np.int32), X, "    return x.min(1)\n", "its position is `x.argmin(1)`"),
        (X, X[1:4], '    return jnp.convolve(x, w, mode="valid")\n', '`mode="valid"` in line 7 leaves out the ends'),
        (X[1:4], X, '    return jnp.convolve(x, w, "full")\n', '`mode="full"` in line 7 adds entries'),
        (M.sum(1), M.sum(0), "    return jnp.sum(m, axis=0)\n", "`axis=0` in line 7 reduces over B. Write `axis=1`"),
        (M.sum(1), M.sum(0), "    return m.sum(-2)\n", "`axis=-2` in line 7 reduces over B. Write `axis=1`"),
        (BOX, BOX.swapaxes(1, 2), '    return jnp.einsum("ijk->ikj", m)\n', "ends in `->ikj`: write `->ijk`"),
        (X, np.asarray(X.mean()), "    return jnp.mean(x)\n", "return `x` as it is"),
        (X, np.roll(X, 1) * [0, 1, 1, 1, 1], "    return w[2 : x.size]\n", "both ends, `[3 : x.size + 1]`"),
        (X - M[:, 0].sum() / 9, X + M[:, 0].sum() / 9, "    return x + w\n", "Line 7 adds the step to `x`"),
        (X**2, np.zeros(5), "    x.at[0].set(1)\n    return x\n", "in line 7 is thrown away"),
        (X, NAN, "    return x / w\n", "In line 7 divide by `jnp.where(w == 0, 1, w)`"),
        (
            M / M.sum(1, keepdims=True),
            M / M.sum(),
            "    return m / m.sum()\n",
            "Take it row by row: `m.sum(axis=1, keepdims=True)`",
        ),
    ],
)
def test_the_line_that_made_a_result_is_named(expected: Array, got: Array, body: str, words: str) -> None:
    """A learner is told what to look for, where their own source shows what made it."""
    arguments: Mapping[str, Array] = {"x": X, "m": M}
    said = say(expected, got, clues_of(body), arguments)
    assert words in said.text
    assert said.brief == said.text
    without = say(expected, got, NO_CLUES, arguments)
    assert "line 7" not in without.text
    assert without.brief == f"{without.facts} {without.figures}".rstrip()
    assert said.located > without.located
    assert without.cause


@pytest.mark.parametrize(
    ("expected", "got", "body"),
    [
        (M.sum(1), M.sum(0), "    a = m.sum(0)\n    return a + m.max(0)\n"),
        (X, X[1:4], '    return jnp.convolve(x, w, mode="same")\n'),
        (BOX, BOX.swapaxes(1, 2), '    a = jnp.einsum("ijk->ikj", m)\n    return a * x\n'),
        (X.astype(np.int32), X, "    return x.min() * x.max()\n"),
        (X, X.astype(np.int32), "    return x // 2\n"),
    ],
)
def test_no_line_is_blamed_where_two_could_be(expected: Array, got: Array, body: str) -> None:
    """A learner mends a line that is right."""
    assert " line " not in say(expected, got, clues_of(body), {"x": X, "m": M}).text


def fail(text: str, body: str, *, error: str = "TypeError", line: int = 7, **values: str) -> Told:
    """What is told of an exception on a line."""
    frames = (Frame(line + 1, "f", "f(x)"), Frame(line, "f", "code"))
    failure = Failure("exception", text, error, frames, 0, tuple(values.items()))
    return failure_told(failure, {"N": 5}, public=True, clues=clues_of(body))


DOT = "dot_general requires contracting dimensions to have the same shape, got (2,) and (3,)."


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (fail(DOT, "    return x @ w\n", x="float32[4,2]", w="float32[3,2]"), "Transpose `w`: `x @ w.T`."),
        (
            fail(DOT, "    return x @ w\n", x="float32[3,2]", w="float32[3,5]"),
            "of size 2, and axis 0 of `w`, of size 3",
        ),
        (
            fail(DOT, "    return x @ w\n", x="float32[7,4,2]", w="float32[7,3,2]"),
            "`x @ jnp.swapaxes(w, -1, -2)`",
        ),
        (
            fail(
                "Gradient only defined for scalar-output functions. Output had shape: (5,).",
                "    return jax.grad(g)(x)\n\n\ndef g(x):\n    return x**2\n",
            ),
            "`g` returns an array of shape `(N,)` = `(5,)` in line 11, and `jax.grad` needs one number.",
        ),
        (
            fail(
                "scan body output must be a pair",
                "    return jax.lax.scan(g, w, x)\n\n\ndef g(h, x):\n    return h\n",
            ),
            "`g` returns `h` alone (line 11)",
        ),
        (
            fail(
                "matmul input operand 1 must have ndim at least 1, but it has ndim 0",
                "    def g(h, x):\n        return w @ h, h\n    return jax.lax.scan(g, 0.0, x)\n",
                error="ValueError",
                line=8,
                h="float32[]",
            ),
            "`scan` in line 9 starts with the number `0.0`, so `h` is a scalar",
        ),
        (
            fail(
                "tuple index out of range",
                "    d = ((x - w) ** 2).sum(-1)\n    return d.argmin(1)\n",
                error="IndexError",
                line=8,
                d="float32[3]",
            ),
            "`d` is made in line 7, where `x - w` pairs row i with row i only",
        ),
        (
            fail("", "    return np.sum(np.asarray(x))\n", error="TracerArrayConversionError", x="float32[5]"),
            "In line 7 write `return jnp.sum(x)`.",
        ),
    ],
)
def test_the_line_that_made_an_error_is_named(told: Told, words: str) -> None:
    """An error comes up far from what made it, and the learner looks at the line on which it did."""
    assert words in told.text
    assert told.text.isprintable()


def test_nothing_of_a_source_is_told_of_a_hidden_case() -> None:
    """A clue passes on which line failed on hidden inputs."""
    failure = Failure("exception", DOT, "TypeError", (Frame(7, "f", ""),), 0, (("x", "float32[4,2]"),))
    told = failure_told(failure, {}, public=False, clues=clues_of("    return x @ w\n"))
    assert told.text == "The code raised an exception."


def test_a_source_made_to_be_long_is_read_in_little_time() -> None:
    """Many calls on long lines keep the judge busy; the test's own time limit ends it."""
    many = "    return " + " + ".join(["x.astype(int).min(1)"] * 1500) + "\n"
    clues = clues_of(many)
    assert len(clues.casts(lambda name: name == "int")) == 1500
    assert clues.extreme() == exchanged(clues, "min", "max") == ""
    assert "`" not in clues.piece(clues.calls("min")[0])
