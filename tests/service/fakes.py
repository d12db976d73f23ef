"""Stand-ins for the sandbox, the reader, the publisher and the judge, told what to do by what they are given.

The source of a submission says what the fake judge makes of it, and the text of a folder's ``version.txt`` what the
fake reader makes of the folder. Constants named ``SECRET`` are planted where no response may ever find them.
"""

from __future__ import annotations

import hashlib
import io
import threading
import time
import zipfile
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest

from app.attempts.delivery import RetryPolicy
from app.judge.events import CaseJudged, Event, Judged, Traced
from app.judge.run import RunReport
from app.judge.traces import Traces
from app.judge.verdict import CaseResult, Pitfall, Report
from app.pipeline import Pipeline
from app.problems import published as publication
from app.problems.checking.check import Checked
from app.problems.findings import Finding
from app.problems.model import ArraySpec, CaseSettings, Entry, FiledSubmission, Hint, Problem, ProblemLimits, Rules
from app.problems.published import Published, PublishedCase
from app.problems.publishing.publish import PublishFailed
from sandbox.entries import Call
from sandbox.jobs import (
    CasesJob,
    CasesResult,
    Evaluated,
    EvaluateJob,
    Failed,
    GradeEvent,
    GradeJob,
    Lanes,
    RunJob,
    RunResult,
    Sandbox,
    SandboxDown,
    SandboxUnavailable,
    TracedProgram,
    never,
)
from sandbox.tree import Leaf, Node

SECRET_INPUT = 76543.25
SECRET_OUTPUT = 98765.75
SECRET_TEXT = "the-hidden-text-of-an-author"
PUBLIC_INPUT = 12.5
#: A filed mistake, and what its author says about it.
KNOWN, KNOWN_MESSAGE = "submissions/wrong/known.py", "That adds two."

#: The label of a version of a folder that names none.
VERSION = "1.0.0"

#: What every source is traced to.
TRACES = Traces("traced with", {"of a signature": TracedProgram(b"a program", Leaf("float32", (3,)))})
#: Seconds between the cases of ``hold``: more than between two times that progress is written down.
_APART = 0.3
#: Seconds that ``slow`` takes.
_SLOW = 0.3
#: For tests of what SQLite alone does.
SQLITE_ONLY = pytest.mark.parametrize("database_url", [""], ids=["sqlite"])

#: The pauses of production would only make tests slow.
POLICY = RetryPolicy(max_tries=3, pause=0.0)


class FakeSandbox:
    """A sandbox that runs nothing."""

    def __init__(self, toolchain: str = "fake 1") -> None:
        self.toolchain = toolchain
        #: What ``trouble`` says.
        self.down = ""
        self.closed = threading.Event()

    def grade(self, job: GradeJob, enough: Callable[[], bool] = never) -> Iterator[GradeEvent]:
        raise NotImplementedError

    def evaluate(self, job: EvaluateJob) -> Sequence[Evaluated | Failed]:
        raise NotImplementedError

    def run(self, job: RunJob) -> RunResult:
        raise NotImplementedError

    def cases(self, job: CasesJob) -> CasesResult:
        raise NotImplementedError

    def describe(self) -> Mapping[str, str]:
        return {"backend": "fake", "toolchain": self.toolchain}

    def promises(self) -> Sequence[str]:
        return ["Memory is counted per process, not per job."]

    def trouble(self) -> str:
        return self.down

    def lanes(self) -> Lanes:
        return Lanes(wanted=2, warm=1, busy=1, started=3, failed=4)

    def close(self) -> None:
        self.closed.set()


