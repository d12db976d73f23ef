"""What share of a verdict's time the judge itself takes: ``make bench-judging``.

Compare, rules and records are trusted code in the service's own process, beside which sandboxes could work; they are to
take less than a twentieth of a verdict. Measured is all that ``judge`` does while it does not wait for the sandbox, and
writing the report down; the vetted program of an author's ``compare.py`` runs in the sandbox, and is told by itself.
Every submission is a program that no cache has seen.

The only number that means something elsewhere is the share.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.attempts.delivery import storable
from app.judge.events import Judged
from app.judge.judge import judge
from app.problems.folder import read
from app.problems.model import Problem
from app.problems.published import Published, loads
from app.problems.publishing.publish import publish
from benchmarks.shared import PROBLEM, SOURCE
from sandbox.around import Around
from sandbox.jobs import (
    Evaluated,
    EvaluateJob,
    Failed,
    GradeEvent,
    GradeJob,
    Sandbox,
    never,
)
from sandbox.local import LocalSandbox
from tests.judge import small

_DROPOUT = "import jax\n\n\ndef random_dropout(key, x):\n    kept = jax.random.uniform(key, x.shape) > 0.5\n"


@dataclass(frozen=True)
class _Kind:
    """Submissions of one kind.

    Attributes:
        problem: slug: of a shipped problem or of one of the judge's tests.
        verdict: what they get.
        source: theirs; ``{k}`` makes each another program and changes no value.
    """

    problem: str
    verdict: str
    source: str


_KINDS = {
    "ordinary": _Kind(PROBLEM, "accepted", SOURCE),
    "ordinary, wrong": _Kind(PROBLEM, "wrong_answer", SOURCE.replace("[way_a, way_b]", "[way_a, way_a + 1]")),
    "rule on unrolling": _Kind(
        "loop_may_not_unroll",
        "accepted",
        "import jax\n\n\ndef loop_may_not_unroll(x):\n    x = x * 2.0**{k} / 2.0**{k}\n"
        "    return jax.lax.scan(lambda total, each: (0.5 * total + each,) * 2, 0.0, x)[1]\n",
    ),
    "rule on work": _Kind(
        "limited_work", "accepted", "def limited_work(x):\n    return (x * 2.0**{k}) @ x / 2.0**{k}\n"
    ),
    "random": _Kind("random_dropout", "accepted", _DROPOUT + "    return x * 2.0**{k} * kept / 2.0 ** ({k} - 1)\n"),
    "random, wrong": _Kind("random_dropout", "wrong_answer", _DROPOUT + "    return x * 2.0**{k} * kept / 2.0**{k}\n"),
    "eager": _Kind("eager_mask", "accepted", "def eager_mask(x):\n    return x[x * 2.0**{k} > 0]\n"),
    "compare.py": _Kind(
        "eigenvectors_up_to_sign",
        "accepted",
        "import jax.numpy as jnp\n\n\ndef eigenvectors_up_to_sign(a):\n"
        "    values, vectors = jnp.linalg.eigh(a * 2.0**{k})\n    return values / 2.0**{k}, -vectors\n",
    ),
}


class _Watched(Around):
    """A sandbox, and the seconds that were spent waiting for it."""

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__(sandbox)
        self.graded = self.compared = 0.0

    def grade(self, job: GradeJob, enough: Callable[[], bool] = never) -> Iterator[GradeEvent]:
        """As the sandbox's."""
        events = super().grade(job, enough)
        while True:
            start = time.perf_counter()
            event = next(events, None)
            self.graded += time.perf_counter() - start
            if event is None:
                return
            yield event

    def evaluate(self, job: EvaluateJob) -> Sequence[Evaluated | Failed]:
        """As the sandbox's."""
        start = time.perf_counter()
        found = super().evaluate(job)
        self.compared += time.perf_counter() - start
        return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", type=int, default=20, help="distinct programs of each kind")
    count = parser.parse_args().programs
    sandbox = LocalSandbox()
    try:
        print(f"{count} distinct programs of each kind\n")
        print(f"{'':20} {'verdict':>10} {'judge':>10} {'share':>8} {'compare.py':>12}")
        for name, kind in _KINDS.items():
            _measure(name, kind, count, sandbox)
    finally:
        sandbox.close()


def _measure(name: str, kind: _Kind, count: int, sandbox: Sandbox) -> None:
    problem = _published(kind.problem, sandbox)
    _verdict(problem, kind, 0, sandbox)  # the first one pays for what is loaded lazily
    found = [_verdict(problem, kind, k, sandbox) for k in range(1, count + 1)]
    whole, own, compared = (statistics.median(times) * 1000 for times in zip(*found, strict=True))
    share = 100 * statistics.median(own / whole for whole, own, _ in found)
    print(f"{name:20} {whole:7.1f} ms {own:7.2f} ms {share:6.2f} % {compared:9.1f} ms")


def _verdict(problem: Published, kind: _Kind, k: int, sandbox: Sandbox) -> tuple[float, float, float]:
    """Seconds of a verdict with its record, of the judge's own work, and of the author's comparison."""
    watched = _Watched(sandbox)
    start = time.perf_counter()
    *_, last = judge(problem, kind.source.format(k=k).encode(), watched)
    assert isinstance(last, Judged)
    json.dumps(storable(last.report.model_dump(mode="json")))
    whole = time.perf_counter() - start
    assert last.report.verdict == kind.verdict, last.report.message
    return whole, whole - watched.graded - watched.compared, watched.compared


def _published(slug: str, sandbox: Sandbox) -> Published:
    with tempfile.TemporaryDirectory() as folder:
        found = read(Path("problems") / slug) if slug == PROBLEM else small.problem(slug, Path(folder))
    assert isinstance(found, Problem), found
    return loads(publish(found, sandbox).dumps())


if __name__ == "__main__":
    main()
