"""Jobs that go into a sandbox and the results that come out, as frozen data.

Everything here crosses the wall between trusted and untrusted code. Invariant: a result describes what the job's code
did, and never raises; only ``SandboxUnavailable`` (our own fault) is an exception.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from sandbox.arrays import Array
from sandbox.entries import Arrays, Call
from sandbox.tree import MAX_DEPTH, MAX_LEAVES, Node, Tree

#: Largest source of any job, in bytes.
MAX_SOURCE = 256 << 10

#: Why a stage ended without its result; the judge turns each into a verdict.
FailureKind = Literal[
    "source",  # syntax error, or a source the compiler refuses
    "entry",  # the named function is missing, is no function, or takes other parameters
    "exception",  # the code raised
    "not_traceable",  # the code raised because it was traced, or wants a host callback
    "compile",  # XLA refused the vetted program
    "runtime",  # XLA failed while running it
    "time",
    "memory",
    "output",
    "violation",  # asked for what the sandbox forbids, too many threads included, or sent a program the vetter refuses
    "crash",  # the process died by itself: exit, abort, segmentation fault
]


class SandboxUnavailable(Exception):
    """The sandbox itself failed; nothing is known about the code that was to run in it."""


class SandboxDown(SandboxUnavailable):
    """No sandbox can be started for now, so nothing of the job has run; ``Sandbox.trouble`` says until when."""


#: A limit by its field of ``Limits``; ``file_size`` has none, for it is always 0: no file can be written.
LimitName = Literal[
    "trace_seconds",
    "evaluate_seconds",
    "cpu_seconds",
    "memory",
    "output",
    "threads",
    "file_size",
    "source",
    "artifact",
    "operations",
    "leaves",
    "depth",
    "result",
]
#: Where programs are evaluated.
Device = Literal["cpu", "gpu"]
#: What a program is lowered for, by JAX's names.
Platform = Literal["cpu", "cuda"]
Unit = Literal["seconds", "bytes", "threads", "operations", "entries", "levels"]


@dataclass(frozen=True)
class Limits:
    """What one job may use. Seconds are wall clock unless named otherwise; sizes are bytes.

    New processes have no limit here: a job that starts one is ended.
    """

    #: For tracing every signature, and for a run: from the moment the job is sent.
    trace_seconds: float = 10.0
    #: For compiling and running all programs of one submission.
    evaluate_seconds: float = 20.0
    #: Processor time of a trace or a run, over all threads (RLIMIT_CPU, so rounded up to whole seconds).
    cpu_seconds: float = 21.0
    #: Private writable memory of one child (RLIMIT_DATA).
    memory: int = 2 << 30
    #: Printed bytes; one more ends the job.
    output: int = 1 << 20
    #: Threads of a trace or a run (RLIMIT_NPROC); XLA's own are among them, about a dozen and two a core.
    threads: int = 512
    #: Bytes of the submitted source.
    source: int = MAX_SOURCE
    #: Serialised size of one traced program, constants included.
    artifact: int = 8 << 20
    #: Operations in one traced program.
    operations: int = 100_000
    #: Arrays and containers in one result, or in the arguments of one case.
    leaves: int = MAX_LEAVES
    #: Nesting of one result, or of the arguments of one case.
    depth: int = MAX_DEPTH
    #: Bytes of the arrays of one result.
    result: int = 256 << 20


@dataclass(frozen=True)
class LimitReached:
    """A limit that ended a job.

    Attributes:
        used: how much was used, or asked for, when it ended.
        allowed: the limit as it applied.
        unit: of both.
        exact: False if only that much is known and more was used or needed.
    """

    name: LimitName
    used: float
    allowed: float
    unit: Unit
    exact: bool = True


@dataclass(frozen=True)
class Frame:
    """One line of a traceback that lies in the submitted source. ``line`` counts from 1."""

    line: int
    function: str
    text: str


@dataclass(frozen=True)
class Failure:
    """What went wrong inside the sandbox, told by a process that its code may own: show it, never trust it.

    Attributes:
        kind: what happened.
        message: the error's own text (``str(exception)``), or one sentence by the sandbox.
        error: the exception's class name, empty if there was none.
        frames: the learner's own frames, outermost first.
        column: for a syntax error, counted from 1; otherwise 0.
        values: named values on the failing line with their types (``("way_a", "float32[5]")``).
        limit: the limit that was reached, if one was; ``message`` says it in words.
    """

    kind: FailureKind
    message: str
    error: str = ""
    frames: tuple[Frame, ...] = ()
    column: int = 0
    values: tuple[tuple[str, str], ...] = ()
    limit: LimitReached | None = None


@dataclass(frozen=True)
class Signature:
    """What one program is traced from; in an eager job, what one process is called with.

    Attributes:
        call: the entry point and its transformations.
        arguments: a ``tuple`` node with one tree per parameter.
        inputs: value sets to evaluate it on, each the flat array leaves of ``arguments`` (typed keys as key data);
            empty for a signature that is only traced.
        result: bytes of the arrays of one result, where that is less than the job's limit.
    """

    call: Call
    arguments: Node
    inputs: tuple[tuple[Array, ...], ...] = ()
    result: int | None = None


@dataclass(frozen=True)
class Rival:
    """A vetted program to run a submission's beside, for a rule on run time.

    Attributes:
        signature: index into the job's signatures, which has inputs; both programs are of it.
        program: as the vetter wrote it, for the platform that the job's programs are evaluated on.
        turns: how often each is run in a first race, and in a second one if that does not decide; even, since who is
            first in a turn is a few per cent slower, and both are so equally often.
    """

    signature: int
    program: bytes = field(repr=False)
    turns: tuple[int, int] = (16, 60)


@dataclass(frozen=True)
class TracedProgram:
    """What one signature was traced to before.

    Attributes:
        program: as the vetter wrote it then. It is vetted again, so whoever keeps it need not be believed.
        returns: the tree the function returned.
    """

    program: bytes = field(repr=False)
    returns: Tree


@dataclass(frozen=True)
class GradeJob:
    """Trace, vet and evaluate a submission at several signatures, in the given order.

    Attributes:
        source: Python source, at most ``limits.source`` bytes as UTF-8; whoever makes the job has checked that.
        harness: the author's source, whose functions are given the submission's module; empty if no call needs it.
        device: where its programs are evaluated. They are traced on the CPU all the same, and for it too.
        twice: trace every signature once more, from a source that is loaded anew, and say whether the programs agree.
        measure: tell XLA's figures of every program that is evaluated, as ``Compiled``.
        rival: a program to race against once everything is evaluated and ``enough`` does not say so.
        eager: call the submission on the inputs themselves, as arrays of this library, instead of tracing it. Each
            signature then has a process of its own, in which its value sets go in one at a time.
        fresh: evaluate every program, though its outputs may be known from another job: what is measured has to run.
        traced: what each signature was traced to before, from this source and for one platform; nothing is traced then,
            and nothing of the source is run. Not for jobs that are eager, or that trace twice.
    """

    source: str
    signatures: tuple[Signature, ...]
    harness: str = ""
    x64: bool = False
    device: Device = "cpu"
    limits: Limits = field(default_factory=Limits)
    twice: bool = False
    measure: bool = False
    rival: Rival | None = None
    eager: Arrays | None = None
    fresh: bool = False
    traced: tuple[TracedProgram, ...] = ()

    @property
    def platforms(self) -> tuple[Platform, ...]:
        """What its programs are exported for; the last one is what they are evaluated on."""
        return ("cpu", "cuda") if self.device == "gpu" else ("cpu",)


@dataclass(frozen=True)
class Vetted:
    """A program that was traced and passed the vetter.

    Attributes:
        signature: index into the job's signatures.
        returns: the tree the function returned. Its leaves match the program; node kinds are the tracer's word.
        artifact: SHA-256 of the vetted program that is evaluated: rules are about that one, whatever the others do.
        operations: number of its operations, nested ones included.
        counts: the same by operation name.
        custom_calls: targets it still calls, sorted.
        artifacts: SHA-256 of the vetted program for each platform of the job.
        live: the operations that what is returned depends on, by name without dialect, custom calls by target as well.
        dtypes: of every value in it, sorted.
        repeated: False if tracing it again gave another program; True if it did not, or was not asked to.
        program: the vetted program that is evaluated, as ``StoredProgram`` takes it.
    """

    signature: int
    returns: Tree
    artifact: str
    operations: int
    counts: Mapping[str, int]
    custom_calls: tuple[str, ...]
    artifacts: Mapping[Platform, str]
    live: Mapping[str, int] = field(default_factory=dict)
    dtypes: tuple[str, ...] = ()
    repeated: bool = True
    program: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Compiled:
    """XLA's own figures of one vetted program, told before its outputs.

    Attributes:
        work: operations on array elements that it does as it is written, transcendental ones included. XLA counts the
            body of a loop once and custom calls not at all; None where it cannot tell.
        memory: bytes of its results and of what it holds beside them and its arguments while it runs.
    """

    signature: int
    work: int | None
    memory: int


@dataclass(frozen=True)
class Raced:
    """How long a submission's program and its rival took, run in turns in one process, in nanoseconds of each turn."""

    signature: int
    turns: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Evaluated:
    """Outputs of one vetted program on one value set; milliseconds. ``compile_ms`` is 0 for a program seen before.

    ``cached`` says that they come from an earlier job, and then both times are 0.
    """

    signature: int
    draw: int
    outputs: tuple[Array, ...]
    compile_ms: float
    run_ms: float
    cached: bool = False


