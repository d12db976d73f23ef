"""Problems that are evaluated on a GPU, as far as a machine without one can tell: all but the device itself.

A sandbox of its own has a GPU's slot whose evaluator is made to use the CPU's backend. What runs there was lowered for
``cuda``, and everything around it is the production path. ``tests/gpu`` does the rest where there is a GPU.
"""

from __future__ import annotations

import dataclasses
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from jaxlib.mlir import ir
from jaxlib.mlir.dialects import stablehlo

from app.judge.events import Judged
from app.judge.judge import judge
from app.judge.run import run_public
from app.judge.verdict import Report
from app.problems.folder import read
from app.problems.model import Problem
from app.problems.published import Published
from app.problems.publishing.publish import PublishFailed, publish
from sandbox.docker import DockerSandbox
from sandbox.frames import Message
from sandbox.inside import flags
from sandbox.inside.roles import roles_for
from sandbox.inside.wall import GPU_ARGUMENT, Wall
from sandbox.jobs import Evaluated, Failed, GradeEvent, GradeJob, Limits, SandboxUnavailable, Signature, Vetted
from sandbox.lane import Lane
from sandbox.local import LocalSandbox, WallChoice
from sandbox.slot import Exit
from sandbox.stages.cache import MemoryCache
from sandbox.stages.evaluation import Evaluation
from sandbox.tree import Leaf, Node
from sandbox.walls import gpus, outer
from sandbox.walls import image as sandbox_image
from tests import images
from tests.conftest import first, require
from tests.sandbox.jobs import LIMITS, F, vector

PROBLEMS = Path(__file__).resolve().parents[2] / "problems"
#: The first is in every run: small, and of one function.
FIRST = "batched_predict"
SLUGS = [FIRST, *sorted({path.name for path in PROBLEMS.iterdir() if path.is_dir()} - {FIRST})]

#: Starts a GPU's zygote whose evaluators run on the CPU. With 77 as the first value, one that has run something has no
#: memory left, as if others had filled the GPU; with 78, none ever has.
_PRETEND = """
import os
os.environ["JAX_PLATFORMS"] = "cpu"
from sandbox.inside import evaluate, zygote
evaluate.BACKENDS["cuda"] = "cpu"
run, runs = evaluate.Evaluator.run, []
def filling(self, executable, inputs):
    first = float(inputs[0].ravel()[0]) if inputs and inputs[0].size else 0
    if first == 78 or (first == 77 and runs):
        raise RuntimeError("RESOURCE_EXHAUSTED: Out of memory while trying to allocate 512 bytes.")
    runs.append(first)
    return run(self, executable, inputs)
evaluate.Evaluator.run = filling
zygote.main(["gpu"])
"""


@contextmanager
def _pretend(wall: WallChoice = "auto") -> Iterator[LocalSandbox]:
    """A sandbox that takes its processor for a GPU."""
    plain = outer.gpu_view

    def view(host: outer.View, number: str, variables: dict[str, str]) -> outer.View:
        wide = plain(host, number, variables)
        # The module's name marks the process for what looks for leftovers.
        return dataclasses.replace(wide, zygote=("-c", _PRETEND, "sandbox.inside.zygote"))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outer, "gpu_view", view)
        patch.setattr(gpus, "found", lambda chosen: chosen or ("0",))
        patch.setattr(gpus, "driver_folders", lambda: ())
        sandbox = LocalSandbox(wall=wall, chosen_gpus=())
        try:
            yield sandbox
        finally:
            sandbox.close()


@pytest.fixture(scope="module")
def pretending() -> Iterator[LocalSandbox]:
    """One that most tests here share."""
    with _pretend() as sandbox:
        yield sandbox


def _job(source: str, limits: Limits = LIMITS, size: int = 3) -> GradeJob:
    return GradeJob(source, (vector(size),), device="gpu", limits=limits)


def _grade(sandbox: LocalSandbox, source: str, limits: Limits = LIMITS) -> list[GradeEvent]:
    return list(sandbox.grade(_job(source, limits)))


