"""What tracing a submission came to, to be judged again without running its Python.

Pure. Invariant: stored programs stand for a source only where tracing it now would be asked the same: the same source,
functions around it, types, limits and toolchain. Where a second trace, or another platform's program, is part of the
verdict, nothing stands for it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from app.judge.traces import Traces
from app.problems.model import Problem
from app.problems.plan import limits
from app.problems.published import toolchain_digest
from sandbox import entries
from sandbox import tree as trees
from sandbox.jobs import Signature, TracedProgram, Vetted


def traced_with(problem: Problem, source: bytes, described: Mapping[str, str]) -> str:
    """The identity of everything that tracing depends on beside the signature, as a SHA-256.

    Empty where stored programs would not do: for problems that are called, that are evaluated on another platform than
    they are traced on, or that ask whether two traces agree.
    """
    if problem.mode != "traced" or problem.device != "cpu" or problem.rules.deterministic:
        return ""
    bounds = limits(problem)
    seconds = (bounds.trace_seconds, bounds.cpu_seconds)
    sizes = (bounds.memory, bounds.output, bounds.threads, bounds.artifact, bounds.leaves, bounds.depth)
    around = (problem.harness, problem.x64, list(problem.functions))
    told = [hashlib.sha256(source).hexdigest(), around, seconds, sizes, toolchain_digest(described)]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def key(signature: Signature) -> str:
    """The identity of what is called and with what types, as a SHA-256."""
    told = [entries.to_json(signature.call), trees.to_json(signature.arguments)]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def collect(
    tracing: str, signatures: tuple[Signature, ...], vetted: Iterable[Vetted], printed: str, traced: int
) -> Traces | None:
    """What there is to keep of a judging; None if nothing of it would stand for anything.

    A signature that came out differently when it was traced once more, for its many value sets, is left out.
    """
    found: dict[str, TracedProgram | None] = {}
    for event in vetted:
        program = TracedProgram(event.program, event.returns)
        name = key(signatures[event.signature])
        found[name] = program if found.get(name, program) == program else None
    programs = {name: program for name, program in found.items() if program is not None}
    return Traces(tracing, programs, printed, traced) if tracing and programs else None


def fitting(stored: Traces | None, tracing: str, signatures: tuple[Signature, ...]) -> tuple[TracedProgram, ...]:
    """A stored program for each signature; empty unless every one of them is there and still stands for the source."""
    if stored is None or not tracing or stored.tracing != tracing:
        return ()
    found = [stored.programs.get(key(signature)) for signature in signatures]
    programs = tuple(program for program in found if program is not None)
    return programs if len(programs) == len(signatures) else ()
