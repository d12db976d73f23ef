"""The type notation: reading it, writing it, and fitting concrete arguments to it."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.problems.model import ArraySpec, DictSpec, Spec, StaticSpec, TupleSpec
from app.problems.signature import (
    SpecError,
    bind,
    check_returns,
    describe,
    format_spec,
    parse_spec,
    resize,
    size_names,
)
from sandbox.tree import DTYPES, Leaf, Node, Static, Tree


def _tuple(*children: Leaf | Static | Node) -> Node:
    return Node("tuple", children)


LEAVES = [
    ("float32[N, 3]", ArraySpec(dtype="float32", shape=("N", 3))),
    ("float32[]", ArraySpec(dtype="float32", shape=())),
    ("bfloat16[BATCH]", ArraySpec(dtype="bfloat16", shape=("BATCH",))),
    ("uint32[2]", ArraySpec(dtype="uint32", shape=(2,))),
    ("key", ArraySpec(dtype="key", shape=())),
    ("key[N]", ArraySpec(dtype="key", shape=("N",))),
    ("static int", StaticSpec(type="int")),
    ("static str", StaticSpec(type="str")),
]


@pytest.mark.parametrize(("text", "spec"), LEAVES)
def test_a_leaf_is_read_and_written_back(text: str, spec: Spec) -> None:
    """Authors' declarations would mean something else, or be shown differently from how they were written."""
    assert parse_spec(text) == spec
    assert format_spec(spec) == text


def test_containers_are_tuples_and_sorted_dicts() -> None:
    """A TOML array or table would become another pytree than JAX flattens."""
    spec = parse_spec([{"w": "float32[D]", "b": "float32[]"}, ["key"]])
    assert isinstance(spec, TupleSpec)
    assert isinstance(spec.items[0], DictSpec)
    assert list(spec.items[0].items) == ["b", "w"]
    assert format_spec(spec) == "({b: float32[], w: float32[D]}, (key,))"


@pytest.mark.parametrize(
    ("value", "part"),
    [
        ("float32", 'write "float32[]"'),
        ("float31[N]", "not a dtype"),
        ("float32[n]", "upper-case name such as N"),
        ("float32[-1]", "not a size"),
        ("float32[N,]", "not a size"),
        ("float32[999999999999999]", "not a size"),
        (f"float32[{'9' * 10_000}]", "not a size"),
        (f"float32[{', '.join('1' * 33)}]", "33 axes"),
        ("static complex", "one of int, float, bool, str"),
        ("", "is not a type"),
        ("float32[N][3]", "is not a type"),
        (3, "not of type int"),
        ([0xF**5000], "not of type int"),
        (["float32[]", {"w": "oops"}], "[1]['w']: "),
    ],
)
def test_what_is_not_the_notation_is_refused_with_a_reason(value: object, part: str) -> None:
    """A typing mistake in a declaration would be accepted, or refused without saying what to write."""
    with pytest.raises(SpecError) as caught:
        parse_spec(value)
    assert part in str(caught.value)


def test_a_bottomless_declaration_is_refused() -> None:
    """A declaration of a thousand nested lists would overflow the stack."""
    value: object = "float32[]"
    for _ in range(1000):
        value = [value]
    with pytest.raises(SpecError, match="levels deep"):
        parse_spec(value)


ARGUMENTS = {
    "params": parse_spec({"w": "float32[D]", "b": "float32[]"}),
    "x": parse_spec("float32[N, D]"),
    "n": parse_spec("static int"),
    "k": parse_spec("key"),
}
CONCRETE = _tuple(
    Node("dict", (Leaf("float32", ()), Leaf("float32", (3,))), ("b", "w")),
    Leaf("float32", (5, 3)),
    Static(7),
    Leaf("key", ()),
)


def test_bind_finds_the_sizes() -> None:
    """Cases would be judged against the wrong return shape."""
    assert bind(ARGUMENTS, CONCRETE) == {"D": 3, "N": 5}


@pytest.mark.parametrize(
    ("replace", "tree", "message"),
    [
        (1, Leaf("float32", (5,)), "argument x: declared float32[N, D], got float32[5]"),
        (1, Leaf("float64", (5, 3)), "argument x: declared float32[N, D], got float64[5, 3]"),
        (1, Leaf("float32", (5, 4)), "argument x: declared float32[N, D], where D is already 3, got float32[5, 4]"),
        (2, Static(value=True), "argument n: declared static int, got the Python bool True"),
        (2, Leaf("int32", ()), "argument n: declared static int, got int32[]"),
        (0, Node("dict", (Leaf("float32", ()),), ("b",)), "argument params: declared {b: "),
        (0, Node("list"), "argument params: declared {b: float32[], w: float32[D]}, got []"),
        (
            0,
            Node("dict", (Leaf("int32", ()), Leaf("float32", (3,))), ("b", "w")),
            "argument params['b']: declared float32[], got int32[]",
        ),
    ],
)
def test_bind_says_which_argument_does_not_fit(replace: int, tree: Leaf | Static | Node, message: str) -> None:
    """An author would not learn which value of cases.py is wrong, or a wrong one would be published."""
    children = [*CONCRETE.children]
    children[replace] = tree
    with pytest.raises(SpecError) as caught:
        bind(ARGUMENTS, _tuple(*children))
    assert str(caught.value).startswith(message)


