"""A mismatch in words: everything a learner needs on a public case, and the reason alone on a hidden one.

Invariant: ``explain_hidden`` is a function of the reason only, so that no value, error, index or share of a hidden case
can be told by it.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.judge.comparison.compare import Mismatch, Worst
from app.judge.explain.arguments import UNKNOWN, Known
from app.judge.explain.clues import Clues
from app.judge.explain.dtypes import dtype_pattern
from app.judge.explain.fitting import pair_of
from app.judge.explain.nonfinite import nonfinite_pattern
from app.judge.explain.patterns import (
    exchanged_pattern,
    shape_pattern,
    ulps,
    value_pattern,
)
from app.judge.explain.told import Told
from app.judge.explain.wording import number_text, numbers_apart, one_line, shape_text, type_text
from app.judge.verdict import Reason
from sandbox.arrays import Array
from sandbox.tree import KEY, Leaf, Node, Static, Tree

_HIDDEN: Mapping[Reason, str] = {
    "tree": "The result is built from other containers than expected (tuples, lists, dicts, None).",
    "shape": "The result has the wrong shape.",
    "dtype": "The result has the wrong dtype.",
    "nonfinite": "The result has NaN or infinity where it should not, or lacks one where it should have it.",
    "value": "The result has wrong values.",
    "distribution": "The random results are not distributed as they should be.",
    "nondeterministic": "The result differs from call to call with the same inputs.",
    "mutated_input": "The function changes its inputs.",
}
#: How the most common slips in containers are mended, by the expected kind and the one that came.
_TREE_WAYS_OUT = {
    ("array", "tuple"): (
        "Return the part that is asked for: `jax.value_and_grad` and `jax.lax.scan` return pairs, and commas make "
        "tuples."
    ),
    ("array", "list"): (
        "Make one array of it, with `jnp.stack` or, of numbers, `jnp.array`; `jax.vmap` makes one by itself."
    ),
    ("tuple", "list"): "Return it with commas alone, `return a, b`, instead of square brackets.",
    ("list", "tuple"): "Return it in square brackets, `return [a, b]`.",
    ("tuple", "array"): "Return its parts separated by commas, `return a, b`, instead of stacking them.",
    ("tuple", "tuple"): "Look for a part that is missing or too much, and at brackets that group parts.",
}
_KINDS = {"tuple": "a tuple", "list": "a list", "dict": "a dict", "none": "None", "namedtuple": "a named tuple"}
#: Methods that are called for what they do.
_EFFECTS = ("append", "extend", "update", "write")
#: How the tracer names an array whose dtype cannot cross a pipe; what follows is the dtype.
_STRANGE = "array of "
#: How patterns speak of what is wrong.
_YOURS = re.compile(r"\b[Yy]our result\b")
#: Longest path into a result that is written out, in characters.
_PATH = 120


def explain_hidden(mismatch: Mismatch) -> str:
    """What may be told of a mismatch on a hidden case: its reason."""
    return hidden_text(mismatch.reason)


def explain_difference(signature: str) -> str:
    """What to tell whoever's function is traced to another program the second time; ``signature`` is its arguments'."""
    return (
        f"Traced twice for `{signature}`, the function gives two different programs, so that its result depends on "
        "something else than its arguments. Most often that is `np.random` or `random`, which draw while the "
        "function is traced; a clock, a counter or anything else that outlives a call does the same. Draw with "
        "`jax.random` from a key, and keep no state outside of the function."
    )


def hidden_text(reason: Reason) -> str:
    """What may be told of a hidden case that failed for ``reason``."""
    return _HIDDEN[reason]


def explain(
    mismatch: Mismatch,
    expected: Sequence[Array],
    got: Sequence[Array],
    sizes: Mapping[str, int],
    known: Known = UNKNOWN,
) -> Told:
    """What is wrong on a public case, precisely, and why it may be, in a few sentences.

    Args:
        mismatch: what ``compare`` found.
        expected: the arrays it compared, in flattening order.
        got: likewise.
        sizes: the case's named sizes, by which axes are named.
        known: what else of the case may be told; more mistakes can be recognised beside it.
    """
    where = f"`result{one_line(mismatch.path, _PATH)}`" if mismatch.path else "The result"
    if mismatch.position is None:
        return _tree_told(where, mismatch, known.clues)
    assert isinstance(mismatch.expected, Leaf)
    assert isinstance(mismatch.got, Leaf)
    mine, yours = expected[mismatch.position], got[mismatch.position]
    if mismatch.path:
        others = [pair for at, pair in enumerate(zip(expected, got, strict=True)) if at != mismatch.position]
        known = replace(known, clues=known.clues.of_a_part(another_is_right=any(_is_right(*pair) for pair in others)))
    keys = KEY in (mismatch.expected.dtype, mismatch.got.dtype)
    pattern = exchanged_pattern(expected, got, known.paths, mismatch.position) if len(known.paths) > 1 else None
    match mismatch.reason:
        case "shape":
            wanted, found = (shape_text(leaf.shape, sizes) for leaf in (mismatch.expected, mismatch.got))
            said = f"{where} has the wrong shape: expected {wanted}, got {found}."
            pattern = pattern or (None if keys else shape_pattern(mine, yours, sizes, known))
        case "dtype":
            said = f"{where} has the wrong dtype: expected {mismatch.expected.dtype}, got {mismatch.got.dtype}."
            pattern = pattern or dtype_pattern(mismatch.expected.dtype, mismatch.got.dtype, yours, known)
        case "nonfinite":
            assert mismatch.worst is not None
            pattern = pattern or nonfinite_pattern(mine, yours, mismatch.worst, known)
        case _:
            assert mismatch.worst is not None
            pattern = pattern or (None if keys else value_pattern(mine, yours, sizes, known))
    # Of several arrays, the one that is wrong has a name.
    cause = _YOURS.sub(lambda _: where, pattern or "") if mismatch.path else pattern or ""
    if mismatch.worst is None:
        return Told(said, cause)
    return _elements_told(where, mismatch.expected, mismatch.worst, cause)


def _tree_told(where: str, mismatch: Mismatch, clues: Clues) -> Told:
    expected, got = mismatch.expected, mismatch.got
    if isinstance(got, Node) and got.kind == "none":
        ending = "Is a `return` missing? End the function with `return` and its result."
        if not mismatch.path and (line := lost_result(clues)):
            ending = f"Line {line} computes the result and does not return it: write `return` before it."
        return Told(f"{where} is None, expected is {_container(expected)}.", ending)
    said = f"{where} should be {_container(expected)}, but it is {_container(got)}."
    if isinstance(expected, Node) and isinstance(got, Node) and expected.kind == got.kind == "dict":
        missing, extra = (
            [key for key in one.keys if key not in other.keys] for one, other in _both_ways(expected, got)
        )
        parts = [f"{word}: {one_line(', '.join(map(repr, keys)), _PATH)}" for word, keys in _named(missing, extra)]
        return Told(f"{said} Keys {'; '.join(parts)}.")
    return Told(said, _tree_way_out(expected, got))


def lost_result(clues: Clues) -> int:
    """The last line of the only function, if it computes something and nothing is returned; else 0."""
    functions = clues.entries
    if len(functions) != 1 or any(isinstance(node, ast.Return) and node.value for node in ast.walk(functions[0])):
        return 0
    match functions[0].body[-1]:
        case ast.Expr(value=ast.Call() as call, lineno=line):
            silent = clues.dotted(call).startswith("jax.debug.") or clues.name_of(call) in _EFFECTS
            is_print = isinstance(call.func, ast.Name) and call.func.id == "print"
            return 0 if silent or is_print else line
        case ast.Expr(value=ast.BinOp() | ast.Name() | ast.Tuple() | ast.Subscript(), lineno=line):
            return line
    return 0


def _tree_way_out(expected: Tree, got: Tree) -> str:
    """How the most common slips in containers are mended; empty for others."""
    wanted, found = (tree.kind if isinstance(tree, Node) else "array" for tree in (expected, got))
    count = len(got.children) if isinstance(got, Node) else 1
    if (wanted, found) == ("array", "tuple") and count == 1:
        return "A comma at the end of a `return` makes a tuple: leave it out."
    return _TREE_WAYS_OUT.get((wanted, found), "")


def _both_ways(expected: Node, got: Node) -> tuple[tuple[Node, Node], tuple[Node, Node]]:
    return (expected, got), (got, expected)


def _named(missing: list[str], extra: list[str]) -> list[tuple[str, list[str]]]:
    return [(word, keys) for word, keys in (("missing", missing), ("not expected", extra)) if keys]


def _container(tree: Tree) -> str:
    match tree:
        case Leaf():
            return f"one array, `{tree}`"
        case Static():
            return f"the Python value `{type_text(tree)}`"
        case Node(kind="none"):
            return "None"
        case Node(kind="custom"):
            return _object(tree)
        case Node(kind, children):
            return f"{_KINDS[kind]} of {len(children)}, `{type_text(tree)}`"


def _object(tree: Node) -> str:
    """A node of some other class; with nothing inside it is a Python object like any other."""
    name = one_line(tree.name, 40)
    if tree.children:
        return f"an object of type `{name}` with {len(tree.children)} inside, `{type_text(tree)}`"
    if name.startswith(_STRANGE):
        return f"an {name}, which is no dtype that a result may have"
    return f"an object of type `{name}`, neither an array nor a container of arrays"


def _is_right(expected: Array, got: Array) -> bool:
    """Whether an array of a result is as expected, and more than zeros."""
    pair = pair_of(expected, got, {})
    return pair is not None and bool(pair.expected.any()) and pair.fits(pair.expected, pair.got)


def _elements_told(where: str, leaf: Leaf, worst: Worst, cause: str) -> Told:
    """Which element is wrong by how much; after the cause, where there is one."""
    at = f"at index {_index_text(worst.index)}" if worst.index else ""
    share = f"{worst.off:,} of {worst.count:,} elements are off ({_share(worst)})." if worst.count > 1 else ""
    if leaf.dtype == KEY:
        return Told(f"{where} is another PRNG key{at and f' {at}'}. {share}".rstrip(), cause)
    figures = f"{_error_text(leaf, worst)}. {share}".rstrip()
    if not cause:
        return Told(f"{where} is wrong{at and f' {at}'}: {figures}")
    placed = f"{at}: {figures}" if at else figures
    return Told(f"{where} is wrong.", cause, figures=f"{placed[0].upper()}{placed[1:]}")


def _error_text(leaf: Leaf, worst: Worst) -> str:
    wanted, found = numbers_apart(worst.expected, worst.got)
    said = f"expected {wanted}, got {found}"
    if worst.absolute is None or worst.allowance is None or leaf.dtype == "bool":
        return said
    allowed = f"{worst.allowance:.2g} is allowed" if worst.allowance else "none is allowed"
    finite = worst.relative is not None and math.isfinite(worst.relative)
    relative = f", relative error {worst.relative:.2g}" if finite else ""
    units = ulps(worst, leaf.dtype)
    relative += f", {units} ulp" if units else ""
    return f"{said}, an error of {number_text(worst.absolute)} where {allowed}{relative}"


def _index_text(index: tuple[int, ...]) -> str:
    return f"[{', '.join(map(str, index))}]"


def _share(worst: Worst) -> str:
    """A share that is 100 % only if it is all of them, and 0 % never."""
    percent = 100 * worst.off / worst.count
    if worst.off < worst.count and percent >= 99.5:  # noqa: PLR2004
        return "over 99 %"
    return f"{percent:.0f} %" if percent >= 1 else "under 1 %"
