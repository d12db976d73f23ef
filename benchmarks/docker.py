"""How long a verdict takes on the Docker backend, against the local one and a container each: ``make bench-docker``.

Three sides judge right answers to ``equivalent_two_ways`` on the same cases, in turns of one each, because machines are
noisy: the local backend, the Docker backend with warm slots, and what graders commonly do, a container per submission
that imports JAX, calls the function eagerly on every case and compares. All containers are of the same image and run by
the same daemon; the last side's have no hardening but that they lack a network. Both of ours go from submission to the
saved verdict.

Every figure is the median over the turns of a ratio within one turn. The exit status is 1 if one is not what
``SECURITY.md`` and the documentation promise.
"""

from __future__ import annotations

import argparse
import contextlib
import logging
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import docker
import structlog

from app.problems.published import Published
from app.service import open_service
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
from sandbox.docker import connect
from sandbox.walls.image import default_tag

#: Docker's warm slots take at most so many times as long as the local backend's.
MOST_TO_LOCAL = 1.5
#: A container per submission takes at least so many times as long as a warm slot.
LEAST_TO_CONTAINER = 10.0

Side = Callable[[str], float]


def main() -> int:
    """Measure and print; 1 if a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", type=int, default=50, help="distinct programs, and repeats")
    parser.add_argument("--image", default=default_tag(), help="the sandbox's image; this version's own by default")
    options = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        problems = one_problem(folder)
        ours = Settings(data_dir=folder / "local", problems_dir=problems, workers=1)
        local = stack.enter_context(open_service(ours))
        boxed = {"data_dir": folder / "docker", "sandbox": "docker", "docker_image": options.image}
        warm = stack.enter_context(open_service(ours.model_copy(update=boxed)))
        client = stack.enter_context(contextlib.closing(connect()))
        sides: dict[str, Side] = {
            "local": lambda source: verdict(local, source)[0],
            "docker": lambda source: verdict(warm, source)[0],
            "container each": _Containers(client, options.image, folder / "each", published(local)).run,
        }
        print(f"{PROBLEM}: {options.programs} submissions a row; {warm.toolchain['sandbox']}")
        for side in sides.values():
            side(program(0))  # the first one pays for what is loaded lazily
        kept = [_compare(name, sources, sides) for name, sources in rows(options.programs)]
    return 0 if all(kept) else 1


def _compare(name: str, sources: Sequence[str], sides: dict[str, Side]) -> bool:
    seconds: dict[str, list[float]] = {side: [] for side in sides}
    chance = random.Random(7)
    for source in sources:
        for side in chance.sample([*sides], len(sides)):
            seconds[side].append(sides[side](source))
    slower, *slower_spread = ratios(seconds["docker"], seconds["local"])
    faster, *faster_spread = ratios(seconds["container each"], seconds["docker"])
    print(f"\n{name}:")
    for side, figures in seconds.items():
        print(f"  {side:15} {median(figures)}")
    print(f"  docker takes {slower:.2f} times as long as local ({_spread(slower_spread)}; promised: {MOST_TO_LOCAL})")
    print(
        f"  a container each takes {faster:.1f} times as long as docker ({_spread(faster_spread)}; promised: ", end=""
    )
    print(f"{LEAST_TO_CONTAINER:.0f})", flush=True)
    return slower <= MOST_TO_LOCAL and faster >= LEAST_TO_CONTAINER


def _spread(bounds: Sequence[float]) -> str:
    return f"80 % of turns between {bounds[0]:.2f} and {bounds[1]:.2f}"


class _Containers:
    """A container per submission."""

    def __init__(self, client: docker.DockerClient, image: str, folder: Path, problem: Published) -> None:
        self._client = client
        self._image = image
        folder.mkdir()
        folder.chmod(0o755)  # the image's user reads it
        self._folder = folder
        (folder / "baseline.py").write_text(BASELINE)
        write_cases(folder / "cases.npz", problem)

    def run(self, source: str) -> float:
        """Seconds that one submission takes, from source to the end of its container."""
        (self._folder / "submission.py").write_text(source)
        start = time.perf_counter()
        self._client.containers.run(
            self._image,
            entrypoint=["/opt/allclose/python", "-S", "-B"],
            command=["/bench/baseline.py", "/bench/submission.py", "/bench/cases.npz"],
            volumes={str(self._folder): {"bind": "/bench", "mode": "ro"}},
            network_mode="none",
            remove=True,
        )
        return time.perf_counter() - start


if __name__ == "__main__":
    raise SystemExit(main())
