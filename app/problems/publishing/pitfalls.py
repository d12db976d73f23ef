"""Fingerprints of the mistakes that an author has filed: each is judged like a learner's, as far as it takes to see it.

Public cases are always evaluated, then others, smallest first, until the verdict and reason are the declared ones.
Invariant: what does not fail as it declares has no fingerprint (``problem check`` says so), and nothing here comes from
code that ran outside a sandbox.
"""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from app.judge.entry import find_functions
from app.judge.grading import Grading
from app.judge.judge import grading_of
from app.judge.likeness import wording
from app.judge.rules.style import check_style
from app.judge.source import Source, SourceProblem, check_source
from app.problems.model import FiledSubmission
from app.problems.pitfalls import Fingerprint, Place, Program, Result
from app.problems.plan import Plan, grade_job, limits
from app.problems.published import Published
from app.problems.sampling import is_sampled
from sandbox.jobs import Sandbox, Vetted

#: Bytes of all results that one fingerprint keeps.
MOST_BYTES = 1 << 20
#: Arrays of all of them.
_MOST_ARRAYS = 1024
#: Results kept of one value set that is evaluated for many keys: two programs that draw alike are alike at once.
_KEYS = 4
#: Filed mistakes that are judged at once; with fewer lanes they wait for one.
_AT_ONCE = 4
#: Seconds that tracing may take whose end is only waited for to see that it does not come.
_WAIT_SECONDS = 2.0
#: What is read from the source alone.
_STYLE = frozenset(f"{must}_{kind}" for must in ("required", "forbidden") for kind in ("import", "call", "statement"))


class _Recorder:
    """Keeps what a submission shows."""

    def __init__(self, published: Published) -> None:
        self.programs: dict[int, Program] = {}
        self._published = published
        self._results: dict[Place, tuple[tuple[int, int], Result]] = {}
        self._wrong: set[tuple[int, int]] = set()
        self._wanted: set[Place] = set()

    def expect(self, planned: Plan) -> None:
        """Learn where the public cases are; those under transformations come late, and are not waited for."""
        cases = self._published.cases
        self._wanted = {
            (signature, draw)
            for signature, origins in enumerate(planned.origins)
            for draw, (index, _) in enumerate(origins)
            if cases[index].public and not cases[index].call.steps
        }

    def see_program(self, event: Vetted) -> None:
        self.programs[event.signature] = Program(event.returns, dict(event.counts))

    def see_result(self, place: Place, origin: tuple[int, int], result: Result) -> None:
        self._results[place] = origin, result

    def see_wrong(self, origin: tuple[int, int]) -> None:
        self._wrong.add(origin)

    @property
    def leading(self) -> int:
        """How many signatures at the plan's beginning hold all public cases."""
        return 1 + max(signature for signature, _ in self._wanted)

    @property
    def traced(self) -> bool:
        """Whether every public signature has its program."""
        return {signature for signature, _ in self._wanted} <= self.programs.keys()

    @property
    def evaluated(self) -> bool:
        """Whether every public value set has its result."""
        return self._wanted <= self._results.keys()

    def kept(self) -> dict[Place, Result]:
        """The results that there is room for, wrong ones first."""
        left, arrays = MOST_BYTES, _MOST_ARRAYS
        of_origin: Counter[tuple[int, int]] = Counter()
        kept = {}
        for place, (origin, result) in sorted(self._results.items(), key=lambda item: item[1][0] not in self._wrong):
            case = self._published.cases[origin[0]]
            size = sum(output.nbytes for output in result.outputs)
            enough = of_origin[origin] >= _KEYS and is_sampled(self._published.problem, case.call)
            if enough or size > left or len(result.outputs) > arrays:
                continue
            of_origin[origin] += 1
            left, arrays = left - size, arrays - len(result.outputs)
            kept[place] = result
        return dict(sorted(kept.items()))


