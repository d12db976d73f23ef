"""The tracer: runs learner Python on shapes and dtypes, and returns portable programs.

One child, one submission. It sees argument types and static values, never array values. Signatures are traced in the
order given, each program is sent as soon as it exists. Invariant: nothing that leaves here is trusted; the vetter reads
every program, and the judge believes nothing else.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import jax
import jax.export
import jax.numpy as jnp
import jaxlib
import jaxlib.mlir.dialects.mhlo  # the first lowering would load it in every child, again and again
import numpy as np

from sandbox import entries
from sandbox import tree as trees
from sandbox.inside import child, learner
from sandbox.inside.exhaustion import Exceeded, require_room_to_compile
from sandbox.inside.transform import transformed
from sandbox.inside.trees import flatten, unflatten
from sandbox.tree import DTYPES, KEY, Leaf, Node, map_leaves


def toolchain() -> dict[str, str]:
    """Versions of what traces, compiles and runs programs here."""
    return {"jax": jax.__version__, "jaxlib": jaxlib.__version__, "numpy": np.__version__}


def main() -> None:
    """Read one job, trace every signature, stop at the first failure."""
    child.reply({"type": "ready"})
    job = child.only_job()
    header, source = job.header, job.body.decode()
    jax.config.update("jax_enable_x64", bool(header["x64"]))
    jax.config.update("jax_traceback_filtering", "off")  # the learner's frames are picked out by file name
    silence_debug_callbacks()
    signature = None
    try:
        callables = learner.Callables(source, header["harness"])
        for signature, wanted in enumerate(header["signatures"]):
            arguments = trees.from_json(wanted["arguments"])
            assert isinstance(arguments, Node)
            call = entries.from_json(wanted["call"])
            function = transformed(callables.find(call), call.steps, arguments)
            _trace(function, signature, arguments, header)
    except BaseException as error:  # noqa: BLE001 - sys.exit and KeyboardInterrupt are the learner's too
        child.reply({"type": "failed", "signature": signature, "failure": learner.describe(error)})
        return
    child.reply({"type": "done"})


def silence_debug_callbacks() -> None:
    """Make ``jax.debug.print`` and friends no-ops: export refuses callbacks, and a trace has no values to print."""

    def ignore(*_args: object, **_kwargs: object) -> None:
        return None

    jax.debug.print = ignore
    jax.debug.callback = ignore
    jax.debug.breakpoint = ignore


def _trace(function: Callable[..., Any], signature: int, arguments: Node, limits: Mapping[str, Any]) -> None:
    start = time.perf_counter()
    returned: list[trees.Tree] = []

    def flat(*leaves: Any) -> list[Any]:
        value = function(*unflatten(arguments, iter(leaves)))
        result, outputs = flatten(value, keep_static=False, max_entries=limits["leaves"], max_depth=limits["depth"])
        returned.append(result)
        require_room_to_compile()
        return [jnp.asarray(output) for output in outputs]

    specs = [
        jax.ShapeDtypeStruct(leaf.storage.shape, DTYPES[leaf.storage.dtype]) for _, leaf in trees.leaves(arguments)
    ]
    jitted = jax.jit(flat, keep_unused=True)
    # A program for each platform, not one for all: that one would choose between them as it runs, with more operations.
    exports = [jax.export.export(jitted, platforms=(platform,))(*specs) for platform in limits["platforms"]]
    programs = [exported.mlir_module_serialized for exported in exports]
    for program in programs:
        if len(program) > limits["artifact"]:
            raise Exceeded("artifact", len(program))
    types = iter(exports[0].out_avals)

    def actual(leaf: Leaf) -> Leaf:
        aval = next(types)
        shape = tuple(aval.shape)
        return Leaf(KEY, shape[:-1]) if leaf.dtype == KEY else Leaf(aval.dtype.name, shape)

    child.reply(
        {
            "type": "traced",
            "signature": signature,
            "returns": trees.to_json(map_leaves(returned[-1], actual)),
            "sizes": [len(program) for program in programs[:-1]],  # the last one is the rest
            "milliseconds": (time.perf_counter() - start) * 1000,
        },
        b"".join(programs),
    )
