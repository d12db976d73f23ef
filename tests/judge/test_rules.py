"""Rules on calls, whatever a source calls them, and the rule against unrolled loops."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.judge.names import references
from app.judge.rules import OperationCount, RuleBreak, check_calls, check_unrolled
from app.judge.source import Source, check_source
from app.problems.model import Rules


def read(text: str) -> Source:
    source = check_source(text.encode())
    assert isinstance(source, Source), source
    return source


def used(text: str, *wanted: str) -> list[tuple[str, int]]:
    return list(references(read(text).tree, set(wanted)))


@pytest.mark.parametrize(
    "text",
    [
        "import jax\nf = jax.vmap(g)",
        "import jax as j\nf = j.vmap(g)",
        "import jax.numpy\nf = jax.vmap(g)",
        "from jax import vmap\nf = vmap(g)",
        "from jax import vmap as v\nf = v(g)",
        "from jax import *\nf = vmap(g)",
        "import jax\nvmap = jax.vmap",
        "import jax\nj = jax\nf = j.vmap",
        "import jax\nj: object = jax\nf = j.vmap",
        "import jax\nj, n = jax, 1\nf = j.vmap",
        "import jax\nf = (j := jax).vmap",
        "import jax\n[j := jax for _ in range(1)]\nf = j.vmap",
        "import jax\na = b\nb = a\nb = jax\nf = a.vmap",
        "import jax\nfrom functools import partial\nf = partial(jax.vmap, in_axes=0)",
        "import jax\n@jax.vmap\ndef f(x):\n    return x",
        "import jax\nf = getattr(jax, 'vmap')(g)",
        "import jax\nf = getattr(jax, 'vmap', None)(g)",
        "import importlib\nf = importlib.import_module('jax').vmap",
        "from importlib import import_module\nf = import_module('jax').vmap",
        "f = __import__('jax').vmap",
        "import jax\ndef f(x, v=jax.vmap):\n    return v(x)",
        "import jax\ndef f(x, *, j=jax):\n    return j.vmap(x)",
        "import jax\ndef f(x):\n    global j\n    j = jax\ndef h(x):\n    return j.vmap(x)",
        "def f(x):\n    j = None\n    def g():\n        nonlocal j\n        import jax as j\n    return j.vmap(x)",
        "import jax\nclass A:\n    j = jax\n    f = j.vmap",
        "vmap = None\nif True:\n    from jax import vmap\nf = vmap(g)",
    ],
)
def test_aliases_are_resolved(text: str) -> None:
    """A use went unseen because the source calls the library by another name."""
    assert {name for name, _ in used(text, "jax.vmap")} == {"jax.vmap"}


@pytest.mark.parametrize(
    "text",
    [
        "import jax\n# jax.vmap\ns = 'jax.vmap'",
        "from jax import vmap",
        "import jax\njax.vmap = None",
        "import jax\ndef f(jax):\n    return jax.vmap",
        "import jax\nf = lambda jax: jax.vmap",
        "import jax\nf = [jax.vmap for jax in boxes]",
        "def f():\n    import jax\ndef g():\n    return jax.vmap",
        "import jax\nclass A:\n    j = jax\n    def f(self):\n        return j.vmap",
        "import numpy as jax\nf = jax.vmap",
        "import jax\nf = jax.numpy.vmap",
        "from . import jax\nf = jax.vmap",
        "def f(x):\n    global jax\n    return jax\ndef g(jax):\n    return jax.vmap",
    ],
)
def test_other_things_of_that_name_are_no_use(text: str) -> None:
    """Text, an import, an assignment or somebody else's ``vmap`` was taken for a use."""
    assert used(text, "jax.vmap") == []


def test_wildcards_stand_for_everything_below() -> None:
    """A forbidden module was reached through a name that the rule does not spell out."""
    text = "import jax\nfrom jax import lax as L\nfrom jax.lax.linalg import qr\nL.scan(f)\nqr(x)\njax.lax.linalg.lu(x)"
    assert sorted({line for _, line in used(text, "jax.lax.*")}) == [4, 5, 6]
    assert used("import jax\nf = jax.lax", "jax.lax.*") == []


def test_builtins_are_named_plainly() -> None:
    """A forbidden builtin went unseen, or the learner's own function was taken for it."""
    assert used("y = sum(x)", "sum") == [("sum", 1)]
    assert used("def sum(x): ...\ny = sum(x)", "sum") == []


def test_a_forbidden_call_names_its_line() -> None:
    """The message about a forbidden call does not say where it is or that the rule is about style."""
    broken = check_calls(
        read("import jax\n\ndef f(x):\n    return jax.lax.map(g, x)\n"), Rules(forbidden_calls=("jax.lax.*",))
    )
    assert broken is not None
    assert (broken.reason, broken.line) == ("forbidden_call", 4)
    assert "Line 4" in broken.message
    assert "`return jax.lax.map(g, x)`" in broken.message
    assert "style" in broken.message


def test_a_required_call_must_be_there() -> None:
    """A source without a required call passed, or one with it did not."""
    rules = Rules(required_calls=("jax.jit", "jax.vmap"))
    assert check_calls(read("import jax\n@jax.jit\ndef f(x):\n    return jax.vmap(g)(x)"), rules) is None
    broken = check_calls(read("import jax\n@jax.jit\ndef f(x):\n    return x"), rules)
    assert broken is not None
    assert broken.reason == "required_call"
    assert "`jax.vmap`" in broken.message
    assert "style" in broken.message


