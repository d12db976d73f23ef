"""Stand-ins for programs with random results: pairs that have one distribution, and pairs that do not.

Invariant: a result depends on the generator that it is drawn from, which stands for the key, and on nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import ml_dtypes
import numpy as np

from app.judge.comparison.statistics import compare_samples
from app.judge.explain.divergence import Divergence, What
from sandbox.arrays import Array
from sandbox.tree import KEY, Leaf, Node, Tree

Result = list[Array]
Draw = Callable[[np.random.Generator], Any]

F32 = np.float32
#: What programs are given beside their key.
X = np.random.default_rng(5).standard_normal(64).astype(F32)
LARGE = np.zeros((300, 300), F32)


def normal(random: np.random.Generator, *shape: int) -> Array:
    return random.standard_normal(shape or 64).astype(F32)


def sample(draw: Draw, seed: int, count: int) -> list[Result]:
    """Results of one program, each from a key of its own."""
    random = np.random.default_rng(seed)
    made = [draw(random) for _ in range(count)]
    return [[np.asarray(array) for array in (result if isinstance(result, tuple) else (result,))] for result in made]


def tree_of(result: Result, *, keys: bool = False) -> Tree:
    entries = [Leaf(KEY, array.shape[:-1]) if keys else Leaf(array.dtype.name, array.shape) for array in result]
    return entries[0] if len(entries) == 1 else Node("tuple", tuple(entries))


def against(
    reference: Draw, program: Draw, seed: int = 0, sizes: tuple[int, int] = (256, 256), *, keys: bool = False
) -> Divergence | None:
    """Compare two programs' results over keys of their own."""
    expected, got = (sample(draw, 2 * seed + side, sizes[side]) for side, draw in enumerate((reference, program)))
    return compare_samples(tree_of(expected[0], keys=keys), expected, got, seed)


def dropout(rate: float, scale: float) -> Draw:
    return lambda random: (X * (random.random(64) >= rate) * scale).astype(F32)


def smoothed(random: np.random.Generator) -> Array:
    noise = normal(random)
    return ((noise + 0.3 * np.roll(noise, 1)) / math.sqrt(1.09)).astype(F32)


def twice(random: np.random.Generator) -> tuple[Array, Array]:
    noise = normal(random)
    return noise, noise


def key_twice(random: np.random.Generator) -> Array:
    key = random.integers(0, 2**32, 2, np.uint32)
    return np.stack([key, key])


def sometimes_nan(random: np.random.Generator) -> Array:
    noise = normal(random)
    noise[3] = math.nan if random.random() < 0.2 else noise[3]
    return noise


def one_of(values: int) -> Draw:
    """Noise from a key of which few bits are used."""
    return lambda random: normal(np.random.default_rng(random.integers(values)))


def noise_and(other: Any) -> Draw:
    return lambda random: (normal(random), np.asarray(other))


