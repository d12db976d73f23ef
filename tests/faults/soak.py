"""Hostile and honest submissions in a row on one service, and whether it stays as it was: ``make soak``.

The service is a real one in its own process; the hostile half comes from ``tests/hostile``. After every window of
submissions, when nothing runs, it prints what the service holds, and it compares the last quarter of the windows with
the second: the first fills caches and takes the allocator to its high-water mark. Latency is that of honest
submissions, from the row's creation to the saved verdict, with no more submissions at a time than there are workers; it
means something on a machine that does nothing else, which the printed load tells. The exit status is 1 if anything has
grown, or anybody got a wrong verdict.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import docker

from sandbox.docker import connect
from tests import images
from tests.faults import submissions, victims
from tests.faults.service import PROBLEM, RealService
from tests.hostile import corpus

_WINDOWS = 20
_AT_A_TIME = 2
#: One in so many hostile submissions is of those that run into a limit of time; the others end at once.
_SLOW_EVERY = 50
#: What the last quarter may be of the second, and beside that: an evaluator more or less, a page more or less.
_RATIO = {"service MB": 1.1, "sandbox MB": 1.25, "p50 ms": 1.5, "p99 ms": 1.5}
_MORE = {
    "service MB": 16.0,
    "sandbox MB": 600.0,
    "descriptors": 4.0,
    "threads": 4.0,
    "processes": 4.0,
    "containers": 0.0,
}


@dataclass(frozen=True)
class Submission:
    """One submission and the verdicts it may get."""

    problem: str
    source: str
    verdicts: frozenset[str]
    honest: bool


def mixed(count: int, seed: int) -> Iterator[Submission]:
    """``count`` submissions, half of them hostile."""
    chance = random.Random(seed)
    readable = [one for one in corpus.submissions() if _is_text(one)]
    slow = [one for one in readable if "time_limit" in one.outcomes]
    quick = [one for one in readable if "time_limit" not in one.outcomes]
    honest = [kind for kind in submissions.KINDS if kind.verdict in {"accepted", "wrong_answer"}]
    for number in range(count):
        if chance.random() < 1 / 2:
            kind = chance.choices(honest, [kind.weight for kind in honest])[0]
            yield Submission(PROBLEM.name, kind.source(number), frozenset({kind.verdict}), honest=True)
        else:
            one = chance.choice(slow if chance.randrange(_SLOW_EVERY) == 0 else quick)
            # On a busy machine the clock may run out before what else would have ended it.
            verdicts = one.outcomes | {"time_limit"}
            yield Submission(corpus.PROBLEM.name, one.source().decode(), verdicts, honest=False)


def _is_text(one: corpus.Hostile) -> bool:
    """Whether the file can be submitted as JSON, and by its size."""
    try:
        return len(one.source().decode()) < 1 << 16
    except UnicodeDecodeError:
        return False


def main() -> int:
    """Submit, look, print; 1 if something has grown or was judged wrongly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--docker", action="store_true", help="the Docker backend instead of the local one")
    options = parser.parse_args()
    environment = {}
    with contextlib.ExitStack() as stack:
        client = None
        if options.docker:
            environment = {"ALLCLOSE_SANDBOX": "docker", "ALLCLOSE_DOCKER_IMAGE": images.sandbox_image()}
            client = stack.enter_context(contextlib.closing(connect()))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        service = RealService(folder, environment, (PROBLEM, corpus.PROBLEM))
        stack.callback(service.stop)
        service.start()
        return _soak(service, [*mixed(options.count, options.seed)], client)


