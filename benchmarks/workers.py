"""How many verdicts a second several workers give, against one: ``make bench-workers``.

One PostgreSQL server, one submitter, and 1, 2, 4 … processes of ``allclose worker`` with one slot each, up to twice the
cores. Every round is the same distinct programs for each number of workers, in turns, because machines are noisy. The
figures are medians over the rounds of the ratio to one worker in the same round. The exit status is 1 if a second
worker brings less than ``LEAST`` on a machine with two cores or more, or if further ones take anything away.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from app.attempts import service as attempts
from app.database import migrate
from app.database.db import Database
from benchmarks.shared import PROBLEM, one_problem, program
from tests import postgres

#: What a second worker brings at least. One alone keeps more than one core busy: it traces while it evaluates.
LEAST = 1.1
#: What further ones may take away by mere noise.
_NOISE = 0.9

_WORK = [sys.executable, "-c", "from app.cli import main; main()", "worker", "--slots", "1"]


def main() -> int:
    """Measure and print; 1 if a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", type=int, default=40, help="submissions for each number of workers and round")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    cores = len(os.sched_getaffinity(0))
    counts = [count for count in (1, 2, 4, 8, 16, 32) if count <= 2 * cores]
    found: dict[int, list[float]] = {count: [] for count in counts}
    with tempfile.TemporaryDirectory() as folder, postgres.running() as cluster:
        one_problem(Path(folder))
        for round_number in range(options.rounds):
            for count in counts:
                with _workers(Path(folder), cluster.new(), count) as database:
                    found[count].append(_throughput(database, options.programs, round_number))
                print(
                    f"  round {round_number + 1}: {count} workers, {found[count][-1]:.2f} verdicts a second", flush=True
                )
    return 0 if _judge(found, cores) else 1


def _judge(found: dict[int, list[float]], cores: int) -> bool:
    ratios = {
        count: statistics.median(many / one for many, one in zip(speeds, found[1], strict=True))
        for count, speeds in found.items()
    }
    print(f"{PROBLEM}, {cores} cores:")
    for count, ratio in ratios.items():
        print(f"  {count} workers: {statistics.median(found[count]):.2f} verdicts a second, {ratio:.2f} times one's")
    more = [ratio for count, ratio in ratios.items() if count > 1]
    return cores < 2 or (more[0] >= LEAST and min(more) >= _NOISE * more[0])


@contextlib.contextmanager
def _workers(folder: Path, url: str, count: int) -> Iterator[Database]:
    """So many workers on a new database, warm and waiting."""
    environment = {
        **os.environ,
        "ALLCLOSE_DATABASE_URL": url,
        "ALLCLOSE_DATA_DIR": str(folder / "data"),
        "ALLCLOSE_PROBLEMS_DIR": str(folder / "problems"),
        "ALLCLOSE_CACHE_MB": "0",
    }
    with closing(Database(url)) as database:
        migrate.upgrade(database)
        started = [
            subprocess.Popen(_WORK, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            for _ in range(count)
        ]
        try:
            for process in started:
                assert process.stdout is not None
                assert process.stdout.readline().startswith("allclose works"), "a worker does not start"
            _throughput(database, 2 * count, -1)  # the first ones pay for what is loaded lazily
            yield database
        finally:
            for process in started:
                process.terminate()
            for process in started:
                process.wait()


def _throughput(database: Database, programs: int, round_number: int) -> float:
    """Verdicts a second on programs that nobody has seen."""
    first = 1 + (round_number + 1) * programs
    begun = time.perf_counter()
    with database.write() as session:
        for number in range(first, first + programs):
            attempts.submit(session, None, attempts.Submitted("grade", PROBLEM, program(number).encode()))
    while True:
        with database.read() as session:
            left = session.execute(text("SELECT count(*) FROM attempts WHERE state != 'done'")).scalar_one()
        if not left:
            break
        time.sleep(0.02)
    seconds = time.perf_counter() - begun
    with database.read() as session:
        wrong = session.execute(text("SELECT count(*) FROM attempts WHERE verdict != 'accepted'")).scalar_one()
    assert wrong == 0, f"{wrong} were not accepted"
    return programs / seconds


if __name__ == "__main__":
    raise SystemExit(main())
