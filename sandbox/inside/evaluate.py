"""The evaluator: compiles vetted programs and runs them on the inputs it is given. No learner Python, x64 on.

On a GPU it says so before the first job, and multiplies float32 matrices in float32: the default there is TF32, whose
10 bits of mantissa would spoil every comparison.

A shared evaluator lives through many submissions and keeps the executables of programs it has seen; a disposable one
serves those of a single submission that still have custom calls. Invariant: it is sent vetted programs only, and tells
the backend nothing but outputs, sizes and times.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import resource
import time
from collections import OrderedDict
from functools import partial
from typing import Any

import jax
import jaxlib.version
import numpy as np
from jax._src import compiler, xla_bridge
from jax._src.lib import xla_client
from jaxlib.mlir import ir
from jaxlib.mlir.dialects import stablehlo

from sandbox import arrays
from sandbox.frames import Message
from sandbox.inside import child, exhaustion, flags
from sandbox.inside.race import race
from sandbox.inside.work import work

#: JAX's name of the backend that programs of each platform run on.
BACKENDS = {"cpu": "cpu", "cuda": "cuda"}
#: Variables of the environment that change what XLA or NVIDIA's libraries compute.
_VARIABLES = ("XLA_FLAGS", "NVIDIA_TF32_OVERRIDE")

#: Executables kept for programs that come again; each holds about 2 MB.
_KEPT = 128


def toolchain(platform: str) -> dict[str, str]:
    """XLA's version and the flags that programs for ``platform`` are compiled with, for verdict records.

    XLA has no version of its own: it is told by jaxlib's count of its interface and the commit that jaxlib was built
    at, where the build kept it.
    """
    variables = [f"{name}={os.environ[name]}" for name in _VARIABLES if name in os.environ]
    commit = str(getattr(jaxlib.version, "_git_hash", None) or "an unknown commit")[:40]
    return {
        "xla": f"interface {xla_client._version}, jaxlib built at {commit}",  # noqa: SLF001
        "flags": " ".join(["jax_enable_x64=1", flags.described(platform), *variables]),
    }


class Evaluator:
    """Compiled programs by the SHA-256 of their bytes."""

    def __init__(self, platform: str) -> None:
        """Start the backend for programs of ``platform``: in the child, never before the fork."""
        jax.config.update("jax_enable_x64", True)  # noqa: FBT003 - the option is a switch
        flags.begin(platform)
        self.platform = platform
        self.backend = xla_bridge.get_backend(BACKENDS[platform])
        self.device = self.backend.local_devices()[0]
        self.executables: OrderedDict[tuple[str, bool], Any] = OrderedDict()

    def compiled(self, program: bytes, *, optimised: bool = False) -> tuple[Any, float]:
        """The program's executable and the milliseconds it took to make, 0 for one seen before.

        Args:
            program: vetted.
            optimised: whether it has to be optimised, however short it is: its run time will be looked at.
        """
        key = hashlib.sha256(program).hexdigest(), optimised
        if key in self.executables:
            self.executables.move_to_end(key)
            return self.executables[key], 0.0
        start = time.perf_counter()
        context = ir.Context()
        stablehlo.register_dialect(context)
        with context:
            module = stablehlo.deserialize_portable_artifact(context, program)
            overrides = flags.prepare(module, self.platform, optimised=optimised)
            options = compiler.get_compile_options(num_replicas=1, num_partitions=1, env_options_overrides=overrides)
            devices = xla_client.DeviceList((self.device,))
            executable = self.backend.compile_and_load(module, executable_devices=devices, compile_options=options)
        self.executables[key] = executable
        while len(self.executables) > _KEPT:
            self.executables.popitem(last=False)
        return executable, (time.perf_counter() - start) * 1000

    def run(self, executable: Any, inputs: list[arrays.Array]) -> tuple[list[arrays.Array], float]:
        """Outputs of one execution and its milliseconds, transfers included."""
        start = time.perf_counter()
        buffers = [jax.device_put(value, self.device) for value in inputs]
        results = executable.execute_sharded(buffers).disassemble_into_single_device_arrays()
        outputs = [np.asarray(result[0]) for result in results]
        return outputs, (time.perf_counter() - start) * 1000


def main() -> None:
    """Serve jobs until the backend closes the input."""
    _forget_freed_memory()
    _serve_all(Evaluator("cpu"))


def main_on_gpu() -> None:
    """The same on a GPU, once its driver has started."""
    evaluator = Evaluator("cuda")
    driver = " ".join(str(evaluator.backend.platform_version).split())
    child.reply({"type": "ready", "device": f"{evaluator.device.device_kind} ({driver})"})
    _serve_all(evaluator)


def _serve_all(evaluator: Evaluator) -> None:
    for job in child.jobs():
        _serve(evaluator, job)
        child.reply({"type": "done", "max_rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024})


def _forget_freed_memory() -> None:
    """Have the C library overwrite memory as it is handed out and given back.

    Some LAPACK kernels leave an output unwritten (``gesdd`` without vectors); its memory would show the inputs of
    another case.
    """
    perturb, pattern = -6, 0x5A  # M_PERTURB, malloc.h
    ctypes.CDLL(None).mallopt(perturb, pattern)


def _serve(evaluator: Evaluator, job: Message) -> None:
    if "rival_size" in job.header:
        _race(evaluator, job)
        return
    size = job.header["program_size"]
    try:
        executable, milliseconds = evaluator.compiled(job.body[:size], optimised=job.header["optimised"])
    except Exception as error:  # noqa: BLE001 - XLA raises several unrelated classes
        child.reply({"type": "failed", "draw": None, "failure": _failure("compile", error)})
        return
    memory = _needed(executable)
    if memory > job.header["memory"]:
        limit = {"name": "memory", "used": memory}
        message = "for inputs, outputs and intermediate values"
        child.reply({"type": "failed", "draw": None, "failure": {"kind": "memory", "message": message, "limit": limit}})
        return
    reply = {"type": "compiled", "milliseconds": milliseconds}
    if job.header["measure"]:
        program = job.body[:size]
        reply |= {"work": work(evaluator.backend, program), "memory": _made(executable)}
    child.reply(reply)
    values = arrays.unpack(job.header["arrays"], job.body[size:])
    for draw, places in enumerate(job.header["inputs"]):
        try:
            outputs, milliseconds = evaluator.run(executable, [values[place] for place in places])
        except Exception as error:  # noqa: BLE001 - XLA raises several unrelated classes
            child.reply({"type": "failed", "draw": draw, "failure": _failure("runtime", error)})
            continue
        entries, body = arrays.pack(outputs)
        child.reply({"type": "evaluated", "draw": draw, "milliseconds": milliseconds, "arrays": entries}, body)


def _race(evaluator: Evaluator, job: Message) -> None:
    """Tell the times of every turn as it is done; whatever XLA raises ends the process, and so the race."""
    mine, rival = job.header["program_size"], job.header["rival_size"]
    programs = job.body[:mine], job.body[mine : mine + rival]
    pair = [evaluator.compiled(program, optimised=True)[0] for program in programs]
    inputs = arrays.unpack(job.header["arrays"], job.body[mine + rival :])
    put = partial(jax.device_put, device=evaluator.device)
    for times in race(pair, inputs, put, job.header["turns"], job.header["seconds"]):
        child.reply({"type": "turn", "nanoseconds": times})


def _made(executable: Any) -> int:
    """Bytes of a program's results and of what it holds while it runs, without its arguments."""
    stats = executable.get_compiled_memory_stats()
    return int(stats.output_size_in_bytes + stats.temp_size_in_bytes)


def _needed(executable: Any) -> int:
    stats = executable.get_compiled_memory_stats()
    sizes = (stats.argument_size_in_bytes, stats.output_size_in_bytes, stats.temp_size_in_bytes)
    return int(sum(sizes) - stats.alias_size_in_bytes)


def _failure(kind: str, error: Exception) -> dict[str, Any]:
    limit = exhaustion.limit_of(error)
    return {"kind": kind, "error": type(error).__name__, "message": str(error)[:2000], "limit": limit}
