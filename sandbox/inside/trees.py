"""JAX pytrees to plain trees and back, inside a child.

Key paths alone lose the tree ((1, 2), [1, 2] and (1, 2, None) read alike) and unregistered nodes do not serialise, so
values are flattened here, one level at a time, into ``sandbox.tree`` nodes. Invariant: ``unflatten(*flatten(x))`` calls
a function with the same structure, and the order of leaves is JAX's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import jax
import numpy as np

from sandbox.entries import Arrays
from sandbox.tree import DTYPES, KEY, MAX_DEPTH, MAX_LEAVES, MAX_NAME, Leaf, Node, Static, Tree, TreeError, TreeTooLarge

_SCALARS = (bool, int, float, complex)
#: Longest string in a result, in characters.
_MAX_TEXT = 1 << 16


@dataclass
class _Flattening:
    """A value on its way to a tree: its array leaves and the entries of the tree so far."""

    keep_static: bool
    max_entries: int
    max_depth: int
    arrays: Arrays | None
    leaves: list[Any] = field(default_factory=list)
    entries: int = 0


def flatten(
    value: object,
    *,
    keep_static: bool,
    max_entries: int = MAX_LEAVES,
    max_depth: int = MAX_DEPTH,
    arrays: Arrays | None = None,
) -> tuple[Tree, list[Any]]:
    """The tree of ``value`` and its array leaves; typed keys as key data.

    ``keep_static`` decides what a bare Python scalar is: a static argument (inputs) or an array (results); strings are
    static values. ``arrays`` is given for results of eager calls, where a Python scalar becomes an array by that
    library's rules. Anything that is neither array, scalar nor registered container becomes a ``custom`` node named
    after its class, so that the comparison can say what was returned.

    Raises:
        TreeTooLarge: too deep (or cyclic), or made of too many arrays and containers.
        TreeError: a dict among arguments has a key that is no string.
        ValueError: a result has a string that is too long.
    """
    state = _Flattening(keep_static, max_entries, max_depth, arrays)
    return _flatten(value, state, 0), state.leaves


def _flatten(value: object, state: _Flattening, depth: int) -> Tree:
    if depth > state.max_depth:
        raise TreeTooLarge(f"nested deeper than {state.max_depth} levels (or containing itself)", "depth")
    state.entries += 1
    if state.entries > state.max_entries:
        raise TreeTooLarge(f"made of more than {state.max_entries} arrays and containers", "leaves")
    # numpy.float64 is a Python float, too.
    if state.keep_static and isinstance(value, bool | int | float | str) and not isinstance(value, np.number):
        return Static(value)
    if isinstance(value, jax.Array | np.ndarray | np.generic | bool | int | float | complex | str):
        return _leaf(value, state)

    def below(children: Any) -> tuple[Tree, ...]:
        return tuple(_flatten(child, state, depth + 1) for child in children)

    name = type(value).__name__[:MAX_NAME]
    if value is None:
        node = Node("none")
    elif type(value) in (tuple, list):
        node = Node("tuple" if type(value) is tuple else "list", below(value))
    elif type(value) is dict:
        keys = _sorted_keys(value, state)
        node = Node("dict", below(value[key] for key in keys), tuple(_key(key) for key in keys))
    elif isinstance(value, tuple) and hasattr(value, "_fields"):
        node = Node("namedtuple", below(value), tuple(map(_key, value._fields)), name)
    else:
        level = jax.tree_util.default_registry.flatten_one_level_with_keys(value)
        pairs = list(level[0]) if level else []
        names = tuple(key.name[:MAX_NAME] for key, _ in pairs if isinstance(key, jax.tree_util.GetAttrKey))
        named = len(names) == len(pairs)
        node = Node("custom", below(child for _, child in pairs), names if named else (), name)
    return node


def _sorted_keys(value: dict[Any, Any], state: _Flattening) -> list[Any]:
    """The keys of a dict in the order of its leaves; those of arguments must be strings, for they are made again."""
    others = [key for key in value if not isinstance(key, str)]
    if state.keep_static and others:
        raise TreeError(f"a dict among the arguments has the key {others[0]!r:.100}, where keys must be strings")
    return sorted(value, key=lambda key: str(_plain_key(key)))


def _key(key: object) -> str:
    """A key of a dict as text; one that is no string with its class, for 1 is another key than "1"."""
    plain = _plain_key(key)
    return (plain if isinstance(plain, str) else f"{type(plain).__name__} {plain!r}")[:MAX_NAME]


def _plain_key(key: object) -> object:
    """A key of NumPy's as Python's: ``d[1]`` finds what ``d[numpy.int64(1)]`` was set to."""
    if type(key) is tuple:
        return tuple(map(_plain_key, key))
    return key.item() if isinstance(key, np.generic) else key


def _leaf(value: Any, state: _Flattening) -> Tree:
    if isinstance(value, str):
        if len(value) > _MAX_TEXT:
            raise ValueError(f"a returned string has {len(value)} characters; at most {_MAX_TEXT} can be judged")
        return Static(value)
    leaves = state.leaves
    dtype = getattr(value, "dtype", None)
    if dtype is not None and jax.numpy.issubdtype(dtype, jax.dtypes.prng_key):
        data = jax.random.key_data(value)
        if data.shape[value.ndim :] != (2,):  # of another generator than JAX's default, threefry2x32
            return Node("custom", (), (), f"array of {dtype.name}"[:MAX_NAME])
        leaves.append(data)
        return Leaf(KEY, tuple(value.shape))
    array = value if isinstance(value, jax.Array) else np.asarray(value)
    if isinstance(value, _SCALARS) and not isinstance(value, np.generic) and state.arrays != "numpy":
        array = jax.numpy.asarray(value)  # JAX's dtype rules for Python scalars
    if array.dtype.name not in DTYPES:
        return Node("custom", (), (), f"array of {array.dtype.name}"[:MAX_NAME])
    leaves.append(array)
    return Leaf(array.dtype.name, tuple(array.shape))


def unflatten(tree: Tree, leaves: Iterator[Any]) -> Any:
    """The Python value of a declared tree: arrays from ``leaves`` in order, typed keys wrapped again."""
    match tree:
        case Leaf(dtype):
            data = next(leaves)
            return jax.random.wrap_key_data(data) if dtype == KEY else data
        case Static(value):
            return value
        case Node("tuple", children):
            return tuple(unflatten(child, leaves) for child in children)
        case Node("list", children):
            return [unflatten(child, leaves) for child in children]
        case Node("dict", children, keys):
            return {key: unflatten(child, leaves) for key, child in zip(keys, children, strict=True)}
        case Node("none"):
            return None
    raise TreeError(f"cannot pass a {tree.kind} node to a function")
