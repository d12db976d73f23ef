"""Problems that are evaluated on a GPU, on a real one: skipped by name where there is none.

``ALLCLOSE_REQUIRE=gpu`` makes a missing GPU a failure. Everything goes through the local backend, as in production.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.judge.events import Judged
from app.judge.judge import judge
from app.problems.folder import read
from app.problems.model import Problem
from app.problems.publishing.publish import publish
from sandbox.jobs import Device, Evaluated, Failed, Failure, GradeJob, Limits, Signature
from sandbox.local import LocalSandbox
from sandbox.tree import Leaf, Node
from tests.conftest import require
from tests.sandbox.jobs import F

PROBLEMS = Path(__file__).resolve().parents[2] / "problems"
SLUGS = sorted(path.name for path in PROBLEMS.iterdir() if path.is_dir())
LIMITS = Limits(trace_seconds=30, evaluate_seconds=60)
SIZE = 48


@pytest.fixture(scope="module", params=["bubblewrap", "unshare"])
def sandbox(request: pytest.FixtureRequest) -> Iterator[LocalSandbox]:
    """A warm sandbox with this machine's GPUs, behind each wall in turn."""
    require("gpu")
    require(request.param)
    made = LocalSandbox(wall=request.param, chosen_gpus=())
    yield made
    made.close()


def _grade(
    sandbox: LocalSandbox, source: str, device: Device, limits: Limits = LIMITS
) -> tuple[np.ndarray | None, Failure | None]:
    """The first output of ``f`` on a matrix, or why there is none."""
    matrix = np.random.default_rng(7).normal(size=(SIZE, SIZE)).astype(np.float32)
    signature = Signature(F, Node("tuple", (Leaf("float32", (SIZE, SIZE)),)), ((matrix,),))
    events = list(sandbox.grade(GradeJob(source, (signature,), device=device, limits=limits)))
    values = [event.outputs[0] for event in events if isinstance(event, Evaluated)]
    failures = [event.failure for event in events if isinstance(event, Failed)]
    assert len(values) + len(failures) == 1, events
    return (values[0], None) if values else (None, failures[0])


def _assert_healthy(sandbox: LocalSandbox) -> None:
    """An ordinary right submission is evaluated, and rightly."""
    value, failure = _grade(sandbox, "def f(x):\n    return 0 * x + 2\n", "gpu")
    assert failure is None
    assert value is not None
    assert (value == 2).all()


def test_it_is_a_gpu(sandbox: LocalSandbox) -> None:
    """Every other test here would pass on a processor as well."""
    described = sandbox.describe()["gpu"].lower()
    assert "cuda" in described, described
    assert not described.startswith("cpu")


@pytest.mark.parametrize("slug", SLUGS)
def test_a_shipped_problem_gets_the_verdicts_of_the_cpu(sandbox: LocalSandbox, slug: str) -> None:
    """A submission that is right on one device would be wrong on the other."""
    problem = read(PROBLEMS / slug)
    assert isinstance(problem, Problem)
    published = publish(problem.model_copy(update={"device": "gpu"}), sandbox)
    for filed in published.problem.submissions:
        *_, last = judge(published, filed.source.encode(), sandbox)
        assert isinstance(last, Judged)
        report = last.report
        assert (report.verdict, report.reason) == (filed.verdict, filed.reason), (filed.path, report.message)
        assert all(set(artifact.platforms) == {"cpu", "cuda"} for artifact in report.artifacts)


_SOUND = "m = x @ x.T + 50 * jnp.eye(x.shape[0])"
_LIBRARY = {
    "product": "x @ x",
    "cholesky": "jnp.linalg.cholesky(m)",
    "solve": "jnp.linalg.solve(m, x)",
    "inverses": "jnp.linalg.inv(jnp.stack([m, 2 * m]))",
    "lu": "jax.scipy.linalg.lu(m)[2]",
    "qr": "jnp.abs(jnp.linalg.qr(m)[1])",
    "eigenvalues": "jnp.linalg.eigvalsh(m)",
    "singular_values": "jnp.linalg.svd(x, compute_uv=False)",
    "wide": "jnp.abs(jnp.linalg.svd(jnp.tile(x, (1, 30)), full_matrices=False)[1])",
    "pseudoinverse": "jnp.linalg.pinv(m)",
    "tridiagonal": "jax.lax.linalg.tridiagonal_solve(0 * x[0] + 1, 0 * x[0] + 9, 0 * x[0] + 1, x)",
    "triangular": "jax.scipy.linalg.solve_triangular(jnp.tril(m), x, lower=True)",
    "convolution": "jax.lax.conv(x[None, None], x[None, None, :5, :5], (1, 1), 'SAME')",
    "fft": "jnp.abs(jnp.fft.fft2(x))",
    "sort": "jnp.sort(x, axis=0)",
    "random": "jax.random.normal(jax.random.key(3), (64,)) + 0 * x[0, 0]",
    "scan": "jax.lax.scan(lambda c, r: (jnp.tanh(c + r), c), x[0], x)[1]",
}


@pytest.mark.parametrize("name", _LIBRARY)
def test_a_library_function_computes_what_the_cpu_computes(sandbox: LocalSandbox, name: str) -> None:
    """A kernel would be called wrongly, or float32 be multiplied in TF32, which is off by a thousandth."""
    source = f"import jax, jax.numpy as jnp\ndef f(x):\n    {_SOUND}\n    return {_LIBRARY[name]}\n"
    (gpu, gpu_failure), (cpu, cpu_failure) = (_grade(sandbox, source, device) for device in ("gpu", "cpu"))
    assert (gpu_failure, cpu_failure) == (None, None)
    assert gpu is not None
    assert cpu is not None
    np.testing.assert_allclose(gpu, cpu, rtol=2e-5, atol=2e-5 * float(np.abs(cpu).max()))


def test_an_endless_kernel_meets_the_time_limit_and_the_slot_is_healthy(sandbox: LocalSandbox) -> None:
    """One submission would take the GPU from everybody."""
    source = "import jax\ndef f(x):\n    return jax.lax.while_loop(lambda c: (c > -9).any(), lambda c: abs(c) + 1, x)\n"
    _, failure = _grade(sandbox, source, "gpu", Limits(trace_seconds=30, evaluate_seconds=10))
    assert failure is not None
    assert failure.kind == "time"
    _assert_healthy(sandbox)


@pytest.mark.parametrize("memory", [1 << 30, 1 << 44])
def test_a_grab_for_all_memory_meets_the_memory_limit_and_the_slot_is_healthy(
    sandbox: LocalSandbox, memory: int
) -> None:
    """What needs more than its limit, or more than the device has, would end as a fault or spoil the next one."""
    source = "import jax.numpy as jnp\ndef f(x):\n    return jnp.sort(jnp.arange(2**34 - 1) * x[0, 0])[:3]\n"
    _, failure = _grade(sandbox, source, "gpu", Limits(trace_seconds=30, evaluate_seconds=60, memory=memory))
    assert failure is not None
    assert failure.kind == "memory"
    _assert_healthy(sandbox)
