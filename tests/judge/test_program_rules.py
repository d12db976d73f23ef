"""The rules on programs from end to end, each with answers that keep it and answers that break it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.judge.events import Judged
from app.judge.judge import judge
from app.judge.verdict import Report
from app.problems.published import Published, loads
from app.problems.publishing.publish import PublishFailed
from sandbox.jobs import Sandbox
from tests import folders
from tests.conftest import first
from tests.judge.conftest import Grade, Publish

_IMPORTS = "import jax, jax.numpy as jnp, numpy as np\nfrom jax import lax\n"

#: Declared types, what cases are drawn as, and the reference, by the name of a function.
_PROBLEMS = {
    "square": ("float32[N, N]", "float32[N, N]", "(n, n)", "    return x @ x\n"),
    "total": ("float32[N]", "float32[]", "n", "    return x.sum()\n"),
    "running": ("float32[N]", "float32[N]", "n", "    return jnp.cumsum(x)\n"),
    "scaled": (
        "float32[N]",
        "float32[N]",
        "n",
        "    return jax.vmap(jax.grad(lambda a: (a * 3.0 + 1.0) ** 2))(x)\n",
    ),
    "layers": (
        "float32[N, 8]",
        "float32[N, 8]",
        "(n, 8)",
        (
            "    w = jnp.eye(8) * 0.9 + 0.1\n"
            "    return lax.scan(lambda h, _: (jnp.tanh(h @ w), None), x, None, length=12)[0]\n"
        ),
    ),
    "peaks": (
        "float32[N]",
        "float32[N]",
        "n",
        "    return jnp.ones_like(x)\n",
    ),
    "horner": ("float32[N]", "float32[]", "n", "    return lax.scan(lambda c, a: (c * 0.5 + a, None), 0.0, x)[0]\n"),
    "solved": ("float32[N]", "float32[N]", "n", "    return jnp.linalg.cholesky(jnp.eye(x.size) * 2) @ x\n"),
}

Given = Callable[..., Published]
Judge = Callable[[str], Report]


def source(name: str, body: str, before: str = "") -> str:
    """A solution; ``body`` is indented, or one expression."""
    if not body.startswith(" "):
        body = f"    return {body}\n"
    return f"{_IMPORTS}{before}\ndef {name}(x):\n{body}"


@pytest.fixture
def given(tmp_path: Path, published: Publish) -> Given:
    """Publishes one of the problems with rules and sizes of its cases: a public one, then hidden ones."""

    def of(name: str, rules: str, sizes: tuple[int, ...] = (5, 9), reference: str = "") -> Published:
        taken, returned, shape, body = _PROBLEMS[name]
        draw = f"    def draw(rng, n):\n        return (rng.normal(size={shape}).astype(np.float32),)\n"
        hidden = "".join(f"'of {size}': draw(rng, {size}), " for size in sizes[1:])
        manifest = (
            f'returns = "{returned}"\n\n[arguments]\nx = "{taken}"\n\n[cases]\nseed = 5\n\n[rules]\n{rules}\n'
            "[tolerances.float32]\natol = 1e-3\nrtol = 1e-3\n"
        )
        files = {
            "reference.py": source(name, reference or body),
            "starter.py": source(name, "None"),
            "cases.py": (
                f"import numpy as np\ndef public():\n{draw}    rng = np.random.default_rng(0)\n"
                f"    return {{'first': draw(rng, {sizes[0]})}}\ndef hidden(rng):\n{draw}    return {{{hidden}}}\n"
            ),
            **{f"submissions/accepted/{n}.py": source(name, body, f"# {n}\n") for n in range(2)},
            **{f"submissions/wrong/{n}.py": folders.wrong(source(name, f"x + {n}"), f"No {n}.") for n in range(4)},
        }
        made = published(folders.write(tmp_path, name, manifest, files))
        return loads(made.dumps())  # as it is stored

    return of


def outcome(report: Report) -> tuple[str, str | None]:
    """Verdict and reason, once the message was seen to be there."""
    assert report.message
    return report.verdict, report.reason


def test_a_required_operation_must_reach_the_result(given: Given, grade: Grade) -> None:
    """A loop that nobody reads would satisfy a rule that asks for a loop, or a loop that is read would not."""
    problem = given("horner", 'required_operations = ["while"]')
    looped = "lax.fori_loop(0, x.size, lambda i, c: c * 0.5 + x[i], jnp.float32(0))"
    assert outcome(grade(problem, source("horner", looped))) == ("accepted", None)
    whole = "jnp.sum(x * 0.5 ** jnp.arange(x.size - 1, -1, -1))"
    report = grade(problem, source("horner", whole))
    assert outcome(report) == ("rule_broken", "required_operation")
    assert "`while`" in report.message
    assert "lax.scan" in report.message
    for dead in (
        f"    unused = {looped}\n    return {whole}\n",
        f"    kept, _ = lax.optimization_barrier(({whole}, {looped}))\n    return kept\n",
        f"    pair = jax.jit(lambda x: ({whole}, {looped}))(x)\n    return pair[0]\n",
    ):
        assert outcome(grade(problem, source("horner", dead))) == ("rule_broken", "required_operation"), dead


def test_a_dead_part_of_a_loops_state_is_no_use(given: Given, grade: Grade) -> None:
    """A product could be hidden in a loop that is needed, and thrown away with the rest of its state."""
    problem = given("square", 'required_operations = ["dot_general"]')
    assert outcome(grade(problem, source("square", "jnp.einsum('ij,jk->ik', x, x)"))) == ("accepted", None)
    report = grade(
        problem,
        source(
            "square",
            "    def turn(i, state):\n        done, unused = state\n"
            "        return done + x[:, i, None] * x[None, i, :], unused @ x\n"
            "    return lax.fori_loop(0, x.shape[0], turn, (jnp.zeros_like(x), x))[0]\n",
        ),
    )
    assert outcome(report) == ("rule_broken", "required_operation")
    assert "nothing that is returned depends on it" in report.message


def test_a_forbidden_operation_counts_dead_or_alive(given: Given, grade: Grade) -> None:
    """A forbidden loop or kernel would pass, or a program without it be refused."""
    problem = given("total", 'forbidden_operations = ["while", "custom_call:lapack_sgetrf_ffi"]')
    assert outcome(grade(problem, source("total", "jnp.ones_like(x) @ x"))) == ("accepted", None)
    loop = "lax.fori_loop(0, x.size, lambda i, c: c + x[i], jnp.float32(0))"
    for body in (loop, f"    unused = {loop}\n    return x.sum() + 0 * unused\n"):
        report = grade(problem, source("total", body))
        assert outcome(report) == ("rule_broken", "forbidden_operation")
        assert "`while`" in report.message
    solved = grade(problem, source("total", "jnp.linalg.solve(jnp.eye(x.size), x).sum()"))
    assert outcome(solved) == ("rule_broken", "forbidden_operation")
    assert outcome(grade(problem, source("total", "2 * x.sum()"))) == ("wrong_answer", "value"), "right comes first"


def test_a_forbidden_dtype_is_found_inside(given: Given, grade: Grade) -> None:
    """Half precision inside would pass because what comes out is single."""
    problem = given("total", 'forbidden_dtypes = ["bfloat16", "float16"]')
    assert outcome(grade(problem, source("total", "jnp.sum(x)"))) == ("accepted", None)
    inside = "x.sum() + 0 * x.astype(jnp.bfloat16).sum().astype(jnp.float32)"
    report = grade(problem, source("total", inside))
    assert outcome(report) == ("rule_broken", "forbidden_dtype")
    assert "bfloat16" in report.message


def test_work_is_limited_to_a_multiple_of_the_references(given: Given, grade: Grade) -> None:
    """Work that is done again and again would pass, in a loop whose turns are not counted above all."""
    problem = given("square", "most_work = 1.5", (4, 32))
    for right in ("x @ x", "jnp.einsum('ij,jk->ik', x, x)", "(x[:, :, None] * x[None]).sum(1)"):
        assert outcome(grade(problem, source("square", right))) == ("accepted", None)
    report = grade(problem, source("square", "x @ x + (x @ x @ x) * 0"))
    assert outcome(report) == ("rule_broken", "too_much_work")
    for figure in ("65,536", "1.5 x 65,536 + 4,096 = 102,400", "float32[32, 32]"):
        assert figure in report.message
    matmuls = "x @ x + 0 * lax.fori_loop(0, 1000, lambda i, c: jnp.clip(c @ x, -1, 1), x)"
    report = grade(problem, source("square", matmuls))
    assert outcome(report) == ("rule_broken", "too_much_work")
    assert "turns are counted as one" in report.message
    kernel = "jnp.linalg.cholesky(jnp.eye(x.shape[0])) @ x @ x"
    report = grade(problem, source("square", kernel))
    assert outcome(report) == ("rule_broken", "too_much_work")
    assert "not counted" in report.message
    report = grade(problem, source("square", "x @ x + 0 * lax.top_k(x[0], 1)[0]"))
    assert outcome(report) == ("rule_broken", "too_much_work")


def judged_by(problem: Published, source: str, sandbox: Sandbox) -> Judged:
    """The last event, which alone says where all the time went."""
    *_, last = judge(problem, source.encode(), sandbox)
    assert isinstance(last, Judged)
    return last


def test_memory_is_limited_to_a_multiple_of_the_references(given: Given, grade: Grade) -> None:
    """A product over every pair of rows and columns would pass where one matrix is enough."""
    problem = given("square", "most_memory = 2", (4, 136))
    assert outcome(grade(problem, source("square", "(x.T @ x.T).T"))) == ("accepted", None)
    wide = "jnp.sort(x[:, :, None] * x[None], 1).sum(1)"
    report = grade(problem, source("square", wide))
    assert outcome(report) == ("rule_broken", "too_much_memory")
    assert "bytes" in report.message


def test_a_slow_program_loses_a_race_and_an_equal_one_does_not(given: Given, sandbox: Sandbox) -> None:
    """A program a hundred times as slow would pass, or one as fast as the reference lose by a moment's disturbance."""
    problem = given("square", "most_time = 2.5", (4, 256))
    assert sum(bool(each.program) for each in problem.references.values()) == 1
    for _ in range(3):
        judged = judged_by(problem, source("square", "jnp.dot(x, x)"), sandbox)
        assert outcome(judged.report) == ("accepted", None)
        assert "race" in judged.spent_ms
    slow = "x @ x + 0 * lax.fori_loop(0, 100, lambda i, c: jnp.clip(c @ x, -1, 1), x)"
    report = judged_by(problem, source("square", slow), sandbox).report
    assert outcome(report) == ("rule_broken", "too_slow")
    assert "60 turns" in report.message
    assert "more than 2.5 times as long" in report.message
    wrong = judged_by(problem, source("square", f"1 + {slow}"), sandbox)
    assert outcome(wrong.report) == ("wrong_answer", "value")
    assert "race" not in wrong.spent_ms, "who is wrong is not raced"


