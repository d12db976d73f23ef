"""What is to be written in a learner's own lines: right if it is done to the letter, or nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pytest

from app.judge.comparison.compare import compare
from app.judge.explain.arguments import Known
from app.judge.explain.clues import Clues
from app.judge.explain.mismatch import explain
from app.judge.source import Source, check_source
from sandbox.arrays import Array
from sandbox.tree import Leaf, Node

#: The body of ``f`` begins on line 5.
HEAD = "import jax\nimport jax.numpy as jnp\n\ndef f(x, w, m, rate, index, row=None):\n"
X = np.array([0.5, -1.25, 2.0, 0.75, -3.0], np.float32)
W = np.array([1.5, 0.25, -2.0, 4.0, 0.5], np.float32)
M = np.array([[1, 2, 5], [7, 3, 11], [13, 17, 4], [2, 9, 6]], np.float32) / 3
RATE = np.array(0.7, np.float32)
#: A result that is no argument.
V = np.array([2.5, 0.75, -1.5, 3.25, 0.125], np.float32)
INDEX = np.array([0, 2, 2, 4, 0], np.int32)
ARGUMENTS: dict[str, Array] = {"x": X, "w": W, "m": M, "rate": RATE, "index": INDEX}
POWERS = np.exp(M - M.max())
ROWS = POWERS / POWERS.sum(1, keepdims=True)
NAN = np.where(np.arange(5) == 2, np.nan, X).astype(np.float32)
NAN_ROWS = np.where(np.arange(4)[:, None] == 1, np.nan, ROWS)
BIG: dict[str, Array] = {"m": 400 * M, "x": 400 * X}
TANH = np.tanh(np.stack([X + 3, X + 1, X - 1]))
STEPS = np.stack([X + 3, X - 2, X + 1])


def clues_of(body: str, after: str = "") -> Clues:
    """The clues of ``f`` with this body, indented here."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    source = check_source(f"{HEAD}{lines}{after}".encode())
    assert isinstance(source, Source)
    return Clues(source, ("f",))


def say(
    expected: Array, got: Array, clues: Clues, arguments: Mapping[str, Array], operations: tuple[str, ...] = ("divide",)
) -> str:
    """What is told of one array against another, beside a source."""
    expected, got = (array.astype(np.float32) if array.dtype == np.float64 else array for array in (expected, got))
    trees = [Leaf(array.dtype.name, array.shape) for array in (expected, got)]
    mismatch = compare(trees[0], [expected], trees[1], [got], {})
    assert mismatch is not None
    known = Known(arguments, ("",), operations=frozenset(operations), clues=clues)
    return explain(mismatch, [expected], [got], {"B": 4, "D": 3, "N": 5}, known).text


SCAN = "def step(h, e):\n    h = w @ e + h\n    return {}\n"
GRAD = "\n\ndef loss(a, b):\n    return jnp.{}(a * b)\n"