def _assert_healthy(sandbox: LocalSandbox) -> None:
    """An ordinary right submission is evaluated, and rightly, in the lane that the last one had."""
    events = _grade(sandbox, "def f(x):\n    return x * 2\n")
    (evaluated,) = [event for event in events if isinstance(event, Evaluated)]
    np.testing.assert_array_equal(evaluated.outputs[0], [0, 2, 4])


def _lane(sandbox: LocalSandbox) -> Lane:
    (lane,) = sandbox._open
    return lane


def _gpu_problem(slug: str) -> Problem:
    problem = read(PROBLEMS / slug)
    assert isinstance(problem, Problem)
    return problem.model_copy(update={"device": "gpu"})


def _judge(published: Published, source: str, sandbox: LocalSandbox) -> Report:
    *_, last = judge(published, source.encode(), sandbox)
    assert isinstance(last, Judged)
    return last.report


@pytest.mark.parametrize("slug", first(1, SLUGS))
def test_a_shipped_problem_is_judged_as_a_gpu_problem_with_the_same_verdicts(
    pretending: LocalSandbox, slug: str
) -> None:
    """A program for ``cuda`` would be missing, refused by the vetter, or evaluated to something else."""
    published = publish(_gpu_problem(slug), pretending)
    for filed in published.problem.submissions:
        report = _judge(published, filed.source, pretending)
        assert (report.verdict, report.reason) == (filed.verdict, filed.reason), (filed.path, report.message)
        assert report.toolchain["device"] == "gpu"
        for artifact in report.artifacts:
            assert set(artifact.platforms) == {"cpu", "cuda"}
            assert artifact.sha256 == artifact.platforms["cuda"]


#: Library functions whose programs differ by platform, with the kernels that the one for ``cuda`` calls.
_KERNELS = {
    "cholesky": ("jnp.linalg.cholesky(m @ m.T)", {"cusolver_potrf_ffi"}),
    "solve": ("jnp.linalg.solve(m, x)", {"cusolver_getrf_ffi", "cu_lu_pivots_to_permutation"}),
    "lu_wide": ("jax.scipy.linalg.lu(m[:2])[2]", {"cusolver_getrf_ffi", "cu_lu_pivots_to_permutation"}),
    "lu_tall": ("jax.scipy.linalg.lu(m[:, :2])[0]", {"cusolver_getrf_ffi", "cu_lu_pivots_to_permutation"}),
    "inverse_of_many": ("jnp.linalg.inv(jnp.stack([m, m]))", {"cusolver_getrf_ffi", "cu_lu_pivots_to_permutation"}),
    "qr": ("jnp.linalg.qr(m)[0]", {"cusolver_geqrf_ffi", "cusolver_orgqr_ffi"}),
    "qr_complete": ("jnp.linalg.qr(m[:, :2], mode='complete')[0]", {"cusolver_geqrf_ffi", "cusolver_orgqr_ffi"}),
    "eigh": ("jnp.linalg.eigh(m + m.T)[1]", {"cusolver_syevd_ffi"}),
    "eigh_complex": ("jnp.linalg.eigh((m + m.T).astype(complex))[0]", {"cusolver_syevd_ffi"}),
    "svd": ("jnp.linalg.svd(m[:2])[2]", {"cusolver_gesvdj_ffi"}),
    "svd_economical": ("jnp.linalg.svd(jnp.ones((40, 50)) * x[0], full_matrices=False)[0]", {"cusolver_gesvdj_ffi"}),
    "singular_values": ("jnp.linalg.svd(jnp.stack([m, m]), compute_uv=False)", {"cusolver_gesvdj_ffi"}),
    "svd_of_many_rows": ("jnp.linalg.svd(jnp.ones((1100, 3)) * x[0], full_matrices=False)[0]", {"cusolver_gesvd_ffi"}),
    "svd_of_many_columns": ("jnp.linalg.svd(jnp.ones((3, 1100)) * x[0])[0]", {"cusolver_gesvd_ffi"}),
    "values_of_many_columns": ("jnp.linalg.svd(jnp.ones((3, 1100)) * x[0], compute_uv=False)", {"cusolver_gesvd_ffi"}),
    "tridiagonal": ("jax.lax.linalg.tridiagonal_solve(x, x + 3, x, m)", {"cusparse_gtsv2_ffi"}),
    "triangular": ("jax.scipy.linalg.solve_triangular(m, x)", set()),
    "random": ("jax.random.normal(jax.random.key(0), (3,)) + x", set()),
}