_STATEFUL = {
    "drawn while tracing": ("x + 1e-6 * np.float32(np.random.rand())", ""),
    "drawn while loading": ("x + 1e-6 * NOISE", "NOISE = np.float32(np.random.rand())\n"),
    "a clock": ("x + 1e-9 * np.float32(time.perf_counter() % 1)", "import time\n"),
    "a counter": ("    CALLS.append(1)\n    return x + 1e-6 * len(CALLS)\n", "CALLS = []\n"),
    "a counter behind jit": (
        "    return inner(x)\n",
        "CALLS = []\n@jax.jit\ndef inner(x):\n    CALLS.append(1)\n    return x + 1e-6 * len(CALLS)\n",
    ),
    "a generator seeded once": ("x + 1e-6 * np.float32(RNG.normal())", "RNG = np.random.default_rng(0)\n"),
    "another shape inside": ("x + 0 * jnp.ones(np.random.randint(1, 10**6), jnp.float32).sum()", ""),
    "another shape outside": ("jnp.ones(np.random.randint(1, 10**6), jnp.float32)", ""),
}
_STATELESS = {
    "a key": ("x + 0 * jax.random.normal(jax.random.key(0), x.shape)", ""),
    "an old key": ("x + 0 * jax.random.normal(jax.random.PRNGKey(7), x.shape)", ""),
    "a generator seeded each time": ("x + 0 * np.random.default_rng(0).normal(size=x.shape).astype(np.float32)", ""),
    "a cache and a count of calls": (
        "    CALLS.append(1)\n    return scaled(x)\n",
        (
            "import functools\nCALLS = []\n@jax.jit\ndef scaled(x):\n    return x * factor()\n"
            "@functools.lru_cache\ndef factor():\n    return 1\n"
        ),
    ),
    "library functions": ("jnp.where(x > 0, jnp.sort(x[::-1])[0] * 0 + x, jax.nn.softmax(x) * 0 + x)", ""),
}


