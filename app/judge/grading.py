"""The state of one submission's judging: which cases have passed, what stopped it, what the report will say.

Invariant: a case is accepted only if every one of its value sets was evaluated and compared without a mismatch, and a
submission only if every case is.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import replace

from app.judge.comparison.compare import Mismatch, same_type
from app.judge.comparison.deferred import Deferred
from app.judge.events import CaseJudged, Event, Traced
from app.judge.explain.arguments import known_of
from app.judge.explain.clues import NO_CLUES, Clues
from app.judge.explain.elements import elements
from app.judge.explain.hints import unlocked
from app.judge.explain.mismatch import explain, explain_difference, explain_hidden
from app.judge.explain.side_by_side import side_by_side
from app.judge.outcome import Outcome, of_failure, of_rule
from app.judge.pitfalls import Watcher, cause_of
from app.judge.rules.programs import Programs
from app.judge.rules.unrolling import RuleBreak
from app.judge.scores import Scores
from app.judge.source import SourceProblem
from app.judge.timings import told
from app.judge.verdict import ArtifactRecord, Pitfall, Report
from app.problems.pitfalls import Result
from app.problems.plan import plan
from app.problems.published import Published, PublishedCase
from sandbox.jobs import Compiled, Evaluated, Failed, Failure, Finished, GradeEvent, Raced, Sandbox, Vetted
from sandbox.tree import Tree

#: Printed text kept in a report, in characters.
MAX_PRINTED = 16_384


class Grading:
    """Takes the sandbox's events of one submission and keeps the score."""

    def __init__(
        self, published: Published, source_sha256: str, toolchain: Mapping[str, str], *, watcher: Watcher
    ) -> None:
        """Start with nothing judged; ``watcher`` is told of what the submission shows."""
        self._published = published
        self._watcher = watcher
        self._source_sha256 = source_sha256
        self._toolchain = dict(toolchain)
        self._start = time.perf_counter()
        self._compare_ms = 0.0
        self._timings: dict[str, float] = {}
        self._printed = ""
        self._traced = 0
        self._cached = 0
        self._returns: dict[int, Tree] = {}
        self._live: dict[int, frozenset[str]] = {}
        self._artifacts: list[ArtifactRecord] = []
        self._scores = Scores(published)
        self._whole: Outcome | None = None
        #: Why a signature of hidden cases alone could not be traced.
        self._untraced: Outcome | None = None
        #: Whether time ran out before everything was traced.
        self._stopped = False
        #: Whether a program returns another type than the reference's.
        self._mistyped = False
        self._deferred = Deferred(published)
        self.plan = plan(published.problem, published.cases, published.probes)
        self._programs = Programs(published, self.plan)
        #: What the source has that may explain what goes wrong.
        self.clues: Clues = NO_CLUES
        #: Whether nothing that could still come would change the report.
        self.decided = False

    def take(self, event: GradeEvent) -> Iterator[Event]:
        """Note one event of the sandbox; yields the progress it makes."""
        match event:
            case Vetted():
                yield from self._take_program(event)
            case Compiled():
                self._programs.take(event)
            case Evaluated():
                yield from self._take_outputs(event)
            case Raced():
                self._programs.take(event)
                self.decided = self._programs.rules.won
            case Failed():
                yield from self._take_failure(event)
            case Finished(printed, timings, traced):
                self._traced = traced
                self._printed = printed[:MAX_PRINTED]
                if len(printed) > MAX_PRINTED:
                    self._printed += "\n(output cut here)"
                self._timings = dict(timings)

    def _take_program(self, event: Vetted) -> Iterator[Event]:
        traced = self.plan.signatures[event.signature]
        signature = self._programs.describe(event.signature)
        self._returns[event.signature] = event.returns
        self._watcher.see_program(event)
        self._live[event.signature] = frozenset(event.live)
        self._artifacts.append(
            ArtifactRecord(
                entry=traced.call.entry,
                transformation=traced.call.transformation or "none",
                signature=signature,
                sha256=event.artifact,
                operations=event.operations,
                custom_calls=event.custom_calls,
                platforms=dict(event.artifacts),
            )
        )
        cases = {index for index, _ in self.plan.origins[event.signature]}
        if not all(same_type(self._published.cases[index].expected, event.returns) for index in cases):
            self._mistyped = True
        yield Traced(signature=signature, operations=event.operations)
        unrolled = self._programs.take(event)
        if unrolled is not None:
            self._whole = of_rule(unrolled)
            self.decided = True
        elif not event.repeated:
            yield from self._take_difference(event.signature, signature)
        self._settle()

    def _take_difference(self, number: int, signature: str) -> Iterator[Event]:
        """Fail the cases of a signature whose program came out differently the second time; traces see no values."""
        outcome = Outcome("wrong_answer", "nondeterministic", explain_difference(signature))
        if not self.plan.origins[number]:
            self._whole = self._whole or outcome
        for index, _ in self.plan.origins[number]:
            self._scores.wrong(index, outcome)
            yield from self._finish_case(index)

    def _take_outputs(self, event: Evaluated) -> Iterator[Event]:
        start = time.perf_counter()
        self._cached += event.cached
        index, draw = self.plan.origins[event.signature][event.draw]
        if not event.cached:
            self._scores.spend(index, event.signature, event.compile_ms, event.run_ms)
        case = self._published.cases[index]
        returned = self._returns[event.signature]
        self._watcher.see_result((event.signature, event.draw), (index, draw), Result(returned, event.outputs))
        mismatch, later = self._deferred.compare((index, draw), returned, event.outputs)
        if mismatch is None and not later:
            self._scores.right(index, draw)
        elif mismatch is not None:
            self._watcher.see_wrong((index, draw))
            self._scores.wrong(index, self._explain(case, draw, mismatch, event))
        self._compare_ms += (time.perf_counter() - start) * 1000
        yield from self._finish_case(index)

    def _explain(self, case: PublishedCase, draw: int, mismatch: Mismatch, event: Evaluated) -> Outcome:
        if not case.public:
            return Outcome("wrong_answer", mismatch.reason, explain_hidden(mismatch))
        expected = self._deferred.expected(case, draw)
        known = replace(
            known_of(case, draw, x64=self._published.problem.x64),
            operations=self._live.get(event.signature, frozenset()),
            clues=self.clues,
        )
        said = explain(mismatch, expected, event.outputs, case.sizes, known)
        detail = side_by_side(mismatch, expected, event.outputs)
        return Outcome(
            "wrong_answer",
            mismatch.reason,
            said.text,
            detail=detail,
            brief=said.brief,
            located=said.located,
            compared=elements(mismatch, expected, event.outputs, self._published.problem.tolerances),
        )

    def _take_failure(self, event: Failed) -> Iterator[Event]:
        if event.signature is None:
            self._whole = of_failure(event.failure, {}, public=True, clues=self.clues)
            self._stopped = event.failure.kind == "time"
            self._settle()
            return
        origins = self.plan.origins[event.signature]
        evaluating = event.signature in self._returns
        hit = [origins[event.draw][0]] if event.draw is not None else [index for index, _ in origins]
        sizes = self._programs.sizes(event.signature)
        traced = of_failure(event.failure, sizes, public=True, clues=self.clues)
        if (not evaluating and not self.plan.signatures[event.signature].call.steps) or not hit:
            if hit and not any(self._published.cases[index].public for index in hit):
                self._untraced = traced
            else:
                self._whole = traced
        for index in dict.fromkeys(hit):
            outcome = traced  # tracing sees no values, so what went wrong there may be told whatever the case
            if evaluating:
                case = self._published.cases[index]
                outcome = of_failure(event.failure, case.sizes, public=case.public, clues=self.clues)
            self._scores.wrong(index, outcome)
            yield from self._finish_case(index)

    def _finish_case(self, index: int) -> Iterator[Event]:
        result = self._scores.finish(index)
        if result is not None:
            self._settle()
            yield CaseJudged(case=result)

    def _settle(self) -> None:
        """Look whether the rest need not be awaited.

        Once everything but a race has been heard of, nobody is raced who fails anyway. A result of the wrong type is
        wrong everywhere, and who runs out of time while being traced fails whatever the results are: then the public
        cases are enough to say how.
        """
        heard = self._scores.are_whole and len(self._returns) == len(self.plan.signatures)
        fails = self._scores.fails or self._programs.rules.broken is not None or self._whole is not None
        everywhere = (self._mistyped and self._scores.fails) or self._stopped
        self.decided = self.decided or (heard and fails) or (everywhere and self._public_heard())

    def _public_heard(self) -> bool:
        """Whether every public case has its result; those that were never traced get none once tracing has stopped."""
        traced = {index for number in self._returns for index, _ in self.plan.origins[number]}
        public = (number for number, case in enumerate(self._published.cases) if case.public and not case.call.steps)
        return all(number in self._scores.results or (self._stopped and number not in traced) for number in public)

    def settle(self, sandbox: Sandbox) -> Iterator[Event]:
        """Decide what is not compared element by element; to be called once the grading job has ended.

        Raises:
            SandboxUnavailable: the fault is ours, or the comparison's, and nobody else's.
        """
        start = time.perf_counter()
        for (index, draw), reason, message in self._deferred.results(sandbox):
            if message:
                self._watcher.see_wrong((index, draw))
                self._scores.wrong(index, Outcome("wrong_answer", reason, message))
            else:
                self._scores.right(index, draw)
            yield from self._finish_case(index)
        self._compare_ms += (time.perf_counter() - start) * 1000

    def unreached(self) -> Iterator[Event]:
        """Results for the cases nothing was heard of."""
        return (CaseJudged(case=result) for result in self._scores.unreached())

    def refuse(self, trouble: SourceProblem) -> None:
        """Note why a source is never run."""
        cause = cause_of(Failure("source", trouble.message))
        self._whole = Outcome(trouble.verdict, None, trouble.message, trouble.limit, cause=cause)
        list(self.unreached())

    def report(self, style: RuleBreak | None, pitfall: Pitfall | None) -> Report:
        """The whole report.

        Args:
            style: a broken rule on calls, which counts once everything else is right.
            pitfall: the known mistake that the outcome is told to be.
        """
        outcome = self.outcome(style)
        passed = outcome is None or (outcome.verdict == "rule_broken" and outcome is not self._whole)
        if passed and any(result.verdict is None for result in self._scores.results.values()):
            raise AssertionError("the sandbox ended without a result for every case")
        outcome = outcome or Outcome("accepted", None, "Every case passed.")
        return Report(
            problem=self._published.problem.slug,
            problem_version=self._published.problem.version,
            problem_sha256=self._published.problem.sha256,
            verdict=outcome.verdict,
            reason=outcome.reason,
            message=outcome.beside(pitfall.message) if pitfall else outcome.message,
            cases=tuple(self._scores.results[index] for index in range(len(self._published.cases))),
            printed=self._printed,
            timings_ms=told(self.spent_ms),
            source_sha256=self._source_sha256,
            artifacts=tuple(self._artifacts),
            toolchain=self._toolchain,
            seed=self._published.problem.cases.seed,
            limit=outcome.limit,
            cached=self._cached,
            pitfall=pitfall,
            hints=unlocked(self._published.problem.hints, (outcome.verdict, outcome.reason)),
            detail=outcome.detail,
            frames=outcome.frames,
            traced=self._traced,
        )

    def outcome(self, style: RuleBreak | None) -> Outcome | None:
        """What stands against the submission as far as it was heard of; None if nothing does."""
        if self._whole is not None:
            return self._whole
        # After a result of the wrong type nobody waits for what is traced later, so that is not what counts.
        shown = self._scores.first_failure(but=self._untraced) if self._mistyped else None
        failed = shown or self._untraced or self._scores.first_failure()
        if failed is not None:
            return failed
        broken = self._programs.rules.broken or style
        return None if broken is None else of_rule(broken)

    @property
    def case_ms(self) -> tuple[float | None, ...]:
        """What each case took, None where nothing of it was evaluated: for operators, since values can decide that."""
        return self._scores.case_ms

    @property
    def spent_ms(self) -> dict[str, float]:
        """Where the time went, by stage: for operators, since hidden values can decide how long a program runs."""
        whole = (time.perf_counter() - self._start) * 1000
        return {**self._timings, "compare": self._compare_ms, "total": whole}
