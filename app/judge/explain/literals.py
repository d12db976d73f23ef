"""Values as Python source that makes them again, dtype included.

Invariant: what is written evaluates to the same bits, the payload of a NaN aside.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from sandbox.arrays import Array
from sandbox.tree import DTYPES, KEY, Leaf, Static, Tree, leaves

#: Most array elements that are written out: of the arguments of a call, and of its result.
MOST_ELEMENTS = 200
#: Longest line of code that is not broken, in characters.
_WIDTH = 100
_WIDE = frozenset({"int64", "uint64", "float64", "complex128"})
#: Largest seed of a typed key that is written as one, the same whether x64 is on or off.
_LARGEST_SEED = 2**31


def elements_of(tree: Tree) -> int:
    """How many array elements a value has in all."""
    return sum(math.prod(leaf.shape) for _, leaf in leaves(tree))


def is_short(tree: Tree) -> bool:
    """Whether a value is small enough to be written out."""
    return elements_of(tree) <= MOST_ELEMENTS and len(leaves(tree)) <= MOST_ELEMENTS


@dataclass(frozen=True)
class Writer:
    """Writes values for code that has imported ``jax``, ``jnp``, ``np`` and ``ml_dtypes``.

    Attributes:
        library: whose arrays are written.
        x64: whether JAX makes 64-bit arrays.
    """

    library: Literal["jnp", "np"]
    x64: bool

    def value(self, tree: Tree, values: Iterator[Array], *, given: bool = True) -> str:
        """Python for one value; takes its leaves from ``values``.

        Args:
            tree: of tuples, lists, dicts, None, arrays and static values.
            values: the flat array leaves; typed keys as key data.
            given: whether it is an argument, which JAX shortens to 32 bits where x64 is off.
        """
        return self._tree(tree, lambda leaf: self._leaf(leaf, next(values), given=given))

    def drawn(self, tree: Tree, values: Iterator[Array]) -> str:
        """Python for another value of the same type, made with a generator named ``random``."""
        return self._tree(tree, lambda leaf: self._drawn(leaf, next(values)))

    def _tree(self, tree: Tree, leaf: Any) -> str:
        match tree:
            case Leaf():
                return str(leaf(tree))
            case Static(value):
                return repr(value)
        inner = [self._tree(child, leaf) for child in tree.children]
        match tree.kind:
            case "tuple":
                return f"({', '.join(inner)}{',' if len(inner) == 1 else ''})"
            case "list":
                return f"[{', '.join(inner)}]"
            case "dict":
                return f"{{{', '.join(f'{key!r}: {text}' for key, text in zip(tree.keys, inner, strict=True))}}}"
            case "none":
                return "None"
        raise AssertionError(f"a {tree.kind} has no literal")

    def _leaf(self, leaf: Leaf, array: Array, *, given: bool) -> str:
        if leaf.dtype == KEY:
            return self._key(array)
        if self.library == "jnp" and leaf.dtype in _WIDE and not self.x64:
            exact = _array("np", array)
            return f"jnp.asarray({exact})" if given else exact
        return _array(self.library, array)

    def _key(self, data: Array) -> str:
        if data.ndim == 1 and data[0] == 0 and data[1] < _LARGEST_SEED:
            return f"jax.random.key({data[1]})"
        return f"jax.random.wrap_key_data({_array('jnp', data)})"

    def _drawn(self, leaf: Leaf, array: Array) -> str:
        if leaf.dtype == KEY:
            return self._key(array) if not leaf.shape else f"jax.random.split(jax.random.key(0), {leaf.shape})"
        kind = DTYPES[leaf.dtype].kind
        if kind in "biu":
            made = f"random.integers(0, {'2' if kind == 'b' else '10'}, {leaf.shape})"
        else:
            made = f"random.normal(size={leaf.shape})"
        return f"{self.library}.array({made}, dtype={_dtype(self.library, leaf.dtype)})"


def _array(library: Literal["jnp", "np"], array: Array) -> str:
    dtype = _dtype(library, array.dtype.name)
    if array.size == 0:
        return f"{library}.zeros({array.shape}, dtype={dtype})"
    line = f"{library}.array({_nested(library, array)}, dtype={dtype})"
    return line if len(line) <= _WIDTH else f"{library}.array([\n{_rows(library, array)}\n], dtype={dtype})"


def _rows(library: str, array: Array) -> str:
    """The elements of a long array, each of its rows on lines of its own."""
    rows = [_nested(library, row) for row in array] if array.ndim > 1 else [_nested(library, array)[1:-1]]
    filler = textwrap.TextWrapper(_WIDTH, break_long_words=False, break_on_hyphens=False)
    filler.initial_indent, filler.subsequent_indent = "    ", "     " if array.ndim > 1 else "    "
    return "\n".join(filler.fill(f"{row},") for row in rows)


def _dtype(library: str, name: str) -> str:
    if library == "np" and not hasattr(np, name):
        return f"ml_dtypes.{name}"
    return f"{library}.{'bool_' if name == 'bool' else name}"


def _nested(library: str, array: Array) -> str:
    if array.ndim == 0:
        return _number(library, array[()])
    return f"[{', '.join(_nested(library, part) for part in array)}]"


def _number(library: str, value: Any) -> str:
    dtype = np.asarray(value).dtype
    if dtype.kind in "biu":
        return str(value.item())
    if dtype.kind == "c":
        return f"complex({_real(library, value.real)}, {_real(library, value.imag)})"
    return _real(library, value)


def _real(library: str, value: Any) -> str:
    number = float(value)
    if not math.isfinite(number):
        return f"{library}.nan" if math.isnan(number) else f"{'-' if number < 0 else ''}{library}.inf"
    # The shortest digits of a float32 are read back through a double; hardly ever is that another number.
    short = str(value)
    exact = np.asarray(value).dtype == np.float32 and np.float32(float(short)) == value
    return short if exact else repr(number)
