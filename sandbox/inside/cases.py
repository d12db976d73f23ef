"""Runs an author's ``cases.py``: ``public()`` once, ``hidden(rng)`` once per draw.

Author code is not trusted either: one single-use child, no expected outputs in it. Invariant: the same source and seed
give the same cases on every machine (NumPy's ``default_rng`` is a stable bit stream).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jax
import numpy as np

from sandbox import arrays
from sandbox import tree as trees
from sandbox.inside import child, learner
from sandbox.inside.exhaustion import Exceeded
from sandbox.inside.trees import flatten

#: Most cases one call may make.
MAX_CASES = 100
#: Longest name of a case, in characters.
MAX_NAME = 80


class CasesError(Exception):
    """``cases.py`` does not keep to its contract."""


def main() -> None:
    """Read one job, send every case, stop at the first failure."""
    child.reply({"type": "ready"})
    job = child.only_job()
    jax.config.update("jax_enable_x64", bool(job.header["x64"]))
    jax.config.update("jax_traceback_filtering", "off")
    try:
        module = learner.load(job.body.decode())
        sender = _Sender(job.header)
        sender.send(module.public(), public=True, draw=0)
        for draw in range(job.header["draws"]):
            sender.send(module.hidden(np.random.default_rng([job.header["seed"], draw])), public=False, draw=draw)
    except BaseException as error:  # noqa: BLE001 - author code may raise anything
        child.reply({"type": "failed", "failure": learner.describe(error)})
        return
    child.reply({"type": "done"})


class _Sender:
    """Sends cases while they keep to their limits."""

    def __init__(self, limits: Mapping[str, Any]) -> None:
        """Start with nothing sent."""
        self._limits = limits
        self._size = 0

    def send(self, made: Any, *, public: bool, draw: int) -> None:
        """Send what one call made: cases by name, or, where there are several entry points, such dicts by entry."""
        call = "public()" if public else "hidden(rng)"
        entries = self._limits["entries"]
        if not entries:
            self._send_cases(made, "", call, public=public, draw=draw)
            return
        if not isinstance(made, dict) or not set(made) <= set(entries):
            raise CasesError(f"{call} must return a dict of dicts of cases, by entry point: {', '.join(entries)}")
        for entry, cases in made.items():
            self._send_cases(cases, entry, call, public=public, draw=draw)

    def _send_cases(self, made: Any, entry: str, call: str, *, public: bool, draw: int) -> None:
        if not isinstance(made, dict) or len(made) > MAX_CASES:
            raise CasesError(f"{call} must return a dict of at most {MAX_CASES} cases, name -> tuple of arguments")
        for name, arguments in made.items():
            if not isinstance(name, str) or not name.strip() or not name.isprintable() or len(name) > MAX_NAME:
                raise CasesError(
                    f"{call}: a case's name must be 1 to {MAX_NAME} printable characters, not {name!r:.100}"
                )
            if type(arguments) is not tuple:
                raise CasesError(f"{call}: case {name!r} must be a tuple with one entry per argument")
            self._send_case({"type": "case", "entry": entry, "name": name, "public": public, "draw": draw}, arguments)

    def _send_case(self, header: dict[str, Any], arguments: tuple[Any, ...]) -> None:
        entries, depth = self._limits["leaves"], self._limits["depth"]
        tree, leaves = flatten(arguments, keep_static=True, max_entries=entries, max_depth=depth)
        self._size += sum(leaf.nbytes for leaf in leaves)
        if self._size > self._limits["result"]:
            raise Exceeded("result", self._size)
        packed, body = arrays.pack([np.asarray(leaf) for leaf in leaves])
        child.reply({**header, "arguments": trees.to_json(tree), "arrays": packed}, body)