@dataclass(frozen=True)
class Returned:
    """What one eager call returned, printed and took; ``failure`` instead of a value if it raised.

    Attributes:
        changed: positions of the arguments that the call changed in place, as far as its process tells.
    """

    printed: str
    milliseconds: float
    returns: Tree | None = None
    outputs: tuple[Array, ...] = ()
    failure: Failure | None = None
    changed: tuple[int, ...] = ()


@dataclass(frozen=True)
class Called:
    """One call of an eager job on one value set. All of it is the word of a process that the code owns."""

    signature: int
    draw: int
    returned: Returned


@dataclass(frozen=True)
class Failed:
    """A stage that ended without its result. ``draw`` is None unless evaluating or calling one value set failed.

    After a failure of the whole job (``signature`` is None) or of tracing, nothing more comes; after one of an eager
    call, the next signature in a fresh process, if the job goes on at all.
    """

    failure: Failure
    signature: int | None = None
    draw: int | None = None


@dataclass(frozen=True)
class Finished:
    """The last event of a job: what was printed while tracing and where the time went (milliseconds by stage).

    ``traced`` is how often the function had been traced when this was printed: the word of a process that the code
    owns, and 0 for a job that is called.
    """

    printed: str
    timings: Mapping[str, float]
    traced: int = 0