@pytest.mark.parametrize("name", _KERNELS)
def test_the_program_for_the_gpu_calls_its_own_kernels(pretending: LocalSandbox, name: str) -> None:
    """An honest factorisation would be refused, or the CPU's kernels would be asked for on the GPU."""
    expression, kernels = _KERNELS[name]
    source = f"""
import jax, jax.numpy as jnp
def f(x):
    m = jnp.eye(3) * (x + 1)
    return {expression}
"""
    signature = Signature(F, Node("tuple", (Leaf("float32", (3,)),)))  # without inputs: nothing here could run it
    job = GradeJob(source, (signature,), device="gpu", limits=LIMITS)
    events = list(pretending.grade(job))
    (vetted,) = [event for event in events if isinstance(event, Vetted)]
    assert set(vetted.custom_calls) == kernels
    assert vetted.artifacts["cuda"] == vetted.artifact != vetted.artifacts["cpu"]


def test_a_program_without_kernels_is_the_same_on_both(pretending: LocalSandbox) -> None:
    """Two programs that are one would be told apart, by names or places that the vetter should have dropped."""
    vetted = next(event for event in _grade(pretending, "def f(x):\n    return x @ x\n") if isinstance(event, Vetted))
    assert vetted.artifacts["cuda"] == vetted.artifacts["cpu"]


_CALLS = ("jnp.linalg.eig(m)[0]", "jax.scipy.linalg.schur(m)[0]", "jax.scipy.linalg.sqrtm(m)")


@pytest.mark.parametrize("call", first(1, _CALLS))
def test_what_only_the_cpu_has_is_told_so(pretending: LocalSandbox, call: str) -> None:
    """A learner would be told of MLIR rules and foreign kernels instead of what to do."""
    source = f"import jax, jax.numpy as jnp\ndef f(x):\n    m = jnp.eye(3) * x\n    return {call}\n"
    failed = next(event for event in _grade(pretending, source) if isinstance(event, Failed))
    assert failed.failure.kind == "not_traceable"
    published = publish(_gpu_problem("sum_of_squares_batch"), pretending)
    report = _judge(
        published,
        f"import jax, jax.numpy as jnp\ndef sum_of_squares_batch(batch):\n    m = batch.T @ batch\n    return {call}\n",
        pretending,
    )
    assert report.verdict == "not_traceable"
    assert "JAX has for the CPU only" in report.message


_CALL = """
    func.func @main(%a: tensor<3xf32>) -> tensor<3xf32> {{
      %m = stablehlo.constant dense<1.0> : tensor<4x3xf32>
      %p = stablehlo.constant dense<1> : tensor<5xi32>
      {call}
      return %a : tensor<3xf32>
    }}
"""


def _kernel(target: str, configuration: str, operands: str, types: str) -> str:
    results = types.partition("->")[2].count("tensor")
    name = f"%r:{results}" if results > 1 else "%r"
    call = (
        f"{name} = stablehlo.custom_call @{target}({operands}) {{mhlo.backend_config = {{{configuration}}}}} : {types}"
    )
    return _CALL.format(call=call)


_LU = "(tensor<4x3xf32>) -> (tensor<4x3xf32>, tensor<{}xi32>, tensor<i32>)"
_SVD = "(tensor<4x3xf32>) -> (tensor<4x3xf32>, tensor<3xf32>, tensor<{}xf32>, tensor<{}xf32>, tensor<i32>)"
_EIGH = "(tensor<4x3xf32>) -> (tensor<4x3xf32>, tensor<3xf32>, tensor<i32>)"

