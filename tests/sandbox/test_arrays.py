"""The array format and the trees: whole round trips, and hostile input that must only ever raise our own error."""

from __future__ import annotations

import json
import tracemalloc
from typing import Any, Literal

import jax
import ml_dtypes
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox import arrays
from sandbox import tree as trees
from sandbox.arrays import ArrayFormatError
from sandbox.tree import DTYPES, MAX_DEPTH, MAX_LEAVES, MAX_NAME, Leaf, Node, Static, TreeError

_SHAPES = st.lists(st.integers(0, 4), max_size=4).map(tuple)


@given(dtype=st.sampled_from(sorted(DTYPES)), shape=_SHAPES, seed=st.integers(0, 2**32 - 1))
@settings(max_examples=100, deadline=None)
def test_every_dtype_and_shape_survives_bit_for_bit(dtype: str, shape: tuple[int, ...], seed: int) -> None:
    """A result would come back with other bits, another dtype or another shape than it was computed with."""
    size = int(np.prod(shape)) * DTYPES[dtype].itemsize
    raw = np.random.default_rng(seed).integers(0, 2 if dtype == "bool" else 256, size, np.uint8).tobytes()
    array = np.frombuffer(raw, DTYPES[dtype]).reshape(shape)
    (back,) = arrays.loads(arrays.dumps([array]))
    assert (back.dtype, back.shape, back.tobytes()) == (array.dtype, array.shape, array.tobytes())


def test_order_in_memory_and_byte_order_do_not_matter() -> None:
    """A transposed or big-endian array would be stored scrambled."""
    array = np.arange(6, dtype=np.float32).reshape(2, 3)
    for variant in (np.asfortranarray(array), array.T.copy().T, array.astype(">f4")):
        np.testing.assert_array_equal(arrays.loads(arrays.dumps([variant]))[0], array)
    assert arrays.digest([array]) == arrays.digest([np.asfortranarray(array)])


@given(
    dtype=st.sampled_from(sorted(set(DTYPES) - {"bool"})),
    shape=_SHAPES,
    order=st.sampled_from("CF"),
    big=st.booleans(),
    reverse=st.booleans(),
)
@settings(max_examples=150, deadline=None)
def test_every_layout_in_memory_is_stored_alike(
    dtype: str, shape: tuple[int, ...], order: Literal["C", "F"], big: bool, reverse: bool
) -> None:
    """A transposed, reversed, strided or big-endian view would be stored as the memory behind it."""
    size = int(np.prod(shape)) * DTYPES[dtype].itemsize
    raw = np.random.default_rng(7).integers(0, 256, size, np.uint8).tobytes()
    plain = np.frombuffer(raw, DTYPES[dtype]).reshape(shape)
    view = np.array(plain, order=order)
    if reverse:
        view, plain = view.T[::-1] if shape else view, np.array(plain.T[::-1] if shape else plain, order="C")
    if big:
        view = view.astype(view.dtype.newbyteorder(">"))
    (back,) = arrays.loads(arrays.dumps([view]))
    assert (back.dtype, back.shape, back.tobytes()) == (DTYPES[dtype], plain.shape, plain.tobytes())
    assert not back.flags.writeable


def test_key_data_survive() -> None:
    """A typed PRNG key would come back as another key."""
    key = jax.random.split(jax.random.key(20261121), 3)
    (back,) = arrays.loads(arrays.dumps([np.asarray(jax.random.key_data(key))]))
    assert (jax.random.wrap_key_data(back) == key).all()


def test_bfloat16_keeps_its_dtype() -> None:
    """bfloat16 would turn into raw bytes, as it does in npz files."""
    (back,) = arrays.loads(arrays.dumps([np.array([1.5], ml_dtypes.bfloat16)]))
    assert back.dtype == ml_dtypes.bfloat16


@pytest.mark.parametrize(
    "array",
    [np.array(["x"]), np.array([object()]), np.array(["2026-01-01"], "datetime64[D]"), np.array([1], ml_dtypes.int4)],
)
def test_arrays_without_a_name_are_refused(array: np.ndarray[Any, Any]) -> None:
    """An object array would be pickled or stored as pointers."""
    with pytest.raises(ArrayFormatError):
        arrays.dumps([array])


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
_ENTRY = st.fixed_dictionaries(
    {"dtype": st.sampled_from([*DTYPES, "object", "key", ""]), "shape": st.lists(st.integers(-2, 2**50), max_size=3)}
)


@given(entries=st.lists(_ENTRY | _JSON, max_size=3) | _JSON, body=st.binary(max_size=64))
@settings(max_examples=300, deadline=None)
def test_a_hostile_header_raises_only_the_format_error(entries: object, body: bytes) -> None:
    """A forged header would crash the judge, or make it allocate what was never sent."""
    try:
        found = arrays.unpack(entries, body)
    except ArrayFormatError:
        return
    assert sum(array.nbytes for array in found) == len(body)


@given(
    dtype=st.sampled_from(sorted(DTYPES)),
    shape=st.lists(st.sampled_from([0, 1, 2, 2**16, 2**31, 2**47, 2**48 - 1]), max_size=32),
    body=st.binary(max_size=8),
)
@settings(max_examples=300, deadline=None)
def test_an_enormous_shape_raises_only_the_format_error(dtype: str, shape: list[int], body: bytes) -> None:
    """A shape with a zero and two large axes has no bytes, yet NumPy refuses it, and that would pass as our fault."""
    try:
        (found,) = arrays.unpack([{"dtype": dtype, "shape": shape}], body)
    except ArrayFormatError:
        return
    assert (found.shape, found.nbytes) == (tuple(shape), len(body))