@pytest.mark.parametrize(
    ("expected", "got", "body", "words"),
    [
        (
            ROWS,
            POWERS / POWERS.sum(),
            "p = jnp.exp(m - m.max())\nreturn p / jnp.sum(p)",
            "Take both row by row: `m.max(axis=1, keepdims=True)` and `jnp.sum(p, axis=1, keepdims=True)`.",
        ),
        (
            ROWS,
            POWERS,
            "p = jnp.exp(m - m.max())\nreturn p",
            "In line 6 return `p / p.sum(axis=1, keepdims=True)`.",
        ),
        (
            ROWS,
            POWERS,
            "return jnp.exp(m - m.max())",
            "write `result = ` instead of `return`, and in a line below it `return result / result.sum(axis=1",
        ),
        (
            ROWS,
            POWERS / POWERS.sum(0),
            "return jax.nn.softmax(m, axis=0)",
            "change `axis=0` to `axis=-1`, the last axis, in line 5.",
        ),
        (
            M - M.mean(1, keepdims=True),
            M - M.mean(0),
            "return m - m.mean(axis=0)",
            "change `axis=0` to `axis=-1, keepdims=True`, the last axis, in line 5.",
        ),
        (ROWS, np.log(ROWS), "return jax.nn.log_softmax(m)", "in line 5 returns logarithms. Write `jax.nn.softmax`."),
        (np.abs(X), np.sqrt(np.abs(X)), "return jnp.sqrt(x + w)", "in line 5: write `x + w` for `jnp.sqrt(x + w)`."),
        (
            X,
            np.concatenate([[9], X[:-1]]),
            "full = jnp.convolve(x, w)\nreturn full[1 : 1 + x.size]",
            "add 1 to both ends, `[2 : 1 + x.size + 1]`.",
        ),
        (
            X,
            np.concatenate([X[1:], [9]]),
            "n = x.size\nreturn jnp.convolve(x, w)[n - 2 : 2 * n]",
            "take 1 off both ends, `[n - 2 - 1 : 2 * n - 1]`.",
        ),
        (X, X[:, None], "return jax.vmap(jnp.sin)(x[:, None])", "`x[:, None]` in line 5 adds an axis: write `x`."),
        (W - RATE * V, V, "return jax.grad(loss)(w, x)", "write `return w - rate * jax.grad(loss)(w, x)` in line 5."),
        (W + RATE * V, V, "return w + 0", "`w + rate * step`: write `return w + rate * (w + 0)` in line 5."),
        (
            X,
            M,
            "return jax.grad(loss, argnums=1)(x, m)",
            "`argnums=1` in line 5 differentiates with respect to `m`. `x` is argument 0: write `argnums=0`",
        ),
        (
            X,
            M,
            "return jax.grad(loss)(m, x)",
            "its first argument, `m`. `x` is argument 1, counted from 0: add `argnums=1`.",
        ),
        (
            TANH,
            np.concatenate([STEPS[:1], 2 * STEPS[1:]]),
            f"{SCAN.format('h, h')}return jax.lax.scan(step, x, m)[1]",
            "In line 6 write `h = jnp.tanh(w @ e + h)`.",
        ),
        (
            STEPS,
            STEPS[-1],
            f"{SCAN.format('h, h')}return jax.lax.scan(step, x, m)[0]",
            "`[0]` in line 8 takes the last carry. The states of all steps are the second result: write `[1]`.",
        ),
        (
            STEPS,
            STEPS[-1],
            f"{SCAN.format('h, h')}last, _ = jax.lax.scan(step, x, m)\nreturn last",
            "`last` is the last carry of the `scan` in line 8.",
        ),
        (V * 3, V * 15, "return jax.grad(loss)(w, x)", "Write `jnp.mean` for `jnp.sum` in line 9."),
        (V * 5, V, "a = x.mean()\nreturn jnp.array([a, w.mean()])", "Write `.sum()` for `.mean()` in lines 5 and 6."),
        (V + W, V, "return w * 1", "only the change of `w`. In line 5 add `w` to what is returned."),
        (M + M[0], M, "return x * 1", "`row` is missing. In line 5 add `row` to what is returned."),
        (V * W, V, "return w * 1", "In line 5 multiply what is returned by `w`."),
        (
            W,
            W - np.array([1, 0, 2, 0, 0]),
            "return jnp.zeros_like(x).at[index].set(w)",
            "In line 5 write `.add(w)`, which adds them up.",
        ),
        ((M**2).sum(1), M.sum(1), "return jnp.sum(m, axis=1)", "In line 5 write `jnp.sum(m**2, axis=1)`."),
        ((M**2).sum(1), M.sum(1), "return m.sum(axis=1)", "In line 5 write `(m**2).sum(axis=1)`."),
        (np.exp(M).sum(1), M.sum(1), "return m.sum(axis=1)", "In line 5 write `jnp.exp(m).sum(axis=1)`."),
    ],
)
def test_what_to_write_is_told_with_its_line(expected: Array, got: Array, body: str, words: str) -> None:
    """A learner is told what is wrong, and not what to write where."""
    after = GRAD.format("sum")
    arguments = {name: value for name, value in ARGUMENTS.items() if re.search(rf"\b{name}\b", body)} | {
        "rate": RATE,
        "row": M[0],
    }
    assert words in say(expected, got, clues_of(body, after if "loss" in body else ""), arguments)


