"""What the sandbox reports of every error that ``jax_errors.py`` makes JAX raise, for the tests that read it.

Invariant: JAX runs in a process of its own, once, however many tests ask.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from sandbox.jobs import Failure, Frame

SCRIPT = Path(__file__).with_name("jax_errors.py")
ROOT = SCRIPT.parent.parent.parent


@cache
def raised_errors() -> Mapping[str, Failure]:
    """Name -> failure."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "JAX_PLATFORMS": "cpu", "OPENBLAS_NUM_THREADS": "1"}
    ended = subprocess.run(
        [sys.executable, str(SCRIPT)],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert ended.returncode == 0, ended.stderr
    return {
        name: Failure(
            kind=told["kind"],
            message=told["message"],
            error=told["error"],
            frames=tuple(Frame(**frame) for frame in told["frames"]),
            column=told["column"],
            values=tuple((name, text) for name, text in told["values"]),
        )
        for name, told in json.loads(ended.stdout).items()
    }
