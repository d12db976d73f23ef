"""Pytrees without JAX: the shape of a function's arguments and results as plain data.

A tree travels between processes as JSON and is compared by the judge. Invariant: a tree read from a pipe is bounded in
leaves, depth and size before anything else looks at it, because the process that wrote it may be hostile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, assert_never

import ml_dtypes
import numpy as np

#: Most leaves a tree may have; a result with a million leaves is an attack, not an answer.
MAX_LEAVES = 4096
#: Deepest nesting a tree may have.
MAX_DEPTH = 64
#: Highest rank of an array (NumPy's own limit is 64; XLA programs here stay far below).
MAX_RANK = 32
#: Longest name of a dict key, field or class.
MAX_NAME = 200

_NAMED = frozenset({"dict", "namedtuple"})
NodeKind = Literal["tuple", "list", "dict", "none", "namedtuple", "custom"]
StaticValue = bool | int | float | str | None

#: dtype name -> NumPy dtype, for every dtype that may cross a pipe. ``key`` leaves carry uint32 key data.
DTYPES: dict[str, np.dtype[Any]] = {
    name: np.dtype(name)
    for name in (
        *("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
        *("float16", "float32", "float64", "complex64", "complex128"),
    )
} | {
    "bfloat16": np.dtype(ml_dtypes.bfloat16),
    "float8_e4m3fn": np.dtype(ml_dtypes.float8_e4m3fn),
    "float8_e5m2": np.dtype(ml_dtypes.float8_e5m2),
}

#: dtype name of a typed PRNG key (``jax.random.key``); its data are ``uint32[..., 2]``.
KEY = "key"


class TreeError(ValueError):
    """A tree that is malformed or beyond the limits."""


class TreeTooLarge(TreeError):
    """A value with too many entries, or nested too deeply."""

    def __init__(self, message: str, name: Literal["leaves", "depth"]) -> None:
        """Refuse with a reason; ``name`` is the limit, a field of ``sandbox.jobs.Limits``."""
        super().__init__(message)
        self.name = name


@dataclass(frozen=True)
class Leaf:
    """One array.

    Attributes:
        dtype: a name in ``DTYPES``, or ``KEY`` for a typed PRNG key (whose ``shape`` excludes the key data's axis).
        shape: its axes' sizes.
    """

    dtype: str
    shape: tuple[int, ...]

    def __str__(self) -> str:
        """The notation of problem files: ``float32[3, 4]``."""
        return f"{self.dtype}[{', '.join(map(str, self.shape))}]"

    @property
    def storage(self) -> Leaf:
        """The plain array that carries this leaf: itself, or the key data of a typed key."""
        return Leaf("uint32", (*self.shape, 2)) if self.dtype == KEY else self


@dataclass(frozen=True, eq=False)
class Static:
    """A Python value that is part of the signature rather than an array (a size, a flag, a mode).

    Two are equal if they are the same value of the same class. ``0.0`` and ``-0.0``, or ``1`` and ``True``, are
    signatures of their own, since programs may differ for them, and NaN is one. Python's own equality says otherwise.
    """

    value: StaticValue

    @property
    def _identity(self) -> tuple[type, str]:
        return type(self.value), repr(self.value)

    def __eq__(self, other: object) -> bool:
        """Whether both are the same value of the same class."""
        return isinstance(other, Static) and self._identity == other._identity

    def __hash__(self) -> int:
        """Equal for what is equal."""
        return hash(self._identity)

    def __str__(self) -> str:
        """The value as Python would write it."""
        return repr(self.value)


@dataclass(frozen=True)
class Node:
    """An inner node.

    Attributes:
        kind: what the container is; ``custom`` is any other registered pytree class.
        children: one tree per entry; dict entries are in sorted key order, as JAX flattens them.
        keys: dict keys or field names, one per child; empty for tuples, lists and custom nodes without field names.
        name: the class name of a named tuple or custom node.
    """

    kind: NodeKind
    children: tuple[Tree, ...] = ()
    keys: tuple[str, ...] = ()
    name: str = ""

    def __str__(self) -> str:
        """Python-like notation: ``(float32[], float32[3])``."""
        inner = [str(child) for child in self.children]
        named = [f"{key}: {text}" for key, text in zip(self.keys, inner, strict=False)]
        match self.kind:
            case "tuple":
                return f"({', '.join(inner)}{',' if len(inner) == 1 else ''})"
            case "list":
                return f"[{', '.join(inner)}]"
            case "dict":
                return f"{{{', '.join(named)}}}"
            case "none":
                return "None"
            case "namedtuple" | "custom":
                return f"{self.name}({', '.join(named or inner)})"
        assert_never(self.kind)


Tree = Leaf | Static | Node


def walk(tree: Tree, path: str = "") -> Iterator[tuple[str, Leaf | Static]]:
    """Every leaf and static value with its path (``[0]['w'].b``), in JAX's flattening order."""
    if not isinstance(tree, Node):
        yield path, tree
        return
    for index, child in enumerate(tree.children):
        yield from walk(child, path + step(tree, index))


def step(node: Node, index: int) -> str:
    """How a path goes on from ``node`` to its child ``index``: ``[0]``, ``['w']``, ``.b``."""
    match node.kind:
        case "dict":
            return f"[{node.keys[index]!r}]"
        case "namedtuple" | "custom" if node.keys:
            return f".{node.keys[index]}"
        case _:
            return f"[{index}]"


def map_leaves(tree: Tree, change: Callable[[Leaf], Leaf]) -> Tree:
    """The same tree with every array leaf changed."""
    match tree:
        case Leaf():
            return change(tree)
        case Static():
            return tree
    return Node(tree.kind, tuple(map_leaves(child, change) for child in tree.children), tree.keys, tree.name)


def leaves(tree: Tree) -> list[tuple[str, Leaf]]:
    """The array leaves with their paths, in flattening order; static values are left out."""
    return [(path, leaf) for path, leaf in walk(tree) if isinstance(leaf, Leaf)]


def to_json(tree: Tree) -> dict[str, Any]:
    """The tree as JSON-ready data; ``from_json`` is its inverse."""
    match tree:
        case Leaf(dtype, shape):
            return {"kind": "array", "dtype": dtype, "shape": list(shape)}
        case Static(value):
            return {"kind": "static", "value": value}
        case Node(kind, children, keys, name):
            return {"kind": kind, "children": [to_json(child) for child in children], "keys": list(keys), "name": name}
    assert_never(tree)


def from_json(data: object) -> Tree:
    """Read a tree that may come from a hostile process.

    Raises:
        TreeError: malformed, or beyond ``MAX_LEAVES``, ``MAX_DEPTH``, ``MAX_RANK`` or ``MAX_NAME``.
    """
    budget = [MAX_LEAVES]
    return _read(data, budget, 0)


def _read(data: object, budget: list[int], depth: int) -> Tree:
    if not isinstance(data, dict):
        raise TreeError("a tree node must be an object")
    if depth > MAX_DEPTH:
        raise TreeError(f"nested deeper than {MAX_DEPTH} levels")
    budget[0] -= 1
    if budget[0] < 0:
        raise TreeError(f"more than {MAX_LEAVES} entries")
    kind = data.get("kind")
    if kind == "array":
        return _read_leaf(data)
    if kind == "static":
        value = data.get("value")
        if value is not None and not isinstance(value, bool | int | float | str):
            raise TreeError("a static value must be a plain Python value")
        return Static(value)
    if kind not in ("tuple", "list", "dict", "none", "namedtuple", "custom"):
        raise TreeError("unknown kind of tree node")
    return _read_node(kind, data, budget, depth)


def _read_node(kind: NodeKind, data: dict[str, Any], budget: list[int], depth: int) -> Node:
    children, keys, name = data.get("children", []), data.get("keys", []), data.get("name", "")
    if not isinstance(children, list) or not isinstance(keys, list) or not isinstance(name, str):
        raise TreeError("malformed tree node")
    if not all(isinstance(key, str) and len(key) <= MAX_NAME for key in keys) or len(name) > MAX_NAME:
        raise TreeError("malformed names in a tree node")
    named = kind in _NAMED or (kind == "custom" and len(keys) > 0)
    if len(keys) != (len(children) if named else 0):
        raise TreeError("a dict or named tuple needs one key per child, and but for custom nodes nothing else has any")
    if kind == "none" and children:
        raise TreeError("None holds nothing")
    return Node(kind, tuple(_read(child, budget, depth + 1) for child in children), tuple(keys), name)


def _read_leaf(data: dict[str, Any]) -> Leaf:
    dtype, shape = data.get("dtype"), data.get("shape")
    if not isinstance(dtype, str) or (dtype not in DTYPES and dtype != KEY):
        raise TreeError("unknown dtype")
    if not isinstance(shape, list) or len(shape) > MAX_RANK:
        raise TreeError("malformed shape")
    if not all(type(size) is int and 0 <= size < 2**48 for size in shape):
        raise TreeError("malformed shape")
    return Leaf(dtype, tuple(shape))
