"""Strictness of the comparison: each way in which numeric graders are known to be too kind, and random results."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import ml_dtypes
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.judge.comparison.compare import Mismatch, compare
from app.judge.comparison.tolerances import tolerance_for
from app.problems.model import Tolerance
from sandbox.arrays import Array
from sandbox.tree import DTYPES, KEY, Leaf, Node, Static, Tree, leaves

ZERO = Tolerance(atol=0.0, rtol=0.0)


def leaf(array: Array) -> Leaf:
    return Leaf(array.dtype.name, array.shape)


def check(expected: Array, got: Array, **tolerances: Tolerance) -> Mismatch | None:
    """Compare two single-array results."""
    return compare(leaf(expected), [expected], leaf(got), [got], tolerances)


def reason(expected: Array, got: Array, **tolerances: Tolerance) -> str | None:
    mismatch = check(expected, got, **tolerances)
    return mismatch.reason if mismatch else None


def f32(*values: float) -> Array:
    return np.array(values, np.float32)


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (np.ones((3, 3), np.float32), np.float32(1).reshape(())),
        (np.ones((1, 3), np.float32), np.ones((3, 1), np.float32)),
        (np.ones(3, np.float32), np.ones((3, 1), np.float32)),
        (np.float32(1).reshape(()), np.ones(1, np.float32)),
        (np.ones((3, 3), np.float32), np.ones(9, np.float32)),
        (np.ones((0, 3), np.float32), np.ones((3, 0), np.float32)),
    ],
)
def test_shapes_never_broadcast(expected: Array, got: Array) -> None:
    """A result of another shape passed because NumPy could broadcast it."""
    assert reason(expected, got) == "shape"


@pytest.mark.parametrize("got", [np.float64, np.float16, np.int32, np.complex64, np.bool_])
def test_dtypes_never_promote(got: type) -> None:
    """The right numbers in another dtype passed."""
    assert reason(f32(1.0), np.array([1], got)) == "dtype"


def test_nan_is_no_wildcard() -> None:
    """A NaN passed against a number, or a number against a NaN."""
    assert reason(f32(1.0, 2.0), f32(1.0, math.nan)) == "nonfinite"
    assert reason(f32(1.0, math.nan), f32(1.0, 2.0)) == "nonfinite"
    assert reason(f32(math.nan, 1.0), f32(math.nan, 1.0)) is None


def test_infinity_keeps_its_sign() -> None:
    """An infinity of the other sign, or in place of a huge number, passed."""
    assert reason(f32(math.inf), f32(-math.inf)) == "nonfinite"
    assert reason(f32(3e38), f32(math.inf)) == "nonfinite"
    assert reason(f32(math.inf, -math.inf), f32(math.inf, -math.inf)) is None


def test_complex_infinities_are_compared_by_part() -> None:
    """An infinite imaginary part passed against an infinite real part."""
    assert reason(np.array([complex(math.inf, 0)]), np.array([complex(0, math.inf)])) == "nonfinite"
    assert reason(np.array([complex(math.nan, 0)]), np.array([complex(0, math.nan)])) is None


def test_the_allowance_scales_with_the_expected_value() -> None:
    """A huge wrong answer bought itself a huge allowance."""
    relative = Tolerance(atol=0.0, rtol=0.5)
    assert reason(f32(1.0), f32(1.9), float32=relative) == "value"
    assert reason(f32(1.9), f32(1.0), float32=relative) is None


def test_zeros_fail_against_small_values_when_atol_is_zero() -> None:
    """An all-zeros answer passed although the author's tolerance has no absolute part."""
    assert reason(f32(1e-6), f32(0.0), float32=Tolerance(atol=0.0, rtol=1e-5)) == "value"


def test_an_allowance_is_met_with_equality() -> None:
    """An error of exactly the allowance failed."""
    assert reason(f32(2.0), f32(2.5), float32=Tolerance(atol=0.0, rtol=0.25)) is None
    assert reason(f32(2.0), f32(2.5625), float32=Tolerance(atol=0.0, rtol=0.25)) == "value"


def test_negative_zero_equals_zero() -> None:
    """A zero of the other sign failed."""
    assert reason(f32(0.0), f32(-0.0), float32=ZERO) is None


def test_integers_beyond_float64_are_exact() -> None:
    """Two int64 that are one float64 were taken for equal, or a difference wrapped around."""
    assert reason(np.array([2**63 - 1]), np.array([2**63 - 2])) == "value"
    assert reason(np.array([2**64 - 1], np.uint64), np.array([2**64 - 2], np.uint64)) == "value"
    mismatch = check(np.array([2**63 - 1]), np.array([-(2**63)]))
    assert mismatch is not None
    assert mismatch.worst is not None
    assert mismatch.worst.absolute == 2.0**64
    assert (mismatch.worst.expected, mismatch.worst.got) == (2**63 - 1, -(2**63))


