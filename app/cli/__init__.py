"""The command line: ``allclose``.

Results go to standard output, everything else to standard error. Invariant: the exit status says whose move it is: 0
accepted, 1 graded and not accepted, 2 usage, 3 a problem folder is at fault, 5 we are, 130 interrupted.
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
    sys.exit(0)
