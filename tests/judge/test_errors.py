"""Failures in words: JAX's own errors, as JAX raises them today, and the limits and faults of the sandbox."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.judge.explain.errors import explain_failure
from sandbox.jobs import Failure, FailureKind, Frame
from tests.judge.bodies import EAGER_BODIES, MORE_BODIES
from tests.judge.raising import raised_errors

SECRET = "31.4159"
ANOTHER = "Use another function of `jax.numpy` or `jax.lax` for this step."


@pytest.fixture(scope="module")
def raised() -> Mapping[str, Failure]:
    """What the sandbox reports of each error in ``jax_errors.py``."""
    return raised_errors()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("if", ("Line 5, `if s > 0:`", "jnp.where", "jax.lax.cond")),
        ("while", ("Line 5", "jax.lax.while_loop")),
        ("sorted", ("Line 5", "no values")),
        ("float", ("`return float(s)`", ".astype")),
        ("math", ("Line 6", "functions of `jnp`")),
        ("item", ("Line 5", "Leave it an array")),
        ("range", ("jax.lax.fori_loop", ".shape")),
        ("list index", ("index of a list",)),
        ("zeros", ("depends on a value", ".shape")),
        ("arange", ("depends on a value", ".shape")),
        ("slice", ("dynamic_slice",)),
        ("numpy", ("`jnp` instead of `np`", "`v` has shape `(N,)` = `(5,)`")),
        ("mask", ("jnp.where(mask, x, 0)",)),
        ("nonzero", ("`size=`",)),
        ("unique", ("`size=`",)),
        ("leak", ("outlived the function", "Line 7")),
        ("callback", ("jax.pure_callback", "cannot be judged", "jnp")),
        ("foreign", ("foreign kernel",)),
        ("in place", ("x.at[i].set(y)", "Line 5, `v[0] = 1.0`")),
        ("in place add", (".add(y)",)),
        ("product", ("(5,) and (3,)", "`m` has shape `(3, 4)`", ".T")),
        ("einsum", ("label 'i'", "transpose")),
        ("product with scalar", ("`s` has shape `()`",)),
        ("sum of shapes", ("matched from the right", "`v` has shape `(N,)` = `(5,)` and `m`")),
        ("where", ("Incompatible shapes",)),
        ("grad of vector", ("Output had shape: (5,)", "jax.vmap(jax.grad(f))", ".sum()")),
        ("grad of tuple", ("has_aux=True",)),
        ("grad of int", ("`3.0` instead of `3`",)),
        ("vmap over scalar", ("in_axes=(None, 0)", "`s` has shape `()`")),
        ("vmap sizes", ("axis had size 3", "`None` is for arguments")),
        ("vmap over nothing", ("every entry of `in_axes` is None",)),
        ("vmap entries", ("len(in_axes)=1", "one entry per argument")),
        ("vmap tree", ("the same container of axes",)),
        ("array of unequal", ("unequal shapes", "`s` has shape `()` and `v` has shape `(N,)` = `(5,)`", ".sum()")),
        ("stack of unequal", ("unequal shapes",)),
        ("returns text", ("<class 'str'>", "Return arrays or numbers")),
        ("in a set", ("member of a set",)),
        ("carry", ("jnp.zeros(...)",)),
        ("branches", ("equal output types",)),
        ("format", ("jax.debug.print",)),
        ("static array", ("Line 5", "Mark only Python values as static", "out of `static_argnums`")),
        ("static list", ("a list or a dict cannot be one", "give a tuple of numbers instead")),
        ("earlier call", ("A value of an earlier call", "was kept", "Compute it anew in every call")),
        ("earlier call used", ("A value of an earlier call", "then returned or used")),
        ("inside", ("from inside a function that JAX transformed", "let inner functions return")),
        ("unflatten", ("Line 5", "ValueError: Too many leaves for PyTreeDef; expected 1")),
        ("input", ("`return v * float(input())`: Nothing can be typed here. Take every value from the arguments.",)),
        ("exit", ("Line 6, `sys.exit(3)`: The code ended the process", "Return the result instead.")),
        ("import", ("nowhere_to_be_found", "can be imported")),
        ("undefined", ("Line 5, `return vv`: NameError: name 'vv' is not defined",)),
        ("hostile text", ("ValueError: red xxx",)),
    ],
)
def test_errors_of_jax_are_told_with_the_way_out(
    raised: Mapping[str, Failure], name: str, words: tuple[str, ...]
) -> None:
    """JAX words an error in another way than the advice expects, so that a learner sees the bare text."""
    said = explain_failure(raised[name], {"N": 5}, public=True)
    for part in words:
        assert part in said
    assert said.isprintable()
    assert len(said) < 1200


def test_every_error_of_the_script_is_tested(raised: Mapping[str, Failure]) -> None:
    """An error is raised for nothing: no test says what is to be told about it."""
    marks = test_errors_of_jax_are_told_with_the_way_out.pytestmark  # type: ignore[attr-defined]
    assert {entry[0] for entry in marks[0].args[1]} == set(raised) - MORE_BODIES.keys() - EAGER_BODIES.keys()


def test_jax_boilerplate_is_left_out(raised: Mapping[str, Failure]) -> None:
    """A message ends in JAX's links, or names files, addresses and tracer classes."""
    for failure in raised.values():
        said = explain_failure(failure, {}, public=True)
        for noise in (
            "docs.jax.dev",
            "submission.py",
            " at 0x",
            "JitTracer",
            "DynamicJaxprTracer",
            "The error occurred",
        ):
            assert noise not in said