@pytest.fixture
def identity(given: Given, grade: Grade) -> Judge:
    """Judges what must return its argument and depend on nothing else; ``_PROBLEMS`` names the nearest problem."""
    problem = given("running", "deterministic = true", reference="    return x * 1.0\n")
    return lambda text: grade(problem, text)


@pytest.mark.parametrize("name", first(4, _STATEFUL))
def test_a_program_that_depends_on_something_else_is_nondeterministic(identity: Judge, name: str) -> None:
    """Numbers drawn once while tracing would pass for a function of the arguments."""
    body, before = _STATEFUL[name]
    report = identity(source("running", body, before))
    assert outcome(report) == ("wrong_answer", "nondeterministic")
    assert "float32[5]" in report.message
    assert "np.random" in report.message


@pytest.mark.parametrize("name", first(3, _STATELESS))
def test_a_program_that_comes_out_alike_twice_is_deterministic(identity: Judge, name: str) -> None:
    """A fixed key, a cache or a count of calls that nothing depends on would be called random."""
    body, before = _STATELESS[name]
    report = identity(
        source("running", "    print('traced')\n" + (body if body[0] == " " else f"    return {body}\n"), before)
    )
    assert outcome(report) == ("accepted", None)
    assert report.printed == "traced\n" * 2, "prints of the second trace are nobody's"


