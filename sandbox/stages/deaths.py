"""Why a child ended without a result: which limit it met, what it did, or that it was not its own doing.

The evidence is the exit status, the resources it used, and the last words of libraries that die of a failed allocation
without saying so in a way Python hears. Invariant: a child that somebody else killed is our fault, never its code's.
The system call filter keeps a child from sending itself SIGKILL and from lowering its own limits, so that signal is
the kernel's, for a limit, or an outsider's.
"""

from __future__ import annotations

import re
import signal

from sandbox import limits as limiting
from sandbox.inside.exhaustion import LINKER
from sandbox.jobs import Failure, Frame, Limits, SandboxUnavailable
from sandbox.slot import Exit
from sandbox.stages import replies

#: What C and C++ libraries write when memory runs out, before they die of it.
_OUT_OF_MEMORY = re.compile(
    r"bad_alloc|RESOURCE_EXHAUSTED|[Oo]ut of memory|Cannot allocate memory|MemoryError"
    r"|Memory allocation still failed|[Aa]llocation (?:of \d+ bytes )?failed|" + LINKER
)
#: What they write when they cannot start a thread.
_NO_THREAD = re.compile(r"can't start new thread|pthread_create|thread constructor failed|Resource temporarily unavail")
#: Characters at the end of what was printed that are taken for last words.
_LAST_WORDS = 4000
#: Share of the memory limit beyond which a sudden death is taken for a memory verdict.
_MEMORY_SHARE = 0.8
#: Signals that vetters and evaluators, which run no Python of a learner's, do not send themselves.
_FROM_OUTSIDE = frozenset({signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT})
#: Processor seconds by which the kernel's account and rusage may differ.
_CPU_SLACK = 0.5


def death(ended: Exit, printed: str, limits: Limits, *, cpu_limited: bool = True, learners: bool = True) -> Failure:
    """Why a child that ended without a result did so.

    Args:
        ended: its exit status and what it used.
        printed: the end of what it wrote to standard output and error.
        limits: its own.
        cpu_limited: whether its processor time was limited.
        learners: whether it ran a learner's or author's Python, which can send itself any signal but SIGKILL.

    Raises:
        SandboxUnavailable: it was killed, and had reached no limit.
    """
    _, frames = replies.split_dump(printed)
    if ended.code == -signal.SIGSYS:
        return Failure("violation", "the code asked the operating system for something the sandbox forbids", "", frames)
    if cpu_limited and _used_processor_up(ended, limits):
        used = max(ended.cpu_seconds, limits.cpu_seconds)
        return _at(limiting.failure(limiting.reached(limits, "cpu_seconds", used)), frames)
    last_words = printed[-_LAST_WORDS:]
    if _ran_out_of_memory(ended, last_words, limits):
        full = ended.max_rss > limits.memory
        return _at(limiting.failure(limiting.reached(limits, "memory", ended.max_rss if full else None)), frames)
    if ended.code != 0 and _NO_THREAD.search(last_words):
        return _at(limiting.no_thread(limits), frames)
    if -ended.code in ((signal.SIGKILL,) if learners else _FROM_OUTSIDE):
        raise SandboxUnavailable(
            f"a sandboxed process was killed by something else than its limits ({ended.cpu_seconds:.1f} s of processor "
            f"time and {limiting.size_text(ended.max_rss)} of memory used)"
        )
    if ended.code < 0:
        return Failure("crash", f"the process was ended by {_signal_name(-ended.code)}", "", frames)
    return Failure("crash", f"the code ended the process with exit status {ended.code}", "", frames)


def _used_processor_up(ended: Exit, limits: Limits) -> bool:
    if ended.code == -signal.SIGXCPU:
        return True
    return ended.code == -signal.SIGKILL and ended.cpu_seconds > limits.cpu_seconds - _CPU_SLACK


def _ran_out_of_memory(ended: Exit, last_words: str, limits: Limits) -> bool:
    if ended.code == 0:
        return False
    if _OUT_OF_MEMORY.search(last_words):
        return True
    # Nothing of ours sends SIGKILL for memory below the limit: less was used when an outsider did.
    share = 1.0 if ended.code == -signal.SIGKILL else _MEMORY_SHARE
    return ended.code < 0 and ended.max_rss > share * limits.memory


def _at(failure: Failure, frames: tuple[Frame, ...]) -> Failure:
    return Failure(failure.kind, failure.message, "", frames, limit=failure.limit)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
