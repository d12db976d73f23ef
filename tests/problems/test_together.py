"""Mutants that are judged together get the fate that each has by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.problems.checking.memory import Memory
from app.problems.checking.mutating.mutants import Mutant, mutants
from app.problems.checking.mutating.score import FATE, Fate, _Fates, mutation, without_words
from app.problems.checking.mutating.together import _only_defines, judge_together
from app.problems.folder import read
from app.problems.model import Problem
from app.problems.published import Published
from app.problems.publishing.publish import publish_cases
from sandbox.jobs import Finished, Sandbox, Vetted
from sandbox.local import LocalSandbox
from tests import folders
from tests.folders import DOUBLE

_SHIPPED = Path(__file__).parents[2] / "problems"
_CASES = (
    "import numpy as np\n\ndef public():\n    return {'two': (np.array([1.5, 2.5], np.float32),)}\n\n"
    "def hidden(rng):\n    return {'four': (rng.normal(size=4).astype(np.float32),)}\n"
)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[LocalSandbox]:
    """A warm sandbox that remembers nothing."""
    made = LocalSandbox(2)
    yield made
    made.close()


def _published(folder: Path, sandbox: Sandbox) -> Published:
    problem = read(folder)
    assert isinstance(problem, Problem), problem
    return without_words(publish_cases(problem, sandbox))


def _fates(published: Published, sandbox: Sandbox) -> dict[str, Fate]:
    """What becomes of each mutant."""
    found: dict[str, Fate] = {}
    of = _Fates.of

    def noting(self: _Fates, mutant: Mutant) -> Fate:
        found[mutant.change] = fate = of(self, mutant)
        return fate

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Fates, "of", noting)
        mutation(published, sandbox, 2, Memory().of(published, {}, "fate", FATE))
    return found


def _artifacts(published: Published, sandbox: Sandbox) -> set[str]:
    """SHA-256 of the reference's programs, as it is judged by itself."""
    found = _Watched(sandbox)
    mutation(published, found, 1, Memory().of(published, {}, "fate", FATE))
    return found.jobs[0]


class _Watched:
    """A sandbox that notes the programs of every job."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self.jobs: list[set[str]] = []

    def grade(self, *arguments: Any, **options: Any) -> Iterator[Any]:
        programs: set[str] = set()
        for event in self._sandbox.grade(*arguments, **options):
            if isinstance(event, Vetted):
                programs.add(event.artifact)
            if isinstance(event, Finished):
                self.jobs.append(programs)
            yield event

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sandbox, name)


def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every mutant judged by itself."""
    monkeypatch.setattr("app.problems.checking.mutating.score.judge_together", lambda *_: {})


@pytest.mark.parametrize(
    "slug",
    [
        "layer_norm",  # some show in small cases only
        "bisect_root",  # some never end
        "hessian_vector_product",  # one makes the same programs
        "quadratic_roots",  # several are argued
        "sgd_step",  # calls by a harness, and under transformations
    ],
)
def test_fates_are_those_of_mutants_that_are_judged_alone(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, slug: str
) -> None:
    """A mutant would be found out by what another one does, or be passed with it."""
    published = _published(_SHIPPED / slug, sandbox)
    watched = _Watched(sandbox)
    together = _fates(published, watched)
    jobs = len(watched.jobs)
    _alone(monkeypatch)
    assert _fates(published, watched) == together
    assert [*together.values()].count("killed") > 10
    assert 2 * jobs < len(watched.jobs) - jobs, "most were judged by themselves all the same"


_HARNESSED = """
[entries.twice]
arguments = { x = "float32[N]" }
returns = "float32[N]"
harness = true

[defines]
double = ["x"]

[cases]
seed = 5
"""
_PLAIN = 'returns = "float32[N]"\n\n[arguments]\nx = "float32[N]"\n\n[cases]\nseed = 5\n'
_STYLED = _PLAIN + "\n[rules]\nrequired_calls = ['jax.checkpoint']\n"
_AND_ONE = DOUBLE.format("2 * x + 1")
_IMPORTING = "from submission import double\n\n\ndef twice(solution, x):\n    return double(double(x))\n"
_LATE = "def twice(solution, x):\n    from submission import double\n\n    return double(double(x))\n"
_COUNTING = (
    "calls = [1]\n\n\ndef twice(solution, x):\n    calls.append(1)\n    return len(calls) * solution.double(x)\n"
)
_CHECKPOINTED = (
    "import jax\n\n\ndef double(x):\n    @jax.checkpoint\n    def inner(y):\n        return 2 * y + 1\n\n"
    "    return inner(x)\n"
)
_SWITCHED = "import jax\n\nWIDE = jax.config.update('jax_enable_x64', True)\n\n\n" + _AND_ONE


@pytest.mark.parametrize(
    ("manifest", "files"),
    [
        (_HARNESSED, {"reference.py": _AND_ONE, "harness.py": _IMPORTING}),
        (_HARNESSED, {"reference.py": _AND_ONE, "harness.py": _LATE}),
        (_HARNESSED, {"reference.py": _AND_ONE, "harness.py": _COUNTING}),
        (_STYLED, {"reference.py": _CHECKPOINTED}),
        (_PLAIN, {"reference.py": _SWITCHED}),
    ],
    ids=["a harness that imports", "one that does so late", "one that counts", "a rule on the source", "a switch"],
)
def test_nothing_is_shared_that_would_decide(
    tmp_path: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, manifest: str, files: dict[str, str]
) -> None:
    """A mutant would be judged by another one's function, by another's setting, or without a rule that it breaks."""
    folders.double(tmp_path)
    folder = folders.write(tmp_path, "double", manifest, {"cases.py": _CASES, **files})
    published = _published(folder, sandbox)
    together = _fates(published, sandbox)
    _alone(monkeypatch)
    assert _fates(published, sandbox) == together
    assert "killed" in together.values()


