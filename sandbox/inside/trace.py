"""The tracer: runs learner Python on shapes and dtypes, and returns portable programs.

One child, one submission. It sees argument types and static values, never array values. Signatures are traced in the
order given, each program is sent as soon as it exists; a boundary among the prints marks where each trace begins.
Invariant: nothing that leaves here is trusted; the vetter reads every program, and the judge believes nothing else.
"""

from __future__ import annotations

import contextlib
import functools
import io
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import jax
import jax.export
import jax.numpy as jnp
import jaxlib
import numpy as np
from jax._src import xla_bridge
from jax._src.interpreters import mlir
from jaxlib.mlir.dialects import builtin, mhlo  # noqa: F401 - the first lowering would load them in every child

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


@functools.cache
def prepare() -> Any:
    """Do once before the fork what no thread comes of; returns the context of MLIR that every tracer exports in.

    Each export would make two anew, a quarter of the time that tracing takes; and each backend would look through all
    that is installed for plugins, of which the CPU's needs none.
    """
    xla_bridge._plugins_registered = True  # noqa: SLF001 - JAX has no setting for it
    return mlir.make_ir_context()


def main() -> None:
    """Read one job, trace every signature, stop at the first failure."""
    child.reply({"type": "ready"})
    job = child.only_job()
    header, source = job.header, job.body.decode()
    jax.config.update("jax_enable_x64", bool(header["x64"]))
    jax.config.update("jax_traceback_filtering", "off")  # the learner's frames are picked out by file name
    silence_debug_callbacks()
    context = prepare()
    mlir.make_ir_context = lambda: context
    signature = None
    try:
        callables = learner.Callables(source, header["harness"])
        again = Repetition(source, header) if header["twice"] else None
        for signature, wanted in enumerate(header["signatures"]):
            arguments = trees.from_json(wanted["arguments"])
            assert isinstance(arguments, Node)
            call = entries.from_json(wanted["call"])
            start = time.perf_counter()
            function = transformed(callables.find(call), call.steps, arguments)
            child.mark(header["boundary"])
            traced = _trace(function, arguments, header)
            repeated = again.trace(call, arguments) if again else None
            _reply(signature, traced, repeated, (time.perf_counter() - start) * 1000)
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


@dataclass(frozen=True)
class TracedFunction:
    """The tree a function returned, and its program for each platform."""

    returns: trees.Tree
    programs: tuple[bytes, ...]


def _trace(function: Callable[..., Any], arguments: Node, limits: Mapping[str, Any]) -> TracedFunction:
    """The programs of ``function`` for arguments of these types.

    Raises:
        Exceeded: one is larger than the limits say.
    """
    returned: list[trees.Tree] = []
    jitted, specs = _jitted(function, arguments, limits, returned)
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

    return TracedFunction(map_leaves(returned[-1], actual), tuple(programs))


def _jitted(
    function: Callable[..., Any], arguments: Node, limits: Mapping[str, Any], returned: list[trees.Tree]
) -> tuple[Any, list[jax.ShapeDtypeStruct]]:
    """``function`` of flat arrays, ready to be traced, and their types; each trace appends the tree it returned."""

    def flat(*leaves: Any) -> list[Any]:
        value = function(*unflatten(arguments, iter(leaves)))
        result, outputs = flatten(value, keep_static=False, max_entries=limits["leaves"], max_depth=limits["depth"])
        returned.append(result)
        require_room_to_compile()
        return [jnp.asarray(output) for output in outputs]

    specs = [
        jax.ShapeDtypeStruct(leaf.storage.shape, DTYPES[leaf.storage.dtype]) for _, leaf in trees.leaves(arguments)
    ]
    return jax.jit(flat, keep_unused=True), specs


class Repetition:
    """Traces everything once more, from the same source loaded anew, and quietly.

    A source that draws numbers as it is loaded differs by being loaded anew. For one that counts its own calls, the
    first signature is traced once without use, so that this copy is always a call ahead of the other.
    """

    def __init__(self, source: str, header: Mapping[str, Any]) -> None:
        """Note what to load; nothing is run before the first trace."""
        self._source = source
        self._header = header
        self._callables: learner.Callables | None = None
        self._forget = jax.clear_caches  # before the learner's code can replace it

    def trace(self, call: entries.Call, arguments: Node) -> TracedFunction:
        """The programs of one signature; raises what the learner's code raises."""
        with contextlib.redirect_stdout(_Silence()), contextlib.redirect_stderr(_Silence()):
            if self._callables is None:
                self._callables = learner.Callables(self._source, self._header["harness"])
                jitted, specs = _jitted(self._function(call, arguments), arguments, self._header, [])
                jitted.trace(*specs)
                self._forget()
            return _trace(self._function(call, arguments), arguments, self._header)

    def _function(self, call: entries.Call, arguments: Node) -> Callable[..., Any]:
        assert self._callables is not None
        made: Callable[..., Any] = transformed(self._callables.find(call), call.steps, arguments)
        return made


class _Silence(io.TextIOBase):
    """Takes what is printed and drops it: the first trace has printed it."""

    def write(self, text: str) -> int:
        return len(text)


def _reply(signature: int, traced: TracedFunction, repeated: TracedFunction | None, milliseconds: float) -> None:
    """Send one signature's programs; those of a repetition only where their bytes are not the same."""
    programs = [*traced.programs]
    header: dict[str, Any] = {
        "type": "traced",
        "signature": signature,
        "returns": trees.to_json(traced.returns),
        "milliseconds": milliseconds,
    }
    if repeated is not None and repeated != traced:
        programs.append(repeated.programs[-1])
        header["repeated"] = trees.to_json(repeated.returns)
    header["sizes"] = [len(program) for program in programs[:-1]]  # the last one is the rest
    child.reply(header, b"".join(programs))