def test_nothing_is_allocated_for_what_was_not_sent() -> None:
    """A header of a hundred bytes would take the memory of the array it announces."""
    entries = [{"dtype": "float32", "shape": [0, 2**30]}, {"dtype": "complex128", "shape": [2**40]}] * 2000
    tracemalloc.start()
    try:
        with pytest.raises(ArrayFormatError):
            arrays.unpack(entries, b"\0" * 64)
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()


def test_a_truth_value_is_zero_or_one() -> None:
    """Bytes like 2 are true to some of NumPy's operations and equal to neither truth value in others."""
    with pytest.raises(ArrayFormatError, match="truth value"):
        arrays.unpack([{"dtype": "bool", "shape": [3]}], b"\0\1\2")
    with pytest.raises(ArrayFormatError, match="truth value"):
        arrays.unpack([{"dtype": "int8", "shape": [1]}, {"dtype": "bool", "shape": [1]}], b"\0\xff")


@given(blob=st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_a_hostile_blob_raises_only_the_format_error(blob: bytes) -> None:
    """A damaged blob would raise something no caller expects."""
    for candidate in (blob, arrays.dumps([np.zeros(3)])[:18] + blob, _deep(len(blob) * 1000)):
        try:
            arrays.loads(candidate)
        except ArrayFormatError:
            continue


def _deep(levels: int) -> bytes:
    return arrays.dumps([])[:18] + levels.to_bytes(8, "little") + b"[" * levels


_NODE = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["tuple", "list", "dict", "none", "namedtuple", "custom", "array", "static", "x"]),
        "children": st.lists(_JSON, max_size=2) | _JSON,
        "keys": st.lists(st.text(max_size=3), max_size=2) | _JSON,
        "dtype": st.sampled_from([*DTYPES, "key", "object"]) | _JSON,
        "shape": st.lists(st.integers(-1, 9), max_size=3) | _JSON,
        "value": _JSON,
    }
)


@given(data=_NODE | _JSON)
@settings(max_examples=300, deadline=None)
def test_a_hostile_tree_raises_only_the_tree_error(data: object) -> None:
    """A forged tree would crash the judge."""
    try:
        tree = trees.from_json(data)
    except TreeError:
        return
    assert trees.from_json(json.loads(json.dumps(trees.to_json(tree)))) == tree


def test_trees_are_bounded_in_depth_and_size() -> None:
    """A tree of a million leaves or levels would exhaust the judge."""
    deep: dict[str, Any] = {"kind": "none"}
    for _ in range(100):
        deep = {"kind": "tuple", "children": [deep]}
    wide = {"kind": "tuple", "children": [{"kind": "none"}] * 5000}
    for data in (deep, wide):
        with pytest.raises(TreeError):
            trees.from_json(data)


@given(width=st.integers(1, 5), depth=st.integers(0, 70), extra=st.integers(0, 5000))
@settings(max_examples=60, deadline=None)
def test_what_is_read_is_within_the_bounds(width: int, depth: int, extra: int) -> None:
    """A tree a little beyond a bound would be let through, or one just within refused."""
    data: dict[str, Any] = {"kind": "list", "children": [{"kind": "array", "dtype": "int8", "shape": []}] * extra}
    for _ in range(depth):
        data = {"kind": "tuple", "children": [data, *[{"kind": "none"}] * (width - 1)]}
    entries = 1 + extra + depth * width
    levels = depth + (extra > 0)
    try:
        tree = trees.from_json(data)
    except TreeError:
        assert levels > MAX_DEPTH or entries > MAX_LEAVES
        return
    assert levels <= MAX_DEPTH
    assert entries <= MAX_LEAVES
    assert len(trees.leaves(tree)) == extra


@pytest.mark.parametrize(
    "data",
    [
        {"kind": "tuple", "keys": ["a"] * 100_000},
        {"kind": "custom", "name": "C", "keys": ["a"]},
        {"kind": "none", "children": [{"kind": "none"}]},
        {"kind": "dict", "children": [{"kind": "none"}], "keys": []},
        {"kind": "dict", "children": [], "keys": ["a"]},
        {"kind": "namedtuple", "name": "n" * (MAX_NAME + 1)},
    ],
)
def test_names_without_children_and_children_of_none_are_refused(data: dict[str, Any]) -> None:
    """A node could carry a million names that no bound counts, or None hide arrays."""
    with pytest.raises(TreeError):
        trees.from_json(data)


def test_paths_follow_the_order_in_which_jax_flattens() -> None:
    """The judge would compare one leaf with another's expected value."""
    tree = Node(
        "tuple", (Node("dict", (Leaf("int32", ()), Leaf("bool", (2,))), ("a", "b")), Static(3), Leaf("key", ()))
    )
    assert [path for path, _ in trees.walk(tree)] == ["[0]['a']", "[0]['b']", "[1]", "[2]"]
    assert [path for path, _ in trees.leaves(tree)] == ["[0]['a']", "[0]['b']", "[2]"]
    assert str(tree) == "({a: int32[], b: bool[2]}, 3, key[])"
