"""Static arguments as keys: what programs can tell apart is told apart, and what they cannot is not."""

from __future__ import annotations

import json
import math
from itertools import combinations

import pytest

from app.problems.plan import signature_key
from sandbox import tree as trees
from sandbox.entries import Call
from sandbox.tree import Leaf, Node, Static, StaticValue, Tree

#: Python says that some of these are equal, and that one is not equal to itself.
VALUES: tuple[StaticValue, ...] = (0.0, -0.0, 0, False, 1.0, 1, True, "1", math.nan, math.inf, -math.inf, None, "nan")


def arguments(value: StaticValue) -> Node:
    return Node("tuple", (Leaf("float32", (2,)), Node("dict", (Static(value),), ("by",))))


@pytest.mark.parametrize(("first", "second"), [*combinations(VALUES, 2)])
def test_values_that_a_program_tells_apart_are_two_signatures(first: StaticValue, second: StaticValue) -> None:
    """One of two cases would be judged by the program that was traced for the other."""
    mine, yours = arguments(first), arguments(second)
    assert mine != yours
    assert len({mine, yours}) == 2
    assert signature_key(Call("f", ("x",)), mine) != signature_key(Call("f", ("x",)), yours)


@pytest.mark.parametrize("value", VALUES)
def test_a_value_is_one_signature_also_after_a_journey(value: StaticValue) -> None:
    """A case of NaN would be another in every draw, or a publication read from the database another than was stored."""
    again: Tree = trees.from_json(json.loads(json.dumps(trees.to_json(arguments(value)))))
    assert again == arguments(float("nan") if value != value else value)  # noqa: PLR0124 - NaN
    assert len({again, arguments(value)}) == 1