_SHAPES = "shapes that do not belong together"
_FOREIGN = "not allowed in a submission"
_REFUSED = {
    "pivots": (_kernel("cusolver_getrf_ffi", "", "%m", _LU.format(2)), _SHAPES),
    "permutation": (
        _kernel("cu_lu_pivots_to_permutation", "", "%p", "(tensor<5xi32>) -> tensor<4xi32>"),
        _SHAPES,
    ),
    "vectors": (
        _kernel("cusolver_gesvdj_ffi", "compute_uv = true, full_matrices = true", "%m", _SVD.format("4x3", "3x3")),
        _SHAPES,
    ),
    "wide": (
        _kernel(
            "cusolver_gesvd_ffi",
            "compute_uv = true, full_matrices = true, transposed = true",
            "%m",
            _SVD.format("4x4", "3x3"),
        ),
        _SHAPES,
    ),
    "configuration": (_kernel("cusolver_gesvdj_ffi", "", "%m", _SVD.format("4x4", "3x3")), _SHAPES),
    "no square": (_kernel("cusolver_syevd_ffi", "algorithm = 0 : ui8, lower = true", "%m", _EIGH), _SHAPES),
    "reflectors": (
        _kernel("cusolver_orgqr_ffi", "", "%m, %a", "(tensor<4x3xf32>, tensor<3xf32>) -> tensor<4x4xf32>"),
        _SHAPES,
    ),
    "element": (_kernel("cusolver_potrf_ffi", "", "%p", "(tensor<5xi32>) -> (tensor<5xi32>, tensor<i32>)"), _SHAPES),
    "unknown": (_kernel("cusolver_gels_ffi", "", "%m", "(tensor<4x3xf32>) -> tensor<4x3xf32>"), _FOREIGN),
    "triton": (_kernel("__gpu$xla.gpu.triton", "", "%m", "(tensor<4x3xf32>) -> tensor<4x3xf32>"), _FOREIGN),
    "callback": (_kernel("xla_ffi_python_gpu_callback", "", "%a", "(tensor<3xf32>) -> tensor<3xf32>"), _FOREIGN),
    "of the cpu": (_kernel("lapack_sgetrf_ffi", "", "%m", _LU.format(3)), _FOREIGN),
    "unwritten": (
        f"""
        func.func @main(%a: tensor<3xf32>) -> tensor<3xf32> {{
          %m = stablehlo.constant dense<1.0> : tensor<3x3xf32>
          %r:5 = stablehlo.custom_call @cusolver_gesvdj_ffi(%m)
            {{mhlo.backend_config = {{compute_uv = false, full_matrices = true}}}}
            : {_SVD.format("3x3", "3x3").replace("4x3", "3x3")}
          %s = stablehlo.slice %r#2 [0:1, 0:3] : (tensor<3x3xf32>) -> tensor<1x3xf32>
          %o = stablehlo.reshape %s : (tensor<1x3xf32>) -> tensor<3xf32>
          return %o : tensor<3xf32>
        }}""",
        "reads a result that",
    ),
}


def _program(text: str) -> bytes:
    return bytes(stablehlo.serialize_portable_artifact_str(textwrap.dedent(text), stablehlo.get_current_version()))


def _vet(lane: Lane, text: str, platform: str) -> Message:
    vector_type = [{"kind": "array", "dtype": "float32", "shape": [3]}]
    header = {"platform": platform, "operations": 1000, "inputs": vector_type, "returns": vector_type}
    with lane.child(lane.hostile, "vet", Limits(), cpu_seconds=20, max_body=1 << 24) as child:
        child.send(Message(header, _program(text)), _soon())
        reply = child.receive(_soon())
    assert isinstance(reply, Message)
    return reply


def _soon() -> float:
    return time.monotonic() + 10


