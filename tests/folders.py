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
