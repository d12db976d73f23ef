"""Which promises about limits this machine cannot keep, in sentences for its operator.

Invariant: an empty list means that every limit is enforced as it is told.
"""

from __future__ import annotations

import resource
from collections.abc import Iterator, Sequence

from sandbox.inside.wall import ADDRESS_SPACE
from sandbox.jobs import Limits
from sandbox.limits import size_text


def weaker(*, grouped: bool, own_users: bool, memory: int) -> Sequence[str]:
    """One sentence for each promise that is weaker here.

    Args:
        grouped: whether each slot has a control group.
        own_users: whether each child has a user of its own.
        memory: bytes that the most demanding job may use.
    """
    return [*_missing(grouped=grouped, own_users=own_users), *_stricter(memory)]


def _missing(*, grouped: bool, own_users: bool) -> Iterator[str]:
    if not grouped:
        yield (
            "No control group can be made: memory and threads are limited per process, not per slot, and what the "
            "kernel itself uses for a job is not limited."
        )
    if not own_users:
        yield (
            "Started as an ordinary user: all jobs run as one user, kept apart by namespaces and seccomp, and the "
            "processes of a slot share one limit of threads."
        )


def _stricter(memory: int) -> Iterator[str]:
    """Limits of this very process that its children inherit and cannot raise again."""
    # A host's limit on processor time is not compared: it counts from each process's own start.
    needed = {
        "data segment (ulimit -d)": (resource.RLIMIT_DATA, memory),
        "address space (ulimit -v)": (resource.RLIMIT_AS, memory + ADDRESS_SPACE),
    }
    for name, (number, wanted) in needed.items():
        _, hard = resource.getrlimit(number)
        if hard != resource.RLIM_INFINITY and hard < wanted:
            yield (
                f"This process's own limit of its {name} is {size_text(hard)}, and jobs may need {size_text(wanted)}: "
                "they run out of memory before the limit that they are told."
            )
    _, processes = resource.getrlimit(resource.RLIMIT_NPROC)
    if processes != resource.RLIM_INFINITY and processes < Limits.threads:
        yield (
            f"This process's own limit of processes (ulimit -u) is {processes}: jobs run out of threads before the "
            f"{Limits.threads} that they are told."
        )