@pytest.mark.parametrize("name", _REFUSED)
def test_a_kernel_call_that_is_not_jax_s_own_is_refused(pretending: LocalSandbox, name: str) -> None:
    """A kernel would write beyond its output in the memory of the GPU, or show what lay there before."""
    text, words = _REFUSED[name]
    reply = _vet(_lane(pretending), text, "cuda")
    assert reply.header["type"] == "refused"
    assert words in reply.header["message"]


@pytest.mark.parametrize(("target", "platform"), [("cusolver_getrf_ffi", "cpu"), ("lapack_sgetrf_ffi", "cuda")])
def test_each_platform_refuses_the_kernels_of_the_other(pretending: LocalSandbox, target: str, platform: str) -> None:
    """A call that is right elsewhere would reach an evaluator that does not have it, or has another of that name."""
    text = _kernel(target, "", "%m", _LU.format(3))
    assert _vet(_lane(pretending), text, "cuda" if platform == "cpu" else "cpu").header["type"] == "vetted"
    assert _FOREIGN in _vet(_lane(pretending), text, platform).header["message"]


_FORGER = """
import jax, jax.export
class Forged:
    def __init__(self, real, program):
        self.out_avals = real.out_avals
        self.mlir_module_serialized = program
export = jax.export.export
def forged(function, platforms):
    def call(*specs):
        real = export(function, platforms=platforms)(*specs)
        return Forged(real, {program})
    return call
jax.export.export = forged
def f(x):
    return x * 2
"""
_FORGED = {
    "garbage for the gpu": ("b'x' * 100 if 'cuda' in platforms else real.mlir_module_serialized", "violation"),
    "garbage for the cpu": ("b'x' * 100 if 'cpu' in platforms else real.mlir_module_serialized", "violation"),
    "nothing for the gpu": ("b'' if 'cuda' in platforms else real.mlir_module_serialized", "violation"),
    "too much": ("bytes((8 << 20) + 1)", "memory"),
}


@pytest.mark.parametrize("name", _FORGED)
def test_both_programs_are_vetted(pretending: LocalSandbox, name: str) -> None:
    """Bytes that nobody read would travel on beside a clean program."""
    program, kind = _FORGED[name]
    (failed,) = [event for event in _grade(pretending, _FORGER.format(program=program)) if isinstance(event, Failed)]
    assert failed.failure.kind == kind


@pytest.mark.parametrize("sizes", ["[]", "[1, 1]", "[-1]", "[1 << 40]", "['1']", "None", "{}", "[True]"])
def test_sizes_of_programs_are_not_believed(pretending: LocalSandbox, sizes: str) -> None:
    """A forged size would cut one program out of another, or end as a fault of ours."""
    source = f"""
from sandbox.inside import child
reply = child.reply
def forged(header, body=b""):
    reply({{**header, "sizes": {sizes}}} if header["type"] == "traced" else header, body)
child.reply = forged
def f(x):
    return x * 2
"""
    (failed,) = [event for event in _grade(pretending, source) if isinstance(event, Failed)]
    assert failed.failure.kind == "violation"
    _assert_healthy(pretending)


def test_rules_are_about_the_program_that_is_evaluated(pretending: LocalSandbox) -> None:
    """A tidy program for the CPU would stand before the rules while an unrolled one is evaluated."""
    source = """
import jax, jax.export
export = jax.export.export
def both(function, platforms):
    def g(x):
        for _ in range(50):
            x = x + 1
        return [x]
    return export(jax.jit(g, keep_unused=True) if "cuda" in platforms else function, platforms=platforms)
jax.export.export = both
def f(x):
    return x + 50
"""
    (vetted,) = [event for event in _grade(pretending, source) if isinstance(event, Vetted)]
    assert vetted.counts["stablehlo.add"] == 50


_SUBMIT = Evaluation.submit

_ENDLESS = "import jax\ndef f(x):\n    return jax.lax.while_loop(lambda c: (c > -1).any(), lambda c: c + 1, x)\n"
_GRAB = "import jax.numpy as jnp\ndef f(x):\n    return jnp.sort(jnp.arange({}) * x[1])[:3]\n"


