"""Eager calls: the submission's functions on real values, so that prints, values and tracebacks are real.

One child, one job: a run on public examples or on the learner's own inputs, or one case of an eager problem. Invariant:
the next inputs are read only after the result of the last call was sent, with the ticket that came with its inputs.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import jax
import numpy as np

from sandbox import arrays, entries
from sandbox import tree as trees
from sandbox.frames import Message
from sandbox.inside import child, learner
from sandbox.inside.exhaustion import Exceeded
from sandbox.inside.transform import transformed
from sandbox.inside.trees import flatten, unflatten

#: How the values of an argument are given; NumPy's may be written to, as a learner would expect of them.
_GIVEN: Mapping[str, Callable[[arrays.Array], Any]] = {"jax": jax.numpy.asarray, "numpy": np.array}


def main() -> None:
    """Read one job, load the source once, make every call; a call that raises does not stop the next."""
    child.reply({"type": "ready"})
    job, following = child.job_and_inputs()
    header = job.header
    jax.config.update("jax_enable_x64", bool(header["x64"]))
    jax.config.update("jax_traceback_filtering", "off")
    np.random.seed()  # noqa: NPY002 - or every child would draw the numbers of its zygote, and chance go unnoticed
    try:
        callables = learner.Callables(job.body.decode(), header["harness"])
        calls = [_Call(callables, each, header) for each in header["calls"]]
    except BaseException as error:  # noqa: BLE001 - sys.exit and KeyboardInterrupt are the learner's too
        child.reply({"type": "failed", "failure": learner.describe(error)})
        return
    child.reply({"type": "loaded"}, boundary=header["boundary"])
    for message in following:
        ticket = {"ticket": message.header["ticket"]}
        reply = calls[message.header["call"]].make(arrays.unpack(message.header["arrays"], message.body))
        child.reply({**ticket, **reply.header}, reply.body, header["boundary"])
    child.reply({"type": "done"})


class _Call:
    """A function of the submission, and how it is called."""

    def __init__(self, callables: learner.Callables, wanted: Mapping[str, Any], settings: Mapping[str, Any]) -> None:
        """Find the function; raises ``learner.EntryError`` if there is none."""
        call, arguments = entries.from_json(wanted["call"]), trees.from_json(wanted["arguments"])
        assert isinstance(arguments, trees.Node)
        self._arguments = arguments
        self._function = transformed(callables.find(call), call.steps, arguments)
        self._library = settings["arrays"]
        self._limits = {"max_entries": settings["leaves"], "max_depth": settings["depth"]}
        self._largest = settings["result"]

    def make(self, given: list[arrays.Array]) -> Message:
        """Call it once: what it returned or raised, and what its arguments are afterwards."""
        start = time.perf_counter()
        try:
            values = unflatten(self._arguments, iter([_GIVEN[self._library](value) for value in given]))
            before = [self._flatten(value)[0] for value in values]
            value = self._function(*values)
            returns, leaves = flatten(value, keep_static=False, arrays=self._library, **self._limits)
            jax.block_until_ready(leaves)
            if (size := sum(leaf.nbytes for leaf in leaves)) > self._largest:
                raise Exceeded("result", size)
            header = {"type": "returned", "returns": trees.to_json(returns), "milliseconds": _since(start)}
            header["arrays"], outputs = arrays.pack([np.asarray(leaf) for leaf in leaves])
            header["kept"], left = self._after(values, before)
            header["left"], inputs = arrays.pack(left)
        except BaseException as error:  # noqa: BLE001 - the learner's code may raise anything
            return Message({"type": "raised", "failure": learner.describe(error), "milliseconds": _since(start)})
        return Message(header, outputs + inputs)

    def _after(self, values: tuple[Any, ...], before: list[trees.Tree]) -> tuple[list[bool | None], list[arrays.Array]]:
        """Whether each argument is still built as it was before the call, and the arrays in those that are.

        None for an argument that was not given as it is stored, since 64-bit numbers are shortened: it says nothing.
        """
        kept: list[bool | None] = []
        left: list[arrays.Array] = []
        for value, given, stored in zip(values, before, self._arguments.children, strict=True):
            try:
                tree, leaves = self._flatten(value)
            except trees.TreeError:
                kept.append(False)
                continue
            # By their text NaN is equal to itself, and True is not 1. What JAX was allowed to reuse is gone.
            same = repr(tree) == repr(given) and not any(_is_gone(leaf) for leaf in leaves)
            kept.append(None if same and repr(tree) != repr(stored) else same)
            if kept[-1]:
                left += [np.asarray(leaf) for leaf in leaves]
        return kept, left

    def _flatten(self, value: Any) -> tuple[trees.Tree, list[Any]]:
        return flatten(value, keep_static=True, **self._limits)


def _is_gone(leaf: Any) -> bool:
    return isinstance(leaf, jax.Array) and leaf.is_deleted()


def _since(start: float) -> float:
    return (time.perf_counter() - start) * 1000
