"""Notes beside a verdict, and what prints teach: read from the source and the prints, and only where it is plain."""

from __future__ import annotations

import pytest

from app.judge.explain.notes import notes_on
from app.judge.explain.prints import run_lesson, trace_lesson
from app.judge.run import run_public
from app.judge.source import Source, check_source
from app.problems.published import Published
from sandbox.jobs import Sandbox
from tests import folders
from tests.judge.conftest import Grade, Publish

HEAD = "import jax\nimport jax.numpy as jnp\n\n\ndef solve(key, x):\n"


def notes(body: str, printed: str = "", *, accepted: bool = False, message: str = "") -> tuple[str, ...]:
    """The notes on a function with this body, which begins in line 6."""
    source = check_source((HEAD + "".join(f"    {line}\n" for line in body.splitlines())).encode())
    assert isinstance(source, Source)
    return notes_on(source, printed, "", accepted=accepted, message=message)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            "a = jax.random.normal(key, (2,))\nb = jax.random.uniform(key, (2,))\nreturn a + b",
            "Line 7, `b = jax.random.uniform(key, (2,))`, uses the key `key` again, after line 6",
        ),
        ("return jax.random.normal(key) + jax.random.normal(key)", "twice on this line"),
        ("k, _ = jax.random.split(key)\nreturn jax.random.normal(key)", "uses the key `key` again, after line 6"),
        ("return [jax.random.normal(key) for _ in range(3)]", "in every turn of the loop"),
        ("for i in range(3):\n    x = x + jax.random.normal(key)\nreturn x", "in every turn of the loop"),
        ("x.at[0].set(1.0)\nreturn x", "Line 6, `x.at[0].set(1.0)`, makes a new array, and nothing keeps it"),
        ("jnp.sort(x)\nreturn x", "Line 6, `jnp.sort(x)`, returns a new value, and nothing keeps it"),
    ],
)
def test_what_is_plainly_a_slip_is_noted(body: str, words: str) -> None:
    """A key used twice, or a result thrown away, gives wrong numbers and no word about why."""
    (note,) = notes(body)
    assert words in note
    assert note.endswith(".")