def test_integers_get_no_float_tolerance() -> None:
    """An integer off by one in a million passed."""
    assert reason(np.array([1_000_000], np.int32), np.array([1_000_001], np.int32)) == "value"


def test_an_author_may_allow_integers_to_differ() -> None:
    """A tolerance for an integer dtype was ignored."""
    one = Tolerance(atol=1.0, rtol=0.0)
    assert reason(np.array([7], np.int8), np.array([8], np.int8), int8=one) is None
    assert reason(np.array([7], np.int8), np.array([9], np.int8), int8=one) == "value"


@pytest.mark.parametrize("name", ["float16", "bfloat16", "float8_e4m3fn", "float8_e5m2"])
def test_short_floats_do_not_overflow_while_compared(name: str) -> None:
    """The difference of two large short floats overflowed to infinity or warned."""
    largest = float(ml_dtypes.finfo(DTYPES[name]).max)
    expected, got = np.array([largest], DTYPES[name]), np.array([-largest], DTYPES[name])
    mismatch = check(expected, got)
    assert mismatch is not None
    assert mismatch.worst is not None
    assert mismatch.worst.absolute == 2 * largest
    assert reason(expected, expected) is None


@pytest.mark.parametrize("limit", [1.7e308, 1.7e308 + 1.7e308j])
def test_differences_that_overflow_float64_are_mismatches(limit: complex) -> None:
    """An error of infinity met an allowance of infinity and passed."""
    assert reason(np.array([limit]), np.array([-limit])) == "value"
    assert reason(np.array([limit]), np.array([limit])) is None


def test_complex_error_is_the_modulus() -> None:
    """The two parts of a complex error were judged apart."""
    mismatch = check(np.array([3 + 4j]), np.array([6 + 8j]))
    assert mismatch is not None
    assert mismatch.worst is not None
    assert (mismatch.worst.absolute, mismatch.worst.relative) == (5.0, 1.0)


def test_keys_are_compared_whole_and_exactly() -> None:
    """A PRNG key with one different word passed, or was counted as two elements."""
    tree = Leaf(KEY, (2,))
    mine, yours = np.array([[1, 2], [3, 4]], np.uint32), np.array([[1, 2], [3, 5]], np.uint32)
    loose = {KEY: Tolerance(atol=9.0, rtol=0.0)}
    assert compare(tree, [mine], tree, [mine], loose) is None
    mismatch = compare(tree, [mine], tree, [yours], loose)
    assert mismatch is not None
    assert mismatch.worst is not None
    assert (mismatch.reason, mismatch.worst.index, mismatch.worst.off, mismatch.worst.count) == ("value", (1,), 1, 2)


def test_worst_is_the_largest_multiple_of_its_allowance() -> None:
    """The largest absolute error was named although another element is further off for its size."""
    expected, got = np.array([[1.0, 1e6], [0.0, 5.0]]), np.array([[2.0, 1e6 + 10], [0.0, 5.0]])
    mismatch = check(expected, got)
    assert mismatch is not None
    worst = mismatch.worst
    assert worst is not None
    assert (worst.index, worst.expected, worst.got, worst.off, worst.count) == ((0, 0), 1.0, 2.0, 2, 4)
    assert (worst.absolute, worst.relative) == (1.0, 1.0)
    assert worst.allowance == pytest.approx(2e-7)


def test_worst_without_any_allowance_is_the_largest_error() -> None:
    """With no allowance the first wrong element was named instead of the worst."""
    mismatch = check(np.array([1, 1, 1]), np.array([1, 2, 9]))
    assert mismatch is not None
    assert mismatch.worst is not None
    assert mismatch.worst.index == (2,)


def test_elements_beyond_the_first_block_are_compared() -> None:
    """Only the first block of a large result was looked at, or its index was the block's."""
    expected = np.zeros((3, 1 << 20), np.float32)
    got = expected.copy()
    got[2, 7] = 1.0
    mismatch = check(expected, got)
    assert mismatch is not None
    assert mismatch.worst is not None
    assert (mismatch.worst.index, mismatch.worst.off) == ((2, 7), 1)
    got[1, 3] = math.nan
    mismatch = check(expected, got)
    assert mismatch is not None
    assert mismatch.worst is not None
    assert (mismatch.reason, mismatch.worst.index) == ("nonfinite", (1, 3))


def test_the_worst_of_all_blocks_is_named() -> None:
    """The largest absolute error of a later block was named instead of the largest multiple of its allowance."""
    expected = np.zeros((2, 1 << 20))
    expected[1, 5] = 1e9
    got = expected.copy()
    got[0, 3], got[1, 5] = 1.0, 1e9 + 1000
    mismatch = check(expected, got)
    assert mismatch is not None
    assert mismatch.worst is not None
    assert mismatch.worst.index == (0, 3)


