"""The keys from which random results are computed, and the value sets that they make of a case's.

Every value set of a case is evaluated on many keys in place of its own: at publication for the reference, at judging
for a submission. Invariant: keys depend on the problem's seed, the case, the value set and the side alone, so that a
verdict can be reproduced; no two are related, and the two sides share none (any two 64-bit keys of 2048 are equal with
a probability below 1e-12).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Literal, Protocol

import numpy as np

from app.problems.case import Values
from app.problems.model import Problem
from sandbox import tree as trees
from sandbox.entries import Call
from sandbox.tree import Node

#: Whose results: the reference's, as they are stored, or a submission's.
Side = Literal["reference", "submission"]
#: Bytes of all random results of a problem's reference, which are stored.
MAX_SAMPLES = 64 << 20
#: Bytes that one random result of a submission may have in any case, so that one of another type is told by its type.
_SMALL = 256 << 10


class SampledCase(Protocol):
    """What sampling needs to know of a case, published or on its way."""

    @property
    def name(self) -> str:
        """The author's name for it."""

    @property
    def call(self) -> Call:
        """What is called."""

    @property
    def arguments(self) -> Node:
        """The types it is called with."""

    @property
    def inputs(self) -> Sequence[Values]:
        """Its value sets."""


def is_sampled(problem: Problem, call: Call) -> bool:
    """Whether results of this call are random."""
    return problem.statistics is not None and call.entry == problem.statistics.entry


def value_sets(problem: Problem, case: SampledCase, draw: int, side: Side) -> list[Values]:
    """What a value set of a case is evaluated on: itself, or itself with each of many keys."""
    values = case.inputs[draw]
    if problem.statistics is None or not is_sampled(problem, case.call):
        return [values]
    parameter = case.call.parameters.index(problem.statistics.key)
    place = sum(len(trees.leaves(tree)) for tree in case.arguments.children[:parameter])
    keys = _words(problem, case, draw, side, 2 * problem.statistics.keys).reshape(-1, 2)
    return [(*values[:place], key, *values[place + 1 :]) for key in keys]


def seed_of(problem: Problem, case: SampledCase, draw: int) -> int:
    """Seed of the statistical test of one value set."""
    first, second = map(int, _words(problem, case, draw, "test", 2))
    return first << 32 | second


def most_bytes(problem: Problem, cases: Sequence[SampledCase], side: Side) -> int:
    """Bytes that one random result may have: the reference's have no more than ``MAX_SAMPLES`` in all."""
    sets = sum(len(case.inputs) for case in cases if is_sampled(problem, case.call))
    share = MAX_SAMPLES // max(1, sets * (problem.statistics.keys if problem.statistics else 1))
    return share if side == "reference" else max(share, _SMALL)


def _words(problem: Problem, case: SampledCase, draw: int, purpose: Side | Literal["test"], count: int) -> np.ndarray:
    """Pseudo-random 32-bit words: of a hash, since generators may change with NumPy's version."""
    named = f"{problem.cases.seed}\0{case.call.entry}\0{case.name}\0{draw}\0{purpose}"
    return np.frombuffer(hashlib.shake_256(named.encode()).digest(4 * count), "<u4").astype(np.uint32)