class FakeJudge:
    """Judges by the first word of a source.

    Attributes:
        judged: every source it was asked to judge or run, in order.
        gate: a source ``wait`` is judged once this is set, unless the sandbox is closed first; of ``hold`` every case
            is known before that.
        entered: set as soon as a ``wait`` is being judged.
    """

    def __init__(self) -> None:
        self.judged: list[bytes] = []
        self.gate = threading.Event()
        self.entered = threading.Event()

    def judge(
        self, published: Published, source: bytes, sandbox: Sandbox, *, stored: Traces | None = None
    ) -> Generator[Event, None, None]:
        self.judged.append(source)
        word = source.split(maxsplit=1)[0] if source.split() else b""
        yield Traced(signature="x: float32[3]", operations=1)
        match word:
            case b"unavailable":
                raise SandboxUnavailable("no slot")
            case b"down":
                raise SandboxDown("the Docker daemon does not answer")
            case b"bug":
                raise ZeroDivisionError("a fault of the judge")
            case b"silent":
                return
            case b"slow":
                time.sleep(_SLOW)
            case b"wait":
                assert isinstance(sandbox, FakeSandbox)
                self.entered.set()
                while not self.gate.wait(0.01):
                    if sandbox.closed.is_set():
                        raise SandboxUnavailable("closed")
        yield from self._told(report(published.problem, source), stored, held=word == b"hold")

    def _told(self, report: Report, stored: Traces | None, *, held: bool) -> Iterator[Event]:
        """Every case, and the report; if ``held``, cases apart, and the report once the gate is open."""
        for case in report.cases:
            if held:
                self.gate.wait(_APART)
            yield CaseJudged(case=case)
        if held:
            self.gate.wait()
        yield Judged(report=report, traces=TRACES, stored=stored is not None)

    def run(self, published: Published, source: bytes, sandbox: object, inputs: object) -> RunReport:
        self.judged.append(source)
        if source.startswith(b"unavailable"):
            raise SandboxUnavailable("no slot")
        problem = published.problem
        return RunReport(
            problem=problem.slug,
            problem_version=problem.version,
            problem_sha256=problem.sha256,
            verdict=None,
            message="",
            printed=f"ran on {inputs!r}",
            calls=(),
        )


def report(problem: Problem, source: bytes) -> Report:
    """Accepted for a source that starts with ``right``, ``wait`` or ``hold``, else a wrong answer on the hidden case.

    One that starts with ``known`` makes the filed mistake of that name. By a version whose label is made of letters,
    what starts with one of these is right.
    """
    right = source.startswith((b"right", b"wait", b"hold", b"slow"))
    if problem.version != VERSION:
        right = source[:1].decode() in problem.version
    hidden = CaseResult(
        name="large",
        public=False,
        shape="x: float32[3]",
        verdict="accepted" if right else "wrong_answer",
        reason=None if right else "value",
        message="" if right else "The values are wrong.",
    )
    return Report(
        problem=problem.slug,
        problem_version=problem.version,
        problem_sha256=problem.sha256,
        verdict="accepted" if right else "wrong_answer",
        reason=None if right else "value",
        message="All cases pass." if right else "The values are wrong.",
        cases=(
            hidden.model_copy(update={"name": "small", "public": True, "verdict": "accepted", "reason": None}),
            hidden,
        ),
        printed="half a pair: \ud800" if b"surrogate" in source else "",
        timings_ms={"total": 1.5},
        source_sha256=hashlib.sha256(source).hexdigest(),
        artifacts=(),
        toolchain={"jax": "0"},
        seed=7,
        pitfall=Pitfall(submission=KNOWN, message=KNOWN_MESSAGE) if source.startswith(b"known") and not right else None,
    )


