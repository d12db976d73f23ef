"""Values for people: results and arguments as Python would write them, long arrays cut in the middle.

Invariant: names of classes, which a learner's process may have chosen, stay on one line.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from app.judge.explain.wording import one_line
from sandbox.arrays import Array
from sandbox.entries import Call
from sandbox.tree import Leaf, Node, Static, Tree

#: Most elements of an array that are spelt out; of longer ones the ends are shown.
_SHOWN = 60


def arguments_text(call: Call, arguments: Node, inputs: Sequence[Array]) -> str:
    """What a function was called with, ``w=2.0, x=[1., 2.]``.

    Args:
        call: names the parameters.
        arguments: one tree for each of them.
        inputs: the flat array leaves of all.
    """
    remaining = iter(inputs)
    pairs = zip(call.parameters, arguments.children, strict=True)
    return ", ".join(f"{name}={value_text(tree, remaining)}" for name, tree in pairs)


def value_text(tree: Tree, values: Iterator[Array]) -> str:
    """A value as Python would write it, long arrays cut in the middle; takes its leaves from ``values``."""
    match tree:
        case Leaf():
            array = next(values)
            if math.prod(array.shape) == 1 and array.ndim == 0:
                return str(array[()])
            return np.array2string(array, threshold=_SHOWN, separator=", ", prefix="  ")
        case Static(value):
            return repr(value)
    inner = [value_text(child, values) for child in tree.children]
    keyed = ", ".join(f"{key!r}: {text}" for key, text in zip(tree.keys, inner, strict=False))
    plain = ", ".join(inner)
    texts = {"tuple": f"({plain}{',' if len(inner) == 1 else ''})", "list": f"[{plain}]", "none": "None"}
    return texts.get(tree.kind, f"{one_line(tree.name)}{{{keyed or plain}}}")
