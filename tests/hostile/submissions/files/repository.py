# verdicts: runtime_error
# always
# The project beside the sandbox's package: problems, tests and the database.
import os

import sandbox

ABOVE = os.path.dirname(os.path.dirname(os.path.abspath(sandbox.__file__)))
FOUND = [name for name in ("app", "problems", "tests", "pyproject.toml", ".git") if os.path.exists(f"{ABOVE}/{name}")]
FOUND += [name for name in os.listdir(ABOVE) if name.endswith((".db", ".sqlite3"))]
assert FOUND, ABOVE


def solve(x, y):
    return x
