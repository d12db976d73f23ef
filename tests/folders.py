"""Small problem folders for tests that need one of their own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

STATEMENT = """\
## Why this matters

Because.

## Worked example

```python
print(1)
```

## Common pitfalls

None.

## Problem

Write it.

## Returns

The result.
"""

HEADER = '# /// allclose\n# verdict = "{verdict}"\n{reason}# message = "{message}"\n# ///\n'


def wrong(source: str, message: str, verdict: str = "wrong_answer", reason: str | None = "value") -> str:
    """A wrong submission with its header."""
    line = f'# reason = "{reason}"\n' if reason else ""
    return HEADER.format(verdict=verdict, reason=line, message=message) + source


def write(root: Path, slug: str, manifest: str, files: Mapping[str, str]) -> Path:
    """A folder ``root/slug`` with the given manifest and files; pages that a test does not name are made up."""
    folder = root / slug
    pages = {
        "problem.toml": f'format = 1\ntitle = "A test"\nversion = "1.0.0"\ndifficulty = 1\ntags = ["test"]\n{manifest}',
        "statement.md": STATEMENT,
        "hints.md": "## Think\n\nHard.\n",
        "solution.md": "It is.\n",
        **files,
    }
    for name, text in pages.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


DOUBLE = "def double(x):\n    return {}\n"

#: Constants that appear in hidden values and nowhere else.
HIDDEN_INPUT, HIDDEN_OUTPUT = 76543.25, 153086.5


def double(root: Path, **changes: str) -> Path:
    """A sound problem: twice a vector. ``changes`` replace files by name, ``/`` and ``.`` written as ``_``."""
    files = {
        "starter.py": DOUBLE.format("None"),
        "reference.py": DOUBLE.format("2 * x"),
        "cases.py": (
            "import numpy as np\n\n\ndef public():\n    return {'two': (np.array([1.5, -2.5], np.float32),)}\n\n\n"
            "def hidden(rng):\n"
            f"    first = np.float32({HIDDEN_INPUT})\n"
            "    def draw(size):\n"
            "        return np.concatenate([[first], rng.normal(size=size - 1)]).astype(np.float32)\n"
            "    return {'four': (draw(4),), 'nine': (draw(9),)}\n"
        ),
        "submissions/accepted/sum.py": DOUBLE.format("x + x"),
        "submissions/accepted/power.py": DOUBLE.format("x * 2.0"),
        "submissions/wrong/same.py": wrong(DOUBLE.format("x"), "That is once."),
        "submissions/wrong/thrice.py": wrong(DOUBLE.format("3 * x"), "That is thrice."),
        "submissions/wrong/total.py": wrong(DOUBLE.format("2 * x.sum()"), "That is one number.", reason="shape"),
        "submissions/wrong/pair.py": wrong(DOUBLE.format("(x, x)"), "That is two.", reason="tree"),
    }
    named = {path.replace("/", "_").replace(".", "_"): path for path in files}
    files |= {named[name]: text for name, text in changes.items()}
    return write(
        root, "double", 'returns = "float32[N]"\n\n[arguments]\nx = "float32[N]"\n\n[cases]\nseed = 5\n', files
    )


ABOVE_MANIFEST = """
mode = "eager"
returns = ["float64[M]", "static str"]
{more}
[eager]
arrays = "numpy"

[limits]
trace_seconds = 3

[arguments]
x = "float64[N]"
floor = "float64[]"

[cases]
seed = 5
"""
ABOVE_CASES = f"""
import numpy as np


def public():
    return {{"three": (np.array([1.5, -2.5, 4.0]), np.float64(0.0))}}


def hidden(rng):
    def draw(size):
        return np.concatenate([[{HIDDEN_INPUT}], rng.normal(size=size - 1)]), np.float64(rng.normal())

    return {{"four": draw(4), "nine": draw(9), "twenty": draw(20)}}
"""
ABOVE = """
import numpy as np


def above(x, floor):
    kept = [value for value in x if value > floor]
    return np.array(kept), "many" if len(kept) > len(x) / 2 else "few"
"""
#: The same with a mask, but for the word beside it.
MASKED = "def above(x, floor):\n    kept = x[x > floor]\n    return kept, {}\n"
ABOVE_RIGHT = MASKED.format("'many' if len(kept) > len(x) / 2 else 'few'")


def above(root: Path, more: str = "", **changes: str) -> Path:
    """A sound eager problem: what of a vector is above a floor, so that values decide how long the result is.

    ``more`` goes into the manifest; ``changes`` replace Python files by name, ``/`` written as ``__``.
    """
    files = {
        "starter.py": "def above(x, floor):\n    pass\n",
        "reference.py": ABOVE,
        "cases.py": ABOVE_CASES,
        "submissions/accepted/mask.py": ABOVE_RIGHT,
        "submissions/accepted/printing.py": ABOVE_RIGHT.replace("    return", "    print(x)\n    return"),
        "submissions/wrong/all.py": wrong(ABOVE_RIGHT.replace("x[x > floor]", "x"), "That is all.", reason="shape"),
        "submissions/wrong/word.py": wrong(MASKED.format("'few'"), "Not always few."),
        "submissions/wrong/one.py": wrong(ABOVE_RIGHT.replace("kept, ", ""), "Two results.", reason="tree"),
        "submissions/wrong/in_place.py": wrong(
            ABOVE_RIGHT.replace("    return", "    x[x <= floor] = 0\n    return"), "Copy it.", reason="mutated_input"
        ),
    }
    files |= {name.replace("__", "/") + ".py": text for name, text in changes.items()}
    return write(root, "above", ABOVE_MANIFEST.format(more=more), files)
