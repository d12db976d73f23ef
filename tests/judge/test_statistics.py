"""Random results: wrong distributions are rejected, honest ones at no more than the stated rate, and nothing raises."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.judge.comparison import statistics
from app.judge.comparison.statistics import PERMUTATIONS, RATE, compare_samples
from app.judge.explain.divergence import explain_divergence
from sandbox.arrays import Array
from sandbox.tree import DTYPES, KEY, Leaf, Node, Tree
from tests.judge.random_programs import F32, HONEST, WRONG, Result, against, key_twice, normal, sample, tree_of


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", WRONG)
def test_wrong_distributions_are_rejected(name: str, seed: int) -> None:
    """A program whose distribution is wrong was accepted, or its mistake taken for another kind."""
    reference, program, kinds = WRONG[name]
    divergence = against(reference, program, seed)
    assert divergence is not None
    assert divergence.p <= RATE
    assert not kinds or divergence.what in kinds


def most_rejections(trials: int, rate: float) -> int:
    """The number of rejections that a test of this rate exceeds with a probability of at most 1e-4."""
    total, count = 0.0, -1
    while total < 1 - 1e-4:
        count += 1
        total += math.comb(trials, count) * rate**count * (1 - rate) ** (trials - count)
    return count


@pytest.mark.parametrize("seeds", [400, pytest.param(2000, marks=pytest.mark.exhaustive)])
@pytest.mark.timeout(900)
def test_honest_seeds_stay_within_the_rate(seeds: int) -> None:
    """Honest learners were told that they are wrong more often than is promised."""
    kinds = list(HONEST.values())
    rejected = [
        seed for seed in range(seeds) if against(*kinds[seed % len(kinds)], 1000 + seed, sizes=(48, 32 + seed % 32))
    ]
    assert most_rejections(2000, RATE) == 9
    assert len(rejected) <= most_rejections(seeds, RATE), rejected


@pytest.mark.exhaustive
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", HONEST)
def test_2000_honest_seeds_of_each_kind_stay_within_the_rate(name: str) -> None:
    """A kind of distribution, or rounding in it, makes the test reject honest learners at its usual size."""
    rejected = [seed for seed in range(2000) if against(*HONEST[name], 10_000 + seed)]
    assert len(rejected) <= most_rejections(2000, RATE), rejected


def test_the_rate_is_used_up_for_a_large_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rate of false rejections is a bound that is met only because the test hardly ever rejects."""
    monkeypatch.setattr(statistics, "RATE", 0.2)
    monkeypatch.setattr(statistics, "PERMUTATIONS", 99)
    rejected = sum(against(normal, normal, 5000 + seed, (40, 40)) is not None for seed in range(400))
    assert 400 - most_rejections(400, 0.8) <= rejected <= most_rejections(400, 0.2)


def test_several_tests_share_the_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    """A submission with many cases was refused by chance as many times as often as is promised, or hardly ever."""
    monkeypatch.setattr(statistics, "RATE", 0.2)
    monkeypatch.setattr(statistics, "PERMUTATIONS", 99)
    samples = [(sample(normal, 2 * seed, 40), sample(normal, 2 * seed + 1, 40), seed) for seed in range(400)]
    tree = tree_of(samples[0][0][0])
    rejected = sum(compare_samples(tree, mine, yours, seed, tests=4) is not None for mine, yours, seed in samples)
    assert 400 - most_rejections(400, 0.95) <= rejected <= most_rejections(400, 0.05)


def test_keys_have_to_differ_and_nothing_else() -> None:
    """Keys derived in another way were rejected, or one key returned twice, or for every input, was accepted."""
    keys = lambda r: r.integers(0, 2**32, (2, 2), np.uint32)  # noqa: E731
    derived = lambda r: np.stack([np.zeros(2, np.uint32), r.integers(0, 2**32, 2, np.uint32)], axis=1)  # noqa: E731
    assert against(keys, keys, keys=True) is None
    assert against(keys, derived, keys=True) is None
    twin = against(keys, key_twice, keys=True)
    assert twin is not None
    assert (twin.what, twin.axis) == ("dependence", 0)
    fixed = against(keys, lambda r: np.array([[0, 1], [0, 2]], np.uint32), keys=True)
    assert fixed is not None
    assert fixed.what == "repeats"


