"""Outputs of programs that were evaluated before, so that identical programs are evaluated once.

What is remembered is what a vetted program returned for one value set, under a key made here, on the trusted side: the
hash of the bytes that were vetted, a digest of the values, the versions, flags and device that computed it, and the
limits that it kept. Never remembered: failures, limits that were reached, and timings.

Invariant: a program that is not evaluated gets the outputs that it would get if it were. Why a learner cannot break it:

- Nothing that a tracer says is stored or is part of a key. Whoever wants to change what another submission gets has to
  send the same program on the same values, and then those are its outputs. Source rules, counts, comparison and
  pitfalls are done for every submission.
- Outputs are kept only if the whole job was evaluated without a failure, once it has ended: an evaluator that a program
  has damaged and that dies of it leaves nothing. (One damaged without a sign would be wrong for its other programs with
  or without a cache; what the vetter lets through is why there should be none.) Memory that is short makes a program
  fail, and so be forgotten; it does not change what one returns.
- Programs with custom calls are never kept: some LAPACK kernels leave an output unwritten, and what lies there differs.
  What is left is deterministic, for the vetter refuses hidden random state (``rng``): up to the order of sums, where an
  evaluation is as good as the next.
- A time limit is for all programs of a job together, and what comes from the cache takes no time. So a program is kept
  only if it took less than its share of a quarter of that limit: what a submission can save by sending its programs one
  by one is less than that quarter, and one that reached a limit leaves nothing that would let it pass the next time.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from sandbox import arrays
from sandbox import tree as trees
from sandbox.arrays import Array
from sandbox.jobs import Evaluated, Failed, GradeEvent, GradeJob, Vetted
from sandbox.tree import Leaf, Tree

#: Part of every key: another number makes what is stored unreachable, should evaluating ever change.
_FORMAT = 1
#: Share of a job's time for evaluating that all programs which are kept may have taken together.
_SHARE = 0.25

Values = tuple[Array, ...]


class OutputCache(Protocol):
    """Outputs by key. Safe to use from several threads; a fault of its own is a miss, never an exception.

    Attributes:
        hits: how often outputs were found since it was opened.
        misses: how often they were not.
    """

    hits: int
    misses: int

    def get(self, key: str) -> Sequence[Array] | None:
        """The outputs under ``key``, or None."""

    def put(self, key: str, outputs: Sequence[Array]) -> None:
        """Keep ``outputs`` under ``key``, a SHA-256 in hexadecimal, for as long as there is room."""


class MemoryCache:
    """An ``OutputCache`` that ends with its process; what was used longest ago goes first."""

    def __init__(self, capacity: int) -> None:
        """Keep up to ``capacity`` bytes."""
        self.hits = self.misses = 0
        self._capacity = capacity
        self._size = 0
        self._blobs: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> Sequence[Array] | None:
        """The outputs under ``key``, read-only, or None."""
        with self._lock:
            blob = self._blobs.get(key)
            if blob is None:
                self.misses += 1
                return None
            self.hits += 1
            self._blobs.move_to_end(key)
        return arrays.loads(blob)

    def put(self, key: str, outputs: Sequence[Array]) -> None:
        """Keep ``outputs``; what is larger than the whole cache is not kept."""
        blob = arrays.dumps(outputs)
        with self._lock:
            self._size -= len(self._blobs.pop(key, b""))
            if len(blob) > self._capacity:
                return
            self._blobs[key] = blob
            self._size += len(blob)
            while self._size > self._capacity:
                _, oldest = self._blobs.popitem(last=False)
                self._size -= len(oldest)


class JobMemory:
    """What one job takes from a cache and leaves in it."""

    def __init__(self, cache: OutputCache | None, job: GradeJob, computing: Callable[[], Mapping[str, str]]) -> None:
        """Start with nothing to keep.

        Args:
            cache: None, or a job that wants to be fresh, evaluates everything and keeps nothing.
            job: whose programs are evaluated.
            computing: tells what evaluates them: versions, flags and device; ``device`` is empty while it is unknown.
        """
        self._cache = None if job.fresh else cache
        self._job = job
        self._computing = computing
        self._keys: dict[int, list[str]] = {}
        self._heard: dict[int, list[Evaluated]] = {}
        self._failed = False

    def known(self, vetted: Vetted) -> Mapping[int, Values]:
        """Outputs of a program by the number of their value set, as far as they are known."""
        computing = self._computing()
        if self._cache is None or vetted.custom_calls or not computing["device"]:
            return {}
        inputs = self._job.signatures[vetted.signature].inputs
        keys = [key(vetted.artifact, values, self._job, computing) for values in inputs]
        self._keys[vetted.signature] = keys
        found = ((draw, self._cache.get(name)) for draw, name in enumerate(keys))
        return {
            draw: tuple(outputs) for draw, outputs in found if outputs is not None and _fits(outputs, vetted.returns)
        }

    def note(self, event: GradeEvent) -> None:
        """See what the evaluators made of a program: an event that is told to the judge."""
        if isinstance(event, Failed):
            self._failed = True
        if isinstance(event, Evaluated) and not event.cached:
            self._heard.setdefault(event.signature, []).append(event)

    def keep(self) -> None:
        """Leave in the cache what was evaluated, unless anything failed."""
        if self._failed or self._cache is None:
            return
        for signature, keys in self._keys.items():
            heard = self._heard.get(signature, [])
            taken = max((event.compile_ms for event in heard), default=0.0) + sum(event.run_ms for event in heard)
            if taken > 1000 * allowance(self._job):
                continue
            for event in heard:
                self._cache.put(keys[event.draw], event.outputs)


def allowance(job: GradeJob) -> float:
    """Seconds that a program of ``job`` may take to compile and run if its outputs are to be kept."""
    return _SHARE * job.limits.evaluate_seconds / len(job.signatures)


def key(artifact: str, inputs: Sequence[Array], job: GradeJob, computing: Mapping[str, str]) -> str:
    """SHA-256, in hexadecimal, of everything that the outputs of a program depend on.

    Args:
        artifact: SHA-256 of the vetted program.
        inputs: one value set.
        job: whose limits and settings the program keeps.
        computing: what evaluates it.
    """
    parts = {
        "format": _FORMAT,
        "artifact": artifact,
        "inputs": arrays.digest(inputs),
        "x64": job.x64,
        "platform": job.platforms[-1],
        "memory": job.limits.memory,
        "seconds": job.limits.evaluate_seconds,
        "computing": dict(computing),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _fits(outputs: Sequence[Array], returns: Tree) -> bool:
    """Whether these can be a program's outputs: what is stored may have been exchanged."""
    stored = [Leaf(arrays.dtype_name(output.dtype), output.shape) for output in outputs]
    return stored == [leaf.storage for _, leaf in trees.leaves(returns)]