WRONG: dict[str, tuple[Draw, Draw, set[What]]] = {
    "variance": (normal, lambda r: normal(r) * F32(1.15), {"spread"}),
    "variance of a large array": (lambda r: normal(r, 200, 200), lambda r: normal(r, 200, 200) * F32(1.15), {"spread"}),
    "mean": (normal, lambda r: normal(r) + F32(0.1), {"mean"}),
    "key used for two leaves": (lambda r: (normal(r), normal(r)), twice, {"dependence"}),
    "key used for all rows": (lambda r: normal(r, 8, 8), lambda r: np.tile(normal(r, 8), (8, 1)), {"dependence"}),
    "key not used": (normal, lambda r: X, {"repeats"}),
    "key not used for a scalar": (lambda r: normal(r, 1)[0], lambda r: F32(0.1), {"repeats"}),
    "few bits of the key used": (normal, one_of(1024), {"repeats"}),
    "tail clipped at 2.5": (normal, lambda r: normal(r).clip(-2.5, 2.5), {"tails"}),
    "tail clipped at 3": (normal, lambda r: normal(r).clip(-3, 3), {"tails"}),
    "uniform": (normal, lambda r: r.uniform(-math.sqrt(3), math.sqrt(3), 64).astype(F32), {"tails"}),
    "Laplace": (normal, lambda r: r.laplace(0, math.sqrt(0.5), 64).astype(F32), {"tails"}),
    "rate of dropout": (dropout(0.5, 2), dropout(0.45, 1 / 0.55), {"spread"}),
    "dropout without rescaling": (dropout(0.5, 2), dropout(0.5, 1), {"mean"}),
    "dependent neighbours": (normal, smoothed, {"dependence"}),
    "permutation with a fixed element": (
        lambda r: r.permutation(X),
        lambda r: np.append(X[:1], r.permutation(X[1:])),
        {"mean"},
    ),
    "rotation for a permutation": (
        lambda r: r.permutation(64),
        lambda r: np.roll(np.arange(64), r.integers(64)),
        set(),
    ),
    "upper bound off by one": (lambda r: r.integers(0, 10, 64), lambda r: r.integers(0, 11, 64), {"mean"}),
    "wide upper bound off by one": (lambda r: r.integers(0, 100, 64), lambda r: r.integers(0, 101, 64), {"tails"}),
    "offset of huge integers": (
        lambda r: 2**62 + r.integers(0, 9, 64),
        lambda r: 2**62 + r.integers(1, 10, 64),
        {"mean"},
    ),
    "drawn with replacement": (lambda r: r.permutation(1000)[:64], lambda r: r.integers(0, 1000, 64), {"ties"}),
    "category probabilities": (
        lambda r: r.choice(4, 64, p=[0.3, 0.2, 0.2, 0.3]),
        lambda r: r.choice(4, 64, p=[0.2, 0.3, 0.3, 0.2]),
        {"spread"},
    ),
    "booleans": (lambda r: r.random(64) < 0.5, lambda r: r.random(64) < 0.55, {"mean"}),
    "NaN": (normal, sometimes_nan, {"nonfinite"}),
    "no NaN": (sometimes_nan, normal, {"nonfinite"}),
    "step counter": (noise_and(np.int32(3)), noise_and(np.int32(4)), {"value"}),
    "one element of a large constant": (
        noise_and(LARGE),
        noise_and(np.pad(LARGE[1:, 1:], ((1, 0), (1, 0)), constant_values=1)),
        {"value"},
    ),
    "one unsampled element of a large constant": (
        noise_and(LARGE),
        noise_and(np.where(np.arange(90_000).reshape(300, 300) == 4567, F32(1), LARGE)),
        {"value"},
    ),
    "imaginary part": (
        lambda r: (normal(r) + 1j * normal(r)).astype(np.complex64),
        lambda r: (normal(r) * (1 + 1j)).astype(np.complex64),
        {"dependence"},
    ),
    "mean of a scalar": (lambda r: normal(r, 1)[0], lambda r: normal(r, 1)[0] + F32(0.8), {"mean"}),
    "spread of a scalar": (lambda r: normal(r, 1)[0], lambda r: normal(r, 1)[0] * F32(1.8), {"spread"}),
    "bfloat16": (
        lambda r: normal(r).astype(ml_dtypes.bfloat16),
        lambda r: (1.15 * normal(r)).astype(ml_dtypes.bfloat16),
        {"spread"},
    ),
}


def rare(random: np.random.Generator) -> tuple[Array, Array]:
    """A flag that is mostly, but not always, false."""
    return random.random(3) < 0.003, normal(random, 4)


def on_sphere(scale: float) -> Draw:
    def draw(random: np.random.Generator) -> Array:
        noise = normal(random)
        return np.asarray(noise / np.linalg.norm(noise) * scale, F32)

    return draw


def mirrored(scale: float) -> Draw:
    """More leaves than are looked at one by one, whose sums are constant up to rounding."""

    def draw(random: np.random.Generator) -> tuple[Array, ...]:
        noise = normal(random, 16)
        return (noise, (-noise * scale).astype(F32)) * 6

    return draw


#: Pairs of one distribution: the second computes the same in another order, and so rounds otherwise.
HONEST: dict[str, tuple[Draw, Draw]] = {
    "normal": (normal, normal),
    "scalar": (lambda r: normal(r, 1)[0],) * 2,
    "heavy tails": (lambda r: r.standard_cauchy(64).astype(F32),) * 2,
    "one scale for all": (lambda r: normal(r) * F32(r.exponential()),) * 2,
    "rare events": (rare, rare),
    "permutation": (lambda r: r.permutation(X), lambda r: r.permutation(X * F32(1 + 3e-7))),
    "unit sphere": (on_sphere(1), on_sphere(1 - 2e-7)),
    "dropout": (dropout(0.1, 1 / 0.9), dropout(0.1, (1 + 2e-7) / 0.9)),
    "one of two numbers": (
        lambda r: F32(1.7) * (r.random() < 0.7),
        lambda r: F32(1.7 * (1 + 3e-7)) * (r.random() < 0.7),
    ),
    "step counter": (noise_and(X), noise_and(X * F32(1 + 3e-7))),
    "rounding for zero": (noise_and(F32(0)), lambda r: (normal(r), F32(1e-8 * r.standard_normal()))),
    "mirrored leaves": (mirrored(1), mirrored(1 + 2e-7)),
    "integers": (lambda r: r.integers(-3, 9, 20),) * 2,
    "bfloat16": (lambda r: normal(r).astype(ml_dtypes.bfloat16),) * 2,
    "bfloat16 dropout": (
        lambda r: dropout(0.1, 1 / 0.9)(r).astype(ml_dtypes.bfloat16),
        lambda r: dropout(0.1, 1)(r).astype(ml_dtypes.bfloat16) / ml_dtypes.bfloat16(0.9),
    ),
    "NaN in both": (sometimes_nan, sometimes_nan),
}
