"""How long a verdict takes, against one process per submission: ``make bench``.

Both sides judge right answers to ``equivalent_two_ways`` on the same cases, alternately in one run, because machines
are noisy. The service's side goes from submission to the saved verdict, through both walls. The other side starts a
process that imports JAX, calls the function eagerly on every case and compares shapes and values: what graders commonly
do, without any wall. Distinct programs differ in a constant, so that no compiler's cache has seen them; repeats are one
program.

The only number that means something elsewhere is the ratio.
"""

from __future__ import annotations

import argparse
import logging
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import structlog

from app.attempts import service as attempts
from app.attempts.models import Attempt
from app.problems import store
from app.problems.published import Published
from app.service import Service, open_service
from app.settings import Settings
from sandbox import arrays

PROBLEM = "equivalent_two_ways"

#: ``k`` changes the program and not its value: scaling by a power of two is exact.
SOURCE = """
import jax
import jax.numpy as jnp

SCALE = 2.0 ** {k}


def per_example_loss(w, x):
    return (w * x * SCALE) ** 2 / SCALE**2


def equivalent_two_ways(w, x_batch):
    way_a = jax.vmap(jax.grad(per_example_loss), in_axes=(None, 0))(w, x_batch).sum()
    way_b = jax.grad(lambda w: jax.vmap(per_example_loss, in_axes=(None, 0))(w, x_batch).sum())(w)
    return jnp.array([way_a, way_b])
"""

#: What the other side's process runs: the same checks on the same values, eagerly.
BASELINE = """
import importlib.util, sys
import jax.numpy as jnp
import numpy as np
import structlog

spec = importlib.util.spec_from_file_location("submission", sys.argv[1])
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
cases = np.load(sys.argv[2])
for number in range(len(cases.files) // 3):
    w, x, expected = (cases[f"{name}{number}"] for name in ("w", "x", "expected"))
    got = np.asarray(module.equivalent_two_ways(jnp.asarray(w), jnp.asarray(x)))
    assert got.shape == expected.shape and got.dtype == expected.dtype
    assert np.allclose(got, expected, rtol=3e-6, atol=1e-7), number
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", type=int, default=50, help="distinct programs, and repeats")
    count = parser.parse_args().programs
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder) / "data", workers=1)
        with open_service(settings) as service:
            published = _published(service)
            baseline = _Baseline(Path(folder), published)
            shapes = {str(case.arguments) for case in published.cases}
            values = sum(len(case.inputs) for case in published.cases)
            print(f"{PROBLEM}: {len(shapes)} signatures, {values} value sets; {count} submissions a row")
            _verdict(service, SOURCE.format(k=0))  # the first one pays for what is loaded lazily
            for name, sources in (
                ("distinct programs", [SOURCE.format(k=k) for k in range(1, count + 1)]),
                ("repeats", [SOURCE.format(k=0)] * count),
            ):
                _compare(name, sources, service, baseline)


def _compare(name: str, sources: Sequence[str], service: Service, baseline: _Baseline) -> None:
    ours, theirs, stages = [], [], []
    for source in sources:
        seconds, timings = _verdict(service, source)
        ours.append(seconds)
        theirs.append(baseline.run(source))
        stages.append({**timings, "deliver and store": seconds * 1000 - timings["total"]})
    ratio = statistics.median(theirs) / statistics.median(ours)
    spread = sorted(slow / quick for slow, quick in zip(theirs, ours, strict=True))
    low, high = spread[len(spread) // 10], spread[-1 - len(spread) // 10]
    print(f"\n{name}: {ratio:.1f} times faster than a process each (80 % of pairs between {low:.1f} and {high:.1f})")
    print(f"  verdict  {_median(ours)}\n  process  {_median(theirs)}")
    _print_stages(stages)


def _median(seconds: Sequence[float]) -> str:
    quick, middle, slow = (value * 1000 for value in statistics.quantiles(seconds, n=4))
    return f"median {middle:.0f} ms, middle half {quick:.0f} to {slow:.0f} ms"


def _print_stages(stages: Sequence[Mapping[str, float]]) -> None:
    medians = {name: statistics.median(timings.get(name, 0.0) for timings in stages) for name in stages[0]}
    whole = medians.pop("total") + medians["deliver and store"]
    print("  share of a verdict's time (compiling and running overlap with tracing, so shares may add up to more):")
    for name, value in medians.items():
        print(f"    {name:18} {value:7.1f} ms  {100 * value / whole:5.1f} %")


def _verdict(service: Service, source: str) -> tuple[float, dict[str, float]]:
    """Seconds from submission to the saved verdict, and the report's own timings in milliseconds."""
    start = time.perf_counter()
    with service.database.write() as session:
        number = attempts.submit(session, "grade", PROBLEM, source.encode()).id
    service.engine.notify()
    while True:
        with service.database.read() as session:
            attempt = session.get_one(Attempt, number)
            if attempt.state == "done":
                seconds = time.perf_counter() - start
                assert attempt.verdict == "accepted", attempt.message
                assert attempt.report is not None
                return seconds, attempt.report["timings_ms"]
        time.sleep(0.001)


def _published(service: Service) -> Published:
    with service.database.read() as session:
        return service.workplace.published(store.current(session, PROBLEM).id)


class _Baseline:
    """A process per submission."""

    def __init__(self, folder: Path, published: Published) -> None:
        self._script = folder / "baseline.py"
        self._script.write_text(BASELINE)
        self._cases = folder / "cases.npz"
        self._submission = folder / "submission.py"
        values: dict[str, arrays.Array] = {}
        for case in published.cases:
            for inputs, outputs in zip(case.inputs, case.outputs, strict=True):
                number = len(values) // 3
                values |= {f"w{number}": inputs[0], f"x{number}": inputs[1], f"expected{number}": outputs[0]}
        np.savez(self._cases, **values)  # type: ignore[arg-type]

    def run(self, source: str) -> float:
        """Seconds that one submission takes."""
        self._submission.write_text(source)
        start = time.perf_counter()
        subprocess.run([sys.executable, self._script, self._submission, self._cases], check=True)
        return time.perf_counter() - start


if __name__ == "__main__":
    main()