def test_no_more_notes_are_made_than_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A source with a slip in each of its ten thousand lines would keep the judge busy for a minute."""
    quoted: list[int] = []
    line = Source.line

    def counted(source: Source, number: int) -> str:
        quoted.append(number)
        return line(source, number)

    monkeypatch.setattr(Source, "line", counted)
    assert len(notes("x.at[0].set(1.0)\n" * 500)) == len(quoted) == 3


@pytest.mark.parametrize(
    "body",
    [
        "key, other = jax.random.split(key)\nreturn jax.random.normal(key) + jax.random.normal(other)",
        "a = jax.random.normal(key)\nkey = jax.random.fold_in(key, 1)\nreturn a + jax.random.normal(key)",
        "a = jax.random.fold_in(key, 1)\nb = jax.random.fold_in(key, 2)\nreturn a, b",
        "if x.ndim:\n    return jax.random.normal(key)\nreturn jax.random.uniform(key)",
        "a = jax.random.normal(key) if x.ndim else jax.random.uniform(key)\nreturn a",
        "for k in jax.random.split(key, 3):\n    x = x + jax.random.normal(k)\nreturn x",
        "for i in range(3):\n    key, k = jax.random.split(key)\n    x = x + jax.random.normal(k)\nreturn x",
        "f = lambda k: jax.random.normal(k)\nreturn f(key)",
        "x = x.at[0].set(1.0)\nreturn x",
        "jax.debug.print('{x}', x=x)\nprint(x)\nreturn x",
        "kept = []\nkept.append(1)\nreturn x",
        "jnp = x\njnp.sort()\nreturn x",
    ],
)
def test_what_may_be_right_is_not_noted(body: str) -> None:
    """A right way of using keys, or a call that is made for its effect, is called a mistake."""
    assert notes(body) == ()


def test_an_accepted_source_is_told_of_nothing_but_warnings() -> None:
    """Somebody whose answer is right is told that it is wrong."""
    body = "jnp.sort(x)\nreturn x"
    assert notes(body, accepted=True) == ()
    warned = "Explicitly requested dtype float64 requested in asarray is not available, and will be truncated to dtype "
    (note,) = notes("return jnp.asarray(x, jnp.float64)", f"{warned}float32.", accepted=True)
    assert note.startswith("Line 6, `return jnp.asarray(x, jnp.float64)`, asks for float64, but x64 is off here")


def test_a_deep_or_long_source_is_noted_in_little_time() -> None:
    """A source of a quarter of a megabyte, or one that nests deeply, keeps the judge busy or overflows its stack."""
    calls = "jax.random.normal(key)\n" * 6000
    assert len(notes(calls + "return x")) == 3
    assert notes("return " + "-" * 150 + "x") == ()


def test_how_often_a_function_was_traced_is_told_with_its_prints() -> None:
    """A learner takes one printed line for one row."""
    assert trace_lesson("", 3) == trace_lesson("loaded\n", 0) == ""
    assert "traced once, and what it printed" in trace_lesson("row\n", 1)
    assert "traced 3 times, once for each new shape of its arguments" in trace_lesson("row\n" * 3, 3)


@pytest.mark.parametrize(
    "printed", ["JitTracer(float32[3])", "Traced<float32[3]>with<BatchTrace>", "VmapTracer(aval=)"]
)
def test_a_traced_array_among_the_prints_of_a_run_is_explained(printed: str) -> None:
    """A learner who prints inside of ``vmap`` sees no values and is not told why."""
    assert "runs once for each trace" in run_lesson(f"x = {printed}\n")
    assert run_lesson("x = [1. 2.]\n") == ""


@pytest.fixture(scope="module")
def double(tmp_path_factory: pytest.TempPathFactory, published: Publish) -> Published:
    """Twice a vector: one public case and two hidden ones."""
    return published(folders.double(tmp_path_factory.mktemp("problems")))


PRINTING = (
    "import jax\n\n\ndef one(x):\n    print('row')\n    return 2 * x\n\n\ndef double(x):\n    return jax.vmap(one)(x)\n"
)


def test_traces_are_counted_as_they_print(double: Published, grade: Grade) -> None:
    """The number of traces does not agree with what they printed, or the marks between them are shown."""
    report = grade(double, PRINTING)
    assert report.verdict == "accepted"
    assert (report.traced, report.printed) == (3, "row\nrow\nrow\n")
    (lesson,) = report.notes
    assert "traced 3 times" in lesson
    failing = grade(double, "def double(x):\n    print('row')\n    return x.nowhere\n")
    assert (failing.traced, failing.printed) == (1, "row\n")


def test_a_print_inside_of_vmap_is_explained_in_a_run(double: Published, sandbox: Sandbox) -> None:
    """In a run, a print inside of ``vmap`` shows a tracer once, and nothing says why."""
    source = PRINTING.replace("'row'", "x")
    report = run_public(double, source.encode(), sandbox, None)
    (lesson,) = report.notes
    assert "jax.debug.print" in lesson


def test_the_way_to_the_line_at_fault_is_in_the_report(double: Published, grade: Grade, sandbox: Sandbox) -> None:
    """A learner whose helper fails does not learn which call led there, or reads frames of JAX and of ours."""
    source = "import jax\n\n\ndef one(x):\n    return x.nowhere\n\n\ndef double(x):\n    return jax.vmap(one)(x)\n"
    report = grade(double, source)
    wanted = [(9, "double", "return jax.vmap(one)(x)"), (5, "one", "return x.nowhere")]
    assert [(frame.line, frame.function, frame.text) for frame in report.frames] == wanted
    (call,) = run_public(double, source.encode(), sandbox, None).calls
    assert [frame.line for frame in call.frames] == [9, 5]