LEAF = Leaf("float32", ())
PAIR = Node("tuple", (LEAF, LEAF))


@pytest.mark.parametrize(
    ("expected", "got", "path"),
    [
        (PAIR, Node("list", (LEAF, LEAF)), ""),
        (PAIR, Node("namedtuple", (LEAF, LEAF), ("a", "b"), "Pair"), ""),
        (PAIR, Node("tuple", (LEAF, LEAF, LEAF)), ""),
        (PAIR, Node("tuple", (LEAF, LEAF, Node("none"))), ""),
        (PAIR, LEAF, ""),
        (LEAF, Node("tuple", (LEAF,)), ""),
        (LEAF, Node("none"), ""),
        (LEAF, Static(1.0), ""),
        (Node("dict", (LEAF, LEAF), ("a", "b")), Node("dict", (LEAF, LEAF), ("a", "c")), ""),
        (Node("dict", (PAIR,), ("a",)), Node("dict", (Node("tuple", (LEAF, Node("list"))),), ("a",)), "['a'][1]"),
        (Static(1), Static(True), ""),
    ],
)
def test_structure_comes_first(expected: Tree, got: Tree, path: str) -> None:
    """A result built from other containers passed, or the place of the difference was not named."""
    mine = [np.zeros(entry.shape, np.float32) for _, entry in leaves(expected)]
    yours = [np.ones(entry.shape, np.float32) for _, entry in leaves(got)]
    mismatch = compare(expected, mine, got, yours, {})
    assert mismatch is not None
    assert (mismatch.reason, mismatch.path, mismatch.position) == ("tree", path, None)


def test_reasons_come_in_order_over_the_whole_result() -> None:
    """An early leaf's wrong value hid a later leaf's wrong shape."""
    tree = Node("tuple", (Leaf("float32", (2,)), Leaf("float32", (2,))))
    shape = Node("tuple", (Leaf("float32", (2,)), Leaf("float32", (1,))))
    mismatch = compare(tree, [f32(1, 2), f32(1, 2)], shape, [f32(math.nan, 9), f32(1)], {})
    assert mismatch is not None
    assert (mismatch.reason, mismatch.path, mismatch.position) == ("shape", "[1]", 1)
    mismatch = compare(tree, [f32(1, 2), f32(1, 2)], tree, [f32(1, 9), f32(math.nan, 2)], {})
    assert mismatch is not None
    assert (mismatch.reason, mismatch.path) == ("nonfinite", "[1]")


@dataclass(frozen=True)
class Result:
    """A result as the comparison takes it."""

    tree: Tree
    arrays: tuple[Array, ...]


@st.composite
def arrays(draw: st.DrawFn) -> tuple[Leaf, Array]:
    """A leaf of any dtype and a small shape, and its array: any bits, NaN and infinities included."""
    name = draw(st.sampled_from([*DTYPES, KEY]))
    entry = Leaf(name, tuple(draw(st.lists(st.integers(0, 3), max_size=3))))
    dtype = DTYPES[entry.storage.dtype]
    count = math.prod(entry.storage.shape)
    raw = draw(st.binary(min_size=count * dtype.itemsize, max_size=count * dtype.itemsize))
    values = np.frombuffer(bytes(byte & 1 for byte in raw) if name == "bool" else raw, dtype)
    return entry, values.reshape(entry.storage.shape)


@st.composite
def results(draw: st.DrawFn) -> Result:
    """A random tree with its arrays."""
    found: list[Array] = []

    def grow(depth: int) -> Tree:
        kinds = ["array", "none"] if depth == 0 else ["array", "tuple", "list", "dict", "none"]
        kind = draw(st.sampled_from(kinds))
        if kind == "array":
            entry, values = draw(arrays())
            found.append(values)
            return entry
        children = () if kind == "none" else tuple(grow(depth - 1) for _ in range(draw(st.integers(0, 3))))
        keys = tuple("abc"[: len(children)]) if kind == "dict" else ()
        return Node(kind, children, keys)  # type: ignore[arg-type]

    return Result(grow(2), tuple(found))


def change(result: Result, position: int, entry: Leaf, array: Array) -> Result:
    """The result with one leaf replaced."""
    left = [position]

    def visit(tree: Tree) -> Tree:
        if isinstance(tree, Node):
            return replace(tree, children=tuple(visit(child) for child in tree.children))
        left[0] -= 1
        return entry if left[0] == -1 else tree

    return Result(visit(result.tree), (*result.arrays[:position], array, *result.arrays[position + 1 :]))


