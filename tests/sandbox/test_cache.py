"""Outputs that are remembered: what may be, under which key, and that nobody can tell but by the time it took."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sandbox.arrays import Array
from sandbox.jobs import Evaluated, Failed, Failure, GradeEvent, GradeJob, Vetted
from sandbox.local import LocalSandbox
from sandbox.slot import Child, Expired
from sandbox.stages import evaluation
from sandbox.stages.cache import JobMemory, MemoryCache, OutputCache, allowance, key
from sandbox.tree import Leaf
from tests.sandbox.jobs import GOOD, LIMITS, grade_job, vector

COMPUTING = {"jax": "0.10.2", "flags": "jax_enable_x64=1", "device": "one"}
JOB = grade_job(GOOD)
VALUES = (np.arange(3, dtype=np.float32),)


@pytest.fixture(scope="module")
def remembering() -> Iterator[LocalSandbox]:
    """A warm sandbox, whose cache each test replaces."""
    made = LocalSandbox()
    yield made
    made.close()


@pytest.fixture
def cache(remembering: LocalSandbox) -> MemoryCache:
    """An empty cache, which the sandbox uses."""
    made = MemoryCache(1 << 20)
    remembering._cache = made
    return made


def _evaluated(sandbox: LocalSandbox, job: GradeJob) -> list[Evaluated]:
    """The results of a job that must work."""
    events = list(sandbox.grade(job))
    assert not [event for event in events if isinstance(event, Failed)], events
    return [event for event in events if isinstance(event, Evaluated)]


def _cached(sandbox: LocalSandbox, job: GradeJob) -> list[bool]:
    return [event.cached for event in _evaluated(sandbox, job)]


def test_the_same_program_is_evaluated_once_however_it_is_written(
    remembering: LocalSandbox, cache: MemoryCache
) -> None:
    """Two hundred learners who send the textbook's answer would be two hundred compilations."""
    (first,) = _evaluated(remembering, JOB)
    (second,) = _evaluated(remembering, grade_job("# mine\ndef f(values):\n    y = values\n    return y * 2\n"))
    assert (first.cached, second.cached) == (False, True)
    np.testing.assert_array_equal(first.outputs[0], second.outputs[0])
    assert first.run_ms > 0
    assert (second.compile_ms, second.run_ms) == (0.0, 0.0)
    assert (cache.hits, cache.misses) == (1, 1)