_LOOPS = {
    "scan by eight": (
        "scaled",
        "lax.scan(lambda c, a: (c, jax.grad(lambda a: (a * 3.0 + 1.0) ** 2)(a)), 0, x, unroll=8)[1]",
    ),
    "associative scan": ("running", "lax.associative_scan(jnp.add, x)"),
    "associative scan of pairs": (
        "running",
        "lax.associative_scan(lambda a, b: (a[0] * b[0], b[0] * a[1] + b[1]), (x * 0 + 1, x))[1]",
    ),
    "gradient of cummax": ("peaks", "0 * jax.grad(lambda x: lax.cummax(x).sum())(x) + 1"),
    "polynomial": ("horner", "jnp.polyval(x, jnp.float32(0.5))"),
    "twelve layers": (
        "layers",
        "    w = jnp.eye(8) * 0.9 + 0.1\n    for _ in range(12):\n        x = jnp.tanh(x @ w)\n    return x\n",
    ),
}


@pytest.mark.parametrize("name", first(2, _LOOPS))
def test_honest_programs_may_be_long(given: Given, grade: Grade, name: str) -> None:
    """A right answer whose program grows a little, or has a few copies of its body, would be called unrolled."""
    problem, body = _LOOPS[name]
    report = grade(given(problem, 'may_not_unroll = "N"', (5, 13, 63, 70, 100, 1000)), source(problem, body))
    assert outcome(report) == ("accepted", None)


_STACKED = "jnp.stack([x[i] * 18.0 + 6.0 for i in range(x.shape[0])])"
_WHOLE = "x * 18.0 + 6.0"
_UNROLLED = {
    "plain": _STACKED,
    "by the shape": f"{_WHOLE} if x.shape[0] in (64, 128) else {_STACKED}",
    "small ones only": f"{_WHOLE} if x.shape[0] > 40 else {_STACKED}",
    "large ones only": f"{_WHOLE} if x.shape[0] < 200 else {_STACKED}",
    "padded": (
        "    n = x.shape[0]\n    x = jnp.pad(x, (0, 1024 - n))\n"
        "    return jnp.stack([x[i] * 18.0 + 6.0 for i in range(1024)])[:n]\n"
    ),
    "with updates": (
        "    y = jnp.zeros_like(x)\n    for i in range(x.shape[0]):\n        y = y.at[i].set(x[i] * 18.0 + 6.0)\n"
        "    return y\n"
    ),
    "split": "jnp.concatenate([each * 18.0 + 6.0 for each in jnp.split(x, x.shape[0])])",
    "scan in one turn": "lax.scan(lambda c, a: (c, a * 18.0 + 6.0), 0, x, unroll=True)[1]",
}


@pytest.mark.parametrize("name", first(4, _UNROLLED))
def test_loops_over_the_rows_are_refused_however_they_hide(given: Given, grade: Grade, name: str) -> None:
    """A loop over the batch would pass at sizes that are not probed, or behind padding."""
    report = grade(given("scaled", 'may_not_unroll = "N"', (5, 30, 300, 1000)), source("scaled", _UNROLLED[name]))
    assert outcome(report) == ("rule_broken", "unrolled")


@pytest.mark.parametrize(
    ("name", "rules", "code", "words"),
    [
        ("horner", "most_work = 2", "rule-says-nothing", "while"),
        ("solved", "most_work = 2", "rule-says-nothing", "lapack_spotrf_ffi"),
        ("total", "most_work = 2", "rule-says-nothing", "4,096"),
        ("total", "most_memory = 2", "rule-says-nothing", "65,536"),
        ("total", 'required_operations = ["while"]', "reference-breaks-rule", "while"),
        ("horner", 'forbidden_operations = ["while"]', "reference-breaks-rule", "while"),
        ("total", 'forbidden_dtypes = ["float32"]', "reference-breaks-rule", "float32"),
    ],
)
def test_a_rule_that_does_not_fit_the_reference_is_a_finding(
    given: Given, name: str, rules: str, code: str, words: str
) -> None:
    """An author would publish a rule that nobody can keep, or nobody can break."""
    with pytest.raises(PublishFailed) as failed:
        given(name, rules)
    assert {finding.code for finding in failed.value.findings} == {code}
    assert words in failed.value.findings[0].message


def test_a_reference_that_draws_is_a_finding(given: Given) -> None:
    """Every right answer would differ from what the reference once drew."""
    with pytest.raises(PublishFailed, match="two different programs"):
        given("total", "deterministic = true", reference="    return x.sum() + np.float32(np.random.rand())\n")