def test_an_endless_program_meets_the_time_limit_and_the_slot_lives(pretending: LocalSandbox) -> None:
    """One kernel that never ends would take the GPU from everybody."""
    limits = Limits(trace_seconds=20, evaluate_seconds=2)
    lane = _lane(pretending)
    (failed,) = [event for event in _grade(pretending, _ENDLESS, limits) if isinstance(event, Failed)]
    assert failed.failure.limit is not None
    assert failed.failure.limit.name == "evaluate_seconds"
    assert lane.gpu is not None
    assert not lane.gpu.children
    _assert_healthy(pretending)
    assert _lane(pretending) is lane


def test_a_grab_for_all_memory_meets_the_memory_limit_and_the_slot_lives(pretending: LocalSandbox) -> None:
    """A program would fill the GPU, and the next one would be told that it was too large."""
    (failed,) = [event for event in _grade(pretending, _GRAB.format(10**9)) if isinstance(event, Failed)]
    assert failed.failure.limit is not None
    assert failed.failure.limit.name == "memory"
    _assert_healthy(pretending)


@pytest.mark.parametrize(("first", "kind"), [(77, None), (78, "memory")])
def test_memory_that_others_took_is_nobody_s_verdict(pretending: LocalSandbox, first: int, kind: str | None) -> None:
    """A program would be told that it was too large for a GPU which the one before had filled."""
    _assert_healthy(pretending)
    signatures = (vector(3, [first, 1, 2]), vector(2))
    job = GradeJob("def f(x):\n    return x * 2\n", signatures, device="gpu", limits=LIMITS)
    events = {event.signature: event for event in pretending.grade(job) if isinstance(event, Evaluated | Failed)}
    assert set(events) == {0, 1}
    told = events[0].failure.kind if isinstance(events[0], Failed) else None
    assert told == kind
    assert isinstance(events[1], Evaluated)
    _assert_healthy(pretending)


@pytest.mark.parametrize("wall", ["bubblewrap", "unshare"])
def test_a_gpu_s_slot_starts_behind_each_wall(wall: WallChoice) -> None:
    """The driver's files could not be bound, or the slot would see more of the host than they are."""
    require(wall)
    with _pretend(wall) as sandbox:
        _assert_healthy(sandbox)


def test_a_daemon_without_gpus_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """An operator would be told of a container that did not start, and not why."""
    require("docker")
    image = images.sandbox_image()
    with pytest.raises(SandboxUnavailable, match="--accelerator cuda13"):
        DockerSandbox(image, chosen_gpus=())
    check = sandbox_image.check
    monkeypatch.setattr(sandbox_image, "check", lambda client, tag, **_: check(client, tag))
    with pytest.raises(SandboxUnavailable, match="NVIDIA Container Toolkit"):
        DockerSandbox(image, chosen_gpus=("0",))


