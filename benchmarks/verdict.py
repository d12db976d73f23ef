"""How long a verdict takes, against one process per submission: ``make bench``.

Both sides judge right answers to ``equivalent_two_ways`` on the same cases, alternately in one run, because machines
are noisy. The service's side goes from submission to the saved verdict, through both walls. The other side starts a
process that imports JAX, calls the function eagerly on every case and compares shapes and values: what graders commonly
do, without any wall. Distinct programs differ in a constant, so that no compiler's cache has seen them; repeats are one
program, which is evaluated once.

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

import structlog

from app.problems.published import Published
from app.service import Service, open_service
from app.settings import Settings
from benchmarks.shared import (
    BASELINE,
    PROBLEM,
    median,
    one_problem,
    program,
    published,
    ratios,
    rows,
    verdict,
    write_cases,
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", type=int, default=50, help="distinct programs, and repeats")
    count = parser.parse_args().programs
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder) / "data", problems_dir=one_problem(Path(folder)), workers=1)
        with open_service(settings) as service:
            problem = published(service)
            baseline = _Baseline(Path(folder), problem)
            shapes = {str(case.arguments) for case in problem.cases}
            values = sum(len(case.inputs) for case in problem.cases)
            print(f"{PROBLEM}: {len(shapes)} signatures, {values} value sets; {count} submissions a row")
            verdict(service, program(0))  # the first one pays for what is loaded lazily
            for name, sources in rows(count):
                _compare(name, sources, service, baseline)


def _compare(name: str, sources: Sequence[str], service: Service, baseline: _Baseline) -> None:
    ours, theirs, stages = [], [], []
    for source in sources:
        seconds, timings = verdict(service, source)
        ours.append(seconds)
        theirs.append(baseline.run(source))
        told = {name: milliseconds for name, milliseconds in timings.items() if name != "total"}
        stages.append({**told, "all else": seconds * 1000 - sum(told.values())})
    ratio = statistics.median(theirs) / statistics.median(ours)
    _, low, high = ratios(theirs, ours)
    print(f"\n{name}: {ratio:.1f} times faster than a process each (80 % of pairs between {low:.1f} and {high:.1f})")
    print(f"  verdict  {median(ours)}\n  process  {median(theirs)}")
    _print_stages(stages)


def _print_stages(stages: Sequence[Mapping[str, float]]) -> None:
    medians = {name: statistics.median(timings.get(name, 0.0) for timings in stages) for name in stages[0]}
    whole = sum(medians.values())
    print("  share of a verdict's time (compiling overlaps; all else is to run, compare, deliver, store):")
    for name, value in medians.items():
        print(f"    {name:18} {value:7.1f} ms  {100 * value / whole:5.1f} %")


class _Baseline:
    """A process per submission."""

    def __init__(self, folder: Path, problem: Published) -> None:
        self._script = folder / "baseline.py"
        self._script.write_text(BASELINE)
        self._cases = folder / "cases.npz"
        self._submission = folder / "submission.py"
        write_cases(self._cases, problem)

    def run(self, source: str) -> float:
        """Seconds that one submission takes."""
        self._submission.write_text(source)
        start = time.perf_counter()
        subprocess.run([sys.executable, self._script, self._submission, self._cases], check=True)
        return time.perf_counter() - start


if __name__ == "__main__":
    main()
