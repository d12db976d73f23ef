"""What two people's sources and errors have in common, whatever they call things."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.judge.likeness import likeness, plain_text, same_text, wording

SOURCE = """
import jax
import jax.numpy as jnp


def total(w, x):
    \"\"\"A sum.\"\"\"
    y = w * x
    return jax.vmap(jnp.sum, in_axes=(None, 0))(w, y)
"""
RENAMED = """
from jax import vmap, numpy as np
import jax


def total(weights, inputs):
    # other names
    product = weights * inputs
    return jax.vmap(np.sum, in_axes=(None, 0))(weights, product)
"""


def test_names_do_not_matter_and_words_do() -> None:
    """A copy with other names would be less alike than another mistake."""
    mine, yours = wording(SOURCE.encode()), wording(RENAMED.encode())
    assert mine.names == {"total", "w", "x", "y"}
    assert mine.words["jax.numpy"] == yours.words["jax.numpy"] == 1
    other = wording(SOURCE.replace("(None, 0)", "(0, None)").encode())
    assert likeness(mine.words, mine.words) == 1
    assert likeness(mine.words, other.words) < 1
    assert likeness(mine.words, wording(SOURCE.replace("w", "weight").encode()).words) == 1


@pytest.mark.parametrize(
    ("mine", "yours"),
    [("jax.vmap(f, in_axes=0)", "jax.vmap(f)"), ("jax.grad(f, argnums=0)", "jax.grad(f)")],
)
def test_what_is_written_out_though_it_is_the_default_is_no_difference(mine: str, yours: str) -> None:
    """A learner who writes ``in_axes=0`` would be told of a mistake with ``in_axes``."""
    assert wording(mine.encode()).words == wording(yours.encode()).words


def test_errors_are_the_same_whatever_numbers_tracers_and_names_are_in_them() -> None:
    """Nobody else would ever be recognised by an error, since each names other sizes, lines and arguments."""
    mine = plain_text(
        "Attempted boolean conversion of traced array with shape bool[3, 4].\n"
        "The error occurred while tracing the function f at submission.py:3 for jit. This value depends on x."
    )
    yours = plain_text("Attempted boolean conversion of traced array with shape bool[5].\nThis tracer with object id 7")
    assert same_text(mine, yours, ())
    first, second = (
        plain_text(f"got Traced<float32[{size}]>Tracer at 0x7f3a for argument {name} of `f(x)` on line {size}")
        for size, name in ((3, "batch"), (512, "xs"))
    )
    assert not same_text(first, second, ())
    assert same_text(first, second, {"batch", "xs"})


@pytest.mark.parametrize(
    ("mine", "yours"),
    [
        ("name 'jnp' is not defined", "name 'np' is not defined"),
        ("rank should be at least 1, but is only 0 (its shape is ())", "axis 1 is out of bounds"),
        ("shape ()", "shape (3,)"),
    ],
)
def test_errors_that_say_other_things_are_others(mine: str, yours: str) -> None:
    """A learner would get the message on somebody else's mistake."""
    assert not same_text(plain_text(mine), plain_text(yours), {"f", "x"})


@given(st.binary(max_size=400), st.text(max_size=400))
def test_whatever_somebody_wrote_nothing_is_raised(source: bytes, text: str) -> None:
    """A submission could end its own judging as a fault of ours."""
    assert likeness(wording(source).words, {}) >= 0
    assert isinstance(plain_text(text), str)


@pytest.mark.parametrize(
    "source",
    [
        "f(a=" + "-" * 5000 + "1)",
        "f(a=" + "(" * 150 + "1" + ")" * 150 + ")",
        "x = 0x" + "f" * 20000,
        "f(axis=0x" + "f" * 20000 + ")",
        "f(a=lambda: 'é\\ud800')",
        "f(a=" + "g(" * 90 + "1" + ")" * 90 + ")",
    ],
)
def test_extreme_sources_have_words_too(source: str) -> None:
    """Deep nesting or a huge number would end the judging as a fault of ours."""
    assert wording(source.encode()).names <= {"x"}