@pytest.mark.parametrize(
    "other",
    [
        grade_job("def f(x):\n    return 2 * x + 0 * x\n"),
        grade_job(GOOD, (4,)),
        replace(JOB, signatures=(vector(3, (5.0, 6.0, 7.0)),)),
        replace(JOB, x64=True),
        replace(JOB, limits=replace(LIMITS, memory=LIMITS.memory // 2)),
        replace(JOB, fresh=True),
    ],
    ids=["program", "size", "values", "x64", "memory", "fresh"],
)
def test_another_program_or_input_or_setting_is_evaluated(
    remembering: LocalSandbox, cache: MemoryCache, other: GradeJob
) -> None:
    """A submission would get another one's outputs, or a rule would measure a program that does not run."""
    assert _cached(remembering, JOB) == [False]
    assert _cached(remembering, other) == [False]


def test_a_fresh_job_leaves_nothing(remembering: LocalSandbox, cache: MemoryCache) -> None:
    """What was measured beside other work would be taken for a result of its own."""
    assert _cached(remembering, replace(JOB, fresh=True)) == [False]
    assert _cached(remembering, JOB) == [False]
    assert cache.hits == 0


def test_only_the_value_sets_that_are_missing_are_evaluated(remembering: LocalSandbox, cache: MemoryCache) -> None:
    """A problem with one more value set would be computed whole again, or its results be given to other sets."""
    sets = [np.array([number, 1, 2], np.float32) for number in range(4)]
    signature = vector(3)
    known = replace(signature, inputs=((sets[1],), (sets[3],)))
    _evaluated(remembering, replace(JOB, signatures=(known,)))
    whole = replace(signature, inputs=tuple((values,) for values in sets))
    results = _evaluated(remembering, replace(JOB, signatures=(whole,)))
    # In their order: samples of a distribution are permuted as they come, and the first mismatch of a case is told.
    assert [(event.draw, event.cached) for event in results] == [(0, False), (1, True), (2, False), (3, True)]
    for event in results:
        np.testing.assert_array_equal(event.outputs[0], 2 * sets[event.draw])


def test_results_come_in_the_same_order_as_without_a_cache(remembering: LocalSandbox, cache: MemoryCache) -> None:
    """A hidden case would be judged before the public ones had said what is wrong, and a replay would differ."""
    _evaluated(remembering, grade_job(GOOD, (3, 5)))
    results = _evaluated(remembering, grade_job(GOOD, (2, 3, 4, 5)))
    assert [(event.signature, event.cached) for event in results] == [(0, False), (1, True), (2, False), (3, True)]


def test_an_evaluator_that_dies_takes_nothing_with_it(
    remembering: LocalSandbox, cache: MemoryCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was known would be lost, or told twice, when the programs beside it are tried again alone."""
    _evaluated(remembering, grade_job(GOOD, (3,)))
    listen, deaths = evaluation.Evaluation._listen, [evaluation._Died()]

    def die_once(self: evaluation.Evaluation, child: Child, work: Any, deadline: float) -> None:
        if deaths and deadline == 0:
            raise Expired  # nothing is heard before all programs are on their way
        if deaths:
            raise deaths.pop()
        listen(self, child, work, deadline)

    monkeypatch.setattr(evaluation.Evaluation, "_listen", die_once)
    results = _evaluated(remembering, grade_job(GOOD, (2, 3, 4)))
    assert [(event.signature, event.cached) for event in results] == [(0, False), (1, True), (2, False)]


#: Does not come to an end for more than three numbers.
_ENDLESS = "import jax\ndef f(x):\n    return jax.lax.while_loop(lambda y: y[0] < x.size - 3, lambda y: y - 1, 0 * x)\n"


@pytest.mark.parametrize(
    ("source", "size"),
    [
        ("import jax.numpy as jnp\ndef f(x):\n    return jnp.sort((x[:, None] * x).ravel())[:3]\n", 20_000),
        (_ENDLESS, 4),
    ],
    ids=["memory", "time"],
)
def test_a_limit_is_reached_again_and_leaves_nothing(
    remembering: LocalSandbox, cache: MemoryCache, source: str, size: int
) -> None:
    """A second try would pass, for what the first had finished would take no time; or a fault would stay for ever."""
    job = grade_job(source, (3, size), replace(LIMITS, evaluate_seconds=3))
    for _ in range(2):
        events = list(remembering.grade(job))
        (failed,) = [event for event in events if isinstance(event, Failed)]
        assert failed.failure.limit is not None
        assert not [event for event in events if isinstance(event, Evaluated) and event.cached]
    assert cache.hits == 0


def test_a_program_with_custom_calls_is_evaluated_every_time(remembering: LocalSandbox, cache: MemoryCache) -> None:
    """What a LAPACK kernel left unwritten in one learner's output would be another's."""
    source = "import jax.numpy as jnp\ndef f(x):\n    return jnp.linalg.cholesky(jnp.eye(3) * (x * x + 1))\n"
    assert _cached(remembering, grade_job(source)) == [False]
    assert _cached(remembering, grade_job(source)) == [False]
    assert (cache.hits, cache.misses) == (0, 0)


class _Lying(MemoryCache):
    """Has something for every key, and never what belongs there."""

    def __init__(self, outputs: Sequence[Array]) -> None:
        super().__init__(1 << 20)
        self.outputs = outputs

    def get(self, key: str) -> Sequence[Array] | None:
        del key
        return self.outputs


@pytest.mark.parametrize(
    "outputs",
    [(), (np.zeros(4, np.float32),), (np.zeros(3, np.float64),), (np.zeros(3, np.float32), np.zeros(3, np.float32))],
    ids=["none", "shape", "dtype", "count"],
)
def test_what_cannot_be_the_program_s_is_a_miss(remembering: LocalSandbox, outputs: Sequence[Array]) -> None:
    """An entry that got under a wrong name would end in an exception of ours, or in a wrong verdict."""
    remembering._cache = _Lying(outputs)
    (result,) = _evaluated(remembering, JOB)
    assert not result.cached
    np.testing.assert_array_equal(result.outputs[0], [0, 2, 4])


@pytest.mark.parametrize(
    "other",
    [
        key("b" * 64, VALUES, JOB, COMPUTING),
        key("a" * 64, (np.arange(3, dtype=np.int32),), JOB, COMPUTING),
        key("a" * 64, (np.arange(3, dtype=np.float32).reshape(3, 1),), JOB, COMPUTING),
        key("a" * 64, (np.array([0, 1, 2.5], np.float32),), JOB, COMPUTING),
        key("a" * 64, (*VALUES, *VALUES), JOB, COMPUTING),
        key("a" * 64, VALUES, replace(JOB, x64=True), COMPUTING),
        key("a" * 64, VALUES, replace(JOB, device="gpu"), COMPUTING),
        key("a" * 64, VALUES, replace(JOB, limits=replace(LIMITS, memory=1)), COMPUTING),
        key("a" * 64, VALUES, replace(JOB, limits=replace(LIMITS, evaluate_seconds=1)), COMPUTING),
        key("a" * 64, VALUES, JOB, {**COMPUTING, "jax": "0.10.3"}),
        key("a" * 64, VALUES, JOB, {**COMPUTING, "flags": ""}),
        key("a" * 64, VALUES, JOB, {**COMPUTING, "device": "another"}),
    ],
)
def test_a_key_is_of_everything_that_outputs_depend_on(other: str) -> None:
    """After an upgrade, or on another machine, a learner would be judged by outputs that nothing here computes."""
    mine = key("a" * 64, VALUES, JOB, COMPUTING)
    assert mine == key("a" * 64, (VALUES[0].copy(),), replace(JOB, source="other"), dict(reversed(COMPUTING.items())))
    assert other != mine


def _note(cache: OutputCache, events: Sequence[GradeEvent], device: str = "one") -> None:
    """A job of one program, of which ``events`` are told."""
    memory = JobMemory(cache, JOB, lambda: {**COMPUTING, "device": device})
    vetted = Vetted(0, Leaf("float32", (3,)), "a" * 64, 1, {}, (), {"cpu": "a" * 64})
    assert not memory.known(vetted)
    for event in events:
        memory.note(event)
    memory.keep()


def test_a_program_that_took_long_is_not_kept() -> None:
    """A learner could send slow programs one by one, and pass a time limit that they reach together."""
    cache = MemoryCache(1 << 20)
    kept = key("a" * 64, VALUES, JOB, COMPUTING)
    most = 1000 * allowance(JOB)
    assert most == 1000 * LIMITS.evaluate_seconds / 4
    _note(cache, [Evaluated(0, 0, VALUES, most, 1.0)])
    assert cache.get(kept) is None
    _note(cache, [Evaluated(0, 0, VALUES, most / 2, most / 4)])
    assert cache.get(kept) is not None


def test_nothing_is_kept_of_a_failed_job_or_an_unknown_device() -> None:
    """An evaluator that died would leave what it wrote before, or two GPUs would share their outputs."""
    cache = MemoryCache(1 << 20)
    _note(cache, [Evaluated(0, 0, VALUES, 1.0, 1.0), Failed(Failure("crash", "it died"), 1)])
    _note(cache, [Evaluated(0, 0, VALUES, 1.0, 1.0)], device="")
    assert cache.get(key("a" * 64, VALUES, JOB, COMPUTING)) is None
    assert cache.get(key("a" * 64, VALUES, JOB, {**COMPUTING, "device": ""})) is None


def test_memory_is_bounded_in_bytes_and_forgets_what_was_used_longest_ago() -> None:
    """A long `problem check` would fill the machine's memory, or forget what everybody asks for."""
    room = MemoryCache(4000)
    for name in "abc":
        room.put(name, (np.full(300, ord(name), np.float32),))
    assert room.get("a") is not None
    room.put("d", (np.full(300, 1, np.float32),))
    assert [name for name in "abcd" if room.get(name) is not None] == ["a", "c", "d"]
    room.put("large", (np.zeros(2000, np.float32),))
    assert room.get("large") is None
    room.put("a", (np.zeros(600, np.float32),))
    assert [name for name in "abcd" if room.get(name) is not None] == ["a", "d"]
    assert room._size == sum(map(len, room._blobs.values())) <= 4000
