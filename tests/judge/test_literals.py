"""Values as Python source: what is written is read back bit for bit."""

from __future__ import annotations

import math
from typing import Any

import jax
import jax.numpy as jnp
import ml_dtypes
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.judge.explain.literals import MOST_ELEMENTS, Writer, elements_of, is_short
from sandbox import arrays
from sandbox.arrays import Array
from sandbox.inside.trees import flatten
from sandbox.tree import DTYPES, Leaf, Node, Tree

NAMES = {"jax": jax, "jnp": jnp, "np": np, "ml_dtypes": ml_dtypes, "random": np.random.default_rng(0)}
_EDGES = [0.0, -0.0, 1.0, -1.5, 0.1, 1 / 3, 3e-5, 123456.789, math.nan, math.inf, -math.inf]


def _special(name: str) -> Array:
    """Numbers of a dtype that are easily written down wrongly."""
    dtype = DTYPES[name]
    if dtype.kind == "b":
        return np.array([True, False])
    if dtype.kind in "iu":
        return np.array([np.iinfo(dtype).min, 0, 1, np.iinfo(dtype).max], dtype)
    if dtype.kind == "c":
        return np.array([complex(a, b) for a in _EDGES for b in _EDGES], dtype)
    with np.errstate(all="ignore"):
        return np.array(_EDGES, dtype)


def _read(text: str) -> tuple[Tree, list[Array]]:
    tree, leaves = flatten(eval(text, dict(NAMES)), keep_static=True)
    return tree, [np.asarray(leaf) for leaf in leaves]


def _bits(array: Array) -> bytes:
    """Its bytes, every NaN being the same one."""
    if array.dtype.kind in "biu":
        return array.tobytes()
    parts = array.reshape(-1).view(array.real.dtype) if array.dtype.kind == "c" else array
    return np.where(parts != parts, np.array(np.nan).astype(parts.dtype), parts).tobytes()  # noqa: PLR0124 - NaN


@pytest.mark.parametrize("library", ["jnp", "np"])
@pytest.mark.parametrize("name", DTYPES)
def test_every_dtype_is_read_back_bit_for_bit(name: str, library: Any) -> None:
    """A learner would try another value, or another dtype, than the one that went wrong."""
    with jax.enable_x64(True):
        flat = _special(name)
        for array in (flat, flat[:1].reshape(()), flat[:2].reshape(1, 2, 1), flat[:0].reshape(0, 3)):
            leaf = Leaf(name, array.shape)
            tree, (back,) = _read(Writer(library, x64=True).value(leaf, iter([array])))
            assert tree == leaf
            assert _bits(back) == _bits(array)


@given(st.binary(min_size=4, max_size=4))
def test_any_float32_is_read_back(data: bytes) -> None:
    """The shortest digits of a float32 would be read back as its neighbour."""
    array = np.frombuffer(data, "<f4").reshape(())
    _, (back,) = _read(Writer("np", x64=False).value(Leaf("float32", ()), iter([array])))
    assert _bits(back) == _bits(array)


def test_trees_of_every_kind_are_read_back() -> None:
    """A call with a tuple of one, a dict, None, a static value or a key would be another call."""
    value: Any = ({"a": [np.ones(2, np.float32), None], "b b": (np.int32(3),)}, True, -2, 0.1, "a 'b'\n", (), [])
    keys = (jax.random.key(3), jax.random.wrap_key_data(np.array([7, 2**32 - 1], np.uint32)), jax.random.PRNGKey(1))
    tree, leaves = flatten((*value, *keys, jax.random.split(jax.random.key(0), 2)), keep_static=True)
    found = [np.asarray(leaf) for leaf in leaves]
    back, values = _read(Writer("jnp", x64=False).value(tree, iter(found)))
    assert back == tree
    assert arrays.digest(values) == arrays.digest(found)


def test_a_wide_argument_is_shortened_as_jax_does_without_a_warning() -> None:
    """The code would warn where the judge does not, or call with another dtype than a run does."""
    wide = np.array([0.1, 2.0])
    writer, leaf = Writer("jnp", x64=False), Leaf("float64", (2,))
    tree, _ = _read(writer.value(leaf, iter([wide])))
    assert tree == Leaf("float32", (2,))
    tree, (back,) = _read(writer.value(leaf, iter([wide]), given=False))
    assert (tree, _bits(back)) == (leaf, _bits(wide))


@pytest.mark.parametrize("shape", [(150,), (30, 5), (2, 3, 25), (150, 1)])
def test_long_arrays_are_broken_between_numbers(shape: tuple[int, ...]) -> None:
    """A line of thousands of characters could not be read, and one broken within a number not be run."""
    array = -np.random.default_rng(0).normal(size=shape).astype(np.float32) * 1e-8
    text = Writer("jnp", x64=False).value(Leaf("float32", shape), iter([array]))
    assert max(map(len, text.splitlines())) <= 100
    assert _bits(_read(text)[1][0]) == _bits(array)


@pytest.mark.parametrize("name", ["bool", "int32", "uint8", "float32", "bfloat16", "complex64", "key"])
def test_drawn_values_have_the_type(name: str) -> None:
    """The code for a case that is too large would not call the function as the judge does."""
    leaf = Leaf(name, (3, 2))
    tree, _ = _read(Writer("jnp", x64=False).drawn(leaf, iter([np.zeros(leaf.storage.shape, np.uint32)])))
    assert tree == leaf


def test_what_is_short_is_bounded_in_elements_and_in_arrays() -> None:
    """An example would fill pages."""
    assert is_short(Leaf("float32", (MOST_ELEMENTS,)))
    assert not is_short(Leaf("float32", (MOST_ELEMENTS + 1,)))
    assert not is_short(Node("tuple", (Leaf("float32", (0,)),) * (MOST_ELEMENTS + 1)))
    assert elements_of(Node("list", (Leaf("key", ()), Leaf("int8", (2, 3))))) == 7
