"""What the benchmarks share: one problem, programs that no compiler's cache has seen, and the way to a verdict.

Invariant: a verdict is measured from the submission to the saved row, by the same code path that the API takes.
"""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from app.attempts import service as attempts
from app.attempts.models import Attempt
from app.problems import store
from app.problems.published import Published
from app.service import Service
from app.settings import SHIPPED_PROBLEMS
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

#: Of these powers, their squares times what the cases hold are finite and normal in float32.
_LARGEST = 45

#: What the other side's process runs: the same checks on the same values, eagerly.
BASELINE = """
import importlib.util, sys
import jax.numpy as jnp
import numpy as np

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


def rows(count: int) -> tuple[tuple[str, list[str]], ...]:
    """What is submitted: ``count`` distinct programs, and one program as often."""
    return ("distinct programs", [program(number) for number in range(1, count + 1)]), ("repeats", [program(0)] * count)


def program(number: int) -> str:
    """The source of one of 91 programs; beyond these, they come again."""
    return SOURCE.format(k=(number + _LARGEST) % (2 * _LARGEST + 1) - _LARGEST)


def one_problem(folder: Path) -> Path:
    """A folder of problems within ``folder`` that has only ``PROBLEM``.

    It is served once a service is open, and nothing else is proved meanwhile.
    """
    problems = folder / "problems"
    shutil.copytree(SHIPPED_PROBLEMS / PROBLEM, problems / PROBLEM)
    return problems


def verdict(service: Service, source: str) -> tuple[float, dict[str, float]]:
    """Seconds from submission to the saved verdict, and the report's own timings in milliseconds."""
    start = time.perf_counter()
    with service.database.write() as session:
        number = attempts.submit(session, None, attempts.Submitted("grade", PROBLEM, source.encode())).id
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


def published(service: Service) -> Published:
    """The problem with its cases."""
    with service.database.read() as session:
        return service.workplace.published(store.current(session, PROBLEM).id)


def write_cases(path: Path, problem: Published) -> None:
    """Write the values that ``BASELINE`` checks."""
    values: dict[str, arrays.Array] = {}
    for case in problem.cases:
        for inputs, outputs in zip(case.inputs, case.outputs, strict=True):
            number = len(values) // 3
            values |= {f"w{number}": inputs[0], f"x{number}": inputs[1], f"expected{number}": outputs[0]}
    np.savez(path, **values)  # type: ignore[arg-type]


def ratios(slow: Sequence[float], quick: Sequence[float]) -> tuple[float, float, float]:
    """Median of the ratios of pairs, and the bounds of the middle 80 %."""
    found = sorted(one / other for one, other in zip(slow, quick, strict=True))
    return statistics.median(found), found[len(found) // 10], found[-1 - len(found) // 10]


def median(seconds: Sequence[float]) -> str:
    """Median and quartiles in words."""
    quick, middle, slow = (value * 1000 for value in statistics.quantiles(seconds, n=4))
    return f"median {middle:.0f} ms, middle half {quick:.0f} to {slow:.0f} ms"
