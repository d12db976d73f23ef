"""The tree reader on hostile JSON.

Invariant held: only ``TreeError`` is raised, what is read is within every bound and is written as it was read.
"""

from __future__ import annotations

import json

from sandbox import tree as trees
from sandbox.tree import DTYPES, MAX_DEPTH, MAX_LEAVES, MAX_NAME, MAX_RANK, Leaf, Node, Static, Tree, TreeError
from tests.fuzz.source import Source, read_json

_NAMES = ("kind", "children", "keys", "name", "dtype", "shape", "value")
_WORDS = ("array", "static", "tuple", "list", "dict", "none", "namedtuple", "custom", *DTYPES, "key")
_HONEST: list[Tree] = [
    Leaf("float32", (2, 3)),
    Static("mode"),
    Node("tuple", (Leaf("key", ()), Node("none"), Node("list", (Static(1.5), Static(None))))),
    Node("dict", (Leaf("int8", (0,)), Leaf("bool", ())), ("a", "b")),
    Node("namedtuple", (Leaf("bfloat16", (1,)),), ("field",), "Pair"),
    Node("custom", (Leaf("complex64", ()),), (), "Module"),
]


def seeds() -> list[bytes]:
    """Honest trees as JSON, and values of the fuzzer's own making."""
    written = [b"\0" + json.dumps(trees.to_json(tree)).encode() for tree in _HONEST]
    return [*written, *[bytes([1, first, *range(first, first + 60)]) for first in range(8)]]


def one(fuzzed: bytes) -> None:
    """Read one tree."""
    source = Source(fuzzed)
    match source.byte() % 3:
        case 0:
            _check(read_json(source.rest()))
        case 1:
            _check(source.value(_NAMES, _WORDS))
        case _:
            _check(_node(source, 0))


def _node(source: Source, depth: int) -> object:
    """A tree that is right but for what the bytes spoil."""
    if source.empty or depth > MAX_DEPTH + 2:
        return {"kind": "none"}
    kind = source.choose(_WORDS[:8])
    if kind == "array":
        shape = [source.number() for _ in range(source.byte() % 4)]
        return {"kind": kind, "dtype": source.choose(_WORDS), "shape": shape}
    if kind == "static":
        return {"kind": kind, "value": source.value(_NAMES, _WORDS, depth)}
    children = [_node(source, depth + 1) for _ in range(source.byte() % 5)]
    if source.byte() % 16 == 0:
        children *= source.byte()
    keys = [source.text() if source.byte() % 2 else "k" for _ in children] if source.byte() % 2 else []
    return {"kind": kind, "children": children, "keys": keys, "name": source.text()}


def _check(found: object) -> None:
    try:
        tree = trees.from_json(found)
    except TreeError:
        return
    assert _bounded(tree, 0) <= MAX_LEAVES
    written = trees.to_json(tree)
    assert repr(trees.from_json(json.loads(json.dumps(written)))) == repr(tree), "not what was read"
    assert [leaf for _, leaf in trees.leaves(tree)] == [leaf for _, leaf in trees.walk(tree) if isinstance(leaf, Leaf)]
    str(tree)


def _bounded(tree: Tree, depth: int) -> int:
    """The number of entries; every one is checked."""
    assert depth <= MAX_DEPTH
    match tree:
        case Leaf(_, shape):
            assert len(shape) <= MAX_RANK
            assert all(0 <= size < 2**48 for size in shape)
            return 1
        case Static(value):
            assert value is None or isinstance(value, bool | int | float | str)
            return 1
        case Node(kind, children, keys, name):
            assert len(keys) == (len(children) if kind in ("dict", "namedtuple") else 0)
            assert max(map(len, (*keys, name))) <= MAX_NAME
    return 1 + sum(_bounded(child, depth + 1) for child in tree.children)
