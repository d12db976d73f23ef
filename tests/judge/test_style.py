"""Rules on the source: imports, calls and constructs."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.judge.rules.statements import STATEMENTS
from app.judge.rules.style import check_style
from app.judge.source import Source, check_source
from app.judge.verdict import Reason
from app.problems.model import Rules


def read(text: str) -> Source:
    source = check_source(text.encode())
    assert isinstance(source, Source), source
    return source


def test_a_forbidden_call_names_its_line() -> None:
    """The message about a forbidden call does not say where it is or that the rule is about style."""
    broken = check_style(
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
    assert check_style(read("import jax\n@jax.jit\ndef f(x):\n    return jax.vmap(g)(x)"), rules) is None
    broken = check_style(read("import jax\n@jax.jit\ndef f(x):\n    return x"), rules)
    assert broken is not None
    assert broken.reason == "required_call"
    assert "`jax.vmap`" in broken.message
    assert "style" in broken.message


def test_forbidden_calls_come_first_and_by_line() -> None:
    """A later forbidden call, or a missing required one, was told before the first forbidden one."""
    rules = Rules(required_calls=("jax.jit",), forbidden_calls=("jax.vmap", "jax.pmap"))
    broken = check_style(read("import jax\njax.pmap\njax.vmap"), rules)
    assert broken is not None
    assert broken.line == 2


def test_no_rules_are_kept_by_anything() -> None:
    """A problem without rules found one broken."""
    assert check_style(read("import jax\njax.vmap"), Rules()) is None


HONEST = """
from functools import partial

import jax
import jax.numpy as jnp

def loss(w, x):
    return jnp.sum((x @ w) ** 2)

@partial(jax.jit, static_argnames="n")
def step(w, x, n=3):
    grads = jax.vmap(jax.grad(loss), in_axes=(None, 0))(w, x)
    return jax.lax.fori_loop(0, n, lambda i, v: v.at[i].set(0.0), w - grads.mean(0))

if __name__ == "__main__":
    import numpy
    for seed in range(3):
        print(step(numpy.ones(3), numpy.ones((2, 3))))
