"""A child's side of its pipes: jobs come in on descriptor 0, results go out on descriptor 3.

Invariant: the job is read to its end before any learner code runs, so what the code does to descriptor 0 cannot matter.
Only the inputs of eager calls follow it, on a descriptor of their own: code that meddles with it ends its own process.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from sandbox.frames import Message, read_message, write_all
from sandbox.inside import exhaustion

_INPUT, _PRINTED, _RESULT = 0, 1, 3
#: Most bytes a job's body may have: inputs of all cases of a program.
MAX_JOB = 1 << 30


def jobs() -> Iterator[Message]:
    """Every job until the backend closes the input."""
    while (message := read_message(_INPUT, MAX_JOB)) is not None:
        yield message


def only_job() -> Message:
    """The single job of a child that gets one.

    Raises:
        EOFError: the backend closed the input without sending it.
    """
    job, _ = _first_job()
    return job


def job_and_inputs() -> tuple[Message, Iterator[Message]]:
    """A job, and the inputs that follow it one by one until the backend closes the input.

    Raises:
        EOFError: the backend closed the input without sending the job.
    """
    job, descriptor = _first_job(keep=True)

    def following() -> Iterator[Message]:
        while (message := read_message(descriptor, MAX_JOB)) is not None:
            yield message

    return job, following()


def _first_job(*, keep: bool = False) -> tuple[Message, int]:
    """The job, and where more comes from if that is to be kept."""
    message = read_message(_INPUT, MAX_JOB)
    if message is None:
        raise EOFError("no job came")
    exhaustion.keep_reserve()
    # Whoever uses up its processor time learns on which line.
    faulthandler.register(signal.SIGXCPU, file=2, all_threads=False, chain=True)
    # Whoever asks for typed input gets an end of file at once instead of waiting for the time limit.
    kept = os.dup(_INPUT) if keep else -1
    null = os.open("/dev/null", os.O_RDONLY)
    os.dup2(null, _INPUT)
    os.close(null)
    return message, kept


def reply(header: dict[str, Any], body: bytes = b"", boundary: str = "") -> None:
    """Send one result; what was printed so far goes first.

    Args:
        header: says what it is.
        body: its arrays or programs.
        boundary: written behind what was printed so far, for a reader who must know which result it belongs to.
    """
    mark(boundary)
    write_all(_RESULT, Message(header, body).encode())


def mark(boundary: str) -> None:
    """Write ``boundary`` behind what was printed so far, if there is one."""
    sys.stdout.flush()
    sys.stderr.flush()
    if boundary:
        with suppress(OSError):  # the code may have closed it: then nothing more is printed either
            write_all(_PRINTED, boundary.encode())