def _soak(service: RealService, everything: Sequence[Submission], client: docker.DockerClient | None) -> int:
    size = max(_AT_A_TIME, len(everything) // _WINDOWS)
    windows: list[dict[str, float]] = []
    wrong: list[str] = []
    verdicts: Counter[str] = Counter()
    for start in range(0, len(everything), size):
        begun = time.monotonic()
        milliseconds = []
        for submission, told in _judge(service, everything[start : start + size]):
            verdicts[f"{'honest' if submission.honest else 'hostile'} {told['verdict']}"] += 1
            if told["verdict"] not in submission.verdicts:
                wrong.append(f"{sorted(submission.verdicts)} expected: {told['verdict']}, {told['message']}")
            if submission.honest:
                milliseconds.append(_milliseconds(told))
        seconds = time.monotonic() - begun
        windows.append(_look(service, client) | _percentiles(milliseconds) | {"seconds": seconds})
        if len(windows) == 1:
            _say("     done" + "".join(f"{name:>13}" for name in windows[0]))
        _say(f"{start + size:9}" + "".join(f"{value:13.0f}" for value in windows[-1].values()))
    _say(", ".join(f"{verdict} {count}" for verdict, count in verdicts.most_common()))
    return status([*wrong, *grown(windows)])


def _judge(service: RealService, window: Sequence[Submission]) -> Iterator[tuple[Submission, dict[str, object]]]:
    """Every submission with its attempt, once that is done."""
    flying: dict[str, Submission] = {}
    waiting = [*reversed(window)]
    while waiting or flying:
        while waiting and len(flying) < _AT_A_TIME:
            submission = waiting.pop()
            flying[service.submit(submission.source, submission.problem)] = submission
        for attempt in [*flying]:
            told = service.client.get(f"/api/v1/attempts/{attempt}").json()
            if told["state"] == "done":
                yield flying.pop(attempt), told
        time.sleep(0.01)


def _milliseconds(told: dict[str, object]) -> float:
    ended, created = (datetime.fromisoformat(str(told[name])) for name in ("finished_at", "created_at"))
    return (ended - created).total_seconds() * 1000


def _percentiles(milliseconds: Sequence[float]) -> dict[str, float]:
    ordered = sorted(milliseconds) or [0.0]
    return {"p50 ms": statistics.median(ordered), "p99 ms": ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]}


def _look(service: RealService, client: docker.DockerClient | None) -> dict[str, float]:
    """What the service holds once its lanes are warm again."""
    time.sleep(2)
    own = Path(f"/proc/{service.pid}")
    everything = victims.processes()
    below = [*victims.below(service.pid, everything)]
    containers = [] if client is None else victims.containers(client, service.pid)
    if client is not None:
        below += victims.inside(client, containers, everything)
    return {
        "service MB": _resident(service.pid),
        "sandbox MB": sum(_resident(process.number) for process in below),
        "descriptors": len(os.listdir(own / "fd")),  # noqa: PTH208 - a listing of numbers, not of paths
        "threads": len(os.listdir(own / "task")),  # noqa: PTH208
        "processes": len(below),
        "containers": len(containers),
        "load": os.getloadavg()[0],
    }


def _resident(process: int) -> float:
    """Resident megabytes; 0 once it has ended."""
    with contextlib.suppress(OSError):
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
    return 0.0


def status(faults: Sequence[str]) -> int:
    """Say what is wrong; the exit status."""
    for fault in faults:
        _say(f"FAULT: {fault}")
    return 1 if faults else 0


def grown(windows: Sequence[dict[str, float]]) -> Iterator[str]:
    """What is more in the last quarter of the windows than in the second, by their medians."""
    quarter = max(1, len(windows) // 4)
    for name in {**_RATIO, **_MORE}:
        parts = windows[quarter : 2 * quarter] or windows, windows[-quarter:]
        before, after = (statistics.median(window[name] for window in part) for part in parts)
        allowed = max(before * _RATIO.get(name, 1.0), before + _MORE.get(name, 0.0))
        _say(f"{name:12} second quarter {before:8.0f}, last quarter {after:8.0f}, allowed {allowed:8.0f}")
        if after > allowed:
            yield f"{name} has grown from {before:.0f} to {after:.0f}"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
