"""What the flags that programs are compiled with save, against JAX's own: ``make bench-compiling``.

Programs are those of the shipped problems' references at every signature of their cases. Each is compiled and run on
its value sets three times, in the order of chance: with JAX's own flags, optimised, and as the evaluator does it, all
with the instructions that the evaluator's process is limited to. Told are processor seconds for compiling and seconds
for running, and how many programs return other bits than optimised.

The only numbers that mean something elsewhere are the ratios.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from app.problems.folder import read
from app.problems.model import Problem
from app.problems.plan import grade_job, plan
from app.problems.publishing.publish import publish_cases
from app.settings import SHIPPED_PROBLEMS
from sandbox.arrays import Array
from sandbox.inside import flags
from sandbox.jobs import Sandbox, Vetted
from sandbox.local import LocalSandbox


@dataclass(frozen=True)
class _Program:
    """A vetted program and the value sets that it is run on."""

    program: bytes
    inputs: tuple[Sequence[Array], ...]


def main() -> None:
    """Collect the programs, measure them in a process of their own, print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--problems", type=int, default=16, help="how many, drawn at random")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    folders = sorted(path.parent for path in Path(SHIPPED_PROBLEMS).glob("*/problem.toml"))
    chosen = random.Random(asked.seed).sample(folders, min(asked.problems, len(folders)))
    sandbox = LocalSandbox()
    try:
        programs = [program for folder in chosen for program in _programs(folder, sandbox)]
    finally:
        sandbox.close()
    with get_context("spawn").Pool(1) as pool:  # flags are read once by each process
        print(pool.apply(_measured, (programs, asked.seed)))


def _programs(folder: Path, sandbox: Sandbox) -> Iterator[_Program]:
    problem = read(folder)
    assert isinstance(problem, Problem), problem
    if problem.mode == "eager":
        return
    planned = plan(problem, publish_cases(problem, sandbox).cases, ())
    for event in sandbox.grade(grade_job(problem, problem.reference, planned)):
        if isinstance(event, Vetted) and not event.custom_calls:
            yield _Program(event.program, planned.signatures[event.signature].inputs)


def _measured(programs: Sequence[_Program], seed: int) -> str:
    """The table. JAX starts here, with the flags of an evaluator's process."""
    from sandbox.inside.evaluate import Evaluator  # noqa: PLC0415 - imports JAX, which starts in this process alone

    evaluator = Evaluator("cpu")
    prepare = flags.prepare
    ways: dict[str, Callable[..., dict[str, Any]]] = {
        "JAX's own": lambda *_, **__: {},
        "optimised": lambda module, platform, **_: prepare(module, platform, optimised=True),
        "as evaluated": lambda module, platform, **_: prepare(module, platform, optimised=False),
    }
    compiling, running = dict.fromkeys(ways, 0.0), dict.fromkeys(ways, 0.0)
    differing = 0
    order = random.Random(seed)
    for number, each in enumerate([programs[0], *programs]):
        found = {}
        for way in order.sample([*ways], len(ways)):
            flags.prepare = ways[way]
            evaluator.executables.clear()
            start = time.process_time()
            executable, _ = evaluator.compiled(each.program)
            spent = time.process_time() - start
            results = [evaluator.run(executable, list(values)) for values in each.inputs]
            found[way] = [[output.tobytes() for output in outputs] for outputs, _ in results]
            if number:  # the first is for warming up
                compiling[way] += spent
                running[way] += sum(milliseconds for _, milliseconds in results) / 1000
        differing += bool(number) and found["optimised"] != found["as evaluated"]
    own = compiling["JAX's own"]
    lines = [f"{len(programs)} programs, {differing} of which return other bits than optimised"]
    lines += [
        f"{way:>12}: compiling {compiling[way]:6.2f} s of a processor ({compiling[way] / own:.2f} of JAX's own), "
        f"running {running[way]:5.2f} s"
        for way in ways
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
