"""The eager run: calls the learner's function on inputs the learner may see, so prints and values are real.

One child, one run. Invariant: it is only ever given public examples or the learner's own inputs.
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


def main() -> None:
    """Read one job, load the source once, make every call; a call that raises does not stop the next."""
    child.reply({"type": "ready"})
    job = child.only_job()
    header = job.header
    source = job.body[: header["source_size"]].decode()
    jax.config.update("jax_enable_x64", bool(header["x64"]))
    jax.config.update("jax_traceback_filtering", "off")
    try:
        callables = learner.Callables(source, header["harness"])
        functions = [_function(callables, each) for each in header["calls"]]
    except BaseException as error:  # noqa: BLE001 - sys.exit and KeyboardInterrupt are the learner's too
        child.reply({"type": "failed", "failure": learner.describe(error)})
        return
    boundary = header["boundary"]
    child.reply({"type": "loaded"}, boundary=boundary)
    inputs = arrays.unpack(header["arrays"], job.body[header["source_size"] :])
    offset = 0
    for function, each in zip(functions, header["calls"], strict=True):
        arguments = trees.from_json(each["arguments"])
        count = len(trees.leaves(arguments))
        reply = _call(function, arguments, inputs[offset : offset + count], header)
        offset += count
        child.reply(reply.header, reply.body, boundary)
    child.reply({"type": "done"})


def _function(callables: learner.Callables, wanted: Mapping[str, Any]) -> Any:
    call, arguments = entries.from_json(wanted["call"]), trees.from_json(wanted["arguments"])
    assert isinstance(arguments, trees.Node)
    return transformed(callables.find(call), call.steps, arguments)


def _call(
    function: Callable[..., Any], arguments: trees.Tree, inputs: list[arrays.Array], limits: Mapping[str, Any]
) -> Message:
    start = time.perf_counter()
    try:
        values = unflatten(arguments, iter([jax.numpy.asarray(value) for value in inputs]))
        value = function(*values)
        returns, leaves = flatten(value, keep_static=False, max_entries=limits["leaves"], max_depth=limits["depth"])
        jax.block_until_ready(leaves)
        if (size := sum(leaf.nbytes for leaf in leaves)) > limits["result"]:
            raise Exceeded("result", size)
        entries, body = arrays.pack([np.asarray(leaf) for leaf in leaves])
    except BaseException as error:  # noqa: BLE001 - the learner's code may raise anything
        return Message({"type": "raised", "failure": learner.describe(error), "milliseconds": _since(start)})
    header = {"type": "returned", "returns": trees.to_json(returns), "arrays": entries, "milliseconds": _since(start)}
    return Message(header, body)


def _since(start: float) -> float:
    return (time.perf_counter() - start) * 1000