def against(expected: Result, got: Result) -> str | None:
    mismatch = compare(expected.tree, expected.arrays, got.tree, got.arrays, {})
    return mismatch.reason if mismatch else None


@settings(max_examples=150, deadline=None)
@given(results(), results())
def test_any_result_equals_itself_and_none_raises(one: Result, other: Result) -> None:
    """A result differed from itself, or comparing two results raised or warned."""
    assert against(one, one) is None
    found = against(one, other)
    assert found in (("tree", "shape", "dtype") if one.tree != other.tree else (None, "nonfinite", "value"))


@settings(max_examples=150, deadline=None)
@given(arrays(), st.data())
def test_any_changed_element_is_found(entry_and_array: tuple[Leaf, Array], data: st.DataObject) -> None:
    """One element far beyond the tolerance, or one NaN, went unnoticed."""
    entry, array = entry_and_array
    if not array.size:
        return
    place = data.draw(st.integers(0, array.size - 1))
    array = np.where(np.isfinite(array), array, np.ones((), array.dtype)).astype(array.dtype)
    changed = array.copy()
    flat = changed.reshape(-1)
    old = flat[place]
    inexact = array.dtype.kind in "fcV"
    flat[place] = np.zeros((), array.dtype) if not inexact or abs(complex(old)) > 1 else np.full((), 100, array.dtype)
    if not inexact and not old:
        flat[place] = 1
    mismatch = compare(entry, [array], entry, [changed], {})
    assert mismatch is not None
    assert (mismatch.reason, mismatch.worst and mismatch.worst.off) == ("value", 1)
    if inexact:
        flat[place] = math.nan
        mismatch = compare(entry, [array], entry, [changed], {})
        assert mismatch is not None
        assert (mismatch.reason, mismatch.worst and mismatch.worst.off) == ("nonfinite", 1)


@settings(max_examples=100, deadline=None)
@given(results(), st.data())
def test_any_changed_shape_or_dtype_is_found(result: Result, data: st.DataObject) -> None:
    """A leaf of another shape or dtype went unnoticed somewhere in a tree."""
    entries = leaves(result.tree)
    if not entries:
        return
    position = data.draw(st.integers(0, len(entries) - 1))
    _, entry = entries[position]
    array = result.arrays[position]
    longer = Leaf(entry.dtype, (1, *entry.shape))
    assert against(result, change(result, position, longer, array[None])) == "shape"
    name = data.draw(st.sampled_from([name for name in DTYPES if name != entry.dtype]))
    other = Leaf(name, entry.shape)
    assert against(result, change(result, position, other, np.zeros(entry.shape, DTYPES[name]))) == "dtype"


@pytest.mark.parametrize("name", [*DTYPES, KEY])
def test_defaults_follow_the_dtype(name: str) -> None:
    """A dtype had no default tolerance, or an exact one had some."""
    tolerance = tolerance_for(name, {})
    exact = name == KEY or name.startswith(("int", "uint", "bool"))
    assert (tolerance == ZERO) == exact


def test_defaults_are_the_published_ones() -> None:
    """A default tolerance is not the one that the documentation gives."""
    published = {
        "float16": (1e-5, 1e-3),
        "bfloat16": (1e-5, 1.6e-2),
        "float32": (1e-5, 1.3e-6),
        "float64": (1e-7, 1e-7),
    }
    for name, (atol, rtol) in published.items():
        assert tolerance_for(name, {}) == Tolerance(atol=atol, rtol=rtol)
    assert tolerance_for("complex64", {}) == tolerance_for("float32", {})
    assert tolerance_for("complex128", {}) == tolerance_for("float64", {})
    for name in ("float8_e4m3fn", "float8_e5m2"):
        assert tolerance_for(name, {}).rtol == float(ml_dtypes.finfo(DTYPES[name]).eps)


def test_overrides_replace_and_keys_stay_exact() -> None:
    """A problem's tolerance was ignored, or loosened the comparison of PRNG keys."""
    own = Tolerance(atol=1.0, rtol=0.1)
    assert tolerance_for("float32", {"float32": own}) == own
    assert tolerance_for(KEY, {KEY: own, "uint32": own}) == ZERO


def test_a_text_is_compared_where_values_are_somebody_else_s() -> None:
    """A comparison of an author's is traced with the expected text alone, and would take any other for it."""
    expected, got = (Node("tuple", (LEAF, Static(text))) for text in ("mean", "sum"))
    values = [np.zeros(LEAF.shape, np.float32)]
    mismatch = compare(expected, values, got, values, None)
    assert mismatch is not None
    assert (mismatch.reason, mismatch.path) == ("value", "[1]")
    assert compare(expected, values, expected, [values[0] + 1], None) is None