def problem(slug: str, content: str = "1") -> Problem:
    vector = ArraySpec(dtype="float32", shape=("N",))
    return Problem(
        slug=slug,
        sha256=hashlib.sha256(content.encode()).hexdigest(),
        title=f"The problem {slug}",
        version=content if content.isalpha() else VERSION,
        difficulty=1,
        tags=("vmap",),
        prerequisites=(),
        mode="traced",
        device="gpu" if content == "gpu" else "cpu",
        x64=False,
        entries={slug: Entry(arguments={"x": vector}, returns=vector)},
        rules=Rules(),
        limits=ProblemLimits(trace_seconds=100.0),
        tolerances={},
        cases=CaseSettings(seed=7),
        statement="Add one.",
        hints=(
            Hint(title="Look at the shape", body="Count its axes.", after=None),
            Hint(title="The numbers differ", body=SECRET_TEXT, after="value"),
        ),
        starter=f"def {slug}(x):\n    ...\n",
        reference=f"def {slug}(x):\n    return x + 1  # {SECRET_TEXT}\n",
        solution=SECRET_TEXT,
        cases_source=f"# {SECRET_TEXT}",
        submissions=(
            FiledSubmission(
                path=KNOWN, source=SECRET_TEXT, verdict="wrong_answer", reason="value", message=KNOWN_MESSAGE
            ),
        ),
    )


def publish(problem: Problem, sandbox: object = None) -> Published:
    """One public and one hidden case; refuses a problem whose title says so."""
    del sandbox
    if "unpublishable" in problem.slug:
        raise PublishFailed([Finding("bad-value", "cases.py", 1, "The reference fails.", "Mend it.")])
    leaf = Leaf("float32", (3,))

    def case(name: str, value: float, result: float, *, public: bool) -> PublishedCase:
        draws = 1 if public else 2
        return PublishedCase(
            name=name,
            public=public,
            call=Call(problem.slug, ("x",)),
            arguments=Node("tuple", (leaf,)),
            sizes={"N": 3},
            inputs=((np.full(3, value, np.float32),),) * draws,
            expected=leaf,
            outputs=((np.full(3, result, np.float32),),) * draws,
        )

    public = case("small", PUBLIC_INPUT, PUBLIC_INPUT + 1, public=True)
    hidden = case("large", SECRET_INPUT, SECRET_OUTPUT, public=False)
    return Published(problem=problem, cases=(public, hidden), probes=(), references={})


def read(folder: Path) -> Problem | list[Finding]:
    """What ``version.txt`` says; of an uploaded folder, what its manifest says, which is the title as well.

    ``after`` in it names a prerequisite.
    """
    version = folder / "version.txt"
    content = (version if version.exists() else folder / "problem.toml").read_text()
    if "broken" in content:
        return [Finding("missing-file", "statement.md", None, "It is not there.", "Write it.")]
    made = problem(folder.name, content)
    words = content.split()
    before = (words[words.index("after") + 1],) if "after" in words else ()
    return made.model_copy(update={"prerequisites": before} | ({} if version.exists() else {"title": content}))


def archive(slug: str, content: str = "1", **more: str) -> bytes:
    """An uploaded folder, of which the fake reader makes what ``content`` says."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for path, text in ({"problem.toml": content} | more).items():
            packed.writestr(f"{slug}/{path}", text)
    return made.getvalue()


def check(problem: Problem, sandbox: Sandbox, mutants: bool) -> Checked:
    """Finds what the problem's title says; a slip in the reference only if those are looked for."""
    del sandbox
    word = problem.title
    if "unavailable" in word:
        raise SandboxUnavailable("no slot")
    finding = Finding("mutant-survives", "reference.py", 2, "A slip passes: \ud800", "Add a case.", "warning")
    findings = [finding] * mutants
    if "faulty" in word:
        findings.insert(0, Finding("wrong-outcome", "submissions/wrong/known.py", None, "It passes.", "Mend it."))
    return Checked(problem.slug, tuple(findings), 6, 2, published=publish(problem))


def never_publish(problem: Problem, sandbox: object) -> NoReturn:
    raise AssertionError(f"{problem.slug} was published again")


def pipeline(judge: FakeJudge, publish: Callable[[Problem, object], Published] = publish) -> Pipeline:
    return Pipeline(read, publish, publication.loads, judge.judge, judge.run, check)


def write_folder(problems: Path, slug: str, content: str = "1") -> None:
    (problems / slug).mkdir(parents=True, exist_ok=True)
    (problems / slug / "version.txt").write_text(content)
