"""Repeats examples as a learner would: each ``code`` beside a ``submission.py``, in a process of its own.

Standard input is a JSON list of ``{"source", "code"}``; standard output one JSON object a line, in order: the variables
``result`` and ``expected`` as trees and arrays, or the exception. JAX is imported once, and a process is forked for
each example before any backend is started.
"""

from __future__ import annotations

import base64
import json
import os
import sys
import tempfile
import types
from pathlib import Path
from typing import Any

import numpy as np

from sandbox import arrays
from sandbox import tree as trees
from sandbox.inside.trees import flatten


def main() -> None:
    """Repeat what standard input lists."""
    for number, example in enumerate(json.load(sys.stdin)):
        with tempfile.NamedTemporaryFile() as file:
            child = os.fork()
            if child == 0:
                Path(file.name).write_text(json.dumps(_repeat(**example)))
                os._exit(0)
            os.waitpid(child, 0)
            told = Path(file.name).read_text() or '{"raised": "the process ended"}'
            sys.stdout.write(json.dumps({"number": number, **json.loads(told)}) + "\n")
            sys.stdout.flush()  # or the next child would write it once more


def _repeat(source: str, code: str) -> dict[str, Any]:
    sys.stdout = sys.stderr
    module = types.ModuleType("submission")
    sys.modules["submission"] = module
    variables: dict[str, Any] = {}
    try:
        exec(compile(source, "submission.py", "exec"), module.__dict__)
        exec(compile(code, "example.py", "exec"), variables)
        return {name: _value(variables[name]) for name in ("result", "expected") if name in variables}
    except BaseException as error:  # noqa: BLE001 - as the learner's code raises it
        return {"raised": f"{type(error).__name__}: {error}"}


def _value(value: object) -> dict[str, Any]:
    tree, leaves = flatten(value, keep_static=False)
    packed = arrays.dumps([np.asarray(leaf) for leaf in leaves])
    return {"tree": trees.to_json(tree), "arrays": base64.b64encode(packed).decode()}


if __name__ == "__main__":
    main()