def _shown(published: Published, sandbox: Sandbox, *sources: str) -> list[str | None]:
    """What is shown of sources that stand for mutants."""
    made = [Mutant("", 1, source, "") for source in sources]
    found = judge_together((published, published), made, _artifacts(published, sandbox), sandbox, 1)
    return [found.get(source) for source in sources]


_ENDLESS = "import jax\n\n\n" + DOUBLE.format("jax.lax.while_loop(lambda y: y[0] < 9, lambda y: 0 * y, 0 * x)")


def test_each_is_told_apart_from_those_beside_it(tmp_path: Path, sandbox: Sandbox) -> None:
    """One that raises, returns nothing, or has no such function would decide about the others."""
    published = _published(folders.double(tmp_path, cases_py=_CASES), sandbox)
    sources = [
        DOUBLE.format("3 * x"),
        DOUBLE.format("x.nothing"),
        "raise ValueError",
        "",
        "def double():\n    return 1\n",
        DOUBLE.format("None"),
        DOUBLE.format("x + x - 0 * x"),
        DOUBLE.format("2 * x") + "\n\nUNUSED = 3\n",
    ]
    expected = ["killed"] * 6 + ["passed", "equivalent"]
    assert _shown(published, sandbox, *sources) == expected
    assert _shown(published, sandbox, *sources[::-1]) == expected[::-1]


def test_what_one_that_never_ends_leaves_open_stays_open(tmp_path: Path, sandbox: Sandbox) -> None:
    """Those behind it would be killed by a limit that another one has reached."""
    manifest = "[limits]\nevaluate_seconds = 3\n"
    folder = folders.double(tmp_path, cases_py=_CASES)
    (folder / "problem.toml").write_text((folder / "problem.toml").read_text() + manifest)
    published = _published(folder, sandbox)
    shown = _shown(published, sandbox, DOUBLE.format("3 * x"), _ENDLESS, DOUBLE.format("x"))
    assert shown == ["killed", None, None]


@pytest.mark.parametrize(
    "meddling",
    [
        "import jax.numpy as jnp\n\n\n" + DOUBLE.format("setattr(jnp, 'asarray', lambda y: jnp.array(y) + 1) or 2 * x"),
        "import jax.numpy as jnp\n\njnp.asarray = lambda y: jnp.array(y) + 1\n\n\n" + DOUBLE.format("2 * x"),
        "import numpy as np\n\n\n" + DOUBLE.format("2 * np.ones(1 << 40)"),
        "import os\n\n\n" + DOUBLE.format("os._exit(0)"),
    ],
    ids=["as it is traced", "as it is loaded", "memory", "exit"],
)
def test_nothing_is_said_where_one_has_changed_what_holds_for_all(
    tmp_path: Path, sandbox: Sandbox, meddling: str
) -> None:
    """Its neighbours would be killed or saved by it."""
    published = _published(folders.double(tmp_path, cases_py=_CASES), sandbox)
    assert _shown(published, sandbox, meddling, DOUBLE.format("3 * x")) == [None, None]


@pytest.mark.parametrize(
    ("source", "defines"),
    [
        ('"""Words."""\nimport jax\n\nA, B = 1, 2\nC: int = 3\n\n\ndef f(x):\n    return x\n', True),
        ("import jax\n\n\n@jax.custom_vjp\ndef f(x):\n    return x\n\n\nf.defvjp(f, f)\n", True),
        ("import jax\n\njax.config.update('jax_enable_x64', True)\n", False),
        ("import random\n\nrandom.seed(1)\n", False),
        ("import numpy as np\n\nnp.two = 2\n", False),
        ("import os\n\nos.environ['A'] = 'b'\n", False),
        ("import jax\n\nA = jax.config.update('jax_enable_x64', True)\n", False),
        ("import jax\n\n\ndef f(x, y=jax.config.update('jax_enable_x64', True)):\n    return x\n", False),
        ("import random\n\n\n@random.seed\ndef f(x):\n    return x\n", False),
        ("class A:\n    import random\n", False),
        ("from functools import partial\n\n\n@partial(print, 1)\ndef f(x):\n    return x\n", False),
        ("from functools import partial\n\n\n@partial(jax.jit)\ndef f(x):\n    return print(x)\n", True),
        ("if True:\n    A = 1\n", False),
    ],
)
def test_what_loading_does_to_others_is_seen(source: str, *, defines: bool) -> None:
    """The mutant that leaves it out would have it done by the others."""
    assert _only_defines(source) is defines


def test_all_mutants_of_the_course_can_be_judged_together() -> None:
    """A way of writing that is everybody's would have its mutants judged one by one."""
    references = {path.parent.name: path.read_text() for path in _SHIPPED.glob("*/reference.py")}
    assert [slug for slug, source in references.items() if not _only_defines(source)] == []
    assert all(mutants(source) for source in references.values())