def test_what_fails_in_the_shared_evaluator_is_tried_alone(
    pretending: LocalSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program would be blamed for a GPU that others filled, or that a fault before had left unusable."""
    lane = _lane(pretending)
    # As on a GPU, where a kernel that the CPU's backend does not have is one that fails.
    source = "import jax.numpy as jnp\ndef f(x):\n    return jnp.linalg.cholesky(jnp.eye(3) + x)[0]\n"
    spawned: list[str] = []
    assert lane.gpu is not None
    spawn = lane.gpu.spawn

    def counting(role: str, *arguments: object, **options: object) -> object:
        spawned.append(role)
        return spawn(role, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(lane.gpu, "spawn", counting)
    monkeypatch.setattr("sandbox.stages.evaluation.Evaluation.submit", _submit_shared)
    (failed,) = [event for event in _grade(pretending, source) if isinstance(event, Failed)]
    assert failed.failure.kind in ("compile", "runtime")
    assert spawned[-1:] == ["evaluate"], "nothing was tried alone"
    assert lane._shared["gpu"].child is None, "the evaluator in which it failed is still used"
    monkeypatch.undo()
    _assert_healthy(pretending)


def _submit_shared(self: Evaluation, vetted: Vetted, program: bytes) -> None:
    """What ``submit`` does with a program that calls no kernels."""
    _SUBMIT(self, dataclasses.replace(vetted, custom_calls=()), program)


def test_without_a_gpu_a_job_is_refused_and_an_author_told(default_sandbox: LocalSandbox) -> None:
    """A GPU's program would be judged on the CPU in silence, or be a fault that nobody explains."""
    lane = _lane(default_sandbox)
    with pytest.raises(SandboxUnavailable, match="ALLCLOSE_GPUS"):
        _grade(default_sandbox, "def f(x):\n    return x\n")
    assert _lane(default_sandbox) is lane
    assert not lane.failed
    with pytest.raises(PublishFailed) as failed:
        publish(_gpu_problem(FIRST), default_sandbox)
    (finding,) = failed.value.findings
    assert (finding.code, finding.file) == ("no-gpu", "problem.toml")
    assert "ALLCLOSE_GPUS" in finding.mend
    assert "gpu" not in default_sandbox.describe()


def test_a_run_is_on_the_cpu_and_says_so(pretending: LocalSandbox) -> None:
    """A learner's Python would reach the GPU, or a difference in the last digit would be a riddle."""
    published = publish(_gpu_problem("sum_of_squares_batch"), pretending)
    report = run_public(published, published.problem.reference.encode(), pretending, None)
    assert report.verdict == "accepted"
    assert "on the CPU" in report.note
    plain = read(PROBLEMS / "sum_of_squares_batch")
    assert isinstance(plain, Problem)
    on_cpu = dataclasses.replace(published, problem=plain)
    assert not run_public(on_cpu, plain.reference.encode(), pretending, None).note


def test_it_says_which_gpu(pretending: LocalSandbox) -> None:
    """An operator would not see what programs are evaluated on, nor that its wall is weaker."""
    assert pretending.describe()["gpu"].startswith("cpu")
    assert any("GPU" in sentence for sentence in pretending.promises())


@pytest.mark.parametrize("role", ["trace", "vet", "run", "cases"])
def test_nothing_of_a_learner_s_runs_in_the_gpu_s_slot(pretending: LocalSandbox, role: str) -> None:
    """Python of a learner would run behind a wall without a system call filter."""
    lane = _lane(pretending)
    assert lane.gpu is not None
    with pytest.raises(PermissionError):
        roles_for([GPU_ARGUMENT]).choose(role, Wall(1 << 30, None, None, (), gpu=True))
    wall = lane._wall(lane.gpu, 1 << 30, None)
    child = lane.gpu.spawn(role, wall, output_limit=10_000, max_body=10_000)
    ended = child.receive(_soon())
    assert isinstance(ended, Exit)
    assert ended.code == 70
    assert b"PermissionError" in child.printed
    child.end()


@pytest.mark.parametrize("slot", ["hostile", "evaluators", "gpu"])
def test_each_slot_builds_its_own_wall_only(pretending: LocalSandbox, slot: str) -> None:
    """One wrong flag from the backend would leave a tracer without a filter."""
    lane = _lane(pretending)
    asked = lane.slots[slot]  # type: ignore[index]
    wall = {**lane._wall(asked, 1 << 30, None), "gpu": slot != "gpu"}
    child = asked.spawn("evaluate", wall, output_limit=10_000, max_body=10_000)
    assert isinstance(child.receive(_soon()), Exit)
    assert b"PermissionError" in child.printed
    child.end()


def test_products_are_computed_in_full_precision() -> None:
    """float32 products on a GPU would be off by a thousandth, and right submissions wrong."""
    text = """
    func.func @main(%a: tensor<3x3xf32>, %h: tensor<3x3xbf16>, %i: tensor<1x1x3x3xf32>) -> tensor<3x3xf32> {
      %0 = stablehlo.dot_general %a, %a, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT]
        : (tensor<3x3xf32>, tensor<3x3xf32>) -> tensor<3x3xf32>
      %1 = stablehlo.dot_general %h, %h, contracting_dims = [1] x [0]
        : (tensor<3x3xbf16>, tensor<3x3xbf16>) -> tensor<3x3xbf16>
      %2 = stablehlo.convolution(%i, %i) dim_numbers = [b, f, 0, 1]x[o, i, 0, 1]->[b, f, 0, 1], window = {}
        {batch_group_count = 1 : i64, feature_group_count = 1 : i64}
        : (tensor<1x1x3x3xf32>, tensor<1x1x3x3xf32>) -> tensor<1x1x1x1xf32>
      %3 = stablehlo.dot_general %a, %a, contracting_dims = [1] x [0], algorithm = <lhs_precision_type = tf32,
        rhs_precision_type = tf32, accumulation_type = f32, lhs_component_count = 1, rhs_component_count = 1,
        num_primitive_operations = 1, allow_imprecise_accumulation = false>
        : (tensor<3x3xf32>, tensor<3x3xf32>) -> tensor<3x3xf32>
      return %0 : tensor<3x3xf32>
    }
    """
    context = ir.Context()
    stablehlo.register_dialect(context)
    with context, ir.Location.unknown():
        module = stablehlo.deserialize_portable_artifact(context, _program(text))
        flags.use_full_precision(module)
        assert module.operation.verify()
        (main,) = module.body.operations
        operations = [op.operation for op in main.regions[0].blocks[0].operations]
        told = [
            str(op.attributes["precision_config"]) if "precision_config" in op.attributes else "" for op in operations
        ]
    assert [text.count("HIGHEST") for text in told] == [2, 0, 2, 0, 0]


@pytest.mark.parametrize(
    ("text", "chosen"),
    [("", None), (" ", None), ("all", ()), ("0", ("0",)), ("0, 2", ("0", "2")), ("GPU-1a-2b", ("GPU-1a-2b",))],
)
def test_a_choice_of_gpus_is_read(text: str, chosen: tuple[str, ...] | None) -> None:
    """An operator's choice would mean something else."""
    assert gpus.parse(text) == chosen


@pytest.mark.parametrize("text", ["none", "0,", "0,0", "all,0", "-1", "/dev/nvidia0", "0 1"])
def test_a_choice_that_makes_no_sense_is_refused(text: str) -> None:
    """A typing error would leave a service without its GPU, or name a file."""
    with pytest.raises(ValueError, match="such as 0,1"):
        gpus.parse(text)


def test_slots_share_gpus_evenly_and_their_memory() -> None:
    """Two lanes on one GPU would fill it while another idles."""
    sharing = gpus.Sharing(("0", "1"), lanes=3)
    assert float(sharing.variables["XLA_CLIENT_MEM_FRACTION"]) == pytest.approx(0.9 / 4)
    assert [sharing.take() for _ in range(4)] == ["0", "1", "0", "1"]
    sharing.give_back("1")
    assert sharing.take() == "1"


def test_the_gpu_s_outputs_are_remembered_apart_from_the_cpu_s(
    pretending: LocalSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A GPU problem would be judged by what a processor had computed, or be computed every time."""
    monkeypatch.setattr(pretending, "_cache", MemoryCache(1 << 20))
    source = "def f(x):\n    return x * 5\n"
    on_cpu = GradeJob(source, (vector(3),), limits=LIMITS)
    events = [event for job in (on_cpu, _job(source), _job(source), on_cpu) for event in pretending.grade(job)]
    assert [event.cached for event in events if isinstance(event, Evaluated)] == [False, False, True, True]
    report = _judge(publish(_gpu_problem(FIRST), pretending), _gpu_problem(FIRST).reference, pretending)
    assert "precision_config=HIGHEST" in report.toolchain["flags"]
    assert report.toolchain["gpu"] == pretending.describe()["gpu"]