GradeEvent = Vetted | Compiled | Evaluated | Raced | Called | Failed | Finished


@dataclass(frozen=True)
class StoredProgram:
    """A program that was vetted before and kept where no untrusted code can change it.

    Attributes:
        program: the bytes that the vetter wrote.
        returns: what it returns.
        custom_calls: targets that it calls, as the vetter found them.
        inputs: value sets to evaluate it on, each the flat arrays that it takes.
    """

    program: bytes
    returns: Tree
    custom_calls: tuple[str, ...]
    inputs: tuple[tuple[Array, ...], ...]


@dataclass(frozen=True)
class EvaluateJob:
    """Evaluate programs of ours on values that no untrusted code may see; nothing is traced."""

    programs: tuple[StoredProgram, ...]
    device: Device = "cpu"
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class EagerCall:
    """One call on real values.

    Attributes:
        arguments: a ``tuple`` node with one tree per parameter.
        inputs: its flat array leaves.
    """

    call: Call
    arguments: Node
    inputs: tuple[Array, ...]


@dataclass(frozen=True)
class RunJob:
    """Call functions of a submission eagerly, all in one process, on inputs that are not secret."""

    source: str
    calls: tuple[EagerCall, ...]
    harness: str = ""
    x64: bool = False
    limits: Limits = field(default_factory=Limits)
    arrays: Arrays = "jax"


