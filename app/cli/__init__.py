"""The command line: ``allclose``.

Results go to standard output, everything else to standard error. Invariant: the exit status says whose move it is: 0
accepted, 1 graded and not accepted, 2 usage, 3 a problem folder is at fault, 4 a record cannot be replayed, 5 we are at
fault, 130 interrupted, 141 whoever read the output has closed it. A replay with the same verdict is 0, with another 1.
"""

from __future__ import annotations

import sys
from typing import NoReturn

from app.cli.commands import app

__all__ = ["main"]


def main() -> NoReturn:
    """Run the command line and exit with its status."""
    try:
        app(standalone_mode=True, prog_name="allclose")
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is ours and must not look like a verdict
        print(f"allclose: a fault of ours: {type(error).__name__}: {error}", file=sys.stderr)
        sys.exit(5)
    sys.exit(0)