@pytest.mark.parametrize("kind", get_args(FailureKind))
def test_hidden_cases_tell_the_kind_only(kind: FailureKind) -> None:
    """A failure on hidden inputs told its message, a line, a value or a type."""
    failures = [
        Failure(kind, SECRET, SECRET, (Frame(4159, SECRET, SECRET),), 4159, ((f"x{SECRET[:2]}", f"float32[{n}]"),))
        for n in (4159, 1)
    ]
    said = {explain_failure(failure, {"N": 4159}, public=False) for failure in failures}
    assert len(said) == 1
    assert not any(character.isdigit() for character in said.pop())


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("compile", "could not compile the program: two things"),
        ("runtime", "failed while it ran: two things"),
        ("time", "Time limit: two things"),
        ("memory", "Memory limit: two things"),
        ("output", "Output limit: two things"),
        ("violation", "sandbox refused this: two things"),
        ("crash", "ended without a result: two things"),
        ("entry", "Two things."),
    ],
)
def test_limits_and_faults_are_sentences(kind: FailureKind, words: str) -> None:
    """A limit is not told, or is told without what the sandbox says of it."""
    assert words in explain_failure(Failure(kind, "two things"), {}, public=True)


def test_the_line_of_a_crash_is_told() -> None:
    """The line on which a process died was known and not told."""
    frames = (Frame(3, "solve", "return f(x)"), Frame(9, "f", ""))
    assert explain_failure(Failure("crash", "gone", "", frames), {}, public=True).startswith(
        "Line 9: The process ended"
    )


def test_syntax_errors_have_line_and_column() -> None:
    """A syntax error that only the compiler finds was told without its place."""
    failure = Failure("source", "'return' outside function", "SyntaxError", (Frame(3, "<module>", "return 1"),), 5)
    said = explain_failure(failure, {}, public=True)
    assert said.startswith("Line 3, column 5, `return 1`: Python cannot compile this: 'return' outside function.")


def test_types_that_are_no_single_array_are_shown_as_they_are() -> None:
    """A tuple of arrays on the failing line was dropped or taken for one array."""
    failure = Failure(
        "exception", "no", "ValueError", (), 0, (("params", "(float32[], float32[5])"), ("not a name", "float32[5]"))
    )
    said = explain_failure(failure, {"N": 5}, public=True)
    assert said == "ValueError: no. `params` is `(float32[], float32[5])`."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("type <class 'jax._src.interpreters.partial_eval.DynamicJaxprTracer'>.", "type traced array."),
        ("jax._src.interpreters.partial_eval.DynamicJaxprTracer again", "A traced array again."),
        ("unhashable: 'DynamicJaxprTracer'", "unhashable: a traced array."),
        ("got JitTracer(~float32[5]) here", "got a traced float32[5] here."),
        ("MyDynamicJaxprTracers.x", "MyDynamicJaxprTracers.x."),
    ],
)
def test_tracers_are_named_in_whole_words(text: str, said: str) -> None:
    """The name of a tracer's class was replaced in the middle of a longer name."""
    assert explain_failure(Failure("runtime", text), {}, public=True).lower().endswith(said.lower())


@pytest.mark.parametrize(
    ("message", "way_out"),
    [
        ("the program calls 'lapack_sgees_ffi', which cannot be judged here.", ANOTHER),
        ("the program uses the dtype i4, which cannot be judged here.", ANOTHER),
        ("traced program takes other arrays than declared; was jax_enable_x64 changed?", "Leave JAX's settings as"),
    ],
)
def test_programs_that_cannot_be_judged_are_told_plainly(message: str, way_out: str) -> None:
    """An operation that the vetter does not know was told as Python that cannot be traced, or as an exception."""
    said = explain_failure(Failure("not_traceable", message, "Unsupported"), {"N": 5}, public=True)
    assert said.startswith(f"{message[:1].upper()}{message[1:]} {way_out}")


def test_an_exception_of_the_same_name_is_the_learners() -> None:
    """A class ``Unsupported`` of the learner's own was taken for the vetter's word."""
    assert explain_failure(Failure("exception", "no", "Unsupported"), {}, public=True) == "Unsupported: no."


hostile = st.text(max_size=200) | st.sampled_from(["\x1b[2J", "a\nb\rc", "\x1b]0;title\x07", "\u202e", "x" * 9000])


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(get_args(FailureKind)), hostile, hostile, hostile, hostile)
def test_hostile_texts_stay_harmless(kind: FailureKind, message: str, error: str, text: str, name: str) -> None:
    """A text from the sandbox broke the line, carried control characters or was of any length."""
    failure = Failure(kind, message, error, (Frame(1, name, text),), 0, ((name, text),))
    said = explain_failure(failure, {}, public=True)
    assert said.isprintable()
    assert said
    assert len(said) < 1500


@pytest.mark.parametrize(
    "unit",
    [
        "The error occurred while tracing the function ",
        "a",
        " ",
        "\x1b[",
        "\x1b]",
        "Tracer(",
        "<class '",
        "a.",
        "'",
        "DynamicJaxprTracer",
        " at 0x",
        "returned a value of type ",
    ],
)
def test_long_hostile_texts_are_read_in_little_time(unit: str) -> None:
    """A text made for backtracking kept the judge busy; the test's own time limit ends it."""
    explain_failure(Failure("exception", unit * (4_000_000 // len(unit)), "TypeError"), {}, public=True)
