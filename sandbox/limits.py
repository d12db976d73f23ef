"""What each limit is called, what reaching it means, and the sentence that says so.

Invariant: every sentence names the limit, how much was used and how much was allowed, in units a person reads, and
never shows unequal sizes as equal.
"""

from __future__ import annotations

from collections.abc import Mapping

from sandbox.jobs import Failure, FailureKind, LimitName, LimitReached, Limits, Unit

UNITS: Mapping[LimitName, Unit] = {
    "trace_seconds": "seconds",
    "evaluate_seconds": "seconds",
    "cpu_seconds": "seconds",
    "memory": "bytes",
    "output": "bytes",
    "threads": "threads",
    "file_size": "bytes",
    "source": "bytes",
    "artifact": "bytes",
    "operations": "operations",
    "leaves": "entries",
    "depth": "levels",
    "result": "bytes",
}

#: The kind of failure that reaching a limit is.
KINDS: Mapping[LimitName, FailureKind] = {
    "trace_seconds": "time",
    "evaluate_seconds": "time",
    "cpu_seconds": "time",
    "memory": "memory",
    "output": "output",
    "threads": "violation",
    "file_size": "violation",
    "source": "source",
    "artifact": "memory",
    "operations": "compile",
    "leaves": "output",
    "depth": "output",
    "result": "output",
}

#: What is said of the amount that was used; ``{}`` is the amount.
_USED: Mapping[LimitName, str] = {
    "trace_seconds": "the run took {}",
    "evaluate_seconds": "compiling and running the programs took {}",
    "cpu_seconds": "{} of processor time used",
    "memory": "{} of memory needed",
    "output": "{} printed",
    "threads": "{} started",
    "file_size": "a file was to be written",
    "source": "a source of {}",
    "artifact": "a traced program of {}",
    "operations": "a traced program of {}",
    "leaves": "a value made of {}",
    "depth": "a value nested {}",
    "result": "a result of {}",
}

#: Words for amounts that are counted.
_COUNTED: Mapping[Unit, str] = {
    "threads": "threads",
    "operations": "operations",
    "entries": "arrays and containers",
    "levels": "levels deep",
}
#: Steps of the unit of bytes.
_BYTES = (("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("bytes", 1))


def allowed(limits: Limits, name: LimitName) -> float:
    """The limit ``name`` as a number of its unit."""
    return 0 if name == "file_size" else getattr(limits, name)


def reached(limits: Limits, name: LimitName, used: float | None = None, *, exact: bool = True) -> LimitReached:
    """The limit ``name``, reached with ``used``; with None, all that is known is that more was needed than allowed."""
    bound = allowed(limits, name)
    if used is None:
        return LimitReached(name, bound, bound, UNITS[name], exact=False)
    return LimitReached(name, used, bound, UNITS[name], exact)


def failure(limit: LimitReached, said: str = "", doing: str = "") -> Failure:
    """The failure that reaching a limit is.

    Args:
        limit: which, and by how much.
        said: what the library or the code itself said of it, quoted behind the sentence.
        doing: what took the time, for a limit of wall clock: ``tracing``.
    """
    text = sentence(limit, doing)
    return Failure(KINDS[limit.name], f"{text} ({said})" if said else text, limit=limit)


def no_thread(limits: Limits) -> Failure:
    """The failure of a process that died because it could not start a thread.

    Nearly always there was no memory for its stack, but a process that has all its threads dies of the same words.
    """
    room = size_text(limits.memory)
    said = f"no further thread could be started; {limits.threads} are allowed, as far as their stacks fit into {room}"
    return Failure("memory", said, limit=reached(limits, "memory"))


def sentence(limit: LimitReached, doing: str = "") -> str:
    """``12.3 s of processor time used, 10 s allowed``."""
    used, bound = _amounts(limit)
    if not limit.exact:
        used = f"more than {used}"
    said = f"{doing} took {used}" if doing else _USED[limit.name].format(used)
    return f"{said}, {bound} allowed"


def allowance(limit: LimitReached) -> str:
    """The limit alone, ``10 s`` or ``2 GiB``: what may be told of a case whose inputs are hidden."""
    return amount_text(limit.allowed, limit.unit)


def amount_text(amount: float, unit: Unit) -> str:
    """An amount for a person to read: ``10 s``, ``1.5 GiB``, ``100,000 operations``."""
    if unit == "seconds":
        return f"{amount:g} s"
    return size_text(int(amount)) if unit == "bytes" else f"{int(amount):,} {_COUNTED[unit]}"


def _amounts(limit: LimitReached) -> tuple[str, str]:
    if limit.unit == "seconds":
        return f"{limit.used:.1f} s", f"{limit.allowed:g} s"
    if limit.unit == "bytes":
        return _sizes(int(limit.used), int(limit.allowed))
    return amount_text(limit.used, limit.unit), f"{int(limit.allowed):,}"


def size_text(size: int) -> str:
    """A size in the largest unit that it fills: ``1.5 GiB``, ``512 KiB``, ``0 bytes``."""
    name, unit = next((step for step in _BYTES if size >= step[1]), _BYTES[-1])
    return _size(size, name, unit)


def _sizes(used: int, bound: int) -> tuple[str, str]:
    """Two sizes, in finer units where coarse ones would not tell them apart."""
    texts = size_text(used), size_text(bound)
    if used == bound or texts[0] != texts[1]:
        return texts
    finer = (tuple(_size(size, *step) for size in (used, bound)) for step in _BYTES if step[1] < min(used, bound))
    return next((pair[0], pair[1]) for pair in finer if pair[0] != pair[1])


def _size(size: int, name: str, unit: int) -> str:
    return f"{size / unit:,.1f}".removesuffix(".0") + f" {name}"


def named(name: object) -> LimitName | None:
    """A child's word as the name of a limit, if it is one."""
    return next((known for known in UNITS if known == name), None)