def fingerprints(published: Published, sandbox: Sandbox, *, fresh: bool) -> tuple[Fingerprint, ...]:
    """Fingerprints of a problem's filed mistakes, in order of path; outputs are neither known nor kept if ``fresh``.

    Raises:
        SandboxUnavailable: the fault is ours.
    """
    wrong = [filed for filed in published.problem.submissions if filed.verdict != "accepted"]
    if not wrong:
        return ()
    with ThreadPoolExecutor(min(_AT_ONCE, len(wrong)), thread_name_prefix="pitfalls") as pool:
        found = list(pool.map(_Mistakes(published, sandbox, fresh).fingerprint, wrong))
    return tuple(fingerprint for fingerprint in found if fingerprint is not None)


@dataclass(frozen=True)
class _Mistakes:
    """The filed mistakes of a problem, and how they are judged."""

    published: Published
    sandbox: Sandbox
    fresh: bool

    def fingerprint(self, filed: FiledSubmission) -> Fingerprint | None:
        problem, raw = self.published.problem, filed.source.encode()
        words = wording(raw)
        found = Fingerprint(
            filed.path, filed.message, filed.verdict, filed.reason, words=words.words, names=words.names
        )
        source = check_source(raw, limits(problem).source)
        if filed.reason in _STYLE:
            broken = check_style(source, problem.rules) if isinstance(source, Source) else None
            return None if broken is None or broken.reason != filed.reason else replace(found, subject=broken.subject)
        recorder, grading = self._watched(filed, source)
        outcome = grading.outcome(None)
        found = replace(found, programs=recorder.programs, results=recorder.kept())
        if outcome is not None and (outcome.verdict, outcome.reason) == (filed.verdict, filed.reason):
            return replace(found, subject=outcome.subject, cause=outcome.cause)
        return found if outcome is None and _takes_long(filed) and recorder.programs else None

    def _watched(self, filed: FiledSubmission, source: Source | SourceProblem) -> tuple[_Recorder, Grading]:
        """Judge a filed mistake until there is enough to know it by; returns what was seen, and the state of judging.

        Nearly every mistake shows on the public examples, so that nothing else is traced for most.
        """
        if not self.published.problem.comparison and not self.published.problem.statistics:
            shown = self._judged(filed, source, public=True)
            if _has_shown(self.published, filed, *shown):
                return shown
        return self._judged(filed, source, public=False)

    def _judged(
        self, filed: FiledSubmission, source: Source | SourceProblem, *, public: bool
    ) -> tuple[_Recorder, Grading]:
        problem, recorder = self.published.problem, _Recorder(self.published)
        grading = grading_of(self.published, filed.source.encode(), {}, recorder)
        recorder.expect(grading.plan)
        trouble = source if isinstance(source, SourceProblem) else find_functions(source, problem.functions)
        if isinstance(source, SourceProblem) or trouble is not None:
            assert trouble is not None
            grading.refuse(trouble)
            return recorder, grading
        job = grade_job(problem, source.text, grading.plan)
        # Only one kind of mistake shows in tracing again.
        job = replace(job, fresh=job.fresh or self.fresh, twice=job.twice and filed.reason == "nondeterministic")
        if public:
            job = replace(job, signatures=job.signatures[: recorder.leading])
        if _takes_long(filed):
            seconds = min(_WAIT_SECONDS, job.limits.trace_seconds)
            job = replace(job, limits=replace(job.limits, trace_seconds=seconds))
        for event in self.sandbox.grade(job, lambda: _has_shown(self.published, filed, recorder, grading)):
            for _ in grading.take(event):
                pass
        for _ in grading.settle(self.sandbox):
            pass
        return recorder, grading


def _has_shown(published: Published, filed: FiledSubmission, recorder: _Recorder, grading: Grading) -> bool:
    """Whether nothing that could still come would make the fingerprint a better one."""
    if grading.decided:
        return True
    if _takes_long(filed):
        return recorder.traced
    if published.problem.comparison or published.problem.statistics:
        return False  # what is wrong is known at the end only
    outcome = grading.outcome(None)
    if outcome is None or (outcome.verdict, outcome.reason) != (filed.verdict, filed.reason):
        return False
    return recorder.evaluated or outcome.cause is not None


def _takes_long(filed: FiledSubmission) -> bool:
    """Whether the mistake shows only after a wait, and its programs before: where that leads need not be seen again."""
    return filed.verdict == "time_limit" or filed.reason == "too_slow"