@pytest.mark.parametrize(
    ("expected", "got", "body", "not_said"),
    [
        # Another reduction over everything, which may be meant so.
        (ROWS, POWERS / POWERS.sum(), "p = jnp.exp(m - m.max()) * w.sum()\nreturn p / p.sum()", " in line "),
        # What is divided by is bound twice.
        (ROWS, POWERS / POWERS.sum(), "s = 1\ns = m.sum()\nreturn m / s", " in line "),
        # `result` is a name already.
        (ROWS, POWERS, "result = 1\nreturn jnp.exp(m) * result", "line"),
        # Of two axes, one is right.
        (ROWS, POWERS / POWERS.sum(0), "return jax.nn.softmax(m, axis=0) + m.sum(axis=1, keepdims=True)", "line"),
        # The axis comes back by an index, so that keeping it as well would be one too many.
        (M - M.mean(1, keepdims=True), M - M.mean(0), "c = m.mean(axis=0)\nreturn m - c[None]", "line"),
        # A slice of what ends there, and one that counts from the end.
        (X, np.concatenate([[9], X[:-1]]), "return x[2 : x.size]", "line"),
        (X, np.concatenate([[9], X[:-1]]), "return jnp.convolve(x, w)[-7:-2]", "line"),
        # The axis of size 1 may be needed, or be another's.
        (X, X[:, None], "return x[:, None] @ w", "line"),
        (X, X[:, None], "return x[:, None].sum(axis=1, keepdims=True)", "line"),
        # The rate is a number that happens to fit, of no gradient.
        (W - V / 2, V, "return w * 1", "line"),
        # The function has no argument of that name any more.
        (W - RATE * V, V, "rate = 3\nreturn x", "line"),
        (V + W, V, "w = 2 * w\nreturn x", "line"),
        # `argnums` is none that is written out, or two arguments are the same.
        (X, M, "return jax.grad(loss, argnums=x.ndim)(x, m)", "line"),
        (X, M, "return jax.grad(loss, argnums=1)(m, m)", "line"),
        # The body makes the carry in two steps; it puts out something else.
        (
            TANH,
            np.concatenate([STEPS[:1], 2 * STEPS[1:]]),
            "def step(h, e):\n    h = w @ e\n    h = h + 1\n    return h, h\nreturn jax.lax.scan(step, x, m)[1]",
            " write ",
        ),
        (STEPS, STEPS[-1], f"{SCAN.format('h, None')}return jax.lax.scan(step, x, m)[0]", " write "),
        # The sum is one of a row, in a function that is mapped; or one of two.
        (V * 3, V * 15, "return jax.vmap(lambda e: jnp.sum(e * w))(x)", "Write"),
        (V * 3, V * 15, "return jnp.sum(x) + jnp.sum(w)", "Write"),
        # What `.add` would add to is no zero.
        (W, W - np.array([1, 0, 2, 0, 0]), "return x.at[index].set(w)", "line"),
        # Two sums, and one of more than a name.
        ((M**2).sum(1), M.sum(1), "return m.sum(axis=1) + m.sum()", "line"),
        ((M**2).sum(1), M.sum(1), "return (m + 1).sum(axis=1)", "line"),
    ],
)
def test_nothing_is_to_be_written_where_the_source_leaves_a_doubt(
    expected: Array, got: Array, body: str, not_said: str
) -> None:
    """A learner does what is advised, and the program is wrong in another way."""
    assert not_said not in say(expected, got, clues_of(body, GRAD.format("sum") if "loss" in body else ""), ARGUMENTS)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            "p = jnp.exp(m)\nreturn p / p.sum(axis=-1, keepdims=True)",
            "subtract the maximum of each row first: `jnp.exp(m - m.max(axis=-1, keepdims=True))`. `jax.nn.softmax(m, ",
        ),
        (
            "p = jnp.exp(m)\nreturn p / p.sum(axis=-1, keepdims=True)",
            "`jnp.exp(m)` in line 5 overflows: `m` holds numbers beyond 88.7, whose exponential is infinite in ",
        ),
        (
            "p = jnp.exp(m / 2)\nreturn p / p.sum(1)[:, None]",
            "`jnp.exp((m / 2) - (m / 2).max(axis=1, keepdims=True))`. `jax.nn.softmax(m / 2, axis=1)`",
        ),
        ("return jnp.log(jnp.exp(m).sum(axis=1))", "write `jax.nn.logsumexp(m, axis=1)` for `jnp.log("),
        ("return jnp.log(1 + jnp.exp(m))", "write `jnp.logaddexp(0, m)` for `jnp.log(1 + jnp.exp(m))`"),
        ("return jnp.exp(m) * x", "before `jnp.exp`, subtract the maximum along the axis that is summed"),
        (
            "p = jnp.exp(m - m.max())\nreturn p / p.sum(axis=1, keepdims=True)",
            "`m.max()` in line 5 is taken over all rows together",
        ),
        ("p = jnp.exp(m - m.max(axis=1, keepdims=True))\nreturn p / p.sum(0) / x", "NaN comes from"),
    ],
)
def test_an_exponential_that_overflows_is_written_anew(body: str, words: str) -> None:
    """Subtracting the maximum of everything, as it was advised, gives NaN in other rows."""
    assert words in say(ROWS, NAN_ROWS, clues_of(body), BIG, ("exponential", "divide"))


