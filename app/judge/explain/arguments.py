"""Mistakes that show beside the arguments: one that was returned, forgotten, or stepped away from the wrong way.

Invariant: as for every pattern, a sentence is claimed only where the numbers fit everywhere and where fitting means
something. Arguments are those of a public case, since their names and what is true of them are told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.judge.comparison.compare import wide
from app.judge.explain.clues import NO_CLUES, Clues
from app.judge.explain.fitting import Pair, times
from app.judge.explain.functions import FUNCTIONS, wrong_axis
from app.judge.explain.remedies.gradients import differentiated, step_text, stepped
from app.judge.explain.remedies.reductions import before, exchanged
from app.judge.explain.remedies.slices import added_up
from app.judge.explain.wording import number_text
from app.problems.published import PublishedCase
from sandbox.arrays import Array
from sandbox.tree import Leaf, leaves, walk

#: Factors of a step, either way round, beside the named sizes.
_FACTORS = (2, 3, 4, 10)
#: Two numbers are put right by too many arguments.
_FEWEST = 3
#: Rounding of the difference of two numbers, as a share of the tolerance of patterns.
_STEP_ROUNDING = 0.25
#: Vectors among the arguments of which all pairs are tried as scale and shift.
_MOST_VECTORS = 4


@dataclass(frozen=True)
class Known:
    """What may be told of a public case beside its result.

    Attributes:
        arguments: its array arguments by name (``w``, ``params[0]``), keys left out.
        paths: of the arrays of the expected result, in flattening order.
        x64: whether JAX makes 64-bit arrays.
        operations: what the program does, by StableHLO's names; empty if that is not known.
        clues: what the learner's source has that may explain a result.
    """

    arguments: Mapping[str, Array]
    paths: tuple[str, ...]
    x64: bool = True
    operations: frozenset[str] = frozenset()
    clues: Clues = NO_CLUES


#: Nothing is known.
UNKNOWN = Known({}, ())


def known_of(case: PublishedCase, draw: int, *, x64: bool) -> Known:
    """What may be told of one value set of a public case, where JAX makes 64-bit arrays if ``x64``."""
    found = walk(case.arguments)
    named: dict[str, Array] = {}
    values = iter(case.inputs[draw])
    for path, leaf in found:
        if not isinstance(leaf, Leaf):
            continue
        value = next(values)
        position, _, rest = path.removeprefix("[").partition("]")
        if leaf.dtype == value.dtype.name:
            named[f"{case.call.parameters[int(position)]}{rest}"] = value
    return Known(named, tuple(path for path, _ in leaves(case.expected_of(draw))), x64)


def returned_sentences(pair: Pair, arguments: Mapping[str, Array]) -> Iterator[str]:
    """An argument that was returned as it is."""
    for name, value in _numbers(arguments):
        if value.size > 1 and pair.fits(value, pair.got) and value.any():
            yield f"Your result is the argument `{name}` unchanged: return what was computed from it."


def step_sentences(pair: Pair, arguments: Mapping[str, Array], clues: Clues = NO_CLUES) -> Iterator[str]:
    """A step away from an argument, as in an update of parameters, that has the wrong length or direction."""
    for name, value in _numbers(arguments):
        if pair.kind == "f" and value.shape == pair.expected.shape and (value.size > 1 or pair.is_odd(value)):
            yield from _stepped(pair, name, arguments, clues)


def added_sentences(pair: Pair, arguments: Mapping[str, Array], clues: Clues = NO_CLUES) -> Iterator[str]:
    """An argument that is missing from a sum or is in it once too often."""
    yield from _only_one(pair, arguments, (_MISSING, _TOO_MUCH), clues)


def multiplied_sentences(pair: Pair, arguments: Mapping[str, Array], clues: Clues = NO_CLUES) -> Iterator[str]:
    """An argument that is missing from a product or is in it once too often."""
    yield from _only_one(pair, arguments, (_NOT_MULTIPLIED, _MULTIPLIED), clues)


#: An operation that puts a result right, what that means, and what to do with what is returned.
_MISSING = (
    np.add,
    "With the argument `{0}` added your result would be right: `{0}` is missing.",
    "add `{0}` to what is returned",
)
_TOO_MUCH = (
    np.subtract,
    "With the argument `{0}` subtracted your result would be right: `{0}` is added once too often.",
    "",
)
_NOT_MULTIPLIED = (
    np.multiply,
    "Multiplied by the argument `{0}` your result would be right: that factor is missing.",
    "multiply what is returned by `{0}`",
)
_MULTIPLIED = (
    np.divide,
    "Divided by the argument `{0}` your result would be right: it is multiplied by `{0}` once too often.",
    "",
)


def shape_sentences(pair: Pair, arguments: Mapping[str, Array], clues: Clues = NO_CLUES) -> Iterator[str]:
    """A result of the shape of one argument where that of another is expected, as of a gradient."""
    wanted, found = (
        [name for name, value in arguments.items() if value.shape == shape and shape]
        for shape in (pair.expected.shape, pair.got.shape)
    )
    if len(found) == 1 and wanted:
        if len(wanted) == 1 and (by := differentiated(clues, found[0], wanted[0])):
            yield by
        yield (
            f"Your result has the shape of the argument `{found[0]}`, where that of `{wanted[0]}` is expected. A "
            "gradient has "
            f"the shape of what it is taken with respect to: look at `argnums`, which counts from 0."
        )


def reduced_sentences(pair: Pair, arguments: Mapping[str, Array], clues: Clues = NO_CLUES) -> Iterator[str]:
    """An argument that was reduced as it is, so that what should happen to its elements first is missing."""
    got = pair.got
    if pair.kind != "f" or not (pair.varies(got) or pair.is_odd(got)):
        return
    for name, value in _numbers(arguments):
        for axis in range(value.ndim) if value.ndim == got.ndim + 1 else ():
            for verb, reduce in _REDUCTIONS:
                reduced = reduce(value, axis)
                if pair.fits(reduced, got):
                    missing = _missing_before(pair, value, axis, verb, clues) or (
                        "what should be done to its elements before, or to the result after, is missing."
                    )
                    yield f"Your result is the plain {verb} of the argument `{name}` over axis {axis}: {missing}"
                elif pair.fits(reduced**2, got):
                    yield (
                        f"Your result is the square of the {verb} of the argument `{name}` over axis {axis}; square "
                        "the "
                        "elements first if squares are to be reduced."
                    )


_REDUCTIONS: tuple[tuple[str, Callable[[Array, int], Array]], ...] = (
    ("sum", lambda x, axis: np.asarray(x.sum(axis))),
    ("mean", lambda x, axis: np.asarray(x.mean(axis))),
    ("maximum", lambda x, axis: np.asarray(x.max(axis))),
    ("minimum", lambda x, axis: np.asarray(x.min(axis))),
)


def _missing_before(pair: Pair, value: Array, axis: int, verb: str, clues: Clues) -> str:
    """The function of its elements whose reduction is the expected result; empty if it is none of the common ones."""
    reduce = dict(_REDUCTIONS)[verb]
    for one in FUNCTIONS:
        made = one.of(value)
        if np.isfinite(made).all() and pair.fits(pair.expected, reduce(made, axis)):
            return f"{one.name} of each element is missing. {before(clues, verb, one.template)}".rstrip()
    return ""


def affine_sentences(pair: Pair, arguments: Mapping[str, Array], clues: Clues = NO_CLUES) -> Iterator[str]:
    """Results that are normalised over another axis, then scaled and shifted by arguments along the last one."""
    last = pair.expected.shape[-1:]
    vectors = [(name, value) for name, value in _numbers(arguments) if value.shape == last]
    if pair.kind != "f" or pair.expected.ndim < 2 or len(vectors) > _MOST_VECTORS:  # noqa: PLR2004 - matrices
        return
    for shift_name, shift in vectors:
        for scale_name, scale in vectors:
            if scale_name == shift_name or not scale.all():
                continue
            plain = replace(pair, expected=(pair.expected - shift) / scale, got=(pair.got - shift) / scale)
            for sentence in wrong_axis(plain, clues):
                yield f"Before `{scale_name}` and `{shift_name}`, {sentence[0].lower()}{sentence[1:]}"


def index_sentences(pair: Pair, arguments: Mapping[str, Array], clues: Clues = NO_CLUES) -> Iterator[str]:
    """Elements that are wrong just where an argument, as indices, names them more than once."""
    if pair.expected.ndim == 0:
        return
    wrong = ~np.isclose(pair.got, pair.expected, rtol=pair.rtol, atol=pair.atol, equal_nan=True)
    rows = wrong.reshape(len(wrong), -1).any(1)
    for name, value in arguments.items():
        if value.dtype.kind not in "iu" or value.ndim != 1 or value.size < 2:  # noqa: PLR2004 - nothing occurs twice
            continue
        if value.min() < 0 or value.max() >= rows.size:
            continue
        repeated = np.bincount(value.astype(np.int64), minlength=rows.size) > 1
        if np.array_equal(rows, repeated) and not rows.all():
            add = added_up(clues, name) or "`x.at[indices].add(y)` adds them up."
            yield (
                f"Only entries whose index occurs more than once in the argument `{name}` are wrong: "
                f"`x.at[indices].set(y)` keeps one of several values. {add}"
            )


def _numbers(arguments: Mapping[str, Array]) -> Iterator[tuple[str, Array]]:
    for name, value in arguments.items():
        if value.dtype.kind in "fiu" and value.size:
            yield name, wide(value)


def _only_one(
    pair: Pair,
    arguments: Mapping[str, Array],
    ways: Sequence[tuple[Callable[[Array, Array], Array], str, str]],
    clues: Clues,
) -> Iterator[str]:
    """Sentences about operations that put the result right with one argument and with no other."""
    if pair.kind != "f" or pair.expected.size < _FEWEST:
        return
    for operation, sentence, mend in ways:
        products = operation in (np.multiply, np.divide)
        fitting = []
        for name, value in _numbers(arguments):
            if (spread := _spread(value, pair.expected)) is None or not pair.is_clear(spread):
                continue
            if products and (not spread.all() or not (pair.varies(spread) or pair.is_odd(value))):
                continue
            if pair.fits(pair.expected, operation(pair.got, spread)):
                fitting.append(name)
        if len(fitting) == 1:
            yield f"{sentence} {_at_the_end(clues, mend, fitting[0])}".rstrip().format(fitting[0])


def _at_the_end(clues: Clues, mend: str, name: str) -> str:
    """What to do with what is returned, which names the argument, if the function has it by this name."""
    plain = name.isidentifier() and clues.is_argument(name)
    return f"In line {clues.returned[0].lineno} {mend}." if clues.returned and mend and plain else ""


def _spread(value: Array, over: Array) -> Array | None:
    """``value`` broadcast against a result, or None if its shape does not fit."""
    try:
        return np.broadcast_to(value, over.shape)
    except ValueError:
        return None


def _stepped(pair: Pair, name: str, arguments: Mapping[str, Array], clues: Clues) -> Iterator[str]:
    """Both results seen as steps away from an argument, as in an update of parameters."""
    value = wide(arguments[name])
    wanted, taken = pair.expected - value, pair.got - value
    scale = float(np.abs(value).max())
    # A step is shorter than what it starts from, whose rounding is all that the difference is off by.
    step = Pair(wanted, taken, pair.kind, pair.rtol, _STEP_ROUNDING * pair.rtol * scale, pair.sizes)
    if not step.is_clear(wanted) or pair.expected.size == 1:
        return
    if step.fits(wanted, pair.got):
        add = _at_the_end(clues, f"add `{name}` to what is returned", name) or f"Add `{name}` to it."
        yield f"Your result is only the change of `{name}`. {add}"
    elif (rate := replace(step, expected=pair.got, got=wanted).factor()) is not None:
        names = [
            other for other, number in _numbers(arguments) if number.ndim == 0 and step.near(float(number), abs(rate))
        ]
        rounded = float(f"{abs(rate):.4g}")
        known, exact = len(names) == 1, step.near(rounded, abs(rate))
        size = names[0] if known else number_text(rounded)
        yield step_text(clues if known or exact else NO_CLUES, name, "-" if rate < 0 else "+", size, known=known)
    if step.fits(wanted, -taken):
        turn = (
            stepped(clues, name) or f"Turn the sign where the step is added to `{name}`, or subtracted, and only there."
        )
        yield f"The step from `{name}` goes the opposite way: its size is right and its sign is flipped. {turn}"
    factor = step.factor()
    if factor is None:
        return
    named = {size: size_of for size_of, size in pair.sizes.items() if size > 2}  # noqa: PLR2004 - see _scaled
    for ratio, found, expected in ((factor, "sum", "mean"), (1 / factor, "mean", "sum")):
        for count, size_of in named.items():
            if step.near(ratio, count):
                yield (
                    f"The step from `{name}` is {times(factor)} the expected one, and {size_of} = {count}: a {found} "
                    f"over {size_of} where a {expected} is expected. {exchanged(clues, found, expected)}"
                ).rstrip()
    if any(step.near(abs(ratio), count) for ratio in (factor, 1 / factor) for count in _FACTORS):
        yield f"The step from `{name}` is {times(factor)} the expected one: look for a constant factor in the step."
