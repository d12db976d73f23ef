"""What a source refers to and imports, whatever it calls it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.judge.rules.names import Names
from app.judge.source import Source, check_source


def read(text: str) -> Source:
    source = check_source(text.encode())
    assert isinstance(source, Source), source
    return source


def used(text: str, *wanted: str) -> list[tuple[str, int]]:
    return list(Names(read(text).tree, set(wanted)).references())


def imported(text: str) -> list[tuple[str, int]]:
    return list(Names(read(text).tree, ()).imports())


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
        "import jax\nf = jax.__dict__['vmap'](g)",
        "import jax\nf = vars(jax)['vmap'](g)",
        "import jax\nimport builtins as b\nf = b.vars(jax)['vmap']",
        "import jax\nimport builtins\nf = builtins.getattr(jax, 'vmap')",
        "import jax\nfrom builtins import getattr as g\nf = g(jax, 'vmap')",
        "import importlib as i\nf = i.import_module('jax').vmap",
        "from importlib import import_module as i\nf = i(name='jax').vmap",
        "from importlib import *\nf = import_module('jax').vmap",
        "import importlib\nj = importlib.import_module('jax')\ndef f(x):\n    return j.vmap(x)",
        "f = getattr(__import__('jax'), 'vmap')",
        "f = __import__('jax.numpy').vmap",
        "f = __import__('jax.numpy', fromlist=['sum']) or __import__('jax').vmap",
        "import sys\nf = sys.modules['jax'].vmap",
        "from sys import modules as m\nf = m['jax'].__dict__['vmap']",
        "import jax\ndef f(x):\n    j = jax\n    return [j.vmap(g)(y) for y in x]",
        "import jax\n(j, n), k = (jax, 1), 2\nf = j.vmap",
        "import jax\nj, *rest = jax, 1, 2\nf = j.vmap",
        "import jax\nj = k = jax\nf = k.vmap",
        "import jax\nimport numpy\nxp = jax if fast else numpy\nf = xp.vmap",
        "import jax\nxp = None or jax\nf = xp.vmap",
        "import jax\ndef f(x, j=jax if fast else None):\n    return j.vmap(x)",
        "import jax\nif (j := getattr(jax, '__doc__')) and (k := jax):\n    k.vmap",
        "import jax\n@lambda f: jax.vmap(f)\ndef f(x):\n    return x",
        "import jax\nif __name__ == '__main__':\n    pass\nelse:\n    f = jax.vmap",
        "import jax\n__name__ = '__main__'\nif __name__ == '__main__':\n    f = jax.vmap",
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
        "import jax\ndef f(x):\n    for jax in x:\n        jax.vmap",
        "import jax\ndef f(x):\n    with x as jax:\n        jax.vmap",
        "import jax\ndef f(x):\n    try:\n        x()\n    except E as jax:\n        jax.vmap",
        "import jax\ndef f(x):\n    match x:\n        case {**jax}:\n            jax.vmap",
        "import jax\ndef f(x):\n    def jax(): ...\n    return jax.vmap",
        "import jax\ndef f(*jax):\n    return jax.vmap",
        "import jax\ndef f(x):\n    if (jax := x):\n        return jax.vmap",
        "import jax\ndef f(x):\n    a, *jax = x, 1, 2\n    return jax.vmap",
        "import jax\ndef f(x):\n    *a, b = x, jax, 2\n    return b.vmap",
        "import jax\ndef f(x: jax.vmap, *y: jax.vmap) -> jax.vmap:\n    z: jax.vmap = x\n    return z",
        "import jax\ndef getattr(a, b): ...\nf = getattr(jax, 'vmap')",
        "import jax\ndef f(vars):\n    return vars(jax)['vmap']",
        "def import_module(name): ...\nf = import_module('jax').vmap",
        "import jax\nf = self.import_module('jax').vmap",
        "import jax\nf = self.modules['jax'].vmap",
        "f = __import__('jax.numpy', fromlist=['sum']).vmap",
        "import jax\nf = jax.tree['vmap']",
        "import jax\nif __name__ == '__main__':\n    print(jax.vmap(f)(x))",
        "import jax\nif '__main__' == __name__:\n    print(jax.vmap(f)(x))",
        "from importlib import import_module\nf = import_module('.jax', 'here').vmap",
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
    assert used("y = numpy.sum(numpy)", "numpy") == []
    assert used("def f(x):\n    sum = 0\n    for y in x:\n        sum += y\n    return sum", "sum") == []
    assert used("import builtins\ny = builtins.sum(x)", "sum") == [("sum", 2)]
    assert used("from builtins import sum as s\ny = s(x)", "sum") == [("sum", 2)]


def test_a_star_import_may_hide_a_builtin() -> None:
    """``sum`` of ``jax.numpy`` was taken for the builtin, or the builtin forgiven for a name from elsewhere."""
    text = "from jax.numpy import *\ny = sum(x)"
    assert used(text, "sum") == []
    assert used(text, "jax.numpy.sum") == [("jax.numpy.sum", 2)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import numpy", {"numpy"}),
        ("import numpy as jax", {"numpy"}),
        ("import numpy.linalg, jax", {"numpy.linalg", "jax"}),
        ("from jax import numpy", {"jax.numpy"}),
        ("from jax import numpy as np, lax", {"jax.numpy", "jax.lax"}),
        ("from scipy import *", {"scipy.*"}),
        ("def f():\n    import numpy", {"numpy"}),
        ("import importlib\nimportlib.import_module('numpy.linalg')", {"importlib", "numpy.linalg"}),
        ("__import__('numpy.linalg')", {"numpy.linalg"}),
        ("import sys\nsys.modules['numpy']", {"sys", "numpy"}),
        ("from . import numpy", set()),
        ("from .numpy import linalg", set()),
        ("def __import__(name): ...\n__import__('numpy')", set()),
        ("__import__(name)", set()),
        ("if __name__ == '__main__':\n    import numpy", set()),
        ("# import numpy\n'import numpy'", set()),
    ],
)
def test_every_kind_of_import_is_seen(text: str, found: set[str]) -> None:
    """A module came in unseen, or one that is not imported was said to be."""
    assert {name for name, _ in imported(text)} == found


def test_an_import_is_told_by_the_line_of_its_name() -> None:
    """In a long import statement the line of another module was blamed."""
    assert imported("from jax import (\n    lax,\n    numpy,\n)") == [("jax.lax", 2), ("jax.numpy", 3)]


@pytest.mark.parametrize(
    "text",
    [
        "import jax\nb0 = jax\n" + "".join(f"b{i + 1} = b{i}\n" for i in range(9000)) + "b9000.vmap",
        "import jax\nx = jax" + ".vmap" * 900,
        "import jax\nx = " + "lambda: " * 800 + "jax.vmap",
        "import jax\nx = " + "1 + " * 900 + "jax.vmap",
        "import jax\n" + "x = [" * 1 + "jax.vmap, " * 20000 + "]",
        "import jax\nb0 = jax\n" + "".join(f"b{i + 1} = b{i} if b{i} else b{i}\n" for i in range(5000)) + "b5000.vmap",
        "import jax\nx = " + "a if b else " * 900 + "jax\nx.vmap",
        "import jax\nif " + "not " * 900 + "__name__ == '__main__':\n    jax.vmap",
        "".join(f"from jax.m{i} import *\n" for i in range(5000)) + "import jax\njax.vmap\n" + "y\n" * 20000,
    ],
)
def test_long_and_deep_sources_are_read(text: str) -> None:
    """A chain of aliases or deep nesting made the reading recurse until it raised."""
    assert used(text, "jax.vmap")[0][0] == "jax.vmap"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["a = b", "b = a.x", "import a", "from a import b", "global a", "a: b = b", "a.x.x", "from a import *"]
        )
    )
)
def test_reading_never_raises(lines: list[str]) -> None:
    """Some order of bindings made the reading raise or run in a circle."""
    # Python reads a star import at the left margin only.
    inner = "".join(f"    {line}\n" for line in lines if "*" not in line)
    text = "\n".join([*lines, "def f(b):", "    pass", inner, "class C:", "    pass", inner])
    used(text, "a.x", "a.x.*")
    imported(text)
