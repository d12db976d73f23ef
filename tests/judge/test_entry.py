"""Finding the function that a problem asks for: what cannot work is refused, what may work is left to run time."""

from __future__ import annotations

import pytest

from app.judge.entry import find_entry
from app.judge.source import Source, SourceProblem, check_source


def find(text: str, parameters: tuple[str, ...] = ("w", "x_batch")) -> SourceProblem | None:
    source = check_source(text.encode())
    assert isinstance(source, Source), source
    return find_entry(source, "solve", parameters)


@pytest.mark.parametrize(
    "text",
    [
        "def solve(w, x_batch): ...",
        "def solve(a, b, /): ...",
        "def solve(w, x_batch, scale=1.0): ...",
        "def solve(*arguments): ...",
        "def solve(w, *rest, verbose=False, **options): ...",
        "solve = lambda w, x: w * x",
        "import jax\nsolve = jax.jit(other)",
        "import jax\n@jax.jit\ndef solve(w): ...",
        "from elsewhere import solve",
        "from elsewhere import *",
        "import elsewhere as solve",
        "if True:\n    def solve(w, x): ...\nelse:\n    def solve(w): ...",
        "try:\n    from a import solve\nexcept ImportError:\n    solve = None",
        "def other(w, x): ...\nsolve, rest = other, 1",
        "def other(w, x): ...\nsolve: object = other",
        "def make():\n    global solve\n    solve = print\nmake()",
        "globals()['solve'] = print",
        "def solve(w, x_batch):\n    yield w",
    ],
)
def test_what_may_work_is_accepted(text: str) -> None:
    """A source that defines the function in an unusual way was refused before it ran."""
    assert find(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("def solv(w, x): ...", "`solv`"),
        ("def Solve(w, x): ...", "line 1, `Solve`"),
        ("x = 1\ndef s\u043elve(w, x): ...", "U+043E CYRILLIC SMALL LETTER O"),
        ("def predict(w): ...\ndef loss(w): ...", "`predict`, `loss`"),
        ("x = 1", "Define it as `def solve(w, x_batch):`"),
        ("class A:\n    def solve(self, w, x): ...", "Line 2: `solve` is defined inside another block"),
        ("def outer():\n    def solve(w, x): ...", "Move it to the left margin"),
        ("class solve: ...", "is a class"),
        ("solve = 3", "is a value"),
        ("solve = [1, 2]", "is a value"),
        ("solve: int = 3", "is a value"),
        ("async def solve(w, x): ...", "Remove the word `async`"),
        ("solve: int", "no function `solve`"),
    ],
)
def test_what_cannot_work_is_told(text: str, words: str) -> None:
    """A missing or misnamed function is not told, or not how to mend it."""
    found = find(text)
    assert found is not None
    assert found.verdict == "compile_error"
    assert words in found.message


@pytest.mark.parametrize(
    ("text", "yours"),
    [
        ("def solve(w): ...", "solve(w)"),
        ("def solve(): ...", "solve()"),
        ("def solve(w, x, y): ...", "solve(w, x, y)"),
        ("def solve(w, x, y, z=1): ...", "solve(w, x, y, z=...)"),
        ("def solve(w, *, x_batch): ...", "solve(w, *, x_batch)"),
        ("def solve(w, x, *, key, **more): ...", "solve(w, x, *, key, **more)"),
        ("solve = lambda w: w", "solve(w)"),
        ("def solve(w, x=" + "-" * 900 + "1, y=2, *, z): ...", "solve(w, x=..., y=..., *, z)"),
    ],
)
def test_parameters_are_shown_as_wanted_and_as_they_are(text: str, yours: str) -> None:
    """A wrong number of parameters is not told with both signatures."""
    found = find(text)
    assert found is not None
    assert found.line == 1
    assert "2 parameters, as `solve(w, x_batch)`" in found.message
    assert f"`{yours}`" in found.message
    assert "`def solve(w, x_batch):`" in found.message


def test_one_parameter_is_one() -> None:
    """The message about a function of one parameter is not English."""
    found = find("def solve(): ...", ("x",))
    assert found is not None
    assert "with 1 parameter, as" in found.message