def test_the_decision_depends_on_results_and_seed_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """A verdict could not be reproduced, or stopping early changed it."""
    expected, got = sample(normal, 1, 64), sample(lambda r: normal(r) * F32(1.15), 2, 64)
    tree = tree_of(expected[0])
    first = compare_samples(tree, expected, got, -4)
    assert first is not None
    monkeypatch.setattr(statistics, "_BLOCK", PERMUTATIONS)
    monkeypatch.setattr(statistics, "_FIRST", PERMUTATIONS)
    assert compare_samples(tree, expected, got, -4) == first


@dataclass(frozen=True)
class Recipe:
    """Two samples of up to three leaves, some of them constant.

    Attributes:
        entries: the leaves.
        fixed: which of them are constant.
        sizes: results on either side.
        seed: of the values.
    """

    entries: tuple[Leaf, ...]
    fixed: tuple[bool, ...]
    sizes: tuple[int, int]
    seed: int

    def make(self) -> tuple[Tree, list[Result], list[Result]]:
        random = np.random.default_rng(self.seed)
        constants = [
            _any_array(entry, random) if same else None for entry, same in zip(self.entries, self.fixed, strict=True)
        ]
        parts = list(zip(self.entries, constants, strict=True))
        expected, got = (
            [[_any_array(entry, random) if array is None else array for entry, array in parts] for _ in range(size)]
            for size in self.sizes
        )
        return Node("tuple", self.entries), expected, got


@st.composite
def recipes(draw: st.DrawFn) -> Recipe:
    shapes = st.just((30, 20)) | st.lists(st.integers(0, 4), max_size=4).map(tuple)
    leaf = st.builds(Leaf, st.sampled_from([*DTYPES, KEY]), shapes)
    entries = draw(st.lists(leaf, max_size=3).map(tuple))
    fixed = tuple(draw(st.booleans()) for _ in entries)
    sizes = draw(st.integers(0, 12)), draw(st.integers(0, 12))
    return Recipe(entries, fixed, sizes, draw(st.integers(0, 2**32)))


def _any_array(entry: Leaf, random: np.random.Generator) -> Array:
    """Any bits, NaN, infinities, the largest and the smallest numbers among them; or few values that repeat."""
    stored = entry.storage
    dtype = DTYPES[stored.dtype]
    if stored.dtype == "bool" or random.random() < 0.3:
        return random.integers(0, 2, stored.shape).astype(dtype)
    count = math.prod(stored.shape)
    return np.frombuffer(random.bytes(count * dtype.itemsize), dtype).reshape(stored.shape)


@settings(max_examples=150, deadline=None)
@given(recipes(), st.integers())
def test_no_results_raise(recipe: Recipe, seed: int) -> None:
    """Comparing results of some dtype or shape, or explaining their difference, raised or warned."""
    tree, expected, got = recipe.make()
    divergence = compare_samples(tree, expected, got, seed)
    if divergence is not None:
        assert explain_divergence(divergence)
        assert divergence.p <= RATE


@settings(max_examples=100, deadline=None)
@given(recipes(), st.integers())
def test_any_sample_equals_itself_in_another_order(recipe: Recipe, seed: int) -> None:
    """Results of some dtype or shape were rejected against the same results."""
    tree, expected, _ = recipe.make()
    assert compare_samples(tree, expected, expected[::-1], seed) is None


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.sampled_from(sorted(HONEST)), st.integers(0, 2**32), st.integers(2, 60), st.integers(2, 60))
def test_exchangeable_parts_of_one_sample_are_alike(name: str, seed: int, first: int, second: int) -> None:
    """Parts of one sample, which nobody could tell apart, were told apart."""
    drawn = sample(HONEST[name][0], seed, first + second)
    assert compare_samples(tree_of(drawn[0]), drawn[:first], drawn[first:], seed) is None
