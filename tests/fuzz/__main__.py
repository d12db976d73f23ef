"""``make fuzz``: every harness in a process of its own for a while, coverage-guided; fails on a finding.

``python -m tests.fuzz --seconds N`` runs all of them, ``… NAME`` one, and ``… NAME FILE`` one finding again. What was
reached stays in ``.cache/fuzz/NAME/corpus`` and is gone on from; findings go to ``.cache/fuzz/NAME/findings``.
Invariant: each harness starts from the honest inputs of its ``seeds``.
"""

from __future__ import annotations

import argparse
import importlib
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
HARNESSES = ("frames", "arrays", "trees", "replies", "archives")
#: Seconds and megabytes for one input; the readers under test answer in milliseconds.
_INPUT_SECONDS, _MEMORY = 10, 2048
#: Longest input in bytes: enough for every bound to be crossed, short enough for thousands a second.
_LONGEST = 8192


class Outcome(NamedTuple):
    """What became of one harness: executions, edges reached, and the names of its findings."""

    name: str
    status: int
    executions: str
    edges: str
    findings: list[str]


def main() -> int:
    """Run what the command line names; 0 if there is no finding."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("name", nargs="?", choices=(*HARNESSES, "artifacts"))
    parser.add_argument("finding", nargs="?", type=Path)
    parser.add_argument("--seconds", type=int, default=300)
    options = parser.parse_args()
    if options.name is None:
        return _all(options.seconds)
    if options.name == "artifacts":
        return _artifacts(options.seconds, options.finding)
    if options.finding is not None:
        _harness(options.name).one(options.finding.read_bytes())
        return 0
    _fuzz(options.name, options.seconds)
    return 0


def _harness(name: str) -> ModuleType:
    return importlib.import_module(f"tests.fuzz.fuzz_{name}")


def _artifacts(seconds: int, finding: Path | None) -> int:
    from tests.fuzz import fuzz_artifacts  # noqa: PLC0415 - it loads JAX, which the others do without

    return fuzz_artifacts.again(finding) if finding else fuzz_artifacts.fuzz(seconds, _folder("artifacts", "findings"))


def _folder(name: str, what: str) -> Path:
    folder = ROOT / ".cache" / "fuzz" / name / what
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _fuzz(name: str, seconds: int) -> None:
    """Never returns: the fuzzer ends the process, with status 0 or as its finding demands."""
    import atheris  # noqa: PLC0415 - only `make fuzz` installs it

    with atheris.instrument_imports(include=["sandbox", "app.problems.uploads", "tests.fuzz"]):
        harness = _harness(name)
    corpus = _folder(name, "corpus")
    for number, seed in enumerate(harness.seeds()):
        (corpus / f"seed-{number}").write_bytes(seed)
    arguments = [
        f"-max_total_time={seconds}",
        f"-artifact_prefix={_folder(name, 'findings')}/",
        f"-timeout={_INPUT_SECONDS}",
        f"-rss_limit_mb={_MEMORY}",
        f"-max_len={_LONGEST}",
        "-print_final_stats=1",
        str(corpus),
    ]
    atheris.Setup([sys.argv[0], *arguments], harness.one)
    atheris.Fuzz()


def _all(seconds: int) -> int:
    """Every harness, as many at a time as there are processors."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        outcomes = list(pool.map(lambda name: _one(name, seconds), (*HARNESSES, "artifacts")))
    for outcome in outcomes:
        found = ", ".join(outcome.findings) or ("none" if outcome.status == 0 else f"status {outcome.status}")
        print(f"{outcome.name}: {outcome.executions} executions, {outcome.edges} edges, findings: {found}")  # noqa: T201
    return int(any(outcome.status for outcome in outcomes))


def _one(name: str, seconds: int) -> Outcome:
    command = [sys.executable, "-m", "tests.fuzz", name, "--seconds", str(seconds)]
    known = set(_folder(name, "findings").iterdir())
    log = _folder(name, "log") / "last"
    with log.open("wb") as written:
        status = subprocess.run(command, cwd=ROOT, stdout=written, stderr=subprocess.STDOUT, check=False).returncode
    text = log.read_text(errors="replace")
    executions = re.findall(r"number_of_executed_units: (\d+)|^#(\d+)\s", text, re.MULTILINE)
    edges = re.findall(r"cov: (\d+)", text)
    new = sorted(path.name for path in set(_folder(name, "findings").iterdir()) - known)
    if status:
        print(text[-4000:])  # noqa: T201
    return Outcome(name, status, max(executions[-1]) if executions else "?", edges[-1] if edges else "?", new)


if __name__ == "__main__":
    sys.exit(main())