@pytest.mark.parametrize(
    ("body", "words", "not_said"),
    [
        (
            "c = jax.nn.one_hot(index, 5).sum(0)\ns = x / c\nreturn s, w",
            "In line 6 divide by `jnp.maximum(c, 1)`. Then in line 7 return `jnp.where(c > 0, s, x)` instead of `s`",
            "epsilon",
        ),
        ("s = w / m\nreturn s", "divide by `jnp.where(m == 0, 1, m)`. Then in line 6 return `jnp.where(m != 0", "maxi"),
        ("s = w / m\nreturn 2 * s", "Then keep `x` where the divisor is 0", "return"),
        ("return x / w / m", "Where the divisor is 0, divide by 1 instead", "line"),
        ("x = 2 * x\nreturn w / m", "Then keep `x`", "instead of"),
    ],
)
def test_a_division_by_zero_is_written_anew(body: str, words: str, not_said: str) -> None:
    """A divisor that does not broadcast, or that is cut off at 1 where it is smaller, was advised."""
    said = say(X, NAN, clues_of(body), {"x": X, "w": W})
    assert words in said
    assert not_said not in said


def test_what_is_written_anew_uses_the_name_that_the_source_has() -> None:
    """Whoever calls it ``np`` would be told to type a name that is not defined there."""
    source = "import jax.numpy as np\n\n\ndef f(x, w, m):\n    s = w / m\n    return s\n"
    checked = check_source(source.encode())
    assert isinstance(checked, Source)
    said = say(X, NAN, Clues(checked, ("f",)), {"x": X, "w": W})
    assert "divide by `np.where(m == 0, 1, m)`" in said
    assert "return `np.where(m != 0, s, x)`" in said
    assert "jnp" not in said


def test_many_divisions_are_looked_at_once_each() -> None:
    """A source of thousands of lines keeps the judge busy; the test's own time limit ends it."""
    many = "\n".join(f"a{number} = jnp.exp(m).sum() / m.max()" for number in range(3000))
    assert " in line " not in say(ROWS, POWERS / POWERS.sum(), clues_of(f"{many}\nreturn a1"), ARGUMENTS)


def test_a_part_of_a_result_is_not_mended_by_what_is_returned_as_a_whole() -> None:
    """Two gradients are one expression, and a step is taken from both by the value of one."""
    tree = Node("tuple", (Leaf("float32", (5,)), Leaf("float32", (5,))))
    expected, got = [W - RATE * V, X], [V, X]
    mismatch = compare(tree, expected, tree, got, {})
    assert mismatch is not None
    known = Known(ARGUMENTS, ("[0]", "[1]"), clues=clues_of("return jax.grad(loss)(w, x)", GRAD.format("sum")))
    assert "line" not in explain(mismatch, expected, got, {}, known).text
    expected = [X * 3, X]
    for other, said in ((X, False), (5 * X, True)):
        got = [X * 15, other]
        mismatch = compare(tree, expected, tree, got, {})
        assert mismatch is not None
        assert ("Write `jnp.mean`" in explain(mismatch, expected, got, {"N": 5}, known).text) is said