def test_bind_counts_the_arguments() -> None:
    """A case with a value too few would be bound to the wrong parameters."""
    with pytest.raises(SpecError, match=r"declared 4 parameters \(params, x, n, k\), got 1 argument"):
        bind(ARGUMENTS, _tuple(Leaf("float32", ())))


def test_resize_to_the_same_size_changes_nothing() -> None:
    """A probe would be of another type than the cases."""
    for name, size in bind(ARGUMENTS, CONCRETE).items():
        assert resize(ARGUMENTS, CONCRETE, name, size) == CONCRETE


def test_what_may_be_none_and_what_may_be_anything() -> None:
    """An optional mask or a nested state could not be declared, or would be taken for something else."""
    declared = {"mask": parse_spec("bool[N]?"), "state": parse_spec("pytree"), "x": parse_spec("float32[N]")}
    state = Node("list", (Leaf("int32", (2,)), Node("none")))
    vector = Leaf("float32", (4,))
    assert bind(declared, _tuple(Leaf("bool", (4,)), state, vector)) == {"N": 4}
    given = _tuple(Node("none"), state, vector)
    assert bind(declared, given) == {"N": 4}
    assert resize(declared, given, "N", 9) == _tuple(Node("none"), state, Leaf("float32", (9,)))
    with pytest.raises(SpecError, match="argument mask: declared bool"):
        bind(declared, _tuple(Leaf("float32", (4,)), state, vector))
    with pytest.raises(SpecError, match="may not be None"):
        parse_spec("static int?")


def test_a_case_brings_no_class_of_its_own() -> None:
    """The author would read that the reference fails, which knows nothing of the class."""
    state = Node("dict", (Node("list", (Node("namedtuple", (Leaf("int32", ()),), ("step",), "State"),)),), ("opt",))
    with pytest.raises(SpecError, match=r"argument state\['opt'\]\[0\]: a case is made of .* None, got State"):
        bind({"state": parse_spec("pytree")}, _tuple(state))


def test_a_result_is_held_to_the_sizes_of_the_arguments() -> None:
    """A reference that returns something else than declared would be published."""
    spec = parse_spec(["float32[N]", "pytree"])
    good = _tuple(Leaf("float32", (3,)), Node("none"))
    check_returns(spec, good, {"N": 3})
    with pytest.raises(SpecError, match=r"returns\[0\]: declared float32\[N\], where N is already 4"):
        check_returns(spec, good, {"N": 4})


def test_resize_changes_one_size_everywhere_and_nothing_else() -> None:
    """Probe signatures for the unrolling rule would differ from the case in more than the size."""
    resized = resize(ARGUMENTS, CONCRETE, "D", 64)
    assert describe(ARGUMENTS, resized) == "params: {b: float32[], w: float32[64]}, x: float32[5, 64], n: 7, k: key[]"
    with pytest.raises(SpecError, match="no argument has a size named M"):
        resize(ARGUMENTS, CONCRETE, "M", 64)


def test_size_names_are_collected_through_containers() -> None:
    """A return could use a size that no argument gives."""
    assert size_names(parse_spec([{"a": "float32[N, 2]"}, "key[M]", "static int"])) == {"N", "M"}


SIZES = st.sampled_from(["N", "D", "BATCH_2"]) | st.integers(0, 1000)
ARRAYS = st.builds(
    lambda dtype, shape: ArraySpec(dtype=dtype, shape=tuple(shape)),
    st.sampled_from([*DTYPES, "key"]),
    st.lists(SIZES, max_size=4),
)
SPECS: st.SearchStrategy[Spec] = st.recursive(
    ARRAYS,
    lambda inner: (
        st.builds(lambda items: TupleSpec(items=tuple(items)), st.lists(inner, max_size=3))
        | st.builds(
            lambda items: DictSpec(items=dict(sorted(items.items()))),
            st.dictionaries(st.text(string.ascii_letters, min_size=1, max_size=5), inner, max_size=3),
        )
    ),
    max_leaves=8,
)


@given(SPECS, st.integers(1, 9))
def test_any_declaration_binds_to_what_fits_it(spec: Spec, size: int) -> None:
    """``bind`` would refuse some nesting of tuples, dicts and arrays, or take another size from it."""
    sizes = dict.fromkeys(size_names(spec), size)
    assert bind({"a": spec}, _tuple(_fitting(spec, size))) == sizes


def _fitting(spec: Spec, size: int) -> Tree:
    match spec:
        case ArraySpec(dtype=dtype, shape=shape):
            return Leaf(dtype, tuple(size if isinstance(each, str) else each for each in shape))
        case TupleSpec(items=items):
            return _tuple(*(_fitting(item, size) for item in items))
        case DictSpec(items=named):
            return Node("dict", tuple(_fitting(item, size) for item in named.values()), tuple(named))
    raise AssertionError(spec)


@given(ARRAYS)
def test_any_array_declaration_survives_writing_and_reading(spec: ArraySpec) -> None:
    """What a message prints could not be pasted back into a problem file."""
    assert parse_spec(format_spec(spec)) == spec
