"""Mistakes that show beside the arguments: one that was returned, forgotten, or stepped away from the wrong way.

Invariant: as for every pattern, a sentence is claimed only where the numbers fit everywhere and where fitting means
something. Arguments are those of a public case, since their names and what is true of them are told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.judge.explain.fitting import Pair, times
from app.problems.published import PublishedCase
from sandbox.arrays import Array
from sandbox.tree import Leaf, leaves, walk

#: Largest number whose exponential is finite, by dtype (the logarithm of the largest finite number).
_LARGEST_EXPONENT = {"float16": 11.0, "bfloat16": 88.7, "float32": 88.7, "float64": 709.7}
#: Factors of a step, either way round, beside the named sizes.
_FACTORS = (2, 3, 4, 10)
#: Two numbers are put right by too many arguments.
_FEWEST = 3


@dataclass(frozen=True)
class Known:
    """What may be told of a public case beside its result.

    Attributes:
        arguments: its array arguments by name (``w``, ``params[0]``), keys left out.
        paths: of the arrays of the expected result, in flattening order.
        x64: whether JAX makes 64-bit arrays.
    """

    arguments: Mapping[str, Array]
    paths: tuple[str, ...]
    x64: bool = True


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
            yield f"It is the argument `{name}` unchanged: return what was computed from it."


def step_sentences(pair: Pair, arguments: Mapping[str, Array]) -> Iterator[str]:
    """A step away from an argument, as in an update of parameters, that has the wrong length or direction."""
    for name, value in _numbers(arguments):
        if pair.kind == "f" and value.shape == pair.expected.shape and (value.size > 1 or pair.is_odd(value)):
            yield from _stepped(pair, name, value)


def added_sentences(pair: Pair, arguments: Mapping[str, Array]) -> Iterator[str]:
    """An argument that is missing from a sum or is in it once too often."""
    yield from _only_one(pair, arguments, (_MISSING, _TOO_MUCH))


def multiplied_sentences(pair: Pair, arguments: Mapping[str, Array]) -> Iterator[str]:
    """An argument that is missing from a product or is in it once too often."""
    yield from _only_one(pair, arguments, (_NOT_MULTIPLIED, _MULTIPLIED))


_MISSING = (np.add, "With the argument `{0}` added it would be right: `{0}` is missing from the sum.")
_TOO_MUCH = (np.subtract, "With the argument `{0}` subtracted it would be right: `{0}` is added once too often.")
_NOT_MULTIPLIED = (np.multiply, "Multiplied by the argument `{0}` it would be right: that factor is missing.")
_MULTIPLIED = (np.divide, "Divided by the argument `{0}` it would be right: it is multiplied by it once too often.")


def _numbers(arguments: Mapping[str, Array]) -> Iterator[tuple[str, Array]]:
    for name, value in arguments.items():
        if value.dtype.kind in "fiu" and value.size:
            yield name, value.astype(np.float64)


def _only_one(
    pair: Pair, arguments: Mapping[str, Array], ways: Sequence[tuple[Callable[[Array, Array], Array], str]]
) -> Iterator[str]:
    """Sentences about operations that put the result right with one argument and with no other."""
    if pair.kind != "f" or pair.expected.size < _FEWEST:
        return
    for operation, sentence in ways:
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
            yield sentence.format(fitting[0])


def _spread(value: Array, over: Array) -> Array | None:
    """``value`` broadcast against a result, or None if its shape does not fit."""
    try:
        return np.broadcast_to(value, over.shape)
    except ValueError:
        return None


def _stepped(pair: Pair, name: str, value: Array) -> Iterator[str]:
    """Both results seen as steps away from an argument, as in an update of parameters."""
    wanted, taken = pair.expected - value, pair.got - value
    scale = float(np.abs(value).max())
    step = Pair(wanted, taken, pair.kind, pair.rtol, pair.atol + pair.rtol * scale, pair.sizes)
    if not step.is_clear(wanted) or pair.expected.size == 1:
        return
    if pair.fits(wanted, pair.got):
        yield f"It is only the change of `{name}`: add it to `{name}`."
    if step.fits(wanted, -taken):
        yield (
            f"The step from `{name}` goes the opposite way: its size is right and its sign is flipped. "
            "To go down, subtract the gradient."
        )
    factor = step.factor()
    if factor is None:
        return
    named = {size: size_of for size_of, size in pair.sizes.items() if size > 2}  # noqa: PLR2004 - see _scaled
    for ratio, found, expected in ((factor, "sum", "mean"), (1 / factor, "mean", "sum")):
        for count, size_of in named.items():
            if step.near(ratio, count):
                yield (
                    f"The step from `{name}` is {times(factor)} the expected one, and {size_of} = {count}: a {found} "
                    f"over {size_of} where a {expected} is expected."
                )
    if any(step.near(abs(ratio), count) for ratio in (factor, 1 / factor) for count in _FACTORS):
        yield f"The step from `{name}` is {times(factor)} the expected one: look for a constant factor in the step."


def overflow_pattern(arguments: Mapping[str, Array], dtype: str) -> str | None:
    """Whether an argument is so large that its exponential is infinite in ``dtype``, and the way out."""
    most = _LARGEST_EXPONENT.get(dtype, np.inf)
    for name, value in arguments.items():
        if value.dtype.kind == "f" and value.size and np.abs(value[np.isfinite(value)]).max(initial=0.0) > most:
            return (
                f"The argument `{name}` holds numbers beyond {most}, whose exponential is infinite in {dtype}, and "
                "infinity over infinity is NaN: subtract the maximum before `jnp.exp`, or use `jax.nn.softmax`, "
                "`jax.nn.logsumexp` or `jnp.logaddexp`, which do."
            )
    return None