def test_forbidden_calls_come_first_and_by_line() -> None:
    """A later forbidden call, or a missing required one, was told before the first forbidden one."""
    rules = Rules(required_calls=("jax.jit",), forbidden_calls=("jax.vmap", "jax.pmap"))
    broken = check_calls(read("import jax\njax.pmap\njax.vmap"), rules)
    assert broken is not None
    assert broken.line == 2


def test_no_rules_are_kept_by_anything() -> None:
    """A problem without rules found one broken."""
    assert check_calls(read("import jax\njax.vmap"), Rules()) is None


@pytest.mark.parametrize(
    "text",
    [
        "import jax\nb0 = jax\n" + "".join(f"b{i + 1} = b{i}\n" for i in range(9000)) + "b9000.vmap",
        "import jax\nx = jax" + ".vmap" * 900,
        "import jax\nx = " + "lambda: " * 800 + "jax.vmap",
        "import jax\nx = " + "1 + " * 900 + "jax.vmap",
        "import jax\n" + "x = [" * 1 + "jax.vmap, " * 20000 + "]",
    ],
)
def test_long_and_deep_sources_are_read(text: str) -> None:
    """A chain of aliases or deep nesting made the reading recurse until it raised."""
    assert used(text, "jax.vmap")[0][0] == "jax.vmap"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["a = b", "b = a.x", "import a", "from a import b", "global a", "a: b = b", "a.x.x"])))
def test_reading_never_raises(lines: list[str]) -> None:
    """Some order of bindings made the reading raise or run in a circle."""
    inner = "".join(f"    {line}\n" for line in lines)
    used("\n".join([*lines, "def f(b):", "    pass", inner, "class C:", "    pass", inner]), "a.x", "a.x.*")


def count(size: int | None, operations: int, reference: int = 12) -> OperationCount:
    return OperationCount("f", size, f"x: float32[{size}]", operations, reference)


@pytest.mark.parametrize(
    "counts",
    [
        [count(5, 16 * 12 + 8 * 64)],
        [count(None, 16 * 12 + 8 * 64)],
        [count(100_000, 16 * 12 + 17 * 64)],
        [count(5, 3 * 12 + 64), count(64, 20)],
        [count(5, 300)],
        [count(63, 209), count(64, 121), count(128, 121)],
        [count(64, 20), count(128, 20 + 127)],
        [count(64, 121), count(70, 121 + 88)],
        [count(100, 396, 3), count(128, 466, 3)],
        [count(8, 20), count(32, 80)],
        [count(63, 20), count(128, 90)],
        [count(64, 50, 50), count(128, 200, 200)],
        [count(64, 20), count(64, 190)],
        [count(None, 20), count(None, 90)],
        [],
    ],
)
def test_programs_within_the_bounds_are_not_unrolled(counts: list[OperationCount]) -> None:
    """An honest program at the very edge of the definition was refused."""
    assert check_unrolled(counts) is None


@pytest.mark.parametrize(
    "counts",
    [
        [count(5, 16 * 12 + 8 * 64 + 1)],
        [count(None, 16 * 12 + 8 * 64 + 1)],
        [count(1000, 16 * 12 + 10 * 64 + 1)],
        [count(5, 3 * 12 + 65), count(64, 20)],
        [count(128, 20), count(5, 3 * 12 + 65)],
        [count(64, 20), count(128, 20 + 128)],
        [count(128, 148), count(64, 20)],
        [count(64, 20), count(100, 30), count(128, 148)],
        [count(64, 20, 12), count(128, 150, 12 + 129)],
        [count(64, 20), count(100, 20 + 16 * 12 + 64 + 1)],
    ],
)
def test_programs_beyond_the_bounds_are_unrolled(counts: list[OperationCount]) -> None:
    """A loop over the rows was not noticed."""
    broken = check_unrolled(counts)
    assert broken is not None
    assert broken.reason == "unrolled"


def test_an_unrolled_loop_is_told_with_both_counts() -> None:
    """The learner is not told how large the program is and how large the reference's."""
    broken = check_unrolled([count(1000, 4000)])
    assert isinstance(broken, RuleBreak)
    assert "`x: float32[1000]`" in broken.message
    assert "4000 operations" in broken.message
    assert "the reference needs 12 (at most 832 are allowed)" in broken.message
    broken = check_unrolled([count(9, 101), count(64, 16)])
    assert isinstance(broken, RuleBreak)
    assert "at most 3 x 12 + 64 = 100 are allowed to a program that has 16 at size 64" in broken.message
    broken = check_unrolled([count(64, 20, 12), count(128, 200, 13)])
    assert isinstance(broken, RuleBreak)
    for figure in ("20 operations at size 64", "200 at size 128", "from 12 to 13"):
        assert figure in broken.message


def test_rows_are_blamed_only_where_growth_with_them_was_measured() -> None:
    """A loop over another axis, or `unroll=` in a scan, was called a Python loop over the rows."""
    large, grown = check_unrolled([count(5, 4000)]), check_unrolled([count(64, 20), count(128, 184)])
    assert large is not None
    assert grown is not None
    assert "row" not in large.message
    assert "row by row" in grown.message
    for broken in (large, grown):
        assert "`unroll=`" in broken.message
        assert "`jax.vmap`" in broken.message