"""


@pytest.mark.parametrize(
    ("rule", "text", "line"),
    [
        ("numpy", "import jax\nimport numpy", 2),
        ("numpy", "import numpy as jnp", 1),
        ("numpy", "import numpy.linalg", 1),
        ("numpy", "from numpy.linalg import inv", 1),
        ("numpy", "from numpy import *", 1),
        ("numpy", "def f(x):\n    import numpy as np\n    return np.sum(x)", 2),
        ("numpy", "try:\n    import numpy\nexcept ImportError:\n    numpy = None", 2),
        ("numpy", "import importlib\nnp = importlib.import_module('numpy')", 2),
        ("numpy", "from importlib import import_module as i\nnp = i('numpy.linalg')", 2),
        ("numpy", "np = __import__('numpy')", 1),
        ("numpy", "import sys, jax\nnp = sys.modules['numpy']", 2),
        ("jax.numpy", "import jax.numpy as jnp", 1),
        ("jax.numpy", "from jax import lax, numpy as np", 1),
        ("jax.numpy", "from jax.numpy import sum", 1),
        ("jax.numpy", "import jax\ndef f(x):\n    return jax.numpy.sum(x)", 3),
        ("jax.numpy", "import jax as j\nn = getattr(j, 'numpy')", 2),
        ("jax.numpy", "import jax.numpy.linalg", 1),
        ("scipy.*", "import scipy\nimport scipy.linalg", 2),
        ("scipy.*", "from scipy import linalg", 1),
        ("scipy.*", "from scipy import *", 1),
    ],
)
def test_a_forbidden_import_is_found(rule: str, text: str, line: int) -> None:
    """A module that the exercise rules out came in by another way of importing it."""
    broken = check_style(read(text), Rules(forbidden_imports=(rule,)))
    assert broken is not None
    assert (broken.reason, broken.line) == ("forbidden_import", line)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("numpy", HONEST),
        ("numpy", "import jax.numpy as numpy\nnumpy.sum(x)"),
        ("numpy", "from jax import numpy\nnumpy.sum(x)"),
        ("numpy", "from jax import *\nnumpy.sum(x)"),
        ("numpy", "import numpyro"),
        ("numpy", "from . import numpy"),
        ("numpy", "def f(numpy):\n    return numpy.linalg"),
        ("jax.numpy", "import jax\nimport numpy"),
        ("jax.numpy", "import jax\nclass A:\n    jax = None\nA.jax.numpy"),
        ("jax.numpy", "import jax\ndef f(jax):\n    return jax.numpy"),
        ("jax.numpy", "import jax.numpyro"),
        ("scipy.*", "import scipy\nscipy.linalg.inv(x)"),
        ("scipy.*", "import scipyx.linalg"),
        ("jax.*", "import jax\njax.vmap(f)"),
    ],
)
def test_other_modules_are_not_forbidden(rule: str, text: str) -> None:
    """A learner who kept to the rule was told of a module that the source does not import."""
    assert check_style(read(text), Rules(forbidden_imports=(rule,))) is None


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("import jax.numpy as jnp", True),
        ("from jax import numpy as jnp", True),
        ("from jax.numpy import sum", True),
        ("from jax.numpy.linalg import inv", True),
        ("import jax\njax.numpy.sum(x)", True),
        ("import importlib\nimportlib.import_module('jax.numpy')", True),
        ("import jax", False),
        ("import jax\nimport numpy", False),
        ("from . import numpy", False),
        ("x = 'import jax.numpy'", False),
    ],
)
def test_a_required_import_must_be_there(text: str, kept: bool) -> None:
    """A source that imports a required module was refused for how it does so, or one without it passed."""
    broken = check_style(read(text), Rules(required_imports=("jax.numpy",)))
    assert (broken is None) == kept
    if broken is not None:
        assert (broken.reason, broken.line) == ("required_import", 0)
        assert "`jax.numpy`" in broken.message
        assert "style" in broken.message


#: Construct -> sources with it and the line, sources without it.
CONSTRUCTS: dict[str, tuple[list[tuple[str, int]], list[str]]] = {
    "for": (
        [("x = 1\nfor i in x:\n    pass", 2), ("async def f():\n    async for i in x:\n        pass", 2)],
        ["[i for i in x]", "while x:\n    pass", "jax.lax.fori_loop(0, 3, f, x)"],
    ),
    "while": ([("while x:\n    pass", 1)], ["for i in x:\n    pass", "jax.lax.while_loop(c, f, x)"]),
    "comprehension": (
        [("y = [\n    [i for i in x]]", 2), ("{i for i in x}", 1), ("{i: i for i in x}", 1), ("sum(i for i in x)", 1)],
        ["for i in x:\n    pass", "list(map(f, x))"],
    ),
    "if": (
        [("if x:\n    pass", 1), ("def f():\n    if x: pass", 2)],
        ["y = 1 if x else 2", "[i for i in x if i]", "while x: pass\nelse: pass", "assert x"],
    ),
    "conditional_expression": ([("y = 1 if x else 2", 1)], ["if x: pass", "[i for i in x if i]", "x and y or z"]),
    "match": ([("match x:\n    case 1: pass", 1)], ["match = 1", "re.match(x)"]),
    "try": (
        [("try: pass\nexcept E: pass", 1), ("try: pass\nfinally: pass", 1), ("try: pass\nexcept* E: pass", 1)],
        ["with x: pass"],
    ),
    "raise": ([("def f():\n    raise E", 2)], ["assert x"]),
    "assert": ([("assert x", 1)], ["raise E", "chex.assert_shape(x)"]),
    "with": ([("with x: pass", 1), ("async def f():\n    async with x: pass", 2)], ["try: pass\nfinally: pass"]),
    "lambda": ([("f = map(\n    lambda x: x, y)", 2)], ["def f(x): return x"]),
    "nested_function": (
        [
            ("def f():\n    def g(): pass", 2),
            ("def f():\n    if x:\n        async def g(): pass", 3),
            ("def f():\n    class A:\n        def g(self): pass", 3),
        ],
        ["def f(): pass", "class A:\n    def f(self): pass", "if x:\n    def f(): pass", "def f(): return lambda: 1"],
    ),
    "decorator": (
        [("import jax\n\n@jax.jit\ndef f(): pass", 3), ("@a\n@b\nclass A: pass", 1)],
        ["def f(): pass", "f = jax.jit(g)", "a @ b"],
    ),
    "class": ([("x\nclass A: pass", 2)], ["A = NamedTuple('A', [])"]),
    "global": ([("def f():\n    global x", 2)], ["def f():\n    return x", "globals()"]),
    "nonlocal": ([("def f():\n    x = 1\n    def g():\n        nonlocal x", 4)], ["def f():\n    global x"]),
    "yield": ([("def f():\n    yield 1", 2), ("def f():\n    x = yield from g", 2)], ["(i for i in x)"]),
    "async": (
        [
            ("async def f(): pass", 1),
            ("async def f():\n    await x", 1),
            ("def f():\n    return (i async for i in x)", 2),
        ],
        ["def f(): pass", "[i for i in x]"],
    ),
    "del": ([("del x", 1), ("def f():\n    del x[0]", 2)], ["x = None", "x.delete()"]),
    "import": ([("x = 1\nimport jax", 2), ("from jax import lax", 1)], ["__import__('jax')"]),
    "local_import": (
        [("def f():\n    import jax", 2), ("def f():\n    if x:\n        from jax import lax", 3)],
        ["import jax", "try:\n    import jax\nexcept E: pass", "class A:\n    import jax"],
    ),
    "star_import": ([("import jax\nfrom jax import *", 2)], ["from jax import numpy", "f(*x)"]),
    "walrus": ([("if (x := 1): pass", 1)], ["x = 1", "f(x=1)"]),
    "augmented_assignment": ([("x += 1", 1), ("x[0] *= 2", 1)], ["x = x + 1", "x == 1"]),
    "in_place_assignment": (
        [
            ("x[0] = 1", 1),
            ("x = 1\nx[0] += 1", 2),
            ("a, x[0] = 1, 2", 1),
            ("for x[0] in y: pass", 1),
            ("del x[0]", 1),
            ("x[0]: int = 1", 1),
            ("x.a[0].b[1] = 1", 1),
        ],
        ["x = x.at[0].set(1)", "y = x[0]", "x += 1", "x.a = 1", "x[0].a = 1", "f(x[0])", "x: a[0] = 1"],
    ),
    "attribute_assignment": (
        [("x.a = 1", 1), ("x.a += 1", 1), ("x[0].a = 1", 1)],
        ["x[0] = 1", "y = x.a", "x.a[0] = 1"],
    ),
    "matmul_operator": ([("y = a @ b", 1), ("a @= b", 1)], ["@jax.jit\ndef f(): pass", "a * b", "a *= b"]),
}
WITH = [(name, *case) for name, (cases, _) in CONSTRUCTS.items() for case in cases]
WITHOUT = [(name, text) for name, (_, texts) in CONSTRUCTS.items() for text in texts]


def test_every_construct_is_tried() -> None:
    """A construct was added that no test shows to be found, or to be told from its like."""
    assert list(CONSTRUCTS) == list(STATEMENTS)
    assert all(some and others for some, others in CONSTRUCTS.values())


@pytest.mark.parametrize(("name", "text", "line"), WITH)
def test_a_construct_is_found(name: str, text: str, line: int) -> None:
    """A source with a construct was let through where it is forbidden, or refused where it is required."""
    assert check_style(read(text), Rules(required_statements=(name,))) is None
    broken = check_style(read(text), Rules(forbidden_statements=(name,)))
    assert broken is not None
    assert (broken.reason, broken.line) == ("forbidden_statement", line)
    quoted = text.splitlines()[line - 1].strip()
    assert broken.message == (
        f"Line {line} has {STATEMENTS[name].title}, which this exercise rules out: `{quoted}`. "
        "Solve it without. (A matter of style, read from the source.)"
    )


@pytest.mark.parametrize(("name", "text"), WITHOUT)
def test_what_only_looks_like_a_construct_is_none(name: str, text: str) -> None:
    """A learner was told of a construct that the source does not have, or one passed without a required one."""
    assert check_style(read(text), Rules(forbidden_statements=(name,))) is None
    broken = check_style(read(text), Rules(required_statements=(name,)))
    assert broken is not None
    assert (broken.reason, broken.line) == ("required_statement", 0)
    assert STATEMENTS[name].title in broken.message
    assert "style" in broken.message


def test_an_honest_source_keeps_the_usual_rules() -> None:
    """A plain solution with a script below it was refused for something that it does not do when it is judged."""
    rules = Rules(
        required_imports=("jax", "jax.numpy"),
        forbidden_imports=("numpy", "scipy", "jax.experimental"),
        required_calls=("jax.vmap", "jax.grad", "jax.jit"),
        forbidden_calls=("jax.lax.map", "jax.lax.scan", "jax.pmap", "jax.numpy.linalg.*", "print", "sum", "range"),
        required_statements=("lambda", "decorator", "matmul_operator"),
        forbidden_statements=("for", "while", "if", "comprehension", "in_place_assignment", "try", "global", "class"),
    )
    assert check_style(read(HONEST), rules) is None


@pytest.mark.parametrize(
    ("rules", "reason", "line", "named"),
    [
        ({"forbidden_imports": ("scipy", "numpy")}, "forbidden_import", 1, "`numpy`"),
        ({"forbidden_imports": ("numpy", "scipy")}, "forbidden_import", 1, "`numpy`"),
        ({"forbidden_imports": ("scipy",), "forbidden_calls": ("numpy.sum",)}, "forbidden_call", 2, "`numpy.sum`"),
        (
            {"forbidden_statements": ("import",), "forbidden_imports": ("numpy",)},
            "forbidden_import",
            1,
            "`numpy`",
        ),
        (
            {"forbidden_statements": ("comprehension",), "forbidden_calls": ("numpy.sum",)},
            "forbidden_call",
            2,
            "`numpy.sum`",
        ),
        ({"forbidden_calls": ("numpy.*",), "forbidden_imports": ("numpy.*",)}, "forbidden_call", 2, "`numpy.*`"),
        ({"forbidden_calls": ("numpy.*", "numpy.sum")}, "forbidden_call", 2, "`numpy.*`"),
        ({"forbidden_calls": ("numpy.sum", "numpy.*")}, "forbidden_call", 2, "`numpy.sum`"),
        ({"forbidden_imports": ("scipy",), "required_imports": ("jax",)}, "forbidden_import", 3, "`scipy`"),
        ({"required_statements": ("for",), "required_calls": ("jax.jit", "jax.grad")}, "required_call", 0, "`jax.jit`"),
        ({"required_calls": ("jax.jit",), "required_imports": ("numpy", "jax")}, "required_import", 0, "`jax`"),
        ({"required_statements": ("while", "for")}, "required_statement", 0, "`while`"),
    ],
)
def test_of_several_breaks_the_first_is_told(
    rules: dict[str, tuple[str, ...]], reason: Reason, line: int, named: str
) -> None:
    """Which of several broken rules a learner reads about changed from one grading to the next."""
    broken = check_style(read("import numpy\nx = [numpy.sum(i) for i in x]\nimport scipy"), Rules(**rules))
    assert broken is not None
    assert (broken.reason, broken.line) == (reason, line)
    assert named in broken.message


def test_what_a_script_does_is_not_judged() -> None:
    """A learner's own trial below the solution broke a rule, or satisfied one."""
    script = "if __name__ == '__main__':\n    import numpy\n    for i in numpy.ones(3):\n        print(i)"
    forbidden = Rules(forbidden_imports=("numpy",), forbidden_calls=("print",), forbidden_statements=("for", "if"))
    assert check_style(read(f"x = 1\n{script}"), forbidden) is None
    assert check_style(read(f"x = 1\n{script}"), Rules(required_statements=("for",))) is not None
    assert check_style(read(f"__name__ = '__main__'\n{script}"), forbidden) is not None