@dataclass(frozen=True)
class RunResult:
    """The calls that finished, in order, and the failure that ended the run early, if one did."""

    calls: tuple[Returned, ...]
    failure: Failure | None = None
    printed: str = ""


@dataclass(frozen=True)
class CasesJob:
    """Run an author's ``cases.py``: ``public()`` once and ``hidden(rng)`` once per draw.

    Attributes:
        entries: names of the entry points by which both group their cases; empty for a problem with one.
    """

    source: str
    seed: int
    draws: int
    entries: tuple[str, ...] = ()
    x64: bool = False
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class CaseInputs:
    """Inputs one call made: a name, the arguments' tree and its flat leaves. ``draw`` is 0 for public cases.

    ``entry`` is empty for a problem with one entry point.
    """

    entry: str
    name: str
    public: bool
    draw: int
    arguments: Node
    inputs: tuple[Array, ...]


@dataclass(frozen=True)
class CasesResult:
    """The cases of a problem, or the failure that kept ``cases.py`` from making them."""

    cases: tuple[CaseInputs, ...]
    failure: Failure | None = None


@dataclass(frozen=True)
class Lanes:
    """What a sandbox has to run jobs in.

    Attributes:
        wanted: jobs that it is to run at the same time.
        warm: that it could begin at once.
        busy: that it runs.
        started: lanes that have come up since it was opened; one is replaced when its job has left it unusable.
        failed: times that none came up.
    """

    wanted: int
    warm: int
    busy: int
    started: int
    failed: int


def never() -> bool:
    """Do not stop early."""
    return False


class Sandbox(Protocol):
    """Everything the rest of the code base asks of a backend. Safe to use from several threads.

    Raises:
        SandboxUnavailable: from any method, and only for faults that are ours.
    """

    def grade(self, job: GradeJob, enough: Callable[[], bool] = never) -> Iterator[GradeEvent]:
        """Trace, vet and evaluate; or call, if the job is eager.

        ``enough`` is asked after every event; once it says so, what is left undone is not waited for and ``Finished``
        follows. Closing the iterator early ends the job's processes as well.
        """

    def evaluate(self, job: EvaluateJob) -> Sequence[Evaluated | Failed]:
        """Evaluate stored programs: a result for each value set, or a failure of one or of its whole program.

        ``signature`` is the program's index. Once the time limit is reached, nothing is said of programs that were
        not reached.
        """

    def run(self, job: RunJob) -> RunResult:
        """Call the function eagerly on inputs that the learner may see."""

    def cases(self, job: CasesJob) -> CasesResult:
        """Run an author's ``cases.py``."""

    def describe(self) -> Mapping[str, str]:
        """Toolchain and walls, for verdict records and ``doctor``: versions, flags, processor, device, backend.

        ``gpu`` names the GPU that programs of jobs with ``device="gpu"`` are evaluated on, and ``gpu_flags`` the flags
        there; without them there is none.
        """

    def promises(self) -> Sequence[str]:
        """Promises that are weaker on this machine, one sentence each; empty if none."""

    def trouble(self) -> str:
        """Why nothing can be run at the moment; empty while all is well."""

    def lanes(self) -> Lanes:
        """What it has to run jobs in, without waiting."""

    def close(self) -> None:
        """End every process; the sandbox cannot be used afterwards."""
