"""Reductions over everything, over the wrong axis, by a mean in place of a sum, or of elements as they are.

Invariant: that of the package. A reduction that is mapped (``jax.vmap``) sees other axes than the result has, so an
axis is spoken of only where the function itself writes it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from app.judge.explain.clues import Clues, axis_of, axis_written, is_mapped, returns_of
from app.judge.explain.rewriting import exact
from app.judge.explain.wording import lines_text, listed

_SUMS = ("sum",)
_PEAKS = ("max", "amax")
#: What takes an axis and normalises by it, or is a part of doing so.
_NORMALISING = ("sum", "mean", "average", "max", "amax", "std", "var", "norm", "softmax", "log_softmax", "standardize")
#: Those of them that keep the shape.
_WHOLE = ("softmax", "log_softmax", "standardize")
_REDUCING = ("sum", "mean", "max", "min", "prod", "std", "var", "norm", "argmax", "argmin")
_MAPS = ("vmap", "pmap", "map", "scan")
_CONTAINERS = ("array", "stack", "asarray", "concatenate")
#: Reductions by the verb that ``app.judge.explain.shapes`` has for them.
_BY_VERB = {"summed": ("sum",), "averaged": ("mean", "average"), "reduced to its maximum": ("max", "amax")}
#: Reductions by the word that is used of them.
_BY_WORD = {"sum": ("sum",), "mean": ("mean",), "maximum": ("max", "amax"), "minimum": ("min", "amin")}


def with_words(clues: Clues, call: ast.Call, words: str) -> str:
    """A call with more keywords at its end; empty where it cannot be written down exactly."""
    inside = exact(clues, call)[:-1].rstrip().removesuffix(",")
    return f"{inside}{', ' if call.args or call.keywords else ''}{words})" if inside else ""


def over_everything(clues: Clues, axis: int, axes: int) -> str:
    """Which reductions of a normalisation take everything together, and how each is taken along one axis."""
    calls = [
        call
        for call in clues.calls(*_SUMS, *_PEAKS, "mean", "min", "prod")
        if clues.is_own(call) and axis_written(clues, call) is None
    ]
    sums, peaks = ({id(node) for node in found} for found in (_divisors(clues), _subtracted(clues)))
    if not any(id(call) in sums for call in calls) or any(id(call) not in sums | peaks for call in calls):
        return ""
    if any(word.arg != "keepdims" or _is_false(word.value) for call in calls for word in call.keywords):
        return ""
    codes = [
        with_words(clues, call, f"axis={axis}" if call.keywords else f"axis={axis}, keepdims=True") for call in calls
    ]
    if not all(codes):
        return ""
    rows = (axis, axes) == (1, 2)
    it = {1: "it", 2: "both"}.get(len(calls), "all")
    return (
        f"{listed([clues.place(call) for call in calls])} {'is' if len(calls) == 1 else 'are'} taken over "
        f"{'all rows together' if rows else 'the whole array'}. Take {it} "
        f"{'row by row' if rows else f'along axis {axis} alone'}: {listed([f'`{code}`' for code in codes])}."
    )


def peak_over_everything(clues: Clues, axes: int) -> str:
    """The maximum of a softmax over rows that is one of all rows, so that the exponentials of a row may all be 0."""
    sums = [axis_written(clues, call) for call in _divisors(clues) if isinstance(call, ast.Call)]
    peaks = [call for call in _subtracted(clues) if isinstance(call, ast.Call)]
    if len(sums) != 1 or len(peaks) != 1 or sums[0] is None or axis_written(clues, peaks[0]) is not None:
        return ""
    axis, (peak,) = exact(clues, sums[0]), peaks
    code = "" if peak.keywords else with_words(clues, peak, f"axis={axis}, keepdims=True")
    if not axis or not code:
        return ""
    rows = axes == 2 and axis in ("1", "-1")  # noqa: PLR2004 - a matrix
    over, each = ("all rows together", "row by row") if rows else ("the whole array", f"along axis {axis}")
    return (
        f"{clues.place(peak)} is taken over {over}, so that all exponentials elsewhere can be 0, and 0/0 is NaN. Take "
        f"it {each}: `{code}`."
    )


def subtracts_a_maximum(clues: Clues) -> bool:
    """Whether an exponential is kept from overflowing already."""
    return bool(_subtracted(clues))


def _divisors(clues: Clues) -> list[ast.expr]:
    """Sums that the function divides by."""
    found = [
        clues.resolved(node.right) for node in clues.own if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
    ]
    return [node for node in found if isinstance(node, ast.Call) and clues.name_of(node) in _SUMS]


def _subtracted(clues: Clues) -> list[ast.expr]:
    """Maxima that are subtracted before an exponential is taken."""
    powers = [node for node in clues.own if isinstance(node, ast.Call) and clues.name_of(node) == "exp" and node.args]
    found = [clues.resolved(power.args[0]) for power in powers]
    peaks = [
        clues.resolved(node.right) for node in found if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub)
    ]
    return [node for node in peaks if isinstance(node, ast.Call) and clues.name_of(node) in _PEAKS]


def _is_false(node: ast.expr) -> bool:
    return not (isinstance(node, ast.Constant) and node.value is True)


def along_another(clues: Clues, wrong: int, right: int, axes: int) -> str:
    """Which lines normalise over axis ``wrong`` where ``right`` is meant, and what to write there."""
    calls = [
        call for call in clues.calls(*_NORMALISING) if clues.is_own(call) and axis_written(clues, call) is not None
    ]
    words = [word.value for call in calls for word in call.keywords if word.arg == "axis"]
    others = [call for call in calls if axis_of(clues, call) not in (wrong, wrong - axes)]
    if not calls or others or len(words) != len(calls):
        return ""
    reducing = [call for call in calls if clues.name_of(call) not in _WHOLE]
    kept = [call for call in reducing if any(word.arg == "keepdims" for word in call.keywords)]
    written = {clues.piece(word) for word in words}
    if len(written) != 1 or (reducing and len(kept) not in (0, len(reducing))) or _indexed(clues, reducing):
        return ""
    last = right == axes - 1
    keep = ", keepdims=True" if reducing and not kept else ""
    better = f"`axis={-1 if last else right}{keep}`{', the last axis,' if last else ''}"
    return f"change `axis={written.pop()}` to {better} in {lines_text([word.lineno for word in words])}."


def _indexed(clues: Clues, calls: Sequence[ast.Call]) -> bool:
    """Whether what one of these calls made gets its axis back by an index, so that it must not keep it as well."""
    made = {id(call) for call in calls}
    return any(
        isinstance(node, ast.Subscript | ast.Attribute) and id(clues.resolved(node.value)) in made for node in clues.own
    )


def reduced_by(clues: Clues, verb: str) -> str:
    """Which reduction of what is returned has made it smaller."""
    names = _BY_VERB.get(verb, ())
    found = [part for part in clues.results if isinstance(part, ast.Call) and clues.name_of(part) in names]
    subjects = [subject[0] for call in found if (subject := clues.subject(call)) is not None]
    if not found or len(subjects) < len(found) or len({call.lineno for call in found}) > 1:
        return ""
    calls, kept = (listed([f"`{clues.piece(part)}`" for part in parts]) for parts in (found, subjects))
    does, are = ("does", "it is") if len(found) == 1 else ("do", "they are")
    return f"{calls} in line {found[0].lineno} {does} that: return {kept} as {are}."


def by_axis(clues: Clues, reduced: int, axes: int) -> str:
    """Which call reduces over axis ``reduced`` of an array of so many axes."""
    found = [
        (call, written)
        for call in clues.calls(*_REDUCING)
        if (written := axis_written(clues, call)) is not None and axis_of(clues, call) in (reduced, reduced - axes)
    ]
    if len(found) != 1:
        return ""
    call, written = found[0]
    return f"`axis={clues.piece(written)}` in line {call.lineno}"


def exchanged(clues: Clues, found: str, wanted: str) -> str:
    """Which calls of ``mean`` should be ``sum``, or the other way round."""
    calls = clues.calls(found)
    ends = {id(node) for node in _ends(clues)}
    if not calls or clues.has_right_part or any(id(call) not in ends for call in calls):
        return ""
    texts = {clues.piece(call.func) if clues.dotted(call) else f".{found}()" for call in calls}
    if len(texts) != 1 or "." not in (text := texts.pop()):
        return ""
    better = text.replace(f".{found}", f".{wanted}")
    return f"Write `{better}` for `{text}` in {lines_text([call.lineno for call in calls])}."


def _ends(clues: Clues) -> Iterator[ast.expr]:
    """Reductions whose value is what a function returns, or a part of it; not those of functions that are mapped."""
    mapped = _mapped(clues)
    waiting: list[ast.expr] = []
    for node in clues.nodes:
        match node:
            case ast.FunctionDef() if id(node) not in mapped:
                waiting += [each.value for each in returns_of(node) if each.value is not None]
            case ast.Lambda(body=body) if id(node) not in mapped:
                waiting.append(body)
    while waiting:
        node = clues.resolved(waiting.pop())
        match node:
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                waiting += parts
            case ast.BinOp(left=ast.Constant(), op=ast.Mult(), right=part):
                waiting.append(part)
            case ast.BinOp(left=part, op=ast.Mult() | ast.Div(), right=ast.Constant()):
                waiting.append(part)
            case ast.Call(args=[ast.expr() as first, *_]) if clues.name_of(node) in _CONTAINERS:
                waiting.append(first)
            case _:
                yield node


def _mapped(clues: Clues) -> set[int]:
    """Functions, by their ids, that see one example or one step at a time."""
    parts = [part for call in clues.calls(*_MAPS) for each in call.args[:1] for part in ast.walk(each)]
    found: list[ast.AST | None] = [*parts]
    for part in parts:
        if isinstance(part, ast.Name):
            found += [clues.function(part), *ast.walk(clues.resolved(part))]
    found += [node for node in clues.nodes if isinstance(node, ast.FunctionDef) and is_mapped(node)]
    return {id(node) for node in found if node is not None}


def before(clues: Clues, word: str, template: str) -> str:
    """The only reduction of its kind, written anew with a function of each element in it."""
    calls = clues.calls(*_BY_WORD[word])
    subject = clues.subject(calls[0]) if len(calls) == 1 else None
    if subject is None or not isinstance(subject[0], ast.Name):
        return ""
    call, (array, _) = calls[0], subject
    text = exact(clues, call)
    if not text.isascii() or not text:
        return ""
    start, end = (place - call.col_offset for place in (array.col_offset, array.end_col_offset or 0))
    made = template.format(bare=text[start:end], grouped=text[start:end])
    made = f"({made})" if text[end : end + 1] == "." and not made.endswith(")") else made
    return f"In line {call.lineno} write `{text[:start]}{made}{text[end:]}`."


def unnormalised(clues: Clues, axis: int, axes: int) -> str:
    """That a result is not divided by its sums, and what to return instead."""
    said = (
        "The rows are not divided by their sums"
        if (axis, axes) == (1, 2)
        else f"The result is not divided by its sum over axis {axis}"
    )
    keep = f".sum(axis={axis}, keepdims=True)"
    if clues.returned is None:
        return f"{said}: divide it by its `{keep}`." if axes != 2 else f"{said}: divide by `{keep}`."  # noqa: PLR2004
    statement, value = clues.returned
    if isinstance(value, ast.Name):
        name = exact(clues, value)
        return f"{said}. In line {statement.lineno} return `{name} / {name}{keep}`."
    if statement.lineno != statement.end_lineno or clues.is_bound("result"):
        return f"{said}: divide by `{keep}`."
    return (
        f"{said}. In line {statement.lineno} write `result = ` instead of `return`, and in a line below it "
        f"`return result / result{keep}`."
    )