def test_a_construct_of_another_release_is_missing() -> None:
    """A problem stored by a release that knows more constructs made the judge raise."""
    broken = check_style(read("x = 1"), Rules(required_statements=("new",), forbidden_statements=("newer",)))
    assert broken is not None
    assert (broken.reason, "`new`" in broken.message) == ("required_statement", True)


def test_every_reason_of_a_rule_on_the_source_is_in_the_vocabulary() -> None:
    """A rule was broken for a reason that no stored report may have."""
    expected = {f"{what}_{of}" for what in ("required", "forbidden") for of in ("import", "call", "statement")}
    assert expected <= set(get_args(Reason))


def test_the_authors_page_says_what_each_construct_covers() -> None:
    """An author could not look up what a name of ``forbidden_statements`` stands for."""
    page = (Path(__file__).resolve().parents[2] / "problems/README.md").read_text()
    rows = re.findall(r"^\| `(\w+)` \| (.*) \|$", page, re.MULTILINE)
    assert [row for row in rows if row[0] in STATEMENTS] == [(name, entry.covers) for name, entry in STATEMENTS.items()]


RULES = Rules(
    required_imports=("a", "a.b"),
    forbidden_imports=("b.*", "c", "a.c.d"),
    required_calls=("a.b", "sum"),
    forbidden_calls=("a.*", "b.c.*", "print"),
    required_statements=tuple(STATEMENTS),
    forbidden_statements=tuple(STATEMENTS),
)
PIECES = [ast.unparse(node) for name, text, _ in WITH for node in ast.parse(text).body]
PIECES += [text for _, text in WITHOUT] + HONEST.strip().split("\n\n")


@st.composite
def sources(draw: st.DrawFn) -> str:
    """Pieces of Python in any order, some of them inside a function or a class."""
    text = ""
    for piece in draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6)):
        head = draw(st.sampled_from(["", "def a(b, *c, d=a):\n", "class a(b):\n", "if __name__ == '__main__':\n"]))
        text += head + (re.sub("^", "    ", piece, flags=re.MULTILINE) if head else piece) + "\n"
    return draw(st.sampled_from([text, re.sub(r"\b[fgijxy]\b", "a", text), re.sub(r"\bjax\b", "a", text)]))


@settings(max_examples=150, deadline=None)
@given(sources() | st.text(st.sampled_from(list("ab.=:@[](){}*,'\n lfor"))), st.sampled_from([RULES, Rules()]))
def test_any_source_is_read(text: str, rules: Rules) -> None:
    """Some source made the rules raise, which the learner would see as our fault."""
    source = check_source(text.encode())
    if isinstance(source, Source):
        broken = check_style(source, rules)
        assert broken == check_style(source, rules)
        assert rules == RULES or broken is None
