"""A bounded share of ``make fuzz``: mutants of artifacts, and the harnesses on their own seeds and damage to them."""

from __future__ import annotations

import importlib
import os
import random
from collections import Counter
from collections.abc import Iterator

import pytest

from sandbox.frames import Message
from sandbox.lane import Lane
from tests.fuzz import fuzz_artifacts
from tests.fuzz.__main__ import HARNESSES
from tests.fuzz.bytecode import joined, sections
from tests.fuzz.fuzz_artifacts import Finding, examine, honest, mutants
from tests.fuzz.programs import NAMES, program

#: Where the mutants of this run begin; another number gives others.
_FIRST = int(os.environ.get("ALLCLOSE_FIRST_MUTANT", "20261121"))
#: CI asks for more.
_COUNT = int(os.environ.get("ALLCLOSE_MUTANTS", "100"))


@pytest.fixture(scope="module")
def lane() -> Iterator[Lane]:
    """A lane of its own."""
    made = fuzz_artifacts.open_lane()
    yield made
    made.close()


def test_the_programs_that_mutants_come_from_are_judged(lane: Lane) -> None:
    """Mutants of programs that are refused anyway would prove nothing."""
    assert {mutant.header["program"]: examine(lane, mutant) for mutant in honest()} == dict.fromkeys(NAMES, "evaluated")


@pytest.mark.parametrize("name", NAMES)
def test_sections_are_found_and_joined_again(name: str) -> None:
    """Mutants of sections would be nothing but noise."""
    artifact = program(name).artifact
    head, parts = sections(artifact)
    assert joined(head, parts) == artifact
    assert {0, 2, 4} <= {mark & 0x7F for mark, _, _ in parts}, "names, operations, and attributes"


def test_mutants_are_refused_or_judged(lane: Lane) -> None:
    """A forged artifact would end the evaluator, come out with other types, or be vetted into another one."""
    ends: Counter[str] = Counter()
    examined = 0
    for mutant in mutants(_FIRST, _COUNT):
        try:
            end = examine(lane, mutant)
        except Finding as finding:
            header = mutant.header
            pytest.fail(f"mutant {header['number']} of {header['program']} ({header['how']}): {finding}")
        ends[end.partition(":")[0]] += 1
        examined += 1
    assert examined >= 0.9 * _COUNT, "most mutants can be made"
    assert ends["refused"] >= 0.2 * _COUNT, ends
    assert ends["evaluated"] >= 0.05 * _COUNT, ends
    assert isinstance(fuzz_artifacts.vet(lane, next(honest()), program(NAMES[0]).artifact), Message)


@pytest.mark.parametrize("name", HARNESSES)
def test_the_harnesses_hold_on_their_seeds_and_on_damage(name: str) -> None:
    """A harness that fails on honest input finds nothing, and one that nobody runs rots."""
    harness = importlib.import_module(f"tests.fuzz.fuzz_{name}")
    choice = random.Random(_FIRST)
    seeds = harness.seeds()
    for seed in seeds:
        harness.one(seed)
    for number in range(1000):
        damaged = bytearray(choice.choice(seeds) + choice.choice(seeds))
        for _ in range(choice.randint(0, 8)):
            damaged[choice.randrange(len(damaged))] = choice.randrange(256)
        cut = bytes(damaged[: choice.randrange(len(damaged) + 1)])
        try:
            harness.one(cut)
        except Exception as error:  # noqa: BLE001 - whatever it is, its input is what matters
            pytest.fail(f"input {number} from {_FIRST}, {cut!r}: {error!r}")
